"""Read what a picture says about itself, in XMP, in IPTC's older records and in EXIF, in this order of trust."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from PIL import IptcImagePlugin
from PIL.ExifTags import Base
from PIL.ImageFile import ImageFile

logger = logging.getLogger(__name__)

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
XMP_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"

# The older records (IPTC's Information Interchange Model), by number.
CHARACTER_SET = (1, 90)
OBJECT_NAME, EXPIRATION_DATE, INSTRUCTIONS = (2, 5), (2, 37), (2, 40)
BY_LINE, HEADLINE, CREDIT, SOURCE = (2, 80), (2, 105), (2, 110), (2, 115)
COPYRIGHT_NOTICE, CAPTION = (2, 116), (2, 120)

# As long as the picture's own fields of one line.
LINE_LENGTH = 255

Texts = dict[Any, list[str]]


@dataclass(frozen=True)
class Facts:
    """What a file says about its picture, under the names of the picture's fields."""

    title: str = ""
    description: str = ""
    caption: str = ""
    credit_line: str = ""
    rights_note: str = ""
    source: str = ""
    use_until: datetime.date | None = None

    def missing_from(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is known here and was not typed."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in known.items() if value and not typed.get(name)}


def read(image: ImageFile) -> Facts:
    """Return what the file says; nothing that is wrong with it raises an error."""
    said = _attempt(_read_exif, image) | _attempt(_read_iim, image) | _attempt(_read_xmp, image)

    def first(*keys: Any) -> str:
        return next((", ".join(said[key]) for key in keys if said.get(key)), "")

    source = first(PHOTOSHOP + "Source", SOURCE)
    rights = (
        first(DC + "rights", COPYRIGHT_NOTICE, Base.Copyright),
        first(XMP_RIGHTS + "UsageTerms"),
        first(PHOTOSHOP + "Instructions", INSTRUCTIONS),
    )
    return Facts(
        title=_line(first(DC + "title", OBJECT_NAME, PHOTOSHOP + "Headline", HEADLINE)),
        description=_line(first(IPTC_CORE + "AltTextAccessibility", IPTC_CORE + "ExtDescrAccessibility")),
        caption=first(DC + "description", CAPTION, Base.ImageDescription),
        credit_line=_line(
            credit(
                line=first(PHOTOSHOP + "Credit", CREDIT),
                creator=first(DC + "creator", BY_LINE, Base.Artist),
                source=source,
                supplier=first(PLUS + "ImageSupplierName"),
            )
        ),
        rights_note="\n".join(dict.fromkeys(filter(None, rights))),
        source=_line(source),
        use_until=_date(first(PLUS + "LicenseEndDate", EXPIRATION_DATE)),
    )


def credit(*, line: str, creator: str, source: str, supplier: str) -> str:
    """Return the credit line that the file asks for, or build one: maker, agency, and who passed it on."""
    if line:
        return line
    chain = creator
    for joint, name in (("/", source), (" via ", supplier)):
        if name.casefold() not in chain.casefold():
            chain = f"{chain}{joint}{name}" if chain else name
    return chain


def _attempt(reader: Callable[[ImageFile], Texts], image: ImageFile) -> Texts:
    try:
        return reader(image)
    except Exception as error:  # Strangers wrote it with any tool there is: no upload fails for it.
        logger.info("A picture's metadata cannot be read (%s: %r)", reader.__name__, error)
        return {}


def _read_xmp(image: ImageFile) -> Texts:
    said: Texts = {}
    packet = image.getxmp(strip_namespaces=False)
    for description in _find(_find(packet, RDF + "RDF"), RDF + "Description"):
        if isinstance(description, dict):
            said |= {name: texts for name, value in description.items() if (texts := _clean(_flatten(value)))}
    if suppliers := _clean(name for value in _find(packet, PLUS + "ImageSupplierName") for name in _flatten(value)):
        said[PLUS + "ImageSupplierName"] = suppliers
    return said


def _find(value: Any, name: str) -> Iterator[Any]:
    """Yield what is called by that name at any depth, but not what is inside of it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name:
                yield from inner if isinstance(inner, list) else [inner]
            else:
                yield from _find(inner, name)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for inner in value:
            yield from _find(inner, name)


def _flatten(value: Any) -> list[str]:
    """Return the texts of an XMP property; of one in several languages, the one to fall back on."""
    match value:
        case str():
            return [value]
        case list():
            return [text for inner in value for text in _flatten(inner)]
        case {"text": str(text)}:
            return [text]
        case dict() if choices := value.get(RDF + "Alt"):
            items = _items(choices)
            default = [item for item in items if isinstance(item, dict) and item.get(LANGUAGE) == "x-default"]
            return _flatten((default or items)[:1])
        case dict() if several := value.get(RDF + "Seq") or value.get(RDF + "Bag"):
            return _flatten(_items(several))
    return []


def _items(container: Any) -> list[Any]:
    items = container.get(RDF + "li") if isinstance(container, dict) else None
    return items if isinstance(items, list) else [items]


def _read_iim(image: ImageFile) -> Texts:
    records = IptcImagePlugin.getiptcinfo(image) or {}
    is_utf8 = records.get(CHARACTER_SET) == b"\x1b%G"
    said: Texts = {}
    for number, value in records.items():
        if number[0] == 2:
            values = value if isinstance(value, list) else [value]
            said[number] = _clean(_decode(text, is_utf8=is_utf8) for text in values)
    return said


def _read_exif(image: ImageFile) -> Texts:
    exif = image.getexif()
    said: Texts = {}
    for tag in (Base.ImageDescription, Base.Artist, Base.Copyright):
        if isinstance(text := exif.get(tag), str):
            # EXIF is ASCII by its own rules, UTF-8 in practice, and Pillow hands out Latin-1.
            said[tag] = _clean([_decode(text.encode("latin-1", "replace"))])
    # Cameras put their own name there: SONY DSC, OLYMPUS DIGITAL CAMERA.
    if any(text.isupper() for text in said.get(Base.ImageDescription, ())):
        del said[Base.ImageDescription]
    return said


def _decode(raw: bytes, *, is_utf8: bool = False) -> str:
    if is_utf8:
        return raw.decode(errors="replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _clean(texts: Iterable[str]) -> list[str]:
    """Drop what is empty, and control characters, which PostgreSQL refuses and nobody wrote on purpose."""
    tidy = (re.sub(r"[^\S\n]+", " ", re.sub(r"\r\n?", "\n", text)) for text in texts)
    printable = ("".join(char for char in text if char == "\n" or char.isprintable()).strip() for text in tidy)
    return [text for text in printable if text]


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LINE_LENGTH else f"{line[: LINE_LENGTH - 1]}…"


def _date(text: str) -> datetime.date | None:
    if not (parts := re.match(r"(\d{4})-?(\d{2})-?(\d{2})", text)):
        return None
    try:
        return datetime.date(*map(int, parts.groups()))
    except ValueError:
        return None
