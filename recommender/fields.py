"""The structured parts of a search request: `box` and `filters`, as JSON or as text in a form."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.models.product import Gender
from recommender.filters import Filters
from vision.taxonomy import taxonomy

WORDS = {
    "not_json": (
        "This is no JSON: {detail}.",
        "JSON이 아니에요: {detail}.",
    ),
    "not_an_object": (
        'This must be an object, as {"category": ["dress"]}.',
        '객체여야 해요. 예: {"category": ["dress"]}.',
    ),
    "not_a_box": (
        "A box is four whole numbers [x0, y0, x1, y1] in pixels, with x0 < x1 and y0 < y1.",
        "box는 픽셀 단위 정수 네 개 [x0, y0, x1, y1]이고, x0 < x1, y0 < y1이어야 해요.",
    ),
    "unknown_field": (
        "There is no field {name}; there are {known}.",
        "{name} 필드는 없어요. 쓸 수 있는 필드: {known}.",
    ),
    "unknown_filter": (
        "There is no filter {name}; there are {known}.",
        "{name} 필터는 없어요. 쓸 수 있는 필터: {known}.",
    ),
    "unknown_value": (
        "There is no {kind} {name}; there are {known}.",
        "{kind}에 {name} 값은 없어요. 쓸 수 있는 값: {known}.",
    ),
    "not_a_list": (
        'This must be a list, as ["a", "b"].',
        '목록이어야 해요. 예: ["a", "b"].',
    ),
    "not_a_price": (
        "A price is a whole number of the currency's smallest unit, 0 or more.",
        "가격은 통화의 가장 작은 단위로 적은 0 이상의 정수예요.",
    ),
    "price_order": (
        "The least price is above the greatest.",
        "최저 가격이 최고 가격보다 높아요.",
    ),
    "one_query": (
        "Send exactly one of {known}.",
        "{known} 중 하나만 보내 주세요.",
    ),
}
FILTERS = ("category", "pattern", "color", "gender", "price")
MOST_VALUES = 50
GREATEST_PRICE = 2**63 - 1


def refused(code: str, field: str = "", **values: str) -> serializers.ValidationError:
    """A validation error in the language of the request, at `field` inside the present one."""
    text = WORDS[code][(get_language() or "en").startswith("ko")]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    error = serializers.ErrorDetail(text, code)
    return serializers.ValidationError({field: [error]} if field else [error])


class JsonOrText(serializers.Field):
    """A JSON value; in a form, which has only text, the same value as JSON text."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str):
            try:
                data = json.loads(data)
            except ValueError as error:
                raise refused("not_json", detail=str(error)) from None
            except RecursionError:
                raise refused("not_json", detail="too deep") from None
        return self.checked(data)

    def to_representation(self, value: Any) -> Any:
        return value

    def checked(self, data: Any) -> Any:
        raise NotImplementedError


@extend_schema_field(
    {
        "type": "array",
        "items": {"type": "integer", "minimum": 0},
        "minItems": 4,
        "maxItems": 4,
        "description": "`[x0, y0, x1, y1]` in pixels of the photo as sent, upright. "
        "Only this part is looked at.",
        "examples": [[120, 80, 620, 900]],
    }
)
class BoxField(JsonOrText):
    def checked(self, data: Any) -> tuple[int, int, int, int]:
        if not isinstance(data, list) or len(data) != 4:
            raise refused("not_a_box")
        if not all(isinstance(edge, int | float) and not isinstance(edge, bool) for edge in data):
            raise refused("not_a_box")
        try:
            x0, y0, x1, y1 = (round(edge) for edge in data)
        except (OverflowError, ValueError):
            raise refused("not_a_box") from None
        if not (0 <= x0 < x1 and 0 <= y0 < y1):
            raise refused("not_a_box")
        return x0, y0, x1, y1


def _values(of: Iterable[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(of)}}


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": False,
        "description": "A product must satisfy every filter given, by any of its values.",
        "properties": {
            "category": _values(taxonomy().ids("category")),
            "pattern": _values(taxonomy().ids("pattern")),
            "color": _values(taxonomy().ids("color")),
            "gender": _values(Gender.values),
            "price": {
                "type": "object",
                "description": "In the currency's smallest unit, both ends included; "
                "the sale price where there is one.",
                "properties": {
                    "min": {"type": "integer", "minimum": 0},
                    "max": {"type": "integer", "minimum": 0},
                },
            },
        },
        "examples": [{"category": ["dress"], "color": ["red"], "price": {"max": 50000}}],
    }
)
class FiltersField(JsonOrText):
    def checked(self, data: Any) -> Filters:
        if not isinstance(data, Mapping):
            raise refused("not_an_object")
        for name in data:
            if name not in FILTERS:
                raise refused("unknown_filter", name=_short(name), known=", ".join(FILTERS))
        least, greatest = _price(data.get("price"))
        chosen = {
            "category": _chosen(data, "category", taxonomy().ids("category")),
            "pattern": _chosen(data, "pattern", taxonomy().ids("pattern")),
            "color": _chosen(data, "color", taxonomy().ids("color")),
            "gender": _chosen(data, "gender", Gender.values),
        }
        return Filters(
            values={kind: values for kind, values in chosen.items() if values},
            price_min=least,
            price_max=greatest,
        )


def _chosen(data: Mapping[str, Any], kind: str, known: Iterable[str]) -> tuple[str, ...]:
    asked = data.get(kind)
    if asked is None:
        return ()
    asked = [asked] if isinstance(asked, str) else asked
    if not isinstance(asked, list) or len(asked) > MOST_VALUES:
        raise refused("not_a_list", kind)
    for value in asked:
        if value not in known:
            raise refused(
                "unknown_value", kind, kind=kind, name=_short(value), known=", ".join(known)
            )
    return tuple(dict.fromkeys(asked))


def _price(asked: Any) -> tuple[int | None, int | None]:
    if asked is None:
        return None, None
    if not isinstance(asked, Mapping):
        raise refused("not_an_object", "price")
    for name in asked:
        if name not in ("min", "max"):
            raise refused("unknown_filter", "price", name=_short(name), known="min, max")
    least, greatest = _amount(asked, "min"), _amount(asked, "max")
    if least is not None and greatest is not None and least > greatest:
        raise refused("price_order", "price")
    return least, greatest


def _amount(asked: Mapping[str, Any], end: str) -> int | None:
    amount = asked.get(end)
    if amount is None:
        return None
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount <= GREATEST_PRICE:
        _refuse_price(end)
    return int(amount)


def _refuse_price(end: str) -> NoReturn:
    error = refused("not_a_price")
    raise serializers.ValidationError({"price": {end: error.detail}})


def _short(value: Any) -> str:
    return f"'{str(value)[:40]}'"
