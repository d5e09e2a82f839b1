"""Search finds by words, by section and by author, and says so when there is nothing."""

import re

import pytest

from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(noon):
    rosa, ada = make_author("Rosa Vale"), make_author("Ada Quill")
    world, science = make_section("World"), make_section("Science")
    return [
        make_story("Harbour reopens", at=noon, section=world, authors=[rosa]),
        make_story("Harbour freezes", at=noon, section=science, authors=[ada, rosa]),
        make_story("Comet seen", at=noon, section=science, authors=[ada], lede="<p>Look west.</p>"),
    ]


def found(client, **query):
    page = client.get("/search/", query).content.decode()
    heading = re.search(r"\d+ stor(?:y|ies) found", page)
    return set(re.findall(r"Harbour reopens|Harbour freezes|Comet seen", page)) if heading else set()


def test_words_find_stories(client, three):
    assert found(client, q="harbour") == {"Harbour reopens", "Harbour freezes"}


def test_a_section_narrows_it(client, three):
    assert found(client, q="harbour", section="science") == {"Harbour freezes"}


def test_an_author_narrows_it_and_a_second_author_counts(client, three):
    assert found(client, q="harbour", author="ada-quill") == {"Harbour freezes"}
    assert found(client, q="harbour", author="rosa-vale") == {"Harbour reopens", "Harbour freezes"}


def test_filters_alone_list_the_newest(client, three):
    assert found(client, section="science") == {"Harbour freezes", "Comet seen"}


def test_the_form_alone_asks_nothing(client, three):
    page = client.get("/search/").content.decode()

    assert "found" not in page
    assert "Harbour" not in page


def test_nothing_found_offers_advice_and_the_latest(client, three):
    page = client.get("/search/", {"q": "zebra"}).content.decode()

    assert "No story found" in page
    assert "Comet seen" in page


def test_a_filter_that_does_not_exist_finds_nothing_and_says_why(client, three):
    page = client.get("/search/", {"q": "harbour", "section": "nowhere"}).content.decode()

    assert "Harbour" not in page
    assert "Select a valid choice" in page


@pytest.mark.parametrize(
    "words", ['"', "'", "*", "AND", "a OR", "(", "-", "ö" * 200, "%", "\\", "nul\x00", "harbour\n", "NEAR(", "col:umn"]
)
def test_no_words_break_it(client, three, words):
    assert client.get("/search/", {"q": words}).status_code == 200


def test_words_too_long_to_look_for_are_refused_in_words(client, three):
    page = client.get("/search/", {"q": "a" * 201}).content.decode()

    assert "at most 200 characters" in page


def test_results_come_in_pages_that_keep_the_question(client, noon):
    for n in range(12):
        make_story(f"Harbour reopens {n}", at=noon, section=make_section("World"))

    first = client.get("/search/", {"q": "harbour", "section": "world"}).content.decode()
    address = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(f"/search/{address}").content.decode()

    assert "12 stories found" in first
    assert second.count("<article") == 2


def test_drafts_are_not_found(client, three):
    actions.unpublish(story=three[0], by=None)

    assert found(client, q="harbour") == {"Harbour freezes"}
