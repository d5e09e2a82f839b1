"""Search finds by words, by section and by author, and says so when there is nothing."""

import datetime
import re

import pytest
from django.db import connection

from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.matching import postgresql
from nutgraf.stories.samples import make_story, point
from nutgraf.storylines import actions as storylines
from nutgraf.storylines.samples import make_storyline

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
    page = re.sub("</?mark>", "", client.get("/search/", query).content.decode())
    _, heading, rest = page.partition(" found</h2>")
    return set(re.findall(r"Harbour reopens|Harbour freezes|Comet seen", rest)) if heading else set()


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
    "words",
    [
        '"',
        "'",
        "*",
        "AND",
        "a OR",
        "(",
        "-",
        "ö" * 200,
        "%",
        "\\",
        "harbour\n",
        "NEAR(",
        "col:umn",
        "\x01\x1b",
        '"" ""',
        "^harbour",
        "har*",
        "{title}: x",
        "港口",
        "مرفأ",
        "the of and",
        "a\u202eb",
    ],
)
def test_no_words_break_it(client, three, words):
    assert client.get("/search/", {"q": words}).status_code == 200


def test_words_too_long_to_look_for_are_refused_in_words(client, three):
    page = client.get("/search/", {"q": "a" * 201}).content.decode()

    assert "at most 200 characters" in page


def test_results_come_in_pages_that_keep_the_question(client, noon):
    world = make_section("World")
    for n in range(12):
        make_story(f"Harbour reopens {n}", at=noon, section=world)

    first = client.get("/search/", {"q": "harbour", "section": "world"}).content.decode()
    address = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(f"/search/{address}").content.decode()

    assert "12 stories found" in first
    assert second.count("<article") == 2


def test_queries_do_not_grow_with_what_is_found(client, three, noon, django_assert_max_num_queries):
    for n in range(9):
        make_story(f"Harbour reopens {n}", at=noon, section=three[0].section)

    with django_assert_max_num_queries(28):
        client.get("/search/", {"q": "harbour"})


def test_a_label_a_storyline_and_days_narrow_it(client, noon):
    section = make_section("World")
    lock = make_story("Harbour reopens", point("Yes, but", "No."), at=noon, section=section)
    make_story("Harbour freezes", at=noon - datetime.timedelta(days=40), section=section)
    storyline = make_storyline("Bread")
    storylines.put_in(story=lock, storyline=storyline, by=None, at=noon)

    assert found(client, q="harbour", label="yes-but") == {"Harbour reopens"}
    assert found(client, q="harbour", storyline="bread") == {"Harbour reopens"}
    assert found(client, q="harbour", since="2026-11-01") == {"Harbour reopens"}
    assert found(client, q="harbour", until="2026-11-01") == {"Harbour freezes"}
    assert found(client, since="2026-10-01", until="2026-10-31") == {"Harbour freezes"}


def test_days_the_wrong_way_round_are_said_to_be(client, three):
    page = client.get("/search/", {"q": "harbour", "since": "2026-12-01", "until": "2026-11-01"}).content.decode()

    assert "This is before the day from which to search." in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1600-02-29"])
def test_days_at_the_ends_of_the_calendar_are_days(client, three, day):
    for name in ("since", "until"):
        assert client.get("/search/", {"q": "harbour", name: day}).status_code == 200


def test_the_sentence_that_has_the_words_is_shown_with_them_marked(client, noon):
    text = "Nothing here. The <b>pilots</b> & crews met in Port Élan. Nor here."
    make_story("Harbour reopens", point("The latest", text), at=noon)

    page = client.get("/search/", {"q": "élan pilots"}).content.decode()

    assert "The <mark>pilots</mark> &amp; crews met in Port <mark>Élan</mark>." in page
    assert "Nor here" not in page


def test_what_is_marked_is_safe(client, noon):
    make_story("Harbour & <i> reopens", at=noon)

    page = client.get("/search/", {"q": "harbour reopens"}).content.decode()

    assert "<mark>Harbour</mark> &amp; &lt;i&gt; <mark>reopens</mark>" in page


def test_a_misspelt_word_is_put_right_if_that_finds_something(client, three):
    page = client.get("/search/", {"q": "harbuor", "section": "science"}).content.decode()

    assert "No story found" in page
    assert 'href="?q=harbour&amp;section=science"' in page


@pytest.mark.parametrize("asked", [{"q": "harbuor", "until": "2020-01-01"}, {"q": "zzzzzz"}, {"q": "harbour comet"}])
def test_nothing_is_offered_that_finds_nothing(client, three, asked):
    assert "Did you mean" not in client.get("/search/", asked).content.decode()


def test_robots_are_asked_to_stay_out(client, three):
    for path in ("/search/", "/search/feed.rss"):
        assert client.get(path, {"q": "harbour"})["X-Robots-Tag"] == "noindex"
    assert "Disallow: /search/" in client.get("/robots.txt").content.decode()


def test_drafts_are_not_found(client, three):
    actions.unpublish(story=three[0], by=None)

    assert found(client, q="harbour") == {"Harbour freezes"}


def test_where_not_all_was_looked_through_for_a_phrase_the_page_says_so(client, noon, monkeypatch):
    monkeypatch.setattr(postgresql, "LOOKED_THROUGH", 1)
    make_story("A ship of bread", at=noon - datetime.timedelta(days=900))
    for n in range(2):
        make_story(f"Bread of the ship {n}", at=noon)

    page = client.get("/search/", {"q": '"ship of bread"'}).content.decode()

    # SQLite's index knows where words stand.
    assert ("the newest 1 were looked through" in page) is (connection.vendor == "postgresql")
    assert ("1 story found" in page) is (connection.vendor == "sqlite")
