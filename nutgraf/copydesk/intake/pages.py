"""Read HTML, from the clipboard or a whole page, as lines with marks; what is navigation is kept apart, scripts are dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from nutgraf.copydesk.intake import elements
from nutgraf.copydesk.intake.plain import find_bullet
from nutgraf.copydesk.lines import BULLET_SIGNS, Line, Manuscript, Mark

# Deeper nests are flattened before they are parsed: the parser drops what stands below its own limit.
DEPTH = 200

_DROPPED = frozenset(
    ["script", "style", "template", "noscript", "head", "svg", "math", "object", "iframe", "canvas", "audio", "video"]
    + ["select", "datalist", "map", "progress", "meter", "textarea", "input"]
)
_ASIDE = frozenset(["nav", "aside", "form", "button", "dialog", "menu"])
_ASIDE_ROLES = frozenset(
    ["navigation", "search", "complementary", "contentinfo", "banner", "dialog", "menu", "toolbar"]
)
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|share|sharing|social|newsletter|promo|related|recommended|recirc|sidebar"
    r"|cookies?|consent|adverts?|advertisement|ads?|subscribe|signup|sign-up|comments|breadcrumbs?|skip"
    r"|paywall|author-(?:bio|box|card)|about-the-author|tags|tag-list|outbrain|taboola|site-header|site-footer|masthead|toolbar)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_TRAIL_NAMES = re.compile(r"(?:^|[\s_-])breadcrumbs?(?:[\s_-]|$)", re.IGNORECASE)
_BYLINE_NAMES = re.compile(r"(?:^|[\s_-])(?:bylines?|authors?|contributors?)(?:[\s_-]|$)", re.IGNORECASE)
_CAPTION_NAMES = re.compile(
    r"(?:^|[\s_-])(?:captions?|credits?|wp-caption-text)(?:[\s_-]|$)|(?<![\w-])cap(?![\w-])", re.IGNORECASE
)
_CREDIT_NAMES = re.compile(r"(?:^|[\s_-])credits?(?:[\s_-]|$)", re.IGNORECASE)
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt"]
    + ["fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"]
    + ["hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "picture", "pre", "search", "section"]
    + ["summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul", "button", "caption", "img"]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr", "track"]
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
_BLANK = re.compile(r"[ \t\n\r\f]+")


def read(text: str, encoding: str | None) -> Manuscript:
    """Return the lines that a browser would show."""
    parser = etree.HTMLParser(huge_tree=True, recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    source = shallow(text).encode("utf-8", errors="replace")
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        root = None
    page = _Page()
    if root is not None:
        page.survey(root)
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                page.open(element)
            else:
                page.close(element)
        page.end_line()
        page.end_sign()
    return Manuscript("html", encoding, "".join(page.text), page.lines, page.marks)


def shallow(text: str) -> str:
    """Return the page without the tags that nest too deep; their text stays."""
    if text.count("<") < DEPTH:
        return text
    depth = 0

    def counted(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _VOID or tag[0].endswith("/>"):
            return tag[0]
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return tag[0] if depth + bool(tag[1]) <= DEPTH else " "

    return _TAG.sub(counted, text)


@dataclass
class _Page:
    """The text that is made while elements open and close."""

    text: list[str] = field(default_factory=list)
    size: int = 0
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    line: Line | None = None
    open_marks: list[tuple[etree._Element, str, str, int]] = field(default_factory=list)
    dropped: etree._Element | None = None
    aside: list[etree._Element] = field(default_factory=list)
    places: list[tuple[etree._Element, str]] = field(default_factory=list)
    lists: list[etree._Element] = field(default_factory=list)
    item: list[etree._Element] = field(default_factory=list)
    has_bullet: bool = False
    heading: int = 0
    articles: list[tuple[etree._Element, int]] = field(default_factory=list)
    article_count: int = 0
    pre: int = 0
    gap: int = 0
    ends_blank: bool = True
    wrappers: set[etree._Element] = field(default_factory=set)
    length: int = 0
    sign: Line | None = None
    # Whether an inline element has just ended, and nothing stands behind it.
    after_inline: bool = False
    # First headings that are the name of the site.
    logos: set[etree._Element] = field(default_factory=set)
    # Items of lists that are cards, with a headline or a picture in them, and no bullets.
    containers: set[etree._Element] = field(default_factory=set)

    def survey(self, root: etree._Element) -> None:
        """Note which elements hold the story, so that none of them is taken for navigation."""
        self.length = sum(map(len, root.itertext()))
        self.logos = {element for element in root.iter("h1") if elements.is_logo(element)}
        elements.add_ancestors(self.wrappers, root, "h1", "article", "main", leave=self.logos)
        elements.add_ancestors(self.containers, root, "h1", "h2", "h3", "h4", "article", "figure")

    # Elements

    def open(self, element: etree._Element) -> None:
        """Begin an element, and say the text before its first child."""
        if self.dropped is not None:
            return
        tag = element.tag
        if (
            not isinstance(tag, str)
            or tag in _DROPPED
            or elements.is_hidden(element)
            or elements.is_comment_mark(tag, element)
        ):
            self.dropped = element
            return
        if tag in _BLOCKS:
            self.end_line()
            self._open_block(tag, element)
        elif tag == "br" and self.heading:
            self.say(" ")
        elif tag == "br":
            self.end_line()
        else:
            self._open_inline(tag, element)
        self._look_at(tag, element)
        self.say(element.text)

    def close(self, element: etree._Element) -> None:
        """End an element, and say the text after it."""
        self.after_inline = element.tag in ("span", "a", "time") and not (element.tail or "")
        if self.dropped is not None:
            if self.dropped is not element:
                return
            self.dropped = None
        elif isinstance(element.tag, str):
            self._close(element.tag, element)
            if self.line is not None and elements.stands_before_caption(element, _CREDIT_NAMES):
                self.end_line()
        self.say(element.tail)

    def _open_block(self, tag: str, element: etree._Element) -> None:
        if tag in ("ul", "ol", "menu", "dir"):
            self.lists.append(element)
        elif tag == "li" and element not in self.containers and not self._is_of("byline"):
            self.item.append(element)
            self.has_bullet = False
        elif tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag == "pre":
            self.pre += 1
        elif tag == "article":
            self.article_count += 1
            self.articles.append((element, self.article_count))
        elif tag == "hr":
            self.line = self._new_line("rule")
            self._put("---")
            self.end_line()
        elif tag == "img" and not self.aside:
            self._show_alt(element)
        elif tag in ("p", "div", "section", "table"):
            self.gap = 1

    def _ends_word(self) -> bool:
        """Tell whether the text so far ends where a page would set the next element apart: "9.40am" before "Updated"."""
        last = self.text[-1][-1:] if self.text else ""
        return last.islower() or last.isdigit()

    def _is_of(self, place: str) -> bool:
        return bool(self.places) and self.places[-1][1] == place

    def _open_inline(self, tag: str, element: etree._Element) -> None:
        if self.after_inline and not self.ends_blank and (element.text or "")[:1].isupper() and self._ends_word():
            self.say(" ")
        is_unended = self.line is not None and "".join(self.text[-2:]).rstrip()[-1:].isalnum()
        if is_unended and self._is_of("caption") and elements.ends_caption(element):
            self.end_line()
        for kind, value in elements.marks(tag, element):
            if all(kind != one[1] for one in self.open_marks):
                self.open_marks.append((element, kind, value, self.size))

    def _look_at(self, tag: str, element: etree._Element) -> None:
        """Note what the page says that an element is."""
        names = elements.names(element)
        if tag in _BLOCKS and not self.aside and self._is_aside(tag, element, names):
            self.aside.append(element)
        if tag in ("figcaption", "caption") or _CAPTION_NAMES.search(names):
            self.places.append((element, "caption"))
        elif tag in ("cite", "footer") and self._is_of("quote"):
            self.end_line()
            self.places.append((element, "cite"))
        elif tag == "table" and elements.holds_data(element):
            self.places.append((element, "table"))
        elif tag == "blockquote":
            self.places.append((element, "quote"))
        elif tag in ("p", "div", "span", "address", "li", "a", "ul", "ol") and _BYLINE_NAMES.search(names):
            self.places.append((element, "byline"))

    def _is_aside(self, tag: str, element: etree._Element, names: str) -> bool:
        if element in self.logos:
            return True
        if tag in ("html", "body", "main", "article") or tag in _HEADINGS or element in self.wrappers:
            return False
        if tag in ("div", "p") and elements.is_comment(element):
            return True
        is_named = tag in _ASIDE or element.get("role") in _ASIDE_ROLES or bool(_ASIDE_NAMES.search(names))
        if tag in ("header", "footer") and not is_named:
            is_named = not elements.is_in_article(element) and next(element.iter("h2"), None) is None
        # What holds a third of the page is no navigation, whatever it is called.
        return is_named and sum(map(len, element.itertext())) * 3 < self.length + 300

    def _close(self, tag: str, element: etree._Element) -> None:
        if tag in _BLOCKS or (self.aside and self.aside[-1] is element):
            self.end_line()
        while self.open_marks and self.open_marks[-1][0] is element:
            _, kind, value, start = self.open_marks.pop()
            self._mark(kind, value, start)
        if self.aside and self.aside[-1] is element:
            self.aside.pop()
        if self.places and self.places[-1][0] is element:
            self.places.pop()
        if self.lists and self.lists[-1] is element:
            self.lists.pop()
        if self.item and self.item[-1] is element:
            self.item.pop()
            self.has_bullet = bool(self.item)
        if self.articles and self.articles[-1][0] is element:
            self.articles.pop()
        if tag in _HEADINGS:
            self.heading = 0
        elif tag == "pre":
            self.pre -= 1
        elif tag in ("p", "div", "section", "table"):
            self.gap = 1

    # Words

    def say(self, words: str | None) -> None:
        """Add running text."""
        if not words:
            return
        if self.pre and "\n" in words:
            for place, row in enumerate(words.split("\n")):
                if place:
                    self.end_line()
                self._say(row)
        else:
            self._say(words)

    def _say(self, words: str) -> None:
        words = _BLANK.sub(" ", words).replace("\n", " ")
        if self.ends_blank:
            words = words.lstrip(" ")
        if not words:
            return
        if self.line is None:
            self._begin_line()
        self._put(words)
        self.ends_blank = words.endswith(" ")

    def _begin_line(self) -> None:
        place = "aside" if self.aside else (self.places[-1][1] if self.places else "")
        if self.aside and _TRAIL_NAMES.search(elements.names(self.aside[-1])):
            place = "trail"
        is_cite = place == "cite"
        line = self._new_line("quote" if is_cite else place)
        line.goes_on = is_cite and bool(self.lines) and self.lines[-1].place == "quote"
        depth = len(self.lists)
        line.heading = self.heading
        line.indent = 2 * depth
        if self.item:
            line.goes_on = self.has_bullet or line.goes_on
            line.bullet = "" if self.has_bullet else "•"
            self.has_bullet = True
            blank = "  " * max(depth - 1, 0)
            self._put(blank)
            line.lead = self.size
            self._put(line.bullet + " " if line.bullet else "  ")
        line.start = self.size
        if not line.bullet:
            line.lead = line.start
        self.line = line

    def _new_line(self, place: str) -> Line:
        line = Line(self.size, self.size, self.size, place=place, gap=self.gap)
        line.article = self.articles[-1][1] if self.articles else 0
        self.gap = 0
        return line

    def _put(self, words: str) -> None:
        self.text.append(words)
        self.size += len(words)

    def end_line(self) -> None:
        """End the line that is being made, if there is one."""
        self.ends_blank = True
        line, self.line = self.line, None
        if line is None:
            return
        line.end = self.size
        self.text.append("\n")
        for place, (element, kind, value, start) in enumerate(self.open_marks):
            self._mark(kind, value, start, line)
            self.open_marks[place] = (element, kind, value, self.size + 1)
        self.size += 1
        words = "".join(self.text[self._pieces_from(line.start) :]).strip()
        if words in BULLET_SIGNS and not line.bullet:
            # Some mails set a list as a table: the sign in one cell, the words in the next.
            self.end_sign()
            self.sign = line
            line.bullet = words
            return
        if self.sign and words:
            line.bullet, line.lead, self.sign = self.sign.bullet, self.sign.lead, None
        if words and not line.bullet and not line.place:
            _find_sign(line, words)
        if words:
            self.lines.append(line)

    def end_sign(self) -> None:
        """Let a sign that no words followed be a rule, for want of anything else."""
        if self.sign:
            self.sign.bullet, self.sign.place = "", "rule"
            self.lines.append(self.sign)
            self.sign = None

    def _pieces_from(self, start: int) -> int:
        """Return the first piece of the text that stands at or after a place near its end."""
        place, size = len(self.text), self.size
        while place and size > start:
            place -= 1
            size -= len(self.text[place])
        return place

    def _mark(self, kind: str, value: str, start: int, line: Line | None = None) -> None:
        line = line or self.line
        end = min(self.size, line.end) if line and line.end > line.start else self.size
        start = max(start, line.start) if line else start
        if end > start:
            self.marks.append(Mark(start, end, kind, value))

    def _show_alt(self, element: etree._Element) -> None:
        words = " ".join((element.get("alt") or "").split())
        if words:
            self.line = self._new_line("alt")
            self._put(words)
            self.end_line()


def _find_sign(line: Line, words: str) -> None:
    """Find the sign of a list that is typed, as word processors put it on the clipboard."""
    find_bullet(line, words)
    if line.place == "rule":
        line.place = ""
    if line.start == line.end:
        line.bullet, line.start = "", line.lead
