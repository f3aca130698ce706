"""The structured parts of a search request: `box`, `filters`, `weights` and lists of names, as JSON
or as text in a form."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from recommender import filter_shape
from recommender.field_words import refused, worded
from recommender.filters import Filters
from recommender.rank import PARTS, NothingWeighed, Weights

__all__ = [
    "BoxField", "FiltersField", "JsonOrText", "NamesField", "WeightsField", "refused", "worded",
]  # fmt: skip
GREATEST_WEIGHT = 1000.0


class JsonOrText(serializers.Field):
    """A JSON value; in a form, which has only text, the same value as JSON text.

    `name` is its schema's in the OpenAPI document; without one it stands where it is used.
    """

    name: ClassVar[str] = ""

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

    def described(self) -> dict[str, Any]:
        """The JSON value in OpenAPI."""
        raise NotImplementedError


class JsonOrTextSchema(OpenApiSerializerFieldExtension):
    """In a serializer of a form or of what stands behind a question mark, which says so by
    `as_text`, the schema is that of a text which holds the value."""

    target_class = "recommender.fields.JsonOrText"
    match_subclasses = True

    def get_name(self) -> str | None:
        return None if self._as_text() else self.target.name or None

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = self.target.described()
        if not self._as_text():
            return schema
        examples = {"examples": [json.dumps(one) for one in schema.get("examples", ())]}
        return {
            "type": "string",
            "description": f"JSON text. {schema.get('description', '')}".strip(),
            "contentMediaType": "application/json",
            "contentSchema": self._inner(auto_schema, schema),
            **(examples if examples["examples"] else {}),
        }

    def _as_text(self) -> bool:
        return getattr(self.target.parent, "as_text", False)

    def _inner(self, auto_schema: Any, schema: dict[str, Any]) -> dict[str, Any]:
        if not self.target.name:
            return schema
        named = ResolvedComponent(
            self.target.name, ResolvedComponent.SCHEMA, object=self.target, schema=schema
        )
        auto_schema.registry.register_on_missing(named)
        ref: dict[str, Any] = named.ref
        return ref


class BoxField(JsonOrText):
    name = "Box"

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

    def described(self) -> dict[str, Any]:
        return {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 4,
            "maxItems": 4,
            "description": "`[x0, y0, x1, y1]` in pixels of the photo as sent, upright. "
            "Only this part is looked at.",
            "examples": [[120, 80, 620, 900]],
        }


class WeightsField(JsonOrText):
    name = "Weights"

    def checked(self, data: Any) -> Weights:
        if not isinstance(data, Mapping) or not all(
            name in PARTS and _is_weight(value) for name, value in data.items()
        ):
            raise refused("not_weights", known=", ".join(PARTS))
        try:
            return Weights.of(data)
        except NothingWeighed:
            raise refused("nothing_weighed") from None

    def described(self) -> dict[str, Any]:
        part = {"type": "number", "minimum": 0, "maximum": GREATEST_WEIGHT}
        return {
            "type": "object",
            "additionalProperties": False,
            "description": "How much each part of the likeness counts; made to sum to 1. "
            "A part that is not named counts nothing.",
            "properties": dict.fromkeys(PARTS, part),
            "examples": [{"shape": 1, "color": 2}],
        }


class NamesField(JsonOrText):
    """A list of short texts; one alone may stand without its brackets."""

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.longest = most, longest

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) and not data.lstrip().startswith("["):
            data = [data]
        return super().to_internal_value(data)

    def checked(self, data: Any) -> tuple[str, ...]:
        if not isinstance(data, list):
            raise refused("not_a_list")
        if len(data) > self.most:
            raise refused("too_many", most=str(self.most))
        for name in data:
            if not isinstance(name, str) or not _is_name(name, self.longest):
                raise refused("not_a_value", most=str(self.longest))
        return tuple(dict.fromkeys(data))

    def described(self) -> dict[str, Any]:
        text = {"type": "string", "minLength": 1, "maxLength": self.longest}
        return {"type": "array", "items": text, "maxItems": self.most}


def _is_name(name: str, longest: int) -> bool:
    """Something short that the database can hold."""
    if not 0 < len(name) <= longest or "\0" in name:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _is_weight(value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return 0 <= value <= GREATEST_WEIGHT


class FiltersField(JsonOrText):
    """The form alone; what the shop has of it is checked in its scope by `filter_check`."""

    name = "Filters"

    def checked(self, data: Any) -> Filters:
        try:
            return filter_shape.filters_of(data)
        except filter_shape.FilterRefused as wrong:
            raise refused(wrong.code, wrong.field, **wrong.words) from None

    def described(self) -> dict[str, Any]:
        return filter_shape.schema()
