"""Read copy: text, Markdown or HTML becomes stories with their parts and facts, and a list of what was not placed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from nutgraf.copydesk import facts, pictures, roles, split
from nutgraf.copydesk.bodies import Body
from nutgraf.copydesk.coverage import add_unplaced, spans
from nutgraf.copydesk.found import Copy, Span, Story
from nutgraf.copydesk.heads import Head, Left
from nutgraf.copydesk.house_labels import HOUSE_LABELS
from nutgraf.copydesk.intake.encodings import CopyRefused
from nutgraf.copydesk.intake.manuscripts import Form, take_in
from nutgraf.copydesk.labels import vocabulary
from nutgraf.copydesk.notes import take_note
from nutgraf.copydesk.passages import passages, running_text
from nutgraf.copydesk.roles import Part, Roles
from nutgraf.copydesk.settling import settle
from nutgraf.lib import garbage

__all__ = ["HOUSE_LABELS", "Copy", "CopyRefused", "Form", "read"]


# A reading makes no cycles, and Python would look for them among all that it has found so far, over and over.
@garbage.left_alone()
def read(
    source: str | bytes,
    *,
    at: datetime.datetime,
    zone: ZoneInfo,
    labels: Sequence[str] = HOUSE_LABELS,
    sections: Sequence[str] = (),
    form: Form = "auto",
) -> Copy:
    """Return everything that the copy holds; raises CopyRefused, with a sentence, for what is no text or too long.

    Times like "9 hours ago" are counted from `at`; days are those of `zone`. The name of one of the `sections`
    by itself above a headline is the section, and no eyebrow.
    Every line that is not blank is in one part of one story or in `unplaced`.
    """
    manuscript = take_in(source, form)
    known = Roles(manuscript, at=at, zone=zone, known=vocabulary(tuple(labels)), sections=sections)
    joined = passages(manuscript)
    manuscript.running = running_text(manuscript.text, joined)
    parts = settle(pictures.join(list(known.parts(joined))))
    copy = Copy(manuscript.form, manuscript.encoding, manuscript.text, [], [])
    placed: list[Span] = []
    left: Left = []
    groups = split.stories(parts, known)
    for place, group in enumerate(groups):
        if place == 0 and len(groups) > 1 and split.is_preamble(group):
            left.extend(((part.passage.lead, part.passage.end), "before the first headline") for part in group)
        elif (story := _story(group, known, placed, left)) is not None:
            copy.stories.append(story)
    add_unplaced(copy, manuscript, placed, left)
    return copy


def _story(parts: list[Part], known: Roles, placed: list[Span], left: Left) -> Story | None:
    """Return the story that some parts are, or None if there is nothing of one in them; add where its parts stand."""
    story = Story()
    split.mend_cut_off(parts)
    end = next((place for place, part in enumerate(parts) if not part.is_of_head), len(parts))
    explicit = [part for part in parts[:end] if part.role == roles.NOTE]
    for part in explicit:
        take_note(story, known, part, left)
    head = Head(story, [part for part in parts[:end] if part.role != roles.NOTE])
    head.read()
    head.tell_section(known.sections)
    left.extend(head.left)
    today = known.at.astimezone(known.zone).date()
    body = Body(story, known, left, on=day_of(story, today))
    rest = [part for part in parts[:end] if part.role not in (roles.HEAD, roles.META, roles.NOTE)]
    body.read(rest + parts[end:])
    found = list(spans(story))
    if not found:
        return None
    placed += found
    story.span = (min(start for start, _ in found), max(end for _, end in found))
    facts.fill(story, known.manuscript, body.texts, on=day_of(story, today))
    return story


def day_of(story: Story, today: datetime.date) -> datetime.date:
    """Return the story's own day: of publication, of its update, of its being written, or of reading."""
    times = sorted(story.times, key=lambda time: time.kind != "published")
    moment = times[0].at if times else story.written
    return datetime.datetime.fromisoformat(moment).date() if moment else today
