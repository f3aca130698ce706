"""The form of a rule: what it does, to which products, in which searches, from when to when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from recommender.admin.fields import (
    CHOSEN,
    STOCK,
    LinesField,
    TermsField,
    filters_cleaned,
    filters_initial,
)
from recommender.experiments import tested_rules
from recommender.merchandising import FIRST_PLACE, LAST_PLACE
from recommender.models import Rule

ASKED = ("category", "color", "pattern")
"""Kinds of a query that a rule can ask for."""
MOST_SKUS = 200
MOST_PHRASES = 50
LONGEST_PHRASE = 100
ACTIONS = [
    (Rule.Action.PIN, _("Pin to a place")),
    (Rule.Action.BOOST, _("Boost: higher")),
    (Rule.Action.BURY, _("Bury: lower")),
    (Rule.Action.HIDE, _("Hide")),
]
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class RuleForm(forms.ModelForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    action = forms.ChoiceField(label=_("What to do"), choices=ACTIONS, widget=forms.RadioSelect)
    place = forms.IntegerField(
        label=_("Place"),
        required=False,
        min_value=FIRST_PLACE,
        max_value=LAST_PLACE,
        help_text=_("Of a pin, counted from 1. Several products stand one after another."),
    )
    strength = forms.FloatField(
        label=_("Strength"),
        min_value=0,
        max_value=1,
        initial=0.1,
        help_text=_("Of boost and bury, from 0 to 1: it is added to the score or taken from it."),
    )
    skus = LinesField(label=_("SKUs"), required=False, help_text=_("One on a line."))
    with_category = TermsField("category")
    with_color = TermsField("color")
    with_pattern = TermsField("pattern")
    with_style = TermsField("style")
    with_gender = TermsField("gender")
    with_brand = LinesField(label=_("Brands"), required=False, help_text=_("One on a line."))
    with_price_min = forms.DecimalField(label=_("Price from"), required=False, min_value=0)
    with_price_max = forms.DecimalField(label=_("Price to"), required=False, min_value=0)
    with_stock = forms.ChoiceField(label=_("Stock"), choices=STOCK, required=False)
    with_others = LinesField(
        label=_("Other tags"),
        required=False,
        help_text=_("One on a line, as season: summer or attr:material: linen."),
    )
    asks_category = TermsField("category")
    asks_color = TermsField("color")
    asks_pattern = TermsField("pattern")
    asks_text = LinesField(
        label=_("Words"),
        required=False,
        help_text=_("One phrase on a line; the search must have one of them in its words."),
    )
    active = forms.BooleanField(label=_("On"), required=False)
    starts_at = forms.DateTimeField(label=_("From"), required=False, widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("Until"), required=False, widget=MOMENT)

    currency = "KRW"
    """Of the shop; set by the page."""

    class Meta:
        model = Rule
        fields = ("name", "action", "place", "strength", "skus", "active", "starts_at", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = self.instance
        if rule.pk is not None:
            self.initial.update(filters_initial(rule.filters, self.currency))
            for kind in (*ASKED, "text"):
                self.initial[f"asks_{kind}"] = rule.queries.get(kind, [])

    def clean_skus(self) -> list[str]:
        skus: list[str] = self.cleaned_data["skus"]
        if len(skus) > MOST_SKUS:
            raise forms.ValidationError(
                _("A rule names at most %(most)d products: use tags for more."),
                params={"most": MOST_SKUS},
            )
        known = set(Product.objects.filter(sku__in=skus).values_list("sku", flat=True))
        missing = [sku for sku in skus if sku not in known]
        if missing:
            raise forms.ValidationError(
                _("The shop has no product %(skus)s."), params={"skus": ", ".join(missing)}
            )
        return skus

    def clean_asks_text(self) -> list[str]:
        phrases: list[str] = self.cleaned_data["asks_text"]
        if len(phrases) > MOST_PHRASES or any(len(one) > LONGEST_PHRASE for one in phrases):
            raise forms.ValidationError(_("These are too many words."))
        return phrases

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is not None and self.instance.pk in tested_rules():
            raise forms.ValidationError(
                _("This rule is being tested. Stop the test before you change the rule.")
            )
        try:
            filters = filters_cleaned(cleaned, self.currency)
        except forms.ValidationError as error:
            self.add_error("with_others", error)
            return cleaned
        if not filters and not cleaned.get("skus") and "skus" not in self.errors:
            self.add_error("skus", _("Name products, or choose tags below."))
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and starts >= ends:
            self.add_error("ends_at", _("The end is before the start."))
        moves = cleaned.get("action") in (Rule.Action.BOOST, Rule.Action.BURY)
        if moves and cleaned.get("strength") == 0:
            self.add_error("strength", _("A strength of 0 moves nothing."))
        self.instance.filters = filters
        self.instance.queries = {
            kind: cleaned[f"asks_{kind}"]
            for kind in (*ASKED, "text")
            if cleaned.get(f"asks_{kind}")
        }
        return cleaned


FIELDSETS: Any = (
    (None, {"fields": ("name", "action", "place", "strength")}),
    (_("Which products"), {"fields": ("skus", *(f"with_{kind}" for kind in CHOSEN))}),
    (
        _("More tags"),
        {
            "classes": ("collapse",),
            "fields": (
                *("with_brand", "with_price_min", "with_price_max", "with_stock", "with_others"),
            ),
        },
    ),
    (
        _("In which searches"),
        {
            "description": _("Nothing chosen: in all of them."),
            "fields": (*(f"asks_{kind}" for kind in ASKED), "asks_text"),
        },
    ),
    (_("When"), {"fields": ("active", "starts_at", "ends_at")}),
)
