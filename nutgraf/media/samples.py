"""Pictures for tests and trials, drawn on the spot, with any metadata that a camera or an agency would leave."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import PIL.Image
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL.ExifTags import GPS, IFD, Base

from nutgraf.media import actions, metadata
from nutgraf.media.models import Picture

XMP_PREFIXES = {
    "dc": metadata.DC,
    "photoshop": metadata.PHOTOSHOP,
    "xmpRights": metadata.XMP_RIGHTS,
    "Iptc4xmpCore": metadata.IPTC_CORE,
    "plus": metadata.PLUS,
}


def make_picture(name: str = "harbour.jpg", size: tuple[int, int] = (600, 400), **texts: Any) -> Picture:
    """Add a picture that a story could be published with, unless a text is given as empty."""
    texts = {
        "title": "Harbour",
        "alt_text": "Two cranes over an empty quay.",
        "caption": "The harbour of Port Ellery on Tuesday.",
        "credit_line": "Ada Quill/Nutgraf",
    } | texts
    picture = actions.add(file=make_upload(name, size), by=None, **{key: text for key, text in texts.items() if text})
    return picture


def make_upload(name: str = "harbour.jpg", size: tuple[int, int] = (600, 400), **options: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_bytes(name.rpartition(".")[2], size, **options))


def make_bytes(
    extension: str = "jpg",
    size: tuple[int, int] = (600, 400),
    *,
    mode: str = "RGB",
    exif: PIL.Image.Exif | None = None,
    xmp: bytes = b"",
    iim: bytes = b"",
    **options: Any,
) -> bytes:
    """Return a picture whose left half is red and whose right half is blue, as a file of that kind."""
    image = PIL.Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    if exif:
        options["exif"] = exif
    if xmp:
        options["xmp"] = xmp
    if iim:
        options["extra"] = iim
    output = io.BytesIO()
    image.convert(mode).save(output, PIL.Image.registered_extensions()[f".{extension}"], **options)
    return output.getvalue()


def make_exif(
    *, orientation: int = 1, is_located: bool = False, texts: Mapping[int, str] | None = None
) -> PIL.Image.Exif:
    exif = PIL.Image.Exif()
    exif[Base.Make] = "Obscura"
    exif[Base.Orientation] = orientation
    exif.update(texts or {})
    if is_located:
        exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (52.0, 31.0, 12.0)})
    return exif


def make_xmp(**properties: str | list[str]) -> bytes:
    """Return an XMP packet: dc__title="Quay" is a text with languages, a list a sequence, photoshop__Credit plain."""
    namespaces = " ".join(f"xmlns:{prefix}={quoteattr(uri[1:-1])}" for prefix, uri in XMP_PREFIXES.items())
    body = "".join(_property(name.replace("__", ":"), value) for name, value in properties.items())
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf={quoteattr(metadata.RDF[1:-1])}>'
        f'<rdf:Description rdf:about="" {namespaces}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def _property(name: str, value: str | list[str]) -> str:
    if isinstance(value, list):
        inner = "<rdf:Seq>" + "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in value) + "</rdf:Seq>"
    elif name.startswith(("photoshop", "plus")):
        inner = escape(value)
    else:
        inner = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt>'
    return f"<{name}>{inner}</{name}>"


def make_iim(records: Mapping[tuple[int, int], bytes]) -> bytes:
    """Return the segment of a JPEG in which IPTC's older records are, as Photoshop began to write it."""
    data = b"".join(b"\x1c" + bytes(number) + struct.pack(">H", len(text)) + text for number, text in records.items())
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    payload = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload
