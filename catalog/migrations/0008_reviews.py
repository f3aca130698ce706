"""What people said of the model's tags."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_feeds")]

    operations = []
