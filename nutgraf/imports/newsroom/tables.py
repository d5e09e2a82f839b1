"""Which tables make up a newsroom, which of them only go along on request, and which stay behind and why."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

# What a newsroom is, by app; each table of these goes unless it is named below.
WHOLE = (
    "auth",
    "briefings",
    "imports",
    "live",
    "media",
    "newsroom",
    "stories",
    "storylines",
    "streams",
    "taggit",
    "wagtailcore",
    "wagtaildocs",
    "wagtailredirects",
    "wagtailusers",
)
# What can be subscribed to is the newsroom's; who subscribed is theirs, and goes on request.
ALWAYS = frozenset({"audience.List"})
SUBSCRIBERS = frozenset(
    f"audience.{name}" for name in ("Subscriber", "Subscription", "Wording", "Consent", "HashKey", "Suppression")
)
# Tables that stay, each with the reason.
LEFT_OUT = {
    "api.Grant": "says what a secret may do",
    "api.KeptAnswer": "is kept for a day, for whoever asks twice",
    "audience.Attempt": "counts attempts of the last hour",
    "audience.AddressFile": "is work under way, on a file of addresses",
    "audience.AddressFile_lists": "is work under way, on a file of addresses",
    "auth.Permission": "is made by the tables themselves, and named where it is given",
    "contenttypes.ContentType": "is made by the tables themselves, and named where it is meant",
    "django_tasks_database.DBTaskResult": "is the queue of this machine",
    "mail.Batch": "is post under way",
    "mail.Delivery": "is post, which goes out from one place only",
    "mail.Message": "is post, which goes out from one place only",
    "mail.SenderDay": "counts the post of this machine",
    "media.PictureRendition": "is made again from the picture",
    "published.Change": "tells this machine's page store what changed",
    "sessions.Session": "is somebody's being signed in here",
    "wagtailadmin.Admin": "has no rows, only permissions",
    "wagtailadmin.EditingSession": "is somebody's being at work here",
    "wagtailadmin.FormState": "is a form of the desk that is open",
    "wagtailcore.APIToken": "is a secret",
    "wagtailcore.ReferenceIndex": "is made again from what refers",
    "wagtailcore.UploadedFile": "is an upload under way",
    "wagtailimages.Image": "is not used: our pictures are media.Picture",
    "wagtailimages.Rendition": "is not used: our pictures are media.Picture",
    "wagtailsearch.IndexEntry": "is made again from what is found",
    "wagtailsearch.SQLiteFTSIndexEntry": "is made again from what is found",
    "webhooks.Call": "is a call under way, from one place only",
    "webhooks.Webhook": "has a secret, and calls from one place only",
}
# Columns that stay, each with what stands there afterwards. A password is never written anywhere.
COLUMNS_LEFT_OUT: dict[str, dict[str, object]] = {"auth.User": {"password": "", "last_login": None}}

# What is there in a newsroom that was just founded; anything else is somebody's work.
FOUNDED = frozenset(
    """
    audience.HashKey auth.Group auth.Group_permissions auth.User auth.User_groups newsroom.Author newsroom.Newsroom
    newsroom.Section stories.Archive stories.ArchiveMonth stories.Label wagtailcore.Collection
    wagtailcore.GroupApprovalTask wagtailcore.GroupApprovalTask_groups wagtailcore.GroupCollectionPermission
    wagtailcore.GroupPagePermission wagtailcore.Locale wagtailcore.Page wagtailcore.PageLogEntry wagtailcore.Site
    wagtailcore.Task wagtailcore.Workflow wagtailcore.WorkflowContentType wagtailcore.WorkflowPage
    wagtailcore.WorkflowTask wagtailusers.UserProfile
    """.split()
)

Model = type[models.Model]


def travelling(*, with_subscribers: bool) -> list[Model]:
    """Return the tables that are written, in the order of their names."""
    return sorted(
        (model for model in _all() if _goes(model._meta, with_subscribers=with_subscribers)),
        key=lambda model: model._meta.label,
    )


def emptied(written: list[Model]) -> list[Model]:
    """Return what is cleared before a newsroom is restored: its tables, and those whose rows could name what is gone."""
    found = [*written]
    # A list grows while it is gone through, so this reaches what names those that name them.
    for named in found:
        found += [
            model
            for model in _all()
            if model not in found and any(field.related_model is named for field in columns(model))
        ]
    return found


def undecided() -> list[str]:
    """Name the tables of which nobody has said whether they go."""
    going = {model._meta.label for model in travelling(with_subscribers=True)}
    return sorted({model._meta.label for model in _all()} - going - LEFT_OUT.keys())


def columns(model: Model) -> list[models.Field[object, object]]:
    """Return the columns of a table that are written; those of a table that it extends are written with that one."""
    left_out = COLUMNS_LEFT_OUT.get(model._meta.label, {})
    return [field for field in model._meta.local_concrete_fields if field.name not in left_out]


def _all() -> Iterator[Model]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped:
            yield model


def _goes(meta: models.options.Options[models.Model], *, with_subscribers: bool) -> bool:
    if meta.label in SUBSCRIBERS:
        return with_subscribers
    return meta.label in ALWAYS or (meta.app_label in WHOLE and meta.label not in LEFT_OUT)
