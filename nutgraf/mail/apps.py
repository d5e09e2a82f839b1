"""Tell Django about mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "nutgraf.mail"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Mail"
