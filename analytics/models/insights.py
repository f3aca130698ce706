"""Small rows that pages of Insights read in the place of the large tables behind them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from tenants.base import TenantModel, UserReference
from tenants.models import Shop

STEPS = 10
"""Of the model's probability: from 0 to .1, …, from .9 to 1."""


class PhotoDay(TenantModel):
    """How far the shop's photos were tagged when a day was last looked at."""

    day = models.DateField()
    products = models.PositiveIntegerField()
    photos = models.PositiveIntegerField()
    tagged = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    mark = models.CharField(
        max_length=80, help_text="Of what was counted: while it is the same nothing is counted."
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "day"], name="photoday_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.tagged} of {self.photos}"


class TagDay(TenantModel):
    """Of one head: the tags at a day's end, and what people said of them on that day.

    `model`, `feed` and `person` are tags by source, `unsure` those of the model that wait for a
    person. `steps` counts the model's tags by their probability, in tenths. `confirmed` and
    `corrected` are the day's answers that agreed with the model and that did not.
    """

    day = models.DateField()
    kind = models.CharField(max_length=20)
    model = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    feed = models.PositiveIntegerField(default=0)
    person = models.PositiveIntegerField(default=0)
    steps = ArrayField(models.PositiveIntegerField(), size=STEPS, default=list)
    confirmed = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "day", "kind"], name="tagday_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.model}"


class InsightMail(TenantModel):
    """A person's wish to get the shop's numbers by mail; who leaves the mall gets none.

    `sent_for` is the last day that a mail told of, so that none comes twice.
    """

    class Period(models.TextChoices):
        DAILY = "daily", "Every day"
        WEEKLY = "weekly", "Every Monday"

    user = UserReference()
    period = models.CharField(max_length=6, choices=Period)
    language = models.CharField(max_length=2, choices=Shop.Language)
    sent_for = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "user"], name="insightmail_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.period}"
