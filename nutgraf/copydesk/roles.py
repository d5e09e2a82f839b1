"""Tell what each passage is by itself, before its neighbours are asked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nutgraf.copydesk import bylines, credits, labels, mail, metas, notation, promos, releases
from nutgraf.copydesk.agencies import is_agency
from nutgraf.copydesk.found import Words
from nutgraf.copydesk.frontmatter import FrontMatter
from nutgraf.copydesk.labels import Opening, Vocabulary
from nutgraf.copydesk.lines import Manuscript
from nutgraf.copydesk.metas import Meta
from nutgraf.copydesk.passages import Passage

PROMO, RULE, META, CREDIT, ALT, BULLET, LABEL, LABEL_ALONE, HEAD, TEXT, NOTE, FIELD = (
    "promo rule meta credit alt bullet label label_alone head text note field".split()
)
HEAD_LIKE = frozenset([META, HEAD, CREDIT, ALT, PROMO, RULE, FIELD])

# Explicit lines that may stand between those of a head.
HEAD_NOTES = frozenset(["story", "headline", "short head", "slug", "eyebrow", "section", "by", "main picture"])

LONGEST_HEADLINE = 180
# "She planted 400 oaks. Nobody noticed for six years": two sentences, and no full stop behind the second.
LONGEST_OF_TWO = 16
LONGEST_CAPTION = 700
LONGEST_LEFT = 80
_LEFT_BULLETS = frozenset(["navigation", "share link", "advertisement", "who worked on it"])
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]*_]*\Z|:\Z")
# A sentence, and whose report it is: "He left. [Courier]".
_SOURCED = re.compile(r"[.!?][\"”’']? \[[^\[\]]{2,40}\]\Z")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}\Z|\b(?:Inc|Jr|Sr|Co|Corp|Ltd|St|No|vs)\.\Z")
_TWO_SENTENCES = re.compile(r"[.!?](?<=[^\W\d_]{3}.)[\"”’']?\s+[^\W\d_a-z]|[.!?](?<=[^\W\d_][\"”’'].)\s+[^\W\d_a-z]")
_ASKING_END = re.compile(r"[!?][\"”’'»)]*\Z")


@dataclass(slots=True)
class Part:
    """A passage and what it is."""

    passage: Passage
    role: str
    reason: str = ""
    meta: Meta | None = None
    credit: credits.Found | None = None
    opening: Opening | None = None
    note: notation.Note | None = None
    # The first passage of an article of the page.
    is_first: bool = False
    # A caption or an alternative text on a line of its own, which belongs to this credit.
    caption: Passage | None = None
    alt: Passage | None = None

    @property
    def words(self) -> str:
        return self.passage.words

    @property
    def is_of_head(self) -> bool:
        """Whether it may stand above the lede."""
        return self.role in HEAD_LIKE or bool(self.note and self.note.kind in HEAD_NOTES)

    @property
    def is_marked(self) -> bool:
        """Whether its form sets it off as a heading."""
        return bool(self.passage.line.heading) or self.passage.is_bold


def set_aside(part: Part, reason: str) -> None:
    """Let a part belong to no story."""
    part.role, part.reason, part.meta, part.credit, part.opening = PROMO, reason, None, None, None


def after(parts: list[Part], place: int) -> Iterator[Part]:
    """Yield the parts after a place; to cut them off the list would copy the rest of the copy for each place that is asked."""
    for following in range(place + 1, len(parts)):
        yield parts[following]


class Roles:
    """What is known while parts are told apart."""

    def __init__(
        self,
        manuscript: Manuscript,
        *,
        at: datetime.datetime,
        zone: ZoneInfo,
        known: Vocabulary,
        sections: Sequence[str] = (),
    ) -> None:
        self.manuscript = manuscript
        self.text = manuscript.text
        self.at = at
        self.zone = zone
        self.known = known
        self.sections = frozenset(labels.label_key(name) for name in sections)
        self.front_matter = FrontMatter(self.text, at=at, zone=zone)
        self.moments = [(mark.start, mark.end, mark.value) for mark in manuscript.marks if mark.kind == "time"]

    def parts(self, passages: list[Passage]) -> Iterator[Part]:
        """Yield each passage with its role."""
        dress = releases.dress(passages) | mail.dress(passages)
        trail = trail_ends(passages)
        article = 0
        for place, passage in enumerate(passages):
            if place in dress:
                part = Part(passage, PROMO, dress[place])
            elif place in trail:
                part = self._part_of_trail(passage)
            else:
                part = self._part(passage)
                is_below_picture = bool(place) and passages[place - 1].line.place == "alt" and passage.is_italic
                if is_below_picture and part.role in (TEXT, HEAD):
                    part.role = CREDIT
            if passage.line.article != article and part.role not in (PROMO, RULE):
                part.is_first = passage.line.article > article
                article = max(article, passage.line.article)
            yield part

    def _part(self, passage: Passage) -> Part:
        line = passage.line
        words = passage.words
        if line.place in ("aside", "trail"):
            return Part(passage, PROMO, "navigation")
        if line.place == "table":
            return Part(passage, PROMO, "a table")
        if line.place == "front":
            return self._front_matter(passage)
        if line.place == "rule" or (len(words) <= 12 and not any(map(str.isalnum, words)) and not line.bullet):
            return Part(passage, RULE)
        if line.place == "alt":
            return Part(passage, ALT)
        if len(words) == 1 and not line.bullet and not line.heading:
            return Part(passage, PROMO, "navigation")
        if words[0] == "[" and (note := notation.read(self.text, passage.start, passage.end)):
            return Part(passage, NOTE, note=note)
        if line.bullet:
            return self._bullet(passage)
        if note := notation.read_field(self.text, passage.start, passage.end):
            return Part(passage, FIELD, note=note)
        reason = promos.reason_for(words)
        is_known = self.known.opening(self.text, passage.start, passage.end) > passage.start
        if is_known and reason != "link to more" and (opened := self._label(passage)):
            return opened
        if (
            reason == "navigation"
            and " / " in words
            and (beside := credits.find(words))
            and is_agency(beside.credit.agency)
        ):
            # "Marta Gelli / ANSA"
            return Part(passage, CREDIT, credit=beside)
        if reason == "navigation" and (trail := self._meta(passage)) and trail.section:
            return Part(passage, META, meta=trail)
        if reason:
            return Part(passage, PROMO, reason)
        if line.place == "caption" and (signed := self._meta(passage)) and signed.has_lead:
            return Part(passage, META, meta=signed)
        if (line.place == "caption" or credits.HINT.search(words)) and (credit := self._credit(passage)):
            return credit
        if meta := self._meta(passage):
            return Part(passage, META, meta=meta)
        if opened := self._label(passage):
            return opened
        return Part(passage, HEAD if is_headline_like(passage) else TEXT)

    def _part_of_trail(self, passage: Passage) -> Part:
        if metas.trail_of(passage.words) and (meta := self._meta(passage)) and meta.section:
            return Part(passage, META, meta=meta)
        section = Words(passage.words, (passage.start, passage.end), 0.85)
        return Part(passage, META, meta=Meta(section=section))

    def _front_matter(self, passage: Passage) -> Part:
        said = self.front_matter.read(passage.start, passage.end)
        if isinstance(said, Meta):
            return Part(passage, META, meta=said)
        return Part(passage, FIELD, note=said) if said else Part(passage, PROMO, "front matter")

    def _bullet(self, passage: Passage) -> Part:
        words = passage.words
        if (
            words[0] in "PULBpulb"
            and len(words) < 60
            and (meta := self._meta(passage))
            and (meta.times or meta.has_lead)
        ):
            meta.rest.append(((passage.lead, passage.start), "the sign of a list"))
            return Part(passage, META, meta=meta)
        if len(words) < LONGEST_LEFT and (reason := promos.reason_for(words)) in _LEFT_BULLETS:
            return Part(passage, PROMO, reason)
        opening = None
        if self.known.opening(self.text, passage.start, passage.end) > passage.start or passage.bold:
            opening = labels.find(self.text, passage.start, passage.end, self.known, passage.bold)
        return Part(passage, BULLET, opening=opening if opening and opening.is_known else None)

    def _label(self, passage: Passage) -> Part | None:
        line = passage.line
        if len(passage.words) <= labels.LONGEST:
            alone = labels.find_alone(self.text, passage.start, passage.end, self.known, is_marked=False)
            if alone and promos.reason_for(passage.words):
                return None
            if alone and (alone.is_known or not line.heading):
                return Part(passage, LABEL_ALONE, opening=alone)
        if line.heading:
            return None
        opening = labels.find(self.text, passage.start, passage.end, self.known, passage.bold)
        if opening is None or (passage.is_bold and not opening.is_known):
            return None
        # A short line without an end is a headline with a colon, unless its label is known.
        is_headline = is_headline_like(passage) and not opening.is_known and opening.sure < 0.9
        return None if is_headline else Part(passage, LABEL, opening=opening)

    def _credit(self, passage: Passage) -> Part | None:
        credit = credits.find(passage.words)
        if (
            credit
            and credit.start
            and (signed := bylines.LEAD.match(passage.words))
            and signed[0].rstrip().endswith(":")
        ):
            return self._signs_both(passage, credit)
        if credit and credit.caption[1] - credit.caption[0] <= LONGEST_CAPTION and credit.end - credit.start <= 260:
            return Part(passage, CREDIT, credit=credit)
        is_caption = passage.line.place == "caption" or credits.is_caption(passage.words)
        if is_caption and (credit := credits.find_in_brackets(passage.words)):
            return Part(passage, CREDIT, credit=credit)
        return Part(passage, CREDIT) if is_caption else None

    def _signs_both(self, passage: Passage, credit: credits.Found) -> Part | None:
        """Read "Text: Jo Lind | Photos: Ola Berg": who wrote it, and whose the pictures are."""
        words = passage.words[: credit.start].rstrip(" |.,;/·•–—-")
        signed = bylines.read(words, needs_lead=True)
        if not signed or "\n" in self.text[passage.start : passage.end]:
            return None
        start = passage.start
        names = [Words(words[first:last], (start + first, start + last), 0.9) for first, last in signed.names]
        rest = [((start + credit.start, passage.end), "whose the pictures are")]
        return Part(passage, META, meta=Meta(names=names, has_lead=True, rest=rest))

    def _meta(self, passage: Passage) -> Meta | None:
        if passage.end - passage.start > metas.LONGEST or passage.line.heading == 1:
            return None
        values = self.moments
        if values:
            values = [one for one in values if one[0] < passage.end and one[1] > passage.start]
        meta = metas.read(self.text, passage.start, passage.end, at=self.at, zone=self.zone, values=values)
        if meta and passage.line.place == "byline" and meta.names:
            meta.has_lead = True
        return meta if meta and not (meta.is_only_names and passage.line.heading) else None


def trail_ends(passages: list[Passage]) -> frozenset[int]:
    """Return the places of the last stations of trails like "Home, Economy": they are sections."""
    ends: set[int] = set()
    for place, passage in enumerate(passages):
        if passage.line.place == "trail" and metas.trail_of(passage.words):
            ends.add(place)
        elif passage.line.place == "trail" and len(passage.words.split()) <= 3:
            is_first = not place or passages[place - 1].line.place != "trail"
            if not is_first and passage.words[:1].isalnum():
                ends -= {place - 1}
                ends.add(place)
    return frozenset(ends)


def is_headline_like(passage: Passage) -> bool:
    """Tell whether a passage could be a headline: short, and no sentence with its end."""
    words = passage.words
    if passage.line.heading and len(words) <= 2 * LONGEST_HEADLINE:
        return True
    if len(words) > LONGEST_HEADLINE or passage.line.place == "quote":
        return False
    is_long = (
        len(words.split()) > LONGEST_OF_TWO
        or bool(_SENTENCE_END.search(words, max(0, len(words) - 6)))
        or any(sign in words for sign in '"“”|')
        or words.rsplit(None, 1)[-1].isupper()
    )
    if not passage.line.heading and (
        (is_long and _TWO_SENTENCES.search(words)) or (words[-1] == "]" and _SOURCED.search(words))
    ):
        return False
    if not _SENTENCE_END.search(words, max(0, len(words) - 6)) or _ABBREVIATION_END.search(
        words, max(0, len(words) - 12)
    ):
        return len(words.split()) <= 24
    return (
        bool(_ASKING_END.search(words))
        and len(words.split()) <= 14
        and not re.search(r"[.!?]\s", words[:-1])
        and words[0] not in "\"“‘'"
    )
