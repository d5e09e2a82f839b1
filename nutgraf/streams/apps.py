"""Tell Django about the streams app, and listen to stories as they come and go."""

from django.apps import AppConfig


class StreamsConfig(AppConfig):
    name = "nutgraf.streams"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Streams"

    def ready(self) -> None:
        from nutgraf.stories import signals
        from nutgraf.streams import actions

        signals.published.connect(actions.on_published, dispatch_uid="streams.enter")
        signals.unpublished.connect(actions.on_unpublished, dispatch_uid="streams.leave")
