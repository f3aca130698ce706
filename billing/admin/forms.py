"""What an owner may say about money."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from billing.bill_to import BillTo
from billing.models import Subscription
from billing.money import read, typed

MOST = 10**12
"""Of a cap, in the smallest unit: more is a slip of the finger."""


# Not countries, though they have two letters: unions, places for tests, and the unknown.
_NONE = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "CP", "CQ", "DG", "EA", "IC", "AC", "TA"}
ISO_COUNTRIES = {
    code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()
} - _NONE


class LimitsForm(forms.Form):
    overage = forms.BooleanField(required=False)
    spend_cap = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    @classmethod
    def of(cls, subscription: Subscription) -> "LimitsForm":
        cap, currency = subscription.spend_cap, subscription.currency
        told = "" if cap is None else typed(cap, currency)
        initial = {"overage": subscription.overage, "spend_cap": told}
        return cls(initial=initial, currency=currency)

    def clean_spend_cap(self) -> int | None:
        text = self.cleaned_data["spend_cap"].strip()
        if not text:
            return None
        try:
            amount = read(text, self.currency)
        except ValueError:
            amount = MOST
        if amount >= MOST:
            raise forms.ValidationError(gettext("This is no amount: write it as 50000 or 50,000."))
        return amount


class BillToForm(forms.Form):
    name = forms.CharField(label=_("Name of the company or person"), max_length=200)
    address = forms.CharField(
        label=_("Address"), max_length=400, required=False, widget=forms.Textarea({"rows": 3})
    )
    tax_number = forms.CharField(
        label=_("Business registration or tax number"), max_length=40, required=False
    )
    email = forms.EmailField(
        label=_("E-mail address that invoices go to"),
        required=False,
        help_text=_("Empty: to every owner."),
    )
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        choices = [("", "–"), *countries(get_language() or "en")]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @classmethod
    def of(cls, subscription: Subscription) -> "BillToForm":
        names = ("name", "address", "tax_number", "email", "country")
        return cls(initial={name: getattr(subscription, f"bill_{name}") for name in names})

    @property
    def bill_to(self) -> BillTo:
        return BillTo(**self.cleaned_data)


def countries(language: str) -> list[tuple[str, str]]:
    """Codes and names in the language, by name; Korea first, for most are there."""
    names = Locale.parse(language, sep="-").territories
    known = [(code, name) for code, name in names.items() if code in ISO_COUNTRIES]
    return sorted(known, key=lambda one: (one[0] != "KR", one[1]))
