"""A shop's own words, values, examples and heads."""

import django.utils.timezone
import pgvector.django.halfvec
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantTable


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_reviews")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="head",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Version of the shop's own head that said it, if one did.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="ShopTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=40)),
                ("en", models.CharField(blank=True, max_length=60)),
                ("ko", models.CharField(blank=True, max_length=60)),
                (
                    "synonyms",
                    models.JSONField(default=dict, help_text='As {"en": […], "ko": […]}.'),
                ),
                ("hidden", models.BooleanField(default=False)),
                ("merged_into", models.CharField(blank=True, max_length=40)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        TenantTable("ShopTerm"),
        migrations.CreateModel(
            name="OwnClass",
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
                            ("learning", "Being learned"),
                            ("ready", "Ready"),
                            ("few", "Too few examples"),
                        ],
                        default="learning",
                        max_length=8,
                    ),
                ),
                ("revision", models.CharField(blank=True, max_length=20)),
                ("weights", models.BinaryField(null=True)),
                ("figures", models.JSONField(default=dict)),
                ("threshold", models.FloatField(null=True)),
                ("learned_at", models.DateTimeField(null=True)),
                ("shop", tenants.base.ShopField()),
                (
                    "term",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="classes", to="catalog.shopterm"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        TenantTable("OwnClass"),
        migrations.CreateModel(
            name="TermEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=40)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone", models.BooleanField(default=False)),
                ("by", tenants.base.UserReference()),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        TenantTable("TermEdit"),
        migrations.CreateModel(
            name="OwnExample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("positive", models.BooleanField(default=True)),
                (
                    "asked",
                    models.BooleanField(
                        default=False,
                        help_text="Chosen by its probability: it says nothing of how many there"
                        " are.",
                    ),
                ),
                (
                    "photo",
                    models.CharField(blank=True, help_text="Name in the storage.", max_length=200),
                ),
                ("embedding", pgvector.django.halfvec.HalfVectorField(dimensions=256, null=True)),
                ("revision", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", tenants.base.UserReference()),
                (
                    "own",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="examples", to="catalog.ownclass"
                    ),
                ),
                (
                    "product",
                    tenants.base.TenantForeignKey(
                        db_index=False, null=True, related_name="+", to="catalog.product"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("product__isnull", False)),
                        fields=("shop", "own", "product"),
                        name="ownexample_product_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("photo", ""), _negated=True),
                        fields=("shop", "own", "photo"),
                        name="ownexample_photo_once",
                    ),
                ],
            },
        ),
        TenantTable("OwnExample"),
        migrations.CreateModel(
            name="OwnScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("probability", models.FloatField()),
                (
                    "own",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="scores", to="catalog.ownclass"
                    ),
                ),
                (
                    "product",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="own_scores", to="catalog.product"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["shop", "product"], name="ownscore_product")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "own", "product"), name="ownscore_once")
                ],
            },
        ),
        TenantTable("OwnScore"),
        migrations.CreateModel(
            name="ShopHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField()),
                ("revision", models.CharField(max_length=20)),
                ("values", models.JSONField(help_text="In the order of the weights' columns.")),
                ("weights", models.BinaryField()),
                ("rows", models.PositiveIntegerField(help_text="Of the weights.")),
                ("temperature", models.FloatField(default=1.0)),
                (
                    "threshold",
                    models.FloatField(default=0.0, help_text="Below it an answer is unsure."),
                ),
                ("figures", models.JSONField(default=dict)),
                ("better", models.BooleanField(default=False)),
                ("off", models.BooleanField(default=False)),
                ("trained_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "kind", "version"), name="shophead_version"
                    )
                ],
            },
        ),
        TenantTable("ShopHead"),
        migrations.AddConstraint(
            model_name="shopterm",
            constraint=models.UniqueConstraint(
                fields=("shop", "kind", "value"), name="shopterm_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="shopterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("value")), _negated=True),
                name="shopterm_not_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownclass",
            constraint=models.UniqueConstraint(fields=("shop", "term"), name="ownclass_once"),
        ),
        migrations.AddIndex(
            model_name="termedit",
            index=models.Index(fields=["shop", "-at"], name="termedit_newest"),
        ),
    ]
