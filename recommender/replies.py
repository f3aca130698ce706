"""The body of a search's answer, as `reply_schema` describes it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from rest_framework.request import Request

from catalog.models import Product
from catalog.money import display
from recommender.facets import Facet
from recommender.query import Query, QueryGarment, Shade, label
from recommender.rank import Parts
from recommender.results import Match, Others
from recommender.services import Answer, Row
from tenants.models import Shop
from tenants.problems import request_id_of
from vision.taxonomy import taxonomy


def search_reply(answer: Answer, *, request: Request, shop: Shop, lang: str) -> dict[str, Any]:
    """The body of `SearchReply`."""
    results = results_reply(answer.matches, request=request, shop=shop, lang=lang)
    return {
        "request_id": request_id_of(request),
        "search_id": str(answer.search_id),
        "query": query_reply(answer.query, lang),
        "kept_until": answer.kept_until.isoformat() if answer.kept_until else None,
        "understood": [asdict(one) for one in answer.said.chips],
        "words": {
            "terms": list(answer.said.terms),
            "mended": dict(answer.said.mended),
            "unknown": list(answer.said.unknown),
            "foreign": answer.said.foreign,
        },
        "total": len(answer.matches),
        "found": answer.found,
        "next_cursor": answer.cursor or None,
        "results": results,
        "rows": [_row(row, answer.query, request, shop, lang) for row in answer.rows],
        "facets": [_facet(one) for one in answer.facets],
    }


def results_reply(
    matches: Sequence[Match], *, request: Request, shop: Shop, lang: str
) -> list[dict[str, Any]]:
    """Bodies of `ResultReply`."""
    base = base_of(request)
    return [_result(match, base, shop, lang) for match in matches]


def query_reply(query: Query, lang: str) -> dict[str, Any]:
    """The body of `QueryReply`."""
    return {
        "width": query.width,
        "height": query.height,
        "found": query.found,
        "selected": query.selected,
        "image_id": str(query.image_id) if query.image_id else None,
        "garments": [garment_reply(at, one, lang) for at, one in enumerate(query.garments)],
    }


def garment_reply(index: int, garment: QueryGarment, lang: str) -> dict[str, Any]:
    """The body of `GarmentReply`."""
    reply: dict[str, Any] = {
        "index": index,
        "box": list(garment.box),
        "outline": [[list(point) for point in ring] for ring in garment.outline],
    }
    for head in ("category", "pattern", "style"):
        if named := garment.tags.get(head):
            reply[head] = {
                "id": named.id,
                "label": label(head, named.id, lang),
                "confidence": round(named.confidence, 4),
                "unsure": named.unsure,
            }
    reply["colors"] = [
        {**_color(shade, lang), "share": round(shade.share, 4)} for shade in garment.palette
    ]
    return reply


def _row(row: Row, query: Query, request: Request, shop: Shop, lang: str) -> dict[str, Any]:
    category = query.garments[row.garment].category
    return {
        "garment": row.garment,
        "slot": taxonomy().group_of(category),
        "label": label("category", category, lang),
        "results": results_reply(row.matches, request=request, shop=shop, lang=lang),
    }


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "kind": facet.kind,
        "label": facet.label,
        "values": [asdict(value) for value in facet.values],
        "left_off": facet.left_off,
        "low": facet.low,
        "high": facet.high,
    }


def _result(match: Match, base: str, shop: Shop, lang: str) -> dict[str, Any]:
    candidate = match.ranked.candidate
    return {
        **card_reply(match.product, match.image_url, base=base, shop=shop, lang=lang),
        "category": candidate.category,
        "pattern": candidate.pattern,
        "color": color_reply(candidate.palette, lang),
        "score": match.score,
        "pinned": match.pinned,
        "variants": _others(match.variants),
        "duplicates": _others(match.duplicates),
        "why": {
            **_parts(match.parts),
            "words": match.words,
            "gave": {**_parts(match.gave.parts), "words": match.gave.words},
            "sentence": match.sentence,
        },
    }


def _parts(parts: Parts) -> dict[str, float]:
    return {
        "shape": parts.shape,
        "color": parts.color,
        "pattern": parts.pattern,
        "category": parts.category,
    }


def _others(others: Others) -> dict[str, Any]:
    return {"count": others.count, "skus": list(others.skus)}


def card_reply(
    product: Product, image_url: str, *, base: str, shop: Shop, lang: str
) -> dict[str, Any]:
    """The body of `CardReply`; `image_url` as the storage gives it, "" for none."""
    return {
        "product_id": product.sku,
        "title": product.text("title", lang),
        "brand": product.brand,
        "url": product.url or _hosted_page(product.sku, base, shop),
        "image_url": absolute(image_url, base),
        "price": _price(product.price, product.currency, lang),
        "sale_price": _price(product.sale_price, product.currency, lang),
        "in_stock": product.in_stock,
    }


def color_reply(palette: Sequence[Shade], lang: str) -> dict[str, Any] | None:
    """The body of `ColorReply`: the first of a palette, None of an empty one."""
    return _color(palette[0], lang) if palette else None


def base_of(request: Request) -> str:
    """The address that paths of ours are put behind."""
    return str(request.build_absolute_uri("/")).rstrip("/")


def _color(shade: Shade, lang: str) -> dict[str, Any]:
    return {"name": shade.label(lang), "family": shade.family, "hex": shade.hex}


def _price(amount: int | None, currency: str, lang: str) -> dict[str, Any] | None:
    if amount is None:
        return None
    return {"amount": amount, "currency": currency, "display": display(amount, currency, lang)}


def absolute(url: str, base: str) -> str:
    """An address of our own as a page of the shop needs it; a store's own address as it is."""
    return base + url if url.startswith("/") else url


def _hosted_page(sku: str, base: str, shop: Shop) -> str:
    """A shop without pages of its own may be shown on ours: `frontend.storefront` stands there."""
    return f"{base}/shop/{shop.slug}/p/{quote(sku)}/" if shop.hosted_storefront else ""
