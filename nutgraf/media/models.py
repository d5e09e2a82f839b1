"""The picture as an agency would file it, and the renditions that the desk itself shows."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ImageQuerySet,
    get_upload_to,
)
from wagtail.search import index

from nutgraf.media import darkroom, renditions
from nutgraf.media.bare import BareFilter
from nutgraf.media.fields import PictureField


def originals_storage() -> Storage:
    """Return where pictures are kept as uploaded, which readers cannot reach."""
    return storages["originals"]


class PictureQuerySet(ImageQuerySet):
    def usable(self, on: date) -> PictureQuerySet:
        """Leave out what may not be used on that day: the last day is still a good one."""
        return self.exclude(use_until__lt=on)

    def expired(self, on: date) -> PictureQuerySet:
        return self.filter(use_until__lt=on)


class Picture(AbstractImage):
    """A picture with the three texts that a story needs of it: caption, credit line and alt text."""

    file = PictureField(
        verbose_name=_("file"),
        storage=originals_storage,
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    description = models.CharField(
        _("alt text"),
        max_length=255,
        blank=True,
        default="",
        help_text=_(
            "What the picture shows, for people who cannot see it. Say what matters to the story, in a"
            " sentence; no need to begin with “Picture of”."
        ),
    )
    caption = models.TextField(
        _("caption"),
        blank=True,
        help_text=_(
            "What readers learn from it beside seeing it: who, what, where and when. Printed under the picture."
        ),
    )
    credit_line = models.CharField(
        _("credit line"),
        max_length=255,
        blank=True,
        help_text=_("Whom we owe the picture to, as it is to be printed: maker, then agency, then who passed it on."),
    )
    rights_note = models.TextField(
        _("rights note"),
        blank=True,
        help_text=_("What we agreed to: licence, fee, limits of use. For the desk only; readers never see it."),
    )
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Where we got it: an agency, an office, an address. For the desk only."),
    )
    use_until = models.DateField(
        _("use until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The last day on which we may publish it. Leave empty if there is none."),
    )

    # Also the order of the desk's forms: what readers get first, then what we owe, then what only we see.
    admin_form_fields = (
        "file",
        "title",
        "description",
        "caption",
        "credit_line",
        "rights_note",
        "source",
        "use_until",
        "tags",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    objects = PictureQuerySet.as_manager()

    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("caption"),
        index.SearchField("credit_line"),
        index.SearchField("source"),
        index.FilterField("use_until"),
    ]

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def alt_text(self) -> str:
        return self.description

    @property
    def default_alt_text(self) -> str:
        # Wagtail falls back on the title, which is often a file's name. Nothing is better than that.
        return self.description

    def is_expired(self, on: date) -> bool:
        return self.use_until is not None and self.use_until < on

    def missing(self) -> list[tuple[str, str]]:
        """Return what a story needs of this picture and it lacks: the field, and what to do."""
        wanted = {
            "description": _("The picture has no alt text: say what it shows, for people who cannot see it."),
            "caption": _("The picture has no caption: say who, what, where and when."),
            "credit_line": _("The picture has no credit line: say whom we owe it to."),
        }
        return [(field, str(message)) for field, message in wanted.items() if not getattr(self, field).strip()]

    def get_upload_to(self, filename: str) -> str:
        # By month, so that no folder grows without end; Wagtail makes the name safe and short.
        return os.path.join(f"{timezone.now():%Y/%m}", os.path.basename(super().get_upload_to(filename)))

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail's forms note a file's hash, other code forgets to; the addresses of renditions depend on it.
        if self.file and not self.file._committed:
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        transaction.on_commit(self._discard_stale_renditions)

    def _discard_stale_renditions(self) -> None:
        darkroom.discard(self.pk, but=renditions.version(self))

    def get_rendition(self, filter: Filter | str) -> PictureRendition:
        """Return a size for the desk; for "original" one without a file, as no copy of an original may be public."""
        if (filter.spec if isinstance(filter, Filter) else filter) == "original":
            return PictureRendition(image=self, filter_spec="original", width=self.width, height=self.height)
        return super().get_rendition(filter)

    def generate_rendition_file(self, filter: Filter, *, source: File[bytes] | None = None) -> File[bytes]:
        # Read at once, because Wagtail never closes its temporary file.
        with super().generate_rendition_file(BareFilter(filter.spec), source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)


class PictureRendition(AbstractRendition):
    """A size of a picture for the desk; what readers get is a file with no row (see renditions.py)."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="media_one_rendition_per_spec"
            )
        ]

    @property
    def url(self) -> str:
        # The stand-in for the original has no file of its own; the desk lets its staff download that.
        return self.file.url if self.file else self.image.file.url

    def get_upload_to(self, filename: str) -> str:
        # With everything else that is made of the picture, so that nothing of it stays behind.
        return os.path.join(renditions.FOLDER, str(self.image_id), renditions.DESK, os.path.basename(filename))
