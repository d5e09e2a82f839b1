"""Keep words apart for misspelt searches, and give PostgreSQL the index that its searches ask for, which Wagtail does not make."""

from django.db import migrations, models

NAME, TABLE = "nutgraf_search_words", "wagtailsearch_indexentry"


def index_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON {TABLE} USING gin ((title || body))")


def take_index_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0005_told_live"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("text", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("initial", models.CharField(max_length=4)),
                ("length", models.PositiveSmallIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["initial", "length"], name="stories_word_by_initial")]},
        ),
        migrations.RunPython(index_words, take_index_away),
    ]
