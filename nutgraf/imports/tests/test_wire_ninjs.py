"""News objects of every version come as the same items, with the standard's own word on whether they may be used."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from nutgraf.imports.wire.items import Item, Kind, NotAFeed, Status, Wrong
from nutgraf.imports.wire.reading import read

AT = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)

# The same piece of news, as each version of the standard writes it.
FIRST: dict[str, Any] = {
    "uri": "urn:port:1",
    "type": "text",
    "versioncreated": "2026-11-27T09:00:00Z",
    "firstcreated": "2026-11-26T09:00:00+00:00",
    "embargoed": "2026-11-29T06:00:00Z",
    "pubstatus": "usable",
    "headline": "Harbour closed",
    "byline": "Rosa Vale",
    "language": "en",
    "copyrightholder": "Port Agency",
    "description_text": "The ice came early.",
    "body_text": "Ships wait.",
    "body_xhtml": "<p>Ships <b>wait</b>.</p>",
    "subject": [{"name": "Ice", "rel": "about"}],
    "associations": {
        "hero": {
            "uri": "https://wire.example.org/ice",
            "type": "picture",
            "byline": "Ada Quill",
            "description_text": "The Ellery.",
            "renditions": {
                "small": {"href": "https://wire.example.org/s.jpg", "width": 300},
                "large": {"href": "https://wire.example.org/l.jpg", "width": 900},
            },
        }
    },
}
THIRD: dict[str, Any] = {
    "standard": {"name": "ninjs", "version": "3.1"},
    "uri": "urn:port:1",
    "type": "text",
    "versionCreated": "2026-11-27T09:00:00Z",
    "firstCreated": "2026-11-26T09:00:00+00:00",
    "embargoedUntil": "2026-11-29T06:00:00Z",
    "pubStatus": "usable",
    "headlines": [{"role": "short", "value": "Ice"}, {"role": "main", "value": "Harbour closed"}],
    "by": "Rosa Vale",
    "language": "en",
    "copyrightHolder": "Port Agency",
    "descriptions": [{"role": "lede", "value": "The ice came early."}],
    "bodies": [
        {"role": "plain", "contentType": "text/plain", "value": "Ships wait."},
        {"role": "main", "contentType": "text/html", "value": "<p>Ships <b>wait</b>.</p>"},
    ],
    "subjects": [{"name": "Ice", "rel": "about"}],
    "associations": [
        {
            "name": "hero",
            "uri": "https://wire.example.org/ice",
            "type": "picture",
            "by": "Ada Quill",
            "descriptions": [{"role": "caption", "value": "The Ellery."}],
            "renditions": [
                {"name": "s", "href": "https://wire.example.org/s.jpg", "width": 300},
                {"name": "l", "href": "https://wire.example.org/l.jpg", "width": 900},
            ],
        }
    ],
}
SECOND = {name: value for name, value in THIRD.items() if name != "standard"}


def items(document: Any, *, lines: bool = False) -> list[Item | Wrong]:
    data = "\n".join(map(json.dumps, document)) if lines else json.dumps(document)
    found = read(data.encode(), content_type="application/json", address="https://wire.example.org/", at=AT)
    assert found.kind is Kind.NINJS
    return list(found.items)


@pytest.mark.parametrize("document", [FIRST, SECOND, THIRD], ids=["1", "2", "3"])
def test_an_object_of_any_version_is_the_same_item(document: dict[str, Any]) -> None:
    (item,) = items(document)

    assert (item.id, item.headline, item.lede) == ("urn:port:1", "Harbour closed", "The ice came early.")
    assert item.body_html == "<p>Ships <b>wait</b>.</p>"
    assert (item.authors, item.credit, item.language) == (("Rosa Vale",), "Port Agency", "en")
    assert (item.published.day, item.changed.day, item.embargoed.day) == (26, 27, 29)
    assert (item.section, item.labels, item.status) == ("", ("Ice",), Status.USABLE)
    (picture,) = item.pictures
    assert (picture.address, picture.credit, picture.caption) == (
        "https://wire.example.org/l.jpg",
        "Ada Quill",
        "The Ellery.",
    )
    assert json.loads(item.original) == document


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("usable", Status.USABLE),
        ("withheld", Status.WITHHELD),
        ("canceled", Status.CANCELED),
        ("", Status.USABLE),
        ("on hold", Status.WITHHELD),
    ],
)
def test_the_status_is_the_standard_s_and_one_that_nobody_knows_holds_it_back(said: str, status: Status) -> None:
    (item,) = items(FIRST | {"pubstatus": said})

    assert item.status is status
    assert bool(item.remarks) is (said == "on hold")


def test_a_kill_needs_nothing_but_the_name() -> None:
    (item,) = items({"uri": "urn:port:1", "pubStatus": "canceled"})

    assert (item.id, item.status, item.headline, item.body_html) == ("urn:port:1", Status.CANCELED, "", "")


@pytest.mark.parametrize("moment", [None, "2026-11-27T09:00:00Z", "2027-01-01T00:00:00Z"])
def test_a_kill_counts_unless_what_is_usable_is_newer(moment: str | None) -> None:
    kill = {"uri": "urn:port:1", "pubStatus": "canceled"} | ({"versionCreated": moment} if moment else {})
    newer = THIRD | {"versionCreated": "2027-01-02T00:00:00Z"}

    for found in (items([THIRD, kill]), items([kill, THIRD])):
        assert [one.status for one in found if isinstance(one, Item)] == [Status.CANCELED]
    if moment:
        (item,) = (one for one in items([kill, newer]) if isinstance(one, Item))
        assert item.status is Status.USABLE


def test_lists_and_lines_are_read_and_of_versions_the_newest_counts() -> None:
    newer = THIRD | {"versionCreated": "2026-11-27T11:00:00Z", "headlines": [{"value": "Harbour open"}]}
    other = THIRD | {"uri": "urn:port:2"}

    for found in (items([THIRD, newer, other]), items([THIRD, newer, other], lines=True)):
        assert [type(one) for one in found] == [Wrong, Item, Item]
        assert [one.headline for one in found[1:]] == ["Harbour open", "Harbour closed"]


def test_what_is_no_text_and_what_has_no_name_is_told() -> None:
    picture, nameless, number = items(
        [
            {"uri": "urn:p:1", "type": "picture", "headline": "Ice", "pubstatus": "usable"},
            {"headline": "H"},
            7,
            THIRD,
        ]
    )[:3]

    assert (picture.place, picture.name, str(picture.reason)) == (
        "urn:p:1",
        "Ice",
        "of the type “picture”, and no text",
    )
    assert "no uri" in str(nameless.reason)
    assert "no uri" in str(number.reason)


@pytest.mark.parametrize("field", sorted(THIRD))
@pytest.mark.parametrize("value", [None, 7, [], {}, [[]], [{}], {"a": 1}, "text", True])
def test_whatever_stands_in_a_field_the_rest_is_read(field: str, value: Any) -> None:
    try:
        found = items(THIRD | {field: value})
    except NotAFeed:
        assert field == "uri"
    else:
        assert len(found) == 1


def test_the_standard_s_own_examples_are_read(public_data: Path) -> None:
    found = {
        file.name: items(json.loads(file.read_text()))[0] for file in sorted((public_data / "ninjs").glob("0*.json"))
    }

    assert "of the type “event”" in str(found.pop("008_event.json").reason)
    assert all(item.headline and item.body_html and item.published for item in found.values())
    assert found["005_complex_text_article.json"].body_html.startswith("<p>GROSSETO")
    assert len(found["003_associations_example.json"].pictures) == 2
