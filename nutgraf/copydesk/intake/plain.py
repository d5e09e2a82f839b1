"""Read plain text as lines: indentation, the signs of lists, quoting signs of mail, rules."""

from __future__ import annotations

import re

from nutgraf.copydesk.lines import BULLET, BULLET_SIGNS, Line, Manuscript

TAB = 4
_RULE = re.compile(r"(?:([-=_~*#•·—–.+])[ \t]?)(?:\1[ \t]?){2,}\Z|-30-\Z|##+\Z")
_QUOTING = re.compile(r"[ \t]*(?:>[ \t]?)+")
_WROTE = re.compile(r"wrote:|^[ \t>]*(?:From|Von|De):", re.MULTILINE)
_BULLET_STARTS = BULLET_SIGNS | frozenset("-*+–—o(0123456789abcdefghABCDEFGHiv_=~#.§")
_LONE_SIGNS = BULLET_SIGNS | frozenset("-*–o")


def read(text: str, encoding: str | None) -> Manuscript:
    """Return the lines of a plain text."""
    quoted: set[int] = set()
    if ">" in text:
        text, quoted = _unquoted(text)
    lines = lines_of(text)
    if quoted:
        _tell_mail(text, lines, quoted)
    return Manuscript("text", encoding, text, lines)


def lines_of(text: str) -> list[Line]:
    """Return every line of a text that is not blank."""
    lines: list[Line] = []
    start = gap = 0
    for row in text.split("\n"):
        words = row.strip()
        if words:
            lead = start + len(row) - len(row.lstrip())
            line = Line(lead, lead, lead + len(words), gap=gap)
            if lead > start:
                line.indent = columns(row[: lead - start])
            if words[0] == "^" and len(words) > 2:
                _strip_wire_signs(line, words)
            elif words[0] in _BULLET_STARTS:
                find_bullet(line, words)
            elif lines and lines[-1].start == lines[-1].end:
                _hang(line, lines.pop())
            lines.append(line)
            gap = 0
        else:
            gap += 1
        start += len(row) + 1
    for line in lines:
        stand_alone(line)
    return lines


def stand_alone(line: Line) -> None:
    """Let a sign that no words followed be a rule, for want of anything else."""
    if line.start == line.end:
        line.start, line.bullet, line.place = line.lead, "", "rule"


def _strip_wire_signs(line: Line, words: str) -> None:
    """Take off what wires set round the lines of a head: "^Forty miners walk out<"."""
    line.start += 1
    line.end -= len(words) - len(words.rstrip("<="))


def columns(blank: str) -> int:
    """Return how far a line is indented."""
    return len(blank.expandtabs(TAB))


def find_bullet(line: Line, words: str) -> None:
    """Take the sign of a list off a line, or note that it is a rule."""
    if _RULE.match(words):
        line.place = "rule"
    elif words in _LONE_SIGNS:
        line.bullet = words
        line.start = line.end
    elif found := BULLET.match(words):
        line.bullet = found[0].strip()
        line.start += found.end()


def _hang(line: Line, sign: Line) -> None:
    """Give a line the bullet that stands on the line above it, as some pages paste it."""
    line.bullet, line.lead, line.indent, line.gap = sign.bullet, sign.lead, sign.indent, sign.gap


def _unquoted(text: str) -> tuple[str, set[int]]:
    """Return the text without mail's quoting signs, and where the lines begin that had them."""
    rows: list[str] = []
    quoted: set[int] = set()
    start = 0
    for row in text.split("\n"):
        if ">" in row and (found := _QUOTING.match(row)):
            row = row[found.end() :]
            quoted.add(start)
        rows.append(row)
        start += len(row) + 1
    return "\n".join(rows), quoted


def _tell_mail(text: str, lines: list[Line], quoted: set[int]) -> None:
    """Set the lines apart that are the mail's and not the story's: what is quoted at its end, or all that is not quoted."""
    is_quoted = [text.rfind("\n", 0, line.lead) + 1 in quoted for line in lines]
    if sum(is_quoted) >= 4 and sum(is_quoted) * 2 > len(lines):
        mail = [not one for one in is_quoted]
    else:
        tail = len(lines)
        while tail and is_quoted[tail - 1]:
            tail -= 1
        if tail < len(lines) and not _WROTE.search(text, lines[tail].lead):
            tail = len(lines)
        mail = [place >= tail for place in range(len(lines))]
    has_mail = any(mail)
    for line, is_mail, was_quoted in zip(lines, mail, is_quoted, strict=True):
        if is_mail:
            line.place = "mail"
        elif was_quoted and not has_mail:
            line.place = "quote"
