"""Tell Django about live stories, and listen to stories as they come and go."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "nutgraf.live"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Live"

    def ready(self) -> None:
        from nutgraf.live import actions
        from nutgraf.stories import signals

        signals.published.connect(actions.on_published, dispatch_uid="live.mirror")
