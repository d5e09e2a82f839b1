"""A picture knows what it lacks and until when it may be used, and is kept whoever adds it."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from nutgraf.media import actions, renditions
from nutgraf.media.models import Picture
from nutgraf.media.renditions import Spec
from nutgraf.media.samples import make_bytes, make_picture, make_upload, make_xmp

TODAY = datetime.date(2026, 11, 22)
A_DAY = datetime.timedelta(days=1)


def test_a_picture_with_all_three_texts_lacks_nothing() -> None:
    assert Picture(description="A crane.", caption="The quay.", credit_line="Jane Roe", collection_id=1).missing() == []


def test_a_picture_says_which_texts_it_lacks() -> None:
    lacking = dict(Picture(caption="  ", collection_id=1).missing())

    assert list(lacking) == ["description", "caption", "credit_line"]
    assert "alt text" in lacking["description"]
    assert "credit line" in lacking["credit_line"]


def test_the_last_day_of_use_is_a_day_of_use() -> None:
    picture = Picture(use_until=TODAY, collection_id=1)

    assert not picture.is_expired(TODAY)
    assert picture.is_expired(TODAY + A_DAY)


def test_a_picture_without_a_last_day_never_expires() -> None:
    assert not Picture(collection_id=1).is_expired(datetime.date.max)


@pytest.mark.django_db
def test_usable_and_expired_pictures_are_told_apart() -> None:
    for title, use_until in (("open", None), ("last day", TODAY), ("over", TODAY - A_DAY)):
        make_picture(title=title, use_until=use_until)

    assert set(Picture.objects.usable(TODAY).values_list("title", flat=True)) == {"open", "last day"}
    assert list(Picture.objects.expired(TODAY).values_list("title", flat=True)) == ["over"]


@pytest.mark.django_db
def test_a_picture_without_alt_text_is_not_described_by_its_file_name() -> None:
    picture = make_picture(alt_text="", title="IMG_0042")

    assert picture.default_alt_text == picture.alt_text == ""
    assert 'alt=""' in str(picture.get_rendition("width-100").img_tag())


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["once", "again"])
def test_no_test_finds_the_picture_of_another(time: str) -> None:
    assert make_picture("tide.jpg").filename == "tide.jpg"


@pytest.mark.django_db
def test_a_picture_that_code_saves_has_its_hash_and_its_size() -> None:
    data = make_bytes("jpg", (60, 40))

    picture = Picture.objects.create(title="Quay", file=ContentFile(data, name="quay.jpg"))

    picture.refresh_from_db()
    assert picture.file_hash == hashlib.sha1(data, usedforsecurity=False).hexdigest()
    assert (picture.width, picture.height, picture.file_size) == (60, 40, len(data))


@pytest.mark.django_db
def test_adding_reads_what_is_not_given(eli: AbstractUser) -> None:
    upload = make_upload("quay.jpg", xmp=make_xmp(dc__title="From the file", photoshop__Credit="Jane Roe"))

    picture = actions.add(file=upload, by=eli, title="Given", focal_point=(30, 20, 10, 10))

    picture.refresh_from_db()
    assert (picture.title, picture.credit_line) == ("Given", "Jane Roe")
    assert picture.uploaded_by_user == eli
    assert picture.get_focal_point().centroid == (30, 20)


@pytest.mark.django_db
def test_adding_refuses_what_the_desk_would_refuse() -> None:
    with pytest.raises(ValidationError, match="SVG files are refused"):
        actions.add(file=ContentFile(b"<svg></svg>", name="logo.svg"), by=None)

    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_pressing_makes_what_readers_may_ask_for_and_nothing_twice() -> None:
    picture = make_picture(size=(100, 80))

    names = actions.press(picture=picture, specs=[Spec(64, None, "jpg"), Spec(64, (3, 2), "webp")])

    before = [default_storage.get_modified_time(name) for name in names]
    actions.press(picture=picture, specs=[Spec(64, None, "jpg"), Spec(64, (3, 2), "webp")])
    assert [default_storage.get_modified_time(name) for name in names] == before


@pytest.mark.django_db
def test_the_command_presses_every_picture_and_names_those_that_it_cannot(capsys: pytest.CaptureFixture[str]) -> None:
    kept = make_picture(size=(50, 40))
    lost = make_picture(size=(50, 41), title="Lost quay")
    lost.file.storage.delete(lost.file.name)

    call_command("press_pictures", verbosity=0)

    assert default_storage.exists(f"{renditions.folder(kept)}/w64-3x2.avif")
    output = capsys.readouterr()
    assert "1 pictures pressed." in output.out
    assert "“Lost quay” has lost its original" in output.err
