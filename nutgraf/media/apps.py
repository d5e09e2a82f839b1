"""Tell Django about the media app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "nutgraf.media"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Media"
