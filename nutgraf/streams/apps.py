"""Tell Django about the streams app, and listen to stories as they come and go."""

from django.apps import AppConfig


class StreamsConfig(AppConfig):
    name = "nutgraf.streams"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Streams"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from nutgraf.published import keys
        from nutgraf.stories import facets, signals
        from nutgraf.stories.models import Story
        from nutgraf.streams import actions
        from nutgraf.streams.models import StreamEntry, place_in_stream

        facets.SOURCES.append(actions.names_of)
        signals.published.connect(actions.on_published, dispatch_uid="streams.enter")
        signals.restored.connect(actions.on_restored, dispatch_uid="streams.restored")
        signals.unpublished.connect(actions.on_unpublished, dispatch_uid="streams.leave")
        post_delete.connect(actions.on_deleted, sender=Story, dispatch_uid="streams.count")
        # A page that shows part of a stream is concerned by what enters or leaves that part, and by nothing else.
        keys.LISTINGS[StreamEntry._meta.db_table] = keys.Listing(
            columns=("stream", "published_at", "story_id"),
            name=lambda row: row["stream"],
            place=lambda row: place_in_stream(row["published_at"], row["story_id"]),
        )
