from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("storylines", "0005_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="override",
            name="name",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
