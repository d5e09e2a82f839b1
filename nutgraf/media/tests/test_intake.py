"""What is not a picture that we can keep is refused with the reason, and everything that is one is kept."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from typing import Any

import PIL.Image
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL.ImageCms import ImageCmsProfile, createProfile

from nutgraf.media import intake
from nutgraf.media.samples import make_bytes, make_exif, make_upload

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        intake.examine(SimpleUploadedFile(name, data))
    return refused.value.messages[0]


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that says how large it is and ends there: nobody is to decode this to find out."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("extension", ["jpg", "jpeg", "png", "webp", "avif", "gif"])
def test_each_format_is_measured(extension: str) -> None:
    examined = intake.examine(make_upload(f"quay.{extension}", (60, 40)))

    assert (examined.width, examined.height) == (60, 40)


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
@pytest.mark.parametrize("extension", ["jpg", "png", "webp"])
def test_a_picture_taken_sideways_is_measured_upright(extension: str, orientation: int) -> None:
    upload = make_upload(f"quay.{extension}", (60, 40), exif=make_exif(orientation=orientation))

    examined = intake.examine(upload)

    assert (examined.width, examined.height) == (40, 60)


@pytest.mark.parametrize(
    ("name", "data"),
    [("notes.jpg", b"These are notes."), ("nothing.png", b"\x00" * 500), ("page.jpg", b"<html><body></body></html>")],
)
def test_what_is_not_a_picture_is_refused(name: str, data: bytes) -> None:
    assert refusal(name, data) == "This is not a picture. Pictures come as JPEG, PNG, WebP, AVIF, GIF."


@pytest.mark.parametrize(("name", "kind", "format"), [("scan.tif", "tif", "TIFF"), ("paint.bmp", "bmp", "BMP")])
def test_another_kind_of_file_is_called_by_its_name(name: str, kind: str, format: str) -> None:
    output = io.BytesIO()
    PIL.Image.new("RGB", (30, 20)).save(output, format)

    assert refusal(name, output.getvalue()) == (
        f"This is a file of the kind “{kind}”. Pictures come as JPEG, PNG, WebP, AVIF, GIF: export it as one of these."
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.svg", SVG),
        ("logo.png", SVG),
        ("logo.jpg", b"\xef\xbb\xbf  " + SVG),
        ("logo.jpg", SVG.decode().encode("utf-16")),
        ("logo.svgz", gzip.compress(SVG)),
    ],
    ids=["plain", "renamed", "with a byte-order mark", "in UTF-16", "compressed"],
)
def test_an_svg_is_refused_for_its_scripts(name: str, data: bytes) -> None:
    assert refusal(name, data) == (
        "SVG files are refused, because they can carry scripts. Export the drawing as a PNG."
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_just_too_many_megapixels_are_refused() -> None:
    assert "The picture has 101 megapixels." in refusal("map.png", png_header(10_100, 10_000))


def test_two_hundred_megapixels_are_refused_before_they_are_decoded() -> None:
    assert refusal("map.png", png_header(20_000, 10_000)) == (
        "The picture has 200 megapixels. The limit is 100: export a smaller one."
    )


def test_pixels_beyond_what_pillow_opens_are_refused_in_the_same_way() -> None:
    assert refusal("map.png", png_header(60_000, 60_000)) == (
        "The picture has 3600 megapixels. The limit is 100: export a smaller one."
    )


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "avif", "gif"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_truncated_file_is_refused(extension: str, part: float) -> None:
    noise = PIL.Image.effect_noise((200, 150), 80).convert("RGB")
    output = io.BytesIO()
    noise.save(output, PIL.Image.registered_extensions()[f".{extension}"])
    data = output.getvalue()

    assert refusal(f"quay.{extension}", data[: int(len(data) * part)]) == (
        "The file is damaged, or was cut short on its way here. Upload it again from where it came."
    )


def test_a_wrong_extension_is_refused_with_the_right_one() -> None:
    assert refusal("quay.png", make_bytes("jpg")) == (
        "The name ends in “.png”, but inside is a JPEG picture. Rename it to end in “.jpg”."
    )


def test_a_name_without_extension_is_refused_with_the_right_one() -> None:
    assert "Rename it to end in “.webp”." in refusal("quay", make_bytes("webp"))


def test_a_file_too_large_is_refused_unread(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024

    assert refusal("notes.txt", b"x" * 4096) == (
        "The file is too large (4.0\xa0KB). The limit is 1.0\xa0KB: export a smaller one."
    )


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGBA", "P", "1", "I;16"])
def test_pictures_of_every_depth_are_kept(mode: str) -> None:
    extension = "jpg" if mode in ("L", "CMYK") else "png"
    image = PIL.Image.new("I;16", (60, 40), 40_000) if mode == "I;16" else PIL.Image.new("RGB", (60, 40)).convert(mode)
    output = io.BytesIO()
    image.save(output, PIL.Image.registered_extensions()[f".{extension}"])

    assert intake.examine(SimpleUploadedFile(f"quay.{extension}", output.getvalue())).width == 60


def test_an_animation_is_kept() -> None:
    frames = [PIL.Image.new("RGB", (60, 40), colour) for colour in ("red", "blue", "green")]
    output = io.BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])

    assert intake.examine(SimpleUploadedFile("loop.gif", output.getvalue())).width == 60


def test_a_picture_with_a_huge_colour_profile_is_kept() -> None:
    profile = ImageCmsProfile(createProfile("sRGB")).tobytes() + b"\0" * 3_000_000

    assert intake.examine(make_upload("quay.jpg", icc_profile=profile)).width == 600


def test_a_telephone_s_double_picture_is_a_jpeg() -> None:
    output = io.BytesIO()
    first, second = PIL.Image.new("RGB", (60, 40), "red"), PIL.Image.new("RGB", (60, 40), "blue")
    first.save(output, "MPO", save_all=True, append_images=[second])

    examined = intake.examine(SimpleUploadedFile("IMG_0001.JPG", output.getvalue()))

    assert (examined.format, examined.mime_type) == ("MPO", "image/jpeg")


def test_broken_exif_is_no_reason_to_refuse() -> None:
    data = make_bytes("jpg", (60, 40), exif=make_exif(orientation=6)).replace(b"MM\0*", b"MM\0?")

    assert intake.examine(SimpleUploadedFile("quay.jpg", data)).width == 60


def test_a_file_can_be_read_again_after_it_was_examined() -> None:
    upload = make_upload()

    intake.examine(upload)

    assert upload.read(2) == b"\xff\xd8"
