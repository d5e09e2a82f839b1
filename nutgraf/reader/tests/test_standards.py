"""What machines are told on every kind of page is valid by what each standard says, from one newsroom with everything in it."""

import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import feedparser
import jsonschema
import pytest
from lxml import etree

from nutgraf.feeds import sitemap
from nutgraf.feeds.writing import FORMS
from nutgraf.imports.newsroom.samples import make_newsroom
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story, paragraph

pytestmark = pytest.mark.usefixtures("db")

FEEDS = (
    "/ /world/ /authors/rosa-vale/ /labels/why-it-matters/ /storylines/the-harbour/ /briefings/the-morning-bell/"
    " /corrections/"
).split()
# Properties of the types that we use, and of which types their values may be, from schema-dts 2.1 (Apache-2.0), which
# is made from schema.org's own definitions.
TYPES = json.loads(Path(__file__).with_name("schema_org.json").read_text())
PLAIN = {
    "Boolean": lambda value: isinstance(value, bool),
    "Date": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value),
    "DateTime": lambda value: isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Text": lambda value: isinstance(value, str) and value,
    "URL": lambda value: isinstance(value, str) and value.startswith(("http://", "https://")),
    "CssSelectorType": lambda value: isinstance(value, str) and value.startswith("."),
}
# What a value of one of these types may be given as, too.
SHORT = {
    "Distance": "Integer",
    "QuantitativeValue": "Integer",
    "CreativeWork": "URL",
    "Thing": "URL",
    "Language": "Text",
}

_URL = {"type": "string", "pattern": "^https?://"}
_TEXT = {"type": "string", "minLength": 1}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
_AUTHOR = {
    "type": "object",
    "properties": {"name": _TEXT, "url": _URL, "avatar": _URL},
    "minProperties": 1,
    "additionalProperties": False,
}
# JSON Feed 1.1 has no schema of its own; this says what its text does.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        **dict.fromkeys(("title", "description", "user_comment"), _TEXT),
        **dict.fromkeys(("home_page_url", "feed_url", "next_url", "icon", "favicon"), _URL),
        "language": {"type": "string", "pattern": "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*$"},
        "authors": {"type": "array", "items": _AUTHOR},
        "expired": {"type": "boolean"},
        "hubs": {"type": "array", "items": {"required": ["type", "url"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    **dict.fromkeys(("id", "title", "content_html", "content_text", "summary"), _TEXT),
                    **dict.fromkeys(("url", "external_url", "image", "banner_image"), _URL),
                    **dict.fromkeys(("date_published", "date_modified"), _MOMENT),
                    "authors": {"type": "array", "items": _AUTHOR},
                    "tags": {"type": "array", "items": _TEXT},
                    "language": _TEXT,
                    "attachments": {"type": "array", "items": {"required": ["url", "mime_type"]}},
                },
            },
        },
    },
}


@pytest.fixture
def newsboat():
    return shutil.which("newsboat") or pytest.skip("newsboat is not installed")


@pytest.fixture
def filled(db, noon):
    make_newsroom(noon)


# Feeds


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.usefixtures("filled")
def test_every_feed_is_valid_is_not_empty_and_is_found_from_its_page(client, path):
    head = client.get(path).content.decode().partition("</head>")[0]
    for form in FORMS:
        answer = client.get(f"{path}feed.{form}")

        assert f'href="{path}feed.{form}"' in head
        if form == "json":
            feed = json.loads(answer.content)
            jsonschema.validate(feed, JSON_FEED)
            assert feed["items"]
            assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
        else:
            _check_xml(answer.content)


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.usefixtures("filled")
def test_newsboat_reads_every_feed(client, path, form, tmp_path, newsboat):
    content = client.get(f"{path}feed.{form}").content
    (tmp_path / "feed.xml").write_bytes(content)
    (tmp_path / "urls").write_text(f"file://{tmp_path}/feed.xml\n")
    (tmp_path / "config").write_text(f'error-log "{tmp_path}/errors"\n')
    files = ["-u", tmp_path / "urls", "-c", tmp_path / "cache", "-C", tmp_path / "config"]

    subprocess.run([newsboat, *files, "-x", "reload"], check=True, env={"HOME": str(tmp_path)}, timeout=60)

    with closing(sqlite3.connect(tmp_path / "cache")) as cache:
        read = cache.execute("select title, url, pubDate, content from rss_item").fetchall()
    assert {url for _, url, _, _ in read} == {entry.link for entry in feedparser.parse(content).entries}
    assert all(all(one) for one in read)
    errors = tmp_path / "errors"
    assert not errors.exists() or not errors.read_text()


def _check_xml(content):
    feed = feedparser.parse(content)
    assert not feed.bozo
    assert feed.feed.title
    assert feed.feed.updated_parsed
    assert [link for link in feed.feed.links if link.rel == "self"]
    assert feed.entries
    for entry in feed.entries:
        assert entry.id.startswith(("urn:", "http"))
        assert entry.link.startswith("http")
        assert entry.title
        assert entry.published_parsed
        assert entry.updated_parsed >= entry.published_parsed
        assert entry.content[0].value
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_a_feed_that_is_wrong_is_found_wrong():
    with pytest.raises((AssertionError, AttributeError)):
        _check_xml(b"<rss version='2.0'><channel><title>A</title><item><title>B</title></item></channel></rss>")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": "1.1", "title": "A", "items": []}, JSON_FEED)


# JSON-LD


@pytest.mark.usefixtures("filled")
def test_what_every_page_says_in_json_ld_is_known_to_schema_org(client):
    pages = [str(story.address) for story in Story.objects.live()]
    seen = set()
    for page in (*FEEDS, *pages):
        for node in _json_ld(client, page):
            assert node["@context"] == "https://schema.org"
            assert list(faults(node)) == [], page
            seen |= set(_kinds(node))

    assert seen >= {"NewsArticle", "LiveBlogPosting", "BlogPosting", "BreadcrumbList", "ListItem", "Person"}
    assert seen >= {"CollectionPage", "CorrectionComment", "SpeakableSpecification", "ImageObject", "ProfilePage"}


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "NewsArticel", "headline": "Ships"},
        {"@type": "NewsArticle", "headlines": "Ships"},
        {"@type": "NewsArticle", "datePublished": "yesterday"},
        {"@type": "NewsArticle", "author": [{"@type": "BreadcrumbList"}]},
        {"@type": "NewsArticle", "author": [{"@type": "Person", "name": ""}]},
    ],
    ids=["type", "property", "date", "kind", "empty"],
)
def test_what_schema_org_does_not_know_is_found(node):
    assert list(faults(node))


def test_what_a_story_leads_to_elsewhere_is_cited(client, noon, settings):
    text = 'The <a href="https://port.example/a?b=1&amp;c=2">port</a> and <a href="https://port.example/a?b=1&amp;c=2">it</a>'
    story = make_story(
        "Cited", paragraph(f"{text}."), at=noon, section=make_section("World"), authors=[make_author("Rosa Vale")]
    )

    (article,) = [node for node in _json_ld(client, story.address) if node["@type"] == "NewsArticle"]

    assert article["citation"] == ["https://port.example/a?b=1&c=2"]


def faults(node):
    """Say what in a node schema.org does not know."""
    kind = TYPES.get(node.get("@type"))
    if kind is None:
        yield f"no type {node.get('@type')}"
        return
    for name, values in node.items():
        if name.startswith("@"):
            continue
        if name not in kind["has"]:
            yield f"{node['@type']} has no {name}"
            continue
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                yield from faults(value)
            if not any(_is_one(value, one) for one in kind["has"][name]):
                yield f"{node['@type']}.{name} is no {kind['has'][name]}: {value}"


def _is_one(value, name):
    if isinstance(value, dict):
        return name in TYPES.get(value.get("@type"), {"is": []})["is"]
    check = PLAIN.get(name) or PLAIN.get(SHORT.get(name, ""))
    return bool(check and check(value))


def _kinds(node):
    if isinstance(node, dict):
        yield from filter(None, [node.get("@type")])
        for value in node.values():
            yield from _kinds(value)
    elif isinstance(node, list):
        for value in node:
            yield from _kinds(value)


def _json_ld(client, page):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(page).content.decode())
    return [json.loads(one) for one in found]


# Maps and news objects


@pytest.mark.usefixtures("filled")
def test_every_map_is_valid_by_the_published_schema(client):
    # Only its own namespace is described there; what Google adds for pictures and news is let through.
    tree = etree.parse(Path(sitemap.__file__).with_name("tests") / "sitemap.xsd")
    for other in tree.iter("{*}any"):
        other.set("processContents", "lax")
    schema = etree.XMLSchema(tree)
    maps = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert maps
    for address in (*maps, "/news-sitemap.xml"):
        found = etree.fromstring(client.get(address.removeprefix("http://testserver")).content)
        if len(found):
            assert schema.validate(found), schema.error_log


@pytest.mark.usefixtures("filled")
def test_every_news_object_is_valid_by_its_schema(client, public_data):
    schema = json.loads((public_data / "ninjs" / "ninjs-schema_3.1.json").read_text())
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    stories = list(Story.objects.live())
    assert stories
    for story in stories:
        check.validate(client.get(f"{story.address.rstrip('/')}.json").json())
