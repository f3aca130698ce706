"""The catalogue's map: the picture, and the same as a list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.map.jobs import map_ask, map_waits
from analytics.map.selectors import SHOWN, cards, map_head, map_walk
from analytics.map.tagged import kinds
from analytics.models import CatalogMap
from catalog.admin.words import kind_label, language, term_label
from catalog.money import display
from catalog.shop_taxonomy import shop_taxonomy
from tenants.admin_site import shop_admin
from vision.color_names import plainest
from vision.colorspace import lab_to_hex
from vision.taxonomy import taxonomy

A_PAGE = 48
MOST_VALUES = 40
"""Of one kind in the choice of heat maps, the most frequent."""
GREY = "#8d8a84"


@shop_admin.page("map/", name="map", nav=(55, _("Map")))
def map_page(request: Any) -> HttpResponse:
    """Every product in its place. A POST has the map brought in step, or laid out anew."""
    if request.method == "POST":
        anew = request.POST.get("action") == "anew"
        map_ask(shop=request.shop, anew=anew, by=request.user)
        messages.success(request, gettext("The map is being made. Look again in a minute."))
        return HttpResponseRedirect(reverse("admin:map"))
    return render(request, "admin/shop/map.html", {**map_context(request), "title": _("Map")})


@shop_admin.page("map/list/", name="map_list")
def list_page(request: Any) -> HttpResponse:
    """The map for those who do not see it: neighbours come one after another."""
    held = map_head()
    # The path's numbers have no gaps: a page is read along the index, however far it is.
    page = Paginator(range(held.products if held else 0), A_PAGE).get_page(request.GET.get("p"))
    lang = language()
    rows = [
        {
            "card": card,
            "title": card.product.text("title", lang),
            "price": display(card.product.selling_price, card.product.currency, lang),
            "tags": [term_label(kind, card.tags[kind]) for kind in SHOWN if kind in card.tags],
        }
        for card in cards(map_walk(page.object_list))
    ]
    context = {
        **shop_admin.each_context(request),
        "title": _("The map as a list"),
        "page": page,
        "rows": rows,
    }
    return render(request, "admin/shop/map_list.html", context)


def map_context(request: Any) -> dict[str, Any]:
    """What every page with the map has."""
    held = map_head()
    return {
        **shop_admin.each_context(request),
        "map": held,
        "waits": map_waits(request.shop),
        "tags": _tags(held),
        "tables": {
            "color": [
                {"label": term_label("color", one), "hex": _hex(one)}
                for one in taxonomy().ids("color")
            ],
            "category": [
                {"label": term_label("category", one)} for one in taxonomy().ids("category")
            ],
            "grey": GREY,
        },
        "legend": _legend(held),
    }


def _tags(held: CatalogMap | None) -> list[dict[str, Any]]:
    """What a heat map may be of: kinds with their values, the most frequent first."""
    if held is None:
        return []
    own = shop_taxonomy()
    found = []
    for kind in kinds():
        counts: dict[str, int] = held.tags.get(kind, {})
        most = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_VALUES]
        values = [
            {"value": value, "label": term_label(kind, value), "count": counts[value]}
            for value in most
            if not own.is_hidden(kind, value)
        ]
        if values:
            found.append({"kind": kind, "label": kind_label(kind), "values": values})
    return found


def _legend(held: CatalogMap | None) -> list[dict[str, Any]]:
    counts: dict[str, int] = held.tags.get("color", {}) if held else {}
    return [
        {"hex": _hex(value), "label": term_label("color", value), "count": count}
        for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]


def _hex(color: str) -> str:
    found = plainest(color)
    return lab_to_hex(found[1]) if found else GREY
