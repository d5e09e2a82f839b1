"""Who may edit a story finds the way to its form on its page; nobody else sees anything of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from nutgraf.stories.samples import make_story


@pytest.fixture
def story(db):
    return make_story("Harbour reopens")


def test_an_editor_is_led_to_the_form_of_the_story(client, story):
    client.force_login(User.objects.create_superuser("eli"))

    answer = client.get(story.address)

    assert reverse("wagtailadmin_pages:edit", args=[story.pk]) in answer.text
    assert "To the desk" in answer.text
    assert "Wagtail admin" not in answer.text
    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("who", ["nobody", "somebody without a role", "somebody whose session is over"])
def test_nobody_else_sees_anything_of_it(client, story, who):
    if who == "somebody without a role":
        client.force_login(User.objects.create_user("sunny"))
    elif who == "somebody whose session is over":
        client.cookies["sessionid"] = "x" * 32

    answer = client.get(story.address)

    assert "userbar" not in answer.text
    assert ("Cookie" in answer.get("Vary", "")) == (who != "nobody")
