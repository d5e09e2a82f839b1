"""The mail of an edition holds in mail programs: all it says is in both of its forms, and each link leads somewhere."""

import datetime
import re

import pytest

from nutgraf.briefings import composition, rendering, sending
from nutgraf.briefings.rendering import Places
from nutgraf.briefings.samples import coming, item, make_briefing, make_edition, story_item, text_item
from nutgraf.media.samples import make_picture
from nutgraf.stories.samples import make_story

HOUR = datetime.timedelta(hours=1)
OWN = Places("https://news.example/u/1", "https://news.example/p/1")

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(noon):
    picture = make_picture()
    story = make_story("Harbour reopens & ships return", at=noon - HOUR, hero=picture)
    return make_edition(
        None,
        story_item(story, has_picture=True),
        text_item('Bread is <b>cheaper</b>, says <a href="https://bread.example/?a=1&amp;b=2">the guild</a>.', "Bread"),
        item("number", figure="2,500", counts="loaves a day", source="the guild", words="", story=story.pk),
        item("quote", words="We have flour again.", speaker="Ada Mill", role="baker", story=None),
        item("next", headline="", events=[coming("2026-11-24", "Talks open", place="Port Selva")]),
        item(
            "sponsor",
            label="Sponsored by the ferry",
            headline="Cross at dawn",
            words="",
            url="https://ferry.example/",
            picture=None,
        ),
        at=noon,
    )


def made(edition, noon, **options):
    return sending.mail_of(edition, at=noon, own=OWN, **options)


def test_both_forms_say_all_of_it(edition, noon):
    mail = made(edition, noon)

    for said in [
        "Harbour reopens",
        "Bread",
        "the guild",
        "2,500",
        "loaves a day",
        "We have flour again.",
        "Ada Mill",
        "Talks open",
        "Port Selva",
        "Cross at dawn",
        "Good morning",
    ]:
        assert said in mail.html, said
        assert said.casefold() in mail.text.casefold(), said
    for one in (mail.html, mail.text):
        assert OWN.unsubscribe in one
        assert OWN.preferences in one
    assert "Sponsored by the ferry" in mail.html
    assert "[SPONSORED BY THE FERRY]" in mail.text


def test_its_text_is_text(edition, noon):
    mail = made(edition, noon)

    assert not re.search(r"<[a-z/]|&(amp|lt|quot|#)", mail.text)
    assert all(len(line) <= 72 or "http" in line for line in mail.text.splitlines())


def test_each_picture_has_alt_text_and_a_whole_address(edition, noon):
    mail = made(edition, noon)

    pictures = re.findall(r"<img [^>]*>", mail.html)
    assert pictures
    for one in pictures:
        assert re.search(r'alt="[^"]+"', one)
        assert re.search(r'src="https?://', one)
        assert re.search(r'width="\d+"', one)


def test_it_is_under_the_size_at_which_it_would_be_cut_off(edition, noon):
    assert made(edition, noon).size < rendering.LONGEST


def test_styles_stand_where_they_apply_and_the_dark_is_asked_for(edition, noon):
    mail = made(edition, noon)

    assert "prefers-color-scheme: dark" in mail.html or "prefers-color-scheme:dark" in mail.html
    assert re.search(r"<a [^>]*style=", mail.html)


def test_links_are_counted_by_their_number_and_only_where_the_briefing_asks(edition, noon):
    counted = made(edition, noon, counts=True)
    edition.briefing.counts_clicks = False
    straight = made(edition, noon, counts=True)

    assert "https://bread.example/" not in re.sub(r">[^<]*<", "><", counted.html)
    assert any(url == "https://bread.example/?a=1&b=2" for url, _words in counted.links)
    assert 'href="https://bread.example/?a=1&amp;b=2"' in straight.html
    assert re.search(r"/to/\d+/", counted.html)
    assert not re.search(r"/to/\d+/", straight.html)


def test_the_same_link_has_the_same_number_in_both_forms(edition, noon):
    mail = made(edition, noon, counts=True)

    urls = [url for url, _words in mail.links]
    assert len(urls) == len(set(urls))
    in_text = set(re.findall(r"/to/(\d+)/", mail.text))
    assert in_text <= set(re.findall(r"/to/(\d+)/", mail.html)) | {str(number) for number in range(1, len(urls) + 1)}


def test_what_somebody_wrote_is_never_markup(noon):
    story = make_story("Ships <script>alert(1)</script> return", at=noon - HOUR)
    edition = make_edition(None, story_item(story), subject="<b>Bold</b> & brave", at=noon)

    mail = made(edition, noon)

    assert "<script>alert" not in mail.html
    assert "<title>&lt;b&gt;Bold" in mail.html


def test_content_is_kept_as_it_was(edition, noon):
    content = composition.compose(edition, at=noon)

    assert type(content).from_json(content.as_json()) == content


def test_the_greeting_s_reading_time_is_worked_out(noon):
    short = make_edition(None, text_item("Short."), at=noon)
    long = make_edition(make_briefing("Long", at=noon), text_item("word " * 900), at=noon)

    assert composition.compose(short, at=noon).minutes == 1
    assert composition.compose(long, at=noon).minutes == 4
