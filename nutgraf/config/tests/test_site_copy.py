"""A copy of the site is whole: each link of each page in it leads to a file, and what is no more is taken out."""

import datetime
import re
from urllib.parse import unquote, urljoin

import pytest
from lxml import etree, html
from wagtail.contrib.redirects.models import Redirect

from nutgraf.config.site_copy import MARKER, SiteCopy, address_of, file_of
from nutgraf.config.tests.test_command_line import INIT, nutgraf, refused
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story, point

PUBLIC = "https://copy.example.org"


@pytest.fixture
def public(settings, db):
    settings.PUBLIC_URL = PUBLIC
    settings.ALLOWED_HOSTS = ["copy.example.org"]
    settings.SECURE_SSL_REDIRECT = False


def make(folder):
    copy = SiteCopy(folder)
    copy.make()
    return copy


def stories(noon, many=12):
    world, rosa = make_section("World"), make_author("Rosa Vale")
    why = point("Why it matters", "Bread comes by ship.")
    return [
        make_story(f"Story {n}", why, at=noon - n * datetime.timedelta(hours=1), section=world, authors=[rosa])
        for n in range(many)
    ]


def links(file):
    for element in html.document_fromstring(file.read_bytes()).iter(etree.Element):
        for name in ("href", "src"):
            if value := element.get(name):
                yield value
        yield from (part.split()[0] for part in (element.get("srcset") or "").split(",") if part.strip())


def dead_links(folder):
    """Follow every link of every page as a browser would on a server of files."""
    for file in folder.rglob("*.html"):
        page = "/" + str(file.relative_to(folder)).removesuffix("index.html")
        for link in links(file):
            whole = urljoin(f"{PUBLIC}{page}", link)
            if not whole.startswith(PUBLIC) or re.search(r"\.events$|/desk/|/static/", whole):
                continue
            path = unquote(whole.removeprefix(PUBLIC).partition("#")[0])
            assert "?" not in path, (page, link)
            if not (folder / path.lstrip("/") / ("index.html" if path.endswith("/") else "")).is_file():
                yield page, link


@pytest.mark.usefixtures("public")
def test_every_link_leads_to_a_file(tmp_path, noon):
    made = stories(noon)
    make_story("With a picture", at=noon, hero=make_picture())

    copy = make(tmp_path)

    assert [address for address in copy.broken if not address.startswith("/static/")] == []
    assert list(dead_links(tmp_path)) == []
    for story in made:
        assert "<h1" in (tmp_path / file_of(story.address)).read_text()
    assert len(list(tmp_path.glob("media/shares/*/*.png"))) == len(made)
    # Further down the stream there is a page in a folder of its own.
    assert list(tmp_path.glob("latest/before-*/index.html"))
    assert list(tmp_path.glob("media/pictures/*/*/*.jpg"))
    assert "<h1" in (tmp_path / "404.html").read_text()


@pytest.mark.usefixtures("public")
def test_feeds_maps_and_other_forms_are_in_it(tmp_path, noon):
    (story,) = stories(noon, 1)

    make(tmp_path)

    assert f"{PUBLIC}{story.address}" in (tmp_path / "feed.rss").read_text()
    assert f"{PUBLIC}{story.address}" in (tmp_path / f"sitemap/{noon:%Y-%m}.xml").read_text()
    assert (tmp_path / f"{story.address.strip('/')}.md").is_file()


@pytest.mark.usefixtures("public")
def test_an_old_address_leads_on(tmp_path, noon):
    (story,) = stories(noon, 1)
    old = story.address
    story.slug = "another"
    actions.revise(story=story, by=None)
    story = actions.publish(story=story, by=None, at=noon, change="MINOR")

    make(tmp_path)

    assert f'content="0; url={story.address}"' in (tmp_path / file_of(old)).read_text()


@pytest.mark.usefixtures("public")
def test_a_withdrawn_story_says_so_where_it_was(tmp_path, noon, eli):
    (story,) = stories(noon, 1)
    actions.withdraw(story=story, reason="We mixed up two harbours.", by=eli, at=noon)

    make(tmp_path)

    assert "We mixed up two harbours." in (tmp_path / file_of(story.address)).read_text()


@pytest.mark.usefixtures("public")
def test_a_second_copy_takes_out_what_is_no_more_and_is_else_the_same(tmp_path, noon):
    first, second = stories(noon, 2)
    make(tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    make(tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before

    first.delete()
    make(tmp_path)

    assert not (tmp_path / file_of(first.address)).exists()
    assert not (tmp_path / file_of(first.address)).parent.exists()
    assert (tmp_path / file_of(second.address)).exists()


@pytest.mark.parametrize(
    ("address", "copied"),
    [
        ("/", "/"),
        ("/latest/?before=abc-1", "/latest/before-abc-1/"),
        ("/a/live.json?after=25", "/a/live.json-after-25/"),
        ("/catch-up/?days=7&since=2020-02-29", "/catch-up/days-7/since-2020-02-29/"),
        ("/x/?q=../../etc", "/x/q-..%2F..%2Fetc/"),
    ],
)
def test_a_question_becomes_a_folder(address, copied):
    assert address_of(address) == copied


def test_the_command_writes_a_copy_and_refuses_another_folder(tmp_path):
    folder, into = tmp_path / "tide", tmp_path / "copy"
    assert nutgraf("init", folder, *INIT, "--time-zone", "UTC", "--language", "en").returncode == 0
    assert "--url" in refused(nutgraf("export", "--site", into, "--data", folder))

    done = nutgraf("export", "--site", into, "--data", folder, "--url", PUBLIC)

    assert done.returncode == 0, done.stderr
    assert "lead nowhere" not in done.stderr
    assert (into / MARKER).exists()
    assert list((into / "static").rglob("reader.*.css"))
    assert "no copy of a site" in refused(nutgraf("export", "--site", folder, "--data", folder, "--url", PUBLIC))


@pytest.mark.usefixtures("public")
def test_an_old_address_that_no_file_can_have_is_told_and_nothing_is_written_outside_the_folder(tmp_path, noon):
    (story,) = stories(noon, 1)
    old = ["/../../outside", "/a/../../../outside.html", "/old.php", "/old.php/2012/ice", f"/{'ü' * 200}"]
    for path in old:
        # As somebody enters one in the desk.
        Redirect.objects.create(old_path=path, redirect_page=story)

    folder = tmp_path / "some" / "where"
    folder.mkdir(parents=True)

    copy = make(folder)

    assert [file.name for file in tmp_path.rglob("*outside*")] == []
    assert (folder / "old.php").is_file()
    assert {address for address in copy.broken if not address.startswith("/static/")} == {
        "/../../outside/",
        "/a/../../../outside.html",
        "/old.php/2012/ice/",
        f"/{'ü' * 200}/",
    }
