"""Write an edition as a mail: HTML that the mail programs people have can show, and a text, both of the same content."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import css_inline
import mjml
from django.template.loader import render_to_string
from django.utils.html import escape, strip_tags
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from nutgraf.audience import links as audience_links
from nutgraf.briefings import plain
from nutgraf.briefings.content import Content, Issue
from nutgraf.briefings.models import Edition
from nutgraf.media import renditions
from nutgraf.media.models import Picture

# What one large mail program shows before it cuts the rest off.
LONGEST = 100_000
# On a screen of double density as sharp as on paper, at the width of a mail.
PICTURE = renditions.Spec(1200, (3, 2), "jpg")
WIDTH = 600

_HREF = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")', re.IGNORECASE)
_VOID = re.compile(r"<(br|img|hr)\b([^<>]*?)\s*/?>")
# Styles stand where they apply; what asks for the dark or for a narrow screen cannot.
_INLINER = css_inline.CSSInliner(keep_at_rules=True, keep_link_tags=True, load_remote_stylesheets=False)


@dataclass
class Links:
    """The links of one mail in their order: each leads where it says, or by way of a count."""

    # The address that counts, given a link's number; without one links lead straight there.
    counting: Callable[[int], str] | None = None
    found: list[tuple[str, str]] = field(default_factory=list)

    def to(self, url: str, words: str = "") -> str:
        """Return what to write as the address of a link."""
        url = whole(url)
        if self.counting is None or not url.startswith(("http://", "https://")):
            return url
        for number, (known, _words) in enumerate(self.found, 1):
            if known == url:
                return self.counting(number)
        self.found.append((url, " ".join(words.split())[:200]))
        return self.counting(len(self.found))

    def within(self, html: str) -> str:
        """Return inline HTML with each of its links led the same way."""
        return _HREF.sub(lambda one: one[1] + escape(self.to(markup.unescape(one[2]), strip_tags(html))) + one[3], html)


@dataclass(frozen=True)
class Mail:
    """A mail, made once: what is different for each recipient stands in it as places."""

    subject: str
    html: str
    text: str
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many bytes of HTML it has."""
        return len(self.html.encode())


@dataclass(frozen=True)
class Places:
    """What stands where each recipient has something of their own."""

    unsubscribe: str
    preferences: str


def issue_of(edition: Edition) -> Issue:
    """Return what a mail or a page says of the briefing that an edition is one of."""
    briefing = edition.briefing
    return Issue(
        briefing=briefing.name,
        promise=briefing.promise,
        url=edition.get_absolute_url(),
        briefing_url=briefing.get_absolute_url(),
        day=edition.day,
        is_special=edition.is_special,
        lists=_(" or ").join(one.name for one in briefing.lists),
    )


def counting(edition: Edition) -> Callable[[int], str] | None:
    """Return what leads a link by way of its count, if the briefing wants to know."""
    if not edition.briefing.counts_clicks:
        return None
    root = whole(edition.get_absolute_url())
    return lambda number: f"{root}to/{number}/"


def mail(content: Content, issue: Issue, *, newsroom: str, places: Places, counting: Any = None) -> Mail:
    """Return an edition as a mail."""
    links = Links(counting)
    context = {
        "content": content,
        "issue": issue,
        "newsroom": newsroom,
        "places": places,
        "links": links,
        "shots": shots(content),
        "width": WIDTH,
    }
    html = built("briefings/mail/edition.mjml", context)
    return Mail(
        content.subject, html, plain.edition(content, issue, newsroom=newsroom, places=places, links=links), links.found
    )


def notice(*, subject: str, paragraphs: list[str], link: tuple[str, str], newsroom: str, places: Places) -> Mail:
    """Return a short mail of a few paragraphs and one link: a correction, or a question."""
    context = {
        "subject": subject,
        "paragraphs": paragraphs,
        "link": (whole(link[0]), link[1]),
        "newsroom": newsroom,
        "places": places,
        "width": WIDTH,
    }
    text = plain.notice(paragraphs, link=(whole(link[0]), link[1]), newsroom=newsroom, places=places)
    return Mail(subject, built("briefings/mail/notice.mjml", context), text)


def built(template: str, context: Mapping[str, Any]) -> str:
    """Return a template of MJML as HTML with its styles where they apply."""
    language = {"language": get_language() or "en", "direction": "rtl" if get_language_bidi() else "ltr"}
    source = render_to_string(template, {**context, **language})
    # MJML is XML, in which nothing is left open.
    html = mjml.mjml2html(_VOID.sub(r"<\1\2/>", source), disable_comments=False, fonts={})
    return _INLINER.inline(html)


def shots(content: Content) -> dict[int, tuple[str, int, int]]:
    """Return by picture where it is and how large it is shown; one that is gone since is left out."""
    found = Picture.objects.in_bulk({shot.pk for shot in content.pictures})
    return {pk: _placed(picture) for pk, picture in found.items()}


def _placed(picture: Picture) -> tuple[str, int, int]:
    across, down = PICTURE.cut(picture)[1]
    return whole(renditions.address(picture, PICTURE)), min(WIDTH, across), round(min(WIDTH, across) * down / across)


def whole(path: str) -> str:
    """Return a path of ours as a whole address, which is what a mail needs."""
    return f"{audience_links.root()}{path}" if path.startswith("/") else path
