"""The desk's menu: what a newsroom uses, in its own words, and nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from nutgraf.desk.filing import may_file

# Wagtail's parts that no newsroom asks for in the course of a day.
UNUSED = frozenset({"help", "documents", "snippets"})
UNUSED_SETTINGS = frozenset({"sites", "locales", "groups"})
UNUSED_REPORTS = frozenset({"page-types-usage", "aging-pages", "workflow-tasks"})

# What is looked after now and then for the sake of editions, which are made each day.
OF_MAIL = ("briefings", "special-reports", "subscribers", "mail", "mailbox")


class NewStoryMenuItem(MenuItem):
    """The way to an empty story from anywhere, by a press of "n"."""

    def __init__(self) -> None:
        super().__init__(
            _("New story"),
            reverse("new_story"),
            name="new-story",
            icon_name="edit",
            order=10,
            attrs={"data-controller": "w-kbd", "data-w-kbd-key-value": "n", "aria-keyshortcuts": "n"},
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_file(request.user)


def tidy_menu(request: HttpRequest, items: list[Any]) -> None:
    """Leave out what is not used; the folders behind the stories are for those who look after the house."""
    hidden = UNUSED if _keeps_house(request) else UNUSED | {"explorer"}
    items[:] = [item for item in items if item.name not in hidden]
    for item in items:
        if item.name == "images":
            item.label, item.order = _("Pictures"), 30
        if item.name == "explorer":
            item.label, item.order = _("Folders"), 8000
    gathered = [item for name in OF_MAIL for item in items if item.name == name]
    for item in gathered:
        items.remove(item)
        item.order = OF_MAIL.index(item.name)
    if gathered:
        items.append(
            SubmenuMenuItem(_("Briefings"), Menu(items=gathered), name="of-mail", icon_name="folder-inverse", order=27)
        )


def tidy_settings(request: HttpRequest, items: list[Any]) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in UNUSED_SETTINGS]


def tidy_reports(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in UNUSED_REPORTS]


def _keeps_house(request: HttpRequest) -> bool:
    return request.user.has_perm("newsroom.change_newsroom")
