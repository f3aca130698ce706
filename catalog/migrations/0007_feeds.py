"""Addresses that products are fetched from on a schedule."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_mappings")]

    operations = []
