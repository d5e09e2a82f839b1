"""Tell Django about the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "nutgraf.api"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "API"
