"""What is done to one story, from the day it is filed to the day it is deleted, and the clock that does some of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from tests.coherence.acts.registry import act, editor, now, pick

if TYPE_CHECKING:
    from nutgraf.stories.models import Story

HEADLINES = ("Harbour reopens", "Ferry is late", "A bridge too few", "Harbour reopens")
WORDS = ("Bread comes by ship.", "Nobody was <b>hurt</b>.", "The council meets on Thursday.")
MOST_STORIES = 14


def a_story(number: int, *, is_live: bool | None = None) -> Story | None:
    from nutgraf.stories.models import Story

    stories = Story.objects.all() if is_live is None else Story.objects.filter(live=is_live)
    return pick(stories, number)


def a_draft_of(number: int, *, is_live: bool | None = None) -> Story | None:
    story = a_story(number, is_live=is_live)
    return story and story.get_latest_revision_as_object()


def a_body(a: int, b: int) -> list[dict[str, Any]]:
    from nutgraf.stories.models import Label
    from nutgraf.stories.samples import body, paragraph, point, quote

    label = pick(Label.objects.all(), b)
    parts = [point(label.name if label else "Our own", WORDS[a % 3]), point(f"Label {b % 3}", WORDS[b % 3])]
    if a % 4 == 3:
        parts[0] = paragraph(WORDS[a % 3])
    return body(*parts[: 1 + a % 2], *([quote(f"We waited {a}", "Ana Duarte")] if b % 2 else []), seed=f"{a % 2}")


def publish_draft(draft: Story, number: int) -> None:
    from nutgraf.stories import actions

    actions.revise(story=draft, by=editor(number))
    actions.publish(story=draft, by=editor(number), at=now())


@act
def file_a_story(a: int, b: int) -> None:
    from nutgraf.media.models import Picture
    from nutgraf.newsroom.models import Author, Section
    from nutgraf.stories import actions
    from nutgraf.stories.models import Story
    from nutgraf.stories.richtext import as_source

    if Story.objects.count() >= MOST_STORIES:
        return
    authors = [one for one in (pick(Author.objects.all(), a), pick(Author.objects.all(), b)) if one]
    story = actions.file(
        by=editor(a),
        at=now(),
        headline=HEADLINES[a % 4],
        authors=authors[: 1 + (a != b)] if len(set(authors)) > 1 else authors[:1],
        section=pick(Section.objects.all(), b),
        hero=pick(Picture.objects.all(), a) if a % 3 else None,
        lede=as_source(WORDS[b % 3]),
        body=a_body(a, b),
    )
    if a % 2:
        actions.publish(story=story, by=editor(b), at=now())


@act
def keep_a_draft(a: int, b: int) -> None:
    from nutgraf.stories import actions

    if draft := a_draft_of(a):
        draft.title, draft.body = f"{HEADLINES[b % 4]} {b}", a_body(a, b)
        actions.revise(story=draft, by=editor(b))


@act
def publish_a_story(a: int, b: int) -> None:
    from nutgraf.stories import actions

    if story := a_story(a):
        actions.publish(story=story, by=editor(b), at=now())


@act
def publish_a_change(a: int, b: int) -> None:
    if draft := a_draft_of(a, is_live=True):
        fields = ("title", "short_head", "eyebrow", "lede", "hero_caption", "seo_title", "search_description", "body")
        name = fields[b % len(fields)]
        setattr(draft, name, a_body(a, b) if name == "body" else f"{WORDS[a % 3]} {b}"[:38])
        publish_draft(draft, b)


@act
def correct_a_story_without_a_word(a: int, b: int) -> None:
    """By a script, which tells no reader that anything was updated."""
    if story := a_story(a):
        story.eyebrow = f"Eyebrow {b % 3}"
        story.save(update_fields=["eyebrow"] if b % 2 else None, clean=False)


@act
def unpublish_a_story(a: int, b: int) -> None:
    from nutgraf.stories import actions

    if story := a_story(a, is_live=True):
        actions.unpublish(story=story, by=editor(b))


@act
def schedule_a_story(a: int, b: int) -> None:
    from nutgraf.stories import actions

    if draft := a_draft_of(a):
        actions.schedule(story=draft, by=editor(b), at=now() + datetime.timedelta(minutes=30 * (1 + b % 4)))


@act
def let_a_story_expire(a: int, b: int) -> None:
    if draft := a_draft_of(a, is_live=True):
        draft.expire_at = now() + datetime.timedelta(minutes=30 * (1 + b % 4))
        publish_draft(draft, b)


@act
def move_a_story(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section

    if draft := a_draft_of(a):
        draft.section = pick(Section.objects.all(), b)
        publish_draft(draft, b)


@act
def change_a_storys_slug(a: int, b: int) -> None:
    if draft := a_draft_of(a):
        draft.slug = f"slug-{b % 4}-{a % 3}"
        publish_draft(draft, b)


@act
def replace_a_hero(a: int, b: int) -> None:
    from nutgraf.media.models import Picture

    if draft := a_draft_of(a):
        draft.hero = pick(Picture.objects.all(), b) if b % 4 else None
        publish_draft(draft, b)


@act
def sign_a_story_otherwise(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Author
    from nutgraf.stories.models import Byline

    if draft := a_draft_of(a):
        authors = list(Author.objects.order_by("pk"))
        draft.bylines = [
            Byline(author=author, sort_order=order)
            for order, author in enumerate((authors[b % 3 :] + authors)[: 1 + b % 2])
        ]
        publish_draft(draft, b)


@act
def turn_bylines_round(a: int, b: int) -> None:
    if draft := a_draft_of(a):
        draft.bylines = list(reversed(draft.bylines.all()))
        for order, byline in enumerate(draft.bylines.all()):
            byline.sort_order = order
        publish_draft(draft, b)


@act
def link_to_a_story(a: int, b: int) -> None:
    if (draft := a_draft_of(a)) and (other := a_story(b)):
        draft.lede = f'<p>As <a linktype="page" id="{other.pk}">we wrote</a>.</p>'
        publish_draft(draft, b)


@act
def delete_a_story(a: int, b: int) -> None:
    if a % 3 == 0 and (story := a_story(b)):
        story.delete()


@act
def copy_a_story(a: int, b: int) -> None:
    from nutgraf.stories.models import Story

    if Story.objects.count() < MOST_STORIES and (story := a_story(a)):
        story.copy(update_attrs={"slug": f"copy-{b}-{now():%H%M%S}"}, keep_live=False, user=editor(b))


@act
def move_a_story_in_the_tree(a: int, b: int) -> None:
    from nutgraf.stories.models import Archive

    if story := a_story(a):
        month = Archive.month(datetime.date(2026, 1 + b % 2, 1))
        if story.get_parent() != month and not month.get_children().filter(slug=story.slug).exists():
            story.move(month, pos="last-child", user=editor(b))


@act
def lock_a_story(a: int, b: int) -> None:
    if story := a_story(a):
        story.locked, story.locked_by, story.locked_at = not story.locked, editor(b), now()
        story.save(clean=False)


# The clock


@act
def let_time_pass(a: int, b: int) -> None:
    from nutgraf.stories import actions

    actions.publish_due(at=now())


@act
def let_days_pass(a: int, b: int) -> None:
    from nutgraf.stories import actions as stories
    from nutgraf.storylines import actions as storylines

    stories.publish_due(at=now())
    storylines.tend(at=now())
