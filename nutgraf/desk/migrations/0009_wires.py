"""Let publishers say which wires are listened to."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_wires(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Permission: Any = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="imports", model="wire")
    for verb in ("add", "change", "delete", "view"):
        # Django makes permissions only after all migrations have run.
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=f"{verb}_wire", defaults={"name": f"Can {verb} wire"}
        )
        for group in Group.objects.filter(name="Publisher"):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("desk", "0008_webhooks"), ("imports", "0003_wires")]

    operations = [migrations.RunPython(give_wires, migrations.RunPython.noop, elidable=False)]
