from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from tenants.base import ShopField, TenantForeignKey, TenantModel, UserReference


def upload_path(run: "ImportRun", filename: str) -> str:
    return f"shops/{run.shop_id}/imports/{run.created_at:%Y%m%d%H%M%S%f}{run.suffix}"


class ImportRun(TenantModel):
    """One file that brought products: its progress and what came of it.

    `pending → working → done | failed`. A run that would take too much away stands at `asking`
    until a person says yes or no, and one that is taken back goes `undoing → undone`.
    """

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        ZIP = "zip", "ZIP of photos"
        XML = "xml", "XML feed"
        SHOPIFY = "shopify", "Shopify CSV"
        CAFE24 = "cafe24", "Cafe24 CSV"
        FEED = "feed", "Feed"
        SITEMAP = "sitemap", "Sitemap"
        API = "api", "API"
        DESK = "desk", "Change of several products"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        WORKING = "working", "Running"
        DONE = "done", "Finished"
        FAILED = "failed", "Failed"
        ASKING = "asking", "Waiting for an answer"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    kind = models.CharField(max_length=10, choices=Kind)
    file = models.FileField(upload_to=upload_path, max_length=200)
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    detail = models.CharField(max_length=500, blank=True, help_text="Why the whole file failed.")
    dry = models.BooleanField(default=False, help_text="Only looks: writes nothing of it.")
    complete = models.BooleanField(
        default=False, help_text="The file is the whole catalogue: what is not in it is gone."
    )
    look_again = models.BooleanField(
        default=False, help_text="Ask the addresses of known photos too whether they changed."
    )
    mapping = models.JSONField(
        default=dict, blank=True, help_text="Our column by the file's; empty: guessed."
    )
    feed = TenantForeignKey(  # type: ignore[misc]  # its types know no nullable one
        "catalog.Feed", null=True, related_name="runs", editable=False
    )
    total = models.PositiveIntegerField(null=True, help_text="About how many rows, if known.")
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField("bad rows", default=0)
    gone = models.PositiveIntegerField(default=0)
    summary = models.JSONField(
        default=dict, blank=True, help_text="Changed fields with their counts, the undo's result …"
    )
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

    shop = ShopField(db_constraint=False)
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


class ImportChange(TenantModel):
    """What a run did, or in a dry run would do, to one product: shown, and what undoing needs.

    `before` and `after` hold only what differs: Product's fields by name, `tags` (the feed's) and
    `photos`. Of a new product there is neither, and no row before it is undone: `ImportChunk` names
    it. `at` is the product's `updated_at` as the run left it: another one there says that somebody
    changed the product since.
    """

    class Action(models.TextChoices):
        CREATED = "created", "New"
        UPDATED = "updated", "Changed"
        REMOVED = "removed", "Gone"

    class Result(models.TextChoices):
        WAITING = "waiting", "Still to be taken out"
        UNDONE = "undone", "Taken back"
        LEFT = "left", "Left as it is"

    shop = ShopField(db_constraint=False)
    run = TenantForeignKey(ImportRun, related_name="changes")
    product_id = models.BigIntegerField(null=True, help_text="None: new in a dry run.")
    sku = models.CharField(max_length=100)
    action = models.CharField(max_length=7, choices=Action)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    result = models.CharField(max_length=7, choices=Result, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["shop", "run", "action", "id"], name="importchange_of_run"),
            models.Index(fields=["shop", "product_id"], name="importchange_of_product"),
        ]

    def __str__(self) -> str:
        return f"{self.sku}: {self.action}"


class ImportChunk(TenantModel):
    """The new products that a run wrote in one transaction, in one row: what undoing needs of them,
    and what the worker must still see of them.

    `at` is their `created_at` and first `updated_at`.
    """

    shop = ShopField(db_constraint=False)
    run = TenantForeignKey(ImportRun, related_name="chunks")
    at = models.DateTimeField()
    product_ids: Any = ArrayField(models.BigIntegerField())
    skus: Any = ArrayField(models.TextField())
    photo_ids: Any = ArrayField(models.BigIntegerField())
    photos_taken = models.IntegerField(default=0, help_text="So many were given to a worker.")
    words_taken = models.IntegerField(default=0, help_text="Of the products, likewise.")
    opened = models.IntegerField(
        default=0, help_text="So many of the last products have changes of their own: an undo's."
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["shop", "run", "id"], name="importchunk_of_run"),
            models.Index(fields=["shop", "at"], name="importchunk_at"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {len(self.product_ids)}"
