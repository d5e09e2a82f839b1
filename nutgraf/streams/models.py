"""Streams as a table in reading order, the days of the archive, and the fronts on which an editor puts some stories first."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from nutgraf.newsroom.models import Author, Section
from nutgraf.stories.models import Label

ALL = "all"


def section_stream(section: Section) -> str:
    """Name the stream of a section."""
    return f"section:{section.pk}"


def author_stream(author: Author) -> str:
    """Name the stream of an author."""
    return f"author:{author.pk}"


def label_stream(label: Label) -> str:
    """Name the stream of the stories that have a point with this label."""
    return f"label:{label.pk}"


class StreamEntry(models.Model):
    """One story's place in one stream.

    The primary key is the reading order, so that the latest twenty of any stream
    are twenty neighbouring rows, however old the archive grows.
    """

    pk = models.CompositePrimaryKey("stream", "published_at", "story")
    stream = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="stream_entries")

    def __str__(self) -> str:
        return f"{self.stream} {self.published_at:%Y-%m-%d %H:%M} {self.story_id}"


class Day(models.Model):
    """A day of the archive, in the newsroom's time: how many of its stories are public, and when any of that last changed."""

    day = models.DateField(primary_key=True)
    stories = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}: {self.stories}"


def place_in_stream(published_at: datetime.datetime, story_id: int) -> str:
    """Write a place in a stream as a text that sorts as the stream does, for pages to say which part they show."""
    return f"{published_at.astimezone(datetime.UTC).isoformat(timespec='microseconds')}/{story_id:020d}"


class Front(ClusterableModel):
    """The front page, or a section's: what an editor puts first; the rest fills itself by recency."""

    section = models.OneToOneField(
        Section, on_delete=models.CASCADE, null=True, blank=True, related_name="front", editable=False
    )
    lead = models.ForeignKey(
        "stories.Story",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The story on top. Leave empty for the newest."),
    )
    lead_until = models.DateTimeField(
        null=True, blank=True, help_text=_("From then on the newest story is on top. Leave empty for no end.")
    )

    class Meta:
        ordering = ["section__position"]

    def __str__(self) -> str:
        return self.section.name if self.section else str(_("Front page"))

    def lead_at(self, at: datetime.datetime) -> int | None:
        """Return the key of the story that leads at that moment, or None for the newest."""
        is_over = self.lead_until is not None and self.lead_until <= at
        return None if is_over else self.lead_id

    def pins_at(self, at: datetime.datetime) -> list[int]:
        """Return the keys of the stories pinned at that moment, in the editor's order."""
        return [pin.story_id for pin in self.pins.all() if pin.until is None or pin.until > at]

    def next_change(self, at: datetime.datetime) -> datetime.datetime | None:
        """Return the next moment at which the lead or a pin ends by itself."""
        ends = [self.lead_until, *(pin.until for pin in self.pins.all())]
        return min((end for end in ends if end and end > at), default=None)


class Pin(Orderable):
    """A story that an editor keeps near the top of a front."""

    front = ParentalKey(Front, on_delete=models.CASCADE, related_name="pins")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(
        null=True, blank=True, help_text=_("From then on it takes its own place. Leave empty for no end.")
    )

    def __str__(self) -> str:
        return self.story.title
