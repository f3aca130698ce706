"""The search that a preview answers: like a product, or by words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recommender.preview import Like, named
from tenants.models import Shop

LONGEST_TEXT = 200


class PreviewForm(forms.Form):
    sku = forms.CharField(label=_("Like the product (SKU)"), required=False, max_length=100)
    text = forms.CharField(label=_("Or by words"), required=False, max_length=LONGEST_TEXT)

    like: Like | int | None = None
    """Of a valid form: the product that is searched for, or the id of one that is not tagged."""

    def __init__(self, *args: Any, shop: Shop, like: Like | None = None, **kwargs: Any) -> None:
        """`like` is the product that the form begins with."""
        super().__init__(*args, **kwargs)
        self._shop, self._known = shop, like

    def clean_sku(self) -> str:
        sku: str = self.cleaned_data["sku"]
        self.like = self._known
        if self._known is None and sku:
            self.like = named(shop=self._shop, sku=sku)
        if sku and self.like is None:
            raise forms.ValidationError(
                _("The shop has no product %(skus)s."), params={"skus": sku}
            )
        return sku

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("sku") and not cleaned.get("text"):
            raise forms.ValidationError(_("Name a product, or write what a shopper would write."))
        return cleaned
