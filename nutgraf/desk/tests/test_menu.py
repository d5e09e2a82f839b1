"""The menu holds what a newsroom uses, for each role its own part of it."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu, settings_menu

from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


def names(menu, user):
    # Wagtail takes in the parts of the menu when it takes in the addresses.
    request = RequestFactory().get(reverse("wagtailadmin_home"))
    request.user = user
    return [item.name for item in sorted(menu.menu_items_for_request(request), key=lambda item: item.order)]


def test_a_reporter_sees_stories_and_pictures(rosa):
    assert names(admin_menu, rosa) == ["new-story", "stories", "images", "reports"]


def test_a_curator_sees_fronts_too(cleo):
    items = [
        "new-story",
        "stories",
        "storylines",
        "editions",
        "mail",
        "briefings",
        "special-reports",
        "images",
        "fronts",
    ]

    assert names(admin_menu, cleo) == [*items, "reports"]


def test_an_editor_sees_labels_and_authors_too(eli):
    items = [
        "new-story",
        "stories",
        "storylines",
        "editions",
        "mail",
        "special-reports",
        "images",
        "live",
        "fronts",
        "labels",
        "authors",
        "reports",
        "settings",
    ]

    assert names(admin_menu, eli) == items


def test_a_publisher_sees_the_whole_house(priya):
    assert {"sections", "explorer", "settings"} <= set(names(admin_menu, priya))
    assert {"newsroom", "house-style", "users", "workflows", "collections"} <= set(names(settings_menu, priya))
    assert not {"help", "snippets", "documents"} & set(names(admin_menu, priya))
    assert not {"groups", "sites"} & set(names(settings_menu, priya))


def test_one_key_begins_a_story_from_anywhere(at_desk, rosa):
    page = at_desk(rosa).get(reverse("stories:index"))

    props = BeautifulSoup(page.content, "html.parser").select_one("#wagtail-sidebar-props")
    assert '"data-w-kbd-key-value": "n"' in str(props)


# The list of stories


def headlines(response):
    return [story.title for story in response.context["object_list"]]


@pytest.fixture
def stories(founded, rosa):
    make_story("Climate, public", section=make_section("Climate"), authors=[make_author("Ivo Klein")])
    make_story("World, draft", section=make_section("World"), authors=[make_author("Rosa Vale")], is_draft=True)


def test_the_list_has_every_story_newest_first(at_desk, rosa, stories):
    assert headlines(at_desk(rosa).get(reverse("stories:index"))) == ["World, draft", "Climate, public"]


def test_the_list_is_cut_down_to_a_section_an_author_or_a_status(at_desk, rosa, stories):
    client, url = at_desk(rosa), reverse("stories:index")

    for name, value, expected in [
        ("section", make_section("Climate").pk, ["Climate, public"]),
        ("author", make_author("Rosa Vale").pk, ["World, draft"]),
        ("status", "PUBLISHED", ["Climate, public"]),
        ("status", "DRAFT", ["World, draft"]),
        ("status", "WAITING", []),
        ("status", "SCHEDULED", []),
    ]:
        assert headlines(client.get(url, {name: value})) == expected


def test_the_list_finds_a_story_by_its_headline(at_desk, rosa, stories):
    response = at_desk(rosa).get(reverse("stories:index"), {"q": "climate"})

    assert headlines(response) == ["Climate, public"]


def test_the_list_shows_who_signs_where_and_how_far_it_is(at_desk, rosa, stories):
    page = at_desk(rosa).get(reverse("stories:index")).content.decode()

    assert all(words in page for words in ["Ivo Klein", "Climate", "published", "draft"])
