"""Tell Django about the reader app, and have a hub told of stories as they come and go."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "nutgraf.reader"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Reader"

    def ready(self) -> None:
        from nutgraf.reader import hub
        from nutgraf.stories import signals

        signals.published.connect(hub.on_change, dispatch_uid="reader.hub")
        signals.unpublished.connect(hub.on_change, dispatch_uid="reader.hub")
