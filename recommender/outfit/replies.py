"""What an outfit answers, and the same as its description in the OpenAPI document."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from recommender.outfit.pieces import Piece
from recommender.outfit.services import Outfit, OutfitRow, Suggestion
from recommender.outfit.slots import SLOTS, slot_label
from recommender.query import QueryGarment, label
from recommender.replies import base_of, card_reply, color_reply
from recommender.reply_schema import BoxReply, CardReply, ColorReply
from tenants.models import Shop
from tenants.problems import request_id_of

NOTES = {
    "en": "This is worn by itself: nothing goes with it.",
    "ko": "단독으로 입는 옷이라 함께 추천할 상품이 없어요.",
}


class NameReply(serializers.Serializer[Any]):
    id = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="In the language of the reply."
    )


class OwnedReply(serializers.Serializer[Any]):
    slot = serializers.ChoiceField(
        choices=SLOTS, allow_null=True, help_text="Null for what is worn by itself."
    )
    category = NameReply()
    pattern = NameReply()
    color = ColorReply(allow_null=True)


class SeenReply(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="For `object`.")
    box = BoxReply(help_text="[x0, y0, x1, y1] in pixels of the photo as sent, upright.")
    category = NameReply()
    selected = serializers.BooleanField(help_text="Whether the outfit is made around it.")


class OutfitWhyReply(serializers.Serializer[Any]):
    color = serializers.FloatField(help_text="How well the colours go together, 0..1.")
    rule = serializers.CharField(
        help_text="By which rule: neutrals, accent, tonal, set, analogous, complementary, echo; "
        "contrast where none."
    )
    style = serializers.FloatField(  # type: ignore[assignment]  # a field of this name
        help_text="How well the styles agree, 0..1."
    )
    season = serializers.FloatField(help_text="How well the seasons agree, 0..1.")
    together = serializers.FloatField(
        help_text="How often shoppers looked at or bought both, 0..1; 0 while too few did."
    )
    sentence = serializers.CharField()


class SuggestionReply(CardReply):
    category = serializers.CharField()
    pattern = serializers.CharField()
    color = ColorReply(allow_null=True)
    score = serializers.FloatField(help_text="0..1, with the rest of the look in mind.")
    why = OutfitWhyReply()


class OutfitRowReply(serializers.Serializer[Any]):
    slot = serializers.ChoiceField(choices=SLOTS)
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="The slot's name in the language of the reply."
    )
    results = SuggestionReply(
        many=True, help_text="Best first; any of them can stand in the first one's place."
    )


class OutfitReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    owned = OwnedReply(many=True, help_text="What the outfit is made around.")
    rows = OutfitRowReply(
        many=True, help_text="One a slot; the first results of all rows are one look."
    )
    note = serializers.CharField(help_text="Why there are no rows; otherwise empty.")


class PhotoOutfitReply(OutfitReply):
    image_id = serializers.UUIDField(
        allow_null=True, help_text="Names this photo for 30 minutes: no second upload."
    )
    garments = SeenReply(many=True, help_text="What was found in the photo.")


def outfit_reply(outfit: Outfit, *, request: Request, shop: Shop, lang: str) -> dict[str, Any]:
    """The body of `OutfitReply`, or of `PhotoOutfitReply` where there was a photo."""
    reply: dict[str, Any] = {
        "request_id": request_id_of(request),
        "owned": [_owned(piece, lang) for piece in outfit.owned],
        "rows": [_row(row, request, shop, lang) for row in outfit.rows],
        "note": NOTES[lang] if outfit.worn_alone else "",
    }
    if outfit.query is None:
        return reply
    query = outfit.query
    everything = len(outfit.owned) == len(query.garments)
    reply["image_id"] = str(query.image_id) if query.image_id else None
    reply["garments"] = [
        _seen(at, garment, everything or at == query.selected, lang)
        for at, garment in enumerate(query.garments)
    ]
    return reply


def _owned(piece: Piece, lang: str) -> dict[str, Any]:
    return {
        "slot": piece.slot,
        "category": _name("category", piece.category, lang),
        "pattern": _name("pattern", piece.pattern, lang),
        "color": color_reply(piece.palette, lang),
    }


def _seen(index: int, garment: QueryGarment, selected: bool, lang: str) -> dict[str, Any]:
    return {
        "index": index,
        "box": list(garment.box),
        "category": _name("category", garment.category, lang),
        "selected": selected,
    }


def _row(row: OutfitRow, request: Request, shop: Shop, lang: str) -> dict[str, Any]:
    return {
        "slot": row.slot,
        "label": slot_label(row.slot, lang),
        "results": [_suggestion(one, request, shop, lang) for one in row.suggestions],
    }


def _suggestion(one: Suggestion, request: Request, shop: Shop, lang: str) -> dict[str, Any]:
    choice = one.choice
    photo = one.photo.file.url if one.photo and one.photo.file else ""
    return {
        **card_reply(one.product, photo, base=base_of(request), shop=shop, lang=lang),
        "category": choice.piece.category,
        "pattern": choice.piece.pattern,
        "color": color_reply(choice.piece.palette, lang),
        "score": choice.score,
        "why": {
            "color": choice.color,
            "rule": choice.rule.name.lower(),
            "style": choice.style,
            "season": choice.season,
            "together": choice.together,
            "sentence": one.sentence,
        },
    }


def _name(kind: str, value: str, lang: str) -> dict[str, str]:
    return {"id": value, "label": label(kind, value, lang)}
