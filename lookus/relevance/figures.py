"""Ask, and count how many of the first six results are right."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lookus.relevance.stock import Asked as Shown
from recommender.filters import with_kinds
from recommender.rank import Weights
from recommender.services import Answer, Asked, search
from recommender.timing import Timings
from tenants.models import Shop
from tenants.problems import Problem
from vision.training.labels import Labels

FIRST = 6
KINDS = ("category", "color", "pattern")
Truths = Mapping[str, Labels]
"""What is true of each product, by SKU."""
EMBEDDING_ALONE = Weights(shape=1.0, color=0.0, pattern=0.0, category=0.0)


@dataclass
class Tally:
    """Right results by kind of truth, and how many could be judged."""

    right: dict[str, int] = field(default_factory=dict)
    judged: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    empty: int = 0
    results: int = 0
    kept: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, wanted: Labels, answer: Answer | None, truths: Truths) -> None:
        self.asked += 1
        skus = [match.product.sku for match in answer.matches] if answer else []
        self.empty += not skus
        self.results += len(skus)
        self.kept.append({"query": name, "wanted": _plain(wanted), "found": skus})
        for kind in KINDS:
            if allowed := wanted.get(kind):
                for sku in skus:
                    if true := truths[sku].get(kind):
                        self.judged[kind] = self.judged.get(kind, 0) + 1
                        self.right[kind] = self.right.get(kind, 0) + bool(allowed & true)

    def figures(self, name: str) -> dict[str, float | int]:
        shares = {
            f"{name}_{kind}": round(self.right[kind] / count, 4)
            for kind, count in self.judged.items()
        }
        return {
            f"{name}_queries": self.asked,
            f"{name}_without_result": self.empty,
            f"{name}_results": self.results,
            **shares,
        }


def measured(
    shop: Shop, truths: Truths, *, photos: Iterable[Shown], words: Path, keep: Path | None = None
) -> dict[str, float | int]:
    """The shares of right results among the first six, with and without the second ranking."""
    tallies = {"photo": Tally(), "photo_embedding_alone": Tally()}
    for shown in photos:
        answer = _answer(shop, Asked(image=shown.data, limit=FIRST, by_variant=False))
        tallies["photo"].add(shown.name, shown.truth, answer, truths)
        alone = Asked(image=shown.data, weights=EMBEDDING_ALONE, limit=FIRST, by_variant=False)
        tallies["photo_embedding_alone"].add(shown.name, shown.truth, _answer(shop, alone), truths)
    for line in json.loads(words.read_text(encoding="utf-8")):
        _ask_words(shop, truths, line, tallies)
    if keep:
        kept = {name: tally.kept for name, tally in tallies.items()}
        keep.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    return {
        key: value for name, tally in tallies.items() for key, value in tally.figures(name).items()
    }


def _ask_words(
    shop: Shop, truths: Truths, line: Mapping[str, Any], tallies: dict[str, Tally]
) -> None:
    """As the shopper's words are understood; and by the texts alone, nothing understood."""
    wanted = {kind: _with_kinds(kind, line[kind]) for kind in KINDS if kind in line}
    lang = line["lang"]
    understood = Asked(text=line["text"], lang=lang, limit=FIRST, by_variant=False)
    answer = _answer(shop, understood)
    for name in ("words", f"words_{lang}"):
        tallies.setdefault(name, Tally()).add(line["text"], wanted, answer, truths)
    chips = tuple(chip.id for chip in answer.said.chips) if answer else ()
    plain = Asked(text=line["text"], lang=lang, limit=FIRST, by_variant=False, words_off=chips)
    tallies.setdefault("words_texts_alone", Tally()).add(
        line["text"], wanted, _answer(shop, plain), truths
    )


def _answer(shop: Shop, asked: Asked) -> Answer | None:
    """None where nothing could be answered: the query counts as one without a result."""
    try:
        return search(shop=shop, asked=asked, timings=Timings())
    except Problem:
        return None


def _with_kinds(kind: str, values: Iterable[str]) -> frozenset[str]:
    """A category stands for its kinds: who looks for shoes is served by boots."""
    return frozenset(with_kinds(values) if kind == "category" else values)


def _plain(wanted: Labels) -> dict[str, list[str]]:
    return {kind: sorted(values) for kind, values in wanted.items() if kind in KINDS}
