"""Tell Django about audience, and have it hear what comes of mail."""

from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "nutgraf.audience"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Audience"

    def ready(self) -> None:
        from nutgraf.audience import suppressing
        from nutgraf.mail import signals

        signals.bounced.connect(suppressing.on_bounced, dispatch_uid="audience")
        signals.complained.connect(suppressing.on_complained, dispatch_uid="audience")
