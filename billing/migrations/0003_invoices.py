"""Invoices, credits, what a provider said and has to be told."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import tenants.base
from billing.migrations_sql import KEEP_INVOICES, KEEP_INVOICES_NOT


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0002_money"),
        ("tenants", "0008_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InvoiceSeries",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "invoice series",
            },
        ),
        migrations.AddField(
            model_name="subscription",
            name="provider_synced_at",
            field=models.DateTimeField(
                blank=True, help_text="When the provider was asked for what stands here.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="provider",
            field=models.CharField(
                default="manual",
                help_text="Who takes the money: `billing.providers`.",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.BigIntegerField()),
                ("left", models.BigIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("by_email", models.CharField(blank=True, max_length=254)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", tenants.base.UserReference()),
                (
                    "mall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credits",
                        to="tenants.mall",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mall_name", models.CharField(max_length=120)),
                (
                    "key",
                    models.CharField(
                        help_text="What it is for: the same is billed once.",
                        max_length=120,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("open", "To be paid"),
                            ("paid", "Paid"),
                            ("void", "Void"),
                            ("uncollectible", "Given up"),
                        ],
                        default="draft",
                        max_length=13,
                    ),
                ),
                ("number", models.CharField(max_length=40, null=True, unique=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("sequence", models.PositiveIntegerField(null=True)),
                ("currency", models.CharField(max_length=3)),
                ("language", models.CharField(default="en", max_length=2)),
                (
                    "seller",
                    models.JSONField(
                        default=dict, help_text="Who bills: name, address, tax number."
                    ),
                ),
                (
                    "bill_to",
                    models.JSONField(default=dict, help_text="Who is billed, as it was then."),
                ),
                ("period_start", models.DateTimeField()),
                ("period_end", models.DateTimeField()),
                ("subtotal", models.BigIntegerField(default=0)),
                ("tax_percent", models.PositiveSmallIntegerField(default=0)),
                ("tax", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("issued_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "closed_at",
                    models.DateTimeField(help_text="Paid, made void or given up.", null=True),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="How it was paid, or why not.", max_length=300
                    ),
                ),
                ("provider", models.CharField(default="manual", max_length=20)),
                ("provider_invoice", models.CharField(max_length=80, null=True, unique=True)),
                (
                    "provider_url",
                    models.URLField(blank=True, help_text="Where it can be paid.", max_length=500),
                ),
                ("closed_by", tenants.base.UserReference()),
                (
                    "mall",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invoices",
                        to="tenants.mall",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CreditUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("given_back", models.BooleanField(default=False)),
                (
                    "credit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="billing.credit",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_uses",
                        to="billing.invoice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "A plan for a period"),
                            ("change", "Change of a plan within a period"),
                            ("usage", "Use beyond the plan"),
                            ("credit", "Credit"),
                            ("other", "What the words say"),
                        ],
                        max_length=6,
                    ),
                ),
                ("data", models.JSONField(default=dict)),
                ("quantity", models.BigIntegerField(default=1)),
                ("unit_amount", models.BigIntegerField()),
                ("per", models.PositiveIntegerField(default=1)),
                ("amount", models.BigIntegerField()),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="billing.invoice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeterReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("identifier", models.CharField(max_length=100, unique=True)),
                ("quantity", models.BigIntegerField()),
                ("at", models.DateTimeField(help_text="When it was used, for the provider.")),
                ("tried_at", models.DateTimeField(help_text="The first time.", null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                (
                    "mall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.mall",
                    ),
                ),
                (
                    "overage",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="billing.overage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OverageBill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quantity",
                    models.BigIntegerField(
                        help_text="Below nothing where too much was billed before."
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overage_bills",
                        to="billing.invoice",
                    ),
                ),
                (
                    "overage",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bills",
                        to="billing.overage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProviderEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=20)),
                ("event_id", models.CharField(max_length=120)),
                ("type", models.CharField(max_length=80)),
                ("object_id", models.CharField(blank=True, max_length=120)),
                (
                    "mall_hint",
                    models.CharField(blank=True, help_text="Which mall it names.", max_length=20),
                ),
                (
                    "created_at",
                    models.DateTimeField(help_text="When it happened, as the provider says."),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["received_at"],
                        name="providerevent_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "event_id"), name="providerevent_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("compared", models.PositiveIntegerField(default=0)),
                ("differences", models.JSONField(default=list)),
            ],
            options={
                "indexes": [models.Index(fields=["-at"], name="reconciliation_newest")],
            },
        ),
        migrations.AddIndex(
            model_name="credit",
            index=models.Index(fields=["mall", "at"], name="credit_of_a_mall"),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0), ("left__gte", 0), ("left__lte", models.F("amount"))
                ),
                name="credit_has_something_left",
            ),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["mall", "-created_at"], name="invoice_of_a_mall"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["state", "due_at"], name="invoice_due"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["issued_at"], name="invoice_issued"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                fields=("year", "sequence"), name="invoice_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("issued_at__isnull", False), ("number__isnull", False)),
                    _connector="OR",
                ),
                name="invoice_issued_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("state__in", ["draft", "open"])),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state__in", ["paid", "void", "uncollectible"]),
                    ),
                    _connector="OR",
                ),
                name="invoice_closed_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subtotal__gte", 0),
                    ("tax__gte", 0),
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            models.F("subtotal"), "+", models.F("tax")
                        ),
                    ),
                ),
                name="invoice_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_start__lte", models.F("period_end"))),
                name="invoice_period_has_a_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.UniqueConstraint(
                fields=("credit", "invoice"), name="credit_once_an_invoice"
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="credituse_is_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoiceline",
            constraint=models.UniqueConstraint(
                fields=("invoice", "position"), name="invoiceline_place_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoiceline",
            constraint=models.CheckConstraint(
                condition=models.Q(("per__gte", 1)), name="invoiceline_per_something"
            ),
        ),
        migrations.AddIndex(
            model_name="meterreport",
            index=models.Index(
                condition=models.Q(("sent_at", None)), fields=["at"], name="meterreport_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="meterreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="meterreport_is_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="overagebill",
            constraint=models.UniqueConstraint(
                fields=("invoice", "overage"), name="overagebill_once"
            ),
        ),
        migrations.RunSQL(KEEP_INVOICES, KEEP_INVOICES_NOT),
    ]
