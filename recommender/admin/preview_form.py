"""The search that a preview answers: like a product, or by words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Product

LONGEST_TEXT = 200


class PreviewForm(forms.Form):
    sku = forms.CharField(label=_("Like the product (SKU)"), required=False, max_length=100)
    text = forms.CharField(label=_("Or by words"), required=False, max_length=LONGEST_TEXT)

    def clean_sku(self) -> str:
        sku: str = self.cleaned_data["sku"]
        if sku and not Product.objects.filter(sku=sku).exists():
            raise forms.ValidationError(
                _("The shop has no product %(skus)s."), params={"skus": sku}
            )
        return sku

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("sku") and not cleaned.get("text"):
            raise forms.ValidationError(_("Name a product, or write what a shopper would write."))
        return cleaned
