"""The pages of the taxonomy: the values of a kind, one value's form, and what was changed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.taxonomy.names import NamesForm
from catalog.admin.taxonomy.shown import history, kinds, refusal, rows
from catalog.admin.words import kind_label, language
from catalog.models import TermEdit
from catalog.models.teaching import OWN
from catalog.services.taxonomy import TermChange, term_set, term_undo
from catalog.services.taxonomy_checks import TaxonomyRefused
from catalog.shop_taxonomy import ShopTaxonomy, Value, shop_taxonomy
from tenants.admin_site import shop_admin
from vision.taxonomy import LANGUAGES, taxonomy


class ValueForm(NamesForm):
    """Names, synonyms and place of a value."""

    hidden = forms.BooleanField(
        label=_("Hide it: no filter, facet or question names it"), required=False
    )
    merged_into = forms.ChoiceField(label=_("Counts as"), required=False)

    def __init__(self, own: ShopTaxonomy, value: Value, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = language()
        others = [
            (one.id, one.label(lang))
            for one in own.values(value.kind)
            if one.id != value.id and (one.shown or one.id == value.merged_into)
        ]
        field = self.fields["merged_into"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("itself")), *others]
        if value.own:
            del self.fields["merged_into"]

    def change(self) -> TermChange:
        said = self.cleaned_data
        return TermChange(
            en=said["en"],
            ko=said["ko"],
            synonyms={lang: said[f"synonyms_{lang}"].split(",") for lang in LANGUAGES},
            hidden=said["hidden"],
            merged_into=said.get("merged_into", ""),
        )


@shop_admin.page("taxonomy/", name="taxonomy", nav=(27, _("Taxonomy")))
def taxonomy_page(request: Any) -> HttpResponse:
    """The values of one kind with how many products have each."""
    own = shop_taxonomy(fresh=True)
    names = kinds(own)
    asked = request.GET.get("kind") or names[0][0]
    if asked not in dict(names):
        raise Http404("no such kind")
    context = {
        **shop_admin.each_context(request),
        "title": _("Taxonomy"),
        "kinds": names,
        "kind": asked,
        "kind_name": kind_label(asked),
        "rows": rows(own, asked, request.shop),
        "history": history(own),
    }
    return render(request, "admin/catalog/taxonomy/values.html", context)


@shop_admin.page("taxonomy/<str:kind>/<str:value>/", name="taxonomy_value")
def value_page(request: Any, kind: str, value: str) -> HttpResponse:
    """One value's names, synonyms and place."""
    own = shop_taxonomy(fresh=True)
    held = own.value(kind, value) if kind in (*taxonomy().kinds, OWN) else None
    if held is None:
        raise Http404("no such value")
    form = ValueForm(own, held, request.POST or None, initial=_initial(held))
    if request.method == "POST" and form.is_valid():
        try:
            edit = term_set(kind=kind, value=value, change=form.change(), by=request.user)
        except TaxonomyRefused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else None, refusal(refused)
            )
        else:
            name = (shop_taxonomy().value(kind, value) or held).label(language())
            said = gettext("Saved: %(name)s") if edit else gettext("Nothing changed: %(name)s")
            messages.success(request, said % {"name": name})
            return HttpResponseRedirect(reverse("admin:taxonomy") + f"?kind={kind}")
    context = {
        **shop_admin.each_context(request),
        "title": held.label(language()),
        "kind": kind,
        "kind_name": kind_label(kind),
        "value": held,
        "form": form,
        "stock": _stock_words(held),
    }
    status = 400 if form.errors else 200
    return render(request, "admin/catalog/taxonomy/value.html", context, status=status)


@shop_admin.page("catalog/termedit/<int:pk>/undo/", name="taxonomy_undo")
def undo(request: Any, pk: int) -> HttpResponse:
    """Put back what stood before a change."""
    edit = get_object_or_404(TermEdit, pk=pk)
    if request.method != "POST":
        return HttpResponse(status=405)
    try:
        term_undo(edit=edit, by=request.user)
    except TaxonomyRefused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, gettext("Taken back."))
    return HttpResponseRedirect(reverse("admin:taxonomy") + f"?kind={edit.kind}")


def _initial(value: Value) -> dict[str, Any]:
    words = {f"synonyms_{lang}": ", ".join(value.synonyms.get(lang, ())) for lang in LANGUAGES}
    return words | {
        "en": value.en,
        "ko": value.ko,
        "hidden": value.hidden,
        "merged_into": value.merged_into,
    }


def _stock_words(value: Value) -> list[str]:
    """What searches understand already, without the shop's saying so."""
    if value.own or value.kind == "gender":
        return []
    term = taxonomy().term(value.kind, value.id)
    return list(dict.fromkeys(word for lang in LANGUAGES for word in term.words(lang)))
