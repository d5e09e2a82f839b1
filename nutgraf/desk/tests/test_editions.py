"""Curators begin, edit, check, try out and send editions; what is out is not edited any more."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from nutgraf.audience.samples import make_list
from nutgraf.briefings import actions
from nutgraf.briefings.models import Briefing, Edition
from nutgraf.briefings.samples import make_briefing, make_edition, story_item, text_item
from nutgraf.mail.models import Delivery
from nutgraf.newsroom.samples import make_author
from nutgraf.stories.samples import make_story

DAY = datetime.timedelta(days=1)


@pytest.fixture
def desk(at_desk, cleo):
    return at_desk(cleo)


def edit_address(edition):
    return reverse("wagtailsnippets_briefings_edition:edit", args=[edition.pk])


def test_a_new_edition_opens_with_what_is_new(desk):
    story = make_story("Harbour reopens")
    briefing = make_briefing()

    answer = desk.post(reverse("new_edition"), {"briefing": briefing.pk})

    edition = Edition.objects.get()
    assert answer.headers["Location"] == edit_address(edition)
    assert [child.value["story"] for child in edition.items if child.block_type == "story"] == [story]
    assert "Harbour reopens" in desk.get(edit_address(edition)).text


def test_its_form_keeps_what_was_written(desk):
    edition = make_edition(None, text_item("Ships."))
    form = {
        "subject": "Ships again",
        "preheader": "And bread",
        "opening": json.dumps(
            {
                "blocks": [
                    {
                        "key": "a",
                        "text": "Good morning.",
                        "type": "unstyled",
                        "depth": 0,
                        "inlineStyleRanges": [],
                        "entityRanges": [],
                    }
                ],
                "entityMap": {},
            }
        ),
        "items-count": "1",
        "items-0-deleted": "",
        "items-0-order": "0",
        "items-0-type": "number",
        "items-0-id": "",
        "items-0-value-figure": "2,500",
        "items-0-value-counts": "loaves",
        "items-0-value-source": "",
        "items-0-value-words": "null",
        "items-0-value-story": "",
        "curator": str(edition.curator.pk),
        "day": edition.day.isoformat(),
        "report": "",
    }

    answer = desk.post(edit_address(edition), form)

    assert answer.status_code == 302, answer.context["form"].errors
    kept = Edition.objects.get()
    assert (kept.subject, kept.items[0].value["figure"]) == ("Ships again", "2,500")


@pytest.mark.parametrize("mode", ["mail", "page", "text"])
def test_each_form_of_it_is_previewed(rf, world, mode):
    edition = make_edition(None, story_item(make_story("Harbour reopens")))

    answer = edition.make_preview_request(preview_mode=mode)

    assert answer.status_code == 200
    assert "harbour reopens" in answer.content.decode().casefold()


def test_a_mail_is_previewed_with_the_styles_that_it_carries(world):
    edition = make_edition(None, story_item(make_story("Harbour reopens")))

    assert "Content-Security-Policy" not in edition.make_preview_request(preview_mode="mail").headers
    assert "Content-Security-Policy" in edition.make_preview_request(preview_mode="page").headers


def test_what_is_found_in_it_is_shown_and_keeps_it(desk):
    edition = make_edition(None, text_item("It costs TK."), subject="")

    text = desk.get(reverse("check_edition", args=[edition.pk])).text
    desk.post(reverse("send_edition", args=[edition.pk]))

    assert "Write a subject" in text
    assert "still stands for something to come" in text
    assert Edition.objects.get().state == Edition.State.DRAFT
    assert not Delivery.objects.exists()


def test_every_link_in_it_is_asked_wherever_it_stands(desk, settings):
    settings.PUBLIC_URL = "http://localhost:8000"
    briefing = make_briefing(counts_clicks=False)
    edition = make_edition(
        briefing,
        text_item('Ships <a href="http://10.0.0.2/item">enter</a>.'),
        opening='<p>Good <a href="http://10.0.0.1/opening">morning</a>.</p>',
    )

    answer = desk.post(reverse("check_edition_links", args=[edition.pk]))

    assert "http://10.0.0.1/opening" in answer.text
    assert "http://10.0.0.2/item" in answer.text
    # Its own page is there only once it is out.
    assert edition.get_absolute_url() not in answer.text


def test_a_curator_tries_it_out_schedules_it_and_takes_that_back(desk):
    edition = make_edition(make_briefing(days="0123456"), day=timezone.localdate() + 2 * DAY)

    desk.post(reverse("test_edition", args=[edition.pk]), {"to": "a@example.org, b@example.org"})
    desk.post(reverse("schedule_edition", args=[edition.pk]), {"send_at": ""})
    edition.refresh_from_db()
    assert edition.state == Edition.State.SCHEDULED
    desk.post(reverse("unschedule_edition", args=[edition.pk]))

    edition.refresh_from_db()
    assert edition.state == Edition.State.DRAFT
    assert Delivery.objects.count() == 2


def test_the_other_moment_is_chosen_in_wagtail_s_own_way(desk):
    # Without its script the field is empty text, and the page reports an error.
    assert "date-time-chooser.js" in desk.get(reverse("check_edition", args=[make_edition().pk])).text


def test_a_test_to_what_is_no_address_says_so_and_keeps_what_was_typed(desk):
    edition = make_edition()

    answer = desk.post(reverse("test_edition", args=[edition.pk]), {"to": "nobody at all"})

    assert "nobody at all" in answer.text
    assert answer.context["test_form"].errors


def test_what_is_out_has_figures_and_no_form(desk):
    edition = make_edition()
    desk.post(reverse("send_edition", args=[edition.pk]))

    answer = desk.get(edit_address(edition), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("edition_out", args=[edition.pk])
    assert "Delivered" in answer.text
    desk.post(reverse("wagtailsnippets_briefings_edition:delete", args=[edition.pk]))
    assert Edition.objects.get().is_out


def test_its_readers_are_told_of_an_error_in_a_mail_of_its_own(desk):
    edition = make_edition()
    actions.send(edition=edition, by=None, at=timezone.now())

    desk.post(
        reverse("edition_out", args=[edition.pk]), {"subject": "Correction: ships", "words": "There are four ships."}
    )

    correction = edition.correction_mails.get()
    assert Delivery.objects.filter(audience=correction.audience_key).exists()
    page = desk.get(edition.get_absolute_url()).text
    assert "There are four ships." in page


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, True)])
def test_whoever_would_send_it_before_its_day_is_told_so(desk, days, is_told):
    edition = make_edition()
    edition.day = timezone.localdate(timezone=edition.briefing.zone) + days * DAY
    edition.save()

    page = desk.get(reverse("check_edition", args=[edition.pk])).text

    assert ("before its day" in page) is is_told


@pytest.mark.parametrize("name", ["check_edition", "edition_out"])
def test_a_reporter_has_no_door_to_editions(at_desk, rosa, name):
    edition = make_edition()

    answer = at_desk(rosa).get(reverse(name, args=[edition.pk]))

    assert answer.status_code == 302
    assert at_desk(rosa).get(reverse("new_edition")).status_code == 302


@pytest.mark.parametrize(
    "name", ["schedule_edition", "send_edition", "test_edition", "check_edition_links", "unschedule_edition"]
)
def test_nobody_sends_anything(db, client, name):
    edition = make_edition()

    client.post(reverse(name, args=[edition.pk]), {"to": "a@example.org"})

    assert not Delivery.objects.exists()
    assert Edition.objects.get().state == Edition.State.DRAFT


def briefing_form(**fields):
    return {
        "name": "The Morning Bell",
        "slug": "",
        "promise": "Five stories before seven.",
        "description": "",
        "curator": str(make_author("Cleo Aster").pk),
        "days": ["0", "2"],
        "hour": "07:00",
        "time_zone": "Europe/Lisbon",
        "lateness_minutes": "90",
        "sender_name": "The Bell",
        "sender_address": "bell@harbour.example",
        "reply_to": "",
        "template": "PLAIN",
        "counts_clicks": "on",
        "is_open": "on",
    } | fields


def test_a_publisher_begins_a_briefing(at_desk, priya):
    answer = at_desk(priya).post(reverse("briefing:add"), briefing_form())

    assert answer.status_code == 302, answer.context["form"].errors
    briefing = Briefing.objects.get()
    assert (briefing.slug, briefing.days, briefing.hour) == ("the-morning-bell", "02", datetime.time(7))


def test_its_editions_go_to_further_lists_of_briefings_only(at_desk, priya):
    weekend, bread = make_list("The Weekend", key="briefing:98"), make_list("Bread", key="storyline:1")
    desk = at_desk(priya)
    desk.post(reverse("briefing:add"), briefing_form())
    briefing = Briefing.objects.get()
    edit = reverse("briefing:edit", args=[briefing.pk])

    refused = desk.post(edit, briefing_form(slug="the-morning-bell", further_lists=[str(bread.pk)]))
    offered = refused.context["form"].fields["further_lists"].queryset
    answer = desk.post(edit, briefing_form(slug="the-morning-bell", further_lists=[str(weekend.pk)]))

    assert list(offered) == [weekend]
    assert "further_lists" in refused.context["form"].errors
    assert answer.status_code == 302, answer.context["form"].errors
    assert Briefing.objects.get().list_keys == [briefing.list_key, weekend.key]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("days", []),
        ("time_zone", "Mars/Olympus"),
        ("sender_name", "Bell\nBcc: a@example.org"),
        ("sender_address", "bell"),
        ("hour", "25:00"),
    ],
)
def test_what_no_briefing_can_have_is_refused_at_its_field(at_desk, priya, field, value):
    answer = at_desk(priya).post(reverse("briefing:add"), briefing_form(**{field: value}))

    assert field in answer.context["form"].errors
    assert not Briefing.objects.exists()


def test_a_report_s_page_is_there_once_it_is_public(at_desk, cleo, client):
    story = make_story("Harbour reopens")
    form = {
        "name": "The winter harbour",
        "slug": "",
        "introduction": "",
        "curator": str(make_author("Cleo Aster").pk),
        "picture": "",
        "storyline": "",
        "chosen-TOTAL_FORMS": "1",
        "chosen-INITIAL_FORMS": "0",
        "chosen-0-story": str(story.pk),
        "chosen-0-ORDER": "1",
    }
    answer = at_desk(cleo).post(reverse("specialreport:add"), form)

    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get("/special-reports/the-winter-harbour/").status_code == 404
    from nutgraf.briefings.models import SpecialReport

    SpecialReport.objects.update(is_public=True)
    assert "Harbour reopens" in client.get("/special-reports/the-winter-harbour/").text
