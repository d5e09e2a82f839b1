"""The memory of archives."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
        ("media", "0001_initial"),
        ("newsroom", "0001_initial"),
        ("stories", "0005_told_live"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchiveItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("site", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("STORY", "story"),
                            ("AUTHOR", "author"),
                            ("SECTION", "section"),
                            ("PICTURE", "picture"),
                            ("REDIRECT", "redirect"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=500)),
                ("name", models.CharField(blank=True, max_length=255)),
                ("address", models.CharField(blank=True, db_index=True, max_length=500)),
                ("digest", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("MADE", "made"),
                            ("MATCHED", "there already"),
                            ("REVISED", "made anew"),
                            ("SKIPPED", "left out"),
                        ],
                        max_length=7,
                    ),
                ),
                ("remarks", models.JSONField(default=list)),
                ("original", models.TextField()),
                ("revision_id", models.BigIntegerField(blank=True, null=True)),
                ("pictures_lacking", models.PositiveIntegerField(default=0)),
                ("imported_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="newsroom.author",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.picture",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="newsroom.section",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="archive_items",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "site", "kind", "key"), name="imports_one_row_an_item")
                ],
            },
        ),
    ]
