"""The taxonomy as its pages show it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.words import kind_label, language
from catalog.models import Garment, OwnClass, ProductFacet, TermEdit
from catalog.models.teaching import OWN
from catalog.selectors import live_revision
from catalog.services.facets import COLUMNS
from catalog.services.taxonomy_checks import WORDS, TaxonomyRefused
from catalog.shop_taxonomy import ShopTaxonomy, Value
from tenants.models import Shop
from vision.taxonomy import taxonomy

GARMENT_COLUMNS = {"color": "color_family"}
FILTERED_IN_CATALOGUE = ("category", "pattern", "style", "color", OWN)
HISTORY = 20
LANGUAGE_NAMES = {"English": _("English"), "Korean": _("Korean")}
FIELD_NAMES = {
    "en": _("name in English"),
    "ko": _("name in Korean"),
    "synonyms": _("synonyms"),
    "hidden": _("hidden"),
    "merged_into": _("counts as"),
}


@dataclass(frozen=True)
class Row:
    """A value, as the table shows it."""

    value: Value
    label: str
    other: str
    synonyms: str
    products: int
    into: str
    edit: str
    catalogue: str


@dataclass(frozen=True)
class Change:
    """A line of the history."""

    edit: TermEdit
    kind: str
    label: str
    what: str
    may_undo: bool


def kinds(own: ShopTaxonomy) -> list[tuple[str, str]]:
    """(kind, name), the shop's own first where it has any, groups last."""
    found = [kind for kind in taxonomy().kinds if kind != "group"]
    first = [OWN] if own.own else []
    return [(kind, kind_label(kind)) for kind in (*first, *found, "group")]


def rows(own: ShopTaxonomy, kind: str, shop: Shop) -> list[Row]:
    counts = counts_of(kind, shop)
    classes = {} if kind != OWN else _classes()
    return [_row(own, value, counts.get(value.id, 0), classes) for value in own.values(kind)]


def counts_of(kind: str, shop: Shop) -> dict[str, int]:
    """Products by value, as the live bundle, the feed and people say. One statement."""
    if kind == "group":
        by_category = counts_of("category", shop)
        groups: dict[str, int] = {}
        for category, count in by_category.items():
            known = taxonomy().categories.get(category)
            if known is not None:
                groups[known.group] = groups.get(known.group, 0) + count
        return groups
    if kind in COLUMNS:
        column = GARMENT_COLUMNS.get(kind, kind)
        garments = Garment.objects.filter(revision=live_revision(shop), is_product=True)
        counted = garments.order_by().values_list(column)
        return dict(counted.annotate(count=Count("product_id", distinct=True)))
    facets = ProductFacet.objects.filter(kind=kind).order_by().values_list("value")
    return dict(facets.annotate(count=Count("pk")))


def history(own: ShopTaxonomy) -> list[Change]:
    found = []
    for edit in TermEdit.objects.order_by("-at", "-pk")[:HISTORY]:
        value = own.value(edit.kind, edit.value)
        lang = language()
        told = edit.after or edit.before or {}
        label = value.label(lang) if value else told.get(lang) or edit.value
        undo = not edit.undone and edit.before is not None and edit.after is not None
        found.append(Change(edit, kind_label(edit.kind), label, _what(edit, own), undo))
    return found


def refusal(refused: TaxonomyRefused) -> str:
    """Why, in the reader's language."""
    words = dict(refused.words)
    if "kind" in words:
        words["kind"] = kind_label(words["kind"])
    if "language" in words:
        words["language"] = str(LANGUAGE_NAMES[words["language"]])
    return gettext(WORDS[refused.code]).format(**words)


def _row(own: ShopTaxonomy, value: Value, products: int, classes: dict[str, int]) -> Row:
    lang = language()
    into = own.value(value.kind, value.merged_into) if value.merged_into else None
    said = [word for words in value.synonyms.values() for word in words]
    catalogue = ""
    if value.kind in FILTERED_IN_CATALOGUE and products:
        catalogue = reverse("admin:catalog_product_changelist") + f"?{value.kind}={value.id}"
    edit = reverse("admin:taxonomy_value", args=[value.kind, value.id])
    if value.id in classes:
        edit = reverse("admin:teaching_class", args=[classes[value.id]])
    return Row(
        value=value,
        label=value.label(lang),
        other=value.label("en" if lang == "ko" else "ko"),
        synonyms=", ".join(said),
        products=products,
        into=into.label(lang) if into else "",
        edit=edit,
        catalogue=catalogue,
    )


def _classes() -> dict[str, int]:
    return dict(OwnClass.objects.values_list("term__value", "pk"))


def _what(edit: TermEdit, own: ShopTaxonomy) -> str:
    """The fields that a change touched, with what stands there now."""
    if edit.before is None:
        return gettext("added")
    if edit.after is None:
        return gettext("deleted")

    def told(name: str, fields: dict[str, Any]) -> Any:
        into = own.value(edit.kind, fields[name]) if name == "merged_into" else None
        return into.label(language()) if into else fields[name]

    return " · ".join(
        f"{FIELD_NAMES[name]}: {_said(told(name, edit.before))} → {_said(told(name, edit.after))}"
        for name in FIELD_NAMES
        if edit.before.get(name) != edit.after.get(name)
    )


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        return ", ".join(word for words in value.values() for word in words) or "–"
    return str(value) or "–"
