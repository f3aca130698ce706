"""What a run changed, so that it can be shown before and undone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_garment_order")]

    operations = []
