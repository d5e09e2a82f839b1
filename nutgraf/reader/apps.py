"""Tell Django about the reader app, and have it hear what becomes of stories and storylines."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "nutgraf.reader"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Reader"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from nutgraf.audience import links
        from nutgraf.published.serving import access_log
        from nutgraf.reader import finding, hub, signing_up
        from nutgraf.reader.sharing import picture
        from nutgraf.stories import signals
        from nutgraf.storylines.models import Storyline

        signals.published.connect(hub.on_change, dispatch_uid="reader.hub")
        signals.published.connect(finding.on_published, dispatch_uid="reader.ahead")
        signals.unpublished.connect(hub.on_change, dispatch_uid="reader.hub")
        signals.unpublished.connect(picture.on_unpublished, dispatch_uid="reader.sharing")
        post_save.connect(signing_up.on_storyline, sender=Storyline, dispatch_uid="reader.followers")
        # Whoever has such an address may do what its subscriber may.
        access_log.UNTOLD.append(f"/{links.PATH}")
