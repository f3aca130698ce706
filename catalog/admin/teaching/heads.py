"""Teaching's first page: each kind's own head beside the stock one, and the shop's own values."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.words import kind_label, language
from catalog.models import OwnClass, ProductFacet, ShopHead
from catalog.models.teaching import OWN
from catalog.services.teaching.answering import heads_newest
from catalog.services.teaching.heads import head_switch, heads_ask, heads_wait
from catalog.services.teaching.own import shop_classes
from catalog.services.teaching.words import people_counts
from catalog.shop_taxonomy import value_of
from catalog.teaching.head import LEAST_DESIGNS, LEAST_WORDS
from tenants.admin_site import shop_admin
from vision.taxonomy import taxonomy

HUNDRED = 100
CLASS_STATES = {
    OwnClass.State.LEARNING: (_("Needs examples"), ""),
    OwnClass.State.READY: (_("Learned"), "good"),
    OwnClass.State.FEW: (_("Too few examples"), "warn"),
}


@dataclass(frozen=True)
class HeadRow:
    """A kind: how much people said, and its newest head; shares in percent."""

    kind: str
    label: str
    words: int
    missing: int
    head: ShopHead | None
    judged: bool
    stock: float | None
    own: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ClassRow:
    """A value of the shop's own."""

    own: OwnClass
    label: str
    state: Any
    tone: str
    products: int


@shop_admin.page("teaching/", name="teaching", nav=(28, _("Teaching")))
def teaching(request: Any) -> HttpResponse:
    """What was learned; a POST learns now, or switches a head."""
    if request.method == "POST":
        return _posted(request)
    context = {
        **shop_admin.each_context(request),
        "title": _("Teaching"),
        "heads": _heads(),
        "classes": _classes(request),
        "waits": heads_wait(request.shop),
        "least": LEAST_WORDS,
        "designs": LEAST_DESIGNS,
    }
    return render(request, "admin/catalog/teaching/heads.html", context)


def _posted(request: Any) -> HttpResponse:
    action, kind = request.POST.get("action", ""), request.POST.get("kind", "")
    if action == "learn":
        heads_ask(shop=request.shop, by=request.user)
        messages.success(request, gettext("It is being learned. Look again in a minute."))
    elif action in ("on", "off"):
        try:
            head_switch(shop=request.shop, kind=kind, on=action == "on", by=request.user)
        except ShopHead.DoesNotExist as gone:
            raise Http404("no such head") from gone
        messages.success(request, gettext("Saved: %(name)s") % {"name": kind_label(kind)})
    return HttpResponseRedirect(reverse("admin:teaching"))


def _heads() -> list[HeadRow]:
    counts, newest = people_counts(), heads_newest()
    return [
        _head(kind, counts.get(kind, 0), newest.get(kind))
        for kind in taxonomy().kinds
        if kind not in ("color", "group") and (counts.get(kind) or kind in newest)
    ]


def _head(kind: str, words: int, head: ShopHead | None) -> HeadRow:
    figures = head.figures if head else {}
    asked = figures.get("asked")

    def share(name: str, of: int) -> float | None:
        return round(HUNDRED * figures[name] / of, 1) if asked else None

    return HeadRow(
        kind=kind,
        label=kind_label(kind),
        words=words,
        missing=max(0, LEAST_WORDS - words),
        head=head,
        judged=bool(asked),
        stock=share("stock_right", asked or 1),
        own=share("own_right", asked or 1),
        low=share("low", 1),
        high=share("high", 1),
    )


def _classes(request: Any) -> list[ClassRow]:
    rows = ProductFacet.objects.filter(kind=OWN).order_by().values_list("value")
    counts = dict(rows.annotate(count=Count("pk")))
    lang = language()
    return [
        ClassRow(
            own,
            value_of(own.term).label(lang),
            *CLASS_STATES[OwnClass.State(own.state)],
            counts.get(own.term.value, 0),
        )
        for own in shop_classes(request.shop)
    ]
