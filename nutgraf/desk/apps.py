"""Tell Django about the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nutgraf.desk"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Desk"
