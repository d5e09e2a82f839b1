"""Show subscribers' addresses to publishers, and to nobody else."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROLES = ["Publisher"]
PERMISSIONS = {
    ("subscriber", "view_subscriber"): "Can view subscriber",
    ("subscriber", "change_subscriber"): "Can change subscriber",
    ("subscriber", "delete_subscriber"): "Can delete subscriber",
    ("addressfile", "add_addressfile"): "Can add file of addresses",
}


def give_subscribers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Permission: Any = apps.get_model("auth", "Permission")
    for (model, codename), name in PERMISSIONS.items():
        content_type, _ = ContentType.objects.get_or_create(app_label="audience", model=model)
        # Django makes permissions only after all migrations have run.
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        for group in Group.objects.filter(name__in=ROLES):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_map_places"), ("audience", "0001_audience")]

    operations = [migrations.RunPython(give_subscribers, migrations.RunPython.noop, elidable=False)]
