"""A story can be taken as text, as Markdown and as a news object that is valid by the standard's own schema."""

import datetime
import json
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from nutgraf.copydesk import drafts, reading
from nutgraf.imports.wire.items import Item, Status
from nutgraf.imports.wire.reading import read
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions, samples
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(noon):
    return make_story(
        "Harbour reopens",
        point("Why it matters", "Bread comes <b>by ship</b>.", samples.bullet("Flour is short.", "Two bakeries shut.")),
        samples.quote("We have waited & waited.", "Mara Lind", role="pilot", affiliation="Port Ellery Pilots"),
        samples.number("2500", "tonnes on the way", unit="t", as_of=noon.date(), source="the port"),
        samples.event("Talks go on", starts=noon.date(), place="Port Ellery", is_expected=True),
        at=noon,
        section=make_section("World"),
        authors=[make_author("Rosa Vale")],
        hero=make_picture(),
    )


def other(client, story, ending):
    answer = client.get(f"{story.address.rstrip('/')}.{ending}")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(
    ("ending", "content_type"), [("txt", "text/plain"), ("md", "text/markdown"), ("json", "application/json")]
)
def test_the_page_says_where_its_other_forms_are(client, story, ending, content_type):
    assert other(client, story, ending)["Content-Type"].startswith(content_type)
    head = client.get(story.address).content.decode().split("</head>")[0]
    assert f'<link rel="alternate" type="{content_type}" href="{story.address.rstrip("/")}.{ending}">' in head


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_copy_is_read_back_as_the_same_story_and_says_where_it_is_from(client, story, ending, noon):
    text = other(client, story, ending).content.decode()

    copy, _, credit = text.rstrip().rpartition("\n\n")
    assert credit == f"First published by Nutgraf: http://testserver{story.address}"
    (draft,) = drafts.drafts(reading.read(copy, at=noon, zone=ZoneInfo("UTC")))
    assert draft.headline == "Harbour reopens"
    assert [part["type"] for part in draft.body] == ["point", "quote", "number", "event"]


def test_the_news_object_is_valid(client, story, public_data):
    validator(public_data).validate(other(client, story, "json").json())


def test_the_news_object_names_who_spoke_what_is_to_come_and_the_picture(client, story, noon):
    found = other(client, story, "json").json()

    assert found["uri"] == f"urn:uuid:{story.translation_key}"
    assert found["people"] == [{"name": "Mara Lind", "rel": "quoted"}]
    assert found["organisations"] == [{"name": "Port Ellery Pilots", "rel": "mentioned"}]
    picture, event = found["associations"]
    assert picture["type"] == "picture"
    assert event["eventDetails"] == {"dates": {"expectedStartDate": f"{noon:%Y-%m-%d}"}}
    assert "Bread comes <b>by ship</b>." in found["bodies"][0]["value"]


@pytest.mark.parametrize(
    ("fields", "dates"),
    [
        ({"precision": "MONTH"}, {"expectedStartDate": "2026-12"}),
        ({"precision": "YEAR"}, {"expectedStartDate": "2026"}),
        ({"time": datetime.time(9, 30)}, {"startDate": "2026-12-01T09:30:00+00:00"}),
        ({"ends": datetime.date(2026, 12, 3)}, {"expectedStartDate": "2026-12-01", "expectedEndDate": "2026-12-03"}),
    ],
)
def test_events_are_told_as_surely_as_they_are_known(client, noon, fields, dates):
    story = make_story("S", samples.event("Talks", starts=datetime.date(2026, 12, 1), **fields), at=noon)

    (event,) = other(client, story, "json").json()["associations"]

    assert event["eventDetails"]["dates"] == dates


def test_another_section_in_the_address_leads_to_the_story_s_own(client, story):
    answer = client.get(story.address.rstrip("/").replace("/world/", "/sport/") + ".md")

    assert answer.status_code == 301
    assert answer["Location"] == story.address.rstrip("/") + ".md"


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_what_was_withdrawn_is_given_in_no_form(client, story, eli, noon, ending):
    actions.withdraw(story=story, reason="We were wrong.", by=eli, at=noon)

    assert client.get(f"{story.address.rstrip('/')}.{ending}").status_code == 404


def test_a_withdrawn_story_s_news_object_takes_it_back_without_a_word_of_it(client, story, eli, noon, public_data):
    at = noon + datetime.timedelta(hours=1)
    before = other(client, story, "json").content
    actions.withdraw(story=story, reason="We were wrong.", by=eli, at=at)

    answer = client.get(f"{story.address.rstrip('/')}.json")

    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache")
    validator(public_data).validate(answer.json())
    assert (answer.json()["pubStatus"], answer.json()["edNote"]) == ("canceled", "We were wrong.")
    assert "Harbour" not in answer.content.decode()
    (item,) = reread(before + b"\n" + answer.content, at=at)
    assert (item.id, item.status, item.changed) == (f"urn:uuid:{story.translation_key}", Status.CANCELED, at)


def test_our_own_news_object_is_read_back_as_the_same_story(client, story, noon):
    (item,) = reread(other(client, story, "json").content, at=noon)

    assert (item.id, item.headline, item.status) == (f"urn:uuid:{story.translation_key}", story.headline, Status.USABLE)
    # Its text begins with the lede.
    assert item.body_html.startswith(story.lede)
    assert (item.lede, item.section, item.authors) == ("", "World", ("Rosa Vale",))
    assert item.link == f"http://testserver{story.address}"
    assert (item.published, item.changed, item.credit) == (noon, noon, "Nutgraf")
    assert "Bread comes <b>by ship</b>." in item.body_html
    assert [one.alt for one in item.pictures] == [story.picture_alt_text]


def reread(content, *, at):
    found = read(content, content_type="application/json", address="", at=at).items
    return [one for one in found if isinstance(one, Item)]


def validator(public_data):
    schema = json.loads((public_data / "ninjs" / "ninjs-schema_3.1.json").read_text())
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
