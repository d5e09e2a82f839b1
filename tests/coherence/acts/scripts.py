"""What scripts do: many rows at once, in SQL, in a transaction that fails, or in one within another."""

from __future__ import annotations

from tests.coherence.acts.registry import ACTS, HalfWay, act, pick, try_to
from tests.coherence.acts.stories import a_story


@act
def change_many_by_a_script(a: int, b: int) -> None:
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from nutgraf.newsroom.models import Author
    from nutgraf.stories.models import Byline, Point, Story

    match b % 5:
        case 0:
            stories = list(Story.objects.all())
            for story in stories:
                story.eyebrow = f"Bulk {a % 3}"
            Story.objects.bulk_update(stories, ["eyebrow"])
        case 1:
            Author.objects.filter(pk__gt=a % 4).update(role=Concat(Value("Our "), F("name")))
        case 2:
            Point.objects.filter(position=a % 2).update(label_text=f"Said {b % 3}")
        case 3:
            Byline.objects.update(sort_order=F("sort_order") * -1)
        case 4:
            Story.objects.filter(pk__gt=a % 9).update(short_head=f"Short {a % 3}", seo_title=f"Title {b % 3}")


@act
def sign_a_story_by_a_script(a: int, b: int) -> None:
    """One byline more, while the story itself stays as it is."""
    from nutgraf.newsroom.models import Author
    from nutgraf.stories.models import Byline

    story, author = a_story(a, is_live=True), pick(Author.objects.all(), b)
    if story and author and not story.bylines.filter(author=author).exists():
        Byline.objects.create(story=story, author=author, sort_order=b)


@act
def label_paragraphs_by_a_script(a: int, b: int) -> None:
    """A card may open with one of them from then on, though no page had loaded it."""
    from nutgraf.stories.models import Point

    Point.objects.filter(label_text="", story_id__gt=a % 5).update(label_text=f"Now {b % 3}")


@act
def change_the_database_in_sql(a: int, b: int) -> None:
    from django.db import connection

    if a % 3 == 0:
        # A story stands in two tables.
        table, column = [("newsroom_author", "role"), ("stories_story", "eyebrow")][a % 2]
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s", [f"In SQL {b % 3}"])


@act
def fail_half_way(a: int, b: int) -> None:
    """What is rolled back never was."""
    names = [name for name in ACTS if name not in ("fail_half_way", "change_twice_at_once")]
    ACTS[names[(a * 7 + b) % len(names)]](a, b)
    raise HalfWay


@act
def change_twice_at_once(a: int, b: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        try_to("publish_a_change", a, b)
        with transaction.atomic():
            try_to("change_an_author", a, b)
            transaction.set_rollback(True)
        try_to("change_a_section", b, a)
