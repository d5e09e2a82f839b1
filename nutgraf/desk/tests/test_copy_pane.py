"""The pane for copy reads for those who file, says in a sentence what it cannot take, and never drops a line."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from nutgraf.desk.copy_panel import LONGEST
from nutgraf.desk.samples import filled_form, filled_picture, filled_point, sentence
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db

COPY = """Pilots strike again

By Rosa Vale and Ivo Stern

PORT ELLERY – The harbour shut again on Friday.

Why it matters: Bread comes by ship.

• Flour is there for 9 days.
  • In the north it is 4 days.

What they're saying: "We have waited long enough," says Mara Lind, head of the pilots' union.

Photo: Ada Quill
"""
TWO = f"{COPY}\n\nEli Marsh\n9 hours ago - World\n\nA second story of the day\n\nThe ferry sails again, its owner said on Friday.\n\nThe big picture: It had lain in the harbour for a week.\n"


@pytest.fixture
def ask(at_desk, eli):
    client = at_desk(eli)

    def post(name, text=COPY, **data):
        answer = client.post(reverse(name), {"copy-text": text} | data)
        return answer.status_code, answer.json()

    return post


@pytest.fixture
def visitor(db):
    """Somebody who may look at the desk, and no more."""
    user = get_user_model().objects.create_user("vera", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.mark.parametrize("name", ["read_copy", "take_clipboard", "write_copy", "accept_copy", "file_drafts"])
def test_only_who_may_file_is_answered(name, at_desk, rosa, visitor, client):
    data = {"copy-text": COPY, "copy-html": "<p>Words</p>"} | filled_form()

    assert at_desk(rosa).post(reverse(name), data).status_code == 200
    assert at_desk(visitor).post(reverse(name), data).status_code == 302
    assert client.post(reverse(name), data).status_code == 302
    assert at_desk(rosa).get(reverse(name)).status_code == 405


def test_every_line_is_in_the_reading(ask):
    text = f"{COPY}\nShare this story\n"

    _, answer = ask("read_copy", text)

    assert "Share this story" in answer["html"]
    ends = [mark["span"] for mark in answer["marks"] if not mark["fact"]]
    for place, letter in enumerate(text):
        line = text[text.rfind("\n", 0, place) + 1 :].split("\n")[0]
        is_marked = any(start <= place < end for start, end in ends)
        # Of a byline and a dateline the names are marked, and not the words round them.
        assert is_marked or letter.isspace() or line.startswith(("By ", "PORT ELLERY")), line


def test_each_mark_lies_on_its_words_whatever_signs_stand_between(ask):
    text = "# Harbour 😀 **opens**\n\nShips *may* enter the [harbour](https://example.org/a).\n\n**Why it matters:** 2,500 tonnes of flour wait.\n\n- Flour\n  - Bread\n"

    _, answer = ask("read_copy", text)

    units = text.encode("utf-16-le")
    said = {
        mark["kind"]: units[2 * mark["span"][0] : 2 * mark["span"][1]].decode("utf-16-le") for mark in answer["marks"]
    }
    assert said["headline"].startswith("Harbour 😀 **opens")
    assert said["lede"].startswith("Ships *may*")
    assert "harbour](https://example.org/a)." in said["lede"]
    assert "Why it matters:** 2,500 tonnes of flour wait." in said["point"]
    assert said["number"].startswith("2,500 tonnes")
    assert said["bullet"] == "- Flour"
    assert said["sub-bullet"] == "- Bread"


def test_who_is_no_author_and_what_is_no_section_is_said(ask, rosa_signs, world):
    _, answer = ask("read_copy", TWO)

    assert answer["html"].count("no author of this name") == 2
    assert "no section of this name" not in answer["html"]
    assert answer["stories"] == 2


def test_each_row_runs_as_its_own_words_do(ask):
    _, answer = ask("read_copy", "الميناء يغلق تسعة أيام\n\nقالت هيئة الميناء إن آخر عبارة ستبحر.\n")

    assert '<span class="ng-reading__text" dir="auto">الميناء' in answer["html"]
    # A button's own direction would be that of the English word in front.
    assert not re.search(r"<button[^>]* dir=", answer["html"])


def test_units_stand_where_they_are_written(ask):
    _, answer = ask(
        "read_copy", "A head\n\nA lede.\n\nThe cost: It is $3.4 million, 62% of the timbers and 40 tonnes.\n"
    )

    assert "$3,400,000" in answer["html"]
    assert "62% timbers" in answer["html"]
    assert "40 tonnes" in answer["html"]


def test_words_are_not_taken_for_markup(ask):
    _, answer = ask(
        "read_copy", "A head <script>alert(1)</script>\n\nWhy it matters: <img src=x onerror=alert(1)> is text."
    )

    assert "<script" not in answer["html"]
    assert "<img" not in answer["html"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "\x00\x01",
        "‏\u202e",
        "😀" * 50,
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    ],
)
def test_odd_input_is_read_as_well_as_can_be(ask, text):
    status, _ = ask("read_copy", text)

    assert status in (200, 400)


def test_too_long_a_text_is_refused_with_the_limit(ask):
    status, answer = ask("read_copy", "a" * (LONGEST + 1))

    assert status == 400
    assert "200,000" in answer["refused"]


def test_nothing_is_accepted_of_no_story(ask):
    status, answer = ask("accept_copy", " ", **filled_form())

    assert status == 400
    assert "no story" in answer["refused"]


def test_what_is_sent_without_a_form_is_refused(ask):
    status, answer = ask("accept_copy")

    assert status == 400
    assert "not a story form" in answer["refused"]


def test_the_form_gets_every_field_and_hears_of_what_has_no_place(ask, rosa_signs):
    _, answer = ask("accept_copy", **_blank())

    fields = answer["fields"]
    assert fields["title"] == "Pilots strike again"
    assert fields["dateline_place"] == "PORT ELLERY"
    assert fields["lede"]["blocks"][0]["text"] == "The harbour shut again on Friday."
    assert [block["value"].get("label") for block in fields["body"]] == ["Why it matters", "What they're saying", None]
    assert fields["body"][2]["type"] == "picture"
    bullet = fields["body"][0]["value"]["bullets"][0]["value"]
    assert json.loads(bullet["bullets"][0]["value"])["blocks"][0]["text"] == "In the north it is 4 days."
    quote = next(fact["value"] for fact in fields["body"][1]["value"]["facts"] if fact["type"] == "quote")
    assert (quote["speaker"], quote["role"]) == ("Mara Lind", "head")
    assert [author["value"] for author in answer["authors"]] == ["Rosa Vale"]
    assert "Ivo Stern" in [one["text"] for one in answer["left"]]
    assert any("Ada Quill" in one["text"] for one in answer["left"])


def test_in_place_of_what_is_there_keeps_what_is_alike(ask):
    story = make_story(is_draft=True)
    before = story.body[0]
    point = filled_point(text="<p>Bread comes by ship, and rarely.</p>")
    data = _blank(body=_streamed(point, before.id))

    _, answer = ask("accept_copy", **data)

    assert answer["fields"]["body"][0]["id"] == before.id


def test_at_the_end_lets_what_is_there_stand(ask, rosa_signs):
    data = _blank(title="An older head", lede=sentence("<p>An older lede.</p>"), body=_streamed(filled_point(), "aaaa"))

    _, answer = ask("accept_copy", **data | {"copy-mode": "add"})

    fields = answer["fields"]
    assert not {"title", "lede"} & set(fields)
    assert [block["type"] for block in fields["body"]] == ["point", "paragraph", "point", "point", "picture"]
    assert fields["body"][0]["id"] == "aaaa"
    assert len({block["id"] for block in fields["body"]}) == 5
    assert {"text": "Pilots strike again", "reason": "the story has this already"} in answer["left"]


@pytest.mark.parametrize("mode", ["replace", "add"])
def test_the_pictures_of_the_form_stay(ask, mode):
    picture = make_picture()
    data = _blank(body=_streamed(filled_picture(picture.pk), "aaaa"), hero=str(picture.pk))
    text = COPY if mode == "add" else "A head\n\nA lede.\n\nWhy it matters: It is so.\n\n[picture] Quay of Ellery\n"
    data |= {"body-0-value-caption": "Quay of Ellery"}

    _, answer = ask("accept_copy", text, **data | {"copy-mode": mode})

    kept = next(block for block in answer["fields"]["body"] if block["id"] == "aaaa")
    assert kept["value"]["picture"]["id"] == picture.pk
    assert not any("library" in one["reason"] for one in answer["left"])


def test_what_is_in_the_form_is_fetched_as_copy_and_comes_back_the_same(ask):
    fact = (
        "number",
        {"value": "9", "value_to": "", "wording": "", "unit": "", "counts": "days", "as_of": "", "source": ""},
    )
    point = filled_point(text="<p>Bread <b>comes</b> by ship.</p>", facts=[fact])
    data = _blank(title="A head", lede=sentence("<p>Ships wait for 40 tides.</p>"), body=_streamed(point, "aaaa"))

    _, fetched = ask("write_copy", **data)
    _, answer = ask("accept_copy", fetched["text"], **data)

    block = answer["fields"]["body"][0]
    assert (answer["fields"]["title"], block["id"], block["value"]["label"]) == ("A head", "aaaa", "Why it matters")
    assert json.loads(block["value"]["text"])["blocks"][0]["inlineStyleRanges"]
    assert [fact["value"]["counts"] for fact in block["value"]["facts"]] == ["days"]
    assert answer["left"] == []


def test_what_is_fetched_names_authors_section_and_caption_and_puts_them_back(ask, rosa_signs, world):
    eli = make_author("Eli Marsh")
    signed = {"bylines": [str(rosa_signs.pk), str(eli.pk)], "section": str(world.pk), "hero_caption": "Quay at dusk"}
    data = _blank(title="A head", body=_streamed(filled_point(), "aaaa")) | signed

    _, fetched = ask("write_copy", **data)
    _, answer = ask("accept_copy", fetched["text"], **data)

    assert "By Rosa Vale and Eli Marsh" in fetched["text"]
    assert f"Section: {world.name}" in fetched["text"]
    assert "Quay at dusk" in fetched["text"]
    assert [author["value"] for author in answer["authors"]] == ["Rosa Vale", "Eli Marsh"]
    assert answer["fields"]["section"] == str(world.pk)
    assert answer["fields"]["hero_caption"] == "Quay at dusk"
    assert answer["left"] == []


def test_at_the_end_of_an_empty_point_it_does_not_stand_first(ask):
    data = _blank(body=_streamed(filled_point(text="null"), "aaaa"))

    _, answer = ask("accept_copy", **data | {"copy-mode": "add"})

    assert [block["type"] for block in answer["fields"]["body"]] == ["point", "point", "picture"]


def test_several_stories_become_several_drafts_of_their_sender(at_desk, rosa):
    make_author("Eli Marsh")
    make_section("World")

    answer = at_desk(rosa).post(reverse("file_drafts"), {"copy-text": TWO}).json()

    stories = Story.objects.order_by("pk")
    assert [story.title for story in stories] == ["Pilots strike again", "A second story of the day"]
    assert {story.owner for story in stories} == {rosa}
    assert not any(story.live or story.first_published_at for story in stories)
    assert stories[1].section.name == "World"
    assert [author.name for author in stories[1].authors] == ["Eli Marsh"]
    assert reverse("wagtailadmin_pages:edit", args=[stories[1].pk]) in answer["html"]
    assert answer["made"] == 2


@pytest.mark.parametrize("mode", ["replace", "add"])
def test_of_several_stories_the_first_goes_into_the_form_and_the_others_stay_in_the_pane(ask, mode):
    _, answer = ask("accept_copy", f"{TWO}\nAdvertisement\n", **_blank() | {"copy-mode": mode})

    others = [one for one in answer["left"] if "another story" in one["reason"]]
    assert [one["text"] for one in others] == ["A second story of the day"]
    assert answer["rest"].startswith("Eli Marsh\n9 hours ago - World\n\nA second story of the day")
    assert "Advertisement" in answer["rest"]
    assert "Advertisement" not in [one["text"] for one in answer["left"]]
    _, again = ask("accept_copy", answer["rest"], **_blank())
    assert (again["fields"]["title"], again["rest"]) == ("A second story of the day", "")


def test_whoever_makes_the_same_drafts_again_hears_of_those_that_are_there(ask):
    _, first = ask("file_drafts", TWO)
    _, again = ask("file_drafts", TWO)

    assert "Another story has this headline" not in first["html"]
    assert again["html"].count("Another story has this headline") == 2


def test_the_clipboard_keeps_what_copy_can_carry(ask):
    html = '<meta charset="utf-8"><h1>Head</h1><p>Ships <b>may</b> <a href="https://example.org/">enter</a>.<script>x()</script></p><ul><li>One</li><li>Two</li></ul>'

    _, answer = ask("take_clipboard", **{"copy-html": html})

    assert answer["text"] == "# Head\n\nShips **may** [enter](https://example.org/).\n\n- One\n- Two"


def _blank(**fields):
    return filled_form(title="", lede="null", **{"copy-mode": "replace"}) | _flat(fields)


def _flat(fields):
    body = fields.pop("body", {})
    return fields | body


def _streamed(part, pk):
    form = filled_form(part)
    body = {name: value for name, value in form.items() if name.startswith("body-")}
    return body | {"body-0-id": pk}
