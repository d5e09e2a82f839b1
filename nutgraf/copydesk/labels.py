"""Decide when two labels are the same words, however they were typed, and find the label that a paragraph opens with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nutgraf.copydesk import dates
from nutgraf.copydesk.letters import NAME_WORD, UPPER
from nutgraf.copydesk.lines import Mark

MOST_WORDS = 6
LONGEST = 60

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u0060\u00b4"), "'")
_EDGES = re.compile(r"^\W+|\W+$")
_SIGN = re.compile(r"\s*(?::|：|\s[–—-]+(?=\s)|—)\s*")
_COLON = re.compile(r"[^:：\n]{1,80}?\s?[:：]")
_EMPHASIS = re.compile(r"([*_]{1,3})(?=\S)([^*_\n]{1,60}?)\1")
_SENTENCE = re.compile(rf"[\s*_]*[\"“‘'«(\[$£€¥]*[{UPPER}\d\u0590-\u08ff\u0900-\ud7ff]|[\s*_]*[\"“‘'«(\[$£€¥]")
_SAYING = re.compile(
    r"\b(?:said|says?|saying|told|tells?|asked|asks?|wrote|writes|adds?|added|replied|replies|tweeted|posted|explained|explains|warned|warns|put it"
    r"|answered|answers|concluded|argued|argues|recalled|recalls|continued|noted|notes|read|reads|quipped|joked)\b",
    re.IGNORECASE,
)
# "What they said" says nothing itself.
_SAYING_LABEL = re.compile(r"(?:what|why|how|who)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|be|been|came|comes|went|goes|got|gets|made|makes"
    r"|took|takes|gave|gives|found|wants?|includes?|included|remains?|began|became)\b"
)
_ASKING = re.compile(
    r"(?:the )?(?:why|how|what|where|when|who|which|whose|here|here's|there|yes|no|if|one|the)\b", re.IGNORECASE
)
_NO_LABEL = re.compile(
    r"(?:q|a|https?|www|ftp|mailto|from|to|cc|bcc|sent|date|subject|re|fwd?|tel|phone|fax|e-?mail|photos?|photographs?|pictures?|images?|illustrations?|graphics?|charts?|maps?|data"
    r"|sources?|credits?|video|caption|alt|by|byline|headline|hed|dek|slug|section|eyebrow|short head|published|updated|filed under|tags?|topics?|note to editors?|editors?)\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s–—-]\S*")
_TWO_NAMES = re.compile(rf"{NAME_WORD}(?: {NAME_WORD}){{1,3}}\Z")


@dataclass(frozen=True, slots=True)
class Opening:
    """A label that was found: its words from `start` to `end`, the text after it from `rest`."""

    start: int
    end: int
    rest: int
    sure: float
    is_known: bool


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """Return what two spellings of one label have in common.

    Case, curly or straight apostrophes, white space, closing colons and a
    leading "The" make no difference: ``"The Bottom Line:"`` and
    ``"bottom line"`` have one key.
    """
    words = unicodedata.normalize("NFKC", label).translate(_APOSTROPHES).casefold()
    words = " ".join(_EDGES.sub("", words).split())
    return words.removeprefix("the ") or words


def tidy_label(label: str) -> str:
    """Return the label as it is stored: one line, no colon at its end (the page sets that)."""
    return " ".join(label.split()).rstrip(":").rstrip()


class Vocabulary:
    """The labels that are known, ready to be looked for at the beginning of a paragraph."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.keys = frozenset(label_key(label) for label in labels if label.strip())
        spellings = sorted((key for key in self.keys if key), key=len, reverse=True)
        words = "|".join(_spelling(key) for key in spellings)
        self._opening = re.compile(rf"(?:the\s+)?(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)
        self._first_letters = frozenset(letter for key in spellings for letter in (key[0], key[0].upper())) | {"T", "t"}
        self._beginnings = _beginnings(spellings)

    def knows(self, label: str) -> bool:
        """Tell whether these words are a label of the house, in whatever spelling."""
        return label_key(label) in self.keys

    def opening(self, text: str, start: int, end: int) -> int:
        """Return where a known label ends that begins at a place, or the place itself."""
        if start >= end or text[start] not in self._first_letters:
            return start
        # Most of the other paragraphs are passed over by two letters; those that are not so plain are left to the pattern.
        first = text[start : min(start + 2, end)]
        if first.isalpha() and first.isascii() and first.lower() not in self._beginnings:
            return start
        found = self._opening.match(text, start, end)
        return found.end() if found else start


def _beginnings(spellings: Sequence[str]) -> frozenset[str]:
    """Return which two letters a known label, or "the" before it, can begin with; one letter is all of a text that has no more."""
    found = {"th", *(key[:2] for key in spellings)}
    return frozenset(found | {beginning[0] for beginning in found})


@lru_cache(maxsize=8)
def vocabulary(labels: tuple[str, ...]) -> Vocabulary:
    """Return the vocabulary of some labels; building one takes longer than reading a story."""
    return Vocabulary(labels)


def _spelling(key: str) -> str:
    return re.escape(key).replace(r"\ ", r"\s+").replace("'", "['’‘ʼ`´]").replace(r"\'", "['’‘ʼ`´]")


def find(text: str, start: int, end: int, known: Vocabulary, bold: Sequence[Mark] = ()) -> Opening | None:
    """Return the label that a paragraph opens with, or None."""
    if bold and bold[0].start <= start and (found := _find_bold(text, start, end, known, bold)):
        return found
    first = text[start : start + 1]
    if first in "*_" and (found := _find_typed_emphasis(text, start, end, known)):
        return found
    if found := _find_known(text, start, end, known):
        return found
    return _find_by_colon(text, start, end)


def find_alone(text: str, start: int, end: int, known: Vocabulary, *, is_marked: bool) -> Opening | None:
    """Return the label that a line of its own is; a line that is not marked must be known or end with a colon."""
    words = text[start:end].strip(" *_\t\u00a0")
    if len(words) > LONGEST or not words:
        return None
    first = start + text[start:end].index(words)
    bare = words.rstrip(" :：–—-.").rstrip()
    last = first + len(bare)
    if known.knows(bare):
        return Opening(first, last, end, 0.97, True)
    has_colon = words.endswith((":", "："))
    if has_colon and ": " in bare:
        # "Key facts: The inspector found:" is a label with its text.
        return None
    asked = bare.rstrip("?") if is_marked else bare
    if not (has_colon or is_marked) or not _is_label(asked) or _is_saying(bare):
        return None
    if words[-1] in ".!…" or (not has_colon and words[-1] in ',;"”'):
        return None
    return Opening(first, last, end, 0.8 if has_colon else 0.7, False)


def _is_saying(words: str) -> bool:
    """Tell whether words give a voice to somebody, as in "The mayor said:"."""
    return bool(_SAYING.search(words)) and not _SAYING_LABEL.match(words)


def _find_bold(text: str, start: int, end: int, known: Vocabulary, bold: Sequence[Mark]) -> Opening | None:
    """Read a paragraph whose first words are bold."""
    stop = bold[0].end
    for mark in bold[1:]:
        if text[stop : mark.start].strip():
            break
        stop = mark.end
    if stop >= end:
        return None
    label = text[start:stop].rstrip()
    bare = label.rstrip(" \t\u00a0:：").rstrip()
    if not bare or len(bare) > LONGEST:
        return None
    sign = _SIGN.match(text, stop, end)
    has_sign = label[len(bare) :].strip() != "" or bool(sign)
    rest = sign.end() if sign and len(label) == len(bare) else stop
    last = start + len(bare)
    if known.knows(bare):
        return Opening(start, start + len(bare.rstrip(" .–—-")), rest, 0.99, True)
    if has_sign and _is_label(bare) and not _is_speaker(text, bare, rest, end):
        return Opening(start, last, rest, 0.95, False)
    if bare[-1] in ".–—-" and _is_label(bare[:-1]) and _SENTENCE.match(text, rest, end):
        return Opening(start, start + len(bare.rstrip(" .–—-")), rest, 0.7, False)
    if (
        _is_label(bare)
        and not _TWO_NAMES.match(bare)
        and text[stop:end].lstrip()[:1].isupper()
        and bare[-1] not in ",;"
    ):
        return Opening(start, last, rest, 0.6, False)
    return None


def _find_typed_emphasis(text: str, start: int, end: int, known: Vocabulary) -> Opening | None:
    """Read "*Why it matters:* …" in plain text, as mail programs leave it."""
    found = _EMPHASIS.match(text, start, end)
    if not found:
        return None
    first, last = found.span(2)
    sign = _SIGN.match(text, found.end(), end)
    bare = text[first:last].rstrip(" :：")
    if known.knows(bare) or (_is_label(bare) and (sign or bare != text[first:last])):
        return Opening(first, first + len(bare), sign.end() if sign else found.end(), 0.95, known.knows(bare))
    return None


def _find_known(text: str, start: int, end: int, known: Vocabulary) -> Opening | None:
    """Read a known label before a colon, a dash, a full stop, or nothing but a new sentence."""
    last = known.opening(text, start, end)
    if last == start or last >= end:
        return None
    if sign := _SIGN.match(text, last, end):
        return Opening(start, last, sign.end(), 0.98, True)
    after = text[last:end]
    if after[0] in ".!" and after[1:2].isspace() and len(text[start:last].split()) > 1:
        return Opening(start, last, last + 1, 0.85, True)
    word = after.lstrip()
    is_new_sentence = after[0].isspace() and bool(_SENTENCE.match(word)) and not text[start].islower()
    if is_new_sentence and (word[0] in '"“' or len(text[start:last].split()) > 1) and not word[1:2].isupper():
        return Opening(start, last, last, 0.75, True)
    return None


def _find_by_colon(text: str, start: int, end: int) -> Opening | None:
    """Read words before a colon as a label that was never seen before, if they have the form of one."""
    stop = min(end, start + LONGEST + 2)
    has_colon = text.find(":", start, stop) >= 0 or text.find("：", start, stop) >= 0
    found = _COLON.match(text, start, stop) if has_colon else None
    if not found or found.end() >= end:
        return None
    bare = text[start : found.end() - 1].rstrip()
    after = text[found.end() : end]
    if not after[:1].isspace() and not after[:1].isupper():
        return None
    if not _is_label(bare) or _is_saying(bare) or not _SENTENCE.match(after):
        return None
    if _is_speaker(text, bare, found.end(), end):
        return None
    # "The terms are plain: “No hotel.”" is a sentence with a quotation, not a label.
    if _VERB.search(bare) and not _ASKING.match(bare) and not after.lstrip(" *_")[:1].isalnum():
        return None
    return Opening(start, start + len(bare), found.end(), 0.8, False)


def _is_label(words: str) -> bool:
    """Tell whether words have the form of a label: one to six, with a capital, no sentence and no name of a field."""
    count = len(_WORD.findall(words))
    first = words.lstrip("\"“‘'")[:1]
    if (
        not 1 <= count <= MOST_WORDS
        or len(words) > LONGEST
        or not (first.isupper() or first.isdigit() or not first.islower())
    ):
        return False
    if (
        not any(letter.isalpha() for letter in words)
        or _NO_LABEL.match(words)
        or any(sign in words for sign in '?!;()[]<>@/"“”|')
    ):
        return False
    if re.search(r"\d$", words) and not re.search(r"[^\W\d]{3}", words):
        return False
    return not re.match(rf"(?:{dates.WEEKDAY}|{dates.MONTH})\b", words)


def _is_speaker(text: str, bare: str, rest: int, end: int) -> bool:
    """Tell whether the words before a colon are who speaks, as in "Jane Doe: “No.”"."""
    after = text[rest:end].lstrip(" :：\t")[:1]
    return (
        bool(_TWO_NAMES.match(bare))
        and after in ('"', "“", "‘", "'", "«")
        and not bare.lower().startswith(("the ", "what "))
    )
