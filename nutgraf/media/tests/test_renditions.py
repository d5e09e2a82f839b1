"""The addresses and sizes of renditions follow from what a picture's row says, without a query and without a file."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.images.models import Filter

from nutgraf.media import renditions
from nutgraf.media.models import Picture
from nutgraf.media.renditions import Spec, responsive


def picture(size: tuple[int, int] = (3000, 2000), **fields: Any) -> Picture:
    """Return a picture that is nowhere but here: no database is there to be asked."""
    row: dict[str, Any] = {
        "pk": 7,
        "file": "2026/11/quay.jpg",
        "file_hash": "a" * 40,
        "collection_id": 1,
        "title": "Quay",
    }
    return Picture(**(row | {"width": size[0], "height": size[1]} | fields))


def with_focus(x: int, y: int, width: int = 100, height: int = 100, **fields: Any) -> Picture:
    focus: dict[str, Any] = {
        "focal_point_x": x,
        "focal_point_y": y,
        "focal_point_width": width,
        "focal_point_height": height,
    }
    return picture(**focus, **fields)


def test_a_browser_is_offered_avif_then_webp_then_jpeg() -> None:
    offer = responsive(picture(), widths=(360, 720))

    base = f"/media/pictures/7/{renditions.version(picture())}"
    assert offer.sources == tuple(
        (mime, f"{base}/w360.{format} 360w, {base}/w720.{format} 720w")
        for mime, format in (("image/avif", "avif"), ("image/webp", "webp"), ("image/jpeg", "jpg"))
    )
    assert offer.src == f"{base}/w720.jpg"
    assert (offer.width, offer.height) == (720, 480)


def test_a_ratio_crops() -> None:
    offer = responsive(picture(), widths=(480, 960), ratio=(1, 1))

    assert offer.src.endswith("/w960-1x1.jpg")
    assert (offer.width, offer.height) == (960, 960)


def test_nothing_is_wider_than_the_original() -> None:
    offer = responsive(picture((500, 400)), widths=(240, 480, 720, 1080))

    widths = [candidate.split(" ")[1] for candidate in offer.sources[0][1].split(", ")]
    assert widths == ["240w", "480w", "500w"]
    assert (offer.width, offer.height) == (500, 400)


def test_a_crop_is_not_wider_than_the_part_that_it_takes() -> None:
    offer = responsive(picture((500, 2000)), widths=(360, 720), ratio=(3, 2))

    assert [candidate.split(" ")[1] for candidate in offer.sources[0][1].split(", ")] == ["360w", "500w"]
    assert (offer.width, offer.height) == (500, 334)


@pytest.mark.parametrize("size", [(3000, 2000), (2000, 3000), (1601, 1067), (401, 333), (64, 2000)])
@pytest.mark.parametrize("width", [64, 360, 1440])
def test_sizes_are_those_of_wagtail_s_filters(size: tuple[int, int], width: int) -> None:
    original = picture(size)

    plain = Spec(width, None, "jpg").cut(original)[1]
    cropped = Spec(width, (3, 2), "jpg").cut(original)[1]

    assert plain == Filter(f"width-{width}").get_transform(original).size
    assert cropped == Filter(f"fill-{width}x{round(width * 2 / 3)}").get_transform(original).size


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 3), (30, 1)])
@pytest.mark.parametrize("ratio", [None, *renditions.RATIOS])
def test_the_smallest_pictures_have_renditions_too(size: tuple[int, int], ratio: renditions.Ratio | None) -> None:
    offer = responsive(picture(size), widths=(64, 1440), ratio=ratio)

    assert offer.width >= 1
    assert offer.height >= 1


def test_a_crop_goes_round_the_focal_point() -> None:
    box, _ = Spec(360, (1, 1), "jpg").cut(with_focus(2900, 1000))

    assert box.left < 2850
    assert box.right > 2950
    assert abs(box.width - box.height) <= 1


def test_an_address_changes_with_the_file_and_the_focal_point_only() -> None:
    versions = {
        renditions.version(picture()),
        renditions.version(picture(file_hash="b" * 40)),
        renditions.version(with_focus(10, 10)),
        renditions.version(with_focus(10, 11)),
    }

    assert len(versions) == 4
    assert renditions.version(picture()) == renditions.version(picture(title="Other", caption="New."))


def test_every_name_is_read_back() -> None:
    for spec in renditions.usual(picture()):
        assert Spec.parse(spec.file_name) == spec


@pytest.mark.parametrize(
    "name",
    [
        "w361.avif",
        "w360-7x5.avif",
        "w360.png",
        "w0360.avif",
        "w360-03x2.avif",
        "w360.avif.jpg",
        "W360.avif",
        "w360-3x2-3x2.jpg",
        "w٣٦٠.avif",
        "../w360.avif",
        "w360",
        "",
    ],
)
def test_no_other_name_is_known(name: str) -> None:
    with pytest.raises(ValueError, match="No rendition"):
        Spec.parse(name)


def test_a_page_that_asks_for_another_width_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="w361"):
        responsive(picture(), widths=(361,))
