"""Tokens in the desk: made with what they may do, shown once, withdrawn; each by whom it may be."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import APIToken

from nutgraf.api.models import Grant
from nutgraf.api.samples import Program, make_token

pytestmark = pytest.mark.django_db
INDEX, ADD = "wagtailusers_api_tokens:index", "wagtailusers_api_tokens:add"


def test_an_editor_makes_a_token_and_sees_it_once(client, eli) -> None:
    client.force_login(eli)

    made = client.post(reverse(ADD), {"name": "Wire", "user": eli.pk, "scopes": ["drafts:read"], "until": "2099-12-31"})

    secret = made.context["token"]
    assert secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert Grant.objects.get().scopes == ["drafts:read"]
    assert Program(secret).get("drafts").status_code == 200
    listed = client.get(reverse(INDEX)).content.decode()
    assert secret not in listed
    assert "Read drafts" in listed
    assert "31 December 2099" in listed


def test_an_editor_makes_none_for_another(client, eli, priya) -> None:
    client.force_login(eli)

    client.post(reverse(ADD), {"name": "Wire", "user": priya.pk, "scopes": ["publish"]})

    assert APIToken.objects.count() == 0


def test_a_token_is_made_for_something_and_a_day_to_come(client, eli) -> None:
    client.force_login(eli)

    answer = client.post(reverse(ADD), {"name": "Wire", "user": eli.pk, "until": "2020-01-01"})

    assert set(answer.context["form"].errors) == {"scopes", "until"}
    assert APIToken.objects.count() == 0


def test_a_publisher_withdraws_what_an_editor_made(client, eli, priya) -> None:
    secret = make_token(eli)
    client.force_login(priya)

    client.post(reverse("wagtailusers_api_tokens:delete", args=[APIToken.objects.get().pk]))

    assert Program(secret).get("drafts").status_code == 401
    assert "withdrawn" in client.get(reverse(INDEX)).content.decode()


@pytest.mark.parametrize("name", ["rosa", "cleo"])
def test_others_make_none(name: str, client, request) -> None:
    somebody = request.getfixturevalue(name)
    client.force_login(somebody)

    client.post(reverse(ADD), {"name": "Wire", "user": somebody.pk, "scopes": ["publish"]})

    assert APIToken.objects.count() == 0


def test_an_empty_list_says_what_they_are_for(client, priya) -> None:
    client.force_login(priya)
    assert "No program has a token yet." in client.get(reverse(INDEX)).text

    make_token(priya)

    assert "No program has a token yet." not in client.get(reverse(INDEX)).text


def test_an_address_that_leads_nowhere_says_so_in_the_newsroom_s_own_words(client, priya) -> None:
    client.force_login(priya)

    answer = client.get("/desk/nowhere/")

    assert answer.status_code == 404
    assert "This address leads nowhere in the desk." in answer.text
    assert "Wagtail" not in answer.text
