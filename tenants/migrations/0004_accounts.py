"""Invitations, and how far a new shop's owner has come."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import tenants.base


def known_addresses(apps, schema_editor):
    """Whoever had an account before addresses were verified keeps it without being asked."""
    alias = schema_editor.connection.alias
    user_model = apps.get_model("tenants", "User")
    address = apps.get_model("account", "EmailAddress")
    people = user_model.objects.using(alias).exclude(email="").values_list("pk", "email")
    address.objects.using(alias).bulk_create(
        address(user_id=pk, email=email.lower(), verified=True, primary=True)
        for pk, email in people.iterator()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0003_shop_discovery"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.AddField(
            model_name="shop",
            name="snippet_seen_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="shop",
            name="start_closed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("role", models.CharField(max_length=6)),
                ("language", models.CharField(max_length=2)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("by_email", models.CharField(max_length=254)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "sent_at",
                    models.DateTimeField(help_text="When its last mail went out.", null=True),
                ),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("by", tenants.base.UserReference()),
                (
                    "mall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="tenants.mall",
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenants.shop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                        fields=("mall", "email"),
                        name="invitation_one_open_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["owner", "editor", "viewer"])),
                        name="invitation_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at", None), ("withdrawn_at", None), _connector="OR"
                        ),
                        name="invitation_ends_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(known_addresses, migrations.RunPython.noop),
    ]
