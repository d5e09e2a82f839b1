"""Decide whether an uploaded file is a picture that we can keep, and if not, say why and what would help."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import filetype
import PIL.Image
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL.ExifTags import Base
from PIL.ImageFile import ImageFile

from nutgraf.media import metadata

# What Pillow calls a format, what its files are called, and what a browser calls it. (An MPO is a JPEG with a second
# picture behind the first, as many telephones write them.)
EXTENSIONS = {
    "JPEG": ("jpg", "jpeg", "jpe"),
    "MPO": ("jpg", "jpeg", "jpe"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
    "GIF": ("gif",),
}
# Pillow tells by itself which JPEG is an MPO.
OPENED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
FORMATS_TEXT = "JPEG, PNG, WebP, AVIF, GIF"

# The camera was held on its side: height and width change places.
SIDEWAYS = frozenset({5, 6, 7, 8})


@dataclass(frozen=True)
class Examined:
    """What one look at a file found out."""

    format: str
    width: int
    height: int
    facts: metadata.Facts

    @property
    def mime_type(self) -> str:
        return "image/jpeg" if self.format == "MPO" else PIL.Image.MIME[self.format]


def examine(file: File[bytes]) -> Examined:
    """Measure, verify and read a picture, decoding it once; raise ValidationError for what we cannot keep."""
    _refuse_weight(file)
    name = os.path.basename(file.name or "")
    file.seek(0)
    head = file.read(4096)
    _refuse_svg(name, head)
    image = _open(file, head)
    _refuse_pixels(image.width * image.height)
    _refuse_extension(name, str(image.format))
    try:
        image.load()
    except Exception as error:  # Decoders of six formats raise what they please.
        raise _damaged() from error
    width, height = size_as_seen(image)
    examined = Examined(str(image.format), width, height, metadata.read(image))
    file.seek(0)
    # Noted on the file, so that whoever is handed it need not look again.
    file.examined = examined  # type: ignore[attr-defined]  # an attribute of ours
    return examined


def size_as_seen(image: PIL.Image.Image) -> tuple[int, int]:
    """Return the width and height of a picture after turning it the way its camera was held."""
    try:
        orientation = image.getexif().get(Base.Orientation)
    except Exception:  # Broken EXIF is no reason to refuse a picture.
        orientation = None
    return (image.height, image.width) if orientation in SIDEWAYS else image.size


def _open(file: File[bytes], head: bytes) -> ImageFile:
    file.seek(0)
    try:
        return PIL.Image.open(file, formats=OPENED)
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        # The header is read, but Pillow keeps the numbers to itself, but for this.
        raise _too_many_pixels(int(re.findall(r"\d+", str(error))[0])) from error
    except (OSError, ValueError, SyntaxError) as error:
        kind = filetype.guess_extension(head)
        if kind in {extension for extensions in EXTENSIONS.values() for extension in extensions}:
            raise _damaged() from error
        raise _not_a_picture(kind) from error


def _refuse_weight(file: File[bytes]) -> None:
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise ValidationError(
            _("The file is too large (%(size)s). The limit is %(limit)s: export a smaller one.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
            code="file_too_large",
        )


def _refuse_svg(name: str, head: bytes) -> None:
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if name.lower().endswith((".svg", ".svgz")) or (text.startswith(b"<") and b"<svg" in text):
        raise ValidationError(
            _("SVG files are refused, because they can carry scripts. Export the drawing as a PNG."), code="svg"
        )


def _refuse_pixels(pixels: int) -> None:
    if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels(pixels)


def _refuse_extension(name: str, format: str) -> None:
    extension = os.path.splitext(name)[1].lower().removeprefix(".")
    allowed = EXTENSIONS[format]
    if extension not in allowed:
        raise ValidationError(
            _(
                "The name ends in “.%(extension)s”, but inside is a %(format)s picture. Rename it to end in “.%(right)s”."
            )
            % {"extension": extension, "format": "JPEG" if format == "MPO" else format, "right": allowed[0]},
            code="wrong_extension",
        )


def _too_many_pixels(pixels: int) -> ValidationError:
    millions = {"count": pixels / 1_000_000, "limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS / 1_000_000}
    message = _("The picture has %(count).0f megapixels. The limit is %(limit).0f: export a smaller one.")
    return ValidationError(message % millions, code="file_too_many_pixels")


def _damaged() -> ValidationError:
    return ValidationError(
        _("The file is damaged, or was cut short on its way here. Upload it again from where it came."), code="damaged"
    )


def _not_a_picture(kind: str | None) -> ValidationError:
    if kind:
        message = _("This is a file of the kind “%(kind)s”. Pictures come as %(formats)s: export it as one of these.")
    else:
        message = _("This is not a picture. Pictures come as %(formats)s.")
    return ValidationError(message % {"kind": kind, "formats": FORMATS_TEXT}, code="invalid_image")
