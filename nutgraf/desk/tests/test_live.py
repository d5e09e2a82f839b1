"""The desk's page of a live story: entries are filed as copy, by whoever may publish, and nothing typed is lost."""

import datetime

import pytest
from django.urls import reverse
from django.utils import formats, timezone

from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.live.samples import make_entry, make_live
from nutgraf.stories.models import Quote, Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return make_live(at=timezone.now())


@pytest.fixture
def desk(client, eli):
    client.force_login(eli)
    return client


def file(desk, run, text, **fields):
    return desk.post(reverse("file_live_entry", args=[run.story_id]), {"text": text, **fields})


def test_a_story_goes_live_and_ends(desk, noon):
    story = make_story(at=noon)
    page = reverse("live", args=[story.pk])
    assert "Go live" in desk.get(page).content.decode()

    desk.post(reverse("start_live", args=[story.pk]))
    assert LiveRun.objects.get(story=story).is_open
    assert story.title in desk.get(reverse("live_stories")).content.decode()
    desk.post(reverse("end_live", args=[story.pk]), {"is_oldest_first": "on"})

    run = LiveRun.objects.get(story=story)
    assert (run.is_open, run.is_oldest_first) == (False, True)
    assert "This live coverage ended" in desk.get(page).content.decode()


def test_copy_becomes_an_entry_with_its_structure(desk, run):
    answer = file(
        desk, run, 'Cranes fall\n\nTwo cranes fell.\n\n"We are safe," said Ana Duarte, the harbour master.', is_key="on"
    )

    assert answer.status_code == 302
    entry = LiveEntry.objects.get()
    assert (entry.headline, entry.is_key) == ("Cranes fall", True)
    assert entry.words == 'Two cranes fell. "We are safe," said Ana Duarte, the harbour master.'
    assert Quote.objects.get(story=run.story).speaker == "Ana Duarte"
    assert "Cranes fall" in desk.get(reverse("live", args=[run.story_id])).content.decode()


@pytest.mark.parametrize("text", ["   ", "x" * 20_001])
def test_what_cannot_be_filed_is_still_in_the_box(desk, run, text):
    answer = file(desk, run, text)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert text in answer.content.decode()
    assert not LiveEntry.objects.exists()


def test_what_was_typed_while_another_ended_the_coverage_is_still_there_and_can_go_on(desk, run):
    desk.post(reverse("end_live", args=[run.story_id]))

    answer = file(desk, run, "The last crane has fallen.", is_key="on")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "The last crane has fallen.</textarea>" in page
    assert 'name="goes_on"' in page
    assert not LiveEntry.objects.exists()

    assert file(desk, run, "", goes_on="").status_code == 400
    assert not LiveRun.objects.get().is_open
    file(desk, run, "The last crane has fallen.", is_key="on", goes_on="")
    assert LiveRun.objects.get().is_open
    assert LiveEntry.objects.get().is_key


def test_a_page_leads_back_to_where_one_came_from(desk, run):
    page = desk.get(reverse("live", args=[run.story_id])).content.decode()

    assert f'href="{reverse("live_stories")}"' in page.split("w-breadcrumbs", 1)[1].split("</header>", 1)[0]
    for name in ("story_versions", "withdraw_story"):
        page = desk.get(reverse(name, args=[run.story_id])).content.decode()
        way = page.split("w-breadcrumbs", 1)[1].split("</header>", 1)[0]
        assert f'href="{reverse("wagtailadmin_pages:edit", args=[run.story_id])}"' in way


def test_an_entry_of_another_day_says_its_day_as_the_desk_writes_days(desk, run):
    make_entry(run, at=timezone.now() - datetime.timedelta(days=2))
    make_entry(run, at=timezone.now())

    page = desk.get(reverse("live", args=[run.story_id])).content.decode()

    earlier = timezone.localtime(LiveEntry.objects.earliest("at").at)
    latest = timezone.localtime(LiveEntry.objects.latest("at").at)
    assert f">{formats.date_format(earlier)}, {formats.time_format(earlier)}</time>" in page
    assert f">{formats.time_format(latest)}</time>" in page


def test_what_has_no_place_in_an_entry_is_told(desk, run):
    answer = desk.post(
        reverse("file_live_entry", args=[run.story_id]),
        {"text": "Cranes fall\n\nBy Nobody Known\n\nTwo cranes fell."},
        follow=True,
    )

    assert "Nobody Known" in answer.content.decode()
    assert "Nobody Known" not in LiveEntry.objects.get().words


def test_what_others_file_is_told_to_a_page_that_is_open(desk, run, rosa):
    seen = run.change
    entry = make_entry(run, "Two cranes fell.", at=timezone.now(), by=rosa)

    news = desk.get(reverse("live_news", args=[run.story_id]), {"after": seen}).json()

    assert (news["cursor"], [one["id"] for one in news["entries"]]) == (entry.change, [entry.pk])
    assert "Two cranes fell." in news["entries"][0]["html"]
    assert desk.get(reverse("live_news", args=[run.story_id]), {"after": "x"}).json()["entries"] == []


def test_an_entry_is_removed_with_a_reason_and_not_without(desk, run):
    entry = make_entry(run, at=timezone.now())
    way = reverse("remove_live_entry", args=[entry.pk])

    assert desk.post(way, {"because": " "}).status_code == 400
    desk.post(way, {"because": "It was last year's list."})

    entry.refresh_from_db()
    assert (entry.is_public, entry.removed_because) == (False, "It was last year's list.")


def test_an_entry_is_corrected_in_a_form_with_its_blocks(desk, run):
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    from nutgraf.desk.samples import filled_paragraph

    entry = make_entry(run, "Forty ships.", at=timezone.now())
    way = reverse("correct_live_entry", args=[entry.pk])
    form = {"headline": "Ships", "body": streamfield([filled_paragraph("<p>Four ships.</p>")]), "correction": ""}
    assert "Forty ships." in desk.get(way).content.decode()

    without = desk.post(way, nested_form_data(form))
    done = desk.post(way, nested_form_data(form | {"correction": "There were four."}))

    entry.refresh_from_db()
    assert (without.status_code, done.status_code) == (200, 302)
    assert (entry.words, entry.correction) == ("Four ships.", "There were four.")


def test_who_corrects_what_another_has_corrected_meanwhile_is_told_and_loses_nothing(desk, run):
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    from nutgraf.desk.samples import filled_paragraph

    entry = make_entry(run, "Forty ships.", at=timezone.now())
    way = reverse("correct_live_entry", args=[entry.pk])
    form = {"headline": "", "known": ""}
    mine = {"body": streamfield([filled_paragraph("<p>Four ships.</p>")]), "correction": "There were four."}
    theirs = {"body": streamfield([filled_paragraph("<p>Five ships.</p>")]), "correction": "There were five."}
    assert desk.post(way, nested_form_data(form | theirs)).status_code == 302

    told = desk.post(way, nested_form_data(form | mine))

    entry.refresh_from_db()
    assert (told.status_code, entry.words) == (200, "Five ships.")
    page = told.content.decode()
    assert "There were five." in page
    assert "There were four." in page
    assert 'name="known" value="There were five."' in page
    assert desk.post(way, nested_form_data(form | mine | {"known": "There were five."})).status_code == 302
    entry.refresh_from_db()
    assert (entry.words, entry.correction) == ("Four ships.", "There were five.\nThere were four.")


def test_who_corrects_what_another_has_removed_meanwhile_is_told_and_loses_nothing(desk, run):
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    from nutgraf.desk.samples import filled_paragraph

    entry = make_entry(run, "Forty ships.", at=timezone.now())
    desk.post(reverse("remove_live_entry", args=[entry.pk]), {"because": "Nobody saw it."})
    mine = {"headline": "", "body": streamfield([filled_paragraph("<p>Four ships.</p>")]), "correction": "Four."}

    told = desk.post(reverse("correct_live_entry", args=[entry.pk]), nested_form_data(mine))

    assert told.status_code == 200
    assert "This entry was removed" in told.content.decode()
    assert "Four ships." in told.content.decode()


def test_bullets_are_among_what_an_entry_says(desk, run):
    file(desk, run, "Cranes fall\n\nTwo cranes fell:\n\n- One into the water.\n- One onto the quay.")

    assert LiveEntry.objects.get().words == "Two cranes fell: One into the water. One onto the quay."


def test_an_entry_becomes_a_key_event_and_a_story(desk, run):
    entry = make_entry(run, at=timezone.now(), headline="Cranes fall")

    desk.post(reverse("mark_live_entry", args=[entry.pk]))
    answer = desk.post(reverse("break_out_live_entry", args=[entry.pk]))

    entry.refresh_from_db()
    assert entry.is_key
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[entry.broken_out_to_id])
    assert Story.objects.get(pk=entry.broken_out_to_id).title == "Cranes fall"


def test_a_story_that_is_not_public_says_so(desk, noon):
    run = make_live(at=noon, story=make_story("Embargoed", at=noon, is_draft=True))

    assert "This story is not public." in desk.get(reverse("live", args=[run.story_id])).content.decode()


@pytest.mark.parametrize("who", ["rosa", "nobody"])
def test_who_may_not_publish_may_not_run_a_live_story(client, run, who, request):
    somebody = request.getfixturevalue(who)
    entry = make_entry(run, at=timezone.now() - datetime.timedelta(minutes=1))
    if who != "nobody":
        client.force_login(somebody)
    story = run.story_id
    doors = [
        ("start_live", story),
        ("file_live_entry", story),
        ("end_live", story),
        ("remove_live_entry", entry.pk),
        ("mark_live_entry", entry.pk),
        ("break_out_live_entry", entry.pk),
        ("correct_live_entry", entry.pk),
        ("sum_up_live", story),
    ]

    answers = [client.post(reverse(name, args=[key]), {"text": "x", "because": "x"}) for name, key in doors]
    answers += [client.get(reverse(name, args=[story])) for name in ("live", "live_news")]

    assert {answer.status_code for answer in answers} == {302}
    assert all("/live/" not in answer["Location"].partition("?")[0] for answer in answers)
    entry.refresh_from_db()
    assert (LiveEntry.objects.count(), entry.is_public, LiveRun.objects.get().is_open) == (1, True, True)
