"""A story's live coverage, and its entries: each with its moment, its text and what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField

from nutgraf.stories import richtext
from nutgraf.stories.blocks import StoryBody


class LiveRun(models.Model):
    """The live coverage in a story: from when to when, what stands on top of it, and how many changes it has seen."""

    # What refers to a picture is the story, as far as the desk's lists go.
    wagtail_reference_index_ignore = True

    story = models.OneToOneField("stories.Story", on_delete=models.CASCADE, related_name="live_run")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = RichTextField(
        blank=True,
        features=richtext.INLINE_FEATURES,
        help_text=_("What a reader has to know who comes only now. Each paragraph is a bullet; three are enough."),
    )
    is_oldest_first = models.BooleanField(
        default=False, help_text=_("Once it has ended, readers may prefer to read it from its beginning.")
    )
    # Every change of an entry, the summary or the end has the next number; readers' pages say up to which they know.
    change = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("live coverage")
        verbose_name_plural = _("live coverage")

    def __str__(self) -> str:
        return str(_("Live: %(headline)s") % {"headline": self.story.title})

    @property
    def is_open(self) -> bool:
        """Whether entries may still be filed."""
        return self.ended_at is None

    @property
    def bullets(self) -> list[str]:
        """The summary, one bullet a paragraph, as inline HTML."""
        return richtext.paragraphs(self.summary)


class LiveEntry(models.Model):
    """One entry: what happened, and when."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        PUBLIC = "PUBLIC", _("public")
        REMOVED = "REMOVED", _("removed")

    run = models.ForeignKey(LiveRun, on_delete=models.CASCADE, related_name="entries")
    # Its place among the facts of the story; never given twice.
    number = models.PositiveIntegerField(editable=False)
    at = models.DateTimeField(help_text=_("When it happened, or was reported."))
    headline = models.CharField(max_length=160, blank=True)
    body = StreamField(StoryBody(), blank=True)
    is_key = models.BooleanField(default=False, verbose_name=_("key event"), help_text=_("Listed on top."))
    author = models.ForeignKey("newsroom.Author", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    filed_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=7, choices=State, default=State.PUBLIC)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_because = models.CharField(max_length=300, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    # What was wrong, a line for each time that it was corrected.
    correction = models.TextField(blank=True)
    broken_out_to = models.ForeignKey(
        "stories.Story", on_delete=models.SET_NULL, null=True, blank=True, related_name="broken_out_of"
    )
    # The number of the latest change of the coverage that concerned this entry.
    change = models.PositiveBigIntegerField(editable=False)

    class Meta:
        verbose_name = _("live entry")
        verbose_name_plural = _("live entries")
        ordering = ["run", "-at", "-pk"]
        indexes = [
            models.Index(fields=["run", "at", "id"], name="live_by_time"),
            models.Index(fields=["run", "change"], name="live_by_change"),
        ]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="live_one_entry_of_a_number")]

    def __str__(self) -> str:
        return self.headline or self.words[:80]

    @property
    def is_public(self) -> bool:
        """Whether readers see what it says, and not only that it was removed."""
        return self.state == self.State.PUBLIC

    @property
    def anchor(self) -> str:
        """What it is called within a page."""
        return f"entry-{self.pk}"

    @property
    def words(self) -> str:
        """Its texts, without markup."""
        return " ".join(filter(None, [_words(part) for part in self.body]))

    @property
    def line(self) -> str:
        """What it is called where there is one line for it."""
        words = self.headline or self.words
        return words if len(words) <= 120 else f"{words[:120].rsplit(' ', 1)[0]}…"


def _words(part: Any) -> str:
    """Return what one block says: a quote its words, a text itself with its label and bullets, anything else nothing."""
    if part.block_type == "quote":
        return str(part.value["words"])
    if "text" not in part.value:
        return ""
    sources = [part.value["text"].source]
    for bullet in part.value["bullets"]:
        sources += [bullet["text"].source, *(below.source for below in bullet["bullets"])]
    label = part.value.get("label", "")
    return " ".join(filter(None, [label and f"{label}:", *map(richtext.plain, sources)]))
