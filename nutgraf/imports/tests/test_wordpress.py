"""A WordPress export is taken whole: each item is made, or left out with a reason, however broken the file is."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from nutgraf.imports.archive import values
from nutgraf.imports.archive.bringing import Wishes, bring
from nutgraf.imports.archive.reports import Report
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.archive.values import State
from nutgraf.imports.models import ArchiveItem
from nutgraf.imports.wordpress import WordPress
from nutgraf.imports.wordpress.samples import FOOT, make_attachment, make_export, make_item
from nutgraf.media.models import Picture
from nutgraf.media.samples import make_bytes
from nutgraf.stories import actions
from nutgraf.stories.models import Bullet, Story

UTC = ZoneInfo("UTC")
Read = Callable[..., list[values.Value]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_it(*items: str, export: str | bytes | None = None, **options: Any) -> list[values.Value]:
        file = tmp_path / "export.xml"
        written = make_export(*items) if export is None else export
        file.write_bytes(written.encode() if isinstance(written, str) else written)
        return list(WordPress(file, UTC, **options))

    return read_it


def stories(found: list[values.Value]) -> list[values.Story]:
    return [one for one in found if isinstance(one, values.Story)]


def left(found: list[values.Value]) -> list[tuple[str, str]]:
    return [(one.key, one.reason) for one in found if isinstance(one, values.Left)]


def test_a_post_is_read_with_all_that_it_says(read: Read) -> None:
    changed: dict[str, Any] = {"post_modified_gmt": "2019-03-08 08:00:00"}
    terms = [("category", "town", "Town"), ("category", "sea", "At sea"), ("post_tag", "ice", "Ice")]

    (story,) = stories(
        read(make_item(meta={"_yoast_wpseo_primary_category": "4", "_thumbnail_id": "3"}, terms=terms, **changed))
    )

    assert (story.key, story.headline, story.slug, story.hero) == ("7", "Harbour closed by ice", "harbour-7", "3")
    assert story.sections == ("sea", "town")
    assert story.terms == ("post_tag: Ice",)
    assert (story.state, story.authors) == (State.PUBLIC, ("rosa",))
    assert story.published_at == datetime.datetime(2019, 3, 5, 23, 30, tzinfo=datetime.UTC)
    assert story.changed_at == datetime.datetime(2019, 3, 8, 8, 0, tzinfo=datetime.UTC)
    assert story.addresses == ("/2019/03/harbour-7/", "/?p=7")


@pytest.mark.parametrize(
    ("texts", "state"),
    [
        ({"status": "publish"}, State.PUBLIC),
        ({"status": "future"}, State.SCHEDULED),
        ({"status": "draft"}, State.DRAFT),
        ({"status": "pending"}, State.DRAFT),
        ({"status": "private"}, State.DRAFT),
        ({"status": "in-review"}, State.DRAFT),
        ({"status": "publish", "post_password": "ice"}, State.DRAFT),
    ],
)
def test_only_what_was_public_is_public(read: Read, texts: dict[str, Any], state: State) -> None:
    assert stories(read(make_item(**texts)))[0].state is state


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"status": "trash"}, "bin"),
        ({"status": "auto-draft"}, "saved"),
        ({"post_type": "page"}, "page"),
        ({"post_type": "nav_menu_item"}, "menu"),
        ({"post_type": "recipe"}, "recipe"),
        ({"post_id": "", "link": "", "title": ""}, "neither a number"),
    ],
)
def test_what_is_no_story_is_left_out_with_the_reason(read: Read, texts: dict[str, Any], why: str) -> None:
    title = texts.pop("title", "Harbour")

    assert why in left(read(make_item(title=title, **texts)))[0][1]


def test_other_kinds_of_posts_are_stories_where_somebody_says_so(read: Read) -> None:
    assert len(stories(read(make_item(post_type="report"), kinds=["post", "report"]))) == 1


def test_all_who_signed_are_found_by_login_by_name_or_as_guests(read: Read) -> None:
    guest = make_item(
        20, post_type="guest-author", meta={"cap-user_login": "ada-quill", "cap-display_name": "Ada Quill"}, terms=()
    )
    signed = [
        ("author", "cap-eli", "Eli Marsh"),
        ("author", "cap-ada-quill", "Ada Quill"),
        ("author", "cap-eli", "eli"),
    ]

    found = read(guest, make_item(terms=signed), make_item(8, terms=[], creator="gone"), make_item(9, creator=""))

    assert [story.authors for story in stories(found)] == [("eli", "ada-quill"), ("gone",), ()]
    assert "Ada Quill" in [one.name for one in found if isinstance(one, values.Author)]


def test_a_number_that_comes_twice_is_taken_once(read: Read) -> None:
    found = read(make_item(), make_item(title="Another"))

    assert [story.headline for story in stories(found)] == ["Harbour closed by ice"]
    assert left(found) == [("7", "another item before it has the same number")]


@pytest.mark.parametrize(
    "date", ["0000-00-00 00:00:00", "0000-01-01 00:00:00", "-0001-11-30 00:00:00", "soon", "99999-01-01"]
)
def test_a_date_that_is_none_is_none(read: Read, date: str) -> None:
    assert stories(read(make_item(post_date=date, post_date_gmt=date)))[0].published_at is None


def test_without_a_moment_in_utc_the_local_one_counts(read: Read, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(make_export(make_item(post_date_gmt="0000-00-00 00:00:00")))

    (story,) = stories(list(WordPress(tmp_path / "export.xml", ZoneInfo("Europe/Lisbon"))))

    assert story.published_at.isoformat() == "2019-03-05T23:30:00+00:00"


# Files that are broken


def test_of_a_file_that_breaks_off_everything_before_is_taken_and_nothing_half(read: Read) -> None:
    whole = make_export(make_item(7), make_item(8), make_item(9))

    for cut in range(whole.index("<item>") + 20, len(whole) - len(FOOT) - 10, 97):
        found = read(export=whole[:cut])
        assert [story.key for story in stories(found)] == ["7", "8", "9"][: whole[:cut].count("</item>")]
        assert all(story.body.endswith("by ship.") for story in stories(found))
        assert "breaks off" in left(found)[-1][1]


def test_an_item_that_is_malformed_says_so_and_the_others_come(read: Read) -> None:
    broken = make_item(8).replace("<wp:status>", "<wp:status", 1).replace("<title>", "<title>Fish & chips ", 1)

    found = read(make_item(7), broken, make_item(9))

    assert {"7", "9"} <= {story.key for story in stories(found)}
    assert all(not story.remarks for story in stories(found) if story.key == "7")
    told = [story.remarks for story in stories(found) if story.key == "8"]
    assert "malformed" in str(told + left(found))


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd">',
        "<!DOCTYPE rss>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_not_read(read: Read, start: str, encoding: str) -> None:
    export = make_export(make_item()).replace("<rss", f"{start}<rss", 1).replace("UTF-8", encoding.upper(), 1)

    with pytest.raises(SourceRefused, match="document type"):
        read(export=export.encode(encoding))


@pytest.mark.parametrize(
    "export", ["", "not XML", "<html><body><p>Sign in", '{"posts": []}', b"\x00\x01\x02", b"\xff\xfe"]
)
def test_what_is_no_export_is_refused_in_a_sentence(read: Read, export: str | bytes) -> None:
    with pytest.raises(SourceRefused, match=r"no XML|no such export"):
        read(export=export)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_the_encoding_may_be_another_than_it_says(read: Read, encoding: str) -> None:
    export = make_export(make_item(title="Größe “é”" if encoding != "iso-8859-1" else "Größe é"))
    if encoding == "utf-16":
        export = export.replace("UTF-8", "UTF-16", 1)

    (story,) = stories(read(export=export.encode(encoding)))

    assert story.headline in ("Größe “é”", "Größe é")


def test_letters_that_xml_cannot_hold_are_passed_over(read: Read) -> None:
    (story,) = stories(read(make_item(title="Har\x08bour\x0b closed")))

    assert (story.headline, story.remarks) == ("Harbour closed", ())


def test_a_text_of_many_megabytes_is_no_reason_to_lose_the_others(read: Read) -> None:
    found = read(make_item(7), make_item(8, content="ice " * 3_000_000), make_item(9))

    assert stories(found)[0].key == "7"
    assert len(stories(found)) == 3 or "line" in str(left(found)) or stories(found)[-1].remarks


# Made


@pytest.fixture
def made(db: None, noon: datetime.datetime, tmp_path: Path) -> Callable[..., Report]:
    actions.found(at=noon)

    def make(path: Path, **wishes: Any) -> Report:
        given: dict[str, Any] = {"at": noon, "zone": UTC} | wishes
        return bring(WordPress(path, UTC), Wishes(**given), Report(), lambda *_: None)

    return make


def test_addresses_with_a_query_lead_to_where_things_are_and_others_to_the_front(
    made: Callable[..., Report], tmp_path: Path, client: Client
) -> None:
    export = tmp_path / "export.xml"
    links = ("https://old.example.org/index.php?lang=en&id=8", "https://old.example.org/?story=4&lang=en")
    export.write_text(make_export(make_item(7), *(make_item(8 + at, link=link) for at, link in enumerate(links))))
    made(export)
    first, second, third = Story.objects.order_by("pk")

    def leads(path: str) -> tuple[int, str]:
        answer = client.get(path)
        return answer.status_code, answer.get("Location", "")

    assert leads("/?p=7") == leads("/?p=7&") == leads("/?utm_source=mail&p=7") == (301, first.address)
    assert leads("/index.php?id=8&lang=en") == leads("/?p=8") == (301, second.address)
    assert leads("/?lang=en&story=4") == leads("/?story=4&lang=en") == leads("/?p=9") == (301, third.address)
    assert leads("/?cat=4") == (301, first.section.get_absolute_url())
    assert leads("/?author=1") == (301, first.authors[0].get_absolute_url())
    assert leads("/?p=99") == leads("/?story=4") == leads("/?p=%00") == (302, "/")
    assert client.post("/?p=7").status_code == 405
    assert leads("/") == (200, "")


def test_an_archive_comes_with_its_pictures_and_galleries(made: Callable[..., Report], tmp_path: Path) -> None:
    folder = tmp_path / "uploads" / "2019" / "03"
    folder.mkdir(parents=True)
    for name, size in {"ice.jpg": (60, 40), "fog.jpg": (80, 40), "in.jpg": (90, 40)}.items():
        (folder / name).write_bytes(make_bytes("jpg", size))
    content = "Ice came.\n\n[caption id='attachment_3']<a href='x'><img class='wp-image-3' src='ice-60x40.jpg'></a> Ice at noon[/caption]\n\n[gallery]"
    file = tmp_path / "export.xml"
    file.write_text(
        make_export(
            make_item(content=content, meta={"_thumbnail_id": "5"}),
            make_attachment(3),
            make_attachment(4, "fog.jpg", post_parent="7"),
            make_attachment(5, "in.jpg", caption="In."),
        )
    )

    report = made(file, pictures=tmp_path / "uploads")

    story, pictures = Story.objects.get(), {one.title: one for one in Picture.objects.all()}
    assert report.counts["picture"] == {"made": 3}
    assert story.hero.caption == "In."
    assert [(part.value["picture"].file.name[-7:], part.value["caption"]) for part in story.body] == [
        ("ice.jpg", "Ice at noon"),
        ("fog.jpg", ""),
    ]
    assert next(iter(pictures.values())).credit_line == "Ada Quill"


def test_the_public_exports_are_taken_whole(made: Callable[..., Report], public_data: Path) -> None:
    for file in sorted((public_data / "wordpress").glob("*.xml")):
        if "theme" in file.name:
            continue
        before = Story.objects.count()
        source = list(WordPress(file, UTC))
        report = made(file)

        posts = sum(isinstance(one, values.Story) for one in source)
        assert sum(report.counts.get("story", Counter()).values()) == posts, file.name
        assert Story.objects.count() - before == report.counts.get("story", Counter())["made"], file.name
        assert all(one.reason for one in report.skipped)


def test_the_theme_unit_test_is_taken_whole(made: Callable[..., Report], public_data: Path) -> None:
    report = made(public_data / "wordpress" / "themeunittestdata.wordpress.xml")

    assert (
        sum(sum(counted.values()) for kind, counted in report.counts.items() if kind in ("story", "item", "picture"))
        == 58 + 91 + 37
    )
    assert report.counts["story"] == {"made": 58}
    assert set(report.reasons) >= {"item: a page, and not a story", "item: an entry of a menu"}
    drafts = ArchiveItem.objects.filter(kind="STORY", story__live=False)
    assert all(item.remarks or item.name in ("Draft", "Scheduled") for item in drafts)
    titles = {story.title: story for story in Story.objects.all()}
    assert not titles['Template: Password Protected (the password is "enter")'].live
    nested = titles["Edge Case: Nested And Mixed Lists"]
    assert Bullet.objects.filter(story=nested).count() == 2 + 4 * 8
