"""What people said of the model's tags, and what they made the rule."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from catalog.models.product import Photo, Product
from tenants.base import TenantForeignKey, TenantModel, UserReference


class ReviewDecision(TenantModel):
    """One answer of a person to one tag of the model.

    `model_value`, `score` and `revision` are what the model said at that time ("" where it said
    nothing). A decision holds until it is undone, or until a later one takes its place: then
    `undone_at` is set. Those that are `sampled` belong to the shop's random sample, which
    thresholds are measured by: nothing may be trained on them that is then judged by them.

    With an empty `value` it is no answer and never holds: people's words were taken back from
    several products at once, and `before` is said again where that is undone.
    """

    product = TenantForeignKey(Product, related_name="decisions")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=60, help_text="What the person said.")
    before = models.CharField(
        max_length=60, blank=True, help_text="What a person had said before; empty: nobody had."
    )
    model_value = models.CharField(max_length=60, blank=True)
    score = models.FloatField(
        null=True, help_text="The model's probability; of a colour its share."
    )
    revision = models.CharField(max_length=20, blank=True)
    sampled = models.BooleanField(default=False)
    sheet: Any = models.UUIDField(null=True, help_text="Shared by those of one contact sheet.")
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "product", "kind"],
                condition=models.Q(undone_at__isnull=True),
                name="reviewdecision_one_holds",
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "-at"], name="reviewdecision_newest"),
            models.Index(
                fields=["shop", "kind", "product"],
                condition=models.Q(sampled=True, undone_at__isnull=True),
                name="reviewdecision_sample",
            ),
            models.Index(
                fields=["shop", "sheet"],
                condition=models.Q(sheet__isnull=False),
                name="reviewdecision_sheet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class ReviewThreshold(TenantModel):
    """How right the shop wants the model to be of one head, and the score from which it is.

    Under `threshold` a tag is unsure and waits for a person; null: the sample is too small or the
    model not good enough, and the bundle's own word of `unsure` stands.
    """

    kind = models.CharField(max_length=20)
    precision = models.FloatField(help_text="Wanted share of right tags, 0..1.")
    threshold = models.FloatField(null=True)
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "kind"], name="reviewthreshold_once"),
            models.CheckConstraint(
                condition=models.Q(precision__gt=0, precision__lt=1),
                name="reviewthreshold_precision_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.precision}"


class ProductSeen(TenantModel):
    """How often shoppers clicked a product in a search or looked at its page."""

    product = TenantForeignKey(Product, related_name="+")
    seen = models.PositiveBigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "product"], name="productseen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.seen}"


class PhotoChoice(TenantModel):
    """A person's word on which garment of one photo the product is.

    By place and not by row, for every bundle finds its own garments. It holds as long as the photo
    is the same: `digest`.
    """

    photo = TenantForeignKey(Photo, related_name="choices")
    box = ArrayField(models.IntegerField(), size=4, help_text="x0, y0, x1, y1 in pixels.")
    region = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "photo"], name="photochoice_once_a_photo"),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.region}"


class BrandRule(TenantModel):
    """A person's word on which part of its photos a brand sells; holds for later imports too.

    `category` narrows it to products that are called that; empty: all of the brand.
    """

    brand = models.CharField(max_length=120)
    category = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=12)
    products = models.PositiveIntegerField(default=0, help_text="That it changed when it was made.")
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "brand", "category"],
                condition=models.Q(undone_at__isnull=True),
                name="brandrule_one_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand}: {self.region}"


class RetagPreview(TenantModel):
    """What a new bundle would change of the model's tags, counted before it goes live.

    `kinds` is {kind: [changed, compared]}; `examples` are
    {"product": id, "kind": …, "old": …, "new": …, "probability": of the new, or null}.
    """

    live = models.CharField(max_length=20)
    coming = models.CharField(max_length=20)
    products = models.PositiveIntegerField(help_text="That were compared.")
    total = models.PositiveIntegerField(help_text="That both bundles have seen, or more.")
    kinds: Any = models.JSONField(default=dict)
    examples: Any = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "coming", "live"], name="retagpreview_once"),
        ]

    def __str__(self) -> str:
        return f"{self.live} → {self.coming}"
