"""Fits the table of colour families: what shops call the dyes of labelled photos, and which first.

A mixture of experts: P(family) = Σ over dyes of P(a person names this dye) · P(family | dye), both
small networks, fitted together to the labels of whole garments. Photos come as a parser sees them
and as cut-outs; half of each batch under another exposure and colour cast, since nothing in a
shopper's photo says what its white is. The named colours are lessons too, so that colours that
no catalogue has are called by their neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from vision.color_dyes import Dye
from vision.color_families import (
    NEVER,
    FamilyTable,
    Floats,
    Layers,
    calling_features,
    log_softmax,
    naming_features,
)
from vision.color_names import METALS
from vision.training.color_lessons import WEIGHTS, Lessons, anchors, families, joined, lessons

# how much of the running means a step of Adam keeps
MEAN_KEEPS, SQUARE_KEEPS = 0.9, 0.99
PRIOR_WEIGHTS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
SOURCE = (
    "Fitted by vision.training.colors to the colour labels of the sets hm and myntra, train split"
)
FREE_SOURCE = "Fitted by vision.training.colors to the named colours of color_names.json alone"


@dataclass(frozen=True)
class Recipe:
    """How the table is fitted."""

    steps: int = 900
    batch: int = 512
    rate: float = 0.01
    decay: float = 1e-4
    calling: int = 32
    naming: int = 12
    balance: float = 0.35
    """A class counts by its frequency to the power of minus this."""
    disturbed: float = 0.5
    """Share of each batch under another light."""
    exposure: float = 0.12
    cast: float = 0.04
    """Standard deviations of the logarithm of light, of all channels and of each."""
    seed: int = 1


def fit(data: Path, cache: Path, out: Path, recipe: Recipe | None = None) -> Path:
    """Fit the table to the train split and write it to `out`. Needs the parser's sightings in the
    cache. The same data give the same file."""
    parts = [lessons(data, cache, *which) for which in WEIGHTS]
    write_table(fitted(joined([*parts, anchors()]), recipe or Recipe()), out)
    return out


def fit_free(recipe: Recipe | None = None) -> FamilyTable:
    """The table of the named colours alone, for a bundle that may learn from no catalogue."""
    return fitted(anchors(), recipe or Recipe())


def fitted(lessons: Lessons, recipe: Recipe) -> FamilyTable:
    """The table that makes the labels likeliest, by Adam (Kingma and Ba, 2015) with the rate
    falling along a cosine."""
    rng = np.random.default_rng(recipe.seed)
    weight = _balanced(lessons, recipe.balance)
    naming, calling = _layers(rng, 9, recipe.naming, 1), _layers(rng, 8, recipe.calling, 18)
    values = [naming.w1, naming.b1, naming.w2, naming.b2]
    values += [calling.w1, calling.b1, calling.w2, calling.b2]
    moments = [np.zeros((2, *value.shape)) for value in values]
    for step in range(1, recipe.steps + 1):
        picked = rng.integers(0, len(lessons), recipe.batch)
        batch = _disturbed(rng, lessons.chosen(picked), recipe)
        rate = recipe.rate * 0.5 * (1 + np.cos(np.pi * step / recipe.steps))
        gradients = _gradients(naming, calling, batch, weight[picked])
        for value, gradient, moment in zip(values, gradients, moments, strict=True):
            _move(value, gradient + recipe.decay * value, moment, rate, step)
    return FamilyTable(families(), naming, calling, prior_weight=1.0)


def with_prior_weight(
    table: FamilyTable,
    found: Sequence[Sequence[Dye]],
    priors: Sequence[Mapping[str, float]],
    allowed: Sequence[frozenset[str]],
    metals: Sequence[bool],
) -> FamilyTable:
    """The table with the weight of a tagger's `priors` that calls most garments by an `allowed`
    family; the lightest of equals. To be chosen on what neither the table nor the tagger learned
    from."""

    def right(tried: FamilyTable) -> int:
        return sum(
            tried.families[int(tried.evidence(dyes, given, metals=ware).sum(0).argmax())] in its
            for dyes, given, its, ware in zip(found, priors, allowed, metals, strict=True)
        )

    return max((replace(table, prior_weight=w) for w in PRIOR_WEIGHTS), key=right)


def write_table(table: FamilyTable, path: Path, source: str = SOURCE) -> None:
    def kept(layers: Layers) -> dict[str, list[object]]:
        return {p: np.round(getattr(layers, p), 4).tolist() for p in ("w1", "b1", "w2", "b2")}

    told = {
        "source": source,
        "families": list(table.families),
        "prior_weight": table.prior_weight,
        "naming": kept(table.naming),
        "calling": kept(table.calling),
    }
    path.write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")


def _move(value: Floats, gradient: Floats, moment: Floats, rate: float, step: int) -> None:
    """One step of Adam in place; `moment` [2, ...] keeps the means of gradient and square."""
    moment[0] += (1 - MEAN_KEEPS) * (gradient - moment[0])
    moment[1] += (1 - SQUARE_KEEPS) * (gradient**2 - moment[1])
    root = np.sqrt(moment[1] / (1 - SQUARE_KEEPS**step)) + 1e-8
    value -= rate * moment[0] / (1 - MEAN_KEEPS**step) / root


def _balanced(lessons: Lessons, power: float) -> Floats:
    """What each garment counts, rarer families more."""
    told = lessons.allowed / lessons.allowed.sum(1, keepdims=True)
    often = np.maximum((told * lessons.weight[:, None]).sum(0), 20)
    weight = lessons.weight * (told @ (often.mean() / often) ** power)
    return np.asarray(weight / weight.mean())


def _layers(rng: np.random.Generator, given: int, hidden: int, out: int) -> Layers:
    w1 = rng.normal(0, given**-0.5, (given, hidden))
    w2 = rng.normal(0, hidden**-0.5, (hidden, out))
    return Layers(w1, np.zeros(hidden), w2, np.zeros(out))


def _gradients(naming: Layers, calling: Layers, batch: Lessons, weight: Floats) -> list[Floats]:
    """Of the mean of -log P(allowed families), in the order of `fitted`'s values: a dye's part
    in the answer less its part in what the label allows."""
    starts = np.searchsorted(batch.owner, np.arange(len(batch)))
    seen = calling_features(batch.labs, batch.middles, batch.spreads)
    largest = batch.labs[starts][batch.owner]
    placed = naming_features(batch.labs, batch.spreads, batch.shares, batch.depths, largest)
    logits = calling(seen)
    ruled_out = [name in METALS for name in families()] & ~batch.metals[batch.owner][:, None]
    families_of = np.exp(log_softmax(np.where(ruled_out, NEVER, logits)))
    beyond = naming(placed)[:, 0] + np.log(batch.shares)
    beyond = np.exp(beyond - np.maximum.reduceat(beyond, starts)[batch.owner])
    named = beyond / np.add.reduceat(beyond, starts)[batch.owner]
    right = named[:, None] * families_of * batch.allowed[batch.owner]
    total = np.add.reduceat(right.sum(1), starts)[batch.owner]
    right /= np.maximum(total, 1e-12)[:, None]
    parts, scale = right.sum(1), (weight / len(batch))[batch.owner]
    to_named = ((named - parts) * scale)[:, None]
    to_called = (parts[:, None] * families_of - right) * scale[:, None]
    return [*_backward(naming, placed, to_named), *_backward(calling, seen, to_called)]


def _backward(layers: Layers, x: Floats, to_out: Floats) -> list[Floats]:
    hidden = layers.hidden(x)
    to_hidden = to_out @ layers.w2.T * (1 - hidden**2)
    return [x.T @ to_hidden, to_hidden.sum(0), hidden.T @ to_out, to_out.sum(0)]


def _disturbed(rng: np.random.Generator, batch: Lessons, recipe: Recipe) -> Lessons:
    """Some garments under another light: linear light times a factor, a little other by channel."""
    count = len(batch)
    gain = rng.normal(0, recipe.exposure, (count, 1)) + rng.normal(0, recipe.cast, (count, 3))
    gain = np.exp(gain * (rng.random((count, 1)) < recipe.disturbed))[batch.owner]
    return replace(batch, labs=_relit(batch.labs, gain), middles=_relit(batch.middles, gain))


def _relit(labs: Floats, gain: Floats) -> Floats:
    """CIELAB [n,3] with linear RGB multiplied by `gain` [n,3], clipped to what sRGB holds."""
    pixels = labs.astype(np.float32).reshape(-1, 1, 3)
    light = cv2.cvtColor(pixels, cv2.COLOR_LAB2LRGB) * gain.reshape(-1, 1, 3)
    light = np.clip(light, 0, 1).astype(np.float32)
    return np.asarray(cv2.cvtColor(light, cv2.COLOR_LRGB2LAB), np.float64).reshape(-1, 3)
