"""HTML from a clipboard as Markdown, so that what is pasted can be edited and keeps its bold, italic, links and bullets."""

from __future__ import annotations

from nutgraf.copydesk import inline
from nutgraf.copydesk.intake.manuscripts import take_in
from nutgraf.copydesk.lines import Line, Manuscript


def as_markdown(source: str) -> str:
    """Return what a page or a piece of one says; raises CopyRefused for what is no text."""
    manuscript = take_in(source, "html")
    copy, before = "", None
    for line in manuscript.lines:
        is_close = before is not None and bool(line.bullet and before.bullet)
        copy += ("" if before is None else "\n" if is_close else "\n\n") + _written(manuscript, line)
        before = line
    return copy


def _written(manuscript: Manuscript, line: Line) -> str:
    words = inline.as_markdown(inline.runs(manuscript.html(line.start, line.end)))
    if line.heading:
        return f"{'#' * line.heading} {words}"
    return f"{' ' * max(0, line.indent - 2)}- {words}" if line.bullet else words
