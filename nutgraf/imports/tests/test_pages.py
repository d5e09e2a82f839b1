"""In each page of a folder the article is found, and nothing of what stands round it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from nutgraf.imports.archive import values
from nutgraf.imports.archive.values import State
from nutgraf.imports.pages import Pages

PAGE = """<!doctype html><html><head><title>Harbour closed by ice – Old Paper</title>
<meta property="og:title" content="Harbour closed by ice"><meta name="author" content="Rosa Vale">
<meta property="article:published_time" content="2019-03-05T23:30:00+00:00">
<link rel="canonical" href="https://old.example.org/sea/harbour.html"></head><body>
<nav><a href="/">Home</a><a href="/sea">All at sea</a></nav><article><h1>Harbour closed by ice</h1>
<p>The harbour of Port Selva closed on Tuesday after ice came down the river for the third time this winter.</p>
<p><strong>Why it matters:</strong> Bread for 2,500 people comes by ship, and the road over the pass is closed too.</p>
<ul><li>Flour waits on the quay, the port says.</li><li>Rye waited longest of all the goods there.</li></ul>
<figure><img src="/img/ice.jpg" alt="Ice"><figcaption>Ice at noon</figcaption></figure>
<p>It will be open again when the wind turns, said Ana Reyes, the mayor of Almery, on Wednesday morning.</p></article>
<footer>Copyright Old Paper. Subscribe to our newsletter.</footer></body></html>"""


def read(folder: Path, **files: str | bytes) -> list[values.Value]:
    for name, page in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".html").write_bytes(page.encode() if isinstance(page, str) else page)
    return list(Pages(folder, ZoneInfo("UTC")))


def test_the_article_is_found_with_who_wrote_it_and_when(tmp_path: Path) -> None:
    (story,) = read(tmp_path, sea__harbour=PAGE)

    assert isinstance(story, values.Story)
    assert (story.key, story.headline, story.authors) == ("sea/harbour.html", "Harbour closed by ice", ("Rosa Vale",))
    assert story.published_at.isoformat() == "2019-03-05T23:30:00+00:00"
    assert (story.state, story.slug, story.addresses) == (State.PUBLIC, "harbour", ("/sea/harbour.html",))
    assert "<strong>Why it matters:</strong>" in story.body
    assert story.body.count("<li>") == 2
    assert "<figcaption>Ice at noon</figcaption>" in story.body
    assert "newsletter" not in story.body
    assert "All at sea" not in story.body
    assert story.original == PAGE


def test_a_page_without_a_story_is_left_out_and_the_others_come(tmp_path: Path) -> None:
    found = read(tmp_path, a="<html><body></body></html>", b="", c=b"\x00\x01\x02" * 50, d=PAGE)

    assert [type(one).__name__ for one in found] == ["Left", "Left", "Left", "Story"]
    assert all(one.reason for one in found if isinstance(one, values.Left))


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.html").write_text(PAGE)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "b.html").symlink_to(tmp_path / "outside" / "a.html")
    (tmp_path / "site" / "c").symlink_to(tmp_path / "outside")

    found = list(Pages(tmp_path / "site", ZoneInfo("UTC")))

    assert [(type(one), one.key) for one in found] == [(values.Left, "b.html")]


def test_a_page_that_is_too_large_or_too_deep_does_not_hold_up_the_others(tmp_path: Path) -> None:
    found = read(tmp_path, a="<p>" + "x" * 17_000_000, b="<div>" * 20_000 + PAGE, c=PAGE)

    assert len(found) == 3
    assert isinstance(found[-1], values.Story)


def test_a_page_that_is_a_link_or_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.html").symlink_to(tmp_path / "gone.html")

    found = read(tmp_path, a=PAGE)

    assert [(one.key, getattr(one, "reason", "")) for one in found] == [
        ("a.html", ""),
        ("b.html", "it is a link, which could lead to any file of this machine"),
    ]
