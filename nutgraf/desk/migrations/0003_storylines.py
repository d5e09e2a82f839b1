"""Give storylines to those who edit: whoever publishes stories may open, edit and close them, and curators may edit them."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

GIVEN = {
    "Editor": ("add", "change", "delete"),
    "Publisher": ("add", "change", "delete"),
    "Curator": ("change",),
}


def give_storylines(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Permission: Any = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="storylines", model="storyline")
    for role, verbs in GIVEN.items():
        for verb in verbs:
            # Django makes permissions only after all migrations have run.
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{verb}_storyline",
                defaults={"name": f"Can {verb} storyline"},
            )
            for group in Group.objects.filter(name=role):
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_notes"), ("storylines", "0001_initial")]

    operations = [migrations.RunPython(give_storylines, migrations.RunPython.noop, elidable=False)]
