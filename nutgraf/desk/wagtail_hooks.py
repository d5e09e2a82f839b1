"""Where Wagtail asks what the desk adds to it, changes and leaves out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from nutgraf.desk import (
    address_files,
    changes,
    content_checks,
    copy_pane,
    editions,
    filing,
    home,
    live,
    mail,
    mailbox,
    menu,
    notes,
    permissions,
    storyline_entries,
    storyline_upkeep,
    subscribers,
    tokens,
    users,
    webhooks,
    wire,
    wires,
)
from nutgraf.desk.briefings import BriefingViewSet, SpecialReportViewSet
from nutgraf.desk.fronts import FrontViewSet, StoryChooserViewSet
from nutgraf.desk.house_style import HouseStyleViewSet
from nutgraf.desk.newsroom import (
    AuthorViewSet,
    LabelViewSet,
    NewsroomViewSet,
    SectionViewSet,
)
from nutgraf.desk.stories import StoryListingViewSet, StoryViewSet, put_the_aim_first
from nutgraf.desk.storylines import StorylineViewSet

for name, function in [
    ("register_admin_menu_item", menu.NewStoryMenuItem),
    ("register_admin_menu_item", live.LiveMenuItem),
    ("register_admin_menu_item", wire.WireMenuItem),
    ("register_admin_menu_item", mail.MailMenuItem),
    ("register_page_header_buttons", live.live_button),
    ("register_admin_menu_item", mailbox.MailboxMenuItem),
    ("construct_main_menu", menu.tidy_menu),
    ("construct_settings_menu", menu.tidy_settings),
    ("construct_reports_menu", menu.tidy_reports),
    ("construct_page_action_menu", put_the_aim_first),
    ("construct_wagtail_userbar", content_checks.look_only_at_what_is_written),
    ("register_page_header_buttons", changes.buttons),
    ("before_edit_user", users.protect_administrators),
    ("before_delete_user", users.protect_administrators),
    ("before_bulk_action", users.protect_administrators_from_bulk),
    ("before_bulk_action", permissions.take_down_stories_whole),
]:
    hooks.register(name, function)


register_snippet(editions.EditionViewSet)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [
        StoryViewSet(),
        StoryListingViewSet(),
        StoryChooserViewSet("story_chooser"),
        FrontViewSet(),
        StorylineViewSet(),
        BriefingViewSet(),
        SpecialReportViewSet(),
        storyline_upkeep.MapPlaceViewSet(),
        subscribers.SubscriberViewSet(),
        LabelViewSet(),
        AuthorViewSet(),
        SectionViewSet(),
        NewsroomViewSet(),
        HouseStyleViewSet(),
        # By Wagtail's name for it, which its own templates ask for.
        tokens.TokenViewSet("wagtailusers_api_tokens"),
        webhooks.WebhookViewSet(),
        wire.InboxViewSet(),
        wires.WireViewSet(),
    ]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("new-story/", filing.new_story, name="new_story"),
        *copy_pane.URLS,
        *changes.URLS,
        *live.URLS,
        *mail.URLS,
        *storyline_entries.URLS,
        *storyline_upkeep.URLS,
        *address_files.URLS,
        *subscribers.URLS,
        *editions.URLS,
        *mailbox.URLS,
        *webhooks.URLS,
        *wire.URLS,
        *wires.URLS,
        path("notes/", notes.check, name="notes"),
        path("notes/<int:pk>/", notes.check, name="notes_of_story"),
        path("notes/<int:pk>/waive/", notes.waive, name="waive_note"),
        path("notes/<int:pk>/take-back/", notes.take_back, name="take_back_waiver"),
    ]


@hooks.register("insert_global_admin_css")
def global_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("construct_homepage_panels")
def only_our_home(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [home.DeskPanel()]


@hooks.register("construct_homepage_summary_items")
def no_counts(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("construct_admin_api")
def only_read_by_api(router: Any) -> None:
    """Close the API's own ways of publishing, which do not come by Story.publish; the desk uses none of them."""

    class ReadingPages(PagesAdminAPIViewSet):
        actions: dict[str, Any] = {}

    router.register_endpoint("pages", ReadingPages)
