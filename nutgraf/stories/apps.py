"""Tell Django about the stories app."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "nutgraf.stories"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Stories"
