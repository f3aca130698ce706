"""Guests, where an entry of the audit trail came from, exports and closing."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_accounts")]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="address",
            field=models.GenericIPAddressField(help_text="Where the request came from.", null=True),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="as_guest",
            field=models.BooleanField(default=False, help_text="Of LookUs' staff, helping."),
        ),
        AppendOnly("AuditEntry"),
        migrations.AddField(
            model_name="shop",
            name="closed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="shop",
            name="closed_by",
            field=models.CharField(blank=True, editable=False, max_length=254),
        ),
        migrations.AddField(
            model_name="shop",
            name="erase_at",
            field=models.DateTimeField(
                editable=False, help_text="Until then a closed shop can be brought back.", null=True
            ),
        ),
        migrations.AddField(
            model_name="shop",
            name="erasing",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="shop",
            name="guests_until",
            field=models.DateTimeField(
                editable=False,
                help_text="The last time that a guest of LookUs may be there.",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="shop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("erase_at", None), ("erasing", False)),
                    models.Q(("closed_at__isnull", False), ("erase_at__isnull", False)),
                    _connector="OR",
                ),
                name="shop_closed_has_an_end",
            ),
        ),
        migrations.CreateModel(
            name="ClosedShop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "shop_number",
                    models.BigIntegerField(help_text="The id that the shop had.", unique=True),
                ),
                ("name", models.CharField(max_length=120)),
                ("slug", models.CharField(max_length=50)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField()),
                (
                    "closed_by",
                    models.CharField(blank=True, help_text="E-mail address.", max_length=254),
                ),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "usage",
                    models.JSONField(
                        default=dict,
                        help_text='Sums of its ledger, as {"2026-11": {"photo": 120}}.',
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closed_shops",
                        to="tenants.mall",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShopExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "photos",
                    models.BooleanField(default=True, help_text="With the photos' files."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("working", "Being made"),
                            ("done", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "No longer kept"),
                        ],
                        default="pending",
                        max_length=7,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True, help_text="File that is being written.", max_length=40
                    ),
                ),
                (
                    "rows",
                    models.PositiveBigIntegerField(default=0, help_text="Rows and photos written."),
                ),
                ("total", models.PositiveBigIntegerField(default=0)),
                (
                    "file",
                    models.CharField(blank=True, help_text="Name in the storage.", max_length=200),
                ),
                ("bytes", models.PositiveBigIntegerField(default=0)),
                (
                    "contents",
                    models.JSONField(default=dict, help_text="Rows of each file in the ZIP."),
                ),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("by", tenants.base.UserReference()),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["shop", "-created_at"], name="shopexport_newest")],
            },
        ),
        TenantTable("ShopExport"),
        migrations.CreateModel(
            name="GuestGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_email", models.CharField(max_length=254)),
                (
                    "emergency",
                    models.BooleanField(default=False, help_text="Taken by staff, not given."),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", tenants.base.UserReference()),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["shop", "-until"], name="guestgrant_newest")],
            },
        ),
        TenantTable("GuestGrant"),
        migrations.CreateModel(
            name="GuestVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("operator_email", models.CharField(max_length=254)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "grant",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="visits", to="tenants.guestgrant"
                    ),
                ),
                ("operator", tenants.base.UserReference()),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "grant", "operator"), name="guestvisit_once_a_grant"
                    )
                ],
            },
        ),
        TenantTable("GuestVisit"),
    ]
