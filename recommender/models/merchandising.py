from typing import Any

from django.db import models
from django.utils import timezone

from tenants.base import TenantForeignKey, TenantModel, UserReference


class Rule(TenantModel):
    """What the shop wants first, higher, lower or away, for which products, from when to when."""

    class Action(models.TextChoices):
        PIN = "pin", "Pin to a place"
        BOOST = "boost", "Boost"
        BURY = "bury", "Bury"
        HIDE = "hide", "Hide"

    name = models.CharField(max_length=120)
    action = models.CharField(max_length=5, choices=Action)
    skus = models.JSONField(default=list, blank=True, help_text='Products, as ["MR-1042"].')
    filters = models.JSONField(
        default=dict, blank=True, help_text='Or a filter, as {"brand": ["Mori"]}.'
    )
    queries = models.JSONField(
        default=dict, blank=True, help_text='Only searches for, as {"category": ["dress"]}.'
    )
    place = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of a pin, from 1.")
    strength = models.FloatField(default=0.1, help_text="Added to or taken from the score, 0..1.")
    active = models.BooleanField(default=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    by = UserReference()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True)
                | models.Q(ends_at__isnull=True)
                | models.Q(starts_at__lt=models.F("ends_at")),
                name="rule_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(strength__gte=0, strength__lte=1), name="rule_strength_0_to_1"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Experiment(TenantModel):
    """Two orders of results against each other, visitors split by a hash of their own."""

    class State(models.TextChoices):
        DRAFT = "draft", "Not started"
        RUNNING = "running", "Running"
        STOPPED = "stopped", "Stopped"

    name = models.CharField(max_length=120)
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    share = models.FloatField(default=0.5, help_text="Of visitors who see B, 0..1.")
    a = models.JSONField(default=dict, blank=True, help_text='{"weights": {…}, "rules": [ids]}')
    b = models.JSONField(default=dict, blank=True, help_text='{"weights": {…}, "rules": [ids]}')
    baseline = models.FloatField(
        default=0.3, help_text="Share of visitors who click a result today, 0..1."
    )
    lift = models.FloatField(
        default=0.15, help_text="The least change of that share worth knowing, as a part of it."
    )
    salt = models.CharField(max_length=32, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    outcome = models.JSONField(default=dict, editable=False, help_text="Sums and their test.")
    by = UserReference()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop"],
                condition=models.Q(state="running"),
                name="experiment_one_runs_a_shop",
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lt=1), name="experiment_share_between"
            ),
            models.CheckConstraint(
                condition=models.Q(baseline__gt=0, baseline__lt=1, lift__gt=0),
                name="experiment_size_known",
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def arm(self, name: str) -> dict[str, Any]:
        """What arm "a" or "b" has of its own: `weights` and `rules`, either may be missing."""
        own: dict[str, Any] = self.b if name == "b" else self.a
        return own

    @property
    def rule_ids(self) -> set[int]:
        """Of the rules that one of the arms has for itself."""
        return {*self.a.get("rules", ()), *self.b.get("rules", ())}


class Arm(TenantModel):
    """A visitor in one arm: a salted hash that means nothing elsewhere, and what came of it.

    Deleted, and summed up in the experiment's read-out, when the experiment stops.
    """

    experiment = TenantForeignKey(Experiment, related_name="arms")
    arm = models.CharField(max_length=1, choices=[("a", "A"), ("b", "B")])
    visitor = models.CharField(max_length=64)
    searches = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "experiment", "visitor"], name="arm_once_a_visitor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arm} {self.visitor[:8]}"
