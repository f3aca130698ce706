"""One value of the shop's own: what was learned, where its border lies, and who has it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from catalog.admin.teaching.picking import WANTED, ids_of
from catalog.admin.words import language
from catalog.models import OwnClass, OwnExample, Photo, Product
from catalog.selectors import first_photos
from catalog.services.teaching.own import (
    TooManyExamples,
    class_accept,
    class_ask,
    class_remove,
    class_waits,
    example_remove,
    examples_add,
    products_having,
    scores_border,
)
from catalog.shop_taxonomy import value_of
from tenants.admin_site import shop_admin

HUNDRED = 100
HALF = 50
BORDER = 12


@dataclass(frozen=True)
class Pictured:
    """A product or an uploaded photo, with what is said of it."""

    pk: int
    title: str
    image: str
    percent: int | None = None
    product: int | None = None
    unseen: bool = False


@shop_admin.page("catalog/ownclass/<int:pk>/", name="teaching_class")
def class_page(request: Any, pk: int) -> HttpResponse:
    """A POST shows more examples, sets the threshold, learns again or deletes."""
    own = get_object_or_404(OwnClass.objects.select_related("term"), pk=pk)
    if request.method == "POST":
        return _posted(request, own)
    percent = _percent(request.GET.get("threshold", ""), own)
    ready = own.state == OwnClass.State.READY
    context = {
        **shop_admin.each_context(request),
        "title": value_of(own.term).label(language()),
        "own": own,
        "waits": class_waits(own),
        "ready": ready,
        "percent": percent,
        "counts": own.figures.get("counts", []),
        "having": products_having(own, percent / HUNDRED).count() if ready else 0,
        "told": _told(own) if ready else None,
        "border": _border(own, percent / HUNDRED) if ready else [],
        "examples": _examples(own, positive=True),
        "counter": _examples(own, positive=False),
        "wanted": WANTED,
    }
    return render(request, "admin/catalog/teaching/class.html", context)


def _posted(request: Any, own: OwnClass) -> HttpResponse:
    here = reverse("admin:teaching_class", args=[own.pk])
    action = request.POST.get("action", "")
    if action == "delete":
        class_remove(own=own, by=request.user)
        messages.success(request, gettext("Deleted: %(name)s") % {"name": own.term.en})
        return HttpResponseRedirect(reverse("admin:teaching"))
    if action in ("accept", "withdraw"):
        _accepted(request, own, action == "accept")
    elif action == "again":
        class_ask(own=own)
    elif action == "remove":
        for example in own.examples.filter(pk__in=ids_of(request.POST.getlist("example"))):
            example_remove(example=example)
    else:
        here += _answered(request, own)
    return HttpResponseRedirect(here)


def _accepted(request: Any, own: OwnClass, on: bool) -> None:
    percent = _percent(request.POST.get("threshold", ""), own)
    class_accept(own=own, threshold=percent / HUNDRED if on else None, by=request.user)
    if not on:
        messages.success(request, gettext("No product has the value now."))
        return
    count = products_having(own).count()
    said = ngettext("%(count)s product has it now.", "%(count)s products have it now.", count)
    messages.success(request, said % {"count": count})


def _answered(request: Any, own: OwnClass) -> str:
    """One of the border's products is one, or none."""
    for name, positive in (("yes", True), ("no", False)):
        ids = ids_of(request.POST.getlist(name))
        try:
            examples_add(own=own, product_ids=ids, positive=positive, by=request.user, asked=True)
        except TooManyExamples:
            messages.error(request, gettext("A value has at most 500 examples."))
    return "#border"


def _percent(said: str, own: OwnClass) -> int:
    """1 to 99; where nothing readable is said, the threshold that is set, or a half."""
    if said.isascii() and said.isdigit() and 1 <= int(said[:3]) < HUNDRED:
        return int(said[:3])
    return round(HUNDRED * own.threshold) if own.threshold else HALF


def _told(own: OwnClass) -> dict[str, Any]:
    """How the examples did when they were left out, one by one."""
    left_out, above = own.figures["left_out"], own.figures["above"]
    return {
        "asked": len(left_out),
        "found": sum(one >= HALF / HUNDRED for one in left_out),
        "above": round(HUNDRED * sum(above) / len(above), 1) if above else None,
        "products": own.figures["products"],
        "seconds": own.figures["seconds"],
    }


def _border(own: OwnClass, threshold: float) -> list[Pictured]:
    scores = scores_border(own, threshold, BORDER)
    ids = [score.product_id for score in scores]
    titles = dict(Product.objects.filter(pk__in=ids).values_list("pk", "title"))
    photos = first_photos(ids)
    return [
        Pictured(
            one.product_id,
            titles[one.product_id],
            _url(photos.get(one.product_id)),
            round(HUNDRED * one.probability),
        )
        for one in scores
        if one.product_id in titles
    ]


def _examples(own: OwnClass, *, positive: bool) -> list[Pictured]:
    rows = list(
        OwnExample.objects.filter(own=own, positive=positive)
        .select_related("product")
        .order_by("-pk")
    )
    photos = first_photos([row.product_id for row in rows if row.product_id])
    return [
        Pictured(
            row.pk,
            row.product.title if row.product_id else gettext("Your photo"),
            _url(photos.get(row.product_id)) if row.product_id else default_storage.url(row.photo),
            product=row.product_id,
            unseen=bool(row.photo and row.revision and row.embedding is None),
        )
        for row in rows
        if row.product_id or row.photo
    ]


def _url(photo: Photo | None) -> str:
    return str(photo.file.url) if photo is not None and photo.file else ""
