"""Which plan a mall is on, until when, and who is billed for it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tenants.models import Mall


class Subscription(models.Model):
    """The plan of a mall; `billing.plans.PLANS` says what it allows and costs.

    `period_start` and `period_end` are of the period that is paid now, empty for a plan without a
    price; the plan goes on at its end, or `next_plan` begins. A mall without a subscription, and
    one whose subscription is cancelled, is on the default plan.
    """

    class State(models.TextChoices):
        TRIAL = "trial", "Trial"
        ACTIVE = "active", "Active"
        PAST_DUE = "past_due", "Payment is late"
        CANCELLED = "cancelled", "Cancelled"

    class Period(models.TextChoices):
        MONTH = "month", "Monthly"
        YEAR = "year", "Yearly"

    class Currency(models.TextChoices):
        KRW = "KRW", "₩"
        USD = "USD", "$"

    mall = models.OneToOneField(Mall, on_delete=models.CASCADE, related_name="subscription")
    plan = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now, help_text="When this plan began.")
    state = models.CharField(max_length=9, choices=State, default=State.ACTIVE)
    period = models.CharField(max_length=5, choices=Period, default=Period.MONTH)
    currency = models.CharField(max_length=3, choices=Currency, default=Currency.KRW)
    agreed_price = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        help_text="Of a period, instead of the plan's, without tax, in the smallest unit.",
    )
    anchor_day = models.PositiveSmallIntegerField(
        default=1, help_text="Day of the month that periods begin on, or the month's last."
    )
    period_start = models.DateTimeField(null=True, blank=True)
    period_end = models.DateTimeField(null=True, blank=True)
    next_plan = models.CharField(max_length=20, blank=True, help_text="From the period's end on.")
    next_period = models.CharField(max_length=5, choices=Period, blank=True)
    trial_ends_at = models.DateTimeField(
        null=True, blank=True, help_text="Stays when it is over: a mall has one trial."
    )
    trial_told_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the owners had mail that it ends."
    )
    past_due_since = models.DateTimeField(null=True, blank=True)
    overage = models.BooleanField(
        default=False, help_text="Go on beyond the plan's limits, and pay that by use."
    )
    spend_cap = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        help_text="Of a month, for what publishable keys cause beyond the plan, without tax, in the"
        " smallest unit. Empty: none.",
    )
    provider = models.CharField(
        max_length=20, default="manual", help_text="Who takes the money: `billing.providers`."
    )
    provider_customer = models.CharField(max_length=80, blank=True)
    provider_subscription = models.CharField(max_length=80, blank=True)
    provider_synced_at = models.DateTimeField(
        null=True, blank=True, help_text="When the provider was asked for what stands here."
    )
    bill_name = models.CharField(max_length=200, blank=True)
    bill_address = models.CharField(max_length=400, blank=True)
    bill_tax_number = models.CharField(max_length=40, blank=True)
    bill_email = models.EmailField(blank=True)
    bill_country = models.CharField(max_length=2, default="KR")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start=None, period_end=None)
                | Q(period_start__lt=F("period_end")),
                name="subscription_period_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="trial") | Q(trial_ends_at__isnull=False),
                name="subscription_trial_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state="past_due", past_due_since__isnull=False)
                | (~Q(state="past_due") & Q(past_due_since=None)),
                name="subscription_late_since_when",
            ),
            models.CheckConstraint(
                condition=Q(next_plan="", next_period="") | ~Q(next_plan="") & ~Q(next_period=""),
                name="subscription_next_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["trial", "active", "past_due", "cancelled"])
                & Q(period__in=["month", "year"])
                & Q(currency__in=["KRW", "USD"]),
                name="subscription_words_known",
            ),
            models.CheckConstraint(
                condition=Q(anchor_day__gte=1, anchor_day__lte=31), name="subscription_anchor_day"
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_subscription"],
                condition=~Q(provider_subscription=""),
                name="subscription_once_at_a_provider",
            ),
        ]
        indexes = [
            models.Index(fields=["period_end"], name="subscription_ends"),
            models.Index(fields=["trial_ends_at"], name="subscription_trials"),
        ]

    def __str__(self) -> str:
        return f"{self.mall}: {self.plan}"
