"""Tell Django about the media app, Pillow about our limits, and the disk about deleted pictures."""

from typing import Any

import PIL.Image
from django.apps import AppConfig
from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete


class MediaConfig(AppConfig):
    name = "nutgraf.media"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Media"

    def ready(self) -> None:
        # Pillow refuses twice this number of pixels by itself, wherever it opens a file.
        PIL.Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        # A signal, because Wagtail deletes pictures in bulk and by cascade, past Picture.delete().
        post_delete.connect(discard_renditions, sender="media.Picture", dispatch_uid="media.discard_renditions")


def discard_renditions(instance: Any, **kwargs: Any) -> None:
    from nutgraf.media import darkroom

    picture_id = instance.pk
    transaction.on_commit(lambda: darkroom.discard(picture_id))
