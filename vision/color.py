"""The palette of a garment: its dyes, named as a shop would, the main one first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vision.color_dyes import Dye, dyes
from vision.color_families import FamilyTable, Floats, family_table
from vision.color_names import METALS, nearest_of
from vision.colorspace import lab_to_hex
from vision.types import Color, Image, Mask

MULTI_FAMILIES = 4
MULTI_SHARE = 0.10
MULTI_LARGEST = 0.45
MULTICOLOUR = "multicolour"
MULTI_VETO = 0.02
"""A tagger that finds it less likely than this overrules the rule of many colours."""
METAL_PRIOR = 0.5
"""A tagger as sure as this that a garment is gold or silver is believed."""
RUNNER_UP = 0.10
"""A family that a tagger leaves as likely as this is looked for among the main dye's shades."""
SHADE_READS = 0.10
"""A shade is listed under the runner-up when its own pixels make that family as likely as this."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A dye under the family that it is listed by; ``weight`` orders the list."""

    dye: Dye
    family: str
    weight: float


def palette(
    image: Image,
    mask: Mask,
    *,
    metals: bool = False,
    prior: Mapping[str, float] | None = None,
    table: FamilyTable | None = None,
) -> tuple[Color, ...]:
    """Colours of an image [h, w, 3] under a mask [h, w], never empty: first the one that a person
    would name the garment by, then other families by how likely they would be named, then shades.

    ``prior`` is a tagger's probability of each family for the garment; it decides where the
    pixels leave it open, and where it is in doubt itself, a shade of the main dye that may as well
    be of the runner-up's family (a navy that is black in the folds) is listed as a colour of its
    own; without a tagger folds are never colours of their own. With ``MULTI_FAMILIES``
    families of at least ``MULTI_SHARE`` each and no colour above ``MULTI_LARGEST``, the first
    colour's family is ``multicolour``. The same pixels give the same answer; an empty mask counts
    as the whole image. ``metals`` lets colours be gold or silver, which pixels alone cannot tell
    from mustard and grey: for jewellery and the like. ``table`` is what a bundle calls colours.
    """
    given = prior or {}
    metals = metals or sum(given.get(name, 0.0) for name in METALS) >= METAL_PRIOR
    entries = _entries(table or family_table(), dyes(image, mask), given, metals)
    colors = [_color(entry) for entry in entries]
    if _is_multicolour(colors) and (not given or given.get(MULTICOLOUR, 0.0) >= MULTI_VETO):
        colors[0] = replace(colors[0], family=MULTICOLOUR)
    return tuple(colors)


def _entries(
    table: FamilyTable, found: Sequence[Dye], given: Mapping[str, float], metals: bool
) -> list[_Entry]:
    called, named = table.called(found, metals=metals), table.named(found)
    evidence = table.evidence(found, given, metals=metals)
    whole = evidence.sum(0) / evidence.sum()
    best, second = (int(at) for at in np.argsort(-whole, kind="stable")[:2])
    main = int(evidence[:, best].argmax())
    others = [
        _Entry(dye, table.families[int(its.argmax())], float(np.exp(weight)))
        for at, (dye, its, weight) in enumerate(zip(found, called, named, strict=True))
        if at != main
    ]
    first = _Entry(found[main], table.families[best], 1.0)
    listed = {entry.family for entry in others}
    if given and whole[second] >= RUNNER_UP and table.families[second] not in listed:
        split = _split(table, found[main], best, second, metals)
        if split:
            first = replace(first, dye=split[0])
            others.append(_Entry(split[1], table.families[second], float(whole[second])))
    others.sort(key=lambda entry: (entry.family == first.family, -entry.weight))
    return [first, *others]


def _split(
    table: FamilyTable, dye: Dye, best: int, second: int, metals: bool
) -> tuple[Dye, Dye] | None:
    """A dye less the one of its shades that reads most as the runner-up, and that shade; None
    where none does."""
    shades = dye.shades()
    if not shades:
        return None
    reads = np.exp(table.called(shades, metals=metals))
    at = int((reads[:, second] / np.maximum(reads[:, best], 1e-6)).argmax())
    if reads[at, second] < SHADE_READS:
        return None
    shade = shades[at]
    return replace(dye, share=dye.share - shade.share), shade


def _color(entry: _Entry) -> Color:
    lab: Floats = entry.dye.lab
    named = nearest_of(lab, entry.family)
    return Color(
        name=named.en,
        name_ko=named.ko,
        family=named.family,
        hex=lab_to_hex(lab),
        share=round(entry.dye.share, 4),
        lab=(float(lab[0]), float(lab[1]), float(lab[2])),
    )


def _is_multicolour(colors: Sequence[Color]) -> bool:
    families = {color.family for color in colors if color.share >= MULTI_SHARE}
    return len(families) >= MULTI_FAMILIES and max(c.share for c in colors) <= MULTI_LARGEST
