"""Webhooks: endpoints, messages and their deliveries."""

import django.utils.timezone
from django.db import migrations, models

import tenants.base
import tenants.models_webhooks
from tenants.migrations_ops import TenantTable


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_leaving")]

    operations = [
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=2000)),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "types",
                    models.JSONField(default=list, help_text="Event types that it wants."),
                ),
                ("enabled", models.BooleanField(default=True)),
                (
                    "secret",
                    models.CharField(editable=False, help_text="Sealed.", max_length=400),
                ),
                ("secret_before", models.CharField(blank=True, editable=False, max_length=400)),
                ("secret_before_until", models.DateTimeField(editable=False, null=True)),
                (
                    "failing_since",
                    models.DateTimeField(
                        editable=False,
                        help_text="The first failure after the last success.",
                        null=True,
                    ),
                ),
                (
                    "off_reason",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Why we switched it off: a code.",
                        max_length=40,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        TenantTable("WebhookEndpoint"),
        migrations.CreateModel(
            name="WebhookMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=tenants.models_webhooks.new_message_uid,
                        editable=False,
                        max_length=40,
                    ),
                ),
                ("type", models.CharField(max_length=40)),
                ("data", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["shop", "at"], name="webhookmessage_oldest")],
            },
        ),
        TenantTable("WebhookMessage"),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "next_at",
                    models.DateTimeField(help_text="When it is tried again.", null=True),
                ),
                ("last_at", models.DateTimeField(null=True)),
                (
                    "status",
                    models.PositiveSmallIntegerField(help_text="Of the last answer.", null=True),
                ),
                (
                    "duration_ms",
                    models.PositiveIntegerField(help_text="Of the last attempt.", null=True),
                ),
                (
                    "answer",
                    models.CharField(blank=True, help_text="How it began.", max_length=1000),
                ),
                (
                    "error",
                    models.CharField(
                        blank=True, help_text="Why there was no answer.", max_length=300
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "endpoint",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="deliveries", to="tenants.webhookendpoint"
                    ),
                ),
                (
                    "message",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="deliveries", to="tenants.webhookmessage"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["shop", "endpoint", "-id"], name="webhookdelivery_newest"),
                    models.Index(fields=["shop", "message"], name="webhookdelivery_message"),
                ],
            },
        ),
        TenantTable("WebhookDelivery"),
    ]
