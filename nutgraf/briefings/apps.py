"""Tell Django about briefings, and tell the mail who gets them."""

from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    name = "nutgraf.briefings"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Briefings"

    def ready(self) -> None:
        from nutgraf.audience import signals
        from nutgraf.briefings import actions, following, sending
        from nutgraf.mail import recipients

        recipients.register("edition", sending.OfEditions())
        recipients.register("edition-correction", sending.OfCorrections())
        recipients.register("followers", following.OfFollowers())
        signals.unsubscribed.connect(actions.on_unsubscribed, dispatch_uid="briefings.unsubscribed")
