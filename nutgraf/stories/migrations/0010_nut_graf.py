from django.db import migrations, models


def mark(apps, schema_editor):
    """Keep with each point what was asked of its label."""
    apps.get_model("stories", "Point").objects.filter(label__job="WHY").update(is_nut_graf=True)


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0009_log_of_stories"),
    ]

    operations = [
        migrations.AddField(
            model_name="point",
            name="is_nut_graf",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
