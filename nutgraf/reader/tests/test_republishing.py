"""What others may take with them: a story's text with its credit, where the newsroom invites them; and llms.txt."""

from __future__ import annotations

import datetime
import html
import json
import re
from pathlib import Path

import jsonschema
import pytest

from nutgraf.newsroom.models import Newsroom
from nutgraf.newsroom.samples import make_section
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story, point, quote

pytestmark = pytest.mark.django_db
TERMS = "Whoever prints all of it may print it."


@pytest.fixture
def inviting() -> Newsroom:
    return Newsroom.objects.create(name="The Bell", republishing=TERMS)


def text_of(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_nothing_is_offered_unless_the_newsroom_has_said_so(client, noon: datetime.datetime) -> None:
    Newsroom.objects.create(name="The Bell")
    story = make_story(at=noon)

    assert client.get(f"{story.address}republish/").status_code == 404
    assert "republish/" not in client.get(story.address).content.decode()
    assert client.get("/llms.txt").status_code == 404


def test_the_text_has_its_credit_and_its_canonical_link(client, noon: datetime.datetime, inviting: Newsroom) -> None:
    parts = [point("Why it matters", "Bread comes by <b>ship</b>."), quote("It is “open” & free.", "Ines Maro")]
    story = make_story("Harbour <reopens>", *parts, at=noon)

    assert f"{story.address}republish/" in client.get(story.address).content.decode()
    page = client.get(f"{story.address}republish/").content.decode()

    assert TERMS in page
    text = text_of(page)
    assert text.startswith(f'<link rel="canonical" href="http://testserver{story.address}">')
    assert "<h1>Harbour &lt;reopens&gt;</h1>" in text
    assert ">Rosa Vale</a>, The Bell" in text
    assert "<h2>Why it matters</h2>" in text
    assert "Bread comes by <b>ship</b>." in text
    assert f'<a href="http://testserver{story.address}">Harbour &lt;reopens&gt;</a>' in text
    assert '<meta name="robots" content="noindex">' in page


def test_what_is_not_public_is_not_offered(client, noon: datetime.datetime, inviting: Newsroom, eli) -> None:
    story = make_story(at=noon)
    address = f"{story.address}republish/"
    actions.withdraw(story=story, reason="It was wrong.", by=eli, at=noon)

    assert client.get(address).status_code == 404


def test_what_is_not_ours_to_give_away_is_read_here_and_offered_to_nobody(
    client, noon: datetime.datetime, inviting: Newsroom
) -> None:
    story = make_story("Ice on the river", at=noon, is_not_to_republish=True)
    address = str(story.address)

    page = client.get(address)
    refused = client.get(f"{address}republish/")

    assert page.status_code == 200
    assert "republish/" not in page.content.decode()
    assert 'type="text/markdown"' not in page.content.decode()
    assert refused.status_code == 404
    assert "not ours to give away" in refused.content.decode()
    assert "<textarea" not in refused.content.decode()
    for ending in ("md", "txt"):
        assert client.get(f"{address.rstrip('/')}.{ending}").status_code == 404


def test_its_news_object_says_so_and_has_none_of_its_text(
    client, noon: datetime.datetime, inviting: Newsroom, public_data: Path
) -> None:
    story = make_story("Ice", point("Why it matters", "Bread comes by ship."), at=noon, is_not_to_republish=True)

    found = client.get(f"{str(story.address).rstrip('/')}.json").json()

    assert "somebody else's" in found["usageTerms"]
    assert (found["representationType"], found["pubStatus"]) == ("partial", "usable")
    assert "bodies" not in found
    assert "Bread" not in json.dumps(found)
    jsonschema.Draft202012Validator(json.loads((public_data / "ninjs" / "ninjs-schema_3.1.json").read_text())).validate(
        found
    )


def test_another_spelling_leads_to_it(client, noon: datetime.datetime, inviting: Newsroom) -> None:
    story = make_story(at=noon)

    answer = client.get(f"{story.address.replace('/world/', '/sport/')}republish/")

    assert (answer.status_code, answer["Location"]) == (301, f"{story.address}republish/")


def test_language_models_get_a_guide_where_one_is_offered(client) -> None:
    Newsroom.objects.create(name="The Bell", tagline="News & views", offers_llms_txt=True)
    make_section("World", description="Beyond the harbour.")

    answer = client.get("/llms.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert "not ours to give away" in text
    assert text.startswith("# The Bell\n\n> News & views\n")
    assert "- [World](http://testserver/world/): Beyond the harbour." in text
