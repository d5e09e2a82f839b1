"""Editors open, edit, merge and overrule storylines; reporters say which their stories belong to."""

import pytest
from django.urls import reverse

from nutgraf.desk.samples import filled_form
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story, number
from nutgraf.storylines import actions
from nutgraf.storylines.models import Override, Storyline, StorylineStory
from nutgraf.storylines.samples import make_story_in, make_storyline


@pytest.fixture
def desk(client, eli):
    client.force_login(eli)
    return client


def filled(**fields):
    return {
        "name": "Harbour blockade",
        "slug": "",
        "summary": "The harbour is shut. Nobody says for how long.",
        "picture": "",
        "owner": "",
        "review_date": "",
        "state": "DEVELOPING",
        "quiet_after_days": "14",
        "close_after_days": "60",
    } | fields


def test_an_editor_opens_a_storyline(desk, eli):
    answer = desk.post(reverse("storyline:add"), filled(owner=eli.pk))

    assert answer.status_code == 302, answer.context["form"].errors
    storyline = Storyline.objects.get()
    assert (storyline.slug, storyline.owner, storyline.state) == ("harbour-blockade", eli, "DEVELOPING")
    assert [version.by for version in storyline.summaries.all()] == [eli]


def test_another_summary_keeps_the_one_before(desk, noon):
    desk.post(reverse("storyline:add"), filled())
    storyline = Storyline.objects.get()

    desk.post(reverse("storyline:edit", args=[storyline.pk]), filled(slug=storyline.slug, summary="It is open again."))

    assert [version.text for version in storyline.summaries.all()] == [
        "It is open again.",
        "The harbour is shut. Nobody says for how long.",
    ]


def test_closing_and_opening_again_are_dated(desk):
    desk.post(reverse("storyline:add"), filled())
    storyline = Storyline.objects.get()
    edit = reverse("storyline:edit", args=[storyline.pk])

    desk.post(edit, filled(slug=storyline.slug, state="CLOSED"))
    storyline.refresh_from_db()
    assert storyline.state == "CLOSED"

    desk.post(edit, filled(slug=storyline.slug, state="DEVELOPING"))
    storyline.refresh_from_db()
    assert storyline.state == "DEVELOPING"
    assert storyline.reopened_at


def test_a_renamed_address_redirects(desk, client):
    desk.post(reverse("storyline:add"), filled())
    storyline = Storyline.objects.get()

    desk.post(reverse("storyline:edit", args=[storyline.pk]), filled(slug="blockade"))

    answer = client.get("/storylines/harbour-blockade/")
    assert (answer.status_code, answer["Location"]) == (301, "/storylines/blockade/")


def test_a_storyline_with_stories_is_not_deleted_and_says_why(desk, noon):
    storyline = make_storyline(at=noon)
    make_story_in(storyline, at=noon)
    delete = reverse("storyline:delete", args=[storyline.pk])

    asked = desk.get(delete)
    desk.post(delete)

    assert "its address is a promise" in asked.content.decode()
    assert Storyline.objects.exists()


def test_a_storyline_without_stories_is_deleted(desk, noon):
    storyline = make_storyline(at=noon)

    desk.post(reverse("storyline:delete", args=[storyline.pk]))

    assert not Storyline.objects.exists()


def test_the_story_form_puts_a_story_into_a_storyline_from_its_publication_on(desk, eli, noon):
    storyline = make_storyline(at=noon)
    story = make_story(at=noon, is_draft=True)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    signed = [byline.author_id for byline in story.bylines.all()]
    given = filled_form(bylines=signed, section=str(story.section_id)) | {"storyline_places": [storyline.pk]}

    assert "Harbour blockade" in desk.get(edit).content.decode()
    desk.post(edit, given)
    assert not Story.objects.filter(stream_entries__stream=storyline.stream).exists()

    desk.post(edit, given | {"action-publish": "action-publish"})

    assert Story.objects.filter(stream_entries__stream=storyline.stream).exists()
    assert StorylineStory.objects.get().by == eli


def test_a_form_that_keeps_a_place_keeps_who_gave_it(desk, noon, rosa):
    storyline = make_storyline(at=noon)
    story = make_story_in(storyline, at=noon, is_draft=True)
    StorylineStory.objects.update(by=rosa)
    story = Story.objects.get()
    story.save_revision()

    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    desk.post(edit, filled_form(bylines=["1"]) | {"storyline_places": [storyline.pk]})

    assert [place.by_id for place in story.get_latest_revision_as_object().storyline_places.all()] == [rosa.pk]


@pytest.fixture
def open_form(desk, noon):
    """A story in one storyline, and its form as it was opened before anything else happened."""
    storyline = make_storyline(at=noon)
    story = make_story_in(storyline, at=noon)
    story.save_revision()
    shown = desk.get(edit_of(story)).context["form"]
    signed = [byline.author_id for byline in story.bylines.all()]
    given = filled_form(bylines=signed, section=str(story.section_id))
    return story, storyline, given | {name: shown[name].value() for name in ("storyline_places", "places_shown")}


def edit_of(story):
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def places_in_draft(story):
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    return {place.storyline.name for place in draft.storyline_places.all()}


def test_an_open_form_keeps_a_story_where_somebody_else_put_it_meanwhile(desk, open_form, rosa, noon):
    story, storyline, given = open_form
    strike = make_storyline("Pilots’ strike", at=noon)
    port = make_storyline("A new port", at=noon)
    actions.put_in(story=story, storyline=strike, by=rosa, at=noon)

    given["storyline_places"] = [port.pk]
    desk.post(edit_of(story), given | {"action-publish": "action-publish", "change_kind": "UPDATE"})

    assert places_in_draft(story) == {"Pilots’ strike", "A new port"}
    assert {one.storyline.name for one in StorylineStory.objects.all()} == {"Pilots’ strike", "A new port"}


def test_an_open_form_puts_a_story_back_nowhere(desk, open_form, rosa, noon):
    story, storyline, given = open_form
    actions.take_out(story=story, storyline=storyline, by=rosa, at=noon)

    desk.post(edit_of(story), given)

    assert places_in_draft(story) == set()


def test_a_form_that_saves_by_itself_knows_what_was_ticked_in_it(desk, open_form, noon):
    story, storyline, given = open_form
    strike = make_storyline("Pilots’ strike", at=noon)

    given["storyline_places"] = [storyline.pk, strike.pk]
    saved = desk.post(edit_of(story), given, headers={"accept": "application/json"}).json()
    assert places_in_draft(story) == {"Harbour blockade", "Pilots’ strike"}
    given |= saved["field_updates"] | {"storyline_places": [storyline.pk]}
    desk.post(edit_of(story), given, headers={"accept": "application/json"})

    assert places_in_draft(story) == {"Harbour blockade"}


def test_a_closed_storyline_is_offered_only_where_it_was_chosen(desk, noon):
    storyline = make_storyline(at=noon, state="CLOSED")
    inside = make_story_in(storyline, "Inside", at=noon)
    outside = make_story("Outside", at=noon)

    offered = [
        "storyline_places" in desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
        for story in (inside, outside)
    ]

    assert offered == [True, False]


@pytest.fixture
def ships(db, noon):
    storyline = make_storyline(at=noon)
    make_story_in(storyline, "Harbour shut", number(40, "ships waiting"), number(7, "pilots ill"), at=noon)
    return {entry.mentions.get().number.counts: entry for entry in storyline.entries.all()}


def test_an_editor_hides_an_entry_and_takes_that_back(desk, ships):
    entry = ships["ships waiting"]
    listing = reverse("storyline_entries", args=[entry.storyline_id])
    assert "ships waiting" in desk.get(listing).content.decode()

    desk.post(
        reverse("override_entry", args=[entry.storyline_id, entry.pk]), {"action": "HIDE", "note": "Counted twice."}
    )

    entry.refresh_from_db()
    assert entry.is_hidden
    assert "Counted twice." in desk.get(listing).content.decode()
    assert "Hide: ships waiting" in desk.get(listing).content.decode()
    desk.post(reverse("take_back_override", args=[entry.storyline_id, Override.objects.get().pk]))
    entry.refresh_from_db()
    assert not entry.is_hidden


def test_an_editor_merges_two_entries(desk, ships):
    entry, into = ships["ships waiting"], ships["pilots ill"]

    desk.post(
        reverse("override_entry", args=[entry.storyline_id, entry.pk]), {"action": "MERGE", "into": into.pk, "note": ""}
    )

    assert [one.count for one in entry.storyline.entries.all()] == [2]
    told = desk.get(reverse("storyline_entries", args=[entry.storyline_id])).context["overrides"]
    assert [about.partition(" → ")[2] for _, about in told] == ["pilots ill"]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"action": "REWORD"}, "words"), ({"action": "MERGE"}, "into"), ({}, "action")],
    ids=["no words", "nothing to merge into", "nothing chosen"],
)
def test_what_is_missing_is_said_at_its_field(desk, ships, given, field):
    entry = ships["ships waiting"]

    answer = desk.post(reverse("override_entry", args=[entry.storyline_id, entry.pk]), given)

    assert list(answer.context["form"].errors) == [field]
    assert not Override.objects.exists()


def test_an_editor_merges_storylines(desk, client, ships, noon):
    storyline = ships["ships waiting"].storyline
    other = make_storyline("Pilots’ strike", at=noon)

    desk.post(reverse("merge_storyline", args=[storyline.pk]), {"into": other.pk})

    moved = client.get(f"/storylines/{storyline.slug}/")
    assert (moved.status_code, moved["Location"]) == (301, other.get_absolute_url())
    feed = client.get(f"/storylines/{storyline.slug}/feed.rss")
    assert (feed.status_code, feed["Location"]) == (301, f"{other.get_absolute_url()}feed.rss")
    assert other.entries.count() == 2


@pytest.mark.parametrize("name", ["rosa", "nobody"])
def test_who_does_not_edit_overrules_nothing(request, client, ships, name):
    user = request.getfixturevalue(name)
    if user.is_authenticated:
        client.force_login(user)
    entry = ships["ships waiting"]

    client.post(reverse("override_entry", args=[entry.storyline_id, entry.pk]), {"action": "HIDE"})
    client.post(reverse("merge_storyline", args=[entry.storyline_id]), {"into": entry.storyline_id})
    client.post(reverse("storyline:add"), filled(name="Another"))

    assert not Override.objects.exists()
    assert Storyline.objects.count() == 1


@pytest.mark.parametrize("name", ["storyline_entries", "merge_storyline"])
def test_a_storyline_that_went_into_another_is_looked_after_there(at_desk, eli, founded, noon, name):
    old, new = make_storyline("Quays", at=noon), make_storyline("Harbour", at=noon)
    actions.merge(storyline=old, into=new, by=eli, at=noon)

    response = at_desk(eli).get(reverse(name, args=[old.pk]))

    assert response.status_code == 302
    assert response.url == reverse("storyline:edit", args=[new.pk])
