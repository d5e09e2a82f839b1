"""Read the body of a story whose head is known, as an archive has it: every block stays, and its words are read as copy.

Copy that somebody pastes may be a whole page, so its reader asks of each line
whether it belongs to a story at all. Of what a newsroom's own archive keeps as
a story's text everything does, however much it looks like an advertisement.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nutgraf.copydesk import block_quotes, datelines, drafts, facts, found, inline, labels
from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.found import Span
from nutgraf.copydesk.inline import Run
from nutgraf.copydesk.lines import Manuscript, Mark
from nutgraf.lib import garbage

Kind = Literal["text", "head", "bullet", "quote", "picture"]


@dataclass(slots=True)
class Block:
    """A paragraph, a heading, a bullet, a quotation or a picture."""

    kind: Kind
    runs: list[Run] = field(default_factory=list)
    # Of a bullet: 1, or 2 for one below another.
    level: int = 1
    # Of a quotation: who is said to have spoken.
    by: str = ""
    # Of a picture: its number in the library.
    picture: int | None = None
    caption: str = ""
    alt: str = ""

    @property
    def words(self) -> str:
        return "".join(run.text for run in self.runs)


@garbage.left_alone()
def read(blocks: Iterable[Block], *, on: datetime.date, names: Sequence[str]) -> Draft:
    """Return the lede, the dateline and the body that some blocks are; `names` are the labels that are known."""
    body = _Body(labels.vocabulary(tuple(names)), on)
    for block in blocks:
        body.take(block)
    return body.draft()


class _Body:
    """The body, while it is read."""

    def __init__(self, known: labels.Vocabulary, on: datetime.date) -> None:
        self.known = known
        self.on = on
        self.pieces: list[str] = []
        self.size = 0
        self.story = found.Story()
        self.manuscript = Manuscript("html", None, "", [])
        self.texts: list[Span] = []
        # Where the blocks that are texts stand, and what they are.
        self.placed: list[tuple[Block, int, int]] = []

    def take(self, block: Block) -> None:
        """Write a block's words below the others'."""
        runs = inline.tidied([Run(block.caption)] if block.kind == "picture" else block.runs)
        if not runs and block.kind != "picture":
            return
        start = self.size
        for run in runs:
            end = self.size + len(run.text)
            marks = self.manuscript.marks
            if run.is_bold:
                marks.append(Mark(self.size, end, "bold"))
            if run.is_italic:
                marks.append(Mark(self.size, end, "italic"))
            if run.link:
                marks.append(Mark(self.size, end, "link", run.link))
            self._write(run.text)
        self.placed.append((block, start, self.size))
        if block.by:
            self._write(f"\n— {block.by}")
        self._write("\n\n")

    def _write(self, words: str) -> None:
        self.pieces.append(words)
        self.size += len(words)

    def draft(self) -> Draft:
        """Read what was taken."""
        text = self.manuscript.text = "".join(self.pieces)
        self.story.span = (0, len(text))
        pending: tuple[Block, int, int] | None = None
        for block, start, end in self.placed:
            label, pending = pending, None
            if block.kind == "head" and self.known.knows(text[start:end]):
                self._settle(label)
                pending = (block, start, end)
            elif label and block.kind in ("text", "bullet"):
                self._take_below(label, block, start, end)
            else:
                self._settle(label)
                self._take(block, start, end)
        self._settle(pending)
        facts.fill(self.story, self.manuscript, self.texts, on=self.on)
        return drafts.drafts(found.Copy("html", None, text, [self.story], []))[0]

    def _take(self, block: Block, start: int, end: int) -> None:
        if block.kind == "picture":
            self.story.pictures.append(
                found.Picture(block.caption, block.alt, None, (start, end), 1.0, block.picture, is_main=False)
            )
        elif block.kind == "bullet":
            self._take_bullet(block, start, end)
        elif block.kind == "quote" and (quote := self._quote(block, start, end)):
            self.story.quotes.append(quote)
        elif block.kind == "text" and self.story.lede is None and not self.story.points and not self.story.quotes:
            self._take_lede(start, end)
        else:
            self._take_text(block, start, end)

    def _take_lede(self, start: int, end: int) -> None:
        if dateline := datelines.find(self.manuscript.text, start, end, on=self.on):
            self.story.dateline, start = dateline
        self.texts.append((start, end))
        words, html = self.manuscript.words(start, end), self.manuscript.html(start, end)
        self.story.lede = found.Lede(words, html, (start, end), 1.0)

    def _take_text(self, block: Block, start: int, end: int) -> None:
        text, lead, label = self.manuscript.text, start, ""
        bold = self.manuscript.marks_in(start, end, "bold")
        if block.kind == "text" and (opening := labels.find(text, start, end, self.known, bold)) and opening.rest < end:
            label = labels.tidy_label(self.manuscript.words(opening.start, opening.end)).strip("*_ ")
            start = opening.rest
        self._add(label, start, end, lead=lead, is_bold=block.kind == "head")

    def _take_below(self, label: tuple[Block, int, int], block: Block, start: int, end: int) -> None:
        """Take the first text below a heading that is a label."""
        words = self.manuscript.text[label[1] : label[2]]
        if block.kind == "bullet":
            self._add(words, start, start, lead=label[1])
            self._take_bullet(block, start, end)
        else:
            self._add(words, start, end, lead=label[1])

    def _add(self, label: str, start: int, end: int, *, lead: int, is_bold: bool = False) -> None:
        words, html = self.manuscript.words(start, end), self.manuscript.html(start, end)
        html = f"<b>{html}</b>" if is_bold and "<b>" not in html else html
        if start < end:
            self.texts.append((start, end))
        self.story.points.append(found.Point(labels.tidy_label(label), words, html, (lead, end), 1.0))

    def _settle(self, label: tuple[Block, int, int] | None) -> None:
        """Let a heading under which nothing stands that it could be the label of be a paragraph."""
        if label:
            self._add("", label[1], label[2], lead=label[1], is_bold=True)

    def _take_bullet(self, block: Block, start: int, end: int) -> None:
        words, html = self.manuscript.words(start, end), self.manuscript.html(start, end)
        bullet = found.Bullet(words, html, (start, end), 1.0)
        self.texts.append((start, end))
        if not self.story.points or self._is_parted(start):
            self.story.points.append(found.Point("", "", "", (start, start), 1.0))
        bullets = self.story.points[-1].bullets
        if block.level > 1 and bullets:
            bullets[-1].bullets.append(bullet)
        else:
            bullets.append(bullet)

    def _is_parted(self, start: int) -> bool:
        """Tell whether a picture or a quotation stands between the last text and a place."""
        latest = self.story.points[-1].span[0]
        between = [one.span[0] for one in self.story.pictures] + [one.span[0] for one in self.story.quotes]
        return any(latest < place < start for place in between)

    def _quote(self, block: Block, start: int, end: int) -> found.Quote | None:
        """Return the quote that a quotation is, if it says who spoke and fits."""
        last = end + len(f"\n— {block.by}") if block.by else end
        quote = block_quotes.read(self.manuscript, start, last)
        return quote if quote and drafts.is_whole(drafts.quote_part(quote)) else None
