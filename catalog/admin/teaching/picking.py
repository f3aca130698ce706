"""A new value of the shop's own, and picking products that are examples of it, or none."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.limits import has_feature, not_in_plan
from billing.plans import TEACHING
from catalog.admin.taxonomy.names import NamesForm
from catalog.admin.taxonomy.shown import refusal
from catalog.admin.words import language
from catalog.models import OwnClass, Photo, Product
from catalog.services.taxonomy import own_add
from catalog.services.taxonomy_checks import TaxonomyRefused
from catalog.services.teaching.own import TooManyExamples, class_make, examples_add
from catalog.shop_taxonomy import value_of
from tenants.admin_site import shop_admin
from vision.taxonomy import LANGUAGES

SHOWN = 60
DIGITS = 18
"""Of an id: more does not fit into the database's numbers."""
WANTED = 10
"""Examples that a class begins with."""


@shop_admin.page("teaching/new/", name="teaching_new")
def new(request: Any) -> HttpResponse:
    """Names first; the examples are picked on the next page."""
    form = NamesForm(request.POST or None)
    if request.method == "POST" and not has_feature(request.shop.mall_id, TEACHING):
        messages.error(request, not_in_plan())
        return HttpResponseRedirect(reverse("admin:teaching"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        synonyms = {lang: said[f"synonyms_{lang}"].split(",") for lang in LANGUAGES}
        try:
            term = own_add(en=said["en"], ko=said["ko"], synonyms=synonyms, by=request.user)
        except TaxonomyRefused as refused:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, refusal(refused))
        else:
            own = class_make(term=term)
            return HttpResponseRedirect(reverse("admin:teaching_more", args=[own.pk]))
    context = {
        **shop_admin.each_context(request),
        "title": _("A value of your own"),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "admin/catalog/teaching/new.html", context, status=status)


@shop_admin.page("catalog/ownclass/<int:pk>/more/", name="teaching_more")
def more(request: Any, pk: int) -> HttpResponse:
    """Products to pick examples and counter-examples from."""
    own = get_object_or_404(OwnClass.objects.select_related("term"), pk=pk)
    if request.method == "POST":
        return _picked(request, own)
    asked = request.GET.get("q", "").strip()
    context = {
        **shop_admin.each_context(request),
        "title": value_of(own.term).label(language()),
        "own": own,
        "asked": asked,
        "products": _products(own, asked),
        "shown": SHOWN,
        "wanted": WANTED,
    }
    return render(request, "admin/catalog/teaching/more.html", context)


def ids_of(said: list[str]) -> list[int]:
    """Of a form's values those that are ids."""
    return [int(one) for one in said if one.isascii() and one.isdigit() and len(one) <= DIGITS]


def _picked(request: Any, own: OwnClass) -> HttpResponse:
    ids = ids_of(request.POST.getlist("product"))
    try:
        count = examples_add(
            own=own,
            product_ids=ids,
            positive=request.POST.get("action") != "no",
            by=request.user,
        )
    except TooManyExamples:
        messages.error(request, gettext("A value has at most 500 examples."))
    else:
        if count:
            messages.success(request, gettext("It is being learned from your examples."))
        else:
            messages.warning(request, gettext("Choose at least one product."))
    return HttpResponseRedirect(reverse("admin:teaching_class", args=[own.pk]))


def _products(own: OwnClass, asked: str) -> QuerySet[Product]:
    """The newest tagged products that were not shown yet, those with these words where asked."""
    done = Photo.objects.filter(state=Photo.State.DONE)
    shown = own.examples.filter(product__isnull=False).values("product_id")
    found = Product.objects.filter(Exists(done.filter(product=OuterRef("pk"))))
    found = found.exclude(pk__in=shown)
    for word in asked.split():
        found = found.filter(Q(title__icontains=word) | Q(sku__icontains=word))
    return found.order_by("-pk").prefetch_related(Prefetch("photos", done))[:SHOWN]
