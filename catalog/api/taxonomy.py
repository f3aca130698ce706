"""`/taxonomy`: the kinds and values that tags are made of, as the shop has them."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import etags
from catalog.shop_taxonomy import Value, shop_taxonomy
from tenants.api_view import SecretView
from tenants.models import Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.scope import shop_scope
from vision.taxonomy import LANGUAGES, taxonomy

# Made of categories: nobody says it of a product.
DERIVED = ("group",)
HEADS = {
    "group": ("Group", "분류"),
    "category": ("Category", "종류"),
    "pattern": ("Pattern", "무늬"),
    "color": ("Colour", "색"),
    "style": ("Style", "스타일"),
}
"""Names of the kinds that are no attribute; those have names in the taxonomy."""


def values_by_kind(shop: Shop) -> dict[str, tuple[str, ...]]:
    """What may be said of a product of this shop: one value of each kind.

    What the shop merged away is not said any more; its own values are taught by examples.
    """
    held = shop_taxonomy(shop)
    return {
        kind: tuple(value.id for value in held.values(kind) if not value.merged_into)
        for kind in taxonomy().kinds
        if kind not in DERIVED
    }


class SynonymsReply(serializers.Serializer[Any]):
    en = serializers.ListField(child=serializers.CharField())
    ko = serializers.ListField(child=serializers.CharField())


class ValueReply(serializers.Serializer[Any]):
    id = serializers.CharField()
    en = serializers.CharField()
    ko = serializers.CharField()
    synonyms = SynonymsReply(help_text="Words that it is found by beside its names.")
    hidden = serializers.BooleanField(help_text="The shop shows it nowhere.")
    merged_into = serializers.CharField(
        allow_null=True, help_text="The value that it counts as in this shop."
    )
    own = serializers.BooleanField(help_text="The shop taught it itself.")
    changed = serializers.BooleanField(help_text="Not as every shop has it.")
    group = serializers.CharField(allow_null=True, help_text="Of a category.")
    parent = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        allow_null=True, help_text="The wider category."
    )


class KindReply(serializers.Serializer[Any]):
    kind = serializers.CharField()
    en = serializers.CharField()
    ko = serializers.CharField()
    values = ValueReply(many=True)


class TaxonomyReply(serializers.Serializer[Any]):
    kinds = KindReply(many=True)


class TaxonomyView(SecretView):
    @extend_schema(
        operation_id="taxonomy",
        summary="The kinds and values of tags, as the shop has them",
        tags=["tags"],
        parameters=[etags.IF_NONE_MATCH, etags.ETAG, *REPLY_HEADERS],
        responses={
            200: TaxonomyReply,
            304: OpenApiResponse(description="It has not changed."),
            **problems(),
        },
    )
    def get(self, request: Request) -> Response:
        """Names in both languages, what the shop renamed, hid or merged, and its own values."""
        with shop_scope(self.shop):
            held = shop_taxonomy(self.shop)
            kinds = [
                _kind(kind) | {"values": [_value(one) for one in held.values(kind)]}
                for kind in held.kinds
            ]
        return etags.answered(request, {"kinds": kinds})


def _kind(kind: str) -> dict[str, str]:
    attribute = taxonomy().attributes.get(kind)
    if attribute is not None:
        return {"kind": kind, "en": attribute.en, "ko": attribute.ko}
    en, ko = HEADS.get(kind, (kind, kind))
    return {"kind": kind, "en": en, "ko": ko}


def _value(value: Value) -> dict[str, Any]:
    known = taxonomy()
    stock = known.terms(value.kind).get(value.id) if value.kind in known.kinds else None
    category = known.categories.get(value.id) if value.kind == "category" else None
    told = {name: one for name, one in value.as_json().items() if name != "kind"}
    told["synonyms"] = {
        lang: list(
            dict.fromkeys((*(stock.synonyms[lang] if stock else ()), *value.synonyms.get(lang, ())))
        )
        for lang in LANGUAGES
    }
    return told | {
        "group": category.group if category else None,
        "parent": category.parent if category else None,
    }
