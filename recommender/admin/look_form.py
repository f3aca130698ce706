"""The forms of a look: its words in both languages, and its pieces."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from recommender.looks.services import item_words, slug_for
from recommender.models import Look, LookItem
from tenants.problems import LANGUAGES

TITLES = {"en": _("Title in English"), "ko": _("Title in Korean")}
STORIES = {"en": _("Story in English"), "ko": _("Story in Korean")}
DESCRIPTIONS = {"en": _("What it is, in English"), "ko": _("What it is, in Korean")}
STORY_LINES = 6
MOST_POSITION = 32_767


class LookForm(forms.ModelForm):
    """A look's words; `language` is the shop's, set by the page."""

    language = "ko"
    slug = forms.SlugField(
        label=_("Address"),
        required=False,
        max_length=80,
        help_text=_("Stands in the page's address. Left empty, it is made of the title."),
    )
    other_title = forms.CharField(required=False, max_length=120)
    other_story = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": STORY_LINES})
    )

    class Meta:
        model = Look
        fields = ("title", "story", "slug", "position", "published")
        widgets = {"story": forms.Textarea(attrs={"rows": STORY_LINES})}
        labels = {
            "title": _("Title of the look"),
            "story": _("Story"),
            "position": _("Place in the lookbook"),
            "published": _("Shown to shoppers"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = other_language(self.language)
        told = self.instance.translations.get(other, {})
        for name, labels in (("title", TITLES), ("story", STORIES)):
            self.fields[f"other_{name}"].label = labels[other]
            self.initial[f"other_{name}"] = told.get(name, "")

    def clean_slug(self) -> str:
        """The constraint holds the shop too, which no form has: it is asked here."""
        slug: str = self.cleaned_data["slug"]
        if Look.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another look has this address."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("slug") and "slug" in cleaned:
            other = other_language(self.language)
            told = {self.language: cleaned.get("title"), other: cleaned.get("other_title")}
            cleaned["slug"] = slug_for(
                told.get("en") or told[self.language] or "", taken_by=self.instance.pk
            )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook
        other = other_language(self.language)
        told = {name: self.cleaned_data.get(f"other_{name}", "") for name in ("title", "story")}
        kept = {**self.instance.translations, other: {k: v for k, v in told.items() if v}}
        self.instance.translations = {language: words for language, words in kept.items() if words}


class LookItemForm(forms.ModelForm):
    """A piece: a product by its SKU, or words, or both; `language` is the shop's."""

    language = "ko"
    sku = forms.CharField(label=_("SKU"), required=False, max_length=100)
    description = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=300,
        help_text=_("What is searched for where no SKU stands; otherwise the product's title."),
    )
    other_description = forms.CharField(required=False, max_length=300)
    place = forms.CharField(
        label=_("Place in the photo"),
        required=False,
        help_text=_("Choose this field and draw over the photo, or type x0, y0, x1, y1 in pixels."),
        widget=forms.TextInput(attrs={"data-place": "", "placeholder": "x0, y0, x1, y1"}),
    )

    position = forms.IntegerField(
        label=_("Order"), required=False, min_value=0, max_value=MOST_POSITION
    )

    class Meta:
        model = LookItem
        fields = ("description", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = other_language(self.language)
        self.fields["other_description"].label = DESCRIPTIONS[other]
        told = self.instance.translations.get(other, {})
        self.initial["other_description"] = told.get("description", "")
        if self.instance.pk is None:
            self.initial["position"] = None
        self.initial["place"] = ", ".join(map(str, self.instance.box or ()))
        if self.instance.product_id:
            product = Product.objects.filter(pk=self.instance.product_id).only("sku").first()
            self.initial["sku"] = product.sku if product else ""

    def clean_sku(self) -> str:
        sku: str = self.cleaned_data["sku"].strip()
        self.product = Product.objects.filter(sku=sku).first() if sku else None
        if sku and self.product is None:
            raise forms.ValidationError(_("The shop has no product with this SKU."))
        return sku

    def clean_position(self) -> int:
        """A piece without a number comes last."""
        told: int | None = self.cleaned_data["position"]
        if told is not None:
            return told
        items = LookItem.objects.filter(look=self.instance.look_id)
        last: int | None = items.aggregate(last=Max("position"))["last"]
        return 0 if last is None else min(last + 1, MOST_POSITION)

    def clean_place(self) -> list[int] | None:
        told = self.cleaned_data["place"].replace(",", " ").split()
        if not told:
            return None
        if len(told) != 4 or not all(one.isdecimal() and len(one) < 6 for one in told):
            raise forms.ValidationError(_("A place is four whole numbers: x0, y0, x1, y1."))
        x0, y0, x1, y1 = box = [int(one) for one in told]
        if x0 >= x1 or y0 >= y1:
            raise forms.ValidationError(_("A place is four whole numbers: x0, y0, x1, y1."))
        return box

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("description") and not cleaned.get("sku") and "sku" in cleaned:
            self.add_error("description", gettext("Give a SKU or words."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook
        item, told = self.instance, self.cleaned_data
        product = getattr(self, "product", None)
        item.product_id = product.pk if product else None
        item.box = told.get("place")
        if product is not None and not told.get("description"):
            words = item_words(product)
            item.description, item.translations = words["description"], words["translations"]
            return
        other = told.get("other_description")
        item.translations = {other_language(self.language): {"description": other}} if other else {}


def other_language(language: str) -> str:
    return next(one for one in LANGUAGES if one != language)
