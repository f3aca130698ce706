"""The fields of a product that are more than a text: prices, attributes, translations, tags."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api.words import refused
from catalog.imports.prices import MAX_AMOUNT
from catalog.imports.rows import MAX_PHOTOS
from catalog.money import is_currency
from tenants.fetch import FetchRefused, check_url
from tenants.problems import LANGUAGES

MOST_ATTRIBUTES = 100
LONGEST_NAME, LONGEST_VALUE = 60, 1000
MOST_VALUES = 20
LONGEST_ADDRESS = 2000
SHOWN = 40
TRANSLATED = {"title": 300, "description": 100_000}


class Amount(NamedTuple):
    """Whole numbers of the smallest unit; `currency` None: not named beside it."""

    amount: int
    currency: str | None


def storable(text: object, most: int) -> bool:
    """A text that the database can hold."""
    if not isinstance(text, str) or len(text) > most or "\0" in text:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


@extend_schema_field(
    {
        "description": "In the currency's smallest unit (won, cents), or as replies show it.",
        "oneOf": [
            {"type": "integer", "minimum": 0, "maximum": MAX_AMOUNT},
            {
                "type": "object",
                "required": ["amount"],
                "properties": {"amount": {"type": "integer"}, "currency": {"type": "string"}},
            },
        ],
        "examples": [59000, {"amount": 59000, "currency": "KRW"}],
    }
)
class PriceField(serializers.Field):
    def to_internal_value(self, data: Any) -> Amount:
        currency = None
        if isinstance(data, Mapping):
            if set(data) - {"amount", "currency"}:
                raise refused("not_a_price")
            currency, data = data.get("currency"), data.get("amount")
            currency = checked_currency(currency) if currency is not None else None
        if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data <= MAX_AMOUNT:
            raise refused("not_a_price")
        return Amount(data, currency)


class CurrencyField(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        return checked_currency(data)


def checked_currency(data: object) -> str:
    if not isinstance(data, str) or not is_currency(data):
        raise refused("not_a_currency", name=str(data)[:SHOWN])
    return data


class AddressField(serializers.CharField):
    """A page of the shop's own; it is shown and not fetched."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not text:
            return text
        try:
            parts = urlsplit(text)
        except ValueError:
            raise refused("not_an_address") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
            raise refused("not_an_address")
        return text


@extend_schema_field({"type": "string", "format": "uri", "maxLength": LONGEST_ADDRESS})
class PhotoAddressField(serializers.Field):
    """An address that the worker may fetch."""

    def to_internal_value(self, data: Any) -> str:
        if not storable(data, LONGEST_ADDRESS) or not data:
            raise refused("not_a_text", most=str(LONGEST_ADDRESS))
        try:
            check_url(data)
        except FetchRefused as error:
            raise serializers.ValidationError(
                [serializers.ErrorDetail(error.message, error.code)]
            ) from None
        return str(data)


class PhotosField(serializers.ListField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=PhotoAddressField(), max_length=MAX_PHOTOS, **kwargs)

    def to_internal_value(self, data: Any) -> list[str]:
        return list(dict.fromkeys(super().to_internal_value(data)))


@extend_schema_field(
    {
        "type": "object",
        "description": "Of the shop's own: texts, numbers, true or false, and lists of these.",
        "additionalProperties": {},
        "examples": [{"fit": "loose", "machine_washable": True}],
    }
)
class AttributesField(serializers.Field):
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise refused("not_an_object")
        if len(data) > MOST_ATTRIBUTES:
            raise refused("too_many", most=str(MOST_ATTRIBUTES))
        for name, value in data.items():
            if not storable(name, LONGEST_NAME) or not name.strip():
                raise refused("not_a_text", str(name)[:SHOWN], most=str(LONGEST_NAME))
            if value is not None and not _is_attribute(value):
                raise refused("not_an_attribute", name)
        return dict(data)


def _is_attribute(value: object) -> bool:
    if isinstance(value, list):
        return len(value) <= MOST_VALUES and all(
            not isinstance(one, list) and _is_attribute(one) for one in value
        )
    if isinstance(value, bool | int | float):
        return abs(value) < MAX_AMOUNT
    return storable(value, LONGEST_VALUE)


@extend_schema_field(
    {
        "type": "object",
        "description": "Title and description in further languages.",
        "properties": {
            lang: {
                "type": "object",
                "properties": {name: {"type": "string"} for name in TRANSLATED},
                "additionalProperties": False,
            }
            for lang in LANGUAGES
        },
        "additionalProperties": False,
        "examples": [{"ko": {"title": "꽃무늬 미디 원피스"}}],
    }
)
class TranslationsField(serializers.Field):
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise refused("not_an_object")
        for lang, texts in data.items():
            if lang not in LANGUAGES:
                raise refused(
                    "unknown_language", name=str(lang)[:SHOWN], known=", ".join(LANGUAGES)
                )
            if texts is not None and not isinstance(texts, Mapping):
                raise refused("not_an_object", lang)
            for name, text in (texts or {}).items():
                if name not in TRANSLATED:
                    known = ", ".join(TRANSLATED)
                    raise refused("unknown_field", lang, name=str(name)[:SHOWN], known=known)
                if text is not None and not storable(text, TRANSLATED[name]):
                    raise refused("not_a_text", f"{lang}.{name}", most=str(TRANSLATED[name]))
        return dict(data)


@extend_schema_field(
    {
        "type": "object",
        "description": "What the shop itself says of the product, by kind: it stands above what "
        "the model sees and below what a person corrects. Kinds and values: `/taxonomy`.",
        "additionalProperties": {"type": ["string", "null"]},
        "examples": [{"color": "navy", "pattern": "floral"}],
    }
)
class TagsField(serializers.Field):
    def to_internal_value(self, data: Any) -> dict[str, str | None]:
        if not isinstance(data, Mapping):
            raise refused("not_an_object")
        for kind, value in data.items():
            check_tag(self.context["values"], kind, value, at=str(kind)[:SHOWN])
        return dict(data)


def check_tag(
    values: Mapping[str, Sequence[str]], kind: object, value: object, *, at: str, value_at: str = ""
) -> None:
    """Refuse, at these fields, a kind or value that is not among `values`; None takes one away."""
    if not isinstance(kind, str) or kind not in values:
        raise refused("unknown_kind", at, name=str(kind)[:SHOWN], known=", ".join(values))
    if value is not None and (not isinstance(value, str) or value not in values[kind]):
        known = ", ".join(values[kind])
        raise refused(
            "unknown_value", value_at or at, kind=kind, name=str(value)[:SHOWN], known=known
        )
