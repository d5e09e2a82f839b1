"""Why a page was pressed is said as one would say it, whatever was recorded."""

from __future__ import annotations

import pytest

from nutgraf.config import pages_told
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.samples import make_story


@pytest.fixture
def said(db):
    """Return what says a reason, in which names stand for numbers."""
    for remembered in (pages_told.stream, pages_told.thing):
        remembered.cache_clear()
    author, section = make_author("Ana Duarte"), make_section("World")
    story = make_story("Harbour reopens", authors=[author], section=section)
    numbers = {"author": author.pk, "section": section.pk, "story": story.pk}
    return lambda why: pages_told.reason(why.format_map(numbers))


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("new", "it was asked for, and not there"),
        ("row:wagtailcore_page:{story}", "story “Harbour reopens” changed"),
        ("is:wagtailcore_page:{story}", "story “Harbour reopens” came or went"),
        ("cell:stories_story:{story}:lede", "the lede of story “Harbour reopens” changed"),
        ("row:wagtailcore_page:9999", "page 9999 (deleted since) changed"),
        ("cell:newsroom_author:{author}:name", "the name of author “Ana Duarte” changed"),
        ("any:newsroom_section", "sections came, went or changed"),
        ("col:wagtailcore_site:*", "one of the sites changed"),
        ("col:newsroom_section:position", "the position of sections changed"),
        ("at:stories_point:story_id:{story}", "points of story “Harbour reopens” came, went or changed"),
        ("at:stories_point:story_id:9999", "points of page 9999 (deleted since) came, went or changed"),
        ("at:stories_point:label_id:None", "points without label came, went or changed"),
        ("at:newsroom_author:slug:ana-duarte", "authors with the slug “ana-duarte” came, went or changed"),
        (
            "in:stories_byline:story_id:{story}:sort_order",
            "the sort order of bylines of story “Harbour reopens” changed",
        ),
        ("in:stories_byline:story_id:{story}:*", "one of the bylines of story “Harbour reopens” changed"),
        ("list:all", "a story entered or left the stream of all stories"),
        ("list:section:{section}", "a story entered or left the stream of the section “World”"),
        ("list:section:9999", "a story entered or left the stream of the section 9999 (deleted since)"),
    ],
)
def test_a_reason_is_a_sentence(said, why, words):
    assert said(why) == words
