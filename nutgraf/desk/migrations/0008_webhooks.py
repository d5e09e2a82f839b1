"""Let publishers name the addresses that are told what becomes of stories."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_webhooks(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Permission: Any = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="webhooks", model="webhook")
    for verb in ("add", "change", "delete", "view"):
        # Django makes permissions only after all migrations have run.
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=f"{verb}_webhook", defaults={"name": f"Can {verb} webhook"}
        )
        for group in Group.objects.filter(name="Publisher"):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("desk", "0007_tokens"), ("webhooks", "0001_webhooks")]

    operations = [migrations.RunPython(give_webhooks, migrations.RunPython.noop, elidable=False)]
