"""Find the places of a text where words that say when can begin: figures, names of the calendar, a few words."""

from __future__ import annotations

import re

from nutgraf.copydesk import letters

# Where one can begin: at a figure, at a name of the calendar, at one of a few words. The rest is tried only there.
_ANCHOR = (
    r"(?:(?P<figure>\d)|(?P<calendar>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|MON|TUE|WED|THU|FRI|SAT|SUN))"
    r"|(?P<word>(?:yesterday|today|tomorrow|tonight|overnight|noon|midnight|Yesterday|Today|Tomorrow|Tonight|Overnight|Noon|Midnight"
    r"|last|next|this|Last|Next|This|later this|the following|the previous|the day|The day|the week of"
    r"|end of|start of|beginning of|middle of|spring|summer|autumn|winter|fall|Spring|Summer|Autumn|Winter|Fall"
    r"|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\s(?:day|week|o[’']clock|in\sthe\s|at\snight)))\b)|(?P<short>[’']\d0s\b))"
)
_AT_ANCHOR = re.compile(_ANCHOR)
# Between words only, letter by letter and in one go: this is asked at every place of a text. What it lets through is
# looked at again.
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun".split()
_WORDS = (
    "yesterday today tomorrow tonight overnight noon midnight last next this spring summer autumn winter fall".split()
)
_PHRASES = (
    "later this|the following|the previous|the day|The day|the week of|end of|start of|beginning of|middle of".split(
        "|"
    )
)
_COUNTED = [
    f"{count} {unit}"
    for count in "a one two three four five six seven eight nine ten eleven twelve".split()
    for unit in ("day", "week", "o", "in the", "at night")
]
_FIRST_WORDS = letters.any_of(
    [*_NAMES, *map(str.upper, _NAMES), *_WORDS, *map(str.capitalize, _WORDS), *_PHRASES, *_COUNTED], with_capital=False
)
_BEFORE_ANCHOR = re.compile(rf"[\W_](?=\d|[’']\d0s|{_FIRST_WORDS})")


def following(text: str, place: int, start: int, end: int) -> re.Match[str] | None:
    """Return the next place of a paragraph where a moment can begin, with the group of what stands there."""
    if place == start and (first := _AT_ANCHOR.match(text, place, end)):
        return first
    place = max(start, place - 1)
    while before := _BEFORE_ANCHOR.search(text, place, end):
        place = before.end()
        if found := _AT_ANCHOR.match(text, place, end):
            return found
    return None
