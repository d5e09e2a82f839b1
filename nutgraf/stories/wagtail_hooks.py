"""What a story's history can say beside Wagtail's own entries."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry

from nutgraf.stories.models import PublicVersion, Story, StoryLogEntry


@hooks.register("register_log_actions")
def stories(actions: LogActionRegistry) -> None:
    # Not by `register_model`: reports ask every log that it knows, and would tell these entries twice.
    actions.log_entry_models_by_type.register(Story, value=StoryLogEntry)


@hooks.register("register_log_actions")
def schedule_refused(actions: LogActionRegistry) -> None:
    @actions.register_action("nutgraf.schedule.refused")
    class ScheduleRefused(LogFormatter):
        label = _("Not published as scheduled")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Not published as scheduled: %(reason)s") % log_entry.data


@hooks.register("register_log_actions")
def notes_waived(actions: LogActionRegistry) -> None:
    @actions.register_action("nutgraf.note.waived")
    class NoteWaived(LogFormatter):
        label = _("Note waived")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Note waived: %(rule)s, “%(words)s”. %(reason)s") % log_entry.data

    @actions.register_action("nutgraf.note.restored")
    class NoteRestored(LogFormatter):
        label = _("Waiver taken back")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Waiver taken back: %(rule)s, “%(words)s”.") % log_entry.data


@hooks.register("register_log_actions")
def public_changes(actions: LogActionRegistry) -> None:
    @actions.register_action("nutgraf.change")
    class PublicChange(LogFormatter):
        label = _("Public change")

        def format_message(self, log_entry: PageLogEntry) -> str:
            kind = PublicVersion.Kind(log_entry.data["kind"]).label
            if not log_entry.data["sentence"]:
                return gettext("Published as version %(number)s: %(kind)s.") % (log_entry.data | {"kind": kind})
            return gettext("%(kind)s in version %(number)s: %(sentence)s") % (log_entry.data | {"kind": kind})


@hooks.register("register_log_actions")
def holds(actions: LogActionRegistry) -> None:
    @actions.register_action("nutgraf.hold.placed")
    class HoldPlaced(LogFormatter):
        label = _("Held")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return gettext("Held: %(reason)s") % log_entry.data

    actions.register_action("nutgraf.hold.lifted", _("Hold lifted"), _("It may be published again"))
