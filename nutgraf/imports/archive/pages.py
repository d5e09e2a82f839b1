"""Read the HTML of a story's body as blocks in their order, and tell of everything that no block can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import etree

from nutgraf.copydesk.inline import Run
from nutgraf.copydesk.intake.pages import shallow
from nutgraf.copydesk.known_bodies import Block, Kind

_GONE = {"script": "a script", "style": "a style sheet", "template": "a template", "link": "a style sheet"}
_FORMS = frozenset(["form", "input", "select", "textarea", "button", "datalist", "fieldset"])
_EMBEDS = {
    "iframe": "src", "embed": "src", "object": "data", "video": "src", "audio": "src", "amp-iframe": "src",
}  # fmt: skip
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt figcaption figure footer header hgroup html li"
    " main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BOLD = frozenset(["b", "strong"])
_ITALIC = frozenset(["i", "em", "cite", "dfn", "var"])
_LIBRARY_NUMBER = re.compile(r"(?:^|\s)wp-image-(\d+)(?:\s|$)")
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Smileys and the dots by which somebody counts readers.
_TINY = frozenset(["0", "1", "2", "0px", "1px", "2px"])


@dataclass(slots=True)
class Shown:
    """A picture in a body, by its number there and its address."""

    block: Block
    key: str
    url: str


@dataclass
class Page:
    """What a body was read as."""

    blocks: list[Block] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    # Words and a reason each.
    left: list[tuple[str, str]] = field(default_factory=list)


def read(html: str, *, base: str = "") -> Page:
    """Return the blocks of some HTML; nothing that a reader could see is lost without being told."""
    walk = _Walk(base)
    source = shallow(_CONTROLS.sub("", html)).strip()
    if source:
        parser = etree.HTMLParser(huge_tree=True, recover=True, encoding="utf-8")
        root = etree.fromstring(f"<body>{source}</body>".encode("utf-8", "replace"), parser)
        if root is not None:
            walk.visit(root)
    walk.flush()
    return walk.page


class _Walk:
    """A body, while its elements are gone through."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.page = Page()
        self.runs: list[Run] = []
        self.pictures: list[Shown] = []
        self.bold = self.italic = 0
        self.links: list[str] = []
        self.kind: Kind = "text"
        self.level = 0
        self.by = ""
        self.breaks = 0
        self.is_pre = False

    # Words

    def say(self, words: str | None) -> None:
        if not words:
            return
        if self.is_pre:
            for place, line in enumerate(words.splitlines()):
                if place:
                    self.flush()
                self._add(line)
            return
        self._add(words)

    def _add(self, words: str) -> None:
        words = _SPACES.sub(" ", words)
        if words.strip():
            self.breaks = 0
        self.runs.append(Run(words, self.bold > 0, self.italic > 0, self.links[-1] if self.links else ""))

    def flush(self) -> None:
        """End the block at hand; pictures that stood in it follow it."""
        runs, self.runs = self.runs, []
        if any(run.text.strip() for run in runs):
            self.page.blocks.append(Block(self.kind, runs, level=min(max(self.level, 1), 2), by=self.by))
        for shown in self.pictures:
            self.page.blocks.append(shown.block)
            self.page.pictures.append(shown)
        self.pictures = []
        self.breaks = 0

    def leave(self, words: str, reason: str) -> None:
        self.page.left.append((" ".join(words.split())[:500], reason))

    # Elements

    def visit(self, element: etree._Element) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        if tag in _GONE or tag in _FORMS:
            words = "".join(element.itertext()).strip() or str(element.get("src") or "")
            if words:
                self.leave(words, _GONE.get(tag, "a form"))
        elif tag in _EMBEDS:
            self._take_embed(element, _EMBEDS[tag])
        elif tag == "img":
            self._take_picture(element)
        elif tag == "br":
            self._take_break()
        elif tag == "hr":
            self.flush()
        elif tag == "table" and _holds_data(element):
            self._take_table(element)
        elif tag == "figure" or "wp-caption" in (element.get("class") or "").split():
            self._take_figure(element)
        elif tag == "blockquote":
            self._take_quotation(element)
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._take_block(tag, element)
        else:
            self._take_inline(tag, element)

    def inside(self, element: etree._Element) -> None:
        self.say(element.text)
        for child in element:
            self.visit(child)
            self.say(child.tail)

    def _take_block(self, tag: str, element: etree._Element) -> None:
        self.flush()
        before = self.kind, self.level, self.is_pre, self.bold
        if tag in _HEADINGS:
            self.kind = "head"
        elif tag in ("li", "dd"):
            self.kind = "bullet"
        elif tag in ("ul", "ol", "dl", "menu"):
            self.level += 1
        elif tag == "dt":
            self.kind, self.bold = "text", self.bold + 1
        elif tag == "pre":
            self.is_pre = True
        self.inside(element)
        self.flush()
        self.kind, self.level, self.is_pre, self.bold = before

    def _take_inline(self, tag: str, element: etree._Element) -> None:
        link = (element.get("href") or "").strip() if tag == "a" else ""
        self.bold += tag in _BOLD
        self.italic += tag in _ITALIC
        if link:
            self.links.append(self._whole(link))
        self.inside(element)
        if link:
            self.links.pop()
        self.bold -= tag in _BOLD
        self.italic -= tag in _ITALIC

    def _take_break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self.flush()
        else:
            self.runs.append(Run(" "))

    def _whole(self, address: str) -> str:
        if not self.base or address.startswith("#"):
            return address
        try:
            return urljoin(self.base, address)
        except ValueError:
            return address

    # What is not running text

    def _take_picture(self, element: etree._Element, caption: str = "") -> None:
        url = (element.get("src") or element.get("data-src") or "").strip()
        url = self._whole(url) if url else ""
        alt = " ".join((element.get("alt") or "").split())
        names = element.get("class") or ""
        if "wp-smiley" in names.split() or (element.get("width") in _TINY and element.get("height") in _TINY):
            self.say(alt)
            return
        number = _LIBRARY_NUMBER.search(names)
        if url.startswith("data:") or not (url or number):
            self.leave(alt or "a picture", "a picture without an address")
            return
        shown = Shown(Block("picture", alt=alt, caption=caption), element.get("data-id") or "", url)
        shown.key = number[1] if number else shown.key
        self.pictures.append(shown)

    def _take_figure(self, element: etree._Element) -> None:
        self.flush()
        captions = [one for one in element if one.tag == "figcaption" or "wp-caption-text" in (one.get("class") or "")]
        pictures = [one for one in element.iter("img") if _figure_of(one) is element]
        caption = " ".join(" ".join("".join(one.itertext()) for one in captions).split())
        is_of_one = len(pictures) == 1 and not any(True for _ in element.iterdescendants("figure"))
        self.say(element.text)
        for child in element:
            if child not in captions:
                self.visit(child)
            self.say(child.tail)
        if is_of_one and self.pictures:
            self.pictures[-1].block.caption = caption
            self.flush()
            return
        self.flush()
        for one in captions:
            self.inside(one)
            self.flush()

    def _take_quotation(self, element: etree._Element) -> None:
        """Take a quotation whose last line, or whose `cite`, says who spoke."""
        self.flush()
        cites = [one for one in element.iter("cite", "footer") if one.getparent() is not None]
        last = cites[-1] if cites else None
        by = " ".join("".join(last.itertext()).split()).lstrip("—–- ") if last is not None else ""
        paragraphs = [one for one in element if one.tag == "p" and one is not last and "".join(one.itertext()).strip()]
        is_one = len(paragraphs) <= 1 and element.find(".//ul") is None and element.find(".//ol") is None
        if last is not None and by and is_one:
            parent, tail = last.getparent(), last.tail
            previous = last.getprevious()
            if previous is not None:
                previous.tail = (previous.tail or "") + (tail or "")
            else:
                parent.text = (parent.text or "") + (tail or "")
            parent.remove(last)
            self._inside_quotation(element, by)
        else:
            self._inside_quotation(element, "")

    def _inside_quotation(self, element: etree._Element, by: str) -> None:
        before = self.kind, self.by
        places = len(self.page.blocks)
        self.kind, self.by = "quote", by
        self.inside(element)
        self.flush()
        self.kind, self.by = before
        if by and not any(block.by for block in self.page.blocks[places:]):
            self.say(f"— {by}")
            self.flush()

    def _take_embed(self, element: etree._Element, attribute: str) -> None:
        """Leave a link to what cannot be played here."""
        self.flush()
        source = element.find(".//source")
        address = element.get(attribute) or element.get("data-src") or (source.get("src") if source is not None else "")
        words = "".join(element.itertext()).strip()
        if address:
            address = self._whole(address.strip())
            self.runs.append(Run(element.get("title") or address, link=address))
            self.flush()
        self.leave(
            address or words or f"<{element.tag}>",
            "what is played there; a link leads to it" if address else "an embed without an address",
        )

    def _take_table(self, table: etree._Element) -> None:
        """Take each row of a table of figures as a bullet."""
        self.flush()
        for caption in table.iterchildren("caption"):
            self.inside(caption)
            self.flush()
        before = self.kind, self.level
        self.kind, self.level = "bullet", 1
        for row in table.iter("tr"):
            for place, cell in enumerate(row.iterchildren("td", "th")):
                if place:
                    self.say("; ")
                self._inside_cell(cell)
            self.flush()
        self.kind, self.level = before
        self.leave("".join(table.itertext()), "a table; its rows became bullets")

    def _inside_cell(self, cell: etree._Element) -> None:
        self.say(cell.text)
        for child in cell:
            if child.tag in _BLOCKS or child.tag == "br":
                self.say(" ")
                self._inside_cell(child)
            else:
                self.visit(child)
            self.say(child.tail)


def _figure_of(element: etree._Element) -> etree._Element | None:
    return next(
        (
            one
            for one in element.iterancestors()
            if one.tag == "figure" or "wp-caption" in (one.get("class") or "").split()
        ),
        None,
    )


def _holds_data(table: etree._Element) -> bool:
    """Tell a table of words or figures from one that sets a page."""
    return table.find(".//table") is None and table.find(".//img") is None and table.get("role") != "presentation"
