"""A Ghost export is read whole: documents of each kind, who signed, what only members could read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nutgraf.imports.archive import values
from nutgraf.imports.archive.bringing import Wishes, bring
from nutgraf.imports.archive.reports import Report
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.archive.values import State
from nutgraf.imports.ghost import Ghost
from nutgraf.stories import actions
from nutgraf.stories.models import Story

Read = Callable[..., list[values.Value]]

TEXT = {"type": "extended-text", "text": "Bread & ships", "format": 1}
LEXICAL = {
    "root": {
        "type": "root",
        "children": [
            {"type": "paragraph", "children": [{"type": "text", "text": "The harbour "}, TEXT]},
            {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "Why it matters"}]},
            {"type": "paragraph", "children": [{"type": "link", "url": "https://example.org/", "children": [TEXT]}]},
            {"type": "list", "children": [{"type": "listitem", "children": [{"type": "text", "text": "one"}]}]},
            {"type": "image", "src": "__GHOST_URL__/ice.jpg", "alt": "Ice", "caption": "Ice at noon"},
            {"type": "bookmark", "url": "https://example.org/b", "metadata": {"title": "B"}},
            {"type": "nobody-knows", "x": 1},
            {"type": "signup", "header": "Join"},
        ],
    }
}
MOBILEDOC = {
    "version": "0.3.1",
    "atoms": [["soft-return", "", {}]],
    "cards": [["image", {"src": "/ice.jpg"}], ["markdown", {"markdown": "**bold** words"}]],
    "markups": [["strong"], ["a", ["href", "https://example.org/"]]],
    "sections": [
        [1, "p", [[0, [0], 1, "The"], [1, [], 0, 0], [0, [1], 1, "harbour"]]],
        [3, "ul", [[[0, [], 0, "one"]]]],
        [10, 0],
        [10, 1],
    ],
}


def make_post(**fields: Any) -> dict[str, Any]:
    return {
        "id": "p1",
        "title": "Harbour closed",
        "slug": "harbour",
        "html": "<p>The harbour closed.</p>",
        "status": "published",
        "visibility": "public",
        "published_at": "2019-03-05T23:30:00.000Z",
    } | fields


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_it(*posts: dict[str, Any], **tables: Any) -> list[values.Value]:
        file = tmp_path / "ghost.json"
        file.write_text(json.dumps({"db": [{"data": {"posts": list(posts)} | tables}]}))
        return list(Ghost(file, url="https://old.example.org/"))

    return read_it


def stories(found: list[values.Value]) -> list[values.Story]:
    return [one for one in found if isinstance(one, values.Story)]


def test_a_lexical_document_is_read_and_what_is_not_known_is_told(read: Read) -> None:
    (story,) = stories(read(make_post(lexical=json.dumps(LEXICAL))))

    assert "<p>The harbour <strong>Bread &amp; ships</strong></p><h2>Why it matters</h2>" in story.body
    assert '<img src="https://old.example.org/ice.jpg" alt="Ice"><figcaption>Ice at noon' in story.body
    assert '<a href="https://example.org/b">B</a>' in story.body
    assert [words.partition(":")[0] for words, _ in story.remarks] == ["nobody-knows", "signup"]


def test_a_mobiledoc_document_is_read(read: Read) -> None:
    (story,) = stories(read(make_post(mobiledoc=json.dumps(MOBILEDOC))))

    assert story.body.startswith(
        '<p><strong>The</strong><br><a href="https://example.org/">harbour</a></p><ul><li>one</li></ul>'
    )
    assert "<strong>bold</strong> words" in story.body


@pytest.mark.parametrize("document", ["{", "[]", '{"root": 3}', '{"root": {"children": [3]}}', "[" * 5000])
@pytest.mark.parametrize("kind", ["lexical", "mobiledoc"])
def test_of_a_document_that_is_broken_what_was_shown_is_taken(read: Read, document: str, kind: str) -> None:
    if kind == "mobiledoc" and document.startswith('{"root"'):
        document = '{"sections": [[1]]}'
    (story,) = stories(read(make_post(**{kind: document})))

    assert story.body == "<p>The harbour closed.</p>"
    assert "cannot be read" in story.remarks[0][1]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.PUBLIC),
        ({"status": "draft"}, State.DRAFT),
        ({"status": "scheduled"}, State.SCHEDULED),
        ({"status": "sent"}, State.DRAFT),
        ({"visibility": "members"}, State.DRAFT),
        ({"visibility": "paid"}, State.DRAFT),
    ],
)
def test_only_what_everybody_could_read_is_public(read: Read, fields: dict[str, Any], state: State) -> None:
    assert stories(read(make_post(**fields)))[0].state is state


def test_tags_and_authors_come_in_their_order_without_what_is_internal(read: Read) -> None:
    found = read(
        make_post(),
        tags=[{"id": "1", "name": "#hidden", "slug": "h"}, {"id": "2", "name": "Sea"}, {"id": "3", "name": "Town"}],
        posts_tags=[
            {"post_id": "p1", "tag_id": "3", "sort_order": 2},
            {"post_id": "p1", "tag_id": "1", "sort_order": 0},
            {"post_id": "p1", "tag_id": "2", "sort_order": 1},
        ],
        users=[{"id": "9", "name": "Eli", "slug": "eli"}, {"id": "8", "name": "Rosa", "slug": "rosa"}],
        posts_authors=[
            {"post_id": "p1", "author_id": "8", "sort_order": 1},
            {"post_id": "p1", "author_id": "9", "sort_order": 0},
        ],
    )

    assert [(story.sections, story.authors) for story in stories(found)] == [(("2", "3"), ("9", "8"))]


def test_pages_and_numbers_that_come_twice_are_left_out(read: Read) -> None:
    found = read(make_post(), make_post(title="Again"), make_post(id="p2", type="page"))

    assert [one.reason[:9] for one in found if isinstance(one, values.Left)] == ["it has no", "a page, a"]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"posts": 3}', '{"db": [{"data": {}}]}', "[" * 100_000])
def test_what_is_no_export_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)

    with pytest.raises(SourceRefused, match=r"no JSON|no export"):
        Ghost(tmp_path / "x.json")


@pytest.mark.django_db
def test_the_public_exports_are_made(public_data: Path, noon: datetime.datetime) -> None:
    actions.found(at=noon)
    wishes = Wishes(at=noon, zone=ZoneInfo("UTC"))

    for name, posts in {"ghost.json": 3, "api-posts.json": 1}.items():
        report = bring(Ghost(public_data / "ghost" / name), wishes, Report(), lambda *_: None)
        assert sum(report.counts["story"].values()) == posts
    assert Story.objects.filter(title="Welcome", live=True).exists()
