"""Who had an edition with an error is told: in the next edition, once, and by a mail of its own if an editor says so."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from nutgraf.audience.models import List, Subscription
from nutgraf.audience.samples import make_subscriber
from nutgraf.briefings import actions, composition, figures, sending
from nutgraf.briefings.models import Edition
from nutgraf.briefings.samples import make_briefing, make_edition, story_item, text_item
from nutgraf.mail.models import Delivery, Message
from nutgraf.stories import actions as story_actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(noon):
    return make_briefing(days="0123456", hour=datetime.time(13), at=noon - 3 * DAY)


def out(briefing, *items, at):
    edition = make_edition(briefing, *items, at=at, day=at.date())
    actions.send(edition=edition, by=None, at=at)
    return Edition.objects.get(pk=edition.pk)


def correct(story, *, at):
    story = Story.objects.get(pk=story.pk)
    story.lede = "<p>Four ships may enter, not three.</p>"
    story_actions.revise(story=story, by=None)
    sentence = "We said three ships; there are four."
    return story_actions.publish(story=story, by=None, at=at, change="CORRECTION", sentence=sentence)


def told(edition):
    return [one.sentence for one in composition.of(edition, at=edition.out_at).corrections]


def test_the_next_edition_tells_of_it_once(briefing, noon):
    story = make_story("Three ships", at=noon - 2 * DAY)
    out(briefing, story_item(story), at=noon - DAY)
    correct(story, at=noon - HOUR)

    following, after = out(briefing, at=noon), out(briefing, at=noon + DAY)

    assert told(following) == ["We said three ships; there are four."]
    assert told(after) == []


def test_another_briefing_s_readers_are_not_told_of_what_they_never_had(briefing, noon):
    story = make_story("Three ships", at=noon - 2 * DAY)
    out(briefing, story_item(story), at=noon - DAY)
    correct(story, at=noon - HOUR)

    assert told(out(make_briefing("Evening", days="0123456", at=noon), at=noon)) == []


def test_what_was_corrected_before_it_was_carried_is_not_told(briefing, noon):
    story = make_story("Three ships", at=noon - 2 * DAY)
    correct(story, at=noon - 30 * HOUR)
    out(briefing, story_item(story), at=noon - DAY)

    assert told(out(briefing, at=noon)) == []


def test_of_a_withdrawn_story_the_reason_is_told_and_not_its_words(briefing, noon):
    story = make_story("Three ships sank", at=noon - 2 * DAY)
    out(briefing, story_item(story), at=noon - DAY)
    story_actions.withdraw(story=Story.objects.get(pk=story.pk), reason="No ship sank.", by=None, at=noon - HOUR)

    (correction,) = composition.of(out(briefing, at=noon), at=noon).corrections

    assert correction.sentence == "No ship sank."
    assert "sank" not in correction.headline


def test_the_page_says_what_was_corrected_since_and_keeps_what_it_said(briefing, noon, client):
    story = make_story("Three ships", at=noon - 2 * DAY)
    edition = out(briefing, story_item(story, "Three ships enter"), at=noon - DAY)

    correct(story, at=noon - HOUR)

    page = client.get(edition.get_absolute_url()).text
    assert "Three ships enter" in page
    assert "We said three ships; there are four." in page


def test_the_page_says_nothing_of_a_withdrawn_story_s_words(briefing, noon, client):
    story = make_story("Three ships sank", at=noon - 2 * DAY)
    edition = out(briefing, story_item(story), text_item("Bread is cheaper."), at=noon - DAY)
    story_actions.withdraw(story=Story.objects.get(pk=story.pk), reason="It was not so.", by=None, at=noon - HOUR)

    main = client.get(edition.get_absolute_url()).text.partition('<div class="edition__words">')[2]

    assert "Three ships sank" not in main.partition("<footer")[0]
    assert "It was not so." in main
    assert "Bread is cheaper." in main


def test_a_separate_mail_goes_to_those_who_had_it_and_are_still_there(briefing, noon):
    edition = out(briefing, at=noon)
    kept = List.objects.get(key=briefing.list_key)
    had, left, new = (make_subscriber(f"{name}@example.org", at=noon, lists=[kept]) for name in ("had", "left", "new"))
    delivery = Delivery.objects.get(audience=edition.audience_key)
    for one in (had, left):
        Message.objects.create(delivery=delivery, number=one.pk, state=Message.State.ACCEPTED, at=noon)
    Subscription.objects.filter(subscriber=left).update(state=Subscription.State.OFF)

    correction = actions.correct(
        edition=edition, subject="Correction: ships", words="There are four.", by=None, at=noon + HOUR
    )

    reached = sending.OfCorrections()(correction.audience_key, 0, 10**9, 100)
    assert [one.address for one in reached] == ["had@example.org"]
    assert new.email not in {one.address for one in reached}


def test_nobody_is_told_of_an_error_in_what_nobody_had(briefing, noon):
    edition = make_edition(briefing, at=noon)

    with pytest.raises(ValidationError):
        actions.correct(edition=edition, subject="Correction", words="Four.", by=None, at=noon)

    assert not Delivery.objects.exists()


def test_a_line_break_in_the_subject_of_a_correction_is_refused_and_nobody_is_mailed(briefing, noon):
    edition = out(briefing, at=noon)
    before = Delivery.objects.count()

    with pytest.raises(ValidationError):
        actions.correct(edition=edition, subject="Sorry\r\nBcc: all@example.org", words="Four.", by=None, at=noon)

    assert Delivery.objects.count() == before


def test_readers_are_told_of_one_correction_by_mail_once(briefing, noon):
    story = make_story("Three ships", at=noon - 2 * DAY)
    edition = out(briefing, story_item(story), at=noon - DAY)
    correct(story, at=noon - HOUR)
    version = figures.errors_in(edition).get()
    told = {"edition": edition, "subject": "Sorry", "words": "Four.", "by": None, "at": noon, "version": version}
    actions.correct(**told)

    with pytest.raises(ValidationError, match="told of this by mail already"):
        actions.correct(**told)


def test_an_edition_goes_to_each_subscriber_of_its_briefing_with_links_of_their_own(briefing, noon):
    kept = actions.keep_list(briefing)
    other = actions.keep_list(make_briefing("Evening", at=noon))
    for name, lists in (("a", [kept]), ("b", [kept, other]), ("c", [other])):
        make_subscriber(f"{name}@example.org", at=noon, lists=lists)
    edition = out(briefing, at=noon)

    reached = sending.OfEditions()(edition.audience_key, 0, 10**9, 100)

    assert [one.address for one in reached] == ["a@example.org", "b@example.org"]
    assert len({one.fields["unsubscribe"] for one in reached}) == 2


def test_who_wants_one_mail_a_week_gets_the_last_of_the_week(noon):
    # The 22nd is a Sunday, the last day of its week.
    daily = make_briefing(days="0123456", at=noon)
    working = make_briefing("Working days", days="01234", at=noon)

    def weekly(briefing, day):
        return sending.is_for_weekly(Edition(briefing=briefing, day=datetime.date(2026, 11, day)))

    assert [weekly(daily, day) for day in (20, 21, 22)] == [False, False, True]
    assert [weekly(working, day) for day in (19, 20, 23)] == [False, True, False]
