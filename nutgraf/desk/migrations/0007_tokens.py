"""Let editors make tokens for programs of their own, and publishers for everybody."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROLES = ("Editor", "Publisher")


def give_tokens(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Permission: Any = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="apitoken")
    for verb in ("add", "change", "delete", "view"):
        # Django makes permissions only after all migrations have run.
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=f"{verb}_apitoken", defaults={"name": f"Can {verb} API token"}
        )
        for group in Group.objects.filter(name__in=ROLES):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_briefings"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(give_tokens, migrations.RunPython.noop, elidable=False)]
