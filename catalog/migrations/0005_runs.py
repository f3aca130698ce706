"""What a run changed, so that it can be shown before and undone."""

import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantTable


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_garment_order")]

    operations = [
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
                (
                    "run",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="changes", to="catalog.importrun"
                    ),
                ),
                (
                    "product_id",
                    models.BigIntegerField(help_text="None: new in a dry run.", null=True),
                ),
                ("sku", models.CharField(max_length=100)),
                (
                    "action",
                    models.CharField(
                        choices=[("created", "New"), ("updated", "Changed"), ("removed", "Gone")],
                        max_length=7,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Still to be taken out"),
                            ("undone", "Taken back"),
                            ("left", "Left as it is"),
                        ],
                        max_length=7,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        migrations.AddIndex(
            model_name="importchange",
            index=models.Index(fields=["shop", "run", "action", "id"], name="importchange_of_run"),
        ),
        TenantTable("ImportChange"),
        migrations.AlterModelOptions(name="product", options={"base_manager_name": "every"}),
        migrations.AlterModelManagers(
            name="product",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("every", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="importrun",
            name="dry",
            field=models.BooleanField(default=False, help_text="Only looks: writes nothing of it."),
        ),
        migrations.AddField(
            model_name="importrun",
            name="complete",
            field=models.BooleanField(
                default=False,
                help_text="The file is the whole catalogue: what is not in it is gone.",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="look_again",
            field=models.BooleanField(
                default=False,
                help_text="Ask the addresses of known photos too whether they changed.",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="gone",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importrun",
            name="mapping",
            field=models.JSONField(
                blank=True, default=dict, help_text="Our column by the file's; empty: guessed."
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="summary",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Changed fields with their counts, the undo's result …",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="total",
            field=models.PositiveIntegerField(
                help_text="About how many rows, if known.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="kind",
            field=models.CharField(
                choices=[
                    ("csv", "CSV"),
                    ("zip", "ZIP of photos"),
                    ("xml", "XML feed"),
                    ("shopify", "Shopify CSV"),
                    ("cafe24", "Cafe24 CSV"),
                    ("feed", "Feed"),
                    ("sitemap", "Sitemap"),
                    ("api", "API"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Waiting"),
                    ("working", "Running"),
                    ("done", "Finished"),
                    ("failed", "Failed"),
                    ("asking", "Waiting for an answer"),
                    ("undoing", "Being undone"),
                    ("undone", "Undone"),
                ],
                default="pending",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="etag",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Of the address's last answer.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="modified",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Last-Modified of that answer.",
                max_length=60,
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="gone_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="product",
            name="row_digest",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Of the row that an import last read; the same row again changes"
                " nothing.",
                max_length=32,
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("gone_at__isnull", False)),
                fields=["shop", "gone_at"],
                name="product_gone",
            ),
        ),
    ]
