"""Tell Django about the reader app."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "nutgraf.reader"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Reader"
