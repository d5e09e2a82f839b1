"""Give editions to curators, and briefings to those who answer for what is mailed."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ALL = ("add", "change", "delete")
GIVEN = {
    "Curator": {"edition": ALL, "specialreport": ALL, "briefing": ("change",), "correctionmail": ("add",)},
    "Editor": {"edition": ALL, "specialreport": ALL, "correctionmail": ("add",)},
    "Publisher": {"edition": ALL, "specialreport": ALL, "briefing": ALL, "correctionmail": ("add",)},
}
NAMES = {
    "edition": "edition",
    "specialreport": "special report",
    "briefing": "briefing",
    "correctionmail": "correction mail",
}


def give_briefings(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Permission: Any = apps.get_model("auth", "Permission")
    for role, models in GIVEN.items():
        for model, verbs in models.items():
            content_type, _ = ContentType.objects.get_or_create(app_label="briefings", model=model)
            for verb in verbs:
                # Django makes permissions only after all migrations have run.
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"Can {verb} {NAMES[model]}"},
                )
                for group in Group.objects.filter(name=role):
                    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_subscribers"), ("briefings", "0001_initial")]

    operations = [migrations.RunPython(give_briefings, migrations.RunPython.noop, elidable=False)]
