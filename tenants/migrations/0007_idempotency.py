"""Replies that are kept under an Idempotency-Key."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0006_webhooks")]

    operations = []
