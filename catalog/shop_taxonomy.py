"""The taxonomy as one shop has it: its names, synonyms, what it hides or merges, its own values.

`shop_taxonomy()` is cheap: a process keeps each shop's, and asks at most every two seconds whether
it has changed. Whoever writes it calls `taxonomy_forget`, so that its own process sees it at once.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from catalog.models.product import Gender
from catalog.models.teaching import OWN, ShopTerm
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_id_or_none, shop_scope
from vision.taxonomy import LANGUAGES, taxonomy

CHECK_SECONDS = 2.0
SHOPS_KEPT = 64
GENDERS = {
    Gender.WOMEN: ("Women", "여성"),
    Gender.MEN: ("Men", "남성"),
    Gender.UNISEX: ("Unisex", "남녀공용"),
    Gender.KIDS: ("Kids", "아동"),
}
"""A product's gender has fewer values than the taxonomy's."""

Words = Mapping[str, tuple[str, ...]]
"""By language."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value as the shop has it. `en` and `ko` are never empty; `changed` by the shop."""

    kind: str
    id: str
    en: str
    ko: str
    synonyms: Words = field(default_factory=dict)
    hidden: bool = False
    merged_into: str = ""
    changed: bool = False

    @property
    def own(self) -> bool:
        return self.kind == OWN

    @property
    def shown(self) -> bool:
        return not self.hidden and not self.merged_into

    def label(self, lang: str) -> str:
        return self.ko if lang == "ko" else self.en

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": self.id,
            "en": self.en,
            "ko": self.ko,
            "synonyms": {lang: list(self.synonyms.get(lang, ())) for lang in LANGUAGES},
            "hidden": self.hidden,
            "merged_into": self.merged_into or None,
            "own": self.own,
            "changed": self.changed,
        }


@dataclass(frozen=True, slots=True)
class ShopTaxonomy:
    """What the shop changed, by (kind, id); everything else is as the installation has it. Two of
    one version (shop, rows, when the last was written) are the same."""

    version: tuple[int, int, str] = (0, 0, "")
    changed: Mapping[tuple[str, str], Value] = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return bool(self.changed)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of the taxonomy, and the shop's own where it has values."""
        return (*taxonomy().kinds, OWN) if self.own else taxonomy().kinds

    @property
    def own(self) -> tuple[Value, ...]:
        """The shop's own values."""
        return tuple(one for one in self.changed.values() if one.own)

    def values(self, kind: str) -> tuple[Value, ...]:
        """All of a kind in the taxonomy's order, the hidden and the merged too."""
        if kind == OWN:
            return self.own
        return tuple(self.changed.get((kind, one.id), one) for one in stock_values(kind))

    def value(self, kind: str, value: str) -> Value | None:
        held = self.changed.get((kind, value))
        if held is not None or kind == OWN:
            return held
        return next((one for one in stock_values(kind) if one.id == value), None)

    def name(self, kind: str, value: str, lang: str) -> str:
        """The shop's own name of the value; "" where it gave none."""
        held = self.changed.get((kind, value))
        if held is not None and held.merged_into:
            into = self.value(kind, held.merged_into)
            return into.label(lang) if into else ""
        return held.label(lang) if held else ""

    def is_hidden(self, kind: str, value: str) -> bool:
        """Neither offered nor shown: hidden, or merged into one that is."""
        held = self.changed.get((kind, self.counts_as(kind, value)))
        return held is not None and held.hidden

    def counts_as(self, kind: str, value: str) -> str:
        """The value that this one was merged into, itself where it was not."""
        held = self.changed.get((kind, value))
        return held.merged_into if held is not None and held.merged_into else value

    def merged(self, kind: str) -> dict[str, str]:
        """Value → the value that it was merged into."""
        return {
            one.id: one.merged_into
            for one in self.changed.values()
            if one.kind == kind and one.merged_into
        }

    def with_merged(self, kind: str, values: Iterable[str]) -> tuple[str, ...]:
        """These values and those that count as them."""
        wanted = tuple(values)
        more = [one for one, into in self.merged(kind).items() if into in wanted]
        return tuple(dict.fromkeys((*wanted, *more))) if more else wanted

    def as_json(self) -> list[dict[str, Any]]:
        """All kinds with all values."""
        return [
            {"kind": kind, "values": [one.as_json() for one in self.values(kind)]}
            for kind in self.kinds
        ]


STOCK = ShopTaxonomy()
_lock = Lock()
_spoken_for: ContextVar[ShopTaxonomy | None] = ContextVar("lookus_spoken_for", default=None)
_kept: OrderedDict[int, tuple[float, ShopTaxonomy]] = OrderedDict()


def shop_taxonomy(shop: Shop | None = None, *, fresh: bool = False) -> ShopTaxonomy:
    """Of the shop in scope, or of `shop`, whose scope is opened where none is. Without either it
    is the shop's that is `spoken_for`, else the installation's. `fresh` asks in any case whether it
    has changed."""
    if shop_id_or_none() is not None:
        return _current(fresh)
    if shop is None:
        return _spoken_for.get() or STOCK
    held = None if fresh else _held(shop.pk)
    if held is not None:
        return held
    with shop_scope(shop):
        return _current(fresh)


@contextmanager
def spoken_for(shop: Shop, *, fresh: bool = False) -> Iterator[None]:
    """Names in the block are this shop's, where no scope is open: replies are put together after
    the search has left its own, files are read outside any."""
    token = _spoken_for.set(shop_taxonomy(shop, fresh=fresh))
    try:
        yield
    finally:
        _spoken_for.reset(token)


def taxonomy_forget(shop_id: int) -> None:
    """The shop's taxonomy was written: read it anew, now and after the commit."""
    _drop(shop_id)
    transaction.on_commit(lambda: _drop(shop_id))


def _drop(shop_id: int) -> None:
    with _lock:
        _kept.pop(shop_id, None)


def _current(fresh: bool) -> ShopTaxonomy:
    shop = current_shop_id()
    if not fresh and (kept := _held(shop)) is not None:
        return kept
    now, version = time.monotonic(), _version()
    with _lock:
        held = _kept.get(shop)
    found = held[1] if held is not None and held[1].version == version else _read(version)
    with _lock:
        _kept[shop] = now, found
        _kept.move_to_end(shop)
        while len(_kept) > SHOPS_KEPT:
            _kept.popitem(last=False)
    return found


def _held(shop_id: int) -> ShopTaxonomy | None:
    """What was read or asked about just now."""
    with _lock:
        held = _kept.get(shop_id)
    return held[1] if held is not None and time.monotonic() - held[0] < CHECK_SECONDS else None


def _version() -> tuple[int, int, str]:
    told = ShopTerm.objects.aggregate(rows=Count("pk"), last=Max("changed_at"))
    return current_shop_id(), told["rows"], str(told["last"] or "")


def _read(version: tuple[int, int, str]) -> ShopTaxonomy:
    if not version[1]:
        return STOCK
    rows = ShopTerm.objects.order_by("kind", "pk")
    return ShopTaxonomy(version, {(row.kind, row.value): value_of(row) for row in rows})


def value_of(row: ShopTerm) -> Value:
    """A row laid over the stock's value."""
    stock = next((one for one in _stock_of(row.kind) if one.id == row.value), None)
    return Value(
        kind=row.kind,
        id=row.value,
        en=row.en or (stock.en if stock else row.value),
        ko=row.ko or (stock.ko if stock else row.en or row.value),
        synonyms={lang: tuple(row.synonyms.get(lang, ())) for lang in LANGUAGES},
        hidden=row.hidden,
        merged_into=row.merged_into,
        changed=True,
    )


def stock_values(kind: str) -> tuple[Value, ...]:
    """As the installation has them. Raises TaxonomyError for a kind that there is not."""
    if kind == "gender":
        return tuple(Value(kind, one.value, en, ko) for one, (en, ko) in GENDERS.items())
    return tuple(Value(kind, one.id, one.en, one.ko) for one in taxonomy().terms(kind).values())


def _stock_of(kind: str) -> tuple[Value, ...]:
    return stock_values(kind) if kind in taxonomy().kinds else ()
