"""Found the four roles of a newsroom as groups, and the one step of approval that a reporter's story takes."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

STAFF = ["wagtailadmin.admin.access_admin"]
LABELS = [f"stories.label.{verb}_label" for verb in ("add", "change", "delete")]
AUTHORS = [f"newsroom.author.{verb}_author" for verb in ("add", "change", "delete")]
FRONTS = ["streams.front.change_front"]
REDIRECTS = [f"wagtailredirects.redirect.{verb}_redirect" for verb in ("add", "change", "delete")]
HOUSE = [
    *(f"newsroom.section.{verb}_section" for verb in ("add", "change", "delete")),
    *(f"newsroom.newsroom.{verb}_newsroom" for verb in ("add", "change")),
    *(f"stories.housestyle.{verb}_housestyle" for verb in ("add", "change")),
    *(f"auth.user.{verb}_user" for verb in ("add", "change", "delete")),
    *(f"wagtailcore.workflow.{verb}_workflow" for verb in ("add", "change", "delete")),
    *(f"wagtailcore.task.{verb}_task" for verb in ("add", "change", "delete")),
    *(f"wagtailcore.groupapprovaltask.{verb}_groupapprovaltask" for verb in ("add", "change", "delete")),
]
EDITING = [*STAFF, *LABELS, *AUTHORS, *FRONTS, *REDIRECTS]

# Whoever may only add pages or pictures may also change their own, and no others.
PERMISSIONS = {
    "Reporter": STAFF,
    "Editor": EDITING,
    "Curator": [*STAFF, *FRONTS],
    "Publisher": [*EDITING, *HOUSE],
}
PAGES = {
    "Reporter": ["add"],
    "Editor": ["add", "change", "publish", "lock", "unlock"],
    "Curator": ["add"],
    "Publisher": ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
}
PICTURES = [f"wagtailimages.image.{verb}_image" for verb in ("add", "change", "choose")]
OWN_PICTURES = [f"wagtailimages.image.{verb}_image" for verb in ("add", "choose")]
COLLECTIONS = {
    "Reporter": OWN_PICTURES,
    "Editor": PICTURES,
    "Curator": OWN_PICTURES,
    "Publisher": [
        *PICTURES,
        *(f"wagtailcore.collection.{verb}_collection" for verb in ("add", "change", "delete")),
    ],
}
APPROVERS = ["Editor", "Publisher"]


def found_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group: Any = apps.get_model("auth", "Group")
    Page: Any = apps.get_model("wagtailcore", "Page")
    Collection: Any = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission: Any = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission: Any = apps.get_model("wagtailcore", "GroupCollectionPermission")

    root_page, root_collection = Page.objects.get(depth=1), Collection.objects.get(depth=1)
    for role, permissions in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*(_permission(apps, path) for path in permissions))
        for verb in PAGES[role]:
            permission = _permission(apps, f"wagtailcore.page.{verb}_page")
            GroupPagePermission.objects.get_or_create(group=group, page=root_page, permission=permission)
        for path in COLLECTIONS[role]:
            permission = _permission(apps, path)
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root_collection, permission=permission
            )


def found_approval(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Group: Any = apps.get_model("auth", "Group")
    Page: Any = apps.get_model("wagtailcore", "Page")
    Workflow: Any = apps.get_model("wagtailcore", "Workflow")
    GroupApprovalTask: Any = apps.get_model("wagtailcore", "GroupApprovalTask")

    task_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    task = GroupApprovalTask.objects.create(name="Approval by an editor", active=True, content_type=task_type)
    task.groups.set(Group.objects.filter(name__in=APPROVERS))
    workflow = Workflow.objects.create(name="Editor’s approval", active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    # On the root, so that every story has it from the first day.
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
        page=Page.objects.get(depth=1), defaults={"workflow": workflow}
    )


def dismiss_wagtails_own(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").delete()
    apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"]).delete()


def _permission(apps: StateApps, path: str) -> Any:
    # Django makes permissions only after all migrations have run, so we may have to be first.
    app_label, model, codename = path.split(".")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    verb = codename.removesuffix(f"_{model}").replace("_", " ")
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {verb} {model}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("media", "0001_initial"),
        ("newsroom", "0001_initial"),
        ("stories", "0001_initial"),
        ("streams", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(dismiss_wagtails_own, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(found_roles, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(found_approval, migrations.RunPython.noop, elidable=False),
    ]
