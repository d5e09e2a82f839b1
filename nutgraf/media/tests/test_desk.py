"""The desk shows sizes and never originals, offers no expired picture, and lists those that are still shown."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from nutgraf.media import queries
from nutgraf.media.models import Picture
from nutgraf.media.samples import make_picture

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)
YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.fixture
def desk(client: Client, eli: User) -> Client:
    client.force_login(eli)
    return client


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC), tick=False):
        yield


def test_the_edit_page_links_to_the_download_and_makes_no_public_copy_of_the_original(desk: Client) -> None:
    picture = make_picture("quay.jpg", (900, 700))

    page = desk.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()

    assert f'href="/desk/pictures/{picture.pk}/original/"' in page
    assert "900x700" in page
    assert not picture.renditions.filter(filter_spec="original").exists()


@pytest.mark.parametrize(
    "url", ["wagtailimages:index", "wagtailimages_chooser:choose", "wagtailimages:add", "wagtailimages:add_multiple"]
)
def test_the_pages_of_the_picture_desk_open(desk: Client, url: str) -> None:
    make_picture()

    assert desk.get(reverse(url)).status_code == 200


# Wagtail forgets to close the temporary file of a size that it could not make.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_that_lost_its_original_does_not_break_the_desk(desk: Client) -> None:
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)

    for url in (reverse("wagtailimages:index"), reverse("wagtailimages:edit", args=[picture.pk])):
        assert desk.get(url).status_code == 200


def test_choosers_offer_no_expired_picture(desk: Client) -> None:
    make_picture(title="Fresh quay", use_until=TODAY)
    make_picture(title="Stale quay", use_until=YESTERDAY)

    for url in (reverse("wagtailimages_chooser:choose"), reverse("wagtailimages_chooser:choose_results")):
        page = desk.get(url).content.decode()
        assert "Fresh quay" in page
        assert "Stale quay" not in page


def test_the_picture_list_still_has_expired_ones(desk: Client) -> None:
    make_picture(title="Stale quay", use_until=YESTERDAY)

    assert "Stale quay" in desk.get(reverse("wagtailimages:index")).content.decode()


def test_the_report_lists_expired_pictures_and_who_shows_them(desk: Client, eli: User) -> None:
    make_picture(title="Fresh quay")
    stale = make_picture(title="Stale quay", use_until=YESTERDAY)
    section = show(stale)

    page = desk.get(reverse("expired_pictures")).content.decode()

    assert "Stale quay" in page
    assert str(section) in page
    assert "Fresh quay" not in page


def test_the_report_is_in_the_menu_and_says_when_it_is_empty(desk: Client) -> None:
    page = desk.get(reverse("expired_pictures")).content.decode()

    assert "No picture has passed its last day of use." in page
    assert reverse("expired_pictures") in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_the_report_can_be_taken_away_as_a_table(desk: Client) -> None:
    make_picture(title="Stale quay", use_until=YESTERDAY)

    table = desk.get(reverse("expired_pictures"), {"export": "csv"}).getvalue().decode()

    assert "Stale quay,2026-11-21,Ada Quill/Nutgraf," in table


def test_who_shows_pictures_is_asked_in_as_many_queries_for_many_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    pictures = [make_picture(name=f"quay{number}.jpg") for number in range(4)]
    places = [show(picture) for picture in pictures]

    with django_assert_max_num_queries(3):
        shown = queries.shown_in(pictures)

    assert [shown[picture] for picture in pictures] == [[place] for place in places]


def test_nobody_reads_the_report(client: Client) -> None:
    response = client.get(reverse("expired_pictures"))

    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]


def show(picture: Picture) -> Any:
    """Let something refer to the picture, as a story would, which this app knows nothing of."""
    from wagtail.models import Collection

    place = Collection.get_first_root_node().add_child(name=f"Shows {picture.pk}")
    kind = ReferenceIndex._get_base_content_type(place)
    ReferenceIndex.objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id=str(place.pk),
        to_content_type=ReferenceIndex._get_base_content_type(picture),
        to_object_id=str(picture.pk),
        model_path="picture",
        content_path="picture",
        content_path_hash=ReferenceIndex._get_content_path_hash("picture"),
    )
    return place
