"""A story as readers have it, and as the newsroom writes it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from nutgraf.api.problems import Mistake
from nutgraf.api.schemas.blocks import Block, Body, Exact, as_blocks
from nutgraf.api.schemas.words import Day, Key, Line, Markup, Moment, Slug, said, shown
from nutgraf.media import renditions
from nutgraf.media.models import Picture
from nutgraf.newsroom.addresses import whole
from nutgraf.stories.models import ChangeKind, PublicVersion, Story
from nutgraf.stories.models.changes import LONGEST_SENTENCE

# What fits a screen.
PICTURE = renditions.Spec(1200, None, "jpg")


class Named(Schema):
    """Something with a page of its own."""

    name: str
    slug: str
    address: str

    @classmethod
    def of(cls, one: Any) -> Named:
        return cls(name=one.name, slug=one.slug, address=whole(one.get_absolute_url(), None))


class PictureShown(Schema):
    """A picture as readers get it."""

    id: int
    address: str
    media_type: str
    width: int
    height: int
    caption: str
    alt_text: str
    credit_line: str

    @classmethod
    def of(cls, picture: Picture, *, caption: str = "", alt_text: str = "") -> PictureShown:
        width, height = PICTURE.cut(picture)[1]
        return cls(
            id=picture.pk,
            address=whole(renditions.address(picture, PICTURE), None),
            media_type=renditions.FORMATS[PICTURE.format],
            width=width,
            height=height,
            caption=caption or picture.caption,
            alt_text=alt_text or picture.alt_text,
            credit_line=picture.credit_line,
        )


class StoryInShort(Schema):
    """A story as it stands in a list."""

    id: int
    uri: str = Field(description="A name of the story that no move changes.")
    address: str
    headline: str
    short_head: str
    eyebrow: str
    section: Named | None
    authors: list[Named]
    lede: str = Field(description="The words alone.")
    nut_graf: str = Field(description="Why it matters, if the story says so; the words alone.")
    picture: PictureShown | None
    first_published_at: datetime.datetime
    updated_at: datetime.datetime | None
    is_live: bool

    @classmethod
    def of(cls, story: Story) -> StoryInShort:
        return cls(**_common(story), lede=story.lede_text, nut_graf=story.nut_graf.text if story.nut_graf else "")


class Change(Schema):
    """What readers were told of a change."""

    number: int
    kind: str
    at: datetime.datetime
    sentence: str


class StoryWhole(Schema):
    """All that readers have of a story."""

    id: int
    uri: str
    address: str
    headline: str
    short_head: str
    eyebrow: str
    section: Named | None
    authors: list[Named]
    dateline_place: str
    dateline_date: datetime.date | None
    lede: str = Field(description="HTML with <b>, <i> and <a href>.")
    picture: PictureShown | None
    body: list[Block]
    pictures: list[PictureShown] = Field(description="The pictures that blocks of the body show, by their ids.")
    storylines: list[Named]
    is_not_to_republish: bool = Field(description="Whether its text is somebody else's, and not to be taken from here.")
    changes: list[Change] = Field(description="What was corrected, clarified or noted since, the latest first.")
    first_published_at: datetime.datetime
    updated_at: datetime.datetime | None
    is_live: bool

    @classmethod
    def of(cls, story: Story, *, storylines: Iterable[Any], changes: Iterable[PublicVersion]) -> StoryWhole:
        inside = [child.value for child in story.body if child.block_type == "picture" and child.value["picture"]]
        return cls(
            **_common(story),
            dateline_place=story.dateline_place,
            dateline_date=story.dateline_date,
            lede=shown(story.lede),
            body=as_blocks(story.body, shown),
            pictures=[
                PictureShown.of(one["picture"], caption=one["caption"], alt_text=one["alt_text"]) for one in inside
            ],
            storylines=[Named.of(one) for one in storylines],
            is_not_to_republish=story.is_not_to_republish,
            changes=[Change(number=one.number, kind=one.kind, at=one.at, sentence=one.sentence) for one in changes],
        )


def _common(story: Story) -> dict[str, Any]:
    hero = story.hero
    return {
        "id": story.pk,
        "uri": f"urn:uuid:{story.translation_key}",
        "address": whole(str(story.address), None),
        "headline": story.title,
        "short_head": story.short_head,
        "eyebrow": story.eyebrow,
        "section": Named.of(story.section) if story.section else None,
        "authors": [Named.of(author) for author in story.authors],
        "picture": PictureShown.of(hero, caption=story.picture_caption, alt_text=story.picture_alt_text)
        if hero
        else None,
        "first_published_at": story.first_published_at,
        "updated_at": story.updated_at,
        "is_live": story.is_told_live,
    }


class Written(Exact):
    """What may be written of a story; what is left out stays as it is."""

    headline: Line = Field("", min_length=1, max_length=255)
    short_head: Line = Field("", max_length=80)
    eyebrow: Line = Field("", max_length=40)
    slug: Slug = Field("", description="The last word of its address; made from the headline if there is none.")
    section: Slug | None = Field(None, description="The slug of its section.")
    authors: list[Slug] = Field([], max_length=50, description="The slugs of those who sign it, in their order.")
    dateline_place: Line = Field("", max_length=80)
    dateline_date: Day | None = None
    lede: Markup = ""
    picture: Key | None = Field(None, description="The main picture, by its id in the newsroom's library.")
    picture_caption: Line = Field("", max_length=400)
    picture_alt_text: Line = Field("", max_length=400)
    is_not_to_republish: bool = False
    body: Body = []


class NewDraft(Written):
    """A story to be made."""

    headline: Line = Field(min_length=1, max_length=255)


Status = Literal["DRAFT", "SUBMITTED", "SCHEDULED", "PUBLISHED", "WITHDRAWN"]


class DraftInShort(Schema):
    """The newest draft of a story, in a list."""

    id: int
    headline: str
    status: Status
    has_unpublished_changes: bool
    revised_at: datetime.datetime | None


class Draft(Schema):
    """The newest draft of a story, which nobody but the newsroom sees."""

    id: int
    uri: str
    status: Status
    has_unpublished_changes: bool = Field(description="Whether readers have another version than this, or none.")
    address: str | None = Field(description="Where readers have it, or will once it is published again.")
    headline: str
    short_head: str
    eyebrow: str
    slug: str
    section: str | None
    authors: list[str]
    dateline_place: str
    dateline_date: datetime.date | None
    lede: str
    picture: int | None
    picture_caption: str
    picture_alt_text: str
    is_not_to_republish: bool
    body: list[Block]
    problems: list[Mistake] = Field(description="What stands in the way of publishing it.")

    @classmethod
    def of(cls, draft: Story, *, status: Status, problems: list[Mistake]) -> Draft:
        return cls(
            id=draft.pk,
            uri=f"urn:uuid:{draft.translation_key}",
            status=status,
            has_unpublished_changes=draft.has_unpublished_changes,
            address=whole(draft.address, None) if draft.address else None,
            headline=draft.title,
            short_head=draft.short_head,
            eyebrow=draft.eyebrow,
            slug=draft.slug or "",
            section=draft.section.slug if draft.section else None,
            authors=[author.slug for author in draft.authors],
            dateline_place=draft.dateline_place,
            dateline_date=draft.dateline_date,
            lede=said(draft.lede),
            picture=draft.hero_id,
            picture_caption=draft.hero_caption,
            picture_alt_text=draft.hero_alt_text,
            is_not_to_republish=draft.is_not_to_republish,
            body=as_blocks(draft.body, said),
            problems=problems,
        )


class ToPublish(Exact):
    """How a draft is to become public."""

    at: Moment | None = Field(None, description="A later moment at which it is to be published; now without one.")
    change: Literal["", *ChangeKind.values] = Field(  # type: ignore[valid-type]  # the choices of the model
        "", description="Of a story that readers have: what the change is called. Without one, what it is by itself."
    )
    sentence: Line = Field("", max_length=LONGEST_SENTENCE, description="What readers are told of the change.")


class ToWithdraw(Exact):
    """Why a story is taken from readers for good."""

    reason: Line = Field(min_length=1, max_length=LONGEST_SENTENCE, description="Readers find it where the story was.")


class LeftOver(Schema):
    """What copy says and no story holds."""

    text: str
    reason: str


class Filed(Schema):
    """One story of a piece of copy."""

    draft: Draft
    left_over: list[LeftOver]
    twins: list[int] = Field(description="Stories that have this headline already.")


class FiledCopy(Schema):
    """What became of a piece of copy."""

    stories: list[Filed]
    left_over: list[LeftOver] = Field(description="What belongs to no story.")
