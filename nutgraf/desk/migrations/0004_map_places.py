"""Give places on the map to those who look after storylines."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROLES = ["Editor", "Publisher", "Curator"]
VERBS = {
    "add": "Can add place on the map",
    "change": "Can change place on the map",
    "delete": "Can delete place on the map",
}


def give_places(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Permission: Any = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="storylines", model="mapplace")
    for verb, name in VERBS.items():
        # Django makes permissions only after all migrations have run.
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=f"{verb}_mapplace", defaults={"name": name}
        )
        for group in Group.objects.filter(name__in=ROLES):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_storylines"), ("storylines", "0003_map_and_suggestions")]

    operations = [migrations.RunPython(give_places, migrations.RunPython.noop, elidable=False)]
