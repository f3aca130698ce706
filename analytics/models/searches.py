from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from pgvector.django import HalfVectorField

from analytics.months import this_month
from catalog.models.garment import EMBEDDING_SIZE
from tenants.base import TenantModel

LONGEST_TEXT = 120
"""Letters that are kept of a shopper's words."""


class SearchKind(models.TextChoices):
    PHOTO = "photo", "Photo"
    DRAWING = "drawing", "Drawing"
    WORDS = "words", "Words"
    PRODUCT = "product", "Product"
    PHOTO_WORDS = "photo+words", "Photo and words"


class SearchDetail(TenantModel):
    """What one answered search looked for and found. Nothing in it says who searched.

    `text` is the shopper's words without addresses and numbers of people. `category` to `style`
    are ids of the taxonomy (or of the shop's own values): of the photo as the words changed it, of
    words alone what they name; empty where nothing says. `results` is how many products the whole
    list has, `best_score` the greatest score in it, 0..1. `embedding` is the query's unit vector of
    256 halves, made by the bundle `revision`; words alone have none. `rules` are the ids of the
    shop's rules that held. Filled by `analytics.services.search_recorded`.
    """

    search_id = models.UUIDField()
    month = models.DateField(default=this_month, editable=False)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12, choices=SearchKind)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    category = models.CharField(max_length=40, blank=True)
    color = models.CharField(max_length=40, blank=True)
    pattern = models.CharField(max_length=40, blank=True)
    style = models.CharField(max_length=40, blank=True)
    filters = models.JSONField(
        default=dict, blank=True, help_text="Of the request and of its words, as the API has them."
    )
    results = models.PositiveIntegerField()
    best_score = models.FloatField(null=True)
    good = models.BooleanField(help_text="There was a good answer: analytics.good says when.")
    milliseconds = models.PositiveIntegerField()
    parts_ms = models.JSONField(default=dict, help_text="Milliseconds by part: infer, sql …")
    embedding = HalfVectorField(dimensions=EMBEDDING_SIZE, null=True)
    revision = models.CharField(max_length=20, blank=True)
    rules = ArrayField(models.BigIntegerField(), default=list)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "search_id", "month"], name="search_once"),
        ]
        indexes = [
            models.Index(fields=["shop", "-at"], name="search_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.search_id}"
