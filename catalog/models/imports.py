from django.db import models
from django.utils import timezone

from tenants.base import TenantForeignKey, TenantModel, UserReference


def upload_path(run: "ImportRun", filename: str) -> str:
    return f"shops/{run.shop_id}/imports/{run.created_at:%Y%m%d%H%M%S%f}{run.suffix}"


class ImportRun(TenantModel):
    """One file that brought products: its progress and what came of it."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        ZIP = "zip", "ZIP of photos"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        WORKING = "working", "Running"
        DONE = "done", "Finished"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=4, choices=Kind)
    file = models.FileField(upload_to=upload_path, max_length=200)
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    detail = models.CharField(max_length=500, blank=True, help_text="Why the whole file failed.")
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField("bad rows", default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, editable=False)
    by = UserReference()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "-created_at"], name="importrun_newest")]

    def __str__(self) -> str:
        return self.filename

    @property
    def suffix(self) -> str:
        return f".{self.kind}"


class ImportProblem(TenantModel):
    """One row that could not be used: where, which field, and what to do about it."""

    run = TenantForeignKey(ImportRun, related_name="problems")
    row = models.PositiveIntegerField(help_text="Line of a CSV, place in a ZIP; from 1.")
    sku = models.CharField(max_length=100, blank=True)
    field = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=500)
    value = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "run", "row"], name="importproblem_row")]
        ordering = ["row", "id"]

    def __str__(self) -> str:
        return f"{self.row}: {self.message}"
