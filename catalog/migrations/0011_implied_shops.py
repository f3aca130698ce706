"""Rows that point to a product or a run have its shop: it is not checked a second time."""

from django.db import migrations

import tenants.base

MODELS = ("photo", "tag", "productfacet", "posting", "importproblem", "importchange")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_desk")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="shop",
            field=tenants.base.ShopField(db_constraint=False),
        )
        for name in MODELS
    ]
