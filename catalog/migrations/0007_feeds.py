"""Addresses that products are fetched from on a schedule."""

import django.core.validators
import django.utils.timezone
from django.db import migrations, models

import tenants.base
from tenants.migrations_ops import TenantForeignKeyAdded, TenantTable

HOURS = [
    django.core.validators.MinValueValidator(1),
    django.core.validators.MaxValueValidator(168),
]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_mappings")]

    operations = [
        migrations.CreateModel(
            name="HostPace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=260, unique=True)),
                ("free_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("file", "A feed file"), ("site", "The pages of a site")],
                        default="file",
                        max_length=4,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                ("url", models.URLField(max_length=2000)),
                ("every_hours", models.PositiveSmallIntegerField(default=24, validators=HOURS)),
                (
                    "at_hour",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Daily at this hour.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(23)],
                    ),
                ),
                (
                    "complete",
                    models.BooleanField(
                        default=False,
                        help_text="It names the whole catalogue: what is not in it is gone.",
                    ),
                ),
                ("enabled", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for its time"),
                            ("working", "Being fetched"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=7,
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("etag", models.CharField(blank=True, editable=False, max_length=200)),
                ("modified", models.CharField(blank=True, editable=False, max_length=60)),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="SHA-256 of the last file taken in.",
                        max_length=64,
                    ),
                ),
                (
                    "failures",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, help_text="In a row, to this day."
                    ),
                ),
                ("last_at", models.DateTimeField(editable=False, null=True)),
                ("last_code", models.CharField(blank=True, editable=False, max_length=40)),
                ("last_detail", models.CharField(blank=True, editable=False, max_length=500)),
                ("crawl", models.PositiveIntegerField(default=0, editable=False)),
                ("crawl_began_at", models.DateTimeField(editable=False, null=True)),
                (
                    "robots",
                    models.TextField(
                        blank=True, editable=False, help_text="The site's robots.txt."
                    ),
                ),
                ("by", tenants.base.UserReference()),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
            options={"abstract": False, "base_manager_name": "objects", "ordering": ["id"]},
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_hours__range", (1, 168))), name="feed_hours"
            ),
        ),
        TenantTable("Feed"),
        migrations.CreateModel(
            name="FeedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shop", tenants.base.ShopField()),
                (
                    "feed",
                    tenants.base.TenantForeignKey(
                        db_index=False, related_name="pages", to="catalog.feed"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("map", "Sitemap"), ("page", "Page")], max_length=4),
                ),
                ("url", models.CharField(max_length=2000)),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of the address.", max_length=64),
                ),
                ("lastmod", models.CharField(blank=True, max_length=40)),
                ("etag", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "To be read"), ("done", "Read"), ("failed", "Failed")],
                        default="pending",
                        max_length=7,
                    ),
                ),
                (
                    "crawl",
                    models.PositiveIntegerField(help_text="The last crawl that named it."),
                ),
                (
                    "records",
                    models.JSONField(
                        default=list, help_text="Products, as `PagesSource` reads them."
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="In this crawl, in vain."
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        migrations.AddConstraint(
            model_name="feedpage",
            constraint=models.UniqueConstraint(
                fields=("shop", "feed", "digest"), name="feedpage_once_a_feed"
            ),
        ),
        migrations.AddIndex(
            model_name="feedpage",
            index=models.Index(fields=["shop", "feed", "state", "id"], name="feedpage_next"),
        ),
        TenantTable("FeedPage"),
        migrations.AddField(
            model_name="heldfile",
            name="feed",
            field=tenants.base.TenantForeignKey(
                db_index=False,
                help_text="Whose first file it is.",
                null=True,
                related_name="+",
                to="catalog.feed",
            ),
        ),
        TenantForeignKeyAdded("HeldFile", "feed"),
        migrations.AddField(
            model_name="importrun",
            name="feed",
            field=tenants.base.TenantForeignKey(
                db_index=False,
                editable=False,
                null=True,
                related_name="runs",
                to="catalog.feed",
            ),
        ),
        TenantForeignKeyAdded("ImportRun", "feed"),
    ]
