"""The structured parts of a search request: `box` and `filters`, as JSON or as text in a form."""

import json
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from recommender import filter_shape
from recommender.filters import Filters

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
    "not_a_value": (
        "A value is a text of 1 to {most} characters.",
        "값은 1~{most}자의 글이어야 해요.",
    ),
    "not_a_yes": (
        "This is true or false.",
        "true 또는 false로 적어 주세요.",
    ),
    "too_many": (
        "These are too many: at most {most}.",
        "너무 많아요. {most}개까지 쓸 수 있어요.",
    ),
    "unknown_facet": (
        "There is no facet {name}; there are {known}.",
        "{name} 패싯은 없어요. 쓸 수 있는 패싯: {known}.",
    ),
    "one_query": (
        "Send exactly one of {known}.",
        "{known} 중 하나만 보내 주세요.",
    ),
}


def refused(code: str, field: str = "", **values: str) -> serializers.ValidationError:
    """A validation error in the language of the request, at `field` inside the present one."""
    error = serializers.ErrorDetail(worded(code, **values), code)
    return serializers.ValidationError({field: [error]} if field else [error])


def worded(code: str, **values: str) -> str:
    """What is wrong, in the language of the request."""
    text = WORDS[code][(get_language() or "en").startswith("ko")]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


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


@extend_schema_field(filter_shape.schema())
class FiltersField(JsonOrText):
    """The form alone; what the shop has of it is checked in its scope by `filter_check`."""

    def checked(self, data: Any) -> Filters:
        try:
            return filter_shape.filters_of(data)
        except filter_shape.FilterRefused as wrong:
            raise refused(wrong.code, wrong.field, **wrong.words) from None
