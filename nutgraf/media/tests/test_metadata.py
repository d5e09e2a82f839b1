"""What a file says about its picture is read from wherever it is written, and never believed to be well-formed."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import PIL.Image
import PIL.PngImagePlugin
import pytest
from PIL.ExifTags import Base

from nutgraf.media import metadata
from nutgraf.media.samples import make_bytes, make_exif, make_iim, make_xmp

EVERYTHING: dict[str, str | list[str]] = {
    "dc__title": "Quay at dawn",
    "dc__description": "Dockers wait at the harbour of Port Ellery.",
    "dc__creator": ["Jane Roe"],
    "dc__rights": "© 2026 Jane Roe",
    "photoshop__Credit": "Jane Roe/Harbour Press",
    "photoshop__Source": "Harbour Press",
    "photoshop__Instructions": "No sales.",
    "xmpRights__UsageTerms": "Editorial use only.",
    "Iptc4xmpCore__AltTextAccessibility": "Six people in orange stand before a crane.",
    "plus__LicenseEndDate": "2027-03-31T00:00:00Z",
}


def read(data: bytes) -> metadata.Facts:
    return metadata.read(PIL.Image.open(io.BytesIO(data)))


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "avif"])
def test_xmp_tells_everything_in_each_format(extension: str) -> None:
    xmp = make_xmp(**EVERYTHING)
    data = make_bytes(extension, **({"pnginfo": png_text(xmp)} if extension == "png" else {"xmp": xmp}))

    facts = read(data)

    assert facts == metadata.Facts(
        title="Quay at dawn",
        description="Six people in orange stand before a crane.",
        caption="Dockers wait at the harbour of Port Ellery.",
        credit_line="Jane Roe/Harbour Press",
        rights_note="© 2026 Jane Roe\nEditorial use only.\nNo sales.",
        source="Harbour Press",
        use_until=datetime.date(2027, 3, 31),
    )


def test_older_records_tell_nearly_as_much() -> None:
    records = {
        metadata.CHARACTER_SET: b"\x1b%G",
        metadata.OBJECT_NAME: "Café fire".encode(),
        metadata.CAPTION: b"Smoke over the old town.\rNobody was hurt.",
        metadata.BY_LINE: b"Max Doe",
        metadata.SOURCE: b"Town Wire",
        metadata.COPYRIGHT_NOTICE: b"Town Wire 2026",
        metadata.EXPIRATION_DATE: b"20270131",
    }

    facts = read(make_bytes(iim=make_iim(records)))

    assert facts == metadata.Facts(
        title="Café fire",
        caption="Smoke over the old town.\nNobody was hurt.",
        credit_line="Max Doe/Town Wire",
        rights_note="Town Wire 2026",
        source="Town Wire",
        use_until=datetime.date(2027, 1, 31),
    )


def test_older_records_without_a_character_set_are_guessed() -> None:
    latin = read(make_bytes(iim=make_iim({metadata.BY_LINE: "Zoë Müller".encode("cp1252")})))
    utf8 = read(make_bytes(iim=make_iim({metadata.BY_LINE: "Zoë Müller".encode()})))

    assert latin.credit_line == utf8.credit_line == "Zoë Müller"


def test_a_camera_tells_its_owner_and_copyright() -> None:
    exif = make_exif(texts={Base.Artist: "Ada Quill", Base.Copyright: "Ada Quill", Base.ImageDescription: "A fair."})

    facts = read(make_bytes(exif=exif))

    assert facts == metadata.Facts(caption="A fair.", credit_line="Ada Quill", rights_note="Ada Quill")


def test_a_camera_s_name_is_not_a_caption() -> None:
    exif = make_exif(texts={Base.ImageDescription: "OBSCURA DIGITAL CAMERA"})

    assert read(make_bytes(exif=exif)).caption == ""


def test_xmp_is_trusted_before_the_older_records_and_these_before_exif() -> None:
    xmp = make_xmp(dc__title="XMP")
    iim = make_iim({metadata.OBJECT_NAME: b"Records", metadata.CAPTION: b"Records"})
    exif = make_exif(texts={Base.ImageDescription: "Camera", Base.Artist: "Camera"})

    facts = read(make_bytes(xmp=xmp, iim=iim, exif=exif))

    assert (facts.title, facts.caption, facts.credit_line) == ("XMP", "Records", "Camera")


def test_a_longer_description_serves_as_alt_text_where_there_is_no_short_one() -> None:
    xmp = make_xmp(Iptc4xmpCore__ExtDescrAccessibility="A crane stands idle.")

    assert read(make_bytes(xmp=xmp)).description == "A crane stands idle."


def test_the_fallback_language_is_taken() -> None:
    xmp = make_xmp(dc__title="Harbour").replace(
        b'<rdf:li xml:lang="x-default">', b'<rdf:li xml:lang="de">Hafen</rdf:li><rdf:li xml:lang="x-default">'
    )

    assert read(make_bytes(xmp=xmp)).title == "Harbour"


@pytest.mark.parametrize(
    ("line", "creator", "source", "supplier", "expected"),
    [
        ("J. Roe/Pool", "Jane Roe", "Harbour Press", "Wire House", "J. Roe/Pool"),
        ("", "Jane Roe", "Harbour Press", "Wire House", "Jane Roe/Harbour Press via Wire House"),
        ("", "Jane Roe", "", "Wire House", "Jane Roe via Wire House"),
        ("", "Jane Roe", "Jane Roe", "", "Jane Roe"),
        ("", "", "Harbour Press", "", "Harbour Press"),
        ("", "", "", "Wire House", "Wire House"),
        ("", "Jane Roe/Harbour Press", "HARBOUR PRESS", "Harbour Press", "Jane Roe/Harbour Press"),
        ("", "", "", "", ""),
    ],
)
def test_a_credit_line_names_maker_agency_and_distributor(
    line: str, creator: str, source: str, supplier: str, expected: str
) -> None:
    assert metadata.credit(line=line, creator=creator, source=source, supplier=supplier) == expected


def test_a_supplier_is_found_inside_its_structure() -> None:
    xmp = make_xmp(dc__creator=["Jane Roe", "Max Doe"], photoshop__Source="Harbour Press").replace(
        b"</rdf:Description>",
        b'<plus:ImageSupplier><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:ImageSupplierName>Wire House'
        b"</plus:ImageSupplierName></rdf:li></rdf:Seq></plus:ImageSupplier></rdf:Description>",
    )

    assert read(make_bytes(xmp=xmp)).credit_line == "Jane Roe, Max Doe/Harbour Press via Wire House"


def test_a_text_too_long_for_its_field_shows_where_it_was_cut() -> None:
    facts = read(make_bytes(xmp=make_xmp(dc__title="word " * 100)))

    assert len(facts.title) == 255
    assert facts.title.endswith("…")


def test_control_characters_are_dropped() -> None:
    facts = read(make_bytes(iim=make_iim({metadata.CAPTION: b"One\x00 two\x07\tthree"})))

    assert facts.caption == "One two three"


@pytest.mark.parametrize(
    "xmp",
    [
        b"<not xml",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<a>" * 5000 + b"</a>" * 5000,
        make_xmp(dc__title="x")[:-20],
        b"<x/>",
        b"\xff\xfe\x00",
    ],
    ids=["broken", "entities", "deep", "cut", "empty", "binary"],
)
def test_bad_xmp_is_passed_over(xmp: bytes) -> None:
    exif = make_exif(texts={Base.Artist: "Ada Quill"})

    assert read(make_bytes(xmp=xmp, exif=exif)).credit_line == "Ada Quill"


@pytest.mark.parametrize("date", ["20261345", "soon", "00000000", ""])
def test_a_date_that_is_none_is_passed_over(date: str) -> None:
    facts = read(make_bytes(iim=make_iim({metadata.EXPIRATION_DATE: date.encode()})))

    assert facts.use_until is None


def test_the_reference_picture_of_iptc_fills_every_field(public_data: Path) -> None:
    path = public_data / "pictures" / "IPTC-PhotometadataRef-Std2021.1.jpg"

    facts = read(path.read_bytes())

    assert facts == metadata.Facts(
        title="The Title (ref2021.1)",
        description="This is the Alt Text description to support accessibility in 2021.1",
        caption="The description aka caption (ref2021.1)",
        credit_line="Credit Line (ref2021.1)",
        rights_note="Copyright (Notice) 2021.1 IPTC - www.iptc.org (ref2021.1)\n"
        "Rights Usage Terms (ref2021.1)\nAn Instruction (ref2021.1)",
        source="Source (ref2021.1)",
    )


def png_text(xmp: bytes) -> PIL.PngImagePlugin.PngInfo:
    text = PIL.PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return text
