from django.db import models
from django.utils import timezone

from catalog.models.feeds import Feed
from tenants.base import TenantForeignKey, TenantModel, UserReference


def held_path(held: "HeldFile", filename: str) -> str:
    return f"shops/{held.shop_id}/imports/held-{held.created_at:%Y%m%d%H%M%S%f}.csv"


class ColumnMapping(TenantModel):
    """What the columns of a table mean, as a person said: for every file with the same header.

    `columns` is what `import_start(mapping=…)` takes; `sample` the header's first rows, cut short,
    so that what was said can be looked at again when the file is gone.
    """

    fingerprint = models.CharField(max_length=64, editable=False)
    kind = models.CharField(max_length=10)
    names = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    sample = models.JSONField(default=list)
    filename = models.CharField(max_length=200)
    used = models.PositiveIntegerField(default=0, help_text="Files that it was taken for.")
    used_at = models.DateTimeField(null=True)
    by = UserReference()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "fingerprint"], name="columnmapping_once_a_header"
            ),
        ]

    def __str__(self) -> str:
        return self.filename


class HeldFile(TenantModel):
    """A table that was uploaded and waits until somebody says what its columns mean."""

    kind = models.CharField(max_length=10)
    file = models.FileField(upload_to=held_path, max_length=200)
    filename = models.CharField(max_length=200)
    dry = models.BooleanField(default=False)
    complete = models.BooleanField(default=False)
    feed = TenantForeignKey(  # type: ignore[misc]  # its types know no nullable one
        Feed, null=True, related_name="+", help_text="Whose first file it is."
    )
    by = UserReference()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "created_at"], name="heldfile_oldest")]

    def __str__(self) -> str:
        return self.filename
