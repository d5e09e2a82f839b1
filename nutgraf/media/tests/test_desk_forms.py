"""The picture desk's forms: in each place where one uploads, the file fills in what the editor did not type."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images.forms import get_image_form

from nutgraf.media.models import Picture
from nutgraf.media.samples import make_picture, make_upload, make_xmp

XMP = make_xmp(
    dc__title="Quay at dawn",
    dc__description="Dockers wait at the harbour.",
    photoshop__Credit="Jane Roe/Harbour Press",
    Iptc4xmpCore__AltTextAccessibility="Six people before a crane.",
)


@pytest.fixture
def desk(client: Client, eli: User) -> Client:
    client.force_login(eli)
    return client


def texts(picture: Picture) -> tuple[str, str, str, str]:
    return picture.title, picture.description, picture.caption, picture.credit_line


@pytest.mark.django_db
def test_the_fields_come_in_the_order_in_which_one_thinks_of_them() -> None:
    form = get_image_form(Picture)()

    assert list(form.fields)[:9] == [
        "file",
        "title",
        "description",
        "caption",
        "credit_line",
        "rights_note",
        "source",
        "use_until",
        "tags",
    ]
    assert form.fields["description"].label == "Alt text"


@pytest.mark.django_db
def test_each_of_the_three_texts_says_what_it_is_for() -> None:
    fields = get_image_form(Picture)().fields

    hints = {str(fields[name].help_text) for name in ("description", "caption", "credit_line")}

    assert all(hints)
    assert len(hints) == 3


def test_an_upload_of_one_fills_in_what_was_left_blank(desk: Client) -> None:
    blank = {"title": "quay", "description": "", "caption": "", "credit_line": ""}

    response = desk.post(reverse("wagtailimages:add"), blank | {"file": make_upload("quay.jpg", xmp=XMP)})

    assert response.status_code == 302
    assert texts(Picture.objects.get()) == (
        "Quay at dawn",
        "Six people before a crane.",
        "Dockers wait at the harbour.",
        "Jane Roe/Harbour Press",
    )


def test_what_was_typed_stays(desk: Client) -> None:
    typed = {"title": "Mine", "description": "My alt.", "caption": "My caption.", "credit_line": "My credit"}

    desk.post(reverse("wagtailimages:add"), typed | {"file": make_upload("quay.jpg", xmp=XMP)})

    assert texts(Picture.objects.get()) == ("Mine", "My alt.", "My caption.", "My credit")


def test_a_picture_without_texts_is_kept_as_a_draft_under_its_file_s_name(desk: Client) -> None:
    desk.post(reverse("wagtailimages:add"), {"title": "", "file": make_upload("IMG_0042.jpg")})

    picture = Picture.objects.get()
    assert texts(picture) == ("IMG_0042", "", "", "")
    assert picture.uploaded_by_user.username == "eli"


def test_an_upload_of_many_shows_what_the_file_says_in_the_form_that_follows(desk: Client) -> None:
    response = desk.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "quay-01", "files[]": make_upload("quay_01.jpg", xmp=XMP)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    answer = json.loads(response.content)
    assert answer["success"]
    for text in (
        "Quay at dawn",
        "Six people before a crane.",
        "Dockers wait at the harbour.",
        "Jane Roe/Harbour Press",
    ):
        assert text in answer["form"]


def test_an_upload_of_many_says_what_is_wrong_with_one(desk: Client) -> None:
    svg = SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    response = desk.post(reverse("wagtailimages:add_multiple"), {"title": "logo", "files[]": svg})

    answer = json.loads(response.content)
    assert answer["error_message"].startswith("SVG files are refused, because they can carry scripts.")


def test_an_upload_in_the_chooser_fills_in_what_was_left_blank(desk: Client) -> None:
    prefix = "image-chooser-upload"

    response = desk.post(
        reverse("wagtailimages_chooser:create"),
        {f"{prefix}-title": "", f"{prefix}-file": make_upload("quay.jpg", xmp=XMP), f"{prefix}-caption": "Mine."},
    )

    assert json.loads(response.content)["step"] == "chosen"
    assert texts(Picture.objects.get()) == (
        "Quay at dawn",
        "Six people before a crane.",
        "Mine.",
        "Jane Roe/Harbour Press",
    )


def test_a_bad_file_loses_nothing_that_was_typed(desk: Client) -> None:
    typed = {"title": "Quay", "caption": "A caption long in the making.", "credit_line": "Jane Roe"}
    cut_short = make_upload("quay.jpg", (400, 300)).read()[:500]

    response = desk.post(reverse("wagtailimages:add"), typed | {"file": SimpleUploadedFile("quay.jpg", cut_short)})

    page = response.content.decode()
    assert response.status_code == 200
    assert "The file is damaged, or was cut short on its way here." in page
    assert "A caption long in the making." in page
    assert not Picture.objects.exists()


def test_a_file_name_of_any_length_and_script_is_kept(desk: Client) -> None:
    desk.post(reverse("wagtailimages:add"), {"title": "", "file": make_upload(f"{'港' * 40}{'x' * 100}.jpg")})

    picture = Picture.objects.get()
    assert picture.file.name.isascii()
    assert picture.file.storage.exists(picture.file.name)


def test_another_file_completes_a_picture_and_changes_nothing_else(
    desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    picture = make_picture("old.jpg", credit_line="")
    original = picture.file.name
    page = desk.get(reverse("wagtailimages:edit", args=[picture.pk]))
    typed = {name: page.context["form"][name].value() or "" for name in ("title", "description", "caption")}

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            reverse("wagtailimages:edit", args=[picture.pk]),
            typed | {"credit_line": "", "file": make_upload("new.jpg", (90, 60), xmp=XMP)},
        )

    picture = Picture.objects.get()
    assert texts(picture) == (typed["title"], typed["description"], typed["caption"], "Jane Roe/Harbour Press")
    assert (picture.width, picture.height) == (90, 60)
    assert not picture.file.storage.exists(original)


def test_nobody_uploads_anything(client: Client, db: None) -> None:
    response = client.post(reverse("wagtailimages:add"), {"title": "Quay", "file": make_upload()})

    assert response.status_code == 302
    assert not Picture.objects.exists()
