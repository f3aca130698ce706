"""What people said of the model's tags, what they made the rule, and what waits for them."""

import random
from typing import Any

import django.contrib.postgres.fields
import django.db.models.functions.math
import django.utils.timezone
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantTable

# The formula of docs/desk.md; nothing was counted as seen yet.
FILL = """
    UPDATE catalog_tag AS tag
    SET review = 1 - coalesce(probability, (top->0->>1)::float8, 0)
        + coalesce((CASE WHEN top->0->>0 = value THEN top->1->>1 ELSE top->0->>1 END)::float8, 0)
        + unsure::int
    WHERE source = 'model' AND NOT EXISTS (
        SELECT 1 FROM catalog_tag AS other
        WHERE other.shop_id = tag.shop_id AND other.product_id = tag.product_id
          AND other.kind = tag.kind AND other.source <> 'model'
    )
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """Shop by shop: what the model said and nobody else waits for a person."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenants_shop ORDER BY id")
        for (shop_id,) in cursor.fetchall():
            cursor.execute(f"SET LOCAL lookus.shop_id = '{shop_id}'")
            cursor.execute(FILL)
        cursor.execute("SET LOCAL lookus.shop_id = ''")


ID: Any = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_feeds")]

    operations = [
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                ("id", ID),
                (
                    "product",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="decisions", to="catalog.product"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(help_text="What the person said.", max_length=60)),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        help_text="What a person had said before; empty: nobody had.",
                        max_length=60,
                    ),
                ),
                ("model_value", models.CharField(blank=True, max_length=60)),
                (
                    "score",
                    models.FloatField(
                        help_text="The model's probability; of a colour its share.", null=True
                    ),
                ),
                ("revision", models.CharField(blank=True, max_length=20)),
                ("sampled", models.BooleanField(default=False)),
                (
                    "sheet",
                    models.UUIDField(help_text="Shared by those of one contact sheet.", null=True),
                ),
                ("by", tenants.base.UserReference()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["shop", "-at"], name="reviewdecision_newest"),
                    models.Index(
                        fields=["shop", "kind", "product"],
                        condition=models.Q(("sampled", True), ("undone_at__isnull", True)),
                        name="reviewdecision_sample",
                    ),
                    models.Index(
                        fields=["shop", "sheet"],
                        condition=models.Q(("sheet__isnull", False)),
                        name="reviewdecision_sheet",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "product", "kind"),
                        condition=models.Q(("undone_at__isnull", True)),
                        name="reviewdecision_one_holds",
                    )
                ],
            },
        ),
        TenantTable("ReviewDecision"),
        migrations.CreateModel(
            name="ReviewThreshold",
            fields=[
                ("id", ID),
                ("kind", models.CharField(max_length=20)),
                ("precision", models.FloatField(help_text="Wanted share of right tags, 0..1.")),
                ("threshold", models.FloatField(null=True)),
                ("by", tenants.base.UserReference()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "kind"), name="reviewthreshold_once"),
                    models.CheckConstraint(
                        condition=models.Q(("precision__gt", 0), ("precision__lt", 1)),
                        name="reviewthreshold_precision_is_a_share",
                    ),
                ],
            },
        ),
        TenantTable("ReviewThreshold"),
        migrations.CreateModel(
            name="ProductSeen",
            fields=[
                ("id", ID),
                (
                    "product",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="+", to="catalog.product"
                    ),
                ),
                ("seen", models.PositiveBigIntegerField(default=0)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "product"), name="productseen_once")
                ],
            },
        ),
        TenantTable("ProductSeen"),
        migrations.CreateModel(
            name="PhotoChoice",
            fields=[
                ("id", ID),
                (
                    "photo",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="choices", to="catalog.photo"
                    ),
                ),
                (
                    "box",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="x0, y0, x1, y1 in pixels.",
                        size=4,
                    ),
                ),
                ("region", models.CharField(max_length=12)),
                ("digest", models.CharField(max_length=64)),
                ("by", tenants.base.UserReference()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "photo"), name="photochoice_once_a_photo"
                    )
                ],
            },
        ),
        TenantTable("PhotoChoice"),
        migrations.CreateModel(
            name="BrandRule",
            fields=[
                ("id", ID),
                ("brand", models.CharField(max_length=120)),
                ("category", models.CharField(blank=True, max_length=20)),
                ("region", models.CharField(max_length=12)),
                (
                    "products",
                    models.PositiveIntegerField(
                        default=0, help_text="That it changed when it was made."
                    ),
                ),
                ("by", tenants.base.UserReference()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "brand", "category"),
                        condition=models.Q(("undone_at__isnull", True)),
                        name="brandrule_one_holds",
                    )
                ],
            },
        ),
        TenantTable("BrandRule"),
        migrations.CreateModel(
            name="RetagPreview",
            fields=[
                ("id", ID),
                ("live", models.CharField(max_length=20)),
                ("coming", models.CharField(max_length=20)),
                ("products", models.PositiveIntegerField(help_text="That were compared.")),
                (
                    "total",
                    models.PositiveIntegerField(help_text="That both bundles have seen, or more."),
                ),
                ("kinds", models.JSONField(default=dict)),
                ("examples", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "coming", "live"), name="retagpreview_once"
                    )
                ],
            },
        ),
        TenantTable("RetagPreview"),
        migrations.AddField(
            model_name="searchindex",
            name="ready_at",
            field=models.DateTimeField(
                help_text="When the new bundle had seen everything, and found no less.", null=True
            ),
        ),
        migrations.AddField(
            model_name="searchindex",
            name="chosen_revision",
            field=models.CharField(
                blank=True,
                help_text="A person said that this new one shall go live.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="searchindex",
            name="declined_revision",
            field=models.CharField(
                blank=True, help_text="A person went back from this one.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="searchindex",
            name="former_revision",
            field=models.CharField(
                blank=True,
                help_text="Live before; kept so that a person can go back.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="searchindex",
            name="switched_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="tag",
            name="review",
            field=models.FloatField(
                editable=False,
                help_text="Waits for a person, the highest first; null: it does not wait.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="lot",
            field=models.FloatField(
                db_default=django.db.models.functions.math.Random(),
                default=random.random,
                editable=False,
                help_text="Its place in the shop's random sample, 0..1; never changes.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                fields=["shop", "kind", "-review", "id"],
                condition=models.Q(("review__isnull", False)),
                name="tag_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                fields=["shop", "kind", "value", "-review", "id"],
                condition=models.Q(("review__isnull", False)),
                name="tag_waits_by_value",
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                fields=["shop", "kind", "lot"],
                condition=models.Q(("source", "model")),
                name="tag_lots",
            ),
        ),
    ]
