"""Editions are opened, scheduled and go out once, and say for ever what they said then."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from nutgraf.audience.models import List
from nutgraf.briefings import actions, checks
from nutgraf.briefings.models import Edition
from nutgraf.briefings.samples import make_briefing, make_edition, story_item, text_item
from nutgraf.mail.models import Delivery
from nutgraf.stories.samples import make_story
from nutgraf.storylines.samples import make_storyline

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)

pytestmark = pytest.mark.django_db


def test_a_briefing_has_a_list_to_subscribe_to_from_the_start(noon):
    briefing = make_briefing(at=noon)

    kept = List.objects.get(key=briefing.list_key)
    assert (kept.name, kept.promise, kept.is_offered) == (briefing.name, briefing.promise, True)


def test_an_edition_goes_out_once(noon):
    edition = make_edition(at=noon)

    actions.send(edition=edition, by=None, at=noon)

    with pytest.raises(ValidationError):
        actions.send(edition=Edition.objects.get(), by=None, at=noon)
    assert Delivery.objects.get().audience == edition.audience_key
    assert Edition.objects.get().out_at == noon


def test_an_edition_that_is_out_says_what_it_said_whatever_becomes_of_its_stories(noon):
    story = make_story("Harbour reopens", at=noon - HOUR)
    edition = make_edition(None, story_item(story), at=noon)
    actions.send(edition=edition, by=None, at=noon)

    story.title = story.draft_title = "Something else"
    story.save()

    from nutgraf.briefings import composition

    assert composition.of(Edition.objects.get(), at=noon + DAY).items[0].headline == "Harbour reopens"


def test_an_edition_without_a_subject_does_not_go_out(noon):
    edition = make_edition(subject="", at=noon)

    with pytest.raises(checks.NotReady, match="subject"):
        actions.send(edition=edition, by=None, at=noon)

    assert Edition.objects.get().state == Edition.State.DRAFT
    assert not Delivery.objects.exists()


def test_a_scheduled_edition_goes_out_at_its_hour_in_its_zone(noon):
    # Half past nine in New York is half past two in the afternoon in winter by Greenwich.
    briefing = make_briefing(time_zone="America/New_York", hour=datetime.time(9, 30), days="0123456", at=noon)
    edition = make_edition(briefing, at=noon)
    actions.schedule(edition=edition, by=None, at=noon)

    due = datetime.datetime(2026, 11, 22, 14, 30, tzinfo=datetime.UTC)
    assert edition.send_at == due
    assert actions.send_due(at=due - MINUTE) == []
    assert actions.send_due(at=due) == [edition]
    assert actions.send_due(at=due + MINUTE) == []


def test_what_is_late_within_the_limit_goes_out_and_what_is_later_asks(noon):
    briefing = make_briefing(days="0123456", hour=datetime.time(13), lateness_minutes=60, at=noon)
    late = make_edition(briefing, at=noon)
    later = make_edition(
        make_briefing("Evening", days="0123456", hour=datetime.time(12, 30), lateness_minutes=30, at=noon), at=noon
    )
    for edition in (late, later):
        actions.schedule(edition=edition, by=None, at=noon)

    done = actions.send_due(at=noon + 2 * HOUR)

    later.refresh_from_db()
    assert done == [late]
    assert later.state == Edition.State.ASKING
    assert later.trouble
    actions.send(edition=later, by=None, at=noon + 2 * HOUR)
    assert Edition.objects.get(pk=later.pk).is_out


def test_a_scheduled_edition_whose_story_is_taken_down_asks_and_keeps_no_other(noon):
    story = make_story(at=noon - HOUR)
    briefing = make_briefing(days="0123456", hour=datetime.time(13), at=noon)
    broken = make_edition(briefing, story_item(story), at=noon)
    other = make_edition(make_briefing("Evening", days="0123456", hour=datetime.time(13), at=noon), at=noon)
    for edition in (broken, other):
        actions.schedule(edition=edition, by=None, at=noon)
    story.unpublish()

    done = actions.send_due(at=noon + HOUR)

    broken.refresh_from_db()
    assert done == [other]
    assert broken.state == Edition.State.ASKING
    assert "not public" in broken.trouble


def test_a_day_has_one_edition_and_special_ones_beside_it(noon):
    briefing = make_briefing(days="0123456", hour=datetime.time(13), at=noon)

    first = make_edition(briefing, at=noon)
    again = make_edition(briefing, at=noon)
    special = make_edition(briefing, is_special=True, at=noon)

    assert again == first
    assert (special.day, special.number) == (first.day, 2)
    assert special.date_word == "2026-11-22-2"


def test_the_next_edition_is_that_of_the_next_day_of_the_rhythm(noon):
    # The 22nd is a Sunday.
    briefing = make_briefing(days="024", at=noon)

    assert actions.next_day(briefing, at=noon) == datetime.date(2026, 11, 23)
    edition = make_edition(briefing, at=noon)
    actions.send(edition=edition, by=None, at=noon)
    assert actions.next_day(briefing, at=noon) == datetime.date(2026, 11, 25)


def test_a_moment_that_has_passed_is_not_scheduled(noon):
    briefing = make_briefing(days="0123456", hour=datetime.time(13), at=noon)
    edition = make_edition(briefing, at=noon)

    with pytest.raises(ValidationError, match="has passed"):
        actions.schedule(edition=edition, by=None, at=noon + 2 * HOUR)


def test_a_test_goes_to_each_address_once_and_says_that_it_is_one(noon):
    edition = make_edition(at=noon)

    actions.test(edition=edition, to=["eli@example.org", " Eli@example.org", "rosa@example.org"], by=None, at=noon)

    sent = Delivery.objects.order_by("pk")
    assert {one.to for one in sent} >= {"eli@example.org", "rosa@example.org"}
    assert all(one.subject.startswith("[Test] ") for one in sent)
    assert Edition.objects.get().state == Edition.State.DRAFT


@pytest.mark.parametrize("typed", [[""], ["nobody"], ["a@example.org\nBcc: b@example.org"], ["a@example.org"] * 11])
def test_a_test_to_what_is_no_address_is_refused_and_goes_to_nobody(noon, typed):
    edition = make_edition(at=noon)

    with pytest.raises(ValidationError):
        actions.test(edition=edition, to=typed, by=None, at=noon)

    assert not Delivery.objects.exists()


@pytest.mark.parametrize("field", ["subject", "preheader"])
def test_a_line_break_in_a_subject_is_refused(noon, field):
    with pytest.raises(ValidationError):
        make_edition(None, at=noon, **{field: "Ships\r\nBcc: everybody@example.org"})


def test_a_line_break_in_the_name_of_a_sender_is_refused(noon):
    with pytest.raises(ValidationError):
        make_briefing(sender_name="Bell\nBcc: everybody@example.org", at=noon)


def test_a_click_is_counted_and_leads_where_the_link_did(noon):
    story = make_story(at=noon - HOUR)
    edition = make_edition(None, story_item(story), at=noon)
    actions.send(edition=edition, by=None, at=noon)
    link = edition.links.get(url__endswith=str(story.address))

    url = actions.count_click(edition=edition.pk, number=link.number)

    link.refresh_from_db()
    assert (url, link.clicks) == (link.url, 1)
    assert actions.count_click(edition=edition.pk, number=999) is None


def test_items_that_hold_nothing_any_more_are_named(noon):
    edition = make_edition(None, text_item("The rest is TK."), at=noon)

    found = [one.says for one in checks.of(edition, at=noon)]

    assert any("TK" in one for one in found)


def test_a_storyline_in_the_form_is_given_as_a_select_takes_it(noon):
    # As a bare number it stopped the script that draws all items.
    storyline = make_storyline(at=noon)
    block = Edition.items.field.stream_block.child_blocks["storyline"].child_blocks["storyline"]

    assert block.get_form_state(storyline) == [str(storyline.pk)]
    assert block.get_form_state(None) == [""]
