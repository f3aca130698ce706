"""Form fields of the pages that order results: lines, terms, and filters said in several fields."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.words import language
from catalog.money import display, precision
from recommender.fields import worded
from recommender.filter_check import filters_check
from recommender.filter_labels import kind_label, value_label
from recommender.filter_shape import HEADS, FilterRefused, filters_of
from recommender.filters import Filters
from tenants.problems import Problem

CHOSEN = ("category", "color", "pattern", "style", "gender")
"""Kinds whose values stand in a form one by one; the others are typed, a kind on a line."""
STOCK = [("", _("Either")), ("true", _("In stock")), ("false", _("Sold out"))]
TYPED = "brand"


class LinesField(forms.CharField):
    """A list of texts, typed one on a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != (initial or []))
        except forms.ValidationError:
            return True


class TermsField(forms.MultipleChoiceField):
    """Values of a head of the taxonomy, by their names in the reader's language."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "terms"})

    def __init__(self, kind: str) -> None:
        super().__init__(
            choices=lambda: [(one, value_label(kind, one, language())) for one in HEADS[kind]],
            # Named when it is read: the form is made before anybody's language is known.
            label=lazy(lambda: kind_label(kind, language()), str)(),
            required=False,
        )


def filters_initial(stored: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """A form's `with_…` fields of stored filters."""
    price = stored.get("price") or {}
    digits = precision(currency)
    others = [
        f"{kind}: {value}"
        for kind, values in stored.items()
        if kind not in (*CHOSEN, TYPED, "price", "in_stock")
        for value in values
    ]
    ends = {
        f"with_price_{end}": None if price.get(end) is None else Decimal(price[end]).scaleb(-digits)
        for end in ("min", "max")
    }
    stock = stored.get("in_stock")
    return {
        **{f"with_{kind}": list(stored.get(kind, ())) for kind in (*CHOSEN, TYPED)},
        **ends,
        "with_stock": "" if stock is None else str(stock).lower(),
        "with_others": others,
    }


def filters_cleaned(cleaned: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """What a form's `with_…` fields ask, as `Rule.filters` keeps it, in the shop's scope.

    Raises ValidationError naming what the shop does not have.
    """
    said: dict[str, Any] = {
        kind: list(cleaned.get(f"with_{kind}") or ()) for kind in (*CHOSEN, TYPED)
    }
    for line in cleaned.get("with_others") or ():
        kind, separator, value = line.rpartition(":")
        if not separator:
            raise forms.ValidationError(
                gettext("%(line)s: write a kind and a value, as season: summer"),
                params={"line": line},
            )
        said.setdefault(kind.strip(), []).append(value.strip())
    said["price"] = {
        end: int(amount.scaleb(precision(currency)))
        for end in ("min", "max")
        if (amount := cleaned.get(f"with_price_{end}")) is not None
    }
    if cleaned.get("with_stock"):
        said["in_stock"] = cleaned["with_stock"] == "true"
    return _checked({kind: values for kind, values in said.items() if values not in ([], {})})


def _checked(said: Mapping[str, Any]) -> dict[str, Any]:
    try:
        filters = filters_of(said)
        filters_check(filters)
    except FilterRefused as refused:
        raise forms.ValidationError(worded(refused.code, **refused.words)) from None
    except Problem as problem:
        raise forms.ValidationError([one["message"] for one in problem.errors]) from None
    return filters.as_json()


def filters_said(stored: Mapping[str, Any], currency: str) -> list[str]:
    """Stored filters as a person reads them: `Colour: red, pink`."""
    lang = language()
    filters = Filters.from_json(stored)
    said = [_said(kind, values, lang) for kind, values in filters.values.items()]
    if filters.price_min is not None or filters.price_max is not None:
        least, most = (
            display(amount, currency, lang) for amount in (filters.price_min, filters.price_max)
        )
        said.append(f"{kind_label('price', lang)}: {least} – {most}")
    if filters.in_stock is not None:
        said.append(value_label("in_stock", str(filters.in_stock).lower(), lang))
    return said


def queries_said(stored: Mapping[str, Sequence[str]]) -> list[str]:
    """A rule's conditions on the query as a person reads them."""
    lang = language()
    return [
        gettext("Words: %(words)s") % {"words": ", ".join(values)}
        if kind == "text"
        else _said(kind, values, lang)
        for kind, values in stored.items()
        if values
    ]


def _said(kind: str, values: Sequence[str], lang: str) -> str:
    names = ", ".join(value_label(kind, value, lang) for value in values)
    return f"{kind_label(kind, lang)}: {names}"
