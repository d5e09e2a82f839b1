"""Build the demo newsroom, through the same actions as a newsroom of one's own."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.contrib.auth.models import AbstractUser, User
from django.core.files.images import ImageFile
from wagtail.models import ReferenceIndex, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.users.models import UserProfile

from nutgraf.demo import briefings, content, live, storylines
from nutgraf.demo.content import live as live_plan
from nutgraf.demo.content import newsroom as plan
from nutgraf.demo.dates import Dates
from nutgraf.demo.drawings import portraits
from nutgraf.demo.pictures import ILLUSTRATION, pictures
from nutgraf.demo.plans import AuthorPlan, Earlier, Part, PicturePlan, Status, StoryPlan
from nutgraf.media.models import Picture
from nutgraf.newsroom import actions as newsroom_actions
from nutgraf.newsroom.models import Author, AuthorLink, Section
from nutgraf.stories import actions as story_actions
from nutgraf.stories.models import Story
from nutgraf.stories.richtext import as_source
from nutgraf.stories.samples import body
from nutgraf.storylines.models import Storyline, StorylineStory
from nutgraf.streams import actions as stream_actions

# What is being done, how much of it is done, how much there is.
Progress = Callable[[str, int, int], None]

# How long a story stood before it was withdrawn.
_UNTIL_WITHDRAWN = datetime.timedelta(hours=20)


@dataclass
class _Cast:
    """What has been built so far, by the keys that the plans use."""

    staff: dict[str, AbstractUser] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    # By the slug of a story: what it belongs to.
    storylines: dict[str, list[Storyline]] = field(default_factory=dict)

    @property
    def editor(self) -> AbstractUser:
        return self.staff["eli"]

    def writer(self, story: StoryPlan) -> AbstractUser:
        """Return the login of whoever signs first; an editor files for those who have none."""
        return self.authors[story.authors[0]].user or self.editor


def build(*, at: datetime.datetime, progress: Progress) -> None:
    """Fill an empty newsroom with everything that The Almery Bell has published up to that moment.

    Built twice for the same moment it is the same to the last block. Nobody can
    sign in until somebody sets a password.
    """
    dates = Dates(at)
    library, stories = pictures(dates), content.stories(dates)
    total = len(library) + len(plan.AUTHORS) + len(stories)
    cast = _Cast()

    progress("Opening the newsroom", 0, total)
    _open(cast, at=at)
    done = 0
    for picture in library:
        progress(f"Drawing “{picture.title}”", done, total)
        cast.pictures[picture.key] = _hang(picture, by=cast.editor)
        done += 1
    for author in plan.AUTHORS:
        progress(f"Introducing {author.name}", done, total)
        cast.authors[author.key] = _introduce(author, cast)
        done += 1
    cast.storylines = storylines.open_all(dates, owner=cast.editor, pictures=cast.pictures)
    # Wagtail notes what a story refers to each time that it is saved; once will do.
    with disable_reference_index_auto_update():
        for story in stories:
            progress(f"Filing “{story.short_head}”", done, total)
            cast.stories[story.slug] = _file(story, cast, at=at)
            done += 1
        progress("Telling a final live", done, total)
        final = cast.stories[live_plan.live(dates).story]
        live.tell(dates, story=Story.objects.get(pk=final.pk), by=User.objects.get(pk=cast.editor.pk))
    for filed in Story.objects.all():
        ReferenceIndex.create_or_update_for_object(filed)
    storylines.edit_all(dates, by=cast.editor)
    _make_up_fronts(cast)
    progress("Sending ten editions to files", done, total)
    briefings.build(dates, authors=cast.authors, by=User.objects.get(pk=cast.editor.pk))
    progress("Ready", total, total)


def _open(cast: _Cast, *, at: datetime.datetime) -> None:
    story_actions.found(at=at)
    newsroom_actions.christen(name=plan.NAME, tagline=plan.TAGLINE, about=plan.ABOUT)
    for section in plan.SECTIONS:
        cast.sections[section.slug] = newsroom_actions.open_section(
            name=section.name, slug=section.slug, description=section.description
        )
    for staff in plan.STAFF:
        cast.staff[staff.username] = newsroom_actions.take_on(
            username=staff.username,
            name=staff.name,
            email=f"{staff.username}@almerybell.example",
            password=None,
            role=staff.role,
        )
        _spare_mail(cast.staff[staff.username])


def _spare_mail(user: AbstractUser) -> None:
    """Switch off mail about approvals: nobody lives at these addresses."""
    profile = UserProfile.get_for_user(user)
    profile.submitted_notifications = profile.approved_notifications = profile.rejected_notifications = False
    profile.save()


def _hang(picture: PicturePlan, *, by: AbstractUser) -> Picture:
    """Draw a picture and put it into the library."""
    file = io.BytesIO()
    image = picture.draw()
    image.save(file, "JPEG", quality=90)
    hung = Picture(
        title=picture.title,
        file=ImageFile(file, name=f"{picture.key}.jpg"),
        description=picture.alt_text,
        caption=picture.caption,
        credit_line=picture.credit_line,
        rights_note="Drawn by code that comes with Nutgraf; anybody may use it.",
        source="The Almery Bell",
        uploaded_by_user=by,
    )
    if picture.focus:
        hung.focal_point_x, hung.focal_point_y = picture.focus
        # A third of the picture's height, so that close crops keep what surrounds the point.
        hung.focal_point_width = hung.focal_point_height = image.height // 3
    hung.full_clean(exclude=["collection"])
    hung.save()
    return hung


def _introduce(author: AuthorPlan, cast: _Cast) -> Author:
    face = PicturePlan(
        key=f"portrait-{author.key}",
        title=author.name,
        draw=partial(portraits.portrait, author.key),
        caption=f"{author.name}, {author.role}.",
        alt_text=author.portrait_alt,
        credit_line=ILLUSTRATION,
    )
    introduced = newsroom_actions.introduce(
        name=author.name,
        role=author.role,
        bio=author.bio,
        email=author.email,
        portrait=_hang(face, by=cast.editor),
        user=cast.staff.get(author.username),
    )
    AuthorLink.objects.bulk_create(AuthorLink(author=introduced, title=title, url=url) for title, url in author.links)
    return introduced


def _file(story: StoryPlan, cast: _Cast, *, at: datetime.datetime) -> Story:
    """File a story and take it as far as its plan says."""
    opening = story.earlier or Earlier(lede=story.lede, parts=story.parts)
    writer = cast.writer(story)
    filed = story_actions.file(
        by=writer,
        at=min(story.at, at),
        headline=opening.headline or story.headline,
        authors=[cast.authors[key] for key in story.authors],
        slug=story.slug,
        short_head=story.short_head,
        eyebrow=story.eyebrow,
        section=cast.sections[story.section],
        dateline_place=story.place,
        lede=as_source(opening.lede),
        hero=cast.pictures.get(story.picture),
        body=_body(story, opening.parts, cast),
        storyline_places=[
            StorylineStory(storyline=one, added_at=min(story.at, at), by_id=writer.pk)
            for one in cast.storylines.get(story.slug, [])
        ],
    )
    match story.status:
        case Status.SUBMITTED:
            story_actions.submit(story=filed, by=writer)
        case Status.SCHEDULED:
            filed = story_actions.schedule(story=filed, by=cast.editor, at=story.at)
        case Status.PUBLISHED | Status.WITHDRAWN:
            filed = story_actions.publish(story=filed, by=cast.editor, at=story.at)
    _date_back(filed, at=min(story.at, at))
    if story.withdrawn_because:
        filed = story_actions.withdraw(
            story=filed, reason=story.withdrawn_because, by=cast.editor, at=story.at + _UNTIL_WITHDRAWN
        )
    return _update(filed, story, cast, at=story.updated_at) if story.updated_at else filed


def _update(filed: Story, story: StoryPlan, cast: _Cast, *, at: datetime.datetime) -> Story:
    filed.title = story.headline
    filed.lede = as_source(story.lede)
    filed.body = _body(story, story.parts, cast)
    story_actions.revise(story=filed, by=cast.writer(story))
    said = {"change": story.earlier.change, "sentence": story.earlier.sentence} if story.earlier else {}
    updated = story_actions.publish(story=filed, by=cast.editor, at=at, **said)
    _date_back(updated, at=at)
    return updated


def _date_back(filed: Story, *, at: datetime.datetime) -> None:
    """Have the desk say that the newest draft is from that moment: Wagtail knows only of now."""
    Revision.objects.filter(pk=filed.latest_revision_id).update(created_at=at)
    Story.objects.filter(pk=filed.pk).update(latest_revision_created_at=at)


def _body(story: StoryPlan, parts: Iterable[Part], cast: _Cast) -> list[Part]:
    """Return the story's body with the library's keys in place of the plan's; blocks have one id for life."""
    return body(*(_with_picture(part, cast) for part in parts), seed=story.slug)


def _with_picture(part: Part, cast: _Cast) -> Part:
    if part["type"] != "picture":
        return part
    return part | {"value": part["value"] | {"picture": cast.pictures[part["value"]["picture"]].pk}}


def _make_up_fronts(cast: _Cast) -> None:
    stream_actions.lead(story=cast.stories[plan.FRONT_LEAD])
    for slug in plan.FRONT_PINS:
        stream_actions.pin(story=cast.stories[slug])
    for section in plan.SECTIONS:
        stream_actions.lead(story=cast.stories[section.lead], section=cast.sections[section.slug])
