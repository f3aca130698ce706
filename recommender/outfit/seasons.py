"""When a piece is worn: the shop's own word, else what its kind, cloth and sleeves say.

A tagger's season is believed only where it is sure, and last: sets that say a season say when a
thing was sold, and call sandals winter.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from vision.taxonomy import taxonomy

Share = Mapping[str, float]
"""How likely some values of a head are, 0..1; what is missing to 1 is unknown."""

COLD: Share = {"autumn": 0.5, "winter": 0.5}
HOT: Share = {"spring": 0.4, "summer": 0.6}
COLD_KINDS = frozenset({"coat", "boots", "scarf", "sweater"})
HOT_KINDS = frozenset({"sandals", "shorts", "tank-top", "swimwear"})
COLD_CLOTH = frozenset({"wool", "cashmere", "fleece", "fur", "corduroy", "velvet"})
HOT_CLOTH = frozenset({"linen", "mesh"})
SMALL_KINDS = frozenset({"hat", "accessory", "socks"})
"""Knitted, these are for the cold; a knitted top may be for any time of the year."""
CLOTH_FROM = 0.4
"""A cloth is believed from this probability on."""
BARE_ARMS = frozenset({"sleeveless", "short"})
BARE_GROUPS = frozenset({"top", "full-body"})
_COLLECTIONS = (
    (re.compile(r"(?<![a-z])s/?s(?![a-z])"), ("spring", "summer")),
    (re.compile(r"(?<![a-z])[fa]/?w(?![a-z])"), ("autumn", "winter")),
)


def seasons(
    category: str, *, text: str = "", cloth: Share | None = None, sleeve: str = "", seen: str = ""
) -> Share:
    """Of a garment; empty where nothing says so.

    `text` is the shop's field, `cloth` how likely each material is, `seen` the tagger's season
    where it is sure.
    """
    named = _named(text) if text else ()
    if named:
        return dict.fromkeys(named, 1 / len(named))
    warmth = _warmth(category, cloth or {}, sleeve)
    if warmth:
        return warmth
    return {seen: 1.0} if seen else {}


def _warmth(category: str, cloth: Share, sleeve: str) -> Share:
    """The cloth before the kind before the sleeves: woollen shorts are for the cold."""
    likely = {one for one, share in cloth.items() if share >= CLOTH_FROM}
    if likely & COLD_CLOTH or (category in SMALL_KINDS and "knit" in likely):
        return COLD
    if likely & HOT_CLOTH or category in HOT_KINDS:
        return HOT
    if category in COLD_KINDS:
        return COLD
    known = taxonomy().categories.get(category)
    return HOT if known and known.group in BARE_GROUPS and sleeve in BARE_ARMS else {}


@lru_cache(maxsize=1024)
def _named(text: str) -> tuple[str, ...]:
    """The seasons that a shop's field names: `SS24`, `summer`, `봄, 가을`."""
    words = text.lower()
    terms = taxonomy().terms("season").values()
    named = {
        term.id
        for term in terms
        if any(word in words for lang in ("en", "ko") for word in term.words(lang))
    }
    for code, found in _COLLECTIONS:
        if code.search(words):
            named.update(found)
    return tuple(term.id for term in terms if term.id in named)
