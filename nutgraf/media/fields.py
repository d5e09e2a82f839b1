"""A file field that measures a picture as it is seen, and shows its original only through the desk."""

from __future__ import annotations

import PIL.Image
from django.urls import reverse
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from nutgraf.media import intake


class PictureFieldFile(WagtailImageFieldFile):
    """An original: its address is the desk's download view, whatever storage holds it."""

    @property
    def url(self) -> str:
        self._require_file()
        return reverse("picture_original", args=[self.instance.pk])

    def get_image_dimensions(self) -> tuple[int, int]:
        # Wagtail decodes the whole picture here, and forgets which way up the camera was held.
        if examined := getattr(getattr(self, "_file", None), "examined", None):
            return examined.width, examined.height
        was_closed = self.closed
        self.open()
        try:
            return intake.size_as_seen(PIL.Image.open(self))
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)


class PictureField(WagtailImageField):
    attr_class = PictureFieldFile
