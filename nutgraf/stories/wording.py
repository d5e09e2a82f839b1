"""Say in words what a piece of a story is, what it says, and what is another in it."""

from __future__ import annotations

import datetime

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nutgraf.copydesk.comparing import Change, words_between
from nutgraf.copydesk.public_text import Piece

_KINDS = {
    "headline": gettext_lazy("Headline"),
    "short_head": gettext_lazy("Short headline"),
    "eyebrow": gettext_lazy("Above the headline"),
    "byline": gettext_lazy("Byline"),
    "dateline": gettext_lazy("Dateline"),
    "lede": gettext_lazy("Opening"),
    "hero": gettext_lazy("Main picture"),
    "picture": gettext_lazy("Picture"),
    "paragraph": gettext_lazy("Paragraph"),
    "bullet": gettext_lazy("Bullet"),
    "quote": gettext_lazy("Quote"),
    "number": gettext_lazy("Number"),
    "event": gettext_lazy("Event"),
}
_ACTS = {
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
    "moved": gettext_lazy("moved"),
}


def piece_name(piece: Piece) -> str:
    """Call a piece by its label, or by what it is."""
    if piece.kind == "point":
        return piece.words.get("label", "")
    return str(_KINDS.get(piece.kind, piece.kind))


def act_name(change: Change) -> str:
    """Say what became of a piece."""
    return str(_ACTS[change.act])


def compared(change: Change) -> SafeString:
    """Write a change word by word: what was taken out, and what was put in."""
    # A label that stays is said above already.
    is_named = len({piece_name(piece) for piece in change.pair}) == 1
    before, after = (_said(piece, is_named=is_named) if piece else "" for piece in (change.before, change.after))
    if change.before and change.after and before == after and change.says_something_else:
        before, after = (_rest(piece) for piece in change.pair)
    marks = {"kept": "{}", "taken": "<del>{}</del>", "put": "<ins>{}</ins>"}
    stretches = [format_html(marks[kind], words) for kind, words in words_between(before, after)]
    return format_html_join(" ", "{}", ((stretch,) for stretch in stretches))


def _said(piece: Piece, *, is_named: bool) -> str:
    return piece.words.get("text", "") if is_named and piece.kind == "point" else text(piece)


def text(piece: Piece) -> str:
    """Write what a piece says as one reads it."""
    words = piece.words
    match piece.kind:
        case "point":
            return f"{words.get('label', '')}: {words.get('text', '')}".strip()
        case "quote":
            who = [words.get(name, "") for name in ("speaker", "role", "affiliation", "said_to")]
            return f"“{words.get('words', '')}” – {_(', ').join(filter(None, who))}"
        case "number":
            figure = words.get("wording") or "–".join(filter(None, [words.get("value"), words.get("value_to")]))
            told = [figure, words.get("unit", ""), words.get("counts", "")]
            beside = [_day(words.get("as_of", "")), words.get("source", "")]
            return _(", ").join(filter(None, [" ".join(filter(None, told)), *beside]))
        case "event":
            days = " – ".join(filter(None, [_day(words.get("starts", "")), _day(words.get("ends", ""))]))
            told = [days, words.get("time", "")[:5], words.get("what", ""), words.get("place", "")]
            return _(", ").join([*filter(None, told), *([_("expected")] if words.get("is_expected") else [])])
        case "hero" | "picture":
            return words.get("caption", "")
    return words.get("text", "")


def _rest(piece: Piece) -> str:
    """Write what of a piece is not to be read on the page: addresses of links, alt text, the number of a picture."""
    return " ".join(words for name, words in piece.words.items() if name not in ("text", "label", "caption"))


def _day(text: str) -> str:
    try:
        return str(formats.date_format(datetime.date.fromisoformat(text), "DATE_FORMAT"))
    except ValueError:
        return text
