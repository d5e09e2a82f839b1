"""An address that readers have seen leads to the story for ever."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from nutgraf.newsroom.samples import make_section
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


def revise_and_publish(story, at, **fields):
    for name, value in fields.items():
        setattr(story, name, value)
    actions.revise(story=story, by=None)
    return actions.publish(story=story, by=None, at=at)


def test_a_new_slug_leaves_a_redirect(noon):
    story = make_story("Harbour reopens", at=noon)

    story = revise_and_publish(story, noon, slug="harbour-open")

    redirect = Redirect.objects.get(old_path="/world/2026/11/22/harbour-reopens")
    assert redirect.link == story.url == "/world/2026/11/22/harbour-open/"
    assert redirect.is_permanent


def test_a_story_that_moves_to_another_section_leaves_a_redirect(noon):
    story = make_story("Harbour reopens", at=noon)

    revise_and_publish(story, noon, section=make_section("Economy"))

    assert Redirect.objects.get(old_path="/world/2026/11/22/harbour-reopens").link.startswith("/economy/")


def test_moving_back_makes_the_first_address_good_again(noon):
    world, economy = make_section("World"), make_section("Economy")
    story = make_story("Harbour reopens", at=noon, section=world)

    story = revise_and_publish(story, noon, section=economy)
    story = revise_and_publish(story, noon, section=world)

    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/economy/2026/11/22/harbour-reopens"]


def test_a_draft_that_changes_its_slug_leaves_nothing(noon):
    story = make_story("Harbour reopens", at=noon, is_draft=True)

    revise_and_publish(story, noon, slug="harbour-open")

    assert not Redirect.objects.exists()


def test_a_story_that_was_public_keeps_its_address_while_its_slug_changes_as_a_draft(noon):
    story = actions.unpublish(story=make_story("Harbour reopens", at=noon), by=None)

    # As the form of the desk keeps a story that is not public.
    story.slug = "harbour-open"
    story.save()
    actions.revise(story=story, by=None)
    actions.publish(story=story, by=None, at=noon)

    assert Redirect.objects.get(old_path="/world/2026/11/22/harbour-reopens").link == "/world/2026/11/22/harbour-open/"


def test_a_section_that_is_renamed_leaves_a_redirect(db):
    section = make_section("World")

    section.slug = "abroad"
    section.save()

    assert Redirect.objects.get(old_path="/world").link == "/abroad/"
