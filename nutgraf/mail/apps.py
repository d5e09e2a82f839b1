"""Tell Django about mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "nutgraf.mail"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Mail"

    def ready(self) -> None:
        from anymail.signals import tracking

        from nutgraf.mail import hooks

        tracking.connect(hooks.hear, dispatch_uid="nutgraf.mail")
