"""Read the head of a story: eyebrow, headline, bylines, times, section and the pictures above the lede."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from nutgraf.copydesk import bylines, roles
from nutgraf.copydesk.agencies import is_agency, is_house
from nutgraf.copydesk.found import Span, Story, Time, Words
from nutgraf.copydesk.labels import label_key
from nutgraf.copydesk.lexicon import PLACES
from nutgraf.copydesk.metas import SECTION_WORDS, Meta, names_section
from nutgraf.copydesk.roles import Part

_EYEBROWS = frozenset(
    "exclusive scoop analysis breaking live explainer interview opinion watch investigation special report first look just in developing news"
    " feature profile review obituary correction updated fact check what we know".split()
)
_PLACE_WORDS = frozenset(word for place in PLACES for word in place.split()) | frozenset(
    "Middle Asia Pacific Gulf Islands Valley County City Bay Hills Heights Street Avenue Village Town Downtown Public Real Higher".split()
)
Left = list[tuple[Span, str]]


class Head:
    """What stands above the lede, sorted into a story."""

    def __init__(self, story: Story, parts: list[Part]) -> None:
        self.story = story
        self.parts = parts
        self.places = {id(part): place for place, part in enumerate(parts)}
        self.left: Left = []

    def read(self) -> None:
        """Fill the story's head."""
        given = next((part for part in self.parts if _names_headline(part)), None)
        headline = None if self.story.headline or given else self._headline()
        names_above: list[Part] = []
        is_signed = self._is_signed()
        for part in self.parts:
            if part.role == roles.META and part.meta:
                if (
                    part.meta.is_only_names
                    and headline is None
                    and given is None
                    and len(part.meta.names) == 1
                    and (is_signed or self._is_all(part))
                ):
                    headline = part
                    self.story.headline = _words(part, 0.6)
                elif part is not headline:
                    names_above.append(part)
        for part in names_above:
            if part.meta:
                add_meta(self.story, part.meta, self.left)
        if headline is not None and self.story.headline is None:
            self.story.headline = _words(headline, self._sureness(headline))
        self._place_other_heads(headline or given)
        self._tell_names_from_sections()

    def tell_section(self, sections: AbstractSet[str]) -> None:
        """Let the line above the headline be no eyebrow where the page's trail, or the newsroom, calls a section so."""
        story = self.story
        if story.eyebrow is None:
            return
        key = label_key(story.eyebrow.text)
        if story.section is None and key in sections:
            story.section, story.eyebrow = story.eyebrow, None
        elif (
            story.section is not None
            and story.section.span < story.eyebrow.span
            and key == label_key(story.section.text)
        ):
            self.left.append((story.eyebrow.span, "the section again"))
            story.eyebrow = None

    def _tell_names_from_sections(self) -> None:
        """Take "2027-01-08 | Catrin Boudreau" for a byline, where no other is and it names no part of the world."""
        section = self.story.section
        if section is None or self.story.bylines or not bylines.looks_like_name(section.text):
            return
        if not any(word in _PLACE_WORDS for word in section.text.split()):
            self.story.bylines.append(Words(section.text, section.span, 0.6))
            self.story.section = None

    def _heads(self) -> list[Part]:
        return [part for part in self.parts if part.role == roles.HEAD]

    def _is_house_line(self, part: Part) -> bool:
        """Tell whether a line names the paper, straight under who signs."""
        place = self.places[id(part)]
        above = self.parts[place - 1].meta if place else None
        return bool(above and above.names and not part.passage.line.gap and is_house(part.words))

    def _is_signed(self) -> bool:
        return sum(bool(part.meta and part.meta.names) for part in self.parts) > 1 or any(
            part.meta and part.meta.names and (part.meta.has_lead or part.meta.has_role) for part in self.parts
        )

    def _is_all(self, part: Part) -> bool:
        """Tell whether a line that looks like a name is the first and only one above the lede."""
        return all(one is part or one.role in (roles.PROMO, roles.RULE) for one in self.parts)

    def _headline(self) -> Part | None:
        """Choose the headline among the short lines."""
        heads = self._below_trail([part for part in self._heads() if not self._is_house_line(part)])
        if not heads:
            return None
        levels = [part.passage.line.heading for part in heads if part.passage.line.heading]
        if levels:
            highest = min(levels)
            return next(part for part in heads if part.passage.line.heading == highest)
        marked = [part for part in heads if part.passage.is_bold and len(part.words.split()) > 2]
        if marked and len(marked) < len(heads):
            return marked[0]
        if any(len(part.words.split()) > 2 for part in heads):
            heads = [part for part in heads if len(part.words.split()) > 2]
        if len(heads) > 1 and _is_page_title(heads[0], heads[1]):
            return heads[1]
        for place, part in enumerate(heads[:-1]):
            if not self._is_eyebrow(part, heads[place + 1]):
                return part
        return heads[-1]

    def _below_trail(self, heads: list[Part]) -> list[Part]:
        """Return the short lines without a menu: words that stand above a time with its section, if others stand below."""
        trail = next((part for part in self.parts if part.role == roles.META), None)
        if trail is None or not (trail.meta and trail.meta.times and trail.meta.section):
            return heads
        place = self.places[id(trail)]
        below = [part for part in heads if self.places[id(part)] > place and len(part.words.split()) > 3]
        is_menu = all(len(part.words.split()) <= 3 for part in heads if self.places[id(part)] < place)
        is_straight = below and all(
            part.meta or part.role in (roles.PROMO, roles.RULE)
            for part in self.parts[place : self.places[id(below[0])]]
        )
        return below if is_menu and is_straight else heads

    def _is_eyebrow(self, part: Part, following: Part) -> bool:
        """Tell a word or two above the headline from the headline."""
        words = [word for word in part.words.split() if word == "|" or any(map(str.isalnum, word))]
        most = 6 if "|" in words else 4
        if part.passage.line.heading or len(words) > most or label_key(part.words) == label_key(following.words):
            return False
        if len(following.words.split()) <= len(words) and "|" not in words:
            return False
        is_known = all(
            word.strip(":").lower() in _EYEBROWS | SECTION_WORDS | {"&", "and", "the", "of"} for word in words
        )
        return is_known or "|" in words or len(words) <= 2 or (part.words.isupper() and not following.words.isupper())

    def _sureness(self, headline: Part) -> float:
        if headline.passage.line.heading:
            return 0.99
        is_beside = any(part.role in (roles.META, roles.CREDIT) for part in self.parts)
        return 0.95 if is_beside else 0.85

    def _place_other_heads(self, headline: Part | None) -> None:
        story = self.story
        is_above = headline is not None and headline.role in (roles.HEAD, roles.FIELD)
        last_above = None
        for part in [one for one in self.parts if one.role == roles.HEAD or one is headline]:
            if part is headline:
                is_above = False
            elif headline is not None and label_key(part.words) == label_key(_headline_words(headline)):
                self.left.append((_span(part), "the headline again"))
            elif is_above:
                if last_above is not None:
                    self.left.append((_span(last_above), "above the headline"))
                last_above = part
            elif bylines.is_role(part.words):
                self.left.append((_span(part), "what the author does"))
            elif story.section is None and story.times and _is_section(part.words) and self._is_beside_meta(part):
                story.section = _words(part, 0.7)
            elif not story.bylines and (name := self._name_with_place(part)):
                story.bylines.append(name)
            else:
                self.left.append((_span(part), "a second line under the headline"))
        if last_above is not None and headline is not None:
            self._place_above(last_above, headline)
        if story.section and headline and label_key(story.section.text) == label_key(_headline_words(headline)):
            self.left.append((story.section.span, "the headline again"))
            story.section = None

    def _is_beside_meta(self, part: Part) -> bool:
        place = self.places[id(part)]
        return any(one.role == roles.META for one in self.parts[max(0, place - 1) : place + 2])

    def _name_with_place(self, part: Part) -> Words | None:
        """Read "Ana Reyes, Larkhaven" straight above a time."""
        name, _, place = part.words.partition(", ")
        here = self.places[id(part)]
        below = self.parts[here + 1 : here + 2]
        is_above_time = bool(below and below[0].meta and below[0].meta.times)
        if not place or not is_above_time or len(place.split()) > 3 or not bylines.looks_like_name(name):
            return None
        return Words(name, _span(part), 0.7)

    def _place_above(self, part: Part, headline: Part) -> None:
        """Take the short line above the headline as its eyebrow, unless other lines stand between."""
        between = self.parts[self.places[id(part)] + 1 : self.places[id(headline)]]
        is_straight = all(one.role == roles.PROMO and one.reason in ("share link", "reading time") for one in between)
        is_masthead = is_house(part.words) and not _is_section(part.words) or self._ends_menu(part, headline)
        is_timed = bool(between) and all(one.meta and one.meta.times for one in between)
        if is_timed and self.story.section is None and names_section(part.words):
            self.story.section = _words(part, 0.8)
        elif len(part.words.split()) <= 5 and (is_straight or not between) and not is_masthead:
            self.story.eyebrow = self.story.eyebrow or _without_colon(_words(part, 0.9))
        else:
            self.left.append((_span(part), "above the headline"))

    def _ends_menu(self, part: Part, headline: Part) -> bool:
        """Tell the last of a row of lines that a blank one parts from the headline: a menu."""
        place = self.places[id(part)]
        row = self.parts[max(0, place - 2) : place + 1]
        is_row = (
            len(row) == 3
            and all(len(one.words.split()) <= 3 for one in row)
            and not any(one.passage.line.gap for one in row[1:])
        )
        return is_row and headline.passage.line.gap > 0


def _without_colon(words: Words) -> Words:
    """Return an eyebrow without the colon behind it: "Exclusive:"."""
    bare = words.text.rstrip(" :")
    return Words(bare, (words.span[0], words.span[0] + len(bare)), words.sure) if bare != words.text else words


def names_kind(words: str) -> bool:
    """Tell the words that say of what kind a story is: "Exclusive", "News analysis"."""
    parts = words.strip(" :").lower().split()
    return bool(parts) and all(part in _EYEBROWS for part in parts)


def _is_page_title(part: Part, following: Part) -> bool:
    """Tell the title of the page, "Headline - The Courier", from the headline that follows."""
    rest = part.words.removeprefix(following.words)
    return rest != part.words and bool(re.fullmatch(r"\s*[-–—|·]\s+\S.{0,50}", rest))


def _names_headline(part: Part) -> bool:
    return part.role == roles.FIELD and part.note is not None and part.note.kind == "headline"


def _headline_words(part: Part) -> str:
    """Return the headline's own words: those after "Headline:", if it is named so."""
    return part.words.partition(":")[2] if part.role == roles.FIELD else part.words


def _is_section(words: str) -> bool:
    parts = re.findall(r"\w+", words.replace("U.S.", "US").replace("U.K.", "UK"))
    known = [part.lower() in SECTION_WORDS for part in parts]
    return 0 < len(parts) <= 4 and (all(known) if is_agency(words) else any(known))


def add_meta(story: Story, meta: Meta, left: Left) -> None:
    """Put what a line says of a story into it; what it says twice is left over."""
    names = {label_key(one.text) for one in story.bylines}
    for name in meta.names:
        if label_key(name.text) in names:
            left.append((name.span, "the byline again"))
        else:
            story.bylines.append(name)
            names.add(label_key(name.text))
    for time in meta.times:
        if any(_is_same(time, one) for one in story.times):
            left.append((time.span, "the time again"))
        else:
            story.times.append(time)
    if meta.section and story.section:
        left.append((meta.section.span, "the section again"))
    elif meta.section:
        story.section = meta.section
    left.extend(meta.rest)


def _is_same(one: Time, other: Time) -> bool:
    return (one.kind, one.at) == (other.kind, other.at)


def _span(part: Part) -> Span:
    return part.passage.lead, part.passage.end


def _words(part: Part, sure: float) -> Words:
    return Words(part.words.strip("*_ "), (part.passage.start, part.passage.end), sure)
