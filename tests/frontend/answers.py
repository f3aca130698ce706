"""Answers of the stand-in API for a search that is refined: facets, pages, words, variants."""

from __future__ import annotations

import json
from typing import Any

from tests.frontend.stand_in import Answer, Call, StandIn, found, product

IMAGE_ID = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
COLORS = (("red", "Red", "#c8102e"), ("blue", "Blue", "#2563d8"), ("navy", "Navy", "#0b1f4b"))


def asked(call: Call) -> dict[str, Any]:
    """What a search asked, whichever way it was sent."""
    if call.json is not None:
        return dict(call.json)
    lists = {"filters", "weights", "box", "words_off", "colors"}
    return {name: json.loads(one) if name in lists else one for name, one in call.fields.items()}


class Shelf:
    """A shop of `count` products that answers as the API does, `page` at a time.

    Filters only say what is chosen; `empty` says when nothing is left. Weights order by the part
    that weighs most: shape as they come, colour the other way round.
    """

    def __init__(self, shop: StandIn, count: int = 6, page: int = 6) -> None:
        self.shop, self.count, self.page = shop, count, page
        self.empty = False
        self.change: dict[str, Any] = {}
        shop.next = self.answer

    def answer(self, call: Call) -> Answer:
        question = asked(call)
        start = int(question["cursor"][7:]) if "cursor" in question else 0
        body = found(self.shop.site, 0)
        results = [] if self.empty else self._results(question, start)
        end = start + len(results)
        body["query"]["image_id"] = IMAGE_ID
        body |= {
            "results": results,
            "total": len(results),
            "found": 0 if self.empty else self.count,
            "next_cursor": f"cursor-{end}" if results and end < self.count else None,
            "understood": understood(question),
            "words": {"terms": [], "mended": {}, "unknown": [], "foreign": ""},
            "facets": facets(question.get("filters", {})),
        }
        if "product_id" in question:
            body["query"] |= {"image_id": None}
        if (
            "text" in question
            and not {"image_id", "product_id"} & question.keys()
            and not call.image
        ):
            body["query"] |= {"image_id": None, "garments": [], "found": False}
        return Answer(body={**body, **self.change})

    def _results(self, question: dict[str, Any], start: int) -> list[dict[str, Any]]:
        end = min(start + self.page, self.count)
        made = [self._product(index, question.get("lang", "en")) for index in range(start, end)]
        weights = question.get("weights", {})
        if weights.get("color", 0) > weights.get("shape", 1):
            made.reverse()
        return made

    def _product(self, index: int, lang: str) -> dict[str, Any]:
        one = product(index, self.shop.site, lang)
        shape, color = 0.95 - 0.05 * index, 0.4 + 0.05 * index
        parts = {"shape": shape, "color": color, "pattern": 0.8, "category": 1.0}
        shares = {"shape": 0.3, "color": 0.2, "pattern": 0.1, "category": 0.4}
        gave = {name: round(shares[name] * part, 4) for name, part in parts.items()}
        one["why"] |= {**parts, "words": 0.0, "gave": {**gave, "words": 0.0}}
        one |= {"pinned": False, "duplicates": {"count": 0, "skus": []}}
        one["variants"] = {"count": 2 if index == 1 else 0, "skus": []}
        return one


def understood(question: dict[str, Any]) -> list[dict[str, Any]]:
    """The colours that the words name, but for those that were taken off."""
    words = str(question.get("text", "")).lower().split()
    off = question.get("words_off", [])
    return [
        {
            "id": f"color:{value}",
            "kind": "color",
            "value": value,
            "label": label,
            "words": label.lower(),
            "negated": False,
            "applied": True,
        }
        for value, label, _ in COLORS
        if label.lower() in words and f"color:{value}" not in off
    ]


def facets(filters: dict[str, Any]) -> list[dict[str, Any]]:
    """Colour, pattern, price, stock and an attribute of the shop's own."""
    ranges = [("₩10,000 – ₩49,000", 10000, 49000, 4), ("₩50,000 – ₩90,000", 50000, 90000, 2)]
    wanted = filters.get("price", {})
    prices = [
        {
            "value": f"{low}-{high}",
            "label": label,
            "count": count,
            "selected": wanted == {"min": low, "max": high},
            "low": low,
            "high": high,
        }
        for label, low, high, count in ranges
    ]
    return [
        _facet(
            "color",
            "Colour",
            filters,
            *[(v, la, 9 - at, h) for at, (v, la, h) in enumerate(COLORS)],
        ),
        _facet("pattern", "Pattern", filters, ("solid", "Solid", 7), ("check", "Check", 3)),
        {
            "kind": "price",
            "label": "Price",
            "values": prices,
            "left_off": 0,
            "low": 10000,
            "high": 90000,
        },
        _facet(
            "in_stock", "Availability", filters, ("true", "In stock", 8), ("false", "Sold out", 1)
        ),
        _facet(
            "sleeve", "Sleeve", filters, ("short", "Short sleeve", 4), ("long", "Long sleeve", 3)
        ),
        _facet("attr:fabric", "fabric", filters, ("wool", "wool", 4), ("linen", "linen", 2)),
        _facet("style", "Style", filters, ("casual", "Casual", 9)),
    ]


def _facet(
    kind: str, label: str, filters: dict[str, Any], *values: tuple[Any, ...]
) -> dict[str, Any]:
    chosen = filters.get(kind, [])
    chosen = [str(chosen).lower()] if isinstance(chosen, bool) else chosen
    return {
        "kind": kind,
        "label": label,
        "left_off": 0,
        "low": None,
        "high": None,
        "values": [
            {
                "value": value,
                "label": name,
                "count": count,
                "selected": value in chosen,
                "low": None,
                "high": None,
                "hex": more[0] if more else None,
            }
            for value, name, count, *more in values
        ],
    }
