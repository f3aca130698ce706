from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from catalog.models import Product
from tenants.base import TenantForeignKey, TenantModel


def look_path(look: "Look", filename: str) -> str:
    """Named by content, as a product's photos are."""
    return f"shops/{look.shop_id}/looks/{look.digest[:2]}/{look.digest}{filename}"


class Look(TenantModel):
    """A dressed idea: a title, a story, photos and the items that make it."""

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    story = models.TextField(blank=True)
    translations = models.JSONField(
        default=dict, blank=True, help_text='As {"ko": {"title": "…", "story": "…"}}.'
    )
    photo = models.ImageField(
        upload_to=look_path, max_length=200, blank=True, width_field="width", height_field="height"
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    garments = models.JSONField(
        default=list, editable=False, help_text="Boxes and tags found in the photo."
    )
    embeddings = models.BinaryField(
        default=bytes, editable=False, help_text="Their vectors in order, 256 float32 each."
    )
    revision = models.CharField(
        max_length=20, blank=True, editable=False, help_text="Of the bundle that saw the photo."
    )
    reason = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Why the photo could not be seen."
    )
    position = models.PositiveSmallIntegerField(default=0)
    published = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "slug"], name="look_slug_once_a_shop"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def text(self, field: str, language: str) -> str:
        """`title` or `story` in the language, in the shop's own where there is none."""
        return self.translations.get(language, {}).get(field) or getattr(self, field)


class LookItem(TenantModel):
    """One piece of a look: a product of the shop, or a description that is searched for.

    A piece whose product is deleted goes on as its description.
    """

    look = TenantForeignKey(Look, related_name="items")
    product: Any = TenantForeignKey(  # type: ignore[misc]  # its types know no nullable one
        Product, null=True, blank=True, related_name="+"
    )
    description = models.CharField(max_length=300)
    translations = models.JSONField(
        default=dict, blank=True, help_text='As {"ko": {"description": "…"}}.'
    )
    box = ArrayField(
        models.PositiveIntegerField(),
        size=4,
        null=True,
        blank=True,
        help_text="Where it lies in the look's photo: x0, y0, x1, y1 in pixels.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(description=""), name="lookitem_says_something"
            )
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.description

    def text(self, language: str) -> str:
        """The description in the language, in the shop's own where there is none."""
        return self.translations.get(language, {}).get("description") or self.description
