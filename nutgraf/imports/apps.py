"""Tell Django about the imports app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "nutgraf.imports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Imports"
