"""A Substack export and a table of stories are read row by row; what is broken or hostile is left out with a reason."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nutgraf.imports.archive import values
from nutgraf.imports.archive.bringing import Wishes, bring
from nutgraf.imports.archive.reports import Report
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.archive.values import State
from nutgraf.imports.substack import Substack
from nutgraf.imports.substack import source as substack
from nutgraf.imports.table import Table
from nutgraf.newsroom.samples import make_section
from nutgraf.stories import actions
from nutgraf.stories.models import Story

UTC = ZoneInfo("UTC")
HEAD = "post_id,post_date,is_published,type,audience,title,subtitle,podcast_url\n"
POST = "1.harbour,2019-03-05T23:30:00.000Z,TRUE,newsletter,everyone,Harbour &amp; ice,The port is closed.,\n"


def stories(source: Substack | Table) -> list[values.Story]:
    return [one for one in source if isinstance(one, values.Story)]


def left(source: Substack | Table) -> list[str]:
    return [one.reason for one in source if isinstance(one, values.Left)]


def packed(folder: Path, table: str, **files: str) -> Substack:
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("posts.csv", table)
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return Substack(folder / "export.zip", UTC, url="https://old.example.org")


def test_a_post_is_read_with_its_subtitle_as_the_lede(tmp_path: Path) -> None:
    text = '<p class="button-wrapper"><a href="x">Sign up</a></p><p>Ice came.</p>'

    (story,) = stories(packed(tmp_path, HEAD + POST, **{"posts__1.harbour.html": text}))

    assert (story.headline, story.lede, story.body) == ("Harbour & ice", "The port is closed.", "<p>Ice came.</p>")
    assert (story.slug, story.addresses, story.state) == ("harbour", ("/p/harbour",), State.PUBLIC)
    assert story.remarks == (("Sign up", "a button"),)


def test_what_only_some_could_read_and_pages_are_no_public_stories(tmp_path: Path) -> None:
    paid = POST.replace("everyone", "only_paid").replace("1.h", "2.h")
    draft = POST.replace("TRUE", "FALSE").replace("1.h", "3.h")
    page = POST.replace("newsletter", "page").replace("1.h", "4.h")

    source = packed(tmp_path, HEAD + paid + draft + page)

    assert [story.state for story in stories(source)] == [State.DRAFT, State.DRAFT]
    assert left(source) == ["a page, and not a story"]


def test_nothing_climbs_out_of_the_archive(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret")
    climbing = POST.replace("1.harbour", "../secret")

    source = packed(tmp_path, HEAD + climbing, **{"../evil.html": "x", "/etc/evil": "y"})

    assert len(left(source)) == 3
    assert not stories(source)
    assert not (tmp_path.parent / "evil.html").exists()


def test_what_unpacks_to_very_much_is_left_out_and_the_others_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(substack, "LIMIT_MB", 1)
    other = POST.replace("1.h", "2.h")
    files = {"posts__1.harbour.html": "0" * 3_000_000, "posts__2.harbour.html": "<p>Ice.</p>"}

    source = packed(tmp_path, HEAD + POST + other, **files)

    assert left(source) == ["posts/1.harbour.html unpacks to more than 1 MB"]
    assert [story.key for story in stories(source)] == ["2.harbour"]


def test_a_file_that_is_damaged_within_the_archive_is_left_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("posts.csv", HEAD + POST)
        archive.writestr("posts/1.harbour.html", "<p>Ice came.</p>")
    content = (tmp_path / "export.zip").read_bytes().replace(b"<p>Ice came.</p>", b"<p>Ice sank.</p>")
    (tmp_path / "export.zip").write_bytes(content)

    assert "cannot be unpacked" in left(Substack(tmp_path / "export.zip", UTC))[0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(SourceRefused, match="no zip file"):
        Substack(tmp_path / "x.zip", UTC)


def test_an_archive_without_posts_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(SourceRefused, match="no export of Substack"):
        Substack(tmp_path / "x.zip", UTC)


@pytest.mark.django_db
def test_the_public_export_is_made(public_data: Path, noon: datetime.datetime) -> None:
    actions.found(at=noon)
    wishes = Wishes(at=noon, zone=UTC, section=make_section("News"), author="Rosa Vale")

    report = bring(Substack(public_data / "substack", UTC), wishes, Report(), lambda *_: None)

    assert report.counts["story"] == {"made": 4}
    assert report.reasons == {"item: a page, and not a story": 1}
    assert [story.live for story in Story.objects.order_by("slug")].count(True) == 3
    assert {author.name for story in Story.objects.all() for author in story.authors} == {"Rosa Vale"}


# Tables


def table(folder: Path, text: str | bytes) -> Table:
    file = folder / "stories.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return Table(file, ZoneInfo("Europe/Lisbon"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_any_encoding_and_with_any_separator(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = [
        ["Title", "Body", "Authors", "Section", "Date", "Status", "Link"],
        [
            "Größe",
            '"One.\n\nTwo & more."',
            "Rosa Vale and Eli Marsh",
            "Sea",
            "2019-07-05",
            "published",
            "https://old.example.org/a/harbour.html",
        ],
    ]
    text = "\n".join(separator.join(line) for line in lines)

    (story,) = stories(table(tmp_path, text.encode(encoding)))

    assert (story.headline, story.body) == ("Größe", "<p>One.</p><p>Two &amp; more.</p>")
    assert (story.authors, story.sections, story.state) == (("Rosa Vale", "Eli Marsh"), ("Sea",), State.PUBLIC)
    assert story.published_at.isoformat() == "2019-07-05T12:00:00+01:00"
    assert (story.slug, story.addresses) == ("harbour", ("/a/harbour.html",))


def test_rows_that_say_nothing_or_come_twice_are_left_out_by_their_lines(tmp_path: Path) -> None:
    source = table(tmp_path, "id,title,body\n1,A,a\n1,B,b\n2,,\n\n3,C\n")

    assert [story.key for story in stories(source)] == ["1", "3"]
    assert [reason.split()[1] for reason in left(source)] == ["3", "4"]


def test_a_column_that_is_not_known_is_told(tmp_path: Path) -> None:
    assert stories(table(tmp_path, "title,body,mood\nA,a,glad\n"))[0].remarks == (
        ("mood: glad", "a column that is not known here"),
    )


@pytest.mark.parametrize("date", ["", "0000-00-00", "0001-01-01", "soon", "31.02.2020", "99999-01-01"])
def test_what_is_no_date_is_none(tmp_path: Path, date: str) -> None:
    assert stories(table(tmp_path, f"title,body,date\nA,a,{date}\n"))[0].published_at is None


@pytest.mark.parametrize("text", ["", "one column\nx\n", "\x00\x01"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceRefused, match="no table"):
        list(table(tmp_path, text))


def test_a_quotation_mark_that_nobody_closes_ends_in_a_reason(tmp_path: Path) -> None:
    source = table(tmp_path, 'title,body\nA,a\nB,"' + "b\n" * 10_000_000)

    assert [story.key for story in stories(source)] == ["A"]
    assert "cannot be read from line" in left(source)[0]


def test_a_table_none_of_whose_columns_says_anything_is_refused_with_their_names(tmp_path: Path) -> None:
    (tmp_path / "stories.csv").write_text("1,hello,world\n2,foo,bar\n")

    with pytest.raises(SourceRefused, match="names none of the columns title, .* but: 1, hello, world"):
        list(Table(tmp_path / "stories.csv", UTC))
