"""Show copy line by line as it was read: a coloured gutter says what each line is, facts are underlined in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from nutgraf.copydesk.found import Copy
from nutgraf.copydesk.placing import Piece, facts, pieces

_COLOURS = {
    "headline": "bold magenta",
    "lede": "bold cyan",
    "point": "bold green",
    "paragraph": "green",
    "bullet": "blue",
    "sub-bullet": "blue",
    "picture": "yellow",
    "unplaced": "red",
}
_FACT_COLOURS = {"quote": "underline cyan", "number": "underline yellow", "event": "underline magenta"}
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
GUTTER = 24
NARROWEST = 20


def show(copy: Copy) -> None:
    """Print the copy with its gutter, story after story."""
    console = Console(highlight=False, soft_wrap=False)
    width = max(NARROWEST, console.width - GUTTER - 3)
    for gutter, words in rows(copy):
        for place, row in enumerate(words.wrap(console, width)):
            row.rstrip()
            sign = gutter if place == 0 else Text("")
            sign.pad_right(GUTTER - sign.cell_len)
            console.print(Text.assemble(sign, (" │ ", "dim"), row), soft_wrap=True)


def rows(copy: Copy) -> Iterator[tuple[Text, Text]]:
    """Yield each line that is not blank, with what stands in its gutter."""
    found = pieces(copy)
    marks = sorted((fact.span, kind) for story in copy.stories for kind, fact in facts(story) if fact.origin == "words")
    above: Piece | None = None
    first = first_mark = 0
    story = 0
    for line in _LINE.finditer(copy.text):
        while first < len(found) and found[first].span[1] <= line.start():
            first += 1
        here = _within(found, first, line.end())
        if any(piece.story == story for piece in here) and len(copy.stories) > 1:
            story += 1
            yield Text(f"story {story}", "reverse"), Text("")
        while first_mark < len(marks) and marks[first_mark][0][1] <= line.start():
            first_mark += 1
        yield _gutter(here, above), _words(copy.text, line.start(), line.end(), marks[first_mark:], here)
        above = here[-1] if here else None


def _within(found: list[Piece], first: int, end: int) -> list[Piece]:
    here = []
    while first < len(found) and found[first].span[0] < end:
        here.append(found[first])
        first += 1
    return here


def _gutter(here: list[Piece], above: Piece | None) -> Text:
    """Return what a line was read as, once for each part of it; nothing if the line above goes on."""
    told = Text()
    for piece in here:
        if piece is above:
            continue
        if told:
            told.append(", ")
        name = {"unplaced": "left over", "time": piece.about}.get(piece.kind, piece.kind)
        told.append(name, _COLOURS.get(piece.kind, "white"))
    told.truncate(GUTTER, overflow="ellipsis")
    return told


def _words(text: str, start: int, end: int, marks: list[tuple[tuple[int, int], str]], here: list[Piece]) -> Text:
    """Return a line with its facts underlined, and with the reason why it is left over."""
    words = Text(_UNSEEN.sub("\ufffd", text[start:end]))
    for (first, last), kind in marks:
        if first >= end:
            break
        words.stylize(_FACT_COLOURS[kind], max(first - start, 0), min(last, end) - start)
    for piece in here:
        if piece.kind == "unplaced":
            words.stylize("dim", max(piece.span[0] - start, 0), min(piece.span[1], end) - start)
    reasons = dict.fromkeys(piece.about for piece in here if piece.kind == "unplaced" and start <= piece.span[0])
    if reasons:
        words.append(f"  ({'; '.join(reasons)})", "red")
    return words
