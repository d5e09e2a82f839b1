from django.db import migrations


def tell(apps, schema_editor):
    """Say of stories whose coverage was open before there was a column for it that they are told as live."""
    runs = apps.get_model("live", "LiveRun").objects.filter(ended_at=None)
    stories = apps.get_model("stories", "Story").objects
    stories.filter(pk__in=runs.values("story")).update(is_told_live=True)


class Migration(migrations.Migration):
    dependencies = [
        ("live", "0002_corrections_one_after_the_other"),
        ("stories", "0005_told_live"),
    ]

    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
