"""What a chunk of an import made stands in one row, and no longer in three rows a product."""

import django.contrib.postgres.fields
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantTable


class Migration(migrations.Migration):
    dependencies = [("catalog", "0012_counts")]

    operations = [
        migrations.CreateModel(
            name="ImportChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "product_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "skus",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "photo_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "photos_taken",
                    models.IntegerField(default=0, help_text="So many were given to a worker."),
                ),
                (
                    "words_taken",
                    models.IntegerField(default=0, help_text="Of the products, likewise."),
                ),
                (
                    "opened",
                    models.IntegerField(
                        default=0,
                        help_text="So many of the last products have changes of their own:"
                        " an undo's.",
                    ),
                ),
                (
                    "run",
                    tenants.base.TenantForeignKey(
                        related_name="chunks", to="catalog.importrun", db_index=False
                    ),
                ),
                ("shop", tenants.base.ShopField(db_constraint=False)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["shop", "run", "id"], name="importchunk_of_run"),
                    models.Index(fields=["shop", "at"], name="importchunk_at"),
                ],
            },
        ),
        TenantTable("ImportChunk"),
        # Compressing them takes longer than writing them, and they stay for some weeks only.
        *(
            migrations.RunSQL(
                f"ALTER TABLE catalog_importchunk ALTER COLUMN {name} SET STORAGE EXTERNAL",
                migrations.RunSQL.noop,
            )
            for name in ("product_ids", "skus", "photo_ids")
        ),
    ]
