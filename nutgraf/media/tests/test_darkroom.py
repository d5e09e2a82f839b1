"""What readers get shows what the original shows, upright and in colours that every screen knows, and tells nothing else."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ImageCms, JpegImagePlugin
from PIL.ExifTags import Base
from wagtail.images.rect import Rect

from nutgraf.media import actions, darkroom
from nutgraf.media.models import Picture
from nutgraf.media.renditions import Spec
from nutgraf.media.samples import make_bytes, make_exif, make_iim, make_picture, make_upload, make_xmp

pytestmark = pytest.mark.django_db

FORMATS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
RED, BLUE = (254, 0, 0), (0, 0, 254)

SECRETS: dict[str, Any] = {
    "exif": make_exif(is_located=True, texts={Base.Artist: "SECRET-EXIF"}),
    "xmp": make_xmp(dc__title="SECRET-XMP"),
}


def add(upload: SimpleUploadedFile) -> Picture:
    return actions.add(file=upload, by=None)


def develop(picture: Picture, name: str = "w240.jpg") -> PIL.Image.Image:
    return PIL.Image.open(io.BytesIO(darkroom.develop(picture, Spec.parse(name))))


def is_near(image: PIL.Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found: Any = image.convert("RGB").getpixel(at)
    return all(abs(ours - theirs) < 30 for ours, theirs in zip(found, colour, strict=True))


@pytest.mark.parametrize("original", ["jpg", "png", "webp", "avif", "gif"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_original_is_developed_in_every_format(original: str, format: str) -> None:
    image = develop(make_picture(f"quay.{original}"), f"w240-3x2.{format}")

    assert image.format == FORMATS[format]
    assert image.size == (240, 160)
    assert is_near(image, (30, 80), RED)
    assert is_near(image, (210, 80), BLUE)


@pytest.mark.parametrize("original", ["jpg", "webp", "avif"])
@pytest.mark.parametrize("format", FORMATS)
def test_no_rendition_says_where_by_whom_or_what(original: str, format: str) -> None:
    upload = make_upload(f"quay.{original}", **SECRETS)
    assert b"SECRET-EXIF" in upload.read()

    data = darkroom.develop(add(upload), Spec(240, None, format))

    image = PIL.Image.open(io.BytesIO(data))
    assert not dict(image.getexif())
    assert not image.getxmp()
    assert b"SECRET" not in data
    assert b"Obscura" not in data


@pytest.mark.parametrize("format", FORMATS)
def test_comments_and_older_records_are_left_behind(format: str) -> None:
    upload = make_upload("quay.jpg", iim=make_iim({(2, 120): b"SECRET-IIM"}), comment=b"SECRET-COMMENT")

    assert b"SECRET" not in darkroom.develop(add(upload), Spec(240, None, format))


@pytest.mark.parametrize("original", ["jpg", "png", "webp", "avif"])
def test_the_sizes_for_the_desk_say_as_little(original: str) -> None:
    picture = add(
        make_upload(f"quay.{original}", **({} if original == "png" else {"xmp": SECRETS["xmp"]}), exif=SECRETS["exif"])
    )

    for spec in ("max-165x165", "width-100", "fill-80x80"):
        with picture.get_rendition(spec).file.open() as file:
            data = file.read()
        assert not dict(PIL.Image.open(io.BytesIO(data)).getexif())
        assert b"SECRET" not in data
        assert b"Obscura" not in data


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_is_turned_as_its_camera_was_held(orientation: int, format: str) -> None:
    turn = PIL.Image.Transpose
    undo = {
        1: None,
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_90,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_270,
    }[orientation]
    upright = PIL.Image.open(io.BytesIO(make_bytes("png", (600, 300))))
    held = upright.transpose(undo) if undo is not None else upright
    output = io.BytesIO()
    held.convert("RGB").save(output, "JPEG", exif=make_exif(orientation=orientation), quality=95)

    picture = add(SimpleUploadedFile("quay.jpg", output.getvalue()))
    image = develop(picture, f"w240.{format}")

    assert (picture.width, picture.height) == (600, 300)
    assert image.size == (240, 120)
    assert is_near(image, (20, 60), RED)
    assert is_near(image, (220, 60), BLUE)


def test_a_crop_of_a_picture_taken_sideways_follows_its_focal_point() -> None:
    held = PIL.Image.open(io.BytesIO(make_bytes("png", (2400, 1200)))).transpose(PIL.Image.Transpose.ROTATE_90)
    output = io.BytesIO()
    held.convert("RGB").save(output, "JPEG", exif=make_exif(orientation=6))

    upload = SimpleUploadedFile("quay.jpg", output.getvalue())
    image = develop(actions.add(file=upload, by=None, focal_point=(2300, 600, 50, 50)), "w64-1x1.jpg")

    assert all(is_near(image, at, BLUE) for at in ((8, 32), (62, 32)))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("size", [(601, 401), (2403, 1999), (333, 1000)])
def test_each_file_has_the_size_that_was_promised(format: str, size: tuple[int, int]) -> None:
    picture = make_picture(size=size)

    for ratio in (None, (3, 2), (1, 1)):
        spec = Spec(360, ratio, format)
        assert PIL.Image.open(io.BytesIO(darkroom.develop(picture, spec))).size == spec.cut(picture)[1]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_shows_white(format: str, mode: str) -> None:
    drawing = PIL.Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    drawing.paste((0, 0, 0, 255), (150, 0, 300, 200))
    output = io.BytesIO()
    drawing.convert(mode).save(output, "PNG")

    image = develop(add(SimpleUploadedFile("chart.png", output.getvalue())), f"w240.{format}")

    assert "A" not in image.getbands()
    assert is_near(image, (20, 80), (255, 255, 255))
    assert is_near(image, (220, 80), (0, 0, 0))


@pytest.mark.parametrize(("mode", "shade"), [("I;16", 128 * 257), ("L", 128), ("1", 255)])
def test_greys_of_every_depth_keep_their_shade(mode: str, shade: int) -> None:
    output = io.BytesIO()
    PIL.Image.new(mode, (300, 200), shade).save(output, "PNG")

    image = develop(add(SimpleUploadedFile("scan.png", output.getvalue())))

    assert is_near(image, (100, 100), (255,) * 3 if mode == "1" else (128,) * 3)


@pytest.mark.parametrize(("original", "sampling"), [("png", 0), ("jpg", 2)])
def test_drawings_keep_their_colours_at_full_width(original: str, sampling: int) -> None:
    image = develop(make_picture(f"chart.{original}"))

    assert JpegImagePlugin.get_sampling(image) == sampling


def test_print_colours_become_screen_colours() -> None:
    output = io.BytesIO()
    PIL.Image.new("CMYK", (300, 200), (0, 255, 255, 0)).save(output, "JPEG", quality=95)

    image = develop(add(SimpleUploadedFile("press.jpg", output.getvalue())))

    assert image.mode == "RGB"
    assert is_near(image, (100, 100), (255, 0, 0))


def test_a_colour_profile_is_applied_and_dropped() -> None:
    # In this profile red and blue have changed places, as no camera would have it.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "none".encode("utf-16-be"))

    image = develop(add(make_upload("quay.png", icc_profile=swapped)))

    assert is_near(image, (30, 80), BLUE)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("profile", [b"not a profile", b"\0" * 3_000_000])
def test_a_colour_profile_that_is_none_is_passed_over(profile: bytes) -> None:
    picture = add(make_upload("quay.jpg", icc_profile=profile))

    data = darkroom.develop(picture, Spec(240, None, "jpg"))

    assert len(data) < 10_000
    assert is_near(PIL.Image.open(io.BytesIO(data)), (30, 80), RED)
    assert picture.get_rendition("width-100").width == 100


def test_an_animation_shows_its_first_picture() -> None:
    frames = [PIL.Image.new("RGB", (300, 200), colour) for colour in ("red", "blue", "green")]
    output = io.BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])

    picture = add(SimpleUploadedFile("loop.gif", output.getvalue()))

    assert is_near(develop(picture), (100, 100), RED)
    with picture.get_rendition("width-100").file.open() as file:
        assert is_near(PIL.Image.open(file), (50, 30), RED)


def test_a_rendition_is_made_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = make_picture()
    made, slow = [], threading.Event()

    def develop(*_: Any) -> bytes:
        made.append(1)
        slow.wait(0.1)
        return b"picture"

    monkeypatch.setattr(darkroom, "develop", develop)

    with ThreadPoolExecutor(6) as pool:
        names = set(pool.map(lambda _: darkroom.make(picture, Spec(240, None, "jpg")), range(6)))

    assert len(names) == len(made) == 1


def test_half_a_rendition_is_never_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = make_picture()
    seen = []
    replace: Callable[..., None] = os.replace

    def look_and_replace(source: str, target: Path) -> None:
        seen.append((Path(source).stat().st_size, target.exists()))
        replace(source, target)

    monkeypatch.setattr(os, "replace", look_and_replace)

    name = darkroom.make(picture, Spec(240, None, "jpg"))

    assert seen == [(default_storage.size(name), False)]


def test_nothing_is_left_of_a_rendition_that_failed(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = make_picture()

    def fail(*_: Any) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(os, "replace", fail)

    with pytest.raises(OSError, match="full"):
        darkroom.make(picture, Spec(240, None, "jpg"))

    assert [path.name for path in media.rglob("*") if path.is_file()] == [".lock"]


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


def test_another_file_or_focal_point_takes_the_old_renditions_away(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    picture = make_picture()
    of_the_desk = os.path.basename(picture.get_rendition("width-100").file.name)
    before = darkroom.make(picture, Spec(240, None, "jpg"))

    with django_capture_on_commit_callbacks(execute=True):
        picture.set_focal_point(Rect(10, 10, 60, 60))
        picture.save()

    after = darkroom.make(picture, Spec(240, None, "jpg"))
    assert after != before
    assert not default_storage.exists(before)
    assert files_of(media) == {"w240.jpg", of_the_desk}


def test_a_change_of_words_keeps_the_renditions(django_capture_on_commit_callbacks: Any) -> None:
    picture = make_picture()
    name = darkroom.make(picture, Spec(240, None, "jpg"))

    with django_capture_on_commit_callbacks(execute=True):
        picture.caption = "Another caption."
        picture.save()

    assert default_storage.exists(name)


@pytest.mark.parametrize("is_bulk", [False, True])
def test_nothing_stays_of_a_deleted_picture(
    media: Path, django_capture_on_commit_callbacks: Any, is_bulk: bool
) -> None:
    picture = make_picture()
    original = picture.file.name
    picture.get_rendition("width-100")
    darkroom.make(picture, Spec(240, None, "jpg"))

    with django_capture_on_commit_callbacks(execute=True):
        (Picture.objects.all() if is_bulk else picture).delete()

    assert not list((media / "pictures").iterdir())
    assert not picture.file.storage.exists(original)
