"""What can be done with pictures: add one as the desk would, and press its renditions before anybody asks."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db import transaction

from nutgraf.media import darkroom, intake, renditions
from nutgraf.media.models import Picture
from nutgraf.media.renditions import Spec


@transaction.atomic
def add(
    *,
    file: File[bytes],
    by: AbstractBaseUser | None,
    title: str = "",
    alt_text: str = "",
    caption: str = "",
    credit_line: str = "",
    rights_note: str = "",
    source: str = "",
    use_until: datetime.date | None = None,
    focal_point: tuple[int, int, int, int] | None = None,
) -> Picture:
    """Keep a picture, or raise ValidationError just as the desk's form would; what is not given is read from the file.

    The focal point is its middle across and down, its width and its height, in dots of the picture as it is seen.
    """
    examined = intake.examine(file)
    given = {
        "title": title,
        "description": alt_text,
        "caption": caption,
        "credit_line": credit_line,
        "rights_note": rights_note,
        "source": source,
        "use_until": use_until,
    }
    texts = given | examined.facts.missing_from(given)
    texts["title"] = texts["title"] or os.path.splitext(os.path.basename(file.name or ""))[0]
    focus = zip(("x", "y", "width", "height"), focal_point or (None,) * 4, strict=True)
    picture = Picture(
        file=file, uploaded_by_user=by, **texts, **{f"focal_point_{measure}": dots for measure, dots in focus}
    )
    picture.full_clean(exclude=["tags", "collection"])
    picture.save()
    return picture


def press(*, picture: Picture, specs: Iterable[Spec] | None = None) -> list[str]:
    """Make renditions that exist already once, and return the names of all; by default, all that readers are offered."""
    return [darkroom.make(picture, spec) for spec in specs or renditions.usual(picture)]
