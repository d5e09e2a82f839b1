"""Each of the readers' addresses shows its page, with or without anything to show."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client

from nutgraf.newsroom import actions as newsroom
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.published import ahead
from nutgraf.published.samples import commit, is_true, stored
from nutgraf.stories import actions, samples
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story, point, quote
from nutgraf.streams import actions as fronts

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("address", ["/", "/latest/", "/search/", "/authors/", "/labels/"])
def test_a_newsroom_that_was_founded_a_moment_ago_has_every_page(client, noon, address):
    actions.found(at=noon)

    assert client.get(address).status_code == 200


def test_the_page_of_a_story_is_pressed_once_it_is_public_and_before_it_is_asked_for(
    noon, monkeypatch, django_capture_on_commit_callbacks
):
    pressed: list[str] = []
    monkeypatch.setattr(ahead, "press", pressed.append)
    draft = make_story("Pilots strike", is_draft=True)

    with django_capture_on_commit_callbacks() as callbacks:
        actions.publish(story=draft, by=None, at=noon)
    assert not pressed
    for callback in callbacks:
        callback()

    assert pressed == [Story.objects.get().address]


def test_a_new_draft_concerns_no_page_of_a_story(store, noon):
    address = str(make_story("Pilots strike", at=noon).address)
    commit()
    stored(address)

    make_story("Nobody knows of it", is_draft=True)

    assert is_true(address)


def test_the_empty_front_says_what_will_stand_there(client, noon):
    actions.found(at=noon)

    assert "Nothing here yet" in text(client.get("/"))


def test_the_front_shows_lead_pins_and_stream_with_nothing_twice(client, noon):
    lead, pinned, *_ = [make_story(f"Story {n}", at=noon - n * DAY) for n in range(5)][::-1]
    fronts.lead(story=lead)
    fronts.pin(story=pinned)

    page = text(client.get("/"))

    assert (
        page.index("story-card--lead")
        < page.index("Story 4")
        < page.index("story-card--feature")
        < page.index("Story 3")
    )
    assert [page.count(f'data-story="{story.pk}"') for story in (lead, pinned)] == [1, 1]


def test_a_section_has_a_front_of_its_own(client, noon):
    make_story("Troops land", at=noon, section=make_section("World"))
    make_story("Comet seen", at=noon, section=make_section("Space"))

    page = text(client.get("/space/"))

    assert "Comet seen" in page
    assert "Troops land" not in page


def test_a_story_shows_its_parts_in_the_editors_order(client, noon):
    parts = [point("Why it matters", "Bread."), quote("No bread.", "Ada Quill", "baker"), point("What's next", "Cake.")]
    story = make_story("Harbour reopens", *parts, at=noon, dateline_place="PORT SELVA")

    page = text(client.get(story.url)).split("<main")[1]

    order = [
        "PORT SELVA",
        "Ships may enter",
        "Why it matters:",
        "Bread.",
        "“No bread.”",
        "Ada Quill",
        "Cake.",
    ]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_every_part_of_a_story_can_be_linked_to(client, noon):
    story = make_story("Harbour reopens", point("Why it matters", "Bread.", "Flour, too."), at=noon)

    page = text(client.get(story.url))

    block = story.body[0]
    assert f'id="b-{block.id}"' in page
    assert f'id="b-{block.value["bullets"].bound_blocks[0].id}"' in page


def test_a_story_is_never_in_the_stream_under_it(client, noon):
    story = make_story("Harbour reopens", at=noon)
    make_story("Comet seen", at=noon)

    page = text(client.get(story.url))

    assert "Comet seen" in page.split("</article>", 1)[1]
    assert "Harbour reopens" not in page.split("</article>", 1)[1]


def test_a_story_asked_for_in_another_section_redirects(client, noon):
    story = make_story("Harbour reopens", at=noon, section=make_section("World"))
    make_section("Space")

    response = client.get(story.url.replace("/world/", "/space/"))

    assert (response.status_code, response.url) == (301, story.url)


def test_a_story_that_moved_is_found_at_its_old_address(client, noon):
    story = make_story("Harbour reopens", at=noon, section=make_section("World"))
    old = story.url
    story.slug, story.section = "harbour-open", make_section("Business")
    actions.revise(story=story, by=None)
    story = actions.publish(story=story, by=None, at=noon + DAY)

    response = client.get(old, follow=True)

    assert response.redirect_chain[-1] == (story.url, 301)
    assert response.status_code == 200


@pytest.mark.parametrize("day", ["2026/11/21", "2026/13/01", "2026/02/30", "0000/01/01"])
def test_another_day_is_not_found(client, noon, day):
    make_story("Harbour reopens", at=noon, section=make_section("World"))

    assert client.get(f"/world/{day}/harbour-reopens/").status_code == 404


def test_a_draft_is_not_found(client, noon):
    story = make_story("Harbour reopens", at=noon, section=make_section("World"))
    actions.unpublish(story=story, by=None)

    assert client.get(story.url).status_code == 404


def test_a_page_that_is_not_there_offers_search_and_the_latest(client, noon):
    make_story("Harbour reopens", at=noon)

    response = client.get("/nothing/here/")

    assert response.status_code == 404
    assert 'action="/search/"' in text(response)
    assert "Harbour reopens" in text(response)


def test_an_author_has_a_page_with_what_they_signed(client, noon):
    make_story("Harbour reopens", at=noon, authors=[make_author("Rosa Vale", role="Harbour correspondent")])
    make_story("Comet seen", at=noon, authors=[make_author("Ada Quill")])

    page = text(client.get("/authors/rosa-vale/"))

    assert "Harbour correspondent" in page
    assert "Harbour reopens" in page
    assert "Comet seen" not in page


def test_a_label_has_a_page_with_its_stories(client, noon):
    make_story("Harbour reopens", point("The catch", "Not for ferries."), at=noon)

    assert "Harbour reopens" in text(client.get("/labels/the-catch/"))
    assert "Harbour reopens" not in text(client.get("/labels/flashback/"))


def test_the_page_of_what_broke_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string("500.html")

    assert "Something broke" in page


def test_a_draft_is_previewed_as_page_and_as_card(client, noon, rf):
    story = make_story("Harbour reopens", at=noon)
    story.body = samples.body(point("The stakes", "Salt, too."), seed="draft")
    story = actions.revise(story=story, by=None).get_latest_revision_as_object()

    previews = {mode: story.make_preview_request(preview_mode=mode).render() for mode, _ in story.preview_modes}

    assert "point--nut-graf" in text(previews["page"])
    assert "The stakes:</strong> Salt, too." in text(previews["card"])
    assert all("<main" in text(preview) for preview in previews.values())


def test_the_newsrooms_name_and_promise_are_on_every_page(client, noon):
    actions.found(at=noon)
    newsroom.christen(name="The Varn Ledger", tagline="Short news.", about="We correct our errors in the open.")

    page = text(client.get("/latest/"))

    assert "The Varn Ledger" in page
    assert "We correct our errors in the open." in page


@pytest.mark.parametrize("kind", ["/", "/latest/", "story", "/world/", "/search/", "/labels/", "/nothing/"])
def test_no_page_needs_an_exception_from_a_strict_content_policy(client, noon, kind):
    story = make_story("Harbour reopens", at=noon)

    page = text(client.get(story.url if kind == "story" else kind))

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_pages_need_no_session(noon):
    actions.found(at=noon)

    assert not Client().get("/").cookies


def test_robots_learn_what_is_not_for_them(client):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain"
    assert b"Disallow: /desk/" in answer.content


def test_the_mark_is_found_at_the_old_address_of_icons(client):
    assert client.get("/favicon.ico")["Location"].endswith(".svg")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["before=x", "before=1-1-1", f"before=1-{2**63}"])
def test_an_address_that_nobody_gave_out_is_not_found(client, query):
    assert client.get(f"/latest/?{query}").status_code == 404


@pytest.mark.django_db
def test_an_empty_cursor_is_the_beginning(client):
    assert client.get("/latest/?before=").status_code == 200
