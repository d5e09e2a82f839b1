"""Tell Django about the demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "nutgraf.demo"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Demo"
