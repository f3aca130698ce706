"""What a shop's own column names mean."""

import django.utils.timezone
from django.db import migrations, models

import catalog.models.mappings
import tenants.base
from tenants.migrations_ops import TenantTable


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_runs")]

    operations = [
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                ("kind", models.CharField(max_length=10)),
                ("names", models.JSONField(default=list)),
                ("columns", models.JSONField(default=dict)),
                ("sample", models.JSONField(default=list)),
                ("filename", models.CharField(max_length=200)),
                (
                    "used",
                    models.PositiveIntegerField(
                        default=0, help_text="Files that it was taken for."
                    ),
                ),
                ("used_at", models.DateTimeField(null=True)),
                ("by", tenants.base.UserReference()),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(
                fields=("shop", "fingerprint"), name="columnmapping_once_a_header"
            ),
        ),
        TenantTable("ColumnMapping"),
        migrations.CreateModel(
            name="HeldFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
                ("kind", models.CharField(max_length=10)),
                (
                    "file",
                    models.FileField(max_length=200, upload_to=catalog.models.mappings.held_path),
                ),
                ("filename", models.CharField(max_length=200)),
                ("dry", models.BooleanField(default=False)),
                ("complete", models.BooleanField(default=False)),
                ("by", tenants.base.UserReference()),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        migrations.AddIndex(
            model_name="heldfile",
            index=models.Index(fields=["shop", "created_at"], name="heldfile_oldest"),
        ),
        TenantTable("HeldFile"),
    ]
