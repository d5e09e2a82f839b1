"""A rendition is made when it is first asked for, served with all that a browser needs to keep it, and is public; an original is not."""

from __future__ import annotations

import io
from typing import Any

import PIL.Image
import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nutgraf.media import darkroom, renditions
from nutgraf.media.models import Picture
from nutgraf.media.renditions import Spec
from nutgraf.media.samples import make_exif, make_picture, make_upload

pytestmark = pytest.mark.django_db


def address(picture: Picture, name: str = "w240.jpg") -> str:
    return renditions.address(picture, Spec.parse(name))


def test_every_address_on_a_page_is_served(client: Client) -> None:
    offer = renditions.responsive(make_picture(), widths=(64, 240), ratio=(3, 2))

    for mime, candidates in offer.sources:
        for candidate in candidates.split(", "):
            url, width = candidate.split(" ")
            response = client.get(url)
            assert response.status_code == 200
            assert response["Content-Type"] == mime
            assert PIL.Image.open(io.BytesIO(response.content)).width == int(width.removesuffix("w"))


def test_a_file_that_is_there_costs_no_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    url = address(make_picture())
    client.get(url)

    with django_assert_num_queries(0):
        response = client.get(url)

    assert response.status_code == 200


def test_it_may_be_kept_for_ever(client: Client) -> None:
    response = client.get(address(make_picture()))

    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.get("Vary", "")


def test_whoever_has_it_is_told_so(client: Client) -> None:
    url = address(make_picture())
    first = client.get(url)

    by_tag = client.get(url, headers={"If-None-Match": first["ETag"]})
    by_date = client.get(url, headers={"If-Modified-Since": first["Last-Modified"]})
    with_another_tag = client.get(url, headers={"If-None-Match": '"other"'})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_tag["Cache-Control"] == first["Cache-Control"]
    assert by_date.status_code == 304
    assert with_another_tag.status_code == 200


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None)]
)
def test_a_part_is_served(client: Client, asked: str, start: int, end: int | None) -> None:
    url = address(make_picture())
    whole = client.get(url).content

    part = client.get(url, headers={"Range": asked, "Accept-Encoding": "gzip"})

    assert part.status_code == 206
    assert part.content == whole[start:end]
    assert part["Content-Range"].endswith(f"/{len(whole)}")
    assert part["Content-Length"] == str(len(part.content))


def test_a_part_beyond_the_end_is_refused(client: Client) -> None:
    response = client.get(address(make_picture()), headers={"Range": "bytes=9999999-"})

    assert response.status_code == 416
    assert response["Content-Range"].startswith("bytes */")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=a-b", "bytes=0-" + "9" * 4_301])
def test_what_is_not_one_range_gets_everything(client: Client, asked: str) -> None:
    url = address(make_picture())

    assert client.get(url, headers={"Range": asked}).content == client.get(url).content


def test_a_part_of_another_version_gets_everything(client: Client) -> None:
    response = client.get(address(make_picture()), headers={"Range": "bytes=0-9", "If-Range": '"other"'})

    assert response.status_code == 200


def test_head_tells_without_sending(client: Client) -> None:
    response = client.head(address(make_picture()))

    assert response.status_code == 200
    assert response.content == b""


def test_nothing_can_be_sent_there(client: Client) -> None:
    assert client.post(address(make_picture())).status_code == 405


@pytest.mark.parametrize(
    "name",
    ["w241.jpg", "w240-7x5.jpg", "w240.png", ".lock", "w240.avif.jpg", "%2e%2e", "w240.jpg%00"],
)
def test_what_is_not_on_the_list_is_not_made(client: Client, name: str) -> None:
    picture = make_picture()

    response = client.get(f"/media/pictures/{picture.pk}/{renditions.version(picture)}/{name}")

    assert response.status_code == 404
    assert not default_storage.exists(f"pictures/{picture.pk}")


@pytest.mark.parametrize("name", ["nothing.jpg", "a%00.jpg", "a" * 5_000 + ".jpg"])
def test_what_no_file_is_called_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/media/pictures/1/desk/{name}").status_code == 404


def test_a_picture_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/media/pictures/999/0123456789/w240.jpg").status_code == 404


def test_a_picture_that_lost_its_original_is_not_found(client: Client) -> None:
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)

    assert client.get(address(picture)).status_code == 404


@pytest.mark.parametrize("version", ["0123456789", "v1"])
def test_an_older_address_leads_to_the_picture_as_it_is_now(client: Client, version: str) -> None:
    picture = make_picture()
    old = address(picture).replace(renditions.version(picture), version)

    response = client.get(old)

    assert response.status_code == 302
    assert response["Location"] == address(picture)
    assert "immutable" not in response["Cache-Control"]


def test_the_desk_s_sizes_are_served_and_asked_for_again(client: Client) -> None:
    url = make_picture("quay.png").get_rendition("max-165x165").url

    response = client.get(url)

    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "no-cache"
    assert response["ETag"]


def test_nothing_else_is_served_beside_them(client: Client) -> None:
    picture = make_picture()
    darkroom.make(picture, Spec(64, None, "jpg"))

    for path in (".lock", "desk/../.lock", "desk/nothing.jpg", "desk/..", "desk/%2e%2e"):
        assert client.get(f"/media/pictures/{picture.pk}/{path}").status_code == 404


def test_staff_download_an_original_with_all_that_it_says(client: Client, rosa: User) -> None:
    upload = make_upload("quay.jpg", exif=make_exif(is_located=True))
    upload_bytes = upload.read()
    picture = Picture(title="Quay", file=upload)
    picture.save()
    client.force_login(rosa)

    response: Any = client.get(picture.file.url)

    assert b"".join(response.streaming_content) == upload_bytes
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]


def test_an_original_that_is_lost_is_not_found(client: Client, rosa: User) -> None:
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)
    client.force_login(rosa)

    assert client.get(picture.file.url).status_code == 404


def test_nobody_sees_an_original(client: Client, django_user_model: Any) -> None:
    picture = make_picture()
    reader = django_user_model.objects.create_user("reader")

    logged_out = client.get(picture.file.url)
    client.force_login(reader)
    without_a_role = client.get(picture.file.url)

    assert logged_out.status_code == without_a_role.status_code == 302
    assert reverse("wagtailadmin_login") in logged_out["Location"]
    assert client.get(f"/media/{picture.file.name}").status_code == 404


def test_staff_without_a_right_to_pictures_see_no_original(client: Client, django_user_model: Any) -> None:
    from django.contrib.auth.models import Permission

    picture = make_picture()
    clerk = django_user_model.objects.create_user("clerk")
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(clerk)

    response = client.get(picture.file.url)

    assert response.status_code in (302, 403)
    assert not response.streaming
