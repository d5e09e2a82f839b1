"""What a storyline's history can say beside Wagtail's own entries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

# Name, label, and the sentence with what was noted of it.
ENTRIES: list[tuple[str, Any, Any]] = [
    ("state", _("State"), _("Is %(state)s now.")),
    ("review", _("Reviewed"), _("To be looked at again on %(again)s.")),
    ("put_in", _("Story put in"), _("“%(headline)s” belongs to it.")),
    ("take_out", _("Story taken out"), _("“%(headline)s” belongs to it no more.")),
    ("set_aside", _("Story set aside"), _("“%(headline)s” does not belong to it, however it looks.")),
    ("merged", _("Merged"), _("Went into “%(into)s”.")),
    ("override", _("Overridden"), _("%(action)s: %(what)s. %(note)s")),
    ("restored", _("Override taken back"), _("%(action)s taken back: %(what)s. %(note)s")),
]


@hooks.register("register_log_actions")
def storylines(actions: LogActionRegistry) -> None:
    for name, label, sentence in ENTRIES:
        actions.register_action(f"nutgraf.storyline.{name}")(_formatter(label, sentence))


def _formatter(wanted: Any, sentence: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = wanted

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return (str(sentence) % log_entry.data).strip()

    return Formatter
