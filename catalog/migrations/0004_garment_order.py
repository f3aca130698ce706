"""What an exact search reads stands first in a garment's row, and what it does not lies apart."""

from django.db import migrations, models

from tenants.migrations_ops import TenantTableOrdered


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_finding")]

    operations = [
        migrations.RemoveIndex(model_name="garment", name="garment_exact"),
        migrations.AddIndex(
            model_name="garment",
            index=models.Index(
                fields=[
                    "shop",
                    "revision",
                    "is_product",
                    "category",
                    "color_family",
                    "pattern",
                    "gender",
                ],
                name="garment_exact",
            ),
        ),
        TenantTableOrdered(
            "Garment",
            partitions=64,
            order=(
                "id",
                "shop",
                "product",
                "photo",
                "area",
                "is_product",
                "in_stock",
                "revision",
                "category",
                "pattern",
                "style",
                "color_family",
                "gender",
                "selling_price",
                "fold",
                "variant_group",
                "shades",
                "embedding",
                "region",
                "box",
                "palette",
                "tags",
            ),
            inline=("embedding",),
            apart=("palette", "tags"),
        ),
    ]
