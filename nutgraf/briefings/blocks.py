"""The items of an edition: what a curator puts into it, each with a headline and words for this edition only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.models import registry
from wagtail.images.blocks import ImageChooserBlock

from nutgraf.stories.blocks import TextBlock
from nutgraf.stories.models import Story
from nutgraf.storylines.models import Storyline

HEADLINE = _("Leave empty to use its own.")


class StoryChooserBlock(blocks.ChooserBlock):
    """A story that readers can see; shape: Story or None."""

    target_model = Story

    @cached_property
    def widget(self) -> Any:
        # The desk has its own window to choose stories in, and tells Wagtail so; we know no desk.
        field: models.ForeignKey[Story, Story] = models.ForeignKey(Story, on_delete=models.CASCADE)
        chosen = (registry.get(field) or {}).get("widget", forms.Select)
        return chosen() if isinstance(chosen, type) else chosen

    class Meta:
        icon = "doc-full"


class StorylineChooserBlock(blocks.ChooserBlock):
    """A storyline, from the list of all; shape: Storyline or None."""

    target_model = Storyline

    @cached_property
    def widget(self) -> forms.Select:
        return forms.Select()

    @cached_property
    def field(self) -> Any:
        return forms.ModelChoiceField(
            queryset=Storyline.objects.standing(), widget=self.widget, required=self._required
        )

    def get_form_state(self, value: Any) -> Any:
        # A list of keys is what the script of a select takes.
        return self.widget.format_value(value.pk if isinstance(value, Storyline) else value)

    class Meta:
        icon = "list-ol"


class StoryItem(blocks.StructBlock):
    """A story, told again for the readers of this edition."""

    story = StoryChooserBlock(label=_("Story"))
    headline = blocks.CharBlock(required=False, max_length=120, label=_("Headline here"), help_text=HEADLINE)
    words = TextBlock(
        required=False, label=_("Words here"), help_text=_("Leave empty to use the story’s lede and why it matters.")
    )
    has_picture = blocks.BooleanBlock(required=False, label=_("With its picture"))

    class Meta:
        icon = "doc-full"
        label = _("Story")
        label_format = "{story} {headline}"


class StorylineItem(blocks.StructBlock):
    """What changed in a storyline since the latest edition that went out."""

    storyline = StorylineChooserBlock(label=_("Storyline"))
    headline = blocks.CharBlock(required=False, max_length=120, label=_("Headline here"), help_text=HEADLINE)
    words = TextBlock(
        required=False,
        label=_("Words before it"),
        help_text=_("What changed since the latest edition follows by itself when this one goes out."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Catch up on a storyline")
        label_format = "{storyline} {headline}"


class NumberItem(blocks.StructBlock):
    """A number of the day."""

    figure = blocks.CharBlock(max_length=60, label=_("Number"), help_text=_("As readers see it: “2,500” or “2 to 1”."))
    counts = blocks.CharBlock(max_length=200, label=_("Counts"), help_text=_("What it counts or measures."))
    source = blocks.CharBlock(required=False, max_length=160, label=_("According to"))
    words = TextBlock(required=False, label=_("Words here"))
    story = StoryChooserBlock(required=False, label=_("From the story"))

    class Meta:
        icon = "decimal"
        label = _("Number of the day")
        label_format = "{figure} {counts}"


class QuoteItem(blocks.StructBlock):
    """A quote and who said it."""

    words = blocks.TextBlock(rows=2, label=_("Words"), help_text=_("Without the quotation marks."))
    speaker = blocks.CharBlock(max_length=120, label=_("Speaker"))
    role = blocks.CharBlock(required=False, max_length=160, label=_("Role"))
    story = StoryChooserBlock(required=False, label=_("From the story"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{speaker}: {words}"


class ComingItem(blocks.StructBlock):
    """One thing that is still to come."""

    day = blocks.DateBlock(label=_("Date"))
    what = blocks.CharBlock(max_length=200, label=_("What"))
    place = blocks.CharBlock(required=False, max_length=120, label=_("Where"))
    story = StoryChooserBlock(required=False, label=_("From the story"))

    class Meta:
        icon = "date"
        label_format = "{day}: {what}"


class NextItem(blocks.StructBlock):
    """What's next: days and what happens on each."""

    headline = blocks.CharBlock(required=False, max_length=120, label=_("Headline"), help_text=_("Else “What’s next”."))
    events = blocks.ListBlock(ComingItem(), label=_("Events"))

    class Meta:
        icon = "date"
        label = _("What’s next")
        label_format = "{headline}"


class TextItem(blocks.StructBlock):
    """A few sentences of the curator's own."""

    headline = blocks.CharBlock(required=False, max_length=120, label=_("Headline"))
    words = TextBlock(label=_("Words"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        label_format = "{headline} {words}"


class SponsorItem(blocks.StructBlock):
    """A place that somebody pays for; its label always says so."""

    label = blocks.CharBlock(
        max_length=40, default=_("Sponsored"), label=_("Label"), help_text=_("Readers always see it above.")
    )
    headline = blocks.CharBlock(max_length=120, label=_("Headline"))
    words = TextBlock(required=False, label=_("Words"))
    url = blocks.URLBlock(required=False, label=_("Leads to"))
    picture = ImageChooserBlock(required=False, label=_("Picture"))

    class Meta:
        icon = "pick"
        label = _("Sponsor")
        label_format = "{label}: {headline}"


class EditionItems(blocks.StreamBlock):
    """What an edition says after its opening, in the curator's order."""

    story = StoryItem()
    storyline = StorylineItem()
    number = NumberItem()
    quote = QuoteItem()
    next = NextItem()
    text = TextItem()
    sponsor = SponsorItem()

    class Meta:
        required = False
