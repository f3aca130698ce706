"""Products that look the same, side by side: keep one, or say that they are two."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.seen import Card, card, with_what_was_seen
from catalog.admin.words import language
from catalog.models import Product
from catalog.money import display
from catalog.services.alike import Group, alike_apart, alike_groups, alike_keep
from tenants.admin_site import shop_admin

SHOWN = 10
ADDRESS = "catalog/product/alike/"


@shop_admin.page(ADDRESS, name="catalog_product_alike")
def alike_view(request: Any) -> HttpResponse:
    """The next groups; what a person says of one is done at once, and undoable where it deletes."""
    if request.method == "POST":
        return _said(request)
    after = request.GET.get("after", "0")
    groups = alike_groups(
        shop=request.shop, after=int(after) if after.isdecimal() else 0, limit=SHOWN + 1
    )
    shown = groups[:SHOWN]
    context = {
        **shop_admin.each_context(request),
        "title": _("Products that look the same"),
        "groups": [one for one in _with_products(shown) if len(one["members"]) > 1],
        "after": shown[-1].original if len(groups) > SHOWN else None,
    }
    return render(request, "admin/catalog/product/alike.html", context)


def _with_products(groups: Iterable[Group]) -> list[dict[str, Any]]:
    groups = list(groups)
    ids = {one for group in groups for one in (group.original, *group.others)}
    found = {one.pk: one for one in with_what_was_seen(Product.objects.filter(pk__in=ids))}
    return [
        {
            "group": group,
            "members": [
                _member(card(found[one])) for one in (group.original, *group.others) if one in found
            ],
        }
        for group in groups
    ]


def _member(shown: Card) -> dict[str, Any]:
    product = shown.product
    price = display(product.selling_price, product.currency, language())
    return {"card": shown, "price": price}


def _said(request: Any) -> HttpResponse:
    ids = [int(one) for one in request.POST.getlist("product") if one.isdecimal()]
    keep = request.POST.get("keep", "")
    back = reverse("admin:catalog_product_alike")
    if len(ids) < 2:
        messages.error(request, gettext("Choose at least two products."))
    elif request.POST.get("answer") == "apart":
        alike_apart(product_ids=ids, by=request.user)
        messages.success(request, gettext("They are shown as products of their own from now on."))
    elif keep.isdecimal() and int(keep) in ids:
        edited = alike_keep(shop=request.shop, keep=int(keep), product_ids=ids, by=request.user)
        request.session["desk_undo"] = {"run": edited.run_id, "sheet": None}
        words = ngettext("%(n)s product taken out.", "%(n)s products taken out.", edited.changed)
        messages.success(request, words % {"n": edited.changed})
    else:
        messages.error(request, gettext("Choose the product that stays."))
    return HttpResponseRedirect(back)
