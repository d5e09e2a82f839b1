"""Tell Django about storylines, and listen to stories as they come and go."""

from django.apps import AppConfig


class StorylinesConfig(AppConfig):
    name = "nutgraf.storylines"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Storylines"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, pre_delete

        from nutgraf.stories import signals
        from nutgraf.stories.models import Story
        from nutgraf.storylines import listening
        from nutgraf.streams import actions as streams

        streams.SOURCES.append(listening.streams_of)
        signals.published.connect(listening.on_published, dispatch_uid="storylines.published")
        signals.facts_changed.connect(listening.on_published, dispatch_uid="storylines.facts_changed")
        signals.restored.connect(listening.on_restored, dispatch_uid="storylines.restored")
        signals.unpublished.connect(listening.on_unpublished, dispatch_uid="storylines.unpublished")
        pre_delete.connect(listening.before_deletion, sender=Story, dispatch_uid="storylines.before_deletion")
        post_delete.connect(listening.after_deletion, sender=Story, dispatch_uid="storylines.after_deletion")
