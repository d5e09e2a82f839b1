"""Tell Django about audience."""

from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "nutgraf.audience"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Audience"
