"""Nothing that a person types is taken for markup, whoever they are."""

import pytest

from nutgraf.newsroom import actions as newsroom
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.reader.templatetags.reader import on_card
from nutgraf.stories.samples import event, make_story, number, point, quote

pytestmark = pytest.mark.django_db

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_every_text_of_a_story_is_escaped(client, noon):
    newsroom.christen(name=EVIL[:80], tagline=EVIL, about=EVIL)
    author = make_author("Mallory", role=EVIL, bio=EVIL)
    section = make_section("World", description=EVIL)
    parts = [
        point("Why it matters", "Bread."),
        point(EVIL, "Bread."),
        quote(EVIL, EVIL, EVIL, EVIL, EVIL),
        number(1, EVIL, unit=EVIL[:40], wording=EVIL, source=EVIL),
        event(EVIL, place=EVIL, starts=noon.date()),
    ]
    story = make_story(
        EVIL,
        *parts,
        at=noon,
        slug="evil",
        short_head=EVIL,
        eyebrow=EVIL[:40],
        dateline_place=EVIL,
        authors=[author],
        section=section,
    )

    for address in [story.url, "/", "/world/", "/latest/", "/authors/mallory/", "/authors/"]:
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


def test_what_is_looked_for_is_escaped(client, db):
    page = client.get("/search/", {"q": EVIL, "section": EVIL, "page": EVIL}).content.decode()

    assert "<script>alert" not in page


def test_a_card_keeps_bold_and_italics_and_nothing_else():
    source = '<p data-block-key="a">A <b>bold</b> <i>step</i> by <a href="https://example.org/">Tarn</a>.</p><p>And <script>x</script>on.</p>'

    assert on_card(source) == "A <b>bold</b> <i>step</i> by Tarn. And on."
