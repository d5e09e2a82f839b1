"""The elements of a feed beside what the feed library makes of them: what came word for word, pictures' words, tombstones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from lxml import etree

from nutgraf.imports.wire.items import Item, NotAFeed, Picture, Status
from nutgraf.imports.wire.reading import words

TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
ATOM = "{http://www.w3.org/2005/Atom}"
DRAFT = "{http://www.w3.org/2007/app}draft"
MEDIA = ("{http://search.yahoo.com/mrss/}", "{http://search.yahoo.com/mrss}")
ITEMS = frozenset(["item", "entry"])
# A sign that a document defines for itself is one letter, or a few: nothing else does any good.
LONGEST_SIGN = 100
_SIGN = re.compile(rb"<!ENTITY\s+(?:%\s+)?(\S+)\s*(?:\"([^\"]*)\"|'([^']*)'|(.))", re.DOTALL)
_HARMLESS = re.compile(rb"(?:[^&]|&#\w{1,8};)*", re.DOTALL)
_PICTURE_NAMES = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|tiff?|heic)\Z", re.IGNORECASE)


def refuse_bombs(data: bytes) -> None:
    """Raise NotAFeed for a document whose own signs stand for others, or for much; files that they stand for are not read."""
    for found in _SIGN.finditer(data):
        value = found[2] if found[2] is not None else found[3]
        if value is not None and (len(value) > LONGEST_SIGN or not _HARMLESS.fullmatch(value)):
            raise NotAFeed(_("it defines entities that stand for other things than signs, which can hide a bomb"))


def parsed(data: bytes, *, recover: bool = True) -> etree._Element | None:
    """Return the root of a document, as far as it can be read; without signs of its own, which nobody needs here."""
    if b"<!ENTITY" in data:
        return None
    parser = etree.XMLParser(recover=recover, resolve_entities=False, no_network=True, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def items(root: etree._Element | None, count: int) -> list[etree._Element | None]:
    """Return the elements of a feed's items, if they are as many as the library found; else nothing for each."""
    found = [one for one in root.iter() if local(one) in ITEMS and not _is_inside_item(one)] if root is not None else []
    return [*found] if len(found) == count else [None] * count


def tombstones(root: etree._Element | None) -> Iterator[Item]:
    """Yield what a feed says of entries that it took back (RFC 6721)."""
    for element in root.iter(TOMBSTONE) if root is not None else ():
        remarks: words.Remarks = []
        if ref := words.line(element.get("ref")):
            comment = next((one for one in element if local(one) == "comment"), None)
            yield Item(
                id=ref,
                lede=words.line("".join(comment.itertext())) if comment is not None else "",
                changed=words.moment(element.get("when"), remarks),
                status=Status.CANCELED,
                remarks=tuple(remarks),
                original=written(element),
            )


def is_held_back(element: etree._Element | None) -> bool:
    """Tell whether an entry says of itself that it is a draft (RFC 5023)."""
    return element is not None and any(words.line(one.text) == "yes" for one in element.iter(DRAFT))


def identity(element: etree._Element | None) -> str:
    """Return what an entry calls itself, letter by letter: the library takes it for an address and makes it whole.

    So the same item would have another name as soon as the feed has another address.
    """
    for name in ("guid", f"{ATOM}id"):
        for one in element.iterchildren(name) if element is not None else ():
            if said := words.line(one.text):
                return said
    return ""


def written(element: etree._Element) -> str:
    """Return an element as XML."""
    return words.tidy(etree.tostring(element, encoding="unicode", with_tail=False))


def without_media_words(data: bytes) -> bytes:
    """Return a feed without what it says of its pictures, which the library would take for the words of the story."""
    root = parsed(data, recover=False) if any(name[1:-1].encode() in data for name in MEDIA) else None
    said = (
        [one for name in MEDIA for one in root.iter(f"{name}description", f"{name}title")] if root is not None else []
    )
    for one in said:
        etree.strip_elements(one.getparent(), one.tag, with_tail=False)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) if said else data


def pictures(element: etree._Element | None, base: str) -> list[Picture]:
    """Return the pictures that an item names by Media RSS; of one in several sizes the widest."""
    if element is None:
        return []
    groups = [one for name in MEDIA for one in element.iter(f"{name}group")]
    contents = [one for name in MEDIA for one in element.iter(f"{name}content")]
    alone = [[one] for one in contents if one.getparent() not in groups]
    found = []
    for sizes in [*([one for one in group if one in contents] for group in groups), *alone]:
        if shown := [one for one in sizes if _is_picture(one)]:
            widest = max(shown, key=lambda one: _number(one.get("width")))
            found.append(_picture(widest, element, base, is_only=len(contents) == len(sizes)))
    if not found:
        thumbnails = [one for name in MEDIA for one in element.iter(f"{name}thumbnail")]
        found = [_picture(one, element, base, is_only=True) for one in thumbnails[:1]]
    return [one for one in found if one.address]


def is_picture(address: str, content_type: str, medium: str = "") -> bool:
    """Tell whether something beside an item is a picture."""
    if content_type or medium:
        return medium == "image" or content_type.lower().startswith("image/")
    return bool(_PICTURE_NAMES.search(address.partition("?")[0]))


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    # Without the library's own way, which refuses a name whose prefix the document forgot to declare.
    return re.split(r"[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def _is_picture(element: etree._Element) -> bool:
    return is_picture(element.get("url") or "", element.get("type") or "", element.get("medium") or "")


def _picture(element: etree._Element, item: etree._Element, base: str, *, is_only: bool) -> Picture:
    """Return a picture with its words: those that stand in it, or round it, or in the item if there is but one."""
    places = [element]
    parent = element.getparent()
    if parent is not None and local(parent) in ("group", "content"):
        places.append(parent)
    elif is_only:
        places.append(item)

    def said(name: str) -> str:
        for place in places:
            for one in place:
                if local(one) == name and one.tag in [f"{media}{name}" for media in MEDIA]:
                    return words.plain("".join(one.itertext()))
        return ""

    caption = said("description") or said("text")
    return Picture(words.whole(element.get("url"), base), alt=said("title"), credit=said("credit"), caption=caption)


def _is_inside_item(element: etree._Element) -> bool:
    return any(local(one) in ITEMS for one in element.iterancestors())


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() else 0
