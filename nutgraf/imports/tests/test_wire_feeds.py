"""Whatever a feed is written in, its items come as they were meant; and what is wrong with one does not hold up the others."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.imports.archive import pages
from nutgraf.imports.wire.items import Item, Kind, NotAFeed, Read, Status, Wrong
from nutgraf.imports.wire.reading import read

AT = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
ADDRESS = "https://wire.example.org/feed.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Port wire</title><link>https://port.example.org/</link>
<language>en</language><ttl>15</ttl>{}</channel></rss>"""
ITEM = """<item><guid isPermaLink="false">port-1</guid><title>Harbour &amp;amp; quay closed</title><link>/news/1</link>
<pubDate>Fri, 27 Nov 2026 10:00:00 +0100</pubDate><dc:creator>Rosa Vale</dc:creator><dc:creator>Eli Stone</dc:creator>
<category>Shipping</category><category>Ice</category><source url="https://ag.example.org/f">Port Agency</source>
<description>The ice came early.</description>
<content:encoded><![CDATA[<p>Ships wait.</p><p>See <a href="/map">the map</a>.</p>]]></content:encoded>
<media:group><media:content url="/ice-300.jpg" medium="image" width="300"/>
<media:content url="/ice-900.jpg" medium="image" width="900"/><media:title>A ship in ice</media:title>
<media:description>The Ellery on Friday.</media:description><media:credit>Ada Quill</media:credit></media:group></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>Port wire</title><id>urn:port</id><updated>2026-11-27T09:00:00Z</updated><author><name>Port Agency</name></author>{}</feed>"""


def rss(*items: str) -> bytes:
    return RSS.format("".join(items)).encode()


def reading(data: bytes | str, content_type: str = "application/xml") -> Read:
    return read(data if isinstance(data, bytes) else data.encode(), content_type=content_type, address=ADDRESS, at=AT)


def items(data: bytes | str, content_type: str = "application/xml") -> list[Item | Wrong]:
    return list(reading(data, content_type).items)


def test_an_item_of_rss_comes_whole() -> None:
    found = reading(rss(ITEM))
    (item,) = found.items

    assert (found.kind, found.title, found.next_poll) == (Kind.RSS, "Port wire", datetime.timedelta(minutes=15))
    assert (item.id, item.headline, item.lede) == ("port-1", "Harbour & quay closed", "The ice came early.")
    assert item.body_html == '<p>Ships wait.</p><p>See <a href="https://wire.example.org/map">the map</a>.</p>'
    assert item.link == "https://wire.example.org/news/1"
    assert (item.authors, item.section, item.labels) == (("Rosa Vale", "Eli Stone"), "Shipping", ("Ice",))
    assert item.published == datetime.datetime(2026, 11, 27, 9, tzinfo=datetime.UTC)
    assert (item.changed, item.language, item.credit) == (None, "en", "Port Agency")
    (picture,) = item.pictures
    assert (picture.address, picture.alt) == ("https://wire.example.org/ice-900.jpg", "A ship in ice")
    assert (picture.credit, picture.caption) == ("Ada Quill", "The Ellery on Friday.")
    assert item.status is Status.USABLE
    assert "<guid" in item.original
    assert "Ada Quill" in item.original


def test_a_version_is_another_when_a_word_is_and_the_same_when_only_the_writing_is() -> None:
    (first,) = items(rss(ITEM))
    (same,) = items(rss(ITEM.replace("<title>", "<title >").replace("/><", "/>\n<")))
    (other,) = items(rss(ITEM.replace("Ships wait.", "Ships still wait.")))

    assert first.original != same.original
    assert first.version == same.version
    assert first.version != other.version


def test_what_a_picture_shows_is_not_taken_for_the_text() -> None:
    (item,) = items(
        rss(
            "<item><guid>1</guid><title>T</title><description>The whole text.</description>"
            '<media:content url="/a.jpg" medium="image"><media:description>On Friday.</media:description></media:content></item>'
        )
    )

    assert item.body_html == "<p>The whole text.</p>"
    assert item.pictures[0].caption == "On Friday."


def test_an_opening_that_was_cut_out_of_the_text_is_not_said_twice() -> None:
    text = "Ships wait off the quay, and the pilots go home for the night."
    (item,) = items(
        rss(
            f"<item><guid>1</guid><description>{text[:40]} […]</description>"
            f"<content:encoded>&lt;p&gt;{text} More.&lt;/p&gt;</content:encoded></item>"
        )
    )

    assert item.lede == ""
    assert item.body_html == f"<p>{text} More.</p>"


def test_a_recording_that_goes_along_is_a_link_and_told() -> None:
    (item,) = items(
        rss('<item><guid>1</guid><title>T</title><enclosure url="/a.mp3" type="audio/mpeg" length="9"/></item>')
    )

    assert 'href="https://wire.example.org/a.mp3"' in item.body_html
    assert [words for words, _ in item.remarks] == ["https://wire.example.org/a.mp3"]


def test_an_entry_of_atom_has_the_feed_s_author_and_both_moments() -> None:
    (item,) = items(
        ATOM.format(
            "<entry><id>urn:1</id><title type='html'>&lt;b&gt;Ice&lt;/b&gt; &amp;amp; fog</title>"
            "<published>2026-11-26T09:00:00Z</published><updated>2026-11-27T09:00:00Z</updated>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Wait.</p></div></content></entry>"
        )
    )

    assert (item.id, item.headline, item.authors) == ("urn:1", "Ice & fog", ("Port Agency",))
    assert (item.published.day, item.changed.day) == (26, 27)
    assert "<p>Wait.</p>" in item.body_html


def test_a_tombstone_takes_an_entry_back_unless_the_entry_is_newer() -> None:
    stone = '<at:deleted-entry ref="urn:{}" when="2026-11-27T10:00:00Z"><at:comment>We erred.</at:comment></at:deleted-entry>'
    entry = "<entry><id>urn:{}</id><title>T</title><updated>2026-11-27T{}:00:00Z</updated></entry>"
    found = items(ATOM.format(stone.format(1) + entry.format(1, "09") + stone.format(2) + entry.format(2, "11")))

    usable = {one.id: one.status for one in found if isinstance(one, Item)}
    assert usable == {"urn:1": Status.CANCELED, "urn:2": Status.USABLE}
    assert [one.lede for one in found if isinstance(one, Item)] == ["", "We erred."]


def test_an_entry_that_says_that_it_is_a_draft_is_held_back() -> None:
    draft = "<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"
    (item,) = items(ATOM.format(f"<entry><id>urn:1</id><title>T</title>{draft}</entry>"))

    assert item.status is Status.WITHHELD


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_an_item_of_json_feed_comes_whole(version: str) -> None:
    authors = {"author": {"name": "Rosa Vale"}} if version == "1" else {"authors": [{"name": "Rosa Vale"}]}
    row = {
        "id": 7, "url": "/7", "title": "Ice", "content_html": "<p>Wait.</p>", "summary": "It came early.",
        "image": "/ice.jpg", "date_published": "2026-11-27T10:00:00+01:00", "tags": ["Sea", "Ice"], **authors,
    }  # fmt: skip
    document = {"version": f"https://jsonfeed.org/version/{version}", "title": "Port", "items": [row], "language": "de"}

    found = reading(json.dumps(document), "application/feed+json")
    (item,) = found.items

    assert (found.kind, found.title) == (Kind.JSON_FEED, "Port")
    assert (item.id, item.link, item.authors) == ("7", "https://wire.example.org/7", ("Rosa Vale",))
    assert (item.lede, item.body_html, item.language) == ("It came early.", "<p>Wait.</p>", "de")
    assert (item.section, item.labels, item.published.hour) == ("Sea", ("Ice",), 9)
    assert [one.address for one in item.pictures] == ["https://wire.example.org/ice.jpg"]


# What is wrong


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (b"<!DOCTYPE html><p>Sign in.", "a web page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "a web page"),
        (b"Service unavailable", "neither RSS nor Atom"),
        (b"<!-- -->" * 500 + b"x", "neither RSS nor Atom"),
        (b"<sitemap/>", "neither RSS nor Atom"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "neither RSS nor Atom"),
        (b"{", "no JSON, or breaks off"),
        (b"[" * 100_000, "no JSON, or breaks off"),
        (b'{"a": 1}', "neither a JSON Feed nor ninjs"),
        (b"<rss>" + b" " * 21_000_000, "larger than 20 MB"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotAFeed, match=reason):
        items(data)


def test_a_page_tells_which_feed_it_names() -> None:
    page = '<!doctype html><link rel="alternate" type="application/rss+xml" href="/news.rss">'

    with pytest.raises(NotAFeed, match=r"https://wire\.example\.org/news\.rss"):
        items(page)


def test_bombs_and_files_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{nested}]>'
    long = f'<!DOCTYPE rss [<!ENTITY l11 "{"ha" * 50_000}">]>'
    outside = f'<!DOCTYPE rss [<!ENTITY l11 SYSTEM "{secret.as_uri()}">]>'
    feed = rss("<item><guid>1</guid><title>&l11;</title></item>").decode().partition("?>")[2]

    for head in (bomb, long):
        for encoding in ("utf-8", "utf-16"):
            with pytest.raises(NotAFeed, match="bomb"):
                items((head + feed).encode(encoding))
    assert "hunter2" not in repr(items(outside + feed))


def test_of_a_feed_that_breaks_off_what_is_whole_is_taken() -> None:
    whole = rss(ITEM, ITEM.replace("port-1", "port-2").replace("Harbour", "Second"))

    found = items(whole[: whole.index(b"Ships wait", whole.index(b"Second"))])

    assert [type(one) for one in found] == [Item, Wrong]
    assert (found[0].id, found[1].place, str(found[1].reason)) == ("port-1", "port-2", "the document breaks off in it")


@pytest.mark.parametrize(
    "data",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": [{"id": "1", "title": "One"}, {"id": "2", "ti',
        '[{"uri": "u:1", "headline": "One"}, {"uri": "u:2", "headl',
        '{"uri": "u:1", "headline": "One"}\n{"uri": "u:2", "headl\n',
    ],
)
def test_of_json_that_breaks_off_what_is_whole_is_taken(data: str) -> None:
    found = items(data, "application/json")

    assert [type(one) for one in found] == [Item, Wrong]
    assert found[0].headline == "One"
    assert "breaks off" in str(found[1].reason)


@pytest.mark.parametrize("written", ["cp1252", "utf-16", "utf-8-sig"])
def test_whatever_encoding_it_says_the_words_are_right(written: str) -> None:
    feed = rss("<item><guid>1</guid><title>Crème in Málaga</title></item>").decode()
    (item,) = items(feed.encode(written), "text/xml")

    assert item.headline == "Crème in Málaga"


@pytest.mark.parametrize("date", ["Sat, 01 Jan 0000 00:00:00 GMT", "0000-01-01T00:00:00Z", "yesterday", "0099-13-40"])
def test_an_impossible_date_is_told_and_the_item_taken(date: str) -> None:
    (item,) = items(rss(f"<item><guid>1</guid><title>T</title><pubDate>{date}</pubDate></item>"))

    assert item.published is None
    assert [(words, str(reason)) for words, reason in item.remarks] == [(date, "a date that cannot be")]


def test_a_date_that_is_yet_to_come_is_none() -> None:
    soon, later = (
        f"<item><guid>{day}</guid><title>T</title><pubDate>{day} Nov 2026 13:00:00 GMT</pubDate></item>"
        for day in (28, 30)
    )
    by_clock, unknown = items(rss(soon, later))

    assert by_clock.published == AT
    assert unknown.published is None
    assert "yet to come" in str(unknown.remarks[0][1])


def test_an_id_twice_is_told_and_the_first_taken() -> None:
    one, two = ITEM, ITEM.replace("Harbour", "Another")
    found = items(rss(one, one, two))

    assert [type(item) for item in found] == [Item, Wrong]
    assert (found[1].name, str(found[1].reason)) == ("Another & quay closed", "another item has its id")


def test_an_item_without_a_name_is_known_by_its_link_or_its_words() -> None:
    linked, spoken, empty = items(
        rss(
            "<item><title>A</title><link>/1</link></item>",
            "<item><description>Words.</description></item>",
            "<item></item>",
        )
    )

    assert linked.id == "https://wire.example.org/1"
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", spoken.id)
    assert (spoken.headline, spoken.body_html) == ("", "<p>Words.</p>")
    assert str(empty.reason) == "it is empty"


def test_signs_that_no_database_keeps_are_left_out() -> None:
    document = {"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "A\x00B\ud800C\x07"}]}
    (from_json,) = items(json.dumps(document))
    (from_xml,) = items(rss("<item><guid>1</guid><title>A\x00B\x07C</title></item>"))

    assert from_json.headline == "ABC"
    assert from_xml.headline == "ABC"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "http://[", "mailto:a@b.example"])
def test_a_link_that_leads_nowhere_is_none(link: str) -> None:
    (item,) = items(rss(f"<item><guid>1</guid><title>T</title><link>{link}</link></item>"))

    assert item.link == ""


WHOLE = (
    rss(ITEM, ITEM.replace("port-1", "port-2")),
    ATOM.format("<entry><id>urn:1</id><title>T</title></entry>").encode(),
)


@settings(deadline=None, max_examples=60)
@given(feed=st.sampled_from(WHOLE), cut=st.integers(0, 1500), length=st.integers(0, 300), between=st.binary(max_size=8))
def test_whatever_is_cut_out_of_a_feed_it_is_read_or_refused(
    feed: bytes, cut: int, length: int, between: bytes
) -> None:
    try:
        found = items(feed[:cut] + between + feed[cut + length :])
    except NotAFeed:
        return
    names = [one.id for one in found if isinstance(one, Item)]
    assert len(set(names)) == len(names)


# Public files


def test_every_public_feed_is_read(public_data: Path) -> None:
    told = {
        "tests_illformed_rss_incomplete_cdata.xml": {"the document breaks off in it"},
        "tests_wellformed_node_precedence_atom10_id.xml": {"an older version of an item that is here too"},
    }
    for file in sorted((public_data / "feeds").iterdir()):
        found = items(file.read_bytes())

        wrong = {str(one.reason) for one in found if isinstance(one, Wrong)} - {"it is empty"}
        assert wrong == told.get(file.name, set()), file.name
        assert all(one.id and one.original for one in found if isinstance(one, Item)), file.name


def test_the_public_feeds_say_what_their_comments_expect(public_data: Path) -> None:
    expected = re.compile(r"entries\[0\]\['(id|guid|link|title)'\] == '([^'<]+)'\n")
    seen = set()
    for file in sorted((public_data / "feeds").iterdir()):
        data = file.read_bytes()
        if wanted := expected.search(data.decode("utf-8", "replace")):
            item = items(data)[0]
            found = {"id": item.id, "guid": item.id, "link": item.link, "title": item.headline}[wanted[1]]
            assert found == wanted[2], file.name
            seen.add(wanted[1])
    assert seen == {"id", "guid", "link", "title"}


def test_nothing_of_a_script_comes_into_a_story(public_data: Path) -> None:
    wanted = re.compile(rb"entries\[0\]\S+ == 'safe description'")
    files = [file for file in (public_data / "feeds").iterdir() if wanted.search(file.read_bytes())]

    for file in files:
        blocks = pages.read(items(file.read_bytes())[0].body_html).blocks
        said = " ".join(run.text for block in blocks for run in block.runs)
        assert said.split() in (["safe", "description"], ["safe"]), file.name
    assert len(files) > 5


def test_an_item_is_called_the_same_wherever_its_feed_is() -> None:
    feed = rss("<item><guid>post 7</guid><title>T</title><link>/7</link></item>")
    places = ["https://a.example.org/", "https://b.example.org/x/"]

    found = [read(feed, content_type="application/xml", address=place, at=AT) for place in places]
    assert [one.id for one in itertools.chain.from_iterable(one.items for one in found)] == ["post 7", "post 7"]
