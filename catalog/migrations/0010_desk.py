"""Indexes for the catalogue's pages, and pairs that people said are no duplicates."""

import django.utils.timezone
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantTable

KINDS = [
    ("csv", "CSV"),
    ("zip", "ZIP of photos"),
    ("xml", "XML feed"),
    ("shopify", "Shopify CSV"),
    ("cafe24", "Cafe24 CSV"),
    ("feed", "Feed"),
    ("sitemap", "Sitemap"),
    ("api", "API"),
    ("desk", "Change of several products"),
]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_teaching")]

    operations = [
        migrations.AlterField(
            model_name="importrun",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["shop", "updated_at", "id"], name="product_written"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["shop", "brand", "id"], name="product_of_brand"),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                condition=models.Q(("import_run__isnull", False)),
                fields=["shop", "import_run"],
                name="photo_of_run",
            ),
        ),
        migrations.RemoveIndex(model_name="tag", name="tag_by_value"),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["shop", "kind", "value", "product"], name="tag_by_value"),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                condition=models.Q(("source", "model"), ("unsure", True)),
                fields=["shop", "kind", "product"],
                name="tag_unsure",
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                condition=models.Q(("source", "person")),
                fields=["shop", "kind", "product"],
                name="tag_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="importchange",
            index=models.Index(fields=["shop", "product_id"], name="importchange_of_product"),
        ),
        migrations.CreateModel(
            name="NotAlike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", tenants.base.UserReference()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "first",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="+", to="catalog.product"
                    ),
                ),
                (
                    "second",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="+", to="catalog.product"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["shop", "second"], name="notalike_second")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "first", "second"), name="notalike_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="notalike_in_order",
                    ),
                ],
            },
        ),
        TenantTable("NotAlike"),
    ]
