"""Take in copy as text or bytes, in the form it says or shows, and hand on one manuscript."""

from __future__ import annotations

import re
from typing import Literal

from nutgraf.copydesk import notation
from nutgraf.copydesk.intake import cleaning, encodings, markdown, pages, plain
from nutgraf.copydesk.lines import Manuscript

Form = Literal["auto", "text", "markdown", "html"]

_READERS = {"text": plain.read, "markdown": markdown.read, "html": pages.read}
_HTML_START = re.compile(
    r"\s*(?:<!doctype html|<html|<(?:head|body|meta|article|main|section|div|p|h[1-6]|ul|ol|figure|span|b|table)\b[^<>]*>)",
    re.IGNORECASE,
)
_HTML_TAG = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|article|section|figure|body|html|span|a|b|strong|em|i)>|<br ?/?>", re.IGNORECASE
)
_MARKDOWN_SIGNS = ("**", "__", "](", "![", "\n#")
_MARKDOWN = re.compile(
    # Most letters begin no sign: they are passed over at once.
    r"(?=[#*_\[!])(?:^#{1,6}[ \t]+\S"
    r"|(?<![*\w])\*\*(?![\s*])[^*\n]{1,300}\*\*"
    r"|(?<![_\w])__(?![\s_])[^_\n]{1,300}__(?!\w)"
    r"|\[[^\]\[\n]{1,300}\]\((?:https?://|mailto:|/|\./|#)[^\s()]*[^\n)]{0,100}\)"
    r"|^!\[[^\]\n]{0,300}\]\()",
    re.MULTILINE,
)


def take_in(source: str | bytes, form: Form = "auto") -> Manuscript:
    """Return the manuscript; raises CopyRefused, with a sentence, for what is too long or no text."""
    encoding: str | None = None
    if isinstance(source, bytes):
        text, encoding = encodings.decode(source)
    else:
        text = source
        if len(text) > encodings.LIMIT // 4 and len(text.encode("utf-8", "surrogatepass")) > encodings.LIMIT:
            raise encodings.too_long(len(text))
    said = notation.form_of(text)
    # Our own copy is as it was written, however odd it looks.
    mended = text if said else cleaning.mend(text)
    if mended is not text and mended != text and encoding:
        encoding += ", encoded twice"
    text = cleaning.clean(mended)
    return _READERS[said or (guess(text) if form == "auto" else form)](text, encoding)


def guess(text: str) -> str:
    """Return the form that a text shows."""
    if "<" in text and (_HTML_START.match(text) and _HTML_TAG.search(text) or len(_first(_HTML_TAG, text, 4)) == 4):
        return "html"
    if not any(sign in text for sign in _MARKDOWN_SIGNS) and not text.startswith("#"):
        return "text"
    return "markdown" if _MARKDOWN.search(text) else "text"


def _first(pattern: re.Pattern[str], text: str, number: int) -> list[str]:
    return [found[0] for found, _ in zip(pattern.finditer(text), range(number), strict=False)]
