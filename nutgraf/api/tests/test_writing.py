"""What a program may write: what its owner may, by the desk's verbs, with nobody's work lost and nothing done twice."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from nutgraf.api.models import Scope
from nutgraf.api.samples import Program, make_token
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def founded(noon: datetime.datetime) -> None:
    actions.found(at=noon)
    make_section()
    make_author()


@pytest.fixture
def editor(eli, founded: None) -> Program:
    return Program(make_token(eli))


@pytest.fixture
def reporter(rosa, founded: None) -> Program:
    return Program(make_token(rosa))


def written(**fields: Any) -> dict[str, Any]:
    block = {"type": "point", "value": {"label": "Why it matters", "text": "Bread comes by <b>ship</b>."}}
    whole = {
        "headline": "Harbour reopens",
        "lede": "Ships may enter again.",
        "section": "world",
        "authors": ["rosa-vale"],
    }
    return whole | {"body": [block]} | fields


def test_a_story_is_made_revised_and_published(editor: Program) -> None:
    made = editor.post("drafts", written())
    assert made.status_code == 201
    assert made["Location"] == f"/api/drafts/{made.json()['id']}"
    assert made.json()["problems"] == []

    path = f"drafts/{made.json()['id']}"
    revised = editor.patch(path, {"short_head": "Harbour open"}, If_Match=made["ETag"])
    assert revised.status_code == 200, revised.content
    assert revised.json()["headline"] == "Harbour reopens"

    published = editor.post(f"{path}/publish", {}, If_Match=revised["ETag"])
    assert published.status_code == 200, published.content
    assert published.json()["status"] == "PUBLISHED"
    public = Program().get(f"stories/{made.json()['id']}").json()
    assert (public["headline"], public["short_head"]) == ("Harbour reopens", "Harbour open")
    assert public["body"][0]["value"]["text"] == "Bread comes by <b>ship</b>."


def test_a_draft_that_is_sent_back_as_it_was_read_is_the_same_story(editor: Program, noon: datetime.datetime) -> None:
    block = point("Why it matters", "Bread comes by <b>ship</b>.", "Nine days.")
    story = make_story("Harbour reopens", block, at=noon)
    read = editor.get(f"drafts/{story.pk}")

    sent = editor.patch(f"drafts/{story.pk}", {"body": read.json()["body"]}, If_Match=read["ETag"])

    assert sent.json()["body"] == read.json()["body"]
    kinds = [one.kind for one in story.public_versions.all()]
    editor.post(f"drafts/{story.pk}/publish", {}, If_Match=sent["ETag"])
    assert [one.kind for one in story.public_versions.all()] == kinds


def test_nobody_writes_over_what_another_wrote(editor: Program, eli, noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens", at=noon)
    seen = editor.get(f"drafts/{story.pk}")["ETag"]
    story.title = "Harbour reopens at last"
    actions.revise(story=story, by=eli)

    answer = editor.patch(f"drafts/{story.pk}", {"headline": "Harbour shut"}, If_Match=seen)

    assert answer.status_code == 412
    assert editor.get(f"drafts/{story.pk}").json()["headline"] == "Harbour reopens at last"


def test_an_etag_that_came_with_what_was_compressed_is_known_again(editor: Program) -> None:
    made = editor.post("drafts", written(), Accept_Encoding="gzip")
    assert made["ETag"].startswith("W/")

    answer = editor.patch(
        f"drafts/{made.headers['Location'].rpartition('/')[2]}", {"eyebrow": "Now"}, If_Match=made["ETag"]
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("verb", ["patch", "submit", "publish", "withdraw"])
def test_without_saying_what_was_seen_nothing_is_written(verb: str, editor: Program, noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens", at=noon)
    path = f"drafts/{story.pk}"

    sent = {"reason": "No."} if verb == "withdraw" else {}
    answer = editor.patch(path, {"headline": "No"}) if verb == "patch" else editor.post(f"{path}/{verb}", sent)

    assert answer.status_code == 428
    assert Story.objects.get(pk=story.pk).live


def test_the_same_key_does_nothing_twice(editor: Program) -> None:
    first = editor.post("drafts", written(), Idempotency_Key="one")
    again = editor.post("drafts", written(), Idempotency_Key="one")

    assert Story.objects.count() == 1
    assert (again.status_code, again.content, again["ETag"]) == (201, first.content, first["ETag"])
    assert again["Idempotent-Replayed"] == "true"
    assert again["Cache-Control"] == first["Cache-Control"] == "private, no-store"
    other = editor.post("drafts", written(headline="Another"), Idempotency_Key="one")
    assert other.status_code == 422
    assert Story.objects.count() == 1


def test_what_was_refused_may_be_mended_and_sent_with_the_same_key(editor: Program) -> None:
    refused = editor.post("drafts", written(section="nowhere"), Idempotency_Key="one")
    mended = editor.post("drafts", written(), Idempotency_Key="one")

    assert (refused.status_code, mended.status_code) == (422, 201)


def test_what_a_story_lacks_is_told_at_its_field(editor: Program) -> None:
    made = editor.post("drafts", {"headline": "Harbour reopens"})
    told = {one["pointer"]: one["detail"] for one in made.json()["problems"]}
    assert told["#/section"] == "Choose a section."

    answer = editor.post(f"drafts/{made.json()['id']}/publish", {}, If_Match=made["ETag"])

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert {one["pointer"] for one in answer.json()["errors"]} >= {"#/lede", "#/section", "#/authors"}
    assert not Story.objects.get().live


@pytest.mark.parametrize(
    ("sent", "pointer", "words"),
    [
        ({"headline": ""}, "#/headline", "not be empty"),
        ({"headlin": "x"}, "#/headlin", "no such field"),
        ({"eyebrow": "x" * 41}, "#/eyebrow", "At most 40 letters"),
        ({"section": "nowhere"}, "#/section", "no such section"),
        ({"authors": ["nobody"]}, "#/authors/0", "no such author"),
        ({"picture": 99}, "#/picture", "no such picture"),
        ({"slug": "no slug at all"}, "#/slug", "valid"),
        ({"body": [{"type": "poem", "value": {}}]}, "#/body/0", "no such kind"),
        ({"body": [{"type": "picture", "value": {"picture": 99}}]}, "#/body/0/value/picture", "no such picture"),
        (
            {"body": [{"type": "number", "value": {"value": "9", "value_to": "3", "counts": "days"}}]},
            "#/body/0/value/value_to",
            "ends higher",
        ),
        (
            {"body": [{"type": "point", "value": {"facts": [{"type": "event", "value": {"starts": "soon"}}]}}]},
            "#/body/0/point/value/facts/0/event/value/starts",
            "2026-11-22",
        ),
    ],
)
def test_a_slip_is_told_where_it_is(sent: dict[str, Any], pointer: str, words: str, editor: Program) -> None:
    made = editor.post("drafts", written())

    answer = editor.patch(f"drafts/{made.json()['id']}", sent, If_Match=made["ETag"])

    assert answer.status_code == 422, answer.content
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert words in answer.json()["errors"][0]["detail"]
    assert editor.get(f"drafts/{made.json()['id']}")["ETag"] == made["ETag"]


def test_one_id_is_not_had_by_two_blocks(editor: Program) -> None:
    key = "5d1f2b53-8c1b-4b0a-9f0e-3a2d2f6f6c11"
    body = [{"type": "paragraph", "id": key, "value": {"text": words}} for words in ("One.", "Two.")]

    answer = editor.post("drafts", written(body=body))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/body/1/id"


def test_markup_that_stories_do_not_hold_is_taken_out(editor: Program) -> None:
    made = editor.post("drafts", written(lede="Ships <script>alert(1)</script><u>may</u> enter."))

    assert made.json()["lede"] == "Ships may enter."


def test_a_reporter_files_and_submits_but_does_not_publish(reporter: Program, rosa) -> None:
    made = reporter.post("drafts", written())
    path = f"drafts/{made.json()['id']}"

    assert reporter.post(f"{path}/publish", {}, If_Match=made["ETag"]).status_code == 403
    submitted = reporter.post(f"{path}/submit", If_Match=made["ETag"])
    assert submitted.json()["status"] == "SUBMITTED"
    late = reporter.patch(path, {"headline": "Later"}, If_Match=submitted["ETag"])
    assert late.status_code == 409


def test_a_reporter_does_not_see_what_others_write(reporter: Program, eli, noon: datetime.datetime) -> None:
    story = make_story("Of another", at=noon, is_draft=True)

    assert reporter.get(f"drafts/{story.pk}").status_code == 404
    assert reporter.get("drafts").json()["items"] == []


def test_drafts_are_listed_by_their_status(editor: Program, noon: datetime.datetime) -> None:
    make_story("Public", at=noon)
    made = editor.post("drafts", written(headline="Only begun"))

    listed = {one["headline"]: one["status"] for one in editor.get("drafts").json()["items"]}
    drafts = [one["id"] for one in editor.get("drafts?status=DRAFT").json()["items"]]

    assert listed == {"Public": "PUBLISHED", "Only begun": "DRAFT"}
    assert drafts == [made.json()["id"]]


def test_a_correction_is_published_with_its_sentence(editor: Program, noon: datetime.datetime) -> None:
    story = make_story("Harbour reopens after nine days", at=noon)
    path = f"drafts/{story.pk}"
    revised = editor.patch(path, {"headline": "Harbour reopens after ten days"}, If_Match=editor.get(path)["ETag"])

    silent = editor.post(f"{path}/publish", {"change": "CORRECTION"}, If_Match=revised["ETag"])
    assert silent.json()["errors"][0]["pointer"] == "#/sentence"

    told = {"change": "CORRECTION", "sentence": "It took ten days, not nine."}
    assert editor.post(f"{path}/publish", told, If_Match=revised["ETag"]).status_code == 200
    assert Program().get(f"stories/{story.pk}").json()["changes"][0]["sentence"] == "It took ten days, not nine."


def test_a_story_is_scheduled_and_withdrawn(editor: Program, noon: datetime.datetime) -> None:
    made = editor.post("drafts", written())
    path = f"drafts/{made.json()['id']}"
    past = editor.post(f"{path}/publish", {"at": "2020-01-01T00:00:00Z"}, If_Match=made["ETag"])
    assert past.json()["errors"][0]["pointer"] == "#/at"

    scheduled = editor.post(f"{path}/publish", {"at": "2099-01-01T00:00:00Z"}, If_Match=made["ETag"])
    assert scheduled.json()["status"] == "SCHEDULED"
    assert editor.patch(path, {"eyebrow": "Late"}, If_Match=scheduled["ETag"]).status_code == 409
    back = editor.post(f"{path}/unschedule", If_Match=scheduled["ETag"])
    assert back.json()["status"] == "DRAFT"
    public = editor.post(f"{path}/publish", {}, If_Match=back["ETag"])
    assert public.json()["status"] == "PUBLISHED", public.content
    withdrawn = editor.post(f"{path}/withdraw", {"reason": "It is closed."}, If_Match=public["ETag"])

    assert withdrawn.json()["status"] == "WITHDRAWN"
    assert Program().get(f"stories/{made.json()['id']}").status_code == 410


COPY = "# Harbour reopens\n\nBy Rosa Vale\n\nShips may enter again.\n\n**Why it matters:** Bread comes by ship.\n"


def test_copy_is_filed_and_written_back(editor: Program) -> None:
    filed = editor.post("copy", COPY)
    assert filed.status_code == 201, filed.content
    draft = filed.json()["stories"][0]["draft"]
    assert draft["headline"] == "Harbour reopens"
    assert draft["body"][0]["value"]["label"] == "Why it matters"

    read = editor.get(f"drafts/{draft['id']}/copy")
    changed = read.content.decode().replace("Bread comes", "All bread comes")
    revised = editor.put(f"drafts/{draft['id']}/copy", changed, If_Match=read["ETag"])

    assert revised.status_code == 200, revised.content
    after = revised.json()["stories"][0]["draft"]["body"][0]
    assert after["value"]["text"] == "All bread comes by ship."
    assert after["id"] == draft["body"][0]["id"]


@pytest.mark.parametrize("sent", [" ", "   \n\n"])
def test_what_is_no_copy_is_refused(sent: str, editor: Program) -> None:
    answer = editor.post("copy", sent)

    assert answer.status_code == 422
    assert Story.objects.count() == 0


def test_a_token_does_only_what_its_scopes_say(eli, founded: None) -> None:
    program = Program(make_token(eli, Scope.DRAFTS_READ))

    assert program.get("drafts").status_code == 200
    refused = program.post("drafts", written())
    assert refused.status_code == 403
    assert "drafts:write" in refused.json()["detail"]


def test_what_is_held_is_neither_published_nor_scheduled_for_before_its_moment(editor: Program, noon) -> None:
    made = editor.post("drafts", written())
    story, until = Story.objects.get(), timezone.now() + datetime.timedelta(days=1)
    actions.hold(story=story, reason="The press office has an embargo on it.", until=until, at=timezone.now())
    path, before = f"drafts/{story.pk}/publish", until - datetime.timedelta(hours=1)

    for sent in ({}, {"at": before.isoformat()}):
        refused = editor.post(path, sent, If_Match=made["ETag"])
        assert refused.status_code == 422
        assert "has an embargo on it" in refused.json()["errors"][0]["detail"]

    scheduled = editor.post(path, {"at": until.isoformat()}, If_Match=made["ETag"])
    assert scheduled.json()["status"] == "SCHEDULED", scheduled.content
