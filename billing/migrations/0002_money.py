"""Subscriptions with a price, reversals in a ledger that only grows, days, what is paid by use."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import AppendOnly, TenantForeignKeyAdded, TenantTable

FILL = """
    INSERT INTO billing_ledgerday (shop_id, day, kind, quantity)
    SELECT shop_id, (at AT TIME ZONE %s)::date, kind, sum(quantity)
    FROM billing_ledgerentry GROUP BY 1, 2, 3
"""


def days_fill(apps, schema_editor):
    """The days of the ledger as it stands. Forced row-level security holds its owner too."""
    run = schema_editor.execute
    for table in ("billing_ledgerentry", "billing_ledgerday"):
        run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    run(FILL, [settings.TIME_ZONE])
    # No table is altered that has checks outstanding.
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("billing_ledgerentry", "billing_ledgerday"):
        run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        ("tenants", "0008_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(help_text="In the time zone of the installation.")),
                (
                    "kind",
                    models.CharField(
                        choices=[("photo", "Photo tagged"), ("search", "Query answered")],
                        max_length=6,
                    ),
                ),
                ("quantity", models.PositiveBigIntegerField(default=0)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "day", "kind"), name="ledgerday_once_a_day"
                    )
                ],
            },
        ),
        TenantTable("LedgerDay"),
        migrations.CreateModel(
            name="Overage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                (
                    "kind",
                    models.CharField(
                        choices=[("photo", "Photo tagged"), ("search", "Query answered")],
                        max_length=6,
                    ),
                ),
                ("plan", models.CharField(max_length=20)),
                ("currency", models.CharField(max_length=3)),
                ("quantity", models.PositiveBigIntegerField(default=0)),
                ("publishable", models.PositiveBigIntegerField(default=0)),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overage",
                        to="tenants.mall",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "overage",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mall", "month", "kind", "plan", "currency"),
                        name="overage_once_a_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publishable__lte", models.F("quantity"))),
                        name="overage_publishable_is_a_part",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="by",
            field=tenants.base.UserReference(),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="by_email",
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="reverses",
            field=tenants.base.TenantForeignKey(
                db_index=False, null=True, related_name="reversals", to="billing.ledgerentry"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="written_at",
            field=models.DateTimeField(help_text="When a reversal was written.", null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="agreed_price",
            field=models.PositiveBigIntegerField(
                blank=True,
                help_text="Of a period, instead of the plan's, without tax, in the smallest unit.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="anchor_day",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="Day of the month that periods begin on, or the month's last."
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="bill_address",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name="subscription",
            name="bill_country",
            field=models.CharField(default="KR", max_length=2),
        ),
        migrations.AddField(
            model_name="subscription",
            name="bill_email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="subscription",
            name="bill_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="subscription",
            name="bill_tax_number",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="subscription",
            name="currency",
            field=models.CharField(
                choices=[("KRW", "₩"), ("USD", "$")], default="KRW", max_length=3
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="next_period",
            field=models.CharField(
                blank=True, choices=[("month", "Monthly"), ("year", "Yearly")], max_length=5
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="next_plan",
            field=models.CharField(
                blank=True, help_text="From the period's end on.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="overage",
            field=models.BooleanField(
                default=False, help_text="Go on beyond the plan's limits, and pay that by use."
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="past_due_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="period",
            field=models.CharField(
                choices=[("month", "Monthly"), ("year", "Yearly")], default="month", max_length=5
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="period_end",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="period_start",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="provider",
            field=models.CharField(
                choices=[("manual", "Invoice"), ("stripe", "Stripe")],
                default="manual",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="provider_customer",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="subscription",
            name="provider_subscription",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="subscription",
            name="spend_cap",
            field=models.PositiveBigIntegerField(
                blank=True,
                help_text="Of a month, for what publishable keys cause beyond the plan, without tax, in the smallest unit. Empty: none.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="state",
            field=models.CharField(
                choices=[
                    ("trial", "Trial"),
                    ("active", "Active"),
                    ("past_due", "Payment is late"),
                    ("cancelled", "Cancelled"),
                ],
                default="active",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="trial_ends_at",
            field=models.DateTimeField(
                blank=True, help_text="Stays when it is over: a mall has one trial.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="quantity",
            field=models.IntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="since",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="When this plan began."
            ),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(fields=["period_end"], name="subscription_ends"),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(fields=["trial_ends_at"], name="subscription_trials"),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)),
                fields=("shop", "reverses"),
                name="ledger_reversed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quantity__gt", 0), ("reverses", None), ("written_at", None)),
                    models.Q(
                        ("quantity__lt", 0),
                        ("reverses__isnull", False),
                        ("written_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ledger_only_reversals_take_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("period_end", None), ("period_start", None)),
                    ("period_start__lt", models.F("period_end")),
                    _connector="OR",
                ),
                name="subscription_period_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "trial"), _negated=True),
                    ("trial_ends_at__isnull", False),
                    _connector="OR",
                ),
                name="subscription_trial_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("past_due_since__isnull", False), ("state", "past_due")),
                    models.Q(
                        models.Q(("state", "past_due"), _negated=True), ("past_due_since", None)
                    ),
                    _connector="OR",
                ),
                name="subscription_late_since_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_period", ""), ("next_plan", "")),
                    models.Q(
                        models.Q(("next_plan", ""), _negated=True),
                        models.Q(("next_period", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="subscription_next_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["trial", "active", "past_due", "cancelled"]),
                    ("period__in", ["month", "year"]),
                    ("currency__in", ["KRW", "USD"]),
                ),
                name="subscription_words_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("anchor_day__gte", 1), ("anchor_day__lte", 31)),
                name="subscription_anchor_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("provider_subscription", ""), _negated=True),
                fields=("provider", "provider_subscription"),
                name="subscription_once_at_a_provider",
            ),
        ),
        # A reversal goes with the row that it takes back: without it it would be a fault.
        TenantForeignKeyAdded("LedgerEntry", "reverses", rule="CASCADE"),
        AppendOnly("LedgerEntry"),
        migrations.RunPython(days_fill, migrations.RunPython.noop),
    ]
