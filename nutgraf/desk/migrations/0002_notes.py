"""Let editors tune the rules: they change the house style, which so far only publishers did."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_house_style_to_editors(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    Permission: Any = apps.get_model("auth", "Permission")
    wanted = Permission.objects.filter(
        content_type__app_label="stories", codename__in=["add_housestyle", "change_housestyle"]
    )
    for group in Group.objects.filter(name="Editor"):
        group.permissions.add(*wanted)


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_roles"), ("stories", "0002_notes")]

    operations = [migrations.RunPython(give_house_style_to_editors, migrations.RunPython.noop, elidable=False)]
