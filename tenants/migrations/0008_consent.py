from django.core.validators import MaxValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0007_idempotency"),
    ]

    operations = [
        migrations.AddField(
            model_name="shop",
            name="photo_days",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Days that a shopper's photo is kept with the shopper's consent; "
                "0: never.",
                validators=[MaxValueValidator(365)],
            ),
        ),
    ]
