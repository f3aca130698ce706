"""Indexes that the products of each value are counted along."""

from django.db import migrations, models

COUNTED = ("category", "pattern", "style", "color_family", "gender")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_implied_shops")]

    operations = [
        migrations.AddIndex(
            model_name="garment",
            index=models.Index(
                condition=models.Q(("is_product", True)),
                fields=["shop", "revision", column, "product"],
                name=f"garment_{column}_count",
            ),
        )
        for column in COUNTED
    ]
