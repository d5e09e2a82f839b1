"""What the rules of the copy desk say of a story in this newsroom: what is open, what was waived and what stops it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from nutgraf.copydesk import rules
from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.rules import House, HouseWord, Known, Length, Level, Note, PictureWords, Switch, Target
from nutgraf.media.models import Picture
from nutgraf.stories.models import HouseStyle, Kind, Label, RuleSwitch, Waiver

if TYPE_CHECKING:
    from nutgraf.stories.models import Story


@dataclass(frozen=True)
class Margin:
    """The notes beside a story."""

    open: list[Note]
    waived: list[tuple[Note, Waiver]]
    length: Length


def margin(
    draft: Draft, *, story: Story | None, kind: Kind | None, on: datetime.date, known: Known | None = None
) -> Margin:
    """Look at a story as it is written just now; `story` is where its waivers are kept, if it is kept at all.

    What is `known` from stories on the same subject is told by whoever looks them up.
    """
    told = house(draft, kind=kind, on=on, known=known or Known())
    notes = rules.check(draft, told)
    waivers = _waivers(story)
    return Margin(
        open=[note for note in notes if Waiver.key_for(note) not in waivers],
        waived=[(note, waivers[key]) for note in notes if (key := Waiver.key_for(note)) in waivers],
        length=rules.length(draft, told),
    )


def stops(story: Story) -> list[Note]:
    """Return the notes that keep a story from being published."""
    draft = draft_of(story)
    # Nearly every story has none, whatever the house has switched; then nothing more is asked.
    if not rules.check(draft, House(language=settings.LANGUAGE_CODE), level=Level.STOP):
        return []
    told = House(language=settings.LANGUAGE_CODE, switches=_switches())
    waivers = _waivers(story)
    return [note for note in rules.check(draft, told, level=Level.STOP) if Waiver.key_for(note) not in waivers]


def house(draft: Draft, *, kind: Kind | None, on: datetime.date, known: Known) -> House:
    """Return what the rules have to know of this newsroom for one story."""
    style = HouseStyle.load()
    words = style.words.all() if style.pk else ()
    return House(
        language=settings.LANGUAGE_CODE,
        on=on,
        jobs=dict(Label.objects.values_list("key", "job")),
        words=tuple(HouseWord(word.words, word.preferred, word.reason) for word in words),
        target=Target(kind.most_words, kind.name) if kind else Target(style.most_words),
        words_per_minute=style.words_per_minute,
        switches=_switches(),
        pictures=_pictures(draft),
        known=known,
    )


def draft_of(story: Story) -> Draft:
    """Return a story as the rules look at it."""
    hero = {"picture": story.hero_id, "caption": story.hero_caption, "alt_text": story.hero_alt_text}
    return Draft(
        headline=story.title,
        short_head=story.short_head,
        eyebrow=story.eyebrow,
        dateline_place=story.dateline_place,
        lede=story.lede or "",
        hero=hero if story.hero_id else None,
        body=story.body.stream_block.get_prep_value(story.body),
    )


def _switches() -> dict[str, Switch]:
    return {row.rule: Switch(row.is_on, row.limit) for row in RuleSwitch.objects.all()}


def _waivers(story: Story | None) -> dict[str, Waiver]:
    if story is None or story.pk is None:
        return {}
    return {waiver.key: waiver for waiver in Waiver.objects.filter(story=story.pk).select_related("by")}


def _pictures(draft: Draft) -> dict[int, PictureWords]:
    shown = [draft.hero or {}, *(part["value"] for part in draft.body if part["type"] == "picture")]
    keys = [number for value in shown if (number := _key(value.get("picture")))]
    found = Picture.objects.filter(pk__in=keys).values_list("pk", "description", "credit_line") if keys else ()
    return {pk: PictureWords(alt_text, credit_line) for pk, alt_text, credit_line in found}


def _key(value: Any) -> int | None:
    return int(value) if str(value or "").isdecimal() else None
