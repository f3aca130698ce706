"""What a shop's own column names mean."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_runs")]

    operations = []
