"""Make renditions out of originals, without their metadata, and keep each as a file under its address."""

from __future__ import annotations

import io
import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import PIL.Image
from django.core.files.base import ContentFile
from django.core.files.locks import LOCK_EX, lock, unlock
from django.core.files.storage import default_storage
from PIL import ImageCms, ImageOps
from wagtail.images.rect import Rect

from nutgraf.media import intake, renditions
from nutgraf.media.renditions import Spec

if TYPE_CHECKING:
    from nutgraf.media.models import Picture

# Where a picture lets the page shine through, it shows white: black lines on a dark page would be gone.
GROUND = (255, 255, 255)

# AVIF's better speed takes four times as long: 0.1 s for a telephone's sizes, too much for larger ones (decision 0012).
UNHURRIED_PIXELS = 400_000

# Formats that people draw in: colours change from one dot to the next, and bleed if stored at half the width.
DRAWN = frozenset({"PNG", "GIF"})


def make(picture: Picture, spec: Spec) -> str:
    """Return the name of the rendition in the storage; make it unless it is there.

    Whoever asks for it at the same time waits and gets the same file, which is whole from the moment it exists.
    """
    name = f"{renditions.folder(picture)}/{spec.file_name}"
    with _alone(picture.pk):
        if not default_storage.exists(name):
            keep(name, develop(picture, spec))
    return name


def discard(picture_id: int, *, but: str = "") -> None:
    """Remove the picture's renditions, except those in the folder of that name."""
    top = f"{renditions.FOLDER}/{picture_id}"
    for version in _folders(top):
        if version not in (but, renditions.DESK):
            remove(f"{top}/{version}")
    if not but:
        remove(top)


def develop(picture: Picture, spec: Spec) -> bytes:
    """Return the rendition: upright, cut, sized, in sRGB, on white, and with nothing in it but its dots."""
    box, size = spec.cut(picture)
    with picture.open_file() as file:
        image: PIL.Image.Image = PIL.Image.open(file)
        is_drawn = image.format in DRAWN
        profile = image.info.get("icc_profile")
        image.draft(None, _needed(picture, image, box, size))
        ImageOps.exif_transpose(image, in_place=True)
        image = with_all_shades(image).resize(size, PIL.Image.Resampling.LANCZOS, box=_scaled(box, picture, image))
    image = to_srgb(_grounded(image), profile)
    # Encoders fall back on these when they are told nothing: EXIF with its places, XMP, comments.
    image.info.clear()
    output = io.BytesIO()
    image.save(output, **_recipe(spec.format, size[0] * size[1], is_drawn=is_drawn))
    return output.getvalue()


def to_srgb(image: PIL.Image.Image, profile: bytes | None) -> PIL.Image.Image:
    """Return the picture as every screen understands it; a profile that is broken or of another kind is ignored."""
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode != "RGB" or not ImageCms.getProfileDescription(own).startswith("sRGB"):
                screen = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(image, own, screen, outputMode="RGB")
                return converted or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _recipe(format: str, pixels: int, *, is_drawn: bool) -> dict[str, Any]:
    # Measured for a first request under 150 ms at 1600 by 1000 (decision 0012). Change one, and raise RECIPE.
    match format:
        case "avif":
            pace = {"quality": 55, "speed": 8} if pixels <= UNHURRIED_PIXELS else {"quality": 50, "speed": 9}
            return {"format": "AVIF", "subsampling": "4:4:4" if is_drawn else "4:2:0", **pace}
        case "webp":
            return {"format": "WEBP", "quality": 78, "method": 2}
        case _:
            return {
                "format": "JPEG",
                "quality": 84 if is_drawn else 76,
                "subsampling": 0 if is_drawn else 2,
                "progressive": True,
                "optimize": True,
            }


def _needed(picture: Picture, image: PIL.Image.Image, box: Rect, size: tuple[int, int]) -> tuple[int, int]:
    """Return how large the whole picture must be for the cut: a JPEG is decoded at a half or a quarter much faster."""
    width = math.ceil(picture.width * size[0] / box.width)
    height = math.ceil(picture.height * size[1] / box.height)
    is_sideways = intake.size_as_seen(image) != image.size
    return (height, width) if is_sideways else (width, height)


def _scaled(box: Rect, picture: Picture, image: PIL.Image.Image) -> tuple[float, float, float, float]:
    across, down = image.width / picture.width, image.height / picture.height
    return (
        max(0.0, box.left * across),
        max(0.0, box.top * down),
        min(float(image.width), box.right * across),
        min(float(image.height), box.bottom * down),
    )


def with_all_shades(image: PIL.Image.Image) -> PIL.Image.Image:
    """Return the picture in a mode in which colours between two others exist, so that it can be sized."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I") or image.mode == "F":
        # 16 bits of grey, which Pillow would clip to 8 and not scale.
        return image.convert("I").point(lambda shade: shade * (1 / 257)).convert("L")
    if image.mode in ("1", "P"):
        return image.convert("RGB")
    return image


def _grounded(image: PIL.Image.Image) -> PIL.Image.Image:
    if image.mode != "RGBA":
        return image
    ground = PIL.Image.new("RGB", image.size, GROUND)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


@contextmanager
def _alone(picture_id: int) -> Iterator[None]:
    """Let one thread of one process at a time make renditions of a picture, where the storage is on this machine."""
    if not (folder := _local_path(f"{renditions.FOLDER}/{picture_id}")):
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "ab") as held:
        lock(held, LOCK_EX)
        try:
            yield
        finally:
            unlock(held)


def keep(name: str, data: bytes) -> None:
    """Keep a file that was made under its name, whole from the moment it exists."""
    if not (path := _local_path(name)):
        default_storage.save(name, ContentFile(data))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: a server that looks into the folder never sends half a picture.
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    except BaseException:  # Interrupted or not, nothing unfinished stays; the reason goes on up.
        os.unlink(unfinished)
        raise


def _local_path(name: str) -> Path | None:
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None


def _folders(name: str) -> list[str]:
    try:
        return default_storage.listdir(name)[0]
    except FileNotFoundError:
        return []


def remove(folder: str) -> None:
    """Remove a folder of files that can be made again, as far as it goes."""
    # Another process may be at it too, or just making one more: what is left then costs nothing but its space.
    with suppress(OSError):
        folders, files = default_storage.listdir(folder)
        for inner in folders:
            remove(f"{folder}/{inner}")
        for file in files:
            default_storage.delete(f"{folder}/{file}")
        default_storage.delete(folder)
