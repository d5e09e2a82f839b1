"""A draft is tried out beside its form, as the page and as the card, before readers have any of it."""

import pytest
from django.urls import reverse

from nutgraf.desk.samples import filled_point
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def preview(at_desk, rosa, add_url, form):
    """Return the preview of a story that was never saved."""

    def look(mode, *parts, **fields):
        client = at_desk(rosa)
        url = reverse("wagtailadmin_pages:preview_on_add", args=add_url.rstrip("/").split("/")[-3:])
        sent = client.post(url, form(*parts, **fields)).json()
        assert sent == {"is_valid": True, "is_available": True}
        return client.get(url, {"mode": mode})

    return look


def test_the_phone_comes_first():
    assert Story().default_preview_size == "phone"
    assert [(size["name"], size["device_width"]) for size in Story().preview_sizes] == [
        ("phone", 390),
        ("tablet", 820),
        ("desktop", 1280),
    ]


@pytest.mark.parametrize("mode", ["page", "card"])
def test_a_story_that_was_never_saved_shows_what_is_in_its_form(preview, mode):
    response = preview(mode, filled_point(text="<p>Bread comes by ship.</p>"))

    page = response.content.decode()
    assert response.status_code == 200
    assert "Harbour reopens after nine days" in page
    assert "Bread comes by ship." in page
    assert not Story.objects.exists()


@pytest.mark.parametrize("mode", ["page", "card"])
def test_a_story_of_which_nothing_is_written_yet_shows_too(preview, mode):
    response = preview(mode, filled_point(label="", text="null"), lede="null", section="", bylines=[], title="")

    assert response.status_code == 200


@pytest.mark.parametrize("mode", ["page", "card"])
def test_a_change_shows_before_readers_have_it(at_desk, eli, mode, form):
    story = make_story()
    client, url = at_desk(eli), reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])

    client.post(url, form(filled_point(text="<p>Fuel comes by ship, too.</p>")))
    page = client.get(url, {"mode": mode}).content.decode()

    assert "Fuel comes by ship, too." in page
    assert "Fuel" not in story.points.get().text
