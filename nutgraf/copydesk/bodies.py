"""Read what follows the head of a story: the lede, points with their labels, bullets with their bullets, pictures."""

from __future__ import annotations

import datetime
import re

from nutgraf.copydesk import authors, block_quotes, datelines, labels, pictures, roles
from nutgraf.copydesk.found import Bullet, Lede, Point, Quote, Span, Story, Time
from nutgraf.copydesk.heads import Left, add_meta
from nutgraf.copydesk.notes import take_note
from nutgraf.copydesk.roles import Part, Roles

# Signs that stand for a bullet below another one, if the list began with a sign of the first kind.
_UPPER_SIGNS = frozenset("•●*■◆➤►✓·1")
_LOWER_SIGNS = frozenset("◦○o▪▫‣⁃–-—→▸▹□◇a§")
# Those of a word processor's three levels, as its clipboard gives them.
_LEVEL_SIGNS = frozenset("•o§")
_SHIRTTAIL = re.compile(
    r"[(\[](?:(?i:additional|further|writing|with)\s)?(?i:reporting|writing|editing|compiled|edited|written|reported|translated)\b[^()\[\]]{0,300}[)\]]\.?\Z"
)
# How some agencies end a paragraph: 'he said. PTI RKM'.
_SIGN_OFF = re.compile(r"[.!?”\"’]\s+(?P<sign>(?:PTI|ANI|IANS|UNI|AP|AFP|XINHUA|UPI)(?: [A-Z]{2,4}){0,4})\Z")
# What a link says of itself at its end.
_LINK_NOTE = re.compile(r"\((?i:opens? in (?:a )?new (?:window|tab)|external(?: link)?|pdf)\)\.?\Z")
_PUBLISHED = re.compile(r"(?:first |originally )?(?:published|posted)\b", re.IGNORECASE)
_ENDINGS = frozenset(["small print", "end sign", "who worked on it", "about the author"])
_STEP = re.compile(r"\(?(?:\d{1,2}|[a-z]{1,3})[.)]\Z", re.IGNORECASE)


class Body:
    """The rest of a story, while it is read."""

    def __init__(self, story: Story, known: Roles, left: Left, *, on: datetime.date) -> None:
        self.story = story
        self.known = known
        self.manuscript = known.manuscript
        self.left = left
        self.on = on
        self.pending: Part | None = None
        self.base_indent = 0
        self.base_sign = ""
        self.in_list = False
        self.other_stories = False
        # Bullets of lists in which signs of all kinds stand in a row.
        self.mixed: frozenset[int] = frozenset()
        # Whether only what stands below a story is to come.
        self.is_over = False
        # Whether the part above is left over.
        self.was_left = self.is_left = False
        # The stretches of running text, in which facts are looked for.
        self.texts: list[Span] = []

    def read(self, parts: list[Part]) -> None:
        """Fill the story's body."""
        last_sentence = max(
            (place for place, part in enumerate(parts) if part.role not in (roles.HEAD, roles.PROMO, roles.RULE)),
            default=-1,
        )
        self.mixed = mixed_lists(parts)
        last_label = max(
            (place for place, part in enumerate(parts) if part.role in (roles.LABEL, roles.NOTE)), default=-1
        )
        below = sum(len(part.words) for part in parts)
        for place, part in enumerate(parts):
            self.was_left, self.is_left = self.is_left, False
            below -= len(part.words)
            if self.is_over and part.role in (roles.TEXT, roles.HEAD, roles.BULLET):
                self._leave(part, "after the end of the story")
                continue
            self._take(part, is_after_all=place > last_sentence)
            self.is_over |= place >= last_label and self._ends_here(part, below)
        self._settle()

    def _ends_here(self, part: Part, below: int) -> bool:
        """Tell whether small print, an end sign or the like ends the story: less follows than went before."""
        if part.role != roles.PROMO or part.reason not in _ENDINGS or self.story.lede is None:
            return False
        return below * 2 < sum(end - start for start, end in self.texts)

    def _take(self, part: Part, *, is_after_all: bool) -> None:
        role = part.role
        is_filing = bool(part.meta and part.meta.section and not part.meta.times and not part.meta.names)
        if self.other_stories and not is_filing and role in (roles.BULLET, roles.HEAD, roles.META, roles.ALT):
            self._leave(part, "other stories")
            return
        if role != roles.PROMO:
            self.other_stories = False
        if role in (roles.TEXT, roles.LABEL, roles.HEAD, roles.LABEL_ALONE):
            self.in_list = False
        if role == roles.TEXT:
            if self._is_author_note(part):
                self._leave(part, "about the author")
            elif quote := self._block_quote(part):
                self._settle()
                self.story.quotes.append(quote)
            else:
                self._take_text(part)
        elif role == roles.LABEL:
            self._settle()
            self._take_label(part)
        elif role == roles.LABEL_ALONE:
            self._settle()
            self.pending = part
        elif role == roles.BULLET:
            self._take_bullet(part)
        elif role == roles.HEAD:
            self._take_head(part, is_after_all=is_after_all)
        elif role == roles.META and part.meta:
            self._take_meta(part, is_after_all=is_after_all)
        elif role == roles.CREDIT:
            self._take_picture(part)
        elif role in (roles.NOTE, roles.FIELD):
            self._settle()
            self.texts += take_note(self.story, self.known, part, self.left)
        elif role == roles.PROMO:
            if part.reason != "reading time":
                is_list = part.reason == "other stories" and part.words.rstrip(" →>»").count(":") <= 1
                self.other_stories = is_list or part.words.rstrip(" :→>»").lower() in ("read more", "see also")
            self._leave(part, part.reason)
        elif role == roles.RULE:
            self._leave(part, "a rule between parts")
        else:
            self._leave(part, "an alternative text without a picture's caption")

    # Paragraphs

    def _take_text(self, part: Part) -> None:
        start, end = self._without_shirttail(part)
        if start >= end:
            return
        if self.pending and self.pending.opening:
            label, self.pending = self.pending, None
            self._add_point(label, start, end, lead=label.passage.lead)
        elif self.story.lede is None and not any(point.text for point in self.story.points):
            self._take_lede(part, start, end)
        else:
            words = self.manuscript.words(start, end)
            span = (part.passage.lead, end)
            self.texts.append((start, end))
            self.story.points.append(Point("", words, self.manuscript.html(start, end), span, 0.9))

    def _block_quote(self, part: Part) -> Quote | None:
        """Return the quote that a block quotation is, below the lede; under a label it is the point's text."""
        if part.passage.line.place != "quote" or self.story.lede is None or self.pending is not None:
            return None
        return block_quotes.read(self.manuscript, part.passage.start, part.passage.end)

    def _is_author_note(self, part: Part) -> bool:
        """Tell whether a paragraph below the lede says who one of the authors is."""
        if self.story.lede is None or self.pending is not None:
            return False
        return authors.is_note(part.words, authors.Names(one.text for one in self.story.bylines))

    def _take_lede(self, part: Part, start: int, end: int) -> None:
        lead = part.passage.lead
        if self.story.dateline is None and (found := datelines.find(self.known.text, start, end, on=self.on)):
            self.story.dateline, start = found
            lead = start
        words = self.manuscript.words(start, end)
        sure = 0.95 if self.story.headline else 0.8
        self.texts.append((start, end))
        self.story.lede = Lede(words, self.manuscript.html(start, end), (lead, end), sure)

    def _take_label(self, part: Part) -> None:
        _, end = self._without_shirttail(part)
        self._add_point(part, part.opening.rest if part.opening else part.passage.start, end, lead=part.passage.lead)

    def _add_point(self, label: Part, start: int, end: int, *, lead: int) -> None:
        opening = label.opening
        if opening is None:
            return
        words = labels.tidy_label(self.manuscript.words(opening.start, opening.end))
        text = self.manuscript.words(start, end)
        html = self.manuscript.html(start, end)
        self.texts.append((start, end))
        last = opening.end + len(self.known.text[opening.end : opening.rest].rstrip())
        self.story.points.append(Point(words.strip("*_ "), text, html, (lead, max(end, last)), opening.sure))

    def _settle(self) -> None:
        """Let a label on a line of its own be a point without text, if no text followed."""
        part, self.pending = self.pending, None
        if part and part.opening:
            self._add_point(part, part.passage.end, part.passage.end, lead=part.passage.lead)

    def _without_shirttail(self, part: Part) -> Span:
        start, end = part.passage.start, part.passage.end
        text = self.known.text
        if text[end - 1].isupper() and (sign := _SIGN_OFF.search(text, max(start, end - 40), end)):
            self.left.append((sign.span("sign"), "who worked on it"))
            end = sign.start("sign")
        if text[end - 1] in ").]":
            opening = max(text.rfind("(", max(start, end - 360), end), text.rfind("[", max(start, end - 360), end))
            if opening >= 0 and (reason := _tail_reason(text, opening, end)):
                while opening > start and text[opening - 1].isspace():
                    opening -= 1
                self.left.append(((opening, end), reason))
                end = opening
        return start, end

    # Bullets

    def _take_bullet(self, part: Part) -> None:
        opening = part.opening
        if opening and not self.in_list and self.pending is None and not self._has_open_point():
            # A page that sets every point as a bullet.
            self._take_label(part)
            return
        self._settle()
        start, end = self._without_shirttail(part)
        if start >= end:
            self.left.append(((part.passage.lead, start), "a bullet without words"))
            return
        bullet = Bullet(
            self.manuscript.words(start, end), self.manuscript.html(start, end), (part.passage.lead, end), 0.95
        )
        self.texts.append((start, end))
        if not self.story.points:
            place = part.passage.lead
            self.story.points.append(Point("", "", "", (place, place), 0.7))
        bullets = self.story.points[-1].bullets
        if bullets and self.in_list and self._is_below(part):
            bullets[-1].bullets.append(bullet)
        else:
            self.base_indent, self.base_sign = part.passage.line.indent, _kind_of(part.passage.line.bullet)
            bullets.append(bullet)
        self.in_list = True

    def _has_open_point(self) -> bool:
        """Tell whether the last point stands as a paragraph that bullets would belong to."""
        points = self.story.points
        return bool(points) and not (points[-1].label and self.known.text[points[-1].span[0]] in labels_signs())

    def _is_below(self, part: Part) -> bool:
        line = part.passage.line
        if line.indent > self.base_indent + 1:
            return True
        sign = _kind_of(line.bullet)
        return (
            part.passage.lead not in self.mixed
            and line.indent >= self.base_indent
            and sign != self.base_sign
            and sign in _LOWER_SIGNS
            and self.base_sign in _UPPER_SIGNS
        )

    # Lines between paragraphs

    def _take_head(self, part: Part, *, is_after_all: bool) -> None:
        passage = part.passage
        opening = labels.find_alone(
            self.known.text, passage.start, passage.end, self.known.known, is_marked=part.is_marked
        )
        last = labels.find(self.known.text, passage.start, passage.end, self.known.known) if is_after_all else None
        if last and not self.was_left and not part.is_marked:
            self._settle()
            part.opening = last
            self._take_label(part)
        elif is_after_all and not part.is_marked and self._is_scrap(part):
            self._settle()
            self._leave(part, "no sentence, after the end of the story")
        elif part.is_marked and opening and not is_after_all:
            self._settle()
            part.opening = opening
            self.pending = part
        elif self.story.headline and labels.label_key(part.words) == labels.label_key(self.story.headline.text):
            self._leave(part, "the headline again")
        else:
            self._take_text(part)

    def _is_scrap(self, part: Part) -> bool:
        return self.story.lede is not None and len(part.words.split()) <= 8

    def _take_meta(self, part: Part, *, is_after_all: bool) -> None:
        meta = part.meta
        if meta is None:
            return
        if meta.is_only_names and self.story.bylines:
            if is_after_all or self.pending is None:
                self._leave(part, "a name by itself")
            else:
                self._take_text(part)
        elif (
            meta.times
            and self.story.times
            and not meta.names
            and not meta.section
            and meta.times[0].kind == "published"
            and not self._is_first_published(meta.times[0])
        ):
            self._leave(part, "another time within the story")
        else:
            add_meta(self.story, meta, self.left)

    def _is_first_published(self, time: Time) -> bool:
        """Tell "Published - April 29, 2026" at the foot of a story of which only an update was told above."""
        is_told = any(one.kind == "published" for one in self.story.times)
        return not is_told and bool(_PUBLISHED.match(time.text))

    def _take_picture(self, part: Part) -> None:
        """Take a picture, but not a credit that stands there twice, as for a picture that can be enlarged."""
        picture = pictures.picture(part)
        above = self.story.pictures[-1].credit if self.story.pictures else None
        if picture.credit and above and not picture.caption and not picture.alt and picture.credit.text == above.text:
            self._leave(part, "the credit again")
        else:
            self.story.pictures.append(picture)

    def _leave(self, part: Part, reason: str) -> None:
        self.is_left = True
        self.left.append(((part.passage.lead, part.passage.end), reason))


def _tail_reason(text: str, start: int, end: int) -> str:
    if _SHIRTTAIL.match(text, start, end):
        return "who worked on it"
    return "a note on a link" if _LINK_NOTE.match(text, start, end) else ""


def mixed_lists(parts: list[Part]) -> frozenset[int]:
    """Return the places of the bullets, by where they begin, whose signs tell nothing: three kinds at one indentation."""
    mixed: set[int] = set()
    run: list[Part] = []
    for part in [*parts, None]:
        if part is not None and part.role == roles.BULLET:
            run.append(part)
            continue
        signs = {_kind_of(one.passage.line.bullet) for one in run}
        if len(signs) > 2 and signs != _LEVEL_SIGNS and len({one.passage.line.indent for one in run}) == 1:
            mixed.update(one.passage.lead for one in run)
        run = []
    return frozenset(mixed)


def labels_signs() -> frozenset[str]:
    """Return the signs of bullets, by which a point that was set as a bullet is known."""
    return _UPPER_SIGNS | _LOWER_SIGNS


def _kind_of(sign: str) -> str:
    """Return one sign for all numbers, and one for all letters."""
    if _STEP.match(sign):
        return "1" if sign.strip("().").isdigit() else "a"
    return sign
