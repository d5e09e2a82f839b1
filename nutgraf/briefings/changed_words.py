"""Say in one line what changed in a storyline, for a mail: the same facts that the catching-up pages tell."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from nutgraf.briefings.content import Line
from nutgraf.stories.models import Event, Number, Point, Quote
from nutgraf.storylines.catching_up import Change, Sort

BEFORE_THE_FIGURE = "$£€¥₹"


def line(change: Change) -> Line:
    """Return a change as a line."""
    fact = change.fact
    if isinstance(fact, Event):
        what = change.sentence or fact.what
        said = _(", ").join(filter(None, [what, fact.place, _("expected") if fact.is_expected else ""]))
        return Line(said, lead=day_of(fact), url=change.place)
    if isinstance(fact, Number):
        said = change.sentence or fact.counts
        if change.before:
            said = _(", ").join([said, _("before %(value)s") % {"value": figure(change.before)}])
        return Line(_(", ").join(filter(None, [said, fact.source])), lead=figure(fact), url=change.place)
    if isinstance(fact, Quote):
        words = _("“%(words)s”") % {"words": change.sentence or fact.words}
        return Line(words, lead=_(", ").join(filter(None, [fact.speaker, fact.role])), url=change.place)
    if isinstance(fact, Point):
        return Line(fact.text, lead=f"{fact.label_text}:" if fact.label_text else "", url=change.place)
    if change.sort is Sort.CORRECTION:
        return Line(change.sentence, lead=Sort.CORRECTION.label, url=change.place)
    updated = "" if change.is_new_story else _("updated")
    return Line(change.story.card_head, lead=updated, url=change.place)


def figure(number: Number) -> str:
    """Write a number as its text has it, or else its value or range, with its unit."""
    if number.wording:
        words = number.wording
    else:
        words = "–".join(_grouped(value) for value in (number.value, number.value_to) if value is not None)
        if number.unit and number.unit in BEFORE_THE_FIGURE:
            return f"{number.unit}{words}"
    if not number.unit:
        return words
    return f"{words}{'' if number.unit == '%' else chr(0xA0)}{number.unit}"


def day_of(event: Event) -> str:
    """Write an event's day or days, or month, or year."""
    if event.precision == Event.Precision.YEAR:
        return f"{event.starts:%Y}"
    if event.precision == Event.Precision.MONTH:
        return str(formats.date_format(event.starts, "YEAR_MONTH_FORMAT"))
    first = formats.date_format(event.starts, "MONTH_DAY_FORMAT")
    if not event.ends or event.ends == event.starts:
        return str(first)
    return f"{first} – {formats.date_format(event.ends, 'MONTH_DAY_FORMAT')}"


def _grouped(value: Decimal) -> str:
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return str(formats.number_format(Decimal(plain), use_l10n=True, force_grouping=True))
