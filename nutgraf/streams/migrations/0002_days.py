from collections import defaultdict

from django.db import migrations, models
from django.utils import timezone


def count(apps, schema_editor):
    """Count what is public already."""
    stories, latest = defaultdict(int), {}
    entries = apps.get_model("streams", "StreamEntry").objects.filter(stream="all").order_by("published_at")
    for at, changed_at in entries.values_list("published_at", "story__updated_at").iterator():
        day = timezone.localdate(at)
        stories[day] += 1
        latest[day] = max(latest.get(day, at), at, changed_at or at)
    Day = apps.get_model("streams", "Day")
    Day.objects.bulk_create(Day(day=day, stories=stories[day], changed_at=latest[day]) for day in stories)


class Migration(migrations.Migration):
    dependencies = [
        ("streams", "0001_initial"),
        ("stories", "0004_public_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Day",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("stories", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
