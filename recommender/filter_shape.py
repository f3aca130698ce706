"""Filters as a request writes them: their form, and what can be checked without the shop.

What a shop alone knows (its brands, its attributes) is checked in its scope: `filter_check`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.models.product import Gender
from catalog.models.teaching import OWN
from recommender.filters import Filters
from vision.taxonomy import taxonomy

ATTRIBUTE = "attr:"
OPEN = ("brand", "season", OWN)
"""Kinds whose values are the shop's own words, as those of its attributes are."""
HEADS: Mapping[str, tuple[str, ...]] = {
    **{kind: taxonomy().ids(kind) for kind in taxonomy().kinds if kind not in OPEN},
    "gender": tuple(Gender.values),
}
"""Kinds whose values are the same everywhere."""
KINDS = (*HEADS, *OPEN, "price", "in_stock")
MOST_KINDS = 30
MOST_VALUES = 50
MOST_CHARACTERS = 120
MOST_KIND_CHARACTERS = 60
"""Of a value, and of a kind with `attr:` before it: what `ProductFacet` holds."""
GREATEST_PRICE = 2**63 - 1


class FilterRefused(ValueError):
    """A filter of a wrong form: a code of `fields.WORDS`, where it stands, and its words."""

    def __init__(self, code: str, field: str = "", **words: str) -> None:
        super().__init__(code)
        self.code, self.field, self.words = code, field, words


def filters_of(data: Any) -> Filters:
    """The filters of a request's JSON. Raises FilterRefused."""
    if not isinstance(data, Mapping):
        raise FilterRefused("not_an_object")
    if len(data) > MOST_KINDS:
        raise FilterRefused("too_many", most=str(MOST_KINDS))
    for name in data:
        if name not in KINDS and not is_attribute(name):
            known = ", ".join((*KINDS, f"{ATTRIBUTE}…"))
            raise FilterRefused("unknown_filter", name=short(name), known=known)
    least, greatest = _price(data.get("price"))
    chosen = {kind: _chosen(data[kind], kind) for kind in data if kind not in ("price", "in_stock")}
    return Filters(
        values={kind: values for kind, values in chosen.items() if values},
        price_min=least,
        price_max=greatest,
        in_stock=_in_stock(data.get("in_stock")),
    )


def is_attribute(kind: Any) -> bool:
    """`attr:` and a name that may be one."""
    return (
        isinstance(kind, str)
        and kind.startswith(ATTRIBUTE)
        and (len(ATTRIBUTE) < len(kind) <= MOST_KIND_CHARACTERS and _is_text(kind))
    )


def short(value: Any) -> str:
    """What a caller sent, as a message repeats it."""
    return f"'{str(value)[:40]}'"


def schema() -> dict[str, Any]:
    """The filters in OpenAPI."""
    text = {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS}
    values = {"type": "array", "items": text, "maxItems": MOST_VALUES}
    return {
        "type": "object",
        "additionalProperties": False,
        "description": "A product must satisfy every filter given, by any of its values. "
        "`attr:` and a name filters by an attribute of the shop's own.",
        "properties": {
            **{kind: _values(ids) for kind, ids in HEADS.items()},
            **dict.fromkeys(OPEN, values),
            "price": {
                "type": "object",
                "description": "In the currency's smallest unit, both ends included; "
                "the sale price where there is one.",
                "properties": {
                    "min": {"type": "integer", "minimum": 0},
                    "max": {"type": "integer", "minimum": 0},
                },
            },
            "in_stock": {"type": "boolean"},
        },
        "patternProperties": {f"^{ATTRIBUTE}.+": values},
        "examples": [
            {"category": ["dress"], "color": ["red"], "price": {"max": 50000}, "in_stock": True}
        ],
    }


def _values(ids: Iterable[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(ids)}}


def _chosen(asked: Any, kind: str) -> tuple[str, ...]:
    if asked is None:
        return ()
    asked = [asked] if isinstance(asked, str) else asked
    if not isinstance(asked, list) or len(asked) > MOST_VALUES:
        raise FilterRefused("not_a_list", kind)
    known = HEADS.get(kind)
    for value in asked:
        if known is None and not (isinstance(value, str) and _is_text(value)):
            raise FilterRefused("not_a_value", kind, most=str(MOST_CHARACTERS))
        if known is not None and value not in known:
            raise FilterRefused(
                "unknown_value", kind, kind=kind, name=short(value), known=", ".join(known)
            )
    return tuple(dict.fromkeys(asked))


def _is_text(value: str) -> bool:
    """Something that the database can hold: NUL and a lone half of a character it cannot."""
    if not 0 < len(value) <= MOST_CHARACTERS or "\0" in value:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _in_stock(asked: Any) -> bool | None:
    if asked is not None and not isinstance(asked, bool):
        raise FilterRefused("not_a_yes", "in_stock")
    return asked


def _price(asked: Any) -> tuple[int | None, int | None]:
    if asked is None:
        return None, None
    if not isinstance(asked, Mapping):
        raise FilterRefused("not_an_object", "price")
    for name in asked:
        if name not in ("min", "max"):
            raise FilterRefused("unknown_filter", "price", name=short(name), known="min, max")
    least, greatest = _amount(asked, "min"), _amount(asked, "max")
    if least is not None and greatest is not None and least > greatest:
        raise FilterRefused("price_order", "price")
    return least, greatest


def _amount(asked: Mapping[str, Any], end: str) -> int | None:
    amount = asked.get(end)
    if amount is None:
        return None
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount <= GREATEST_PRICE:
        raise FilterRefused("not_a_price", f"price.{end}")
    return int(amount)
