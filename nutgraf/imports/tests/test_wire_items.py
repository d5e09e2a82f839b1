"""What becomes of an item: taken as a draft, updated on its story, taken back loudly, forgotten; and never a public story changed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.core.exceptions import ValidationError

from nutgraf.copydesk import inline
from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import actions, keeping, receiving
from nutgraf.imports.wire.items import Item, Picture, Status, Wrong
from nutgraf.imports.wire.samples import make_wire, sending
from nutgraf.media.samples import make_bytes
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions as desk
from nutgraf.stories.models import Hold, Story
from nutgraf.stories.readiness import NotReady

pytestmark = pytest.mark.django_db
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
BODY = "<p>Ships may enter again.</p><p><b>Why it matters:</b> Bread comes by ship.</p><p>The ice came early.</p>"


@pytest.fixture(autouse=True)
def _at_noon(noon: datetime.datetime):
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def wire(noon) -> Wire:
    desk.found(at=noon)
    return make_wire(section=make_section("World"), author=make_author("Selva Agency"), credit="Selva Press")


@pytest.fixture
def item(noon) -> Item:
    return Item(
        id="press-1",
        headline="Harbour reopens",
        lede="The harbour of Selva is open.",
        body_html=BODY,
        link="https://press.example.org/1",
        authors=("Somebody Else",),
        published=noon - HOUR,
        original="<item>as it came</item>",
    )


def bring(wire: Wire, *items: Item | Wrong, at: datetime.datetime) -> WireItem:
    """Have a wire bring some items, and return the row of the first."""
    receiving.receive(wire=wire, items=items, at=at)
    Wire.objects.filter(pk=wire.pk).update(read_at=at)
    return row(items[0].id)


def row(key: str = "press-1") -> WireItem:
    return WireItem.objects.select_related("wire", "story").get(key=key)


def draft(story: Story) -> Story:
    return Story.objects.get(pk=story.pk).get_latest_revision_as_object()


def texts(story: Story) -> list[str]:
    return [inline.plain(child.value["text"].source).strip() for child in story.body]


@pytest.fixture
def taken(wire, item, rosa, noon) -> Story:
    return actions.take(row=bring(wire, item, at=noon), by=rosa, at=noon)


def test_what_is_taken_is_a_draft_that_the_reader_of_copy_read(taken, rosa):
    story = draft(taken)

    assert (story.title, story.lede_text, story.live) == ("Harbour reopens", "The harbour of Selva is open.", False)
    assert [child.block_type for child in story.body] == ["paragraph", "point", "paragraph", "paragraph"]
    assert texts(story)[1:] == ["Bread comes by ship.", "The ice came early.", "Source: Selva Press"]
    assert 'href="https://press.example.org/1"' in story.body[3].value["text"].source
    assert ([author.name for author in story.authors], story.section.name) == (["Selva Agency"], "World")
    assert story.is_not_to_republish
    assert (story.owner, row().state, row().taken_by) == (rosa, "TAKEN", rosa)


def test_the_original_is_kept_with_it(taken, item):
    assert keeping.from_text(row().content) == item
    assert row().story == taken


def test_who_takes_it_twice_gets_the_same_story(taken, rosa, noon):
    assert actions.take(row=row(), by=rosa, at=noon) == taken
    assert Story.objects.count() == 1


def test_an_author_and_a_section_of_ours_that_an_item_names_are_found(wire, item, rosa, noon):
    make_author("Ada Quill")
    make_section("Shipping")
    Wire.objects.update(section=None)
    named = replace(item, authors=("ada quill",), section="shipping")

    story = actions.take(row=bring(wire, named, at=noon), by=rosa, at=noon)

    assert ([author.name for author in story.authors], story.section.name) == (["Ada Quill"], "Shipping")


def test_what_a_reporter_takes_waits_for_what_a_story_needs(item, rosa, eli, noon):
    desk.found(at=noon)
    wire = make_wire()

    story = actions.take(row=bring(wire, replace(item, headline=""), at=noon), by=rosa, at=noon)

    assert story.title.startswith("TK: The harbour of Selva")
    with pytest.raises(NotReady):
        desk.publish(story=story, by=eli, at=noon)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script><p onclick='x'>Words <a href='javascript:alert(1)'>here</a></p>",
        "<table><tr><td>1</td></tr></table>" * 50,
        "<div>" * 5_000 + "deep",
        "<img src='https://press.example.org/a.jpg'>",
        "",
    ],
    ids=["script", "tables", "deep", "picture", "nothing"],
)
def test_whatever_is_in_a_body_makes_a_draft(wire, item, rosa, noon, body):
    story = draft(actions.take(row=bring(wire, replace(item, body_html=body), at=noon), by=rosa, at=noon))

    kept = str(story.body.get_prep_value())
    assert "script" not in kept.replace("description", "")
    assert "onclick" not in kept


@pytest.mark.parametrize("may", [True, False])
def test_pictures_are_brought_along_only_if_the_wire_may(wire, item, rosa, noon, settings, may):
    settings.OWN_NETWORKS = ["127.0.0.0/8"]
    Wire.objects.update(takes_pictures=may)
    with sending() as sender:
        sender.kind, sender.body = "image/jpeg", make_bytes("jpg", (600, 400))
        picture = Picture(sender.address, alt="Ships in ice", caption="The harbour on Friday.", credit="Ada Quill")
        shown = f'{BODY}<img src="{sender.address}" alt="Ships in ice">'
        found = replace(item, body_html=shown, pictures=(picture,))
        story = draft(actions.take(row=bring(wire, found, at=noon), by=rosa, at=noon))
        bring(wire, replace(found, headline="Two"), at=noon)
        actions.take_over(row=row(), by=rosa, at=noon)

    after = draft(story)
    is_in_body = "picture" in [child.block_type for child in after.body]
    assert (len(sender.heard), bool(story.hero), is_in_body, after.hero == story.hero) == (may, may, may, True)
    if may:
        assert (story.hero.credit_line, story.hero.caption) == ("Ada Quill", "The harbour on Friday.")


def test_a_picture_that_is_not_to_be_had_keeps_nothing_back(wire, item, rosa, noon, settings):
    Wire.objects.update(takes_pictures=True)
    with sending() as sender:
        found = replace(item, pictures=(Picture(sender.address),))
        story = actions.take(row=bring(wire, found, at=noon), by=rosa, at=noon)

    assert (draft(story).hero, sender.heard) == (None, [])


# Updates


def test_an_update_is_told_with_its_story_and_changes_nothing_by_itself(taken, wire, item, noon):
    before = draft(taken).latest_revision_id
    bring(wire, replace(item, headline="Harbour reopens in full"), at=noon + HOUR)

    assert (row().attention, row().headline, row().changed_at) == ("UPDATE", "Harbour reopens in full", noon + HOUR)
    assert draft(taken).title == "Harbour reopens"
    assert draft(taken).latest_revision_id == before


def test_what_is_taken_over_is_a_new_draft_whose_blocks_keep_their_ids(taken, wire, item, rosa, noon):
    before = draft(taken)
    changed = BODY.replace("Bread comes by ship", "Bread and coal come by ship")
    bring(wire, replace(item, headline="Harbour reopens in full", body_html=changed), at=noon)

    result = actions.take_over(row=row(), by=rosa, at=noon)

    after = draft(taken)
    assert (after.title, texts(after)[1]) == ("Harbour reopens in full", "Bread and coal come by ship.")
    assert [child.id for child in after.body] == [child.id for child in before.body]
    assert (result.kept, result.is_unchanged, row().attention) == ([], False, "")
    assert not Story.objects.get(pk=taken.pk).live


def test_the_desks_own_words_stay_and_are_named(taken, wire, item, rosa, noon):
    story = draft(taken)
    story.title = "Selva opens its harbour"
    body = list(story.body.get_prep_value())
    body[1]["value"]["text"] = "<p>Bread comes by ship, and only by ship.</p>"
    del body[2]
    story.body = body
    desk.revise(story=story, by=rosa)
    changed = BODY.replace("Bread comes", "Coal comes").replace("again.", "again, all of them.")
    bring(wire, replace(item, headline="Harbour in full use", body_html=changed + "<p>More.</p>"), at=noon)

    result = actions.take_over(row=row(), by=rosa, at=noon)

    after = draft(taken)
    assert after.title == "Selva opens its harbour"
    assert texts(after) == [
        "Ships may enter again, all of them.",
        "Bread comes by ship, and only by ship.",
        "More.",
        "Source: Selva Press",
    ]
    assert result.kept == ["the headline", "“Why it matters…”"]


def test_what_a_form_has_saved_is_no_change_of_the_desks(taken, wire, item, rosa, noon):
    story = draft(taken)
    body = list(story.body.get_prep_value())
    for part in body:
        part["value"]["text"] = part["value"]["text"].replace("<p>", '<p data-block-key="k7">')
    story.body, story.lede = body, story.lede.replace("<p>", '<p data-block-key="k8">')
    desk.revise(story=story, by=rosa)
    bring(wire, replace(item, lede="It is open.", body_html=BODY.replace("Bread", "Coal")), at=noon)

    result = actions.take_over(row=row(), by=rosa, at=noon)

    assert (result.kept, draft(taken).lede_text, texts(draft(taken))[1]) == ([], "It is open.", "Coal comes by ship.")


def test_what_changes_a_second_time_is_compared_with_what_was_taken_over(taken, wire, item, rosa, noon):
    for number in ("two", "three"):
        bring(wire, replace(item, headline=f"Harbour {number}"), at=noon)
        actions.take_over(row=row(), by=rosa, at=noon)
        assert draft(taken).title == f"Harbour {number}"


def test_an_update_that_is_dismissed_is_not_told_again_but_the_next_one_is(taken, wire, item, noon):
    bring(wire, replace(item, headline="Two"), at=noon)
    actions.dismiss(row=row())
    bring(wire, replace(item, headline="Two"), at=noon + HOUR)
    assert row().attention == ""

    bring(wire, replace(item, headline="Three"), at=noon + HOUR)
    assert row().attention == "UPDATE"


def test_an_update_that_is_taken_back_is_none(taken, wire, item, noon):
    bring(wire, replace(item, headline="Two"), at=noon)
    bring(wire, item, at=noon)

    assert row().attention == ""


def test_an_update_of_a_public_story_changes_nothing_for_readers(taken, wire, item, rosa, eli, noon):
    desk.publish(story=draft(taken), by=eli, at=noon)
    bring(wire, replace(item, headline="Two"), at=noon)
    actions.take_over(row=row(), by=rosa, at=noon)

    public = Story.objects.get(pk=taken.pk)
    assert (public.live, public.title, public.has_unpublished_changes) == (True, "Harbour reopens", True)


# Kills


def test_a_kill_holds_a_draft_until_somebody_has_taken_note(taken, wire, item, eli, noon):
    bring(wire, Item(id=item.id, status=Status.CANCELED), at=noon)

    assert (row().attention, row().headline, row().is_killed) == ("KILL", "Harbour reopens", True)
    with pytest.raises(NotReady, match="took it back"):
        desk.publish(story=draft(taken), by=eli, at=noon)

    actions.note_kill(row=row(), by=eli)
    bring(wire, Item(id=item.id, status=Status.CANCELED), at=noon)
    assert row().attention == ""
    desk.publish(story=draft(taken), by=eli, at=noon)


def test_a_kill_never_changes_a_public_story(taken, wire, item, eli, noon):
    desk.publish(story=draft(taken), by=eli, at=noon)
    bring(wire, replace(item, status=Status.CANCELED), at=noon)

    assert row().attention == "KILL"
    assert Story.objects.get(pk=taken.pk).live
    assert not Hold.objects.exists()


def test_what_was_taken_back_is_not_taken(wire, item, rosa, noon):
    bring(wire, item, at=noon)
    bring(wire, replace(item, status=Status.CANCELED), at=noon)

    with pytest.raises(ValidationError, match="took it back"):
        actions.take(row=row(), by=rosa, at=noon)
    assert not Story.objects.exists()


def test_what_was_taken_back_before_it_was_seen_is_not_shown(wire, item, noon):
    receiving.receive(wire=wire, items=[replace(item, status=Status.CANCELED)], at=noon)

    assert not WireItem.objects.exists()


def test_what_is_withheld_is_held_until_it_is_usable_again(taken, wire, item, eli, noon):
    bring(wire, replace(item, status=Status.WITHHELD), at=noon)
    assert row().attention == "KILL"
    with pytest.raises(NotReady, match="withholds it"):
        desk.publish(story=draft(taken), by=eli, at=noon)

    bring(wire, item, at=noon)
    assert row().attention == ""
    desk.publish(story=draft(taken), by=eli, at=noon)


# Embargoes


@pytest.fixture
def embargoed(wire, item, rosa, noon) -> Story:
    return actions.take(row=bring(wire, replace(item, embargoed=noon + HOUR), at=noon), by=rosa, at=noon)


def test_a_story_of_an_embargoed_item_is_not_published_before_its_moment(embargoed, eli, noon):
    with pytest.raises(NotReady, match="embargo of Selva Press Office"):
        desk.publish(story=embargoed, by=eli, at=noon)
    with pytest.raises(NotReady):
        desk.schedule(story=draft(embargoed), by=eli, at=noon + HOUR / 2)

    desk.schedule(story=draft(embargoed), by=eli, at=noon + HOUR)


@pytest.mark.parametrize(("moved_to", "is_held"), [(2 * HOUR, True), (None, False), (-HOUR, False)])
def test_an_embargo_that_is_moved_or_lifted_by_its_source_is(embargoed, wire, item, noon, moved_to, is_held):
    bring(wire, replace(item, embargoed=moved_to and noon + moved_to), at=noon)

    holds = list(Hold.objects.values_list("until", flat=True))
    assert holds == ([noon + 2 * HOUR] if is_held else [])


def test_what_is_taken_over_into_a_public_story_brings_its_embargo_along(taken, wire, item, rosa, eli, noon):
    desk.publish(story=draft(taken), by=eli, at=noon)
    bring(wire, replace(item, headline="Two", embargoed=noon + HOUR), at=noon)
    assert not Hold.objects.exists()

    actions.take_over(row=row(), by=rosa, at=noon)
    with pytest.raises(NotReady):
        desk.publish(story=draft(taken), by=eli, at=noon)
