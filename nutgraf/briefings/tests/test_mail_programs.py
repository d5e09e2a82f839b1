"""What our mails use is supported by the five most used mail programs, or it is written down what their readers see instead."""

import datetime
import re

import lxml.html
import pytest
from django.utils import translation

from nutgraf.audience import letters
from nutgraf.audience.models import List
from nutgraf.audience.samples import make_list, make_subscriber
from nutgraf.briefings import actions, following, rendering, sending
from nutgraf.briefings.models import CorrectionMail
from nutgraf.briefings.samples import coming, item, make_briefing, make_edition, story_item, text_item
from nutgraf.briefings.tests.mail_programs.features import FEATURES, used_in
from nutgraf.mail.models import Delivery
from nutgraf.media.samples import make_picture
from nutgraf.stories import actions as story_actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story, number
from nutgraf.storylines.samples import make_story_in, make_storyline

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
OWN = rendering.Places("https://news.example/u/1", "https://news.example/p/1")

pytestmark = pytest.mark.django_db

# Every feature that some program does not support, or not all of it, by what its readers have instead.
INSTEAD = {
    "What is left out is written below as a rule that our mails keep.": """
        css-background css-border css-direction css-display css-font-size css-font-weight css-letter-spacing css-line-height
        css-margin css-overflow css-text-align css-text-decoration css-text-transform html-dir html-lang html-lists
    """,
    "The mail is light where the reader wanted it dark, with the same contrast.": """
        css-at-media-prefers-color-scheme css-important css-selector-chaining css-selector-child css-selector-class
        css-selector-descendant css-selector-grouping css-selector-type html-meta-color-scheme html-style
    """,
    "Widths stand in attributes, too, so it is as wide as it should be, and on a phone without these as wide as that.": """
        css-at-media css-height css-max-width css-width html-height html-width html-align
    """,
    "The preheader may be seen as a small first line.": "css-display-none css-max-height css-opacity",
    "Outlook on Windows sets space in cells of tables alone, and corners that are not round: buttons are smaller.": """
        css-border-radius css-border-spacing css-outline css-padding
    """,
    "Long words break elsewhere, or stand out.": "css-word-break css-word-spacing",
    "The paper round the mail is white.": "html-body",
    "A screen reader may name the tables, and does not begin with the subject.": "html-aria-label html-role",
    "The pointer is as the program has it.": "css-cursor",
    "It is the program that decides where a link opens, and how it reads the first line.": "html-doctype html-target",
}

# Nobody has tried these, because all programs know them, or because they are for one program alone.
NOT_TOLD = """
    css--ms-interpolation-mode css--ms-text-size-adjust css--webkit-text-size-adjust css-color css-font-family css-mso-table-lspace
    css-mso-padding-alt css-mso-table-rspace html-a html-head html-html html-i html-meta html-title
"""


@pytest.fixture
def briefing(noon):
    return make_briefing(days="0123456", hour=datetime.time(13), at=noon - 3 * DAY)


@pytest.fixture
def edition(briefing, noon):
    """An edition with every kind of item, and a correction of the one before."""
    wrong = make_story("Three ships", at=noon - 2 * DAY)
    before = make_edition(briefing, story_item(wrong), at=noon - DAY, day=(noon - DAY).date())
    actions.send(edition=before, by=None, at=noon - DAY)
    wrong = Story.objects.get(pk=wrong.pk)
    wrong.lede = "<p>Four ships.</p>"
    story_actions.revise(story=wrong, by=None)
    story_actions.publish(story=wrong, by=None, at=noon - HOUR, change="CORRECTION", sentence="There are four ships.")
    storyline = make_storyline(at=noon - 10 * DAY)
    make_story_in(
        storyline, "Ships return", *[number(one, f"ships of the {one}th") for one in range(60)], at=noon - HOUR
    )
    story = make_story("Harbour reopens", at=noon - HOUR, hero=make_picture())
    return make_edition(
        briefing,
        story_item(story, has_picture=True),
        item("storyline", storyline=storyline.pk, headline="", words="<p>In short:</p>"),
        text_item('Bread is <b>cheaper</b>, <i>says</i> <a href="https://bread.example/">the guild</a>.', "Bread"),
        item("number", figure="2,500", counts="loaves a day", source="the guild", words="", story=story.pk),
        item("quote", words="We have flour again.", speaker="Ada Mill", role="baker", story=story.pk),
        item("next", headline="", events=[coming("2026-11-24", "Talks open", place="Port Selva", story=story.pk)]),
        item(
            "sponsor",
            label="Sponsored by the ferry",
            headline="Cross at dawn",
            words="<p>From six.</p>",
            url="https://ferry.example/",
            picture=make_picture("ferry.png").pk,
        ),
        at=noon,
    )


@pytest.fixture
def mails(edition, briefing, noon):
    """Every kind of mail that a reader may get, in the language that is on."""

    def made():
        yield "edition", sending.mail_of(edition, at=noon, own=OWN).html
        correction = CorrectionMail(edition=edition, subject="Correction", words="There are four.\n\nNot three.")
        yield "correction", sending.correction_mail(correction, own=OWN).html
        kept = List.objects.get(key=briefing.list_key)
        storyline = edition.items[1].value["storyline"]
        follow = make_list(storyline.name, key=f"storyline:{storyline.pk}")
        sunny = make_subscriber(at=noon - 5 * DAY, lists=[kept, follow])
        sunny.new_email = "nova@example.org"
        letters.ask(sunny, [kept], at=noon)
        letters.tell_of_subscription(sunny, [kept], at=noon)
        letters.send_link(sunny, at=noon)
        letters.ask_at_new_address(sunny, at=noon)
        letters.tell_of_move(sunny, at=noon)
        yield from ((one.what, one.html) for one in Delivery.objects.exclude(to=""))
        mail = following.send(at=noon)
        yield "followers", Delivery.objects.get(audience=mail.audience_key).html
        yield "followed storyline", following.block_of(storyline.pk, noon - 9 * DAY, noon).html

    return made


def test_what_some_mail_program_does_not_support_is_known_with_what_its_readers_see(mails):
    used = {feature: f"{name}: {place}" for name, html in mails() for feature, place in used_in(html).items()}
    failing = {one for one in used if one in FEATURES and FEATURES[one]["fails"]}
    known = {one for listed in INSTEAD.values() for one in listed.split()}

    new = "\n\n".join(f"{one}\n {FEATURES[one]}\n {used[one]}" for one in sorted(failing - known))
    assert not new
    assert known <= failing, "Nothing uses these any more."
    assert {one for one in used if one not in FEATURES} == set(NOT_TOLD.split())


def test_what_is_supported_in_part_is_used_in_that_part(mails):
    for name, html in mails():
        styles = re.findall(r'style="([^"]*)"', html)
        for style in styles:
            assert not re.search(r"\b(rem|ch|vw|vh)\b|\b(start|end|flex|grid|lowercase|overline|rtl)\b", style), (
                name,
                style,
            )
            assert not re.search(r"(margin|padding)[a-z-]*:[^;]*-\d", style), (name, style)
            assert not re.search(r"background: (?!#[0-9a-f]{6}(;|$))", style), (name, style)
            for weight in re.findall(r"font-weight: ?([^;]+)", style):
                assert weight in ("700", "bold"), (name, style)
            for width in re.findall(r"border[a-z-]*: ?[a-z ]*(\d+)px", style):
                assert int(width) <= 8, (name, style)
        assert not re.search(r"<(ol|li)\b[^>]*\b(reversed|value)=|<td\b[^>]*\blang=|<a\b[^>]*\bdir=", html), name


def test_from_right_to_left_everything_begins_on_the_right(mails):
    with translation.override("ar"):
        for name, html in mails():
            assert name == "followed storyline" or 'dir="rtl"' in html, name
            # What the words stand in, not the frame round it, which has nothing to align.
            for style in re.findall(r'<(?:td|div|ul|p)\b[^>]*style="([^"]*)"', html):
                is_frame = "font-size: 0px" in style or "font-size:0px" in style
                assert is_frame or not re.search(r"text-align: ?left|margin: ?0 0 \w+ 20px|direction: ?ltr", style), (
                    name,
                    style,
                )


def test_what_somebody_pays_for_stands_on_another_ground(edition, noon):
    html = lxml.html.fromstring(sending.mail_of(edition, at=noon, own=OWN).html)

    def ground(words):
        [element] = html.xpath(f"//p[text()='{words}'] | //h2[text()='{words}']")
        return element.xpath("ancestor::table[1]/@style")[0].replace(" ", "")

    assert "background-color:#f3efe2" in ground("Sponsored by the ferry")
    assert "background-color:#ffffff" in ground("Bread")
