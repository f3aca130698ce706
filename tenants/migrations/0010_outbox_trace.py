from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0009_sign"),
    ]

    operations = [
        migrations.AddField(
            model_name="outbox",
            name="trace",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="W3C traceparent of what announced it.",
                max_length=55,
            ),
        ),
    ]
