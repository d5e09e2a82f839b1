"""Tell Django about briefings."""

from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    name = "nutgraf.briefings"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Briefings"
