"""Forms of the catalogue's pages."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.money import is_currency, precision

GENDERS = [
    ("", "–"),
    ("women", _("Women")),
    ("men", _("Men")),
    ("unisex", _("Unisex")),
    ("kids", _("Kids")),
]


class ProductForm(forms.ModelForm):
    """A product; prices are typed as people write them and kept in the smallest unit."""

    url = forms.URLField(
        label=_("Product page"), required=False, assume_scheme="https", max_length=1000
    )
    gender = forms.ChoiceField(label=_("Gender"), choices=GENDERS, required=False)
    price = forms.DecimalField(label=_("Price"), min_value=0, required=False)
    sale_price = forms.DecimalField(label=_("Sale price"), min_value=0, required=False)

    class Meta:
        model = Product
        fields = (
            *("sku", "title", "brand", "description", "url", "gender", "season"),
            *("price", "sale_price", "currency", "in_stock", "variant_group", "feed_category"),
        )
        labels = {
            "sku": _("SKU"),
            "title": _("Title"),
            "brand": _("Brand"),
            "description": _("Description"),
            "season": _("Season"),
            "currency": _("Currency"),
            "in_stock": _("In stock"),
            "variant_group": _("Variant group"),
            "feed_category": _("Category in the feed"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        digits = precision(self.initial.get("currency") or self.instance.currency or "KRW")
        for name in ("price", "sale_price"):
            kept = self.initial.get(name)
            if kept is not None:
                self.initial[name] = Decimal(kept).scaleb(-digits)

    def clean_sku(self) -> str:
        """The constraint holds the shop too, which no form has: it is asked here."""
        sku: str = self.cleaned_data["sku"]
        if Product.objects.filter(sku=sku).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another product has this SKU."))
        return sku

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        if not is_currency(currency):
            raise forms.ValidationError(_("This is no currency. Write three letters, as KRW."))
        return currency

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        digits = precision(cleaned.get("currency") or self.instance.currency)
        for name in ("price", "sale_price"):
            amount = cleaned.get(name)
            if amount is None:
                continue
            smallest = amount.scaleb(digits)
            if smallest != smallest.to_integral_value():
                self.add_error(name, _("The currency has no smaller unit than that."))
                continue
            cleaned[name] = int(smallest)
        if cleaned.get("sale_price") is not None and cleaned.get("price") is None:
            self.add_error("sale_price", _("A sale price needs the price beside it."))
        return cleaned


class UploadForm(forms.Form):
    """One file with products: a table, a feed as XML, or a ZIP of photos."""

    file = forms.FileField(
        label=_("CSV or ZIP"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xml,.zip"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty."),
        },
    )

    dry = forms.BooleanField(
        label=_("Look first"),
        help_text=_("Shows what would be new, changed, gone and wrong, and changes nothing."),
        required=False,
    )
    complete = forms.BooleanField(
        label=_("This file is the whole catalogue"),
        help_text=_("Products that are not in it are taken out. You can bring them back."),
        required=False,
    )
    look_again = forms.BooleanField(
        label=_("Look at the photos again"),
        help_text=_("Asks the addresses of photos we know whether they show another photo now."),
        required=False,
    )
    columns = forms.BooleanField(
        label=_("Let me choose what the columns mean"),
        help_text=_("Otherwise you are asked only where we cannot tell."),
        required=False,
    )

    @property
    def wishes(self) -> list[Any]:
        return [self[name] for name in ("dry", "complete", "look_again", "columns")]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        return file
