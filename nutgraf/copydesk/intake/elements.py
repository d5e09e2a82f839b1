"""Tell what an element of a page is by its tag, its names and its style: a logo, a comment, hidden, a table of figures."""

from __future__ import annotations

import re
from collections.abc import Set

from lxml import etree

_LOGO_NAMES = re.compile(
    r"(?:^|[\s_-])(?:logo|site-?(?:title|name)|brand|masthead|blog-?title)(?:[\s_-]|$)", re.IGNORECASE
)
_FIRST_PAGE = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?\Z|#\Z")
_COMMENT_MARK = re.compile(r"#(?:cmnt|ftnt)\d")
_COMMENT = re.compile(r"#(?:cmnt|ftnt)_ref\d")
_HIDDEN_NAMES = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text|u-hidden)(?:\s|$)")
# The words of a credit, at most.
LONGEST_CREDIT = 8
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00|lighter)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_FIGURES = re.compile(r"[-+−–$£€¥]*\d[\d.,:%()$£€¥ +−–-]*")


def is_logo(element: etree._Element) -> bool:
    """Tell a heading that is the site's name from a headline: it is called so, or leads to the first page."""
    if _LOGO_NAMES.search(names(element)):
        return True
    link = next(element.iter("a"), None)
    return link is not None and bool(_FIRST_PAGE.match(link.get("href") or "x"))


def add_ancestors(
    found: set[etree._Element], root: etree._Element, *tags: str, leave: Set[etree._Element] = frozenset()
) -> None:
    """Add to a set all that stands around the elements of some tags."""
    for element in root.iter(*tags):
        if element in leave:
            continue
        for around in element.iterancestors():
            if around in found:
                break
            found.add(around)


def names(element: etree._Element) -> str:
    """Return all that the page calls an element."""
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('aria-label', '')}"


def holds_data(table: etree._Element) -> bool:
    """Tell a table of figures from one that sets a page: by its heads of columns, or by figures in each of its rows."""
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "h3", "li", "img"), None) is not None:
        return False
    if next(table.iterdescendants("th"), None) is not None:
        return True
    rows = [["".join(cell.itertext()).strip() for cell in row.iter("td")] for row in table.iter("tr")]
    is_even = len(rows) > 1 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
    return is_even and all(any(map(_FIGURES.fullmatch, row[1:])) for row in rows[1:])


def is_comment_mark(tag: str, element: etree._Element) -> bool:
    """Tell the mark of a comment or a footnote, as documents shared by their writers have it."""
    return tag == "a" and bool(_COMMENT_MARK.match(element.get("href") or ""))


def is_comment(element: etree._Element) -> bool:
    """Tell a comment or footnote by the way back to its mark, with which it begins."""
    for _ in range(3):
        if not len(element):
            return False
        element = element[0]
        if element.tag == "a":
            return bool(_COMMENT.match(element.get("href") or ""))
    return False


def marks(tag: str, element: etree._Element) -> list[tuple[str, str]]:
    """Return what an element makes of its words, as pairs of kind and value: bold, italic, a link, a moment."""
    style = element.get("style") or ""
    bold = _BOLD_STYLE.search(style) if style else None
    italic = _ITALIC_STYLE.search(style) if style else None
    found = []
    if bold and bold[1].lower() in ("bold", "600", "700", "800", "900") or (tag in ("b", "strong") and not bold):
        found.append(("bold", ""))
    if italic and italic[1].lower() != "normal" or (tag in ("i", "em") and not italic):
        found.append(("italic", ""))
    if tag == "a" and element.get("href"):
        found.append(("link", element.get("href", "").strip()))
    if tag == "time" and element.get("datetime"):
        found.append(("time", element.get("datetime", "").strip()))
    return found


def stands_before_caption(element: etree._Element, credit_names: re.Pattern[str]) -> bool:
    """Tell a credit within a line that the caption follows, set apart by nothing but their names."""
    if element.tag != "span" or not credit_names.search(names(element)):
        return False
    following = element.getnext()
    if following is None or following.tag != "span" or (element.tail or "").strip():
        return False
    return "".join(following.itertext()).strip()[:1].isupper() and not (
        element.getprevious() is not None and element.getprevious().tag == "span"
    )


def ends_caption(element: etree._Element) -> bool:
    """Tell a credit at the end of a caption that only its dress sets apart: "A cellar <small>Jo Lind / AFP</small>"."""
    if element.tag not in ("small", "cite", "em", "i") or element.getnext() is not None or (element.tail or "").strip():
        return False
    words = "".join(element.itertext()).strip()
    return words[:1].isupper() and 0 < len(words.split()) <= LONGEST_CREDIT and words[-1:].isalnum()


def is_hidden(element: etree._Element) -> bool:
    """Tell what a browser does not show."""
    if not element.attrib:
        return False
    style, classes = element.get("style"), element.get("class")
    return (
        "hidden" in element.attrib
        or bool(style and _HIDDEN_STYLE.search(style))
        or bool(classes and _HIDDEN_NAMES.search(classes))
    )


def is_in_article(element: etree._Element) -> bool:
    """Tell whether an element stands within the story's own."""
    return next(element.iterancestors("article", "main", "section", "figure", "blockquote"), None) is not None
