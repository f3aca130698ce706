"""Indexes for the catalogue's pages."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_teaching")]

    operations = []
