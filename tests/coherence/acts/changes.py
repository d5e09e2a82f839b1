"""What is done to a story that readers have: it is corrected, a slip is mended in silence, it is withdrawn."""

from __future__ import annotations

import datetime

from tests.coherence.acts.registry import act, editor, now, pick
from tests.coherence.acts.stories import a_draft_of, a_story


@act
def correct_a_story(a: int, b: int) -> None:
    from nutgraf.stories import actions
    from nutgraf.stories.models import ChangeKind

    kinds = (ChangeKind.CORRECTION, ChangeKind.CLARIFICATION, ChangeKind.NOTE)
    if draft := a_draft_of(a, is_live=True):
        draft.lede = f"<p>The council met {b} times.</p>"
        actions.revise(story=draft, by=editor(b))
        actions.publish(
            story=draft, by=editor(b), at=now(), change=kinds[b % 3], sentence=f"An earlier version was wrong, {b}."
        )


@act
def mend_a_slip(a: int, b: int) -> None:
    """Two letters the wrong way round, and the right way again."""
    from nutgraf.stories import actions
    from nutgraf.stories.models import ChangeKind

    if draft := a_draft_of(a, is_live=True):
        slip, right = "harbuor", "harbour"
        title = draft.title
        draft.title = title.replace(slip, right) if slip in title else title.replace(right, slip)
        actions.revise(story=draft, by=editor(b))
        actions.publish(story=draft, by=editor(b), at=now(), change=ChangeKind.MINOR)


@act
def withdraw_a_story(a: int, b: int) -> None:
    from nutgraf.stories import actions

    if story := a_story(a, is_live=True):
        actions.withdraw(story=story, reason=f"It was not so, {b}.", by=editor(b), at=now())


@act
def bring_a_withdrawn_story_back(a: int, b: int) -> None:
    from nutgraf.stories import actions
    from nutgraf.stories.models import ChangeKind

    if draft := a_draft_of(a, is_live=False):
        actions.publish(story=draft, by=editor(b), at=now(), change=ChangeKind.NOTE, sentence=f"It was so, {b}.")


@act
def back_date_a_change(a: int, b: int) -> None:
    from nutgraf.stories import actions

    if draft := a_draft_of(a, is_live=True):
        draft.short_head = f"Of {b % 4} days ago"
        actions.revise(story=draft, by=editor(b))
        actions.publish(story=draft, by=editor(b), at=now() - datetime.timedelta(days=b % 4))


@act
def move_the_notes(a: int, b: int) -> None:
    from nutgraf.stories.models import HouseStyle

    style = pick(HouseStyle.objects.all(), 0) or HouseStyle()
    style.notes_stand = HouseStyle.Place.values[b % 2]
    style.save()
