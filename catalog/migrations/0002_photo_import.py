from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantForeignKeyAdded


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="import_run",
            field=tenants.base.TenantForeignKey(
                db_index=False,
                editable=False,
                null=True,
                related_name="+",
                to="catalog.importrun",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="import_row",
            field=models.PositiveIntegerField(
                editable=False,
                help_text="Row of that file: a failure is told in its report.",
                null=True,
            ),
        ),
        TenantForeignKeyAdded("Photo", "import_run"),
    ]
