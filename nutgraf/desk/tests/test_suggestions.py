"""Beside the form stand the storylines that a story seems to belong to, and what differs from those that it is in."""

import pytest
from django.urls import reverse
from django.utils import timezone

from nutgraf.desk.samples import filled_form, filled_point, sentence
from nutgraf.stories.models import ChangeKind, Story
from nutgraf.stories.samples import make_story, number
from nutgraf.storylines import actions
from nutgraf.storylines.models import Storyline
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LEDE = "Port director Mara Lind said in Port Ellery that the blockade by the Pilots' Guild goes on."


@pytest.fixture
def blockade(founded):
    storyline = make_storyline("Harbour <blockade>")
    for place in range(3):
        make_story_in(
            storyline, f"Blockade, day {place}", number(12, "ships waiting", as_of=TODAY), lede=f"<p>{LEDE}</p>"
        )
    return storyline


def looked_at(client, *parts, story=None, **fields):
    fields = {"lede": sentence(f"<p>{LEDE}</p>")} | fields
    data = filled_form(
        *(parts or [filled_point()]), **{name: value for name, value in fields.items() if name != "storyline_places"}
    )
    data["storyline_places"] = fields.get("storyline_places", [])
    response = client.post(reverse("notes_of_story", args=[story.pk]) if story else reverse("notes"), data)
    assert response.status_code == 200
    return response.json()["html"]


def test_a_storyline_is_suggested_with_what_is_shared(at_desk, rosa, blockade):
    html = looked_at(at_desk(rosa))

    assert "Seems to belong to “Harbour &lt;blockade&gt;”" in html
    assert "Mara Lind" in html
    assert f'data-ng-notes-storyline-param="{blockade.pk}"' in html


def test_one_that_is_ticked_or_closed_is_not_suggested(at_desk, rosa, blockade):
    assert "Seems to belong" not in looked_at(at_desk(rosa), storyline_places=[str(blockade.pk)])

    Storyline.objects.update(state=Storyline.State.CLOSED)

    assert "Seems to belong" not in looked_at(at_desk(rosa))


def test_one_that_a_story_was_set_aside_of_is_not_suggested_for_it(at_desk, eli, blockade):
    story, client = make_story(lede=f"<p>{LEDE}</p>"), at_desk(eli)
    assert "Seems to belong" in looked_at(client, story=story)

    actions.set_aside(story=story, storyline=blockade, by=eli, at=timezone.now())

    assert "Seems to belong" not in looked_at(client, story=story)
    assert "Seems to belong" in looked_at(client)


@pytest.mark.parametrize("keys", [["9999"], ["one"], ["-1", ""], ["1" * 18]])
def test_a_storyline_that_is_none_is_no_trouble(at_desk, rosa, blockade, keys):
    looked_at(at_desk(rosa), storyline_places=keys)


def test_a_number_that_differs_is_shown_with_both_ways_out(at_desk, rosa, blockade):
    differs = filled_point(text="<p>The Pilots' Guild counts 15 ships waiting on the roads, it said.</p>")
    story = Story.objects.order_by("-first_published_at").first()

    apart = looked_at(at_desk(rosa), differs)
    html = looked_at(at_desk(rosa), differs, storyline_places=[str(blockade.pk)])

    assert "Another number" not in apart
    assert "Another number" in html
    assert "The storyline has 12 ships waiting" in html
    assert reverse("wagtailadmin_pages:edit", args=[story.pk]) in html
    assert "correct=An+earlier+version" in html


def test_the_other_story_opens_with_its_correction_begun_and_nothing_kept(at_desk, eli, blockade):
    story = Story.objects.first()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])

    html = at_desk(eli).get(url, {"correct": "It was <15> ships."}).content.decode()

    assert "It was &lt;15&gt; ships." in html
    assert f'value="{ChangeKind.CORRECTION}" selected' in html or f'value="{ChangeKind.CORRECTION}" checked' in html
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().change_sentence == ""


def test_what_is_known_is_looked_up_in_as_many_statements_for_many_stories(
    at_desk, rosa, blockade, django_assert_max_num_queries
):
    client = at_desk(rosa)
    for place in range(6):
        make_story_in(blockade, f"More {place}", number(place, f"tugs at quay {place}"), lede=f"<p>{LEDE}</p>")

    with django_assert_max_num_queries(32):
        looked_at(client, storyline_places=[str(blockade.pk)])
