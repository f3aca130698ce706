"""Webhooks: endpoints, messages and their deliveries."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_leaving")]

    operations = []
