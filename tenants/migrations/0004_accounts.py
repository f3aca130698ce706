"""Invitations, and how far a new shop's owner has come."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_shop_discovery")]

    operations = []
