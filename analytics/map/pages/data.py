"""What the map asks for while one moves over it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse

from analytics.map.packing import places_packed
from analytics.map.selectors import SHOWN, Card, cards
from analytics.map.sheets import MOST, sheet
from analytics.map.tagged import products_having
from catalog.admin.words import language, term_label
from catalog.money import display
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import shop_admin
from tenants.scope import shop_scope

BYTES = "application/octet-stream"
SHEET_SECONDS = 3600


@shop_admin.page("map/places/", name="map_places")
@opens_own_scope
def places(request: Any) -> HttpResponseBase:
    """20 bytes a product, as `analytics.map.packing` says."""
    return StreamingHttpResponse(places_packed(request.shop), content_type=BYTES)


@shop_admin.page("map/tagged/", name="map_tagged")
def tagged(request: Any) -> HttpResponse:
    """The ids of the products that have a value, 8 bytes each."""
    try:
        found = products_having(request.GET.get("kind", ""), request.GET.get("value", ""))
    except KeyError as unknown:
        raise Http404("no such kind") from unknown
    return HttpResponse(np.array(found, "<u8").tobytes(), content_type=BYTES)


@shop_admin.page("map/products/", name="map_products")
def products(request: Any) -> HttpResponse:
    """A few products, in the order in which they were asked for."""
    return JsonResponse({"products": [_told(card) for card in cards(_ids(request))]})


@shop_admin.page("map/sheet/", name="map_sheet")
@opens_own_scope
def photos(request: Any) -> HttpResponse:
    """Their photos, small, beside each other; grey for what has none or is gone."""
    ids = _ids(request)
    with shop_scope(request.shop):
        names = {card.product.pk: card.photo for card in cards(ids)}
    if not names:
        raise Http404("no such products")
    body = sheet([names.get(one, "") for one in ids])
    response = HttpResponse(body, content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={SHEET_SECONDS}"
    return response


def _ids(request: Any) -> Sequence[int]:
    asked = request.GET.get("ids", "").split(",")[:MOST]
    try:
        return [int(one) for one in asked if one]
    except ValueError as wrong:
        raise Http404("ids are numbers") from wrong


def _told(card: Card) -> dict[str, Any]:
    product = card.product
    labels = [term_label(kind, card.tags[kind]) for kind in SHOWN if kind in card.tags]
    return {
        "id": product.pk,
        "sku": product.sku,
        "title": product.text("title", language()),
        "url": reverse("admin:catalog_product_change", args=[product.pk]),
        "photo": card.photo_url,
        "price": display(product.selling_price, product.currency, language()),
        "tags": " · ".join(labels),
    }
