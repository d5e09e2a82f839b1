"""What a story must have before readers may see it, each with the words that say so to an editor."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.blocks import Block, ListBlock, StreamBlock, StreamValue

from nutgraf.media.models import Picture
from nutgraf.stories import richtext

if TYPE_CHECKING:
    from nutgraf.stories.changes import Pending
    from nutgraf.stories.models.story import Story


class NotReady(ValidationError):
    """A story lacks what a published story needs; shaped like any validation error, by field."""

    def __init__(self, found: dict[str, Any], *, story: Story) -> None:
        super().__init__(found)
        self.story = story


def require(story: Story, *, at: datetime.datetime, change: Pending | None = None, is_restored: bool = False) -> None:
    """Raise NotReady, naming every field, unless the story may be published at that moment."""
    found = problems_of_page(story, at=at) if is_restored else problems(story, at=at, change=change)
    if found:
        raise NotReady(found, story=story)


def require_page(story: Story) -> None:
    """Raise NotReady unless the story has what a page needs; whether its address is free is not asked."""
    if found := _by_field(_missing_of_page(story)):
        raise NotReady(found, story=story)


def problems_of_page(story: Story, *, at: datetime.datetime) -> dict[str, list[ValidationError]]:
    """Return, by field, for want of what a story would have no page at all."""
    return _by_field([*_missing_of_page(story), *_address(story, at), *held(story, at=at)])


def _missing_of_page(story: Story) -> Iterator[tuple[str, str]]:
    return (one for one in _missing(story) if one[0] != "bylines")


def _by_field(found: Iterable[tuple[str, str]]) -> dict[str, list[ValidationError]]:
    return {field: [ValidationError(message)] for field, message in found}


def problems(
    story: Story, *, at: datetime.datetime, change: Pending | None = None, is_body_sound: bool = False
) -> dict[str, list[ValidationError]]:
    """Return what stands in the way of publishing, by field; empty if nothing does.

    `change` is what publishing would change for readers, if the caller knows that already; `is_body_sound` that
    the caller has just found the blocks of the body to lack nothing.
    """
    # Imported late: the models of this app are checked by this module.
    from nutgraf.stories import changes

    told = changes.problems(change or changes.pending(story))
    found: dict[str, list[ValidationError]] = {}
    fields = [*_missing(story), *_hero(story, at), *_address(story, at), *stops(story)]
    for field, message in [*fields, *held(story, at=at), *told]:
        found.setdefault(field, []).append(ValidationError(message))
    if sentences := [] if is_body_sound else of_body(story.body):
        found.setdefault("body", []).insert(0, ValidationError(sentences))
    for picture in expired_pictures(story, at=at) - {story.hero}:
        found.setdefault("body", []).append(ValidationError(expiry(picture)))
    return found


def of_body(body: StreamValue) -> list[str]:
    """Return what the blocks of a body lack, a sentence for each."""
    try:
        body.stream_block.clean(body)
    except ValidationError as error:
        return list(_sentences(error, body.stream_block, body))
    return []


def _missing(story: Story) -> Iterator[tuple[str, str]]:
    if not story.title.strip():
        yield "title", _("Write a headline.")
    if not richtext.plain(story.lede):
        yield "lede", _("Write the lede.")
    if story.section_id is None:
        yield "section", _("Choose a section.")
    if not story.authors:
        yield "bylines", _("Sign it: choose at least one author.")


def _hero(story: Story, at: datetime.datetime) -> Iterator[tuple[str, str]]:
    if story.hero is None:
        return
    for message in picture_problems(story.hero, caption=story.hero_caption, alt_text=story.hero_alt_text):
        yield "hero", message
    if story.hero in expired_pictures(story, at=at):
        yield "hero", expiry(story.hero)


def _address(story: Story, at: datetime.datetime) -> Iterator[tuple[str, str]]:
    day = story.address_date or timezone.localdate(at)
    twins = type(story).objects.filter(address_date=day, slug=story.slug).exclude(pk=story.pk)
    for headline in twins.values_list("title", flat=True)[:1]:
        yield "slug", _("“%(headline)s” has this slug on the same day.") % {"headline": headline}


def held(story: Story, *, at: datetime.datetime) -> Iterator[tuple[str, str]]:
    """Return why the story is held, if it still is at that moment or the later one that it is scheduled for."""
    # Imported late: the models of this app are checked by this module.
    from nutgraf.stories.models import Hold

    hold = Hold.objects.filter(story=story.pk).first() if story.pk else None
    moment = max(at, story.go_live_at or at)
    if hold is None or hold.is_over(moment):
        return
    if hold.until is None:
        yield NON_FIELD_ERRORS, hold.reason
    else:
        until = timezone.localtime(hold.until)
        yield (
            NON_FIELD_ERRORS,
            _("%(why)s It may not be published before %(day)s, %(time)s.")
            % {"why": hold.reason, "day": formats.date_format(until, "DATE_FORMAT"), "time": f"{until:%H:%M}"},
        )


def stops(story: Story) -> Iterator[tuple[str, str]]:
    """Return the notes of the copy desk that nobody may pass over, each with its field."""
    # Imported late: the models of this app are checked by this module.
    from nutgraf.stories import notes

    for note in notes.stops(story):
        field, _slash, rest = note.path.partition("/")
        yield (
            _FIELDS.get(field, field),
            _("%(where)s%(why)s If it is meant, waive the note with a reason.")
            % {"where": _where(story, rest), "why": note.why},
        )


# The rules speak of a story in the newsroom's words.
_FIELDS = {"headline": "title"}


def _where(story: Story, rest: str) -> str:
    """Say which part of the body is meant, by its label or else its number."""
    key = rest.partition("/")[0]
    for place, child in enumerate(story.body, start=1):
        if key and key == str(child.id):
            label = child.value["label"] if child.block_type == "point" else ""
            return f"{label}: " if label else _("Part %(number)s: ") % {"number": place}
    return ""


def picture_problems(picture: Picture, *, caption: str = "", alt_text: str = "") -> list[str]:
    """Return what a picture lacks, given the caption and alt text that the story has for it."""
    written_here = {"caption": caption, "description": alt_text}
    return [message for field, message in picture.missing() if not written_here.get(field)]


def expired_pictures(story: Story, *, at: datetime.datetime) -> set[Picture]:
    """Return pictures past their last day that the public story does not show already."""
    today = timezone.localdate(at)
    shown = pictures(story)
    expired = {picture for picture in shown if picture.is_expired(today)}
    if not expired:
        return set()
    public = type(story).objects.live().filter(pk=story.pk).first()
    return expired - (pictures(public) if public else set())


def expiry(picture: Picture) -> str:
    """Say until when a picture could be used."""
    day = picture.use_until
    return _("“%(title)s” may not be used since %(day)s: choose another picture.") % {
        "title": picture.title,
        "day": day,
    }


def pictures(story: Story) -> set[Picture]:
    """Return every picture that the story shows."""
    shown = {child.value["picture"] for child in story.body if child.block_type == "picture"}
    return {picture for picture in {story.hero, *shown} if picture is not None}


def _sentences(error: ValidationError, block: Block, value: Any, trail: tuple[str, ...] = ()) -> Iterator[str]:
    # A block's error nests its children's; outside the form an editor needs to be told where each one is.
    children = getattr(error, "block_errors", {})
    for key, child in children.items() if isinstance(children, dict) else enumerate(children):
        if child is not None:
            inner, inner_value = _child(block, value, key)
            yield from _sentences(child, inner, inner_value, (*trail, str(inner.label)))
    own = error.non_block_errors if hasattr(error, "non_block_errors") else [] if children else error.messages
    for message in own:
        yield f"{', '.join(trail)}: {message}" if trail else str(message)


def _child(block: Block, value: Any, key: int | str) -> tuple[Block, Any]:
    if isinstance(block, StreamBlock):
        return value[key].block, value[key].value
    if isinstance(block, ListBlock):
        return block.child_block, value[key]
    return block.child_blocks[key], value[key]
