"""See to it that nothing is lost: what no part of a story holds becomes an unplaced line, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.copydesk.found import Copy, Span, Story, Unplaced
from nutgraf.copydesk.lines import Manuscript
from nutgraf.copydesk.placing import parts

# What only joins the parts of a line or names its field: "By", "and", "date:", dashes and strokes.
_JOINING = re.compile(
    r"(?:[\W_]|\b(?:by|and|with|words|text|authors?|byline|filed under|section|category|posted in|in|published|updated|as of|at|on|date|title|slug|headline|מאת|بقلم)\b)*\Z",
    re.IGNORECASE,
)


def spans(story: Story) -> Iterator[Span]:
    """Yield the stretch of every part of a story's structure; facts lie within them."""
    return (part.span for part in parts(story))


def add_unplaced(copy: Copy, manuscript: Manuscript, placed: list[Span], left: list[tuple[Span, str]]) -> None:
    """Fill in what is unplaced: what was set aside with a reason, and whatever no part of a story was placed on."""
    text = copy.text
    taken = sorted(placed + [span for span, _ in left])
    reasons = [(start, end, reason) for (start, end), reason in left]
    place = 0
    for line in manuscript.lines:
        while place < len(taken) and taken[place][1] <= line.lead:
            place += 1
        here = line.lead
        following = place
        while following < len(taken) and taken[following][0] < line.end:
            start, end = taken[following]
            if start > here:
                reasons.extend(_rest(text, here, start, is_part=True))
            here = max(here, end)
            following += 1
        if here < line.end:
            reasons.extend(_rest(text, here, line.end, is_part=here > line.lead))
    for start, end, reason in sorted(reasons):
        words = manuscript.words(start, end)
        if words:
            copy.unplaced.append(Unplaced(words, reason, (start, end)))


def _rest(text: str, start: int, end: int, *, is_part: bool) -> Iterator[tuple[int, int, str]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end or (is_part and _JOINING.match(text, start, end)):
        return
    yield start, end, "the rest of its line" if is_part else "not understood"
