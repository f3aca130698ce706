"""Several products changed at once: what would change is counted, then done, then undoable."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.admin.forms import GENDERS
from catalog.admin.seen import CARD_KINDS, choices_of
from catalog.admin.words import kind_label
from catalog.models import Product
from catalog.money import precision
from catalog.services.bulk_edits import MOST, Edit, Edited, What, edit_count, products_edit
from catalog.services.reviews.answers import NothingToUndo, sheet_undo
from tenants.admin_site import EDITORS, shop_admin
from tenants.audit import audit_record
from vision.taxonomy import taxonomy

WHAT = [
    (What.TAG.value, _("Say a tag")),
    (What.UNTAG.value, _("Take what people said back")),
    (What.STOCK.value, _("In stock or sold out")),
    (What.PRICE.value, _("Price")),
    (What.PRICE_BY.value, _("Raise or lower the price")),
    (What.SALE_BY.value, _("Put on sale")),
    (What.SALE_END.value, _("End the sale")),
    (What.SEASON.value, _("Season")),
    (What.GENDER.value, _("Gender")),
    (What.DELETE.value, _("Delete")),
]
YES_NO = [("yes", _("In stock")), ("no", _("Sold out"))]
SEASON_LENGTH = 40
BETWEEN = ":"


def kinds() -> list[str]:
    return [*CARD_KINDS, "color", *taxonomy().attributes]


class BulkForm(forms.Form):
    """One kind of change; the field that belongs to it says how."""

    what = forms.ChoiceField(label=_("What to change"), choices=WHAT)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    stock = forms.ChoiceField(label=_("Stock"), choices=YES_NO, required=False)
    price = forms.DecimalField(label=_("Price"), min_value=0, required=False)
    percent = forms.IntegerField(label=_("Per cent"), min_value=-90, max_value=300, required=False)
    season = forms.CharField(label=_("Season"), max_length=SEASON_LENGTH, required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=GENDERS, required=False)
    ids = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        said: Any = self.fields["tag"]
        said.choices = [
            (kind_label(kind), [(f"{kind}{BETWEEN}{value}", word) for value, word in words])
            for kind in kinds()
            if (words := choices_of(kind))
        ]
        back: Any = self.fields["kind"]
        back.choices = [(kind, kind_label(kind)) for kind in kinds()]

    def clean_ids(self) -> list[int]:
        """Whatever was sent: only products of the shop are found by them."""
        given = [one for one in self.cleaned_data["ids"].split(",") if one.isdecimal()]
        if not given or len(given) > MOST:
            raise forms.ValidationError(_("Choose between 1 and 1,000 products."))
        return [int(one) for one in given]

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        needs: dict[str, str] = {
            What.TAG: "tag",
            What.UNTAG: "kind",
            What.STOCK: "stock",
            What.PRICE: "price",
            What.PRICE_BY: "percent",
            What.SALE_BY: "percent",
        }
        needed = needs.get(cleaned.get("what", ""))
        if needed and needed not in self.errors and cleaned.get(needed) in (None, ""):
            self.add_error(needed, _("Say how."))
        on_sale = cleaned.get("what") == What.SALE_BY and cleaned.get("percent") is not None
        if on_sale and not 0 < cleaned["percent"] < 100:
            self.add_error("percent", _("A sale takes 1 to 99 per cent off."))
        return cleaned

    def edit(self) -> Edit:
        """Of a valid form."""
        said = self.cleaned_data
        what = What(said["what"])
        if what == What.TAG:
            kind, value = said["tag"].split(BETWEEN, 1)
            return Edit(what, kind, value)
        values: dict[What, Any] = {
            What.STOCK: said["stock"] == "yes",
            What.PRICE_BY: said["percent"],
            What.SALE_BY: said["percent"],
            What.SEASON: said["season"],
            What.GENDER: said["gender"],
        }
        if what == What.PRICE:
            digits = precision(self.currency)
            return Edit(what, value=int(Decimal(said["price"]).scaleb(digits).to_integral_value()))
        return Edit(what, kind=said["kind"], value=values.get(what))


def bulk_page(request: Any, form: BulkForm, *, count: int, changes: int | None) -> HttpResponse:
    context = {
        **shop_admin.each_context(request),
        "title": ngettext("Change %(n)s product", "Change %(n)s products", count) % {"n": count},
        "form": form,
        "count": count,
        "changes": changes,
        "back": reverse("admin:catalog_product_changelist"),
    }
    return render(request, "admin/catalog/product/bulk.html", context)


def bulk_begin(request: Any, products: Any) -> HttpResponse | None:
    """The action of the list: these products, on to what to do with them."""
    ids = list(products.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
    if len(ids) > MOST:
        messages.error(
            request, gettext("At most 1,000 products at once: narrow the list with a filter.")
        )
        return None
    initial = {"ids": ",".join(map(str, ids))}
    form = BulkForm(initial=initial, currency=request.shop.currency)
    return bulk_page(request, form, count=len(ids), changes=None)


@shop_admin.page("catalog/product/bulk/", name="catalog_product_bulk", readers=EDITORS)
def bulk_view(request: Any) -> HttpResponse:
    """First what would change, then do it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:catalog_product_changelist"))
    form = BulkForm(request.POST, currency=request.shop.currency)
    if not form.is_valid():
        given = [one for one in request.POST.get("ids", "").split(",") if one]
        return bulk_page(request, form, count=len(given), changes=None)
    found = Product.objects.filter(pk__in=form.cleaned_data["ids"])
    ids = list(found.values_list("pk", flat=True))
    if request.POST.get("step") != "do":
        changes = edit_count(product_ids=ids, edit=form.edit())
        return bulk_page(request, form, count=len(ids), changes=changes)
    edited = products_edit(shop=request.shop, product_ids=ids, edit=form.edit(), by=request.user)
    _tell(request, edited)
    return HttpResponseRedirect(reverse("admin:catalog_product_changelist"))


@shop_admin.page("catalog/product/bulk/undo/", name="catalog_product_bulk_undo")
@require_POST
def bulk_undo_view(request: HttpRequest) -> HttpResponse:
    """Take what was said of several products back; other changes are undone on their run's page."""
    try:
        sheet = uuid.UUID(request.POST.get("sheet", ""))
        count = sheet_undo(sheet=sheet)
    except (ValueError, NothingToUndo):
        messages.error(request, gettext("There is nothing to undo any more."))
    else:
        audit_record(
            actor=request.user,  # type: ignore[arg-type]  # somebody is logged in
            action="bulk undo",
            target=request.shop,  # type: ignore[attr-defined]
            changes={"products": count},
        )
        words = ngettext("Undone on %(n)s product.", "Undone on %(n)s products.", count)
        messages.success(request, words % {"n": count})
    return HttpResponseRedirect(reverse("admin:catalog_product_changelist"))


def _tell(request: Any, edited: Edited) -> None:
    words = ngettext("%(n)s product changed.", "%(n)s products changed.", edited.changed)
    messages.success(request, words % {"n": edited.changed})
    request.session["desk_undo"] = {
        "run": edited.run_id,
        "sheet": str(edited.sheet) if edited.sheet else None,
    }


def undo_offered(request: Any) -> dict[str, Any] | None:
    """What the last change can be undone by: said once, on the page after it."""
    if "desk_undo" not in request.session:
        return None
    offered: dict[str, Any] = request.session.pop("desk_undo")
    return offered if offered["run"] or offered["sheet"] else None
