import uuid

from django.db import models
from django.utils import timezone

from tenants.base import TenantModel


class QueryMemory(TenantModel):
    """What was seen in a shopper's photo, for half an hour; the photo itself is not kept.

    `garments` holds boxes, tags and palettes, `embeddings` their vectors in the same order
    (float32, 256 each). A garment with a `part` was seen in this box of the photo, which a
    shopper drew; `found` is of the photo as a whole.
    """

    image_id = models.UUIDField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the photo's bytes.")
    revision = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    found = models.BooleanField()
    garments = models.JSONField()
    embeddings = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "image_id"], name="querymemory_once"),
            models.UniqueConstraint(fields=["shop", "digest"], name="querymemory_once_a_photo"),
        ]
        indexes = [models.Index(fields=["shop", "expires_at"], name="querymemory_expiry")]

    def __str__(self) -> str:
        return str(self.image_id)


class ResultList(TenantModel):
    """The ordered results of one search, so that its next page is cut from the same list."""

    search_id = models.UUIDField(default=uuid.uuid4)
    asked = models.CharField(max_length=64, help_text="SHA-256 of what was asked, without paging.")
    rows = models.JSONField(help_text="As ranked: product and photo ids with their parts.")
    facts = models.JSONField(default=dict, help_text="What the reply repeats on every page.")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "search_id"], name="resultlist_once"),
        ]
        indexes = [models.Index(fields=["shop", "expires_at"], name="resultlist_expiry")]

    def __str__(self) -> str:
        return str(self.search_id)
