"""Tell Django about storylines, and listen to stories as they come and go."""

from django.apps import AppConfig


class StorylinesConfig(AppConfig):
    name = "nutgraf.storylines"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Storylines"
