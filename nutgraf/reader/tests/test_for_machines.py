"""Search engines and those who share links are told of a page all that is known of it, and nothing that is not."""

import json
import re

import pytest

from nutgraf.media.samples import make_picture
from nutgraf.newsroom.models import AuthorLink
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db


def told(client, path):
    page = client.get(path).content.decode()
    found = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]
    return {one["@type"]: one for one in found}


def shared(client, path):
    return dict(
        re.findall(
            r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">', client.get(path).content.decode()
        )
    )


def test_a_story_has_its_picture_in_three_ratios_with_their_sizes(client, noon):
    story = make_story(at=noon, hero=make_picture(size=(1600, 1200)))

    images = told(client, story.address)["NewsArticle"]["image"]

    assert [(one["width"], one["height"]) for one in images] == [(1200, 675), (1200, 900), (1200, 1200)]
    for one in images:
        assert client.get(one["url"].removeprefix("http://testserver")).status_code == 200


def test_the_way_to_a_story_leads_through_its_section(client, noon):
    story = make_story("Harbour", at=noon, section=make_section("World"))

    steps = told(client, story.address)["BreadcrumbList"]["itemListElement"]

    assert [(one["position"], one["name"], one["item"]) for one in steps] == [
        (1, "World", "http://testserver/world/"),
        (2, "Harbour", f"http://testserver{story.address}"),
    ]


def test_what_is_to_be_read_aloud_is_on_the_page(client, noon):
    story = make_story(at=noon)

    for selector in told(client, story.address)["NewsArticle"]["speakable"]["cssSelector"]:
        assert f'class="{selector[1:]}"' in client.get(story.address).content.decode()


def test_an_author_is_a_person_with_what_is_known(client):
    author = make_author("Rosa Vale")
    AuthorLink.objects.create(author=author, title="Elsewhere", url="https://example.org/rosa")

    person = told(client, author.get_absolute_url())["ProfilePage"]["mainEntity"]

    assert person["name"] == "Rosa Vale"
    assert person["sameAs"] == ["https://example.org/rosa"]
    assert "" not in person.values()


@pytest.mark.parametrize(("path", "name"), [("/world/", "World"), ("/labels/why-it-matters/", "Why it matters")])
def test_a_list_of_stories_says_so(client, noon, path, name):
    make_story("Harbour", point("Why it matters", "Bread."), at=noon, section=make_section("World"))

    page = told(client, path)["CollectionPage"]

    assert page["name"] == name
    assert page["url"] == f"http://testserver{path}"


def test_a_shared_link_shows_the_picture_in_its_own_size(client, noon):
    with_one = make_story("With", at=noon, hero=make_picture(size=(1600, 1200)))
    without = make_story("Without", at=noon)

    shows = shared(client, with_one.address)
    assert (shows["og:image:width"], shows["og:image:height"]) == ("1200", "630")
    assert shows["og:image:alt"]
    assert shows["twitter:card"] == "summary_large_image"
    assert client.get(shows["og:image"].removeprefix("http://testserver")).status_code == 200
    # Of its words one is drawn: see test_sharing.py.
    assert "/shares/" in shared(client, without.address)["og:image"]
