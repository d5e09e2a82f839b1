"""Mark in a finished page what is new since a moment, as the script of that name does in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

ELEMENT = "nutgraf-catch-up"
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Tag:
    """A start tag, where it stands, and what stands around it."""

    name: str
    attributes: dict[str, str | None]
    end: int
    around: Tag | None
    is_new: bool = False

    @property
    def at(self) -> int:
        """The moment of its last change in whole seconds, or nought for one that has none."""
        text = self.attributes.get("data-at") or ""
        return int(text) if text.isascii() and text.isdigit() else 0


@dataclass(frozen=True)
class Page:
    """A page taken apart as far as marking needs it."""

    html: str
    tags: list[Tag] = field(default_factory=list)

    @classmethod
    def read(cls, html: str) -> Page:
        """Read a page of ours."""
        parser = _Parser(html)
        parser.feed(html)
        parser.close()
        return cls(html, parser.tags)

    def new(self, since: float) -> New:
        """Return the parts changed after a moment: in the page's own scope, and none inside of another."""
        catch_up = next((tag for tag in self.tags if tag.name == ELEMENT), None)
        scope = catch_up and _scope(catch_up)
        if not catch_up or not scope:
            return New([], 0, False)
        told = [tag for tag in self.tags if "data-at" in tag.attributes and scope in _around(tag)]
        parts: list[Tag] = []
        for tag in told:
            if tag.at > since and not any(one.is_new for one in _around(tag)):
                tag.is_new = True
                parts.append(tag)
        number = len({part.at for part in parts}) if "data-moments" in catch_up.attributes else len(parts)
        goes_on = any("data-more" in tag.attributes and scope in _around(tag) for tag in self.tags)
        return New(parts, number, goes_on and len(parts) == len(told))

    def marked(self, parts: list[Tag], *, mark: str, line: str) -> str:
        """Return the page with a word at each part and a sentence in the line; all else byte by byte as it was."""
        added: list[tuple[int, str]] = []
        for place, part in enumerate(parts):
            # The first is led to; a part that has an id of its own keeps it.
            link = ' id="new"' if not place and "id" not in part.attributes else ""
            added.append((part.end - 1, f'{link} data-new=""'))
            added.append((part.end, f'<span class="catch-up__new">{escape(mark)}</span>'))
        for tag in self.tags:
            if tag.name == ELEMENT:
                added.append((tag.end - 1, ' data-since=""'))
            elif tag.attributes.get("class") == "catch-up__line":
                added.append((tag.end, line))
        pieces, before = [], 0
        for place, text in sorted(added, key=lambda one: one[0]):
            pieces += [self.html[before:place], text]
            before = place
        return "".join([*pieces, self.html[before:]])


@dataclass(frozen=True)
class New:
    """What is new on a page, how many things that is, and whether there may be more below."""

    parts: list[Tag]
    number: int
    has_more: bool

    @property
    def first_id(self) -> str:
        """The id of the first new part, as `marked` gives it."""
        return (self.parts[0].attributes.get("id") or "new") if self.parts else ""


def _scope(catch_up: Tag) -> Tag | None:
    """Return what the page itself is about: the story round the line, or else all that is no frame."""
    above = _around(catch_up)
    stories = (tag for tag in above if tag.name == "article" and "data-story" in tag.attributes)
    return next(stories, None) or next((tag for tag in above if tag.name == "main"), None)


def _around(tag: Tag) -> list[Tag]:
    above, one = [], tag.around
    while one:
        above.append(one)
        one = one.around
    return above


class _Parser(HTMLParser):
    """Collects start tags with where they end; our pages close what they open, and what does not is forgiven."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[Tag] = []
        self._open: list[Tag] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        end = self._lines[line - 1] + column + len(self.get_starttag_text() or "")
        tag = Tag(name, dict(attributes), end, self._open[-1] if self._open else None)
        self.tags.append(tag)
        if name not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        # A slash closes nothing but what is drawn (SVG), and there nothing is marked.
        return

    def handle_endtag(self, name: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].name == name:
                del self._open[place:]
                return
