"""The memory of what came in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("stories", "0003_bullets_without_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=500)),
                ("digest", models.CharField(max_length=64)),
                ("imported_at", models.DateTimeField()),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="stories.story"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "name"], name="imports_by_name")],
                "constraints": [models.UniqueConstraint(fields=("source", "digest"), name="imports_once")],
            },
        ),
    ]
