"""What a story's history can say of its live coverage."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry


@hooks.register("register_log_actions")
def live_actions(actions: LogActionRegistry) -> None:
    actions.register_action("nutgraf.live.started", _("Went live"), _("Went live"))
    actions.register_action("nutgraf.live.ended", _("Live coverage ended"), _("Live coverage ended"))

    @actions.register_action("nutgraf.live.corrected")
    class EntryCorrected(LogFormatter):
        label = _("Live entry corrected")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Live entry corrected: %(sentence)s It said: “%(headline)s %(words)s”") % log_entry.data

    @actions.register_action("nutgraf.live.removed")
    class EntryRemoved(LogFormatter):
        label = _("Live entry removed")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Live entry removed: %(reason)s It said: “%(headline)s %(words)s”") % log_entry.data

    @actions.register_action("nutgraf.live.broken_out")
    class EntryBrokenOut(LogFormatter):
        label = _("Story made of a live entry")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Story made of a live entry: “%(headline)s”") % log_entry.data
