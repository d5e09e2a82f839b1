"""What changes around stories: authors, sections, labels, pictures, the newsroom, and what only the desk sees."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from tests.coherence.acts.registry import MOST_ROWS, act, editor, now, pick
from tests.coherence.acts.stories import a_story

if TYPE_CHECKING:
    from nutgraf.newsroom.models import Author

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
