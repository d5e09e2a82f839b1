"""What a storyline shows once, and every fact that speaks of it: made from mirrored facts and overrides, never edited."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nutgraf.stories.models import Event, Number, Quote
from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.models.storyline import Storyline


class Entry(models.Model):
    """A speaker, a thing that is counted, or an event, however many stories have it.

    Its columns are what the storyline's page chooses and sorts by, so that a page shows the
    first few of thousands without reading the rest.
    """

    storyline = models.ForeignKey(Storyline, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=6, choices=Kind)
    key = models.CharField(max_length=200)
    # How many facts speak of it, and when the latest of them was published.
    count = models.PositiveIntegerField(default=0)
    latest_at = models.DateTimeField()
    is_pinned = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)
    # Of an event: its first day as the latest story has it, and the moment from which on it has passed.
    starts = models.DateField(null=True)
    passes_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.UniqueConstraint(fields=["storyline", "kind", "key"], name="storylines_one_entry_a_key")]
        indexes = [
            models.Index(
                fields=["storyline", "kind", "is_hidden", "-is_pinned", "-latest_at", "-id"],
                name="storylines_entry_order",
            ),
            models.Index(fields=["storyline", "kind", "is_hidden", "starts"], name="storylines_entry_days"),
        ]

    def __str__(self) -> str:
        return self.words or self.key


class Mention(models.Model):
    """One fact of one public story, in the entry that it speaks of: exactly one of quote, number and event is set."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="mentions")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    block_id = models.CharField(max_length=36)
    # When the story was first published, and for a number as of when: the order of an entry's history.
    published_at = models.DateTimeField()
    as_of = models.DateField()
    is_pinned = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)
    quote = models.ForeignKey("stories.Quote", on_delete=models.CASCADE, null=True, related_name="mentions")
    number = models.ForeignKey("stories.Number", on_delete=models.CASCADE, null=True, related_name="mentions")
    event = models.ForeignKey("stories.Event", on_delete=models.CASCADE, null=True, related_name="mentions")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        indexes = [
            models.Index(
                fields=["entry", "is_hidden", "-is_pinned", "-as_of", "-published_at", "-id"],
                name="storylines_mention_order",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "story", "block_id"], name="storylines_one_mention_a_fact"),
            models.CheckConstraint(
                condition=models.Q(quote=None, number=None, event__isnull=False)
                | models.Q(quote=None, number__isnull=False, event=None)
                | models.Q(quote__isnull=False, number=None, event=None),
                name="storylines_mention_of_one_fact",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fact)

    @property
    def fact(self) -> Quote | Number | Event:
        """The fact itself."""
        fact = self.quote or self.number or self.event
        assert fact  # noqa: S101 (the table sees to it)
        return fact
