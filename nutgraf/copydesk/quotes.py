"""Find quotes: the words, who said them, in which role and for whom, with which verb and to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nutgraf.copydesk import quotations, speakers
from nutgraf.copydesk.found import Quote, Span
from nutgraf.copydesk.lexicon import COMMON
from nutgraf.copydesk.names import Register
from nutgraf.copydesk.people import People
from nutgraf.copydesk.quotations import Quotation
from nutgraf.copydesk.sentences import sentences
from nutgraf.copydesk.speakers import Attribution, Speakers

_WHOLE_END = re.compile(r"[.,!?…—–-]\Z")
# What is written on things, and what things are called, nobody says.
_THING = re.compile(
    r"\b(?:(?:a|the|one|two|of|with|his|her|their|whose|big|handmade|neon|street)\ssigns?|banners?|placards?|posters?|slogans?|chants?|songs?|titled|entitled|named|nicknamed|known as|headlines?|headlined|hashtags?|shirts?|t-shirts?|mottos?"
    r"|stickers?|tattoos?|graffiti|plaques?|labels?|labelled|labeled|marked|inscribed|inscription|book|novel|film|movie|album|poem|painting|play|episode|series|show|track|single"
    r"|carol|hymn|paintings|songs|poems|phrase|words?|term|so-called|dubbed|category|rated|stamped|painted|caption|captioned|engraved|printed|carrying|wore|wearing|password|among them)\b[^.!?]*\Z",
    re.IGNORECASE,
)
_WRITTEN_ON = re.compile(
    r"(?:a|an|the|one|another|its|his|her|their)\s(?:[\w-]+\s){0,2}(?:signs?|banners?|posters?|placards?|plaques?|labels?|stickers?|headlines?|inscription|motto|t-shirt|tombstone|billboard)\b",
    re.IGNORECASE,
)
_WRITING = frozenset("wrote writes written writing".split())
_NAME_BEFORE = re.compile(
    r"\b(?:the|its|their|his|her|our|this|so-called|itself|himself|herself|themselves)\s(?:the\s)?\Z", re.IGNORECASE
)
_FIRST_WORD = re.compile(r"\W*([^\W\d_][\w’']*)")
_OF_ONESELF = re.compile(r"\W*I\b")
_WORD = re.compile(r"\S*[^\W_]\S*")
FEWEST_WORDS = 3


@dataclass(slots=True)
class _Speech:
    """A quote while its parts are gathered."""

    parts: list[Quotation]
    attribution: Attribution | None = None
    sure: float = 0.5
    end: int = 0
    start: int = 0
    is_open: bool = False
    gap_from: int = 0
    notes: list[str] = field(default_factory=list)


def find(text: str, stretches: Sequence[Span], register: Register) -> list[Quote]:
    """Return the quotes in some paragraphs, in order."""
    marked = quotations.find(text, stretches)
    if not marked:
        return []
    people = People(text, stretches, register, [(one.left, one.right) for one in marked])
    finder = _Finder(text, stretches, Speakers(text, stretches, people))
    for place, quotation in enumerate(marked):
        before = marked[place - 1] if place and marked[place - 1].stretch == quotation.stretch else None
        after = (
            marked[place + 1] if place + 1 < len(marked) and marked[place + 1].stretch == quotation.stretch else None
        )
        finder.take(quotation, before, after)
    return finder.quotes()


class _Finder:
    def __init__(self, text: str, stretches: Sequence[Span], who: Speakers) -> None:
        self.text = text
        self.stretches = stretches
        self.who = who
        self.people = who.people
        self.speeches: list[_Speech] = []

    def take(self, quotation: Quotation, before: Quotation | None, after: Quotation | None) -> None:
        """Add one quotation: to the quote above, as a quote of its own, or not at all."""
        start, end = self.stretches[quotation.stretch]
        left = before.end if before else start
        right = after.start if after else end
        last = self.speeches[-1] if self.speeches else None
        if last and last.is_open and quotation.start == start and last.parts[-1].stretch == quotation.stretch - 1:
            # The next paragraph of one speech begins with marks, too.
            self._join(last, quotation)
            if last.attribution is None:
                self._attribute_below(last, quotation, right)
            return
        below = self.who.below(quotation, right)
        above = self.who.above(quotation, left)
        if last and before and last.parts[-1] is before and self._goes_on(last, before, quotation, below, above):
            self._join(last, quotation)
            return
        if below is None and above is None:
            above = self.who.introduced(quotation) or self._fragment(quotation, start)
        attribution = below or above
        if attribution is None:
            if before is None and self._is_alone(quotation, start, end):
                attribution = self.who.signed(quotation)
            if attribution is None and last and before is None and self._is_alone(quotation, start, end):
                attribution = self._of_paragraph_above(last, quotation)
            if attribution is None and last and before:
                attribution = self._of_same_paragraph(last, before, quotation)
            if attribution is None:
                return
        if not self._is_quote(quotation, attribution, is_direct=bool(below) or attribution.is_direct, left=left):
            return
        self.people.heard(attribution.speaker)
        speech = _Speech([quotation], attribution, sure=attribution.sure, start=quotation.start, end=quotation.end)
        speech.start = min(speech.start, attribution.start)
        speech.end = max(speech.end, attribution.end)
        speech.is_open = not quotation.is_closed
        speech.gap_from = below.end if below else quotation.end
        self.speeches.append(speech)

    def _attribute_below(self, speech: _Speech, quotation: Quotation, right: int) -> None:
        speech.attribution = self.who.below(quotation, right)

    def _join(self, speech: _Speech, quotation: Quotation) -> None:
        speech.parts.append(quotation)
        speech.end = max(speech.end, quotation.end)
        speech.is_open = not quotation.is_closed
        speech.gap_from = quotation.end

    def _goes_on(
        self,
        last: _Speech,
        before: Quotation,
        quotation: Quotation,
        below: Attribution | None,
        above: Attribution | None,
    ) -> bool:
        """Tell whether only the attribution stands between two quotations, and none of its own beside the second."""
        between = self.text[before.end : quotation.start]
        if last.attribution is None or last.gap_from <= before.end:
            return False
        if below is not None and below.end > quotation.end:
            return False
        is_new = above is not None and above.verb_at != last.attribution.verb_at
        if is_new or len(between) > 400:
            return False
        count = len(sentences(self.text, before.end, quotation.start))
        is_whole = self._words(quotation) >= FEWEST_WORDS or _WHOLE_END.search(
            self.text[quotation.left : quotation.right].rstrip()
        )
        return bool(is_whole) and count == 1

    def _fragment(self, quotation: Quotation, start: int) -> Attribution | None:
        """Attribute words quoted within a sentence to whom the sentence is about."""
        if self._words(quotation) < FEWEST_WORDS:
            return None
        start = max(start, quotation.start - speakers.REACH)
        first = sentences(self.text, start, quotation.start)[-1][0] if start < quotation.start else start
        return self.who.of_sentence(first, quotation)

    def _of_paragraph_above(self, last: _Speech, quotation: Quotation) -> Attribution | None:
        """Give a paragraph that is nothing but a quotation to whom the paragraph above quotes."""
        if last.attribution is None or last.parts[-1].stretch != quotation.stretch - 1:
            return None
        above = last.attribution
        return Attribution(above.speaker, "", "", "", "", quotation.start, quotation.end, 0.45, is_direct=True)

    def _of_same_paragraph(self, last: _Speech, before: Quotation, quotation: Quotation) -> Attribution | None:
        """Give a whole utterance to the one whom its paragraph has just quoted, as in “…,” she said. She paused. “But it is late.” and the like."""
        words = self.text[quotation.left : quotation.right].strip()
        between = self.text[before.end : quotation.start]
        is_whole = words[:1].isupper() and words[-1:] in ".!?" and self._words(quotation) > FEWEST_WORDS
        is_next = last.parts[-1] is before and last.attribution is not None and between.rstrip().endswith((".", ":"))
        if not is_whole or not is_next or last.attribution is None or len(between) > speakers.REACH:
            return None
        if self.people.names_another(before.end, quotation.start, last.attribution.speaker):
            return None
        return Attribution(
            last.attribution.speaker, "", "", "", "", quotation.start, quotation.end, 0.5, is_direct=True
        )

    def _is_alone(self, quotation: Quotation, start: int, end: int) -> bool:
        return quotation.end - quotation.start >= 0.9 * (end - start) and self._words(quotation) > FEWEST_WORDS

    def _is_quote(self, quotation: Quotation, attribution: Attribution, *, is_direct: bool, left: int) -> bool:
        words = self.text[quotation.left : quotation.right].strip()
        if _WRITTEN_ON.match(attribution.speaker):
            return False
        count = self._words(quotation)
        is_whole = bool(_WHOLE_END.search(words)) or attribution.is_colon
        if count < FEWEST_WORDS and not (is_direct and is_whole and words[:1].isupper() and not attribution.is_naming):
            return False
        before = self.text[max(left, quotation.start - 70) : quotation.start]
        if attribution.verb.lower() in _WRITING and words[-1:] not in ".!?," and self._is_title(words):
            return False
        is_sure = attribution.is_spoken and attribution.is_direct
        if count <= 4 and _NAME_BEFORE.search(before) and not is_whole_utterance(words, attribution):
            return False
        return is_sure or not (_THING.search(before) or self._is_title(words))

    def _is_title(self, words: str) -> bool:
        """Tell a title, each of its words with a capital, from speech."""
        if re.search(r"[.!?]\s", words):
            return False
        parts = [word for word in re.findall(r"[^\W\d_][\w’'-]*", words) if len(word) > 3 or word[0].isupper()]
        return len(parts) > 1 and sum(part[0].isupper() for part in parts) >= 0.75 * len(parts)

    def _words(self, quotation: Quotation) -> int:
        right = min(quotation.right, quotation.left + 80)
        return len(_WORD.findall(self.text, quotation.left, right))

    def quotes(self) -> list[Quote]:
        """Return what was gathered."""
        found = []
        for speech in self.speeches:
            who = speech.attribution
            if who is None:
                continue
            person = self.people.person(who.speaker, who.title, who.start)
            words = _joined([" ".join(self.text[part.left : part.right].split()) for part in speech.parts])
            found.append(
                Quote(
                    words=words,
                    speaker=person.name,
                    role=person.role,
                    affiliation=person.affiliation,
                    verb=who.verb,
                    said_to=who.said_to,
                    span=(speech.start, speech.end),
                    sure=round(speech.sure * (1.0 if person.is_full else 0.85), 2),
                )
            )
        return found


def _joined(parts: list[str]) -> str:
    """Return the halves of a quote as one text: the comma that stood for the attribution is a full stop if a new sentence follows."""
    whole = parts[0]
    for part in parts[1:]:
        first = _FIRST_WORD.match(part)
        is_new = (
            first is not None and first[1][0].isupper() and first[1].lower() in COMMON and not _OF_ONESELF.match(part)
        )
        whole = f"{whole[:-1]}. {part}" if is_new and whole.endswith(",") else f"{whole} {part}"
    return whole


def is_whole_utterance(words: str, attribution: Attribution) -> bool:
    """Tell whether the words are a sentence after a colon or before a verb of saying."""
    return attribution.is_colon or (
        words[:1].isupper() and bool(_WHOLE_END.search(words)) and not attribution.is_naming
    )
