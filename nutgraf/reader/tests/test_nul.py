"""A NUL, which no address of ours has and PostgreSQL cannot be asked for, is refused, whatever the database."""

from __future__ import annotations

import pytest

from nutgraf.storylines.samples import make_storyline

pytestmark = pytest.mark.django_db

SESSION = 'sessionid="' + "\\000" * 9 + '"'


@pytest.mark.parametrize(
    "address",
    [
        "/storylines/blockade/numbers/?after=%00",
        "/storylines/blockade/voices/?after=a%00b",
        "/storylines/blockade/?since=%00",
        "/search/?storyline=%00",
        "/search/?q=nul%00",
        "/search/feed.rss?storyline=%00",
        "/search/feed.atom?q=%00",
        "/desk/login/?next=%00",
    ],
)
def test_in_a_query_it_is_refused(client, noon, address):
    make_storyline("Blockade", at=noon)

    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain")


@pytest.mark.parametrize("address", ["/", "/search/", "/nowhere/", "/desk/login/", "/api/"])
def test_in_the_cookie_of_a_session_it_is_refused(client, address):
    assert client.get(address, headers={"Cookie": SESSION}).status_code == 400


@pytest.mark.parametrize("address", ["authors?cursor=%00", "stories?section=%00", "quotes?speaker=%00"])
def test_the_api_refuses_it_in_its_own_way(client, address):
    answer = client.get(f"/api/{address}")

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_what_only_looks_like_one_is_none(client):
    assert client.get("/search/?q=%2500").status_code == 200
