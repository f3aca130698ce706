from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from tenants.base import TenantForeignKey, TenantModel, UserReference

MAX_HOURS = 168
HOURS = (MinValueValidator(1), MaxValueValidator(MAX_HOURS))


class Feed(TenantModel):
    """An address that products are fetched from on a schedule.

    `due_at` is when it is fetched next; an outbox row wakes the worker then. A site's pages are
    rows (`FeedPage`), so that a crawl goes on wherever it was left; `crawl` counts the crawls.
    """

    class Kind(models.TextChoices):
        FILE = "file", "A feed file"
        SITE = "site", "The pages of a site"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for its time"
        WORKING = "working", "Being fetched"

    kind = models.CharField(max_length=4, choices=Kind, default=Kind.FILE)
    name = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=2000)
    every_hours = models.PositiveSmallIntegerField(default=24, validators=HOURS)
    at_hour = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(23)], help_text="Daily at this hour."
    )
    complete = models.BooleanField(
        default=False, help_text="It names the whole catalogue: what is not in it is gone."
    )
    enabled = models.BooleanField(default=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    modified = models.CharField(max_length=60, blank=True, editable=False)
    digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the last file taken in."
    )
    failures = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="In a row, to this day."
    )
    last_at = models.DateTimeField(null=True, editable=False)
    last_code = models.CharField(max_length=40, blank=True, editable=False)
    last_detail = models.CharField(max_length=500, blank=True, editable=False)
    crawl = models.PositiveIntegerField(default=0, editable=False)
    crawl_began_at = models.DateTimeField(null=True, editable=False)
    robots = models.TextField(blank=True, editable=False, help_text="The site's robots.txt.")
    by = UserReference()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(every_hours__range=(1, MAX_HOURS)), name="feed_hours"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or self.url

    def next_time(self, now: datetime, *, failures: int = 0) -> datetime:
        """When to fetch it after `now`; each failure in a row doubles the pause, to a week."""
        factor = 2 ** min(max(0, failures - 1), 8)
        pause = timedelta(hours=min(self.every_hours * factor, MAX_HOURS))
        if self.at_hour is None:
            return now + pause
        local = timezone.localtime(now + pause)
        at = local.replace(hour=self.at_hour, minute=0, second=0, microsecond=0)
        # The hour before the pause is over, unless that one has gone by.
        return at if at > now else at + timedelta(days=1)


class FeedPage(TenantModel):
    """One address of a site that is crawled: a sitemap or a page, and what stood there."""

    class Kind(models.TextChoices):
        MAP = "map", "Sitemap"
        PAGE = "page", "Page"

    class State(models.TextChoices):
        PENDING = "pending", "To be read"
        DONE = "done", "Read"
        FAILED = "failed", "Failed"

    feed = TenantForeignKey(Feed, related_name="pages")
    kind = models.CharField(max_length=4, choices=Kind)
    url = models.CharField(max_length=2000)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the address.")
    lastmod = models.CharField(max_length=40, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    crawl = models.PositiveIntegerField(help_text="The last crawl that named it.")
    records = models.JSONField(default=list, help_text="Products, as `PagesSource` reads them.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="In this crawl, in vain.")
    detail = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "feed", "digest"], name="feedpage_once_a_feed"),
        ]
        indexes = [models.Index(fields=["shop", "feed", "state", "id"], name="feedpage_next")]

    def __str__(self) -> str:
        return self.url


class HostPace(models.Model):
    """When a host may be asked again, by whichever shop's crawl. Outside the scope: no secrets."""

    host = models.CharField(max_length=260, unique=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.host
