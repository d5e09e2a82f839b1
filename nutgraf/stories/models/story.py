"""The story: one piece of news with its own address for ever."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index

from nutgraf.media.models import Picture
from nutgraf.newsroom import addresses
from nutgraf.newsroom.models import Author, Section
from nutgraf.stories import facets, mirror, publication, richtext, signals, slugs
from nutgraf.stories.blocks import StoryBody
from nutgraf.stories.models.bylines import Byline
from nutgraf.stories.models.changes import LONGEST_SENTENCE, ChangeKind, Moments, PublicVersion
from nutgraf.stories.models.facts import Point
from nutgraf.stories.searched import SearchedOnce


class StoryQuerySet(PageQuerySet):
    """Questions about stories."""

    def with_address(self) -> StoryQuerySet:
        """Load what their address and their section's name need, and not what is said of the section elsewhere."""
        return self.select_related("section").defer("section__description", "section__position")

    def as_links(self, *more: str) -> StoryQuerySet:
        """Load what a line that leads to them shows, and the few columns that are named beside, in no order.

        A stored page that shows them is no other for whatever else changes of them.
        """
        shown = ("title", "slug", "address_date", "first_published_at", "section", "section__name", "section__slug")
        return self.order_by().select_related("section").only(*shown, *more)

    def for_cards(self) -> StoryQuerySet:
        """Load all that a card shows, in a number of queries that does not grow with the cards.

        And no more: a stored page is another with each change of what it loaded.
        """
        opening = Point.objects.openings().only("story", "label_text", "text", "html", "is_nut_graf")[:1]
        signed = Byline.objects.select_related("author")
        return (
            self.with_address()
            .select_related("hero")
            .defer("body", "search_description", "is_not_to_republish")
            .prefetch_related(
                models.Prefetch(
                    "bylines", signed.only("story", "sort_order", "author", "author__name", "author__slug")
                ),
                models.Prefetch("points", opening, to_attr="opening_points"),
            )
        )


class Story(Page):
    """One piece of news: its opening as fields, the rest as blocks."""

    short_head = models.CharField(
        max_length=80, blank=True, help_text=_("For cards and subject lines. Six words or fewer read best.")
    )
    eyebrow = models.CharField(max_length=40, blank=True, help_text=_("A word or two above the headline: “Exclusive”."))
    section = models.ForeignKey("newsroom.Section", on_delete=models.PROTECT, null=True, related_name="stories")
    kind = models.ForeignKey(
        "stories.Kind",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("What it is meant to be: how long it should be follows from that."),
    )
    dateline_place = models.CharField(
        max_length=80, blank=True, help_text=_("Where it was reported from, as printed: “PORT SELVA”.")
    )
    dateline_date = models.DateField(
        null=True, blank=True, help_text=_("When it was reported, if that is not the day of publication.")
    )
    lede = RichTextField(
        features=richtext.INLINE_FEATURES, help_text=_("What happened and what it may mean, in one sentence or two.")
    )
    hero = models.ForeignKey(
        "media.Picture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main picture"),
    )
    hero_caption = models.CharField(
        max_length=400, blank=True, verbose_name=_("caption here"), help_text=_("Leave empty to use the picture's own.")
    )
    hero_alt_text = models.CharField(
        max_length=400,
        blank=True,
        verbose_name=_("alt text here"),
        help_text=_("Leave empty to use the picture's own."),
    )
    body = StreamField(StoryBody(), blank=True)
    is_not_to_republish = models.BooleanField(
        default=False,
        verbose_name=_("not to be republished"),
        help_text=_(
            "For what is not yours to give away, such as a story from an agency. It is read here like any other; its"
            " text is offered to nobody to take."
        ),
    )
    # What readers will be told about the next publication; it travels with the draft and ends with it.
    change_kind = models.CharField(
        max_length=13, choices=ChangeKind, blank=True, default="", verbose_name=_("what kind of change")
    )
    change_sentence = models.CharField(
        max_length=LONGEST_SENTENCE,
        blank=True,
        default="",
        verbose_name=_("sentence to readers"),
        help_text=_("What was wrong and what is right; or what is new."),
    )
    address_date = models.DateField(null=True, editable=False, db_index=True)
    updated_at = models.DateTimeField(null=True, editable=False)
    # Here and not asked of `live`, so that a card can say so without a query of its own.
    is_told_live = models.BooleanField(default=False, editable=False)
    # What its publication says of it beside its text, and is kept with that: Wagtail would go by a clock of its own.
    published_as: dict[str, Any] | None = None

    objects = PageManager.from_queryset(StoryQuerySet)()

    template = "pages/story.html"
    parent_page_types = ["stories.ArchiveMonth"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    exclude_fields_in_copy = ["address_date", "updated_at", "is_told_live", "change_kind", "change_sentence"]
    context_object_name = "story"

    search_fields = [
        *Page.search_fields,
        index.SearchField("short_head"),
        index.SearchField("lede_text", boost=2),
        index.SearchField("author_names"),
        SearchedOnce("body"),
        index.SearchField("facets"),
        index.FilterField("section"),
        index.RelatedFields("bylines", [index.FilterField("author")]),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    # What it says

    @property
    def headline(self) -> str:
        """The display headline: Wagtail's title, by its newsroom name."""
        return self.title

    @property
    def card_head(self) -> str:
        """The headline for a card: the short one if there is one."""
        return self.short_head or self.title

    @property
    def lede_text(self) -> str:
        """The lede's words, without markup."""
        return richtext.plain(self.lede)

    @property
    def authors(self) -> list[Author]:
        """Who signs it, in the editor's order."""
        return [byline.author for byline in self.bylines.all()]

    def author_names(self) -> str:
        """Who signs it, for search."""
        return " ".join(author.name for author in self.authors)

    def facets(self) -> str:
        """What it belongs to, for search."""
        return facets.of(self)

    @cached_property
    def opening_point(self) -> Point | None:
        """The published point that a card shows: the nut graf, or else the earliest that has a label."""
        points = self.opening_points if hasattr(self, "opening_points") else self.points.openings()[:1]
        return points[0] if points else None

    @property
    def nut_graf(self) -> Point | None:
        """The published point that says why it matters."""
        opening = self.opening_point
        return opening if opening and opening.is_nut_graf else None

    @property
    def picture_caption(self) -> str:
        """The main picture's caption in this story."""
        return self.hero_caption or (self.hero.caption if self.hero else "")

    @property
    def picture_alt_text(self) -> str:
        """The main picture's alt text in this story."""
        return self.hero_alt_text or (self.hero.alt_text if self.hero else "")

    @cached_property
    def moments(self) -> Moments:
        """Since when readers have had each of its pieces, and since when it means what it means."""
        latest = PublicVersion.objects.only("moments").latest_of(self.pk) if self.pk else None
        return latest.public_since if latest else Moments()

    @property
    def version_at(self) -> datetime.datetime:
        """When readers first had it as it now is: its latest update, or its publication."""
        moment: datetime.datetime = self.updated_at or self.first_published_at
        return moment

    # Where it is

    @property
    def address(self) -> str | None:
        """Its address on the site, from the moment it was first published."""
        if self.address_date is None or self.section is None:
            return None
        day = self.address_date
        return reverse("story", args=[self.section.slug, f"{day:%Y}", f"{day:%m}", f"{day:%d}", self.slug])

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        root_url = next(site.root_url for site in self._get_site_root_paths(request))
        return (parts[0], root_url, self.address) if self.address else (parts[0], None, None)

    # What becomes of it

    def with_content_json(self, content: dict[str, Any]) -> Story:
        """Return a revision as a story; what only publishing changes is as it is now, not as it was then."""
        story: Story = super().with_content_json(
            {name: said for name, said in content.items() if name not in _NOT_SAID}
        )
        story.address_date, story.updated_at = self.address_date, self.updated_at
        story.is_told_live = self.is_told_live
        story.live_revision_id = self.live_revision_id
        # Looked up once for all who ask for them; of what is no more the story is to choose another.
        section, hero = content.get("section"), content.get("hero")
        story.section = Section.objects.filter(pk=section).first() if section else None
        story.hero = Picture.objects.filter(pk=hero).first() if hero else None
        # As Wagtail does where it knows it: the tree would ask for the folder anew.
        story._cached_parent_obj = self.get_parent()
        return story

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        slug: str = super()._get_autogenerated_slug(slugs.shorten(base_slug))
        return slug

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        # That there is what a key points at is held by the database; here it would be a question for each.
        keys = {
            field.name for field in self._meta.concrete_fields if field.is_relation and field.value_from_object(self)
        }
        super().clean_fields(exclude={*(exclude or ()), *keys})

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        # Nobody writes these, and the database holds them to be unique; the slug is looked at by `clean`.
        super().validate_unique(exclude={*(exclude or ()), "path", "translation_key"})

    def clean(self) -> None:
        super().clean()
        # The form has cleaned the body's blocks; the lede is a plain field.
        self.lede = richtext.clean(self.lede or "")

    def tidy(self) -> None:
        """Take out markup that stories don't hold; raises ValidationError for a malformed part."""
        self.lede = richtext.clean(self.lede or "")
        self.body = self.body.stream_block.clean_deferred(self.body)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the story; what readers once had and do not have now leaves a redirect where it was."""
        if self.live and self.published_as:
            for name, value in self.published_as.items():
                setattr(self, name, value)
        # Of what is not public Wagtail writes each draft into the row, so that is when the address changes.
        if self.live or not self.pk or self.address_date is None:
            super().save(*args, **kwargs)
        else:
            self._save_and_move(*args, **kwargs)

    @transaction.atomic
    def _save_and_move(self, *args: Any, **kwargs: Any) -> None:
        had = Story.objects.select_related("section").filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        if had and had.address and self.address:
            addresses.moved(old=had.address, new=self.address, page=self)

    def is_site_root(self) -> bool:
        return False

    @transaction.atomic
    def publish(
        self,
        revision: Revision,
        user: AbstractBaseUser | None = None,
        *,
        skip_permission_checks: bool = False,
        at: datetime.datetime | None = None,
        is_restored: bool = False,
        **kwargs: Any,
    ) -> None:
        """Make a revision public: the page, its facts, its streams and its old address, all or nothing.

        Raises readiness.NotReady, and changes nothing, where something that a
        published story needs is missing. A revision with a later go-live moment
        is only scheduled. Of one that `is_restored` readers have had the story
        elsewhere, so less is needed, and nobody is told that there is news.
        """
        publication.publish(
            self,
            revision,
            user,
            at=at or timezone.now(),
            is_restored=is_restored,
            skip_permission_checks=skip_permission_checks,
            **kwargs,
        )

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Take the story from readers: its page, its facts and its streams, all or nothing."""
        was_live = self.live
        super().unpublish(*args, **kwargs)
        if was_live:
            mirror.erase(self)
            signals.unpublished.send(sender=Story, story=self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"moments": self.moments}

    # How it is tried out before it is public

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("page", _("Page")), ("card", _("Card"))]

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        # The rows tell what readers have; a preview shows what they would get.
        labelled = [point for point in mirror.points(self) if point.label_text]
        self.opening_points = sorted(labelled, key=lambda point: not point.is_nut_graf)
        return super().get_preview_context(request, mode_name)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "pages/card.html" if mode_name == "card" else self.template


# What Wagtail takes from the page as it is, or we do: in a revision it need not be looked up first.
_NOT_SAID = frozenset("alias_of content_type hero latest_revision live_revision locale locked_by owner section".split())
