import uuid

from django.db import models
from django.utils import timezone

from tenants.base import TenantModel


def kept_path(image_id: uuid.UUID, *, shop_id: int) -> str:
    """Outside what is served as media: only the shop's own people see it, through the admin."""
    return f"shops/{shop_id}/queries/{image_id.hex[:2]}/{image_id.hex}.jpg"


class KeptPhoto(TenantModel):
    """A shopper's photo that is kept with consent, for the days that the shop says.

    All but its garments was blurred before anything was stored. `image_id` is the photo's name in
    the answer to the search: whoever has it may take the consent back.
    """

    image_id = models.UUIDField()
    search_id = models.UUIDField(help_text="The first search with it.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    category = models.CharField(max_length=40, help_text="Of the garment that was looked for.")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "image_id"], name="keptphoto_once"),
        ]
        indexes = [
            models.Index(fields=["shop", "expires_at"], name="keptphoto_expiry"),
            models.Index(fields=["shop", "-created_at", "-id"], name="keptphoto_newest"),
        ]

    def __str__(self) -> str:
        return str(self.image_id)

    @property
    def file(self) -> str:
        return kept_path(self.image_id, shop_id=self.shop_id)
