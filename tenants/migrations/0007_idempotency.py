"""Replies that are kept under an Idempotency-Key; one object's history by an index."""

import django.utils.timezone
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantTable


class Migration(migrations.Migration):
    dependencies = [("tenants", "0006_webhooks")]

    operations = [
        migrations.CreateModel(
            name="StoredReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                (
                    "fingerprint",
                    models.CharField(help_text="SHA-256 of what was asked.", max_length=64),
                ),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("headers", models.JSONField(default=dict)),
                (
                    "body",
                    models.TextField(
                        blank=True, help_text="JSON, sealed: a reply may show a new secret."
                    ),
                ),
                ("leased_until", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["shop", "created_at"], name="storedreply_oldest")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "key"), name="storedreply_once_a_key")
                ],
            },
        ),
        TenantTable("StoredReply"),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["shop", "object_type", "object_id", "-at"], name="audit_of"),
        ),
    ]
