"""Tell Django about the newsroom app."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "nutgraf.newsroom"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Newsroom"
