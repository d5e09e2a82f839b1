"""Tell Django about webhooks, and have them hear what becomes of stories."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "nutgraf.webhooks"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Webhooks"

    def ready(self) -> None:
        from nutgraf.stories import signals
        from nutgraf.webhooks import listening

        signals.published.connect(listening.on_published, dispatch_uid="webhooks.published")
        signals.unpublished.connect(listening.on_unpublished, dispatch_uid="webhooks.unpublished")
