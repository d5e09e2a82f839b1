"""The shelf: which pages lie there and as what, and that none outlives what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from taggit.models import Tag

from nutgraf.published import recording, rendering, shelf
from nutgraf.published.pages import stored
from nutgraf.published.samples import commit
from nutgraf.published.samples import stored as page_at
from nutgraf.published.store import the_store

NAMES = {
    "/": "index.html",
    "/world/": "world/index.html",
    "/world/2026/11/28/a-story_2/": "world/2026/11/28/a-story_2/index.html",
    "/feed.rss": "feed.rss",
    "/world/feed.json": "world/feed.json",
    "/robots.txt": "robots.txt",
}
NAMELESS = [
    "",
    "world/",
    "//",
    "//world/",
    "/world",
    "/../",
    "/./",
    "/.git/",
    "/.env",
    "/world/..",
    "/world/../../etc/passwd",
    "/world/.feed.rss",
    "/world/index.html",
    "/feed.rss.gz",
    "/feed.php",
    "/a.b/feed.rss",
    "/%2e%2e/",
    "/caf%C3%A9/",
    "/café/",
    "/world/?before=1",
    "/world/\n",
    "/wor\0ld/",
    "/wor\\ld/",
    "/" + "a" * 201 + "/",
    "/a" * 501 + "/",
]


@stored()
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(f"<h1>{Tag.objects.get(slug=slug).name}</h1>")


@stored()
def tags(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(Tag.objects.order_by("slug").values_list("name", flat=True)))


@stored()
def passing(request: HttpRequest) -> HttpResponse:
    from django.utils import timezone

    recording.valid_until(timezone.now() + timezone.timedelta(hours=1))
    return HttpResponse("Not for long.")


@stored()
def special(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Not like others.", headers={"X-Robots-Tag": "noindex"})


@stored(query=["before"])
def paged(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.GET.get("before", ""))


urlpatterns = [
    path("tags/", tags),
    path("tags/<slug:slug>/", tag),
    path("passing/", passing),
    path("special/", special),
    path("paged/", paged),
]


@pytest.fixture
def laid(store, settings, tmp_path) -> Path:
    """Return the folder that a web server reads."""
    settings.ROOT_URLCONF = __name__
    rendering.house_headers.cache_clear()
    shelf.open_shelf(store, tmp_path / "shelf")
    for slug in ("north", "south"):
        Tag.objects.create(name=slug.title(), slug=slug)
    commit()
    return tmp_path / "shelf" / "pages"


@pytest.mark.parametrize(("address", "name"), NAMES.items())
def test_a_page_has_a_plain_name(address, name):
    assert shelf.name_of(address) == name


@pytest.mark.parametrize("address", NAMELESS)
def test_nothing_else_has_a_name(address):
    assert shelf.name_of(address) is None


def test_a_page_lies_there_as_it_is_sent(laid):
    page = page_at("/tags/north/")

    place = laid / "tags/north/index.html"
    assert place.read_bytes() == page.identity == b"<h1>North</h1>"
    assert Path(f"{place}.gz").read_bytes() == page.gzip
    assert Path(f"{place}.br").read_bytes() == page.br
    assert place.stat().st_mtime == int(page.changed_at)
    assert page_at("/tags/north/").is_shelved


@pytest.mark.parametrize("address", ["/passing/", "/special/", "/paged/?before=1"])
def test_what_a_file_cannot_say_is_not_laid(laid, address):
    assert not page_at(address).is_shelved
    assert not laid.exists()


def test_a_change_takes_away_what_shows_it_and_nothing_else(laid):
    for address in ("/tags/", "/tags/north/", "/tags/south/"):
        page_at(address)

    Tag.objects.filter(slug="north").update(name="The North")
    commit()

    assert _lying(laid) == {"tags/south/index.html"}


def test_a_change_of_a_whole_table_takes_away_what_shows_it(laid):
    page_at("/tags/south/")

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE taggit_tag SET name = 'x' || name")
    commit()

    assert _lying(laid) == set()


def test_a_change_of_many_pages_takes_away_the_shelf(laid, store, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_ONE_BY_ONE", 1)
    for address in ("/tags/", "/tags/north/", "/tags/south/"):
        page_at(address)

    Tag.objects.filter(slug="north").update(name="The North")
    commit()

    assert _lying(laid) == set()
    assert not store.connection.execute("SELECT 1 FROM page WHERE is_shelved").fetchone()
    assert store.find("/tags/south/") is not None


def test_a_true_page_that_was_taken_away_is_laid_when_it_is_asked_for(laid, store):
    page_at("/tags/south/")
    with store.writing():
        shelf.clear(store)

    page_at("/tags/south/")

    assert _lying(laid) == {"tags/south/index.html"}


@pytest.mark.parametrize("how", ["drop", "clear"])
def test_what_is_forgotten_does_not_lie_there(laid, store, how):
    page_at("/tags/south/")

    store.drop("/tags/south/") if how == "drop" else store.clear()

    assert _lying(laid) == set()


def test_a_store_that_is_made_anew_empties_the_shelf(laid, store, settings):
    page_at("/tags/south/")
    settings.SHELF = laid.parent
    store.connection.close()
    store.file.write_bytes(b"This is no database, and never was one." * 200)
    the_store.cache_clear()

    the_store().follow()

    assert _lying(laid) == set()
    assert page_at("/tags/south/").is_shelved


def test_another_shelf_or_none_empties_this_one(laid, store, tmp_path):
    page_at("/tags/south/")
    shelf.open_shelf(store, tmp_path / "other")
    page_at("/tags/south/")

    assert _lying(laid) == set()
    assert _lying(tmp_path / "other" / "pages") == {"tags/south/index.html"}

    shelf.open_shelf(store, None)
    page_at("/tags/south/")

    assert _lying(tmp_path / "other" / "pages") == set()


def test_a_folder_of_somebody_else_is_refused(store, tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "thesis.txt").touch()

    with pytest.raises(FileExistsError, match="is not empty and is no shelf"):
        shelf.open_shelf(store, tmp_path / "theirs")

    assert [file.name for file in (tmp_path / "theirs").iterdir()] == ["thesis.txt"]


def test_a_page_that_becomes_stale_while_it_is_laid_is_not_laid(laid, monkeypatch):
    announce = shelf._announce

    def announce_and_be_overtaken(store, page):
        announced = announce(store, page)
        Tag.objects.filter(slug="south").update(name="Overtaken")
        commit()
        return announced

    monkeypatch.setattr(shelf, "_announce", announce_and_be_overtaken)

    assert not page_at("/tags/south/").is_shelved
    assert _lying(laid) == set()


def test_a_full_disk_costs_a_page_its_place_and_nobody_the_page(laid, monkeypatch, caplog):
    def write_bytes(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        assert page_at("/tags/south/").identity == b"<h1>South</h1>"

    assert _lying(laid) == set()
    assert "could not be laid on the shelf" in caplog.text
    assert page_at("/tags/south/").is_shelved


@pytest.mark.parametrize("renamed", [0, 1, 2, 3])
def test_who_dies_while_laying_leaves_nothing_that_stays_stale(laid, store, monkeypatch, renamed):
    _die_after(monkeypatch, Path, "replace", renamed)
    with pytest.raises(_Death):
        page_at("/tags/south/")
    monkeypatch.undo()

    Tag.objects.filter(slug="south").update(name="The South")
    commit()

    assert not [name for name in _lying(laid) if not name.endswith((".gz", ".br"))]
    assert page_at("/tags/south/").is_shelved
    assert (laid / "tags/south/index.html").read_bytes() == b"<h1>The South</h1>"


@pytest.mark.parametrize("taken", [0, 1, 2, 3])
def test_who_dies_while_taking_away_is_followed_by_one_who_does(laid, store, monkeypatch, taken):
    page_at("/tags/south/")
    Tag.objects.filter(slug="south").update(name="The South")
    _die_after(monkeypatch, Path, "unlink", taken)
    with pytest.raises(_Death):
        commit()
    monkeypatch.undo()

    store.follow()

    assert _lying(laid) == set()


def test_pages_that_change_twice_in_a_second_do_not_look_alike(laid):
    moments = []
    for name in ("One", "Two", "Six"):
        Tag.objects.filter(slug="south").update(name=name)
        commit()
        page_at("/tags/south/")
        moments.append(int((laid / "tags/south/index.html").stat().st_mtime))

    assert moments == sorted(set(moments))


class _Death(BaseException):
    """What a process that is killed goes through, as far as one can come back from it."""


def _die_after(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, times: int) -> None:
    original = getattr(owner, name)
    done: list[int] = []

    def act(self, *args, **kwargs):
        if len(done) == times:
            raise _Death
        done.append(1)
        result = original(self, *args, **kwargs)
        if len(done) == times:
            raise _Death
        return result

    monkeypatch.setattr(owner, name, act)


def _lying(laid: Path) -> set[str]:
    names = {str(file.relative_to(laid)) for file in laid.rglob("*") if file.is_file()}
    return {name for name in names if not name.endswith((".gz", ".br"))} | {
        name for name in names if name.endswith((".gz", ".br")) and name[:-3] not in names
    }
