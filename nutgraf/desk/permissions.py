"""What can be done with a story and its folders in the desk, beyond what a role allows."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from wagtail.models import Page, PagePermissionTester


class StoryPermissions(PagePermissionTester):
    """A story has no place to be moved to, and a copy of it would be a second story with the same news."""

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class FolderPermissions(StoryPermissions):
    """A folder is made by itself, and has nothing to edit, publish or take down."""

    def can_edit(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False


def of_story(story: Page, user: AbstractBaseUser) -> StoryPermissions:
    return StoryPermissions(user, story)


def of_folder(folder: Page, user: AbstractBaseUser) -> FolderPermissions:
    return FolderPermissions(user, folder)


def take_down_stories_whole(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Make stories of the pages that many at once are taken down as, so that their facts go too."""
    if action_type == "unpublish" and all(isinstance(one, Page) for one in objects):
        objects[:] = [page.specific for page in objects]
