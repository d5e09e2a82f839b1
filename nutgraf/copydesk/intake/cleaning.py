"""Take out of a text what nobody sees: control characters, soft hyphens, zero-width signs, odd line ends."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Directions set by hand go too: they can make a text look other than it is. Marks of direction stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
# Joiners belong to Arabic, Indic scripts and emoji; between other letters they are left-overs.
_JOINERS = re.compile("(?<=[\x00-\u05ff])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u05ff])")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_TWICE_ENCODED_FIRST = "\u00c2\u00c3\u00e2"
# UTF-8 that was once read as Windows-1252 and saved so.
_TWICE_ENCODED = re.compile(
    f"[{_TWICE_ENCODED_FIRST}][\u0080-\u00bf\u20ac\u201a-\u201e\u2020-\u2026\u2030\u2039\u203a\u02c6\u02dc\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2018-\u201d\u2013\u2014\u2122]"
)

# Latin, Greek, Cyrillic letters and punctuation as they are usually typed: composed already.
_PLAIN_LETTERS = re.compile("[\x00-\u02ff\u0370-\u0482\u048a-\u0530\u2010-\u20ac\u2190-\u21ff]*")
_PIECES = re.compile(r"[^ ]{1,200}| +")
LONGEST_PILE = 600


def is_unseen(letter: str) -> bool:
    """Tell whether a letter is one that `clean` takes out, wherever or in some places."""
    return letter in "\u200c\u200d" or bool(_UNSEEN.match(letter))


def is_line_end(letter: str) -> bool:
    """Tell whether a letter is one that `clean` makes a line end of."""
    return letter in "\r\n" or bool(_LINE_ENDS.match(letter))


def clean(text: str) -> str:
    """Return the text with one kind of line end, composed letters and nothing unseen."""
    if "\r" in text or not text.isascii() or not text.isprintable():
        text = _LINE_ENDS.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = _UNSEEN.sub("", text)
    if text.isascii():
        return text
    text = _LONE_SURROGATES.sub("\ufffd", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub("", text)
    return text if _PLAIN_LETTERS.fullmatch(text) else _composed(text)


def mend(text: str) -> str:
    """Return the text with those lines put right that were encoded twice (“â€™” for an apostrophe)."""
    if not any(letter in text for letter in _TWICE_ENCODED_FIRST) or not _TWICE_ENCODED.search(text):
        return text
    # Only here: most copy was never encoded twice, and loading this takes as long as all the rest.
    import ftfy

    lines = text.split("\n")
    return "\n".join(ftfy.fix_encoding(line) if _TWICE_ENCODED.search(line) else line for line in lines)


def _composed(text: str) -> str:
    """Return the text in NFC, in short pieces: a pile of a thousand accents would take a thousand times a thousand steps."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if line.isascii():
            continue
        if len(line) <= LONGEST_PILE:
            lines[place] = unicodedata.normalize("NFC", line)
        else:
            lines[place] = "".join(unicodedata.normalize("NFC", piece) for piece in _PIECES.findall(line))
    return "\n".join(lines)
