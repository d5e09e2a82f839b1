"""Tell Django about the page store, and have it hear what is read and what is changed."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "nutgraf.published"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Published pages"

    def ready(self) -> None:
        from nutgraf.published import clock, following, outbox, reads, writes

        reads.listen()
        writes.listen()
        clock.listen()
        outbox.LISTENERS.append(following.follow)
