"""An export of a newsroom is restored whole or not at all, and never over somebody's work."""

import hashlib
import json
import resource
import shutil
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.db import connection

from nutgraf.imports.newsroom import manifest, restoring, tables, writing
from nutgraf.imports.newsroom.files import chunks
from nutgraf.imports.newsroom.manifest import Refused
from nutgraf.imports.newsroom.samples import all_files, all_rows, found_again
from nutgraf.media.models import Picture, originals_storage
from nutgraf.media.samples import make_picture
from nutgraf.newsroom import roles
from nutgraf.newsroom.samples import make_staff
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story, paragraph

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def export(tmp_path, noon, db):
    """An export of a newsroom with a story and a picture, whose own newsroom is gone."""
    make_staff("Eli Marsh", roles.EDITOR, password="long-harbour-7")
    make_story("Harbour reopens", paragraph("Ships enter."), at=noon, hero=make_picture())
    writing.write(tmp_path / "export", documents=[("stories/one.json", b"{}")], with_subscribers=False)
    originals_storage().delete(Picture.objects.get().file.name)
    found_again()
    return tmp_path / "export"


def refused(export):
    """Return what is said of an export, and see that nothing came of it."""
    before = all_rows()
    with pytest.raises(Refused) as refusal:
        restoring.restore(export)
    assert all_rows() == before
    assert pictures() == []
    return str(refusal.value)


def pictures():
    storage = originals_storage()
    month = f"{Picture().get_upload_to('x')}".rpartition("/")[0]
    return storage.listdir(month)[1] if storage.exists(month) else []


def change(export, name, how):
    """Change a file of an export as somebody would who also writes its digest anew."""
    file = export / name
    file.write_text(how(file.read_text()))
    sums = export / manifest.SUMS
    lines = [line.split("  ", 1) for line in sums.read_text().splitlines()]
    sums.write_text(
        "".join(
            f"{hashlib.sha256(file.read_bytes()).hexdigest() if one == name else digest}  {one}\n"
            for digest, one in lines
        )
    )
    say(export, sums=hashlib.sha256(sums.read_bytes()).hexdigest())


def say(export, **values):
    file = export / manifest.FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


@contextmanager
def room_for(size):
    """Let no file grow beyond a size, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# What is restored


def test_no_password_is_written_and_whoever_founded_the_newsroom_keeps_theirs(export):
    assert not [name for name, content in all_files(export).items() if b"pbkdf2" in content or b"argon2" in content]

    restored = restoring.restore(export)

    assert not restored.is_founder_known
    assert User.objects.get(username="ada@example.org").check_password("long-harbour-8")
    eli = User.objects.get(username="eli")
    assert not eli.check_password("")
    assert not eli.check_password("long-harbour-7")
    # What Django asks before it mails somebody the way to a new one.
    assert eli.has_usable_password()


def test_a_founder_whom_the_export_knows_is_that_person(export):
    User.objects.update(username="eli")

    restored = restoring.restore(export)

    assert restored.is_founder_known
    assert User.objects.get().get_full_name() == "Eli Marsh"
    assert User.objects.get().check_password("long-harbour-8")


def test_what_comes_next_gets_a_key_of_its_own(export, noon):
    restoring.restore(export)

    story = make_story("The next one", at=noon, hero=make_picture("mast.png"))

    assert story.pk > Story.objects.get(title="Harbour reopens").pk
    assert story.hero.pk > Story.objects.get(title="Harbour reopens").hero.pk


def test_the_restored_newsroom_writes_the_same_copy(export, tmp_path):
    User.objects.update(username="eli")
    restoring.restore(export)

    writing.write(tmp_path / "second", documents=[("stories/one.json", b"{}")], with_subscribers=False)

    assert all_files(tmp_path / "second") == all_files(export)


def test_subscribers_go_on_request_only(export):
    names = {name for name in all_files(export) if name.startswith("rows/audience.")}

    assert names == {"rows/audience.List.jsonl"}


def test_of_every_table_is_said_whether_it_goes():
    # A new table is named in imports/newsroom/tables.py: it goes by its app, or stays for a reason.
    assert tables.undecided() == []
    every = {model._meta.label for model in tables.travelling(with_subscribers=True)}
    assert every.isdisjoint(tables.LEFT_OUT)
    assert every >= tables.FOUNDED


def test_no_row_that_goes_names_one_that_stays():
    for with_subscribers in (True, False):
        going = tables.travelling(with_subscribers=with_subscribers)
        named = {"auth.Permission", "contenttypes.ContentType"} | {model._meta.label for model in going}
        for model in going:
            found = {field.related_model._meta.label for field in tables.columns(model) if field.related_model}
            assert found <= named, model


def test_what_names_a_row_that_goes_is_cleared_however_far_off():
    cleared = {model._meta.label for model in tables.emptied(tables.travelling(with_subscribers=False))}

    # A grant names a token, which names somebody of the staff.
    assert {"wagtailcore.APIToken", "api.Grant", "audience.Consent"} <= cleared
    assert "auth.Permission" not in cleared


# What is not


def test_a_newsroom_with_work_in_it_is_left_alone(export, noon):
    make_story("Somebody's work", at=noon)

    assert "is not empty (it has stories)" in refused(export)


def test_a_newsroom_with_staff_is_left_alone(export):
    make_staff("Rosa Vale", roles.REPORTER)

    assert "staff already" in refused(export)


def test_a_folder_that_is_no_export_is_refused(tmp_path, db):
    found_again()

    assert "is no export of a newsroom" in refused(tmp_path)


def test_an_export_that_was_not_finished_is_refused(export):
    (export / manifest.FILE).unlink()

    assert "is written last" in refused(export)


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"format": "nutgraf newsroom", "version": 1}', "[" * 100_000])
def test_a_manifest_that_says_nothing_is_refused(export, text):
    (export / manifest.FILE).write_text(text)

    assert refused(export)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"version": 2}, "form 2"),
        ({"tables": {}}, "Restore it with that version"),
        ({"time_zone": "Europe/Lisbon"}, "--time-zone Europe/Lisbon"),
        ({"language": "ar"}, "--language ar"),
        ({"sums": "0"}, "is damaged"),
        ({"files": 3}, "is damaged"),
        ({"rows": []}, "is damaged"),
        ({"more": 1}, "is damaged"),
    ],
)
def test_another_version_or_another_newsroom_is_refused_with_the_way_out(export, said, answer):
    say(export, **said)

    assert answer in refused(export)


@pytest.mark.parametrize("name", ["rows/stories.Story.jsonl", "documents/stories/one.json", "files/media.Picture.file"])
def test_a_file_that_is_missing_is_named(export, name):
    shutil.rmtree(export / name) if (export / name).is_dir() else (export / name).unlink()

    assert f"{name}" in refused(export)


def test_a_file_that_is_damaged_is_named(export):
    file = next(export.glob("files/media.Picture.file/**/*.jpg"))
    file.write_bytes(file.read_bytes()[:-1])

    assert f"{file} is damaged" in refused(export)


def test_a_link_out_of_the_export_is_not_followed(export, tmp_path):
    file = next(export.glob("files/media.Picture.file/**/*.jpg"))
    shutil.copy(file, tmp_path / "elsewhere")
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")

    assert "is a link" in refused(export)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "files/../../x"])
def test_a_name_outside_of_the_export_is_refused(export, name):
    sums = export / manifest.SUMS
    sums.write_text(f"{sums.read_text()}{'0' * 64}  {name}\n")
    say(export, sums=hashlib.sha256(sums.read_bytes()).hexdigest())

    assert "not within the export" in refused(export)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda text: text + "{\n", "line 2: Expecting"),
        (lambda text: text + "[]\n", "line 2: it has not"),
        (lambda text: text.replace('"short_head"', '"long_head"'), "line 1: it has not the columns"),
        (lambda text: text.replace('"lede":"', '"lede":null,"x":"'), "line 1: it has not"),
        (lambda text: text.replace('"address_date":"', '"address_date":"the day after '), "line 1: ["),
        (lambda text: text + text, "cannot be restored"),
        (lambda text: "", "has 0 rows, and 1 were written"),
        (lambda text: text.replace('"section_id":', '"section_id":9'), "do not fit together"),
    ],
)
def test_rows_that_are_none_change_nothing(export, how, said):
    change(export, "rows/stories.Story.jsonl", how)

    assert said in refused(export)


def test_another_file_in_the_place_of_a_picture_is_kept(export):
    picture = next(export.glob("files/media.Picture.file/**/*.jpg"))
    name = str(picture.relative_to(export / "files/media.Picture.file"))
    with originals_storage().open(name, "wb") as file:
        file.write(b"somebody's")

    with pytest.raises(Refused, match="Another file"):
        restoring.restore(export)

    assert b"".join(chunks(originals_storage(), name)) == b"somebody's"


def test_a_restoring_that_was_killed_can_be_done_again(export):
    picture = next(export.glob("files/media.Picture.file/**/*.jpg"))
    name = str(picture.relative_to(export / "files/media.Picture.file"))
    with originals_storage().open(name, "wb") as file:
        file.write(picture.read_bytes())

    restoring.restore(export)

    assert b"".join(chunks(originals_storage(), Story.objects.get().hero.file.name)) == picture.read_bytes()


def test_a_full_disk_leaves_nothing_half_restored(export):
    before = all_rows()

    with room_for(100), pytest.raises(OSError, match="large"):
        restoring.restore(export)

    assert all_rows() == before
    assert pictures() == []


# Where it is written


def test_a_full_disk_leaves_nothing_half_written(tmp_path, noon):
    make_story("Harbour reopens", at=noon, hero=make_picture())

    with room_for(100), pytest.raises(OSError, match="large"):
        writing.write(tmp_path / "export", documents=[], with_subscribers=False)

    assert list(tmp_path.iterdir()) == []


def test_a_second_export_takes_the_place_of_the_first(tmp_path, noon):
    make_story("Harbour reopens", at=noon)
    writing.write(tmp_path / "export", documents=[("old.json", b"{}")], with_subscribers=False)

    writing.write(tmp_path / "export", documents=[], with_subscribers=False)

    assert not (tmp_path / "export/documents").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["export"]


def test_what_is_no_export_is_not_written_over(tmp_path, db):
    (tmp_path / "letters.txt").write_text("dear")

    with pytest.raises(Refused, match="choose an empty folder"):
        writing.write(tmp_path, documents=[], with_subscribers=False)

    assert (tmp_path / "letters.txt").read_text() == "dear"


def test_a_picture_that_was_lost_before_is_told_and_the_rest_goes(tmp_path, noon):
    make_story("Harbour reopens", at=noon, hero=make_picture())
    name = Picture.objects.get().file.name
    originals_storage().delete(name)

    made = writing.write(tmp_path / "export", documents=[], with_subscribers=False)

    assert made.missing == [f"files/media.Picture.file/{name}"]
    found_again()
    restoring.restore(tmp_path / "export")
    assert Story.objects.get().hero.file.name == name


def test_the_export_is_for_its_owner_only(tmp_path, db):
    writing.write(tmp_path / "export", documents=[], with_subscribers=False)

    assert (tmp_path / "export").stat().st_mode & 0o077 == 0


# PostgreSQL has no writer who waits for readers.
if connection.vendor == "sqlite":

    def test_writing_keeps_nobody_from_publishing():
        with writing._one_moment():
            pass

        assert connection.transaction_mode == "IMMEDIATE"
