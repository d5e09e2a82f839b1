"""Behind a real nginx that reads the shelf: the same pages as without it, and never the one from before a change."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import fronts, live_stories, newsroom
from tests.journeys.desk import Desk
from tests.journeys.site import Answer, Site, free_port, run, served

pytestmark = pytest.mark.skipif(not fronts.find("nginx"), reason="nginx is not installed")

# What is not the page's: nginx names a file by its moment and size, and each server has its own clock and manners.
OF_THE_SERVER = {"etag", "date", "server", "connection", "keep-alive", "accept-ranges", "transfer-encoding", "age"}
ENCODINGS = ("identity", "gzip")
# Of such a page nothing may be kept, or not for long enough to be laid.
NEVER_SHELVED = {
    "older stories",
    "older stories of a section",
    "older editions",
    "search form",
    "search result",
    "nothing found",
    "not found",
    "withdrawn story",
}
# Nor is one laid that is another at some moment without a change, nor an answer to one reader's "since".
NEVER_SHELVED |= {kind for kind in newsroom.KINDS if "storyline" in kind or "catch up" in kind or " since " in kind}
NEVER_SHELVED -= {"storylines", "numbers of a storyline", "voices of a storyline"}


@dataclass(frozen=True)
class Front:
    """A newsroom, and the nginx before it."""

    behind: Site
    site: Site
    shelf: Path
    error_log: Path


@pytest.fixture(scope="module")
def front(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A newsroom with a shelf, served behind nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    port, shelf = free_port(), folder / "shelf"
    environment = {
        "NUTGRAF_SHELF": str(shelf),
        "NUTGRAF_PUBLIC_URL": f"http://localhost:{port}",
        "NUTGRAF_PROXY": "1",
    }
    data = Path(shutil.copytree(built, folder / "data"))
    with (data / "newsroom.env").open("a") as file:
        file.writelines(f"{name}={value}\n" for name, value in environment.items())
    with served(data) as behind:
        configuration = fronts.written(data, "--upstream", f"127.0.0.1:{behind.port}")
        with fronts.nginx(configuration, folder / "nginx", port) as error_log:
            site = replace(behind, address=f"http://localhost:{port}")
            yield Front(behind, site, shelf / "pages", error_log)
    assert "[crit]" not in error_log.read_text()


# The same as without it


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", newsroom.KINDS)
def test_a_page_is_the_same(front: Front, kind: str, encoding: str) -> None:
    path = front.site.paths[kind]
    front.site.get(path)

    through, direct = (site.get(path, Accept_Encoding=encoding) for site in (front.site, front.behind))

    assert through.status == direct.status
    # Django adds noise to what it presses for one reader.
    is_noisy = encoding == "gzip" and "search" in path
    assert (gzip.decompress(through.body) if is_noisy else through.body) == (
        gzip.decompress(direct.body) if is_noisy else direct.body
    )
    assert _headers(through, is_noisy) == _headers(direct, is_noisy)
    assert is_from_shelf(through, direct) is (kind not in NEVER_SHELVED)


def test_what_is_no_page_of_words_is_the_same_too(front: Front) -> None:
    front.site.get("/robots.txt")

    through, direct = (site.get("/robots.txt") for site in (front.site, front.behind))

    assert through.body == direct.body
    assert _headers(through) == _headers(direct)
    assert is_from_shelf(through, direct)


def test_an_answer_without_a_body_and_one_to_who_has_it_are_short(front: Front) -> None:
    front.site.get("/")
    known = front.site.get("/")

    assert ask(front.site, "HEAD", "/")[0::2] == (200, b"")
    assert front.site.get("/", If_None_Match=known.headers["ETag"]).status == 304
    assert front.site.get("/", If_Modified_Since=known.headers["Last-Modified"]).status == 304
    assert front.site.get("/", If_None_Match='"another"').status == 200


@pytest.mark.parametrize(
    "path",
    ["/world", "/world/?", "/wor%6cd/", "/world/?utm_source=x", "/?before=", "//", "//world/", "/world//", "/World/"],
)
def test_an_address_in_another_spelling_leads_to_the_same(front: Front, path: str) -> None:
    front.site.get("/world/")

    through, direct = (site.get(path) for site in (front.site, front.behind))

    assert (through.status, through.body) == (direct.status, direct.body)
    assert through.headers["Location"] == direct.headers["Location"]


# What nginx leaves to us


@pytest.mark.parametrize(
    "path",
    ["/world/../latest/", "/world/%2e%2e/latest/", "/nowhere/../latest/", "/latest/./", "/latest/%2E", "/latest/.."]
    + ["/world/..%2flatest/", "/latest%2f", "/%6catest/", "/latest/#x", "/latest/?#x", "/world/../robots.txt"],
)
def test_a_path_is_judged_by_us_as_it_was_spelt(front: Front, path: str) -> None:
    for shelved in ("/", "/latest/", "/robots.txt"):
        front.site.get(shelved)

    through, direct = (ask(site, "GET", path) for site in (front.site, front.behind))

    assert (through[0], through[2]) == (direct[0], direct[2])
    # Of a file from the shelf nginx would say another.
    assert through[1]["ETag"] == direct[1]["ETag"]
    assert through[0] in {400, 404} or ".." not in path


def test_who_is_signed_in_is_answered_by_django(front: Front) -> None:
    front.site.get("/")

    answer = front.site.get("/", Cookie="theme=dark; sessionid=abc")

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert front.site.get("/", Cookie="theme=dark; notsessionid2=abc").headers["Cache-Control"].startswith("public")


def test_what_is_sent_is_for_django(front: Front) -> None:
    front.site.get("/")

    for method in ("POST", "DELETE", "OPTIONS", "BREW"):
        through, direct = (ask(site, method, "/") for site in (front.site, front.behind))
        assert (through[0], through[2]) == (direct[0], direct[2])


def test_a_host_that_we_are_not_gets_no_page(front: Front) -> None:
    front.site.get("/")

    assert front.site.get("/", Host="elsewhere.example").status == 400


def test_a_large_picture_gets_through(front: Front) -> None:
    assert ask(front.site, "POST", "/desk/login/", b"x" * 32 * 1024 * 1024)[0] == 403
    assert ask(front.site, "POST", "/desk/login/", b"x" * 34 * 1024 * 1024)[0] == 413


# What nobody gets

TRAVERSALS = [
    "/../newsroom.env",
    "/static/../newsroom.env",
    "/static/%2e%2e/newsroom.env",
    "/static/..%2fnewsroom.env",
    "/media/../newsroom.env",
    "/media/pictures/1/0123456789/..%2f..%2f..%2f..%2fnewsroom.env",
    "/..%2f..%2fnewsroom.env",
    "/pages/index.html",
    "/laying/",
    "/nutgraf-shelf",
    "/nowhere/index.html",
    "/index.html",
    "/world/index.html",
    "/world/index.html.gz",
    "/robots.txt.gz",
    "/.env",
    "/.git/config",
    "/world/.htaccess",
    "/static/.hidden",
    "/newsroom.env",
    "/main.sqlite3",
    "/world/%00",
    "/originals/",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_nothing_outside_and_no_file_as_such_is_served(front: Front, path: str) -> None:
    front.site.get("/world/")
    (front.behind.folder / "static" / ".hidden").write_text("secret")

    status, _, body = ask(front.site, "GET", path)

    assert status in {301, 400, 404}
    assert b"NUTGRAF_" not in body
    assert b"secret" not in body


def test_figures_are_not_for_who_comes_through(front: Front) -> None:
    assert front.site.get("/metrics").status == 403


# Files


def test_styles_come_from_the_folder_and_are_kept_for_ever(front: Front) -> None:
    style = re.findall(r'rel="stylesheet" href="([^"]+)"', front.site.get("/").text)[0]

    through, direct = (site.get(style, Accept_Encoding="gzip") for site in (front.site, front.behind))

    assert through.body == direct.body
    for name in ("Content-Type", "Cache-Control", "Content-Encoding", "X-Content-Type-Options", "Vary"):
        assert through.headers[name] == direct.headers[name]
    assert through.headers["Server"] == "nginx"


def test_a_picture_is_made_once_and_then_read_from_the_folder(front: Front) -> None:
    page = front.site.get(front.site.paths["story"]).text
    picture = re.findall(r"/media/pictures/[^\s\"]+\.webp", page)[0]
    (front.behind.folder / picture[1:]).unlink(missing_ok=True)

    made = front.site.get(picture)
    read, direct = front.site.get(picture), front.behind.get(picture)

    assert made.status == read.status == 200
    assert made.body == read.body == direct.body
    for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options"):
        assert read.headers[name] == direct.headers[name]
    assert front.site.get(picture, Range="bytes=0-9").body == read.body[:10]


# After a change


def test_a_reader_has_the_change_as_soon_as_the_editor_has_the_answer(front: Front) -> None:
    desk, story = Desk(front.site), front.site.paths["plain story"]
    number = desk.number_of(story)
    world = [path for kind, path in front.site.paths.items() if kind in ("front", "latest", "section")]
    for _ in range(3):
        for path in (story, *world):
            front.site.get(path)
        assert (front.shelf / story[1:] / "index.html").exists()

        desk.post(f"/desk/pages/{number}/unpublish/")

        assert front.site.get(story).status == 404
        assert newsroom.PLAIN not in front.site.get("/latest/").text

        desk.post(f"/desk/bulk/wagtailcore/page/publish/?next=%2Fdesk%2F&id={number}")

        assert front.site.get(story).status == 200
        assert newsroom.PLAIN in front.site.get("/latest/").text


def test_no_reader_meets_a_hole_while_pages_come_and_go(front: Front) -> None:
    desk = Desk(front.site)
    number = desk.number_of(front.site.paths["plain story"])
    statuses: set[int] = set()
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            statuses.update(front.site.get(path, Accept_Encoding="gzip").status for path in ("/", "/latest/"))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(8):
        desk.post(f"/desk/pages/{number}/unpublish/")
        desk.post(f"/desk/bulk/wagtailcore/page/publish/?next=%2Fdesk%2F&id={number}")
    is_over.set()
    for reader in readers:
        reader.join()

    assert statuses == {200}


# While a story is live


def test_who_listens_through_it_is_told_at_once(front: Front) -> None:
    path = front.site.paths["live story"]
    with live_stories.listening(front.site, path) as reader:
        live_stories.heard(reader, b'"cursor"')
        run("tests.journeys.live_stories", front.behind.folder, "file", "Told through nginx")

        live_stories.heard(reader, b"Told through nginx")

    # And whoever asks has it, too.
    assert "Told through nginx" in front.site.get(f"{path}live.json").text


# The configuration itself


def test_no_name_of_a_host_is_too_long_for_it(front: Front, tmp_path: Path) -> None:
    port, long = free_port(), f"{'a' * 63}.{'b' * 63}.{'c' * 63}.example.org"
    hosts = f"localhost,{long},.{'d' * 40}.example.org"
    environment = {"NUTGRAF_PUBLIC_URL": f"http://localhost:{port}", "NUTGRAF_HOSTS": hosts}
    configuration = fronts.written(front.behind.folder, "--upstream", f"127.0.0.1:{front.behind.port}", **environment)
    front.site.get("/")

    with fronts.nginx(configuration, tmp_path, port):
        site = replace(front.site, address=f"http://localhost:{port}")
        names = [long, long.upper(), f"{'d' * 40}.example.org", f"a.b.{'d' * 40}.example.org"]
        elsewhere = [f"x{long[1:]}", f"a.{long}", f"{'d' * 41}.example.org", long.replace(".", "-")]

        assert [site.get("/", Host=name).status for name in names] == [200] * 4
        assert {site.get("/", Host=name).status for name in elsewhere} == {400}


def ask(site: Site, method: str, path: str, body: bytes | None = None) -> tuple[int, Any, bytes]:
    """Ask with a path exactly as it is written."""
    connection = http.client.HTTPConnection("localhost", site.port, timeout=30)
    try:
        # What is too large is refused before all of it was sent.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def is_from_shelf(through: Answer, direct: Answer) -> bool:
    """Say whether nginx read a file: it names a file by when it was changed and how long it is."""
    return bool(re.fullmatch(r'"[0-9a-f]+-[0-9a-f]+"', through.headers["ETag"] or "")) and (
        through.headers["ETag"] != direct.headers["ETag"]
    )


def _headers(answer: Answer, is_noisy: bool = False) -> dict[str, str]:
    others = OF_THE_SERVER | ({"content-length"} if is_noisy else set())
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() not in others}
