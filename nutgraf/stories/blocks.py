"""The parts of a story's body: points, paragraphs, quotes, numbers, events and pictures.

A draft may be unfinished, so what makes a part complete is asked for only when
the story is submitted or published: Wagtail says so by `is_deferred_validation`.
"""

from __future__ import annotations

import datetime
import re
import threading
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from nutgraf.copydesk import labels as label_words
from nutgraf.stories import readiness, richtext

WRITE_IT = _("Write the text of this part, or remove the part.")


class TextBlock(blocks.RichTextBlock):
    """A sentence or a few, with bold, italic and links; shape: RichText."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", richtext.INLINE_FEATURES)
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        field = super().field
        field.error_messages["required"] = WRITE_IT
        return field

    def clean(self, value: RichText) -> RichText:
        source = richtext.clean(super().clean(value).source)
        if self.field_options["required"] and not self.is_deferred_validation and not richtext.plain(source):
            raise ValidationError(WRITE_IT, code="required")
        return RichText(source)


class LabelBlock(blocks.CharBlock):
    """The words before the colon, offered from the house vocabulary as one types."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.field.widget.attrs |= {"list": "house-labels", "autocomplete": "off"}
        self.field.error_messages["required"] = _("Choose a label, or write one of the story's own.")

    def clean(self, value: str) -> str:
        return label_words.tidy_label(super().clean(value))


class FigureField(forms.DecimalField):
    """A number as people type it: "2500", "2,500", "2 500" or "2.5"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {
        "invalid": _("This is not a number. Write it like 2500, 2,500 or 2.5; words go into “wording”."),
    }
    _grouped = re.compile(r"^([+-]?)(\d{1,3}(?:([, \u00a0\u202f'’])\d{3})(?:\3\d{3})*)(\.\d+)?$")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().replace("\u2212", "-")
            if grouped := self._grouped.match(value):
                value = grouped[1] + re.sub(r"\D", "", grouped[2]) + (grouped[4] or "")
        return super().to_python(value)


class FigureBlock(blocks.FieldBlock):
    """A decimal number; shape: Decimal or None."""

    def __init__(self, *, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self.field = FigureField(required=required, help_text=help_text, max_digits=24, decimal_places=6)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value in (None, "") else Decimal(str(value))

    class Meta:
        icon = "decimal"


class QuoteBlock(blocks.StructBlock):
    """Words in quotation marks and who said them."""

    words = blocks.TextBlock(label=_("Words"), rows=2, help_text=_("Without the quotation marks; the page sets them."))
    words.field.error_messages["required"] = _("Write what was said.")
    speaker = blocks.CharBlock(
        max_length=120,
        label=_("Speaker"),
        help_text=_("The full name."),
    )
    speaker.field.error_messages["required"] = _("Name the speaker.")
    role = blocks.CharBlock(required=False, max_length=160, label=_("Role"), help_text=_("For example “director”."))
    affiliation = blocks.CharBlock(required=False, max_length=160, label=_("Affiliation"))
    said_to = blocks.CharBlock(
        required=False, max_length=160, label=_("Said to"), help_text=_("If not to us, to whom, or where.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        value["words"] = value["words"].strip().strip('"\u201c\u201d\u201e\u00ab\u00bb').strip()
        return value

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
        label_format = "{speaker}: {words}"


class NumberBlock(blocks.StructBlock):
    """A number, what it counts, as of when and according to whom."""

    value = FigureBlock(label=_("Number"), help_text=_("The first or only value, for example 2,500."))
    value_to = FigureBlock(required=False, label=_("To"), help_text=_("The end of a range."))
    wording = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("Wording"),
        help_text=_("If the text says it in words: “dozens”, “2 to 1”, “more than 2,500”."),
    )
    unit = blocks.CharBlock(
        required=False, max_length=40, label=_("Unit"), help_text=_("%, km, $ … Leave empty for things counted.")
    )
    counts = blocks.CharBlock(
        max_length=160,
        label=_("Counts"),
        help_text=_("What it counts or measures: “soldiers in the first contingent”."),
    )
    counts.field.error_messages["required"] = _("Say what it counts or measures.")
    as_of = blocks.DateBlock(required=False, label=_("As of"))
    source = blocks.CharBlock(required=False, max_length=160, label=_("According to"))

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if None not in (value["value"], value["value_to"]) and value["value_to"] <= value["value"]:
            error = ValidationError(_("A range ends higher than it begins: swap the two."), code="range")
            raise blocks.StructBlockValidationError({"value_to": error})
        return value

    class Meta:
        icon = "decimal"
        label = _("Number")
        template = "blocks/number.html"
        label_format = "{value} {unit} {counts}"


PRECISIONS = [("DAY", _("on that day")), ("MONTH", _("some time in that month")), ("YEAR", _("some time in that year"))]


class EventBlock(blocks.StructBlock):
    """Something with a date and a place, past or coming."""

    what = blocks.CharBlock(max_length=200, label=_("What"), help_text=_("“Security talks open”."))
    what.field.error_messages["required"] = _("Say what happens.")
    place = blocks.CharBlock(required=False, max_length=120, label=_("Where"))
    starts = blocks.DateBlock(label=_("Date"), help_text=_("The first day."))
    time = blocks.TimeBlock(required=False, label=_("Time"), help_text=_("In the newsroom's time zone."))
    ends = blocks.DateBlock(required=False, label=_("Until"), help_text=_("The last day, if there are several."))
    precision = blocks.ChoiceBlock(choices=PRECISIONS, default="DAY", label=_("How exact"))
    is_expected = blocks.BooleanBlock(
        required=False, label=_("Expected"), help_text=_("Tick if it is expected rather than fixed.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        starts, ends = value["starts"], value["ends"]
        if isinstance(starts, datetime.date) and isinstance(ends, datetime.date) and ends < starts:
            error = ValidationError(_("It ends before it starts: check the two dates."), code="range")
            raise blocks.StructBlockValidationError({"ends": error})
        return value

    class Meta:
        icon = "date"
        label = _("Event")
        template = "blocks/event.html"
        label_format = "{starts}: {what}"


class PictureBlock(blocks.StructBlock):
    """A picture, with its own caption where this story needs another."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        required=False, max_length=400, label=_("Caption"), help_text=_("Leave empty to use the picture's own.")
    )
    alt_text = blocks.CharBlock(
        required=False, max_length=400, label=_("Alt text"), help_text=_("Leave empty to use the picture's own.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if value["picture"] and not self.is_deferred_validation:
            problems = readiness.picture_problems(
                value["picture"], caption=value["caption"], alt_text=value["alt_text"]
            )
            if problems:
                raise blocks.StructBlockValidationError({"picture": ValidationError(problems)})
        return value

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"
        label_format = "{caption}"


class FactsBlock(blocks.StreamBlock):
    """What a text already says, noted once so that other pages can use it; not shown a second time."""

    quote = QuoteBlock()
    number = NumberBlock()
    event = EventBlock()

    class Meta:
        required = False
        collapsed = True
        icon = "tag"
        label = _("Facts in this text")
        help_text = _("Quotes, numbers and events that the text above contains. They are not shown twice.")


class BulletBlock(blocks.StructBlock):
    """One bullet, with one level of bullets of its own."""

    text = TextBlock(label=_("Bullet"))
    bullets = blocks.ListBlock(TextBlock(label=_("Sub-bullet")), default=[], label=_("Sub-bullets"))

    class Meta:
        icon = "list-ul"
        label = _("Bullet")
        label_format = "{text}"


class ParagraphBlock(blocks.StructBlock):
    """A paragraph without a label, and its bullets."""

    text = TextBlock(required=False, label=_("Text"))
    bullets = blocks.ListBlock(BulletBlock(), default=[], label=_("Bullets"))
    facts = FactsBlock()

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        # Bullets say enough by themselves: "By the numbers:" and three of them.
        if not self.is_deferred_validation and not richtext.plain(value["text"].source) and not value["bullets"]:
            raise blocks.StructBlockValidationError({"text": ValidationError(WRITE_IT, code="required")})
        return value

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        template = "blocks/paragraph.html"
        label_format = "{text}"


class PointBlock(ParagraphBlock):
    """A labelled paragraph, and its bullets."""

    label = LabelBlock(label=_("Label"), help_text=_("The words before the colon."))

    class Meta:
        icon = "tag"
        label = _("Point")
        template = "blocks/point.html"
        label_format = "{label}: {text}"


# The label is written first; Wagtail shows inherited fields before a class's own.
PointBlock.base_blocks = {name: PointBlock.base_blocks[name] for name in ("label", "text", "bullets", "facts")}


class StoryBody(blocks.StreamBlock):
    """A story after its lede, in the editor's order."""

    point = PointBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    number = NumberBlock()
    event = EventBlock()
    picture = PictureBlock()

    # Wagtail switches between strict and deferred validation by a flag on the block itself, and one
    # block serves every thread: without the lock one editor's draft would excuse another's publish.
    _validation = threading.RLock()

    def clean_deferred(self, value: blocks.StreamValue) -> blocks.StreamValue:
        with self._validation:
            return super().clean_deferred(value)

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        with self._validation:
            value = super().clean(value)
            if self.is_deferred_validation:
                return value
        refused = {
            index: blocks.StructBlockValidationError({"label": error}) for index, error in self._refused_labels(value)
        }
        if refused:
            raise blocks.StreamBlockValidationError(block_errors=refused)
        return value

    def _refused_labels(self, value: blocks.StreamValue) -> list[tuple[int, ValidationError]]:
        # Imported late: the models of this app hold a field made of these blocks.
        from nutgraf.stories.vocabulary import Vocabulary

        vocabulary = Vocabulary.load()
        errors = [
            (index, vocabulary.refusal(child.value["label"]))
            for index, child in enumerate(value)
            if child.block_type == "point"
        ]
        return [(index, error) for index, error in errors if error]

    class Meta:
        required = False
