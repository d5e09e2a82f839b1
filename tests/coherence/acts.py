"""Everything that can happen in a newsroom, each act a function of a few numbers that choose what it happens to."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db import models

    from nutgraf.newsroom.models import Author
    from nutgraf.stories.models import Story

    Row = TypeVar("Row", bound=models.Model)


class HalfWay(Exception):
    """Something that nobody foresaw."""


Act = Callable[[int, int], Any]
ACTS: dict[str, Act] = {}

HEADLINES = ("Harbour reopens", "Ferry is late", "A bridge too few", "Harbour reopens")
WORDS = ("Bread comes by ship.", "Nobody was <b>hurt</b>.", "The council meets on Thursday.")
MOST_STORIES, MOST_ROWS = 14, 6


def act(verb: Act) -> Act:
    """Have the machine do this, too."""
    ACTS[verb.__name__] = verb
    return verb


def now() -> datetime.datetime:
    from django.utils import timezone

    return timezone.now()


def pick(rows: models.QuerySet[Row], number: int) -> Row | None:
    """Return one of the rows, or None if there is none."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def editor(number: int) -> User | None:
    from django.contrib.auth.models import User

    return pick(User.objects.all(), number)


def a_story(number: int, *, is_live: bool | None = None) -> Story | None:
    from nutgraf.stories.models import Story

    stories = Story.objects.all() if is_live is None else Story.objects.filter(live=is_live)
    return pick(stories, number)


def a_draft_of(number: int, *, is_live: bool | None = None) -> Story | None:
    story = a_story(number, is_live=is_live)
    return story and story.get_latest_revision_as_object()


def a_body(a: int, b: int) -> list[dict[str, Any]]:
    from nutgraf.stories.models import Label
    from nutgraf.stories.samples import body, point, quote

    label = pick(Label.objects.all(), b)
    parts = [point(label.name if label else "Our own", WORDS[a % 3]), point(f"Label {b % 3}", WORDS[b % 3])]
    return body(*parts[: 1 + a % 2], *([quote(f"We waited {a}", "Ana Duarte")] if b % 2 else []), seed=f"{a % 2}")


def publish_draft(draft: Story, number: int) -> None:
    from nutgraf.stories import actions

    actions.revise(story=draft, by=editor(number))
    actions.publish(story=draft, by=editor(number), at=now())


# Stories


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


# Fronts


@act
def lead_a_front(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section
    from nutgraf.streams import actions

    if story := a_story(a):
        section = pick(Section.objects.all(), b) if b % 2 else None
        actions.lead(story=story, section=section, until=_end(b))


@act
def pin_a_story(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section
    from nutgraf.streams import actions
    from nutgraf.streams.models import Pin

    if (story := a_story(a)) and Pin.objects.count() < MOST_ROWS:
        actions.pin(story=story, section=pick(Section.objects.all(), b) if b % 3 else None, until=_end(a))


@act
def unpin_a_story(a: int, b: int) -> None:
    from nutgraf.streams.models import Pin

    if pin := pick(Pin.objects.all(), a):
        pin.delete()


@act
def arrange_a_front(a: int, b: int) -> None:
    """As the desk's form does: the front is saved with its pins in another order, some with another end."""
    from nutgraf.desk.fronts import ensure_fronts
    from nutgraf.streams.models import Front

    ensure_fronts()
    if front := pick(Front.objects.all(), a):
        front.pins = list(reversed(front.pins.all()))
        for order, pin in enumerate(front.pins.all()):
            pin.sort_order, pin.until = order, _end(b)
        front.lead = a_story(b) if b % 2 else None
        front.save()


def _end(number: int) -> datetime.datetime | None:
    return None if number % 2 else now() + datetime.timedelta(minutes=20 * (1 + number % 5))


# People, sections, labels, the newsroom


@act
def change_an_author(a: int, b: int) -> None:
    from nutgraf.media.models import Picture
    from nutgraf.newsroom.models import Author

    if author := pick(Author.objects.all(), a):
        match b % 6:
            case 0:
                author.name = f"Name {b % 5}"
            case 1:
                author.slug = f"author-{author.pk}-{b % 2}"
            case 2:
                author.role = f"Role {b % 4}"
            case 3:
                author.bio = f"Bio {b}."
            case 4:
                author.portrait = pick(Picture.objects.all(), b) if b % 4 else None
            case 5:
                author.email = f"mail{b % 4}@example.org"
        author.save()


@act
def link_an_author(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Author, AuthorLink

    if author := pick(Author.objects.all(), a):
        author.links = [AuthorLink(title=f"Link {b % 3}", url="https://example.org/")] if b % 3 else []  # type: ignore[misc]  # the manager of a cluster takes a list
        author.save()


@act
def take_on_an_author(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Author
    from nutgraf.newsroom.samples import make_author

    if Author.objects.count() < MOST_ROWS:
        make_author(f"Name {a % 5}", slug=f"new-{a % 5}-{now():%H%M%S}")


@act
def merge_authors(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Author
    from nutgraf.stories.models import Story
    from nutgraf.streams.actions import enter

    gone, stays = pick(Author.objects.all(), a), pick(Author.objects.all(), b)
    if not gone or not stays or gone == stays:
        return
    keys = list(gone.bylines.values_list("story", flat=True))
    gone.bylines.update(author=stays)
    for story in Story.objects.filter(pk__in=keys):
        story.save_revision()
        if story.live:
            enter(story=story)
    if not is_in_a_draft(gone):
        gone.delete()


@act
def delete_an_author(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Author

    if (author := pick(Author.objects.all(), a)) and not is_in_a_draft(author):
        author.delete()


def is_in_a_draft(author: Author) -> bool:
    """Say whether a draft is signed by an author, which could not be opened any more without them."""
    from django.db.models import Q
    from wagtail.models import Revision

    from nutgraf.stories.models import Story

    latest = Story.objects.values("latest_revision")
    drafts = Revision.objects.filter(Q(approved_go_live_at__isnull=False) | Q(pk__in=latest))
    return any(byline["author"] == author.pk for one in drafts for byline in one.content.get("bylines", []))


@act
def change_a_section(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section

    if section := pick(Section.objects.all(), a):
        match b % 4:
            case 0:
                section.name = f"Section {section.pk} {b % 3}"
            case 1:
                section.slug = f"section-{section.pk}-{b % 2}"
            case 2:
                section.position = b % 5
            case 3:
                section.description = f"Description {b}."
        section.save()


@act
def open_a_section(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section
    from nutgraf.newsroom.samples import make_section

    if Section.objects.count() < MOST_ROWS:
        make_section(f"Section {b}", slug=f"opened-{now():%H%M%S}")


@act
def delete_a_section(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section

    if section := pick(Section.objects.all(), a):
        section.delete()


@act
def change_a_label(a: int, b: int) -> None:
    from nutgraf.stories.models import Label

    if label := pick(Label.objects.all(), a):
        match b % 5:
            case 0:
                label.name = f"Label {b % 3}"
            case 1:
                label.slug = f"label-{label.pk}-{b % 2}"
            case 2:
                label.job = ("WHY", "NEW", "WIDE")[b % 3]
            case 3:
                label.is_forbidden = not label.is_forbidden
            case 4:
                label.position = b % 6
        label.save()


@act
def coin_a_label(a: int, b: int) -> None:
    from nutgraf.stories.models import Label

    if Label.objects.count() < MOST_ROWS:
        Label.objects.create(name=f"Label {b % 3}", slug=f"coined-{now():%H%M%S}", job="WHY" if a % 2 else "NEW")


@act
def delete_a_label(a: int, b: int) -> None:
    from nutgraf.stories.models import Label

    if label := pick(Label.objects.all(), a):
        label.delete()


@act
def christen_the_newsroom(a: int, b: int) -> None:
    from nutgraf.newsroom.actions import christen

    christen(name=f"The Ledger {a % 3}", tagline=f"Tagline {b % 2}", about="" if a % 2 else "About.")


@act
def change_the_house_style(a: int, b: int) -> None:
    from nutgraf.stories.models.style import HouseStyle

    style = HouseStyle.objects.first() or HouseStyle()
    style.most_words = 200 + b
    style.save()


@act
def change_the_site(a: int, b: int) -> None:
    from wagtail.models import Site

    if a % 4 == 0 and (site := Site.objects.first()):
        site.hostname, site.port = f"host{b % 3}.example.org", (80, 443, 8000)[b % 3]
        site.save()


# Pictures


@act
def change_a_picture(a: int, b: int) -> None:
    from nutgraf.media.models import Picture
    from nutgraf.media.samples import make_upload

    if picture := pick(Picture.objects.all(), a):
        match b % 8:
            case 0:
                picture.caption = f"Caption {b}."
            case 1:
                picture.description = f"Alt {b}."
            case 2:
                picture.credit_line = f"Credit {b}"
            case 3:
                picture.set_focal_point(None)
                picture.focal_point_x, picture.focal_point_y = 10 + b, 20
                picture.focal_point_width = picture.focal_point_height = 30
            case 4:
                picture.file = make_upload("new.jpg", (300 + b % 3, 200 + b % 2))
            case 5:
                picture.title, picture.rights_note = f"Title {b}", f"Note {b}"
            case 6:
                picture.use_until = now().date() + datetime.timedelta(days=b % 3 - 1)
            case 7:
                picture.tags.add(f"tag{b % 3}")
        picture.save()


@act
def add_a_picture(a: int, b: int) -> None:
    from nutgraf.media.models import Picture
    from nutgraf.media.samples import make_picture

    if Picture.objects.count() < 4:
        make_picture(f"picture{a}.jpg", (200, 150))


@act
def delete_a_picture(a: int, b: int) -> None:
    from nutgraf.media.models import Picture

    if picture := pick(Picture.objects.all(), a):
        picture.delete()


# The desk


@act
def waive_a_note(a: int, b: int) -> None:
    from nutgraf.stories import actions

    if story := a_story(a):
        actions.waive(story=story, rule="long", words=f"words {b}", reason="It is so.", by=editor(b), at=now())


@act
def log_in(a: int, b: int) -> None:
    from django.test import Client

    if user := editor(a):
        Client(headers={"host": "localhost:8000"}).force_login(user)


# Scripts


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
def change_the_database_in_sql(a: int, b: int) -> None:
    from django.db import connection

    if a % 3 == 0:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE newsroom_author SET role = %s", [f"In SQL {b % 3}"])


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


def try_to(name: str, a: int, b: int) -> None:
    """Do it, unless the newsroom itself refuses: because of what it is, or of who asks."""
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import IntegrityError, transaction
    from django.db.models import ProtectedError

    try:
        with transaction.atomic():
            ACTS[name](a, b)
    except (ValidationError, PermissionDenied, ProtectedError, IntegrityError, HalfWay):
        return
