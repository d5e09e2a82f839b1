"""A newsroom that is written out and restored is the same newsroom: every page's bytes, and every row and file."""

import datetime
import json

import jsonschema
import pytest

from nutgraf.config import newsroom_cli
from nutgraf.config.site_copy import SiteCopy
from nutgraf.imports.newsroom import restoring, writing
from nutgraf.imports.newsroom.samples import all_files, found_again, make_newsroom
from nutgraf.media.models import originals_storage
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def whole(db, settings, noon, time_machine):
    settings.PUBLIC_URL = "https://tide.example.org"
    settings.ALLOWED_HOSTS = ["tide.example.org"]
    settings.SECURE_SSL_REDIRECT = False
    make_newsroom(noon)
    time_machine.move_to(noon + datetime.timedelta(hours=1), tick=False)


def export(folder):
    writing.write(folder, documents=newsroom_cli.documents(), with_subscribers=True)
    return all_files(folder)


def site(folder):
    folder.mkdir()
    SiteCopy(folder).make()
    return all_files(folder)


def forget_files():
    storage = originals_storage()
    for folder in ("2026/11", "original_images"):
        if storage.exists(folder):
            for name in storage.listdir(folder)[1]:
                storage.delete(f"{folder}/{name}")


@pytest.mark.usefixtures("whole")
def test_every_page_and_every_file_is_as_it_was(tmp_path):
    pages, written = site(tmp_path / "site"), export(tmp_path / "copy")
    assert len([name for name in pages if name.endswith(".html")]) > 30
    forget_files()
    found_again()

    restoring.restore(tmp_path / "copy")
    restoring.make_indexes()

    again, rewritten = site(tmp_path / "again"), export(tmp_path / "second")
    assert {name for name in pages.keys() | again.keys() if pages.get(name) != again.get(name)} == set()
    # The one who founded the new newsroom is the one thing that is more.
    differing = {name for name in written.keys() | rewritten.keys() if written.get(name) != rewritten.get(name)}
    assert differing == {"SHA256SUMS", "manifest.json", "rows/auth.User.jsonl", "rows/auth.User_groups.jsonl"}
    assert b"ada@example.org" in rewritten["rows/auth.User.jsonl"]


@pytest.mark.usefixtures("whole")
def test_search_finds_what_was_restored(tmp_path):
    export(tmp_path / "copy")
    forget_files()
    found_again()
    restoring.restore(tmp_path / "copy")
    assert list(Story.objects.search("repaired")) == []

    restoring.make_indexes()

    assert [story.headline for story in Story.objects.search("repaired")] == ["Quay repaired"]


@pytest.mark.usefixtures("whole")
def test_what_goes_for_other_systems_is_valid(public_data, tmp_path):
    schema = json.loads((public_data / "ninjs" / "ninjs-schema_3.1.json").read_text())
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    written = export(tmp_path / "export")

    names = [name for name in written if name.startswith("documents/")]

    assert {name.split("/")[1] for name in names} == {"pictures", "stories"}
    for name in names:
        check.validate(json.loads(written[name]))
    for name in (one for one in names if "/pictures/" in one):
        file = json.loads(written[name])["renditions"][0]["href"]
        assert file.removeprefix("../../") in written


def test_the_documents_say_which_story_was_withdrawn(eli, noon):
    kept, gone = make_story("Harbour reopens", at=noon), make_story("Bakery opens", at=noon)
    actions.withdraw(story=gone, reason="We were wrong.", by=eli, at=noon)

    found = {name: json.loads(content) for name, content in newsroom_cli.documents()}

    assert {name: one["pubStatus"] for name, one in found.items()} == {
        f"stories{kept.address.rstrip('/')}.json": "usable",
        f"stories{gone.address.rstrip('/')}.json": "canceled",
    }
