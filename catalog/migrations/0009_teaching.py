"""A shop's own values, examples and heads."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_reviews")]

    operations = []
