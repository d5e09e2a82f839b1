"""The story form: lenient while a story is written, exact and plain-spoken when it is to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.coreutils import find_available_slug

from nutgraf.desk.bylines import BylinesField
from nutgraf.desk.changes import question
from nutgraf.desk.places import PlacesField
from nutgraf.stories import changes, readiness, slugs
from nutgraf.stories.models import Byline, ChangeKind, Story
from nutgraf.storylines.models import StorylineStory


class StoryForm(WagtailAdminPageForm):
    """What an editor fills in; the rules are those of `stories.readiness`, told at the fields they are about."""

    bylines = BylinesField()
    storyline_places = PlacesField()
    # Which of them the open form has ticked by itself: what a save changes is told by what differs from that.
    places_shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An author who stays keeps the byline's key, so that comparing versions shows only what changed.
        self._bylines = {byline.author_id: byline for byline in self.instance.bylines.all()}
        self._places = {place.now_in: place for place in self.instance.storyline_places.all()}
        self.initial["bylines"] = list(self._bylines)
        self.initial["storyline_places"] = list(self._places)
        self.fields["storyline_places"].offer(self.initial["storyline_places"])
        # Of a story that is not kept yet nothing is: what the form proposes is chosen with the first save.
        self.initial["places_shown"] = _listed(self.initial["storyline_places"]) if self.instance.pk else ""
        if self.instance.pk is None:
            self.fields["title"].widget.attrs["autofocus"] = True
        self.fields["title"].error_messages["required"] = _("Write a headline.")
        self.fields["lede"].error_messages["required"] = _("Write the lede.")
        self.fields["section"].error_messages["required"] = _("Choose a section.")
        kinds = self.fields["change_kind"]
        kinds.choices = [("", _("Decide by what changed")), *ChangeKind.choices]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        # A slug that nobody chose makes room; one that somebody chose is theirs to change.
        if slug and slugify(slug) == slugify(self.cleaned_data.get("title", "")):
            return find_available_slug(self.parent_page, slugs.shorten(slug), ignore_page_id=self.instance.pk)
        return slug

    def _post_clean(self) -> None:
        if "bylines" in self.cleaned_data:
            self._sign(self.instance)
        if "storyline_places" in self.cleaned_data:
            self._place(self.instance)
        super()._post_clean()
        if not self.is_deferred_validation:
            self._tell_what_is_missing()

    def _sign(self, story: Story) -> None:
        authors = self.cleaned_data["bylines"]
        bylines = [self._bylines.get(author.pk) or Byline() for author in authors]
        for order, (byline, author) in enumerate(zip(bylines, authors, strict=True)):
            byline.author, byline.sort_order = author, order
        story.bylines = bylines

    def _place(self, story: Story) -> None:
        kept = self._places
        chosen = {storyline.pk: storyline for storyline in self.cleaned_data["storyline_places"]}
        # Somebody else may have put the story into another one, or taken it out, since the form was opened.
        shown = {int(key) for key in self.cleaned_data.get("places_shown", "").split(",") if key.isdecimal()}
        if self.add_prefix("places_shown") not in self.data:
            shown = set(kept)
        stay = [place for key, place in kept.items() if key in chosen or key not in shown]
        by = self.for_user and self.for_user.pk
        story.storyline_places = stay + [
            StorylineStory(storyline=storyline, added_at=timezone.now(), by_id=by)
            for key, storyline in chosen.items()
            if key not in kept and key not in shown
        ]

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        # The form stays open after it was saved: from now on it shows by itself what was ticked in it.
        chosen = [storyline.pk for storyline in self.cleaned_data["storyline_places"]]
        return [*super().get_field_updates_for_resave(), (self.add_prefix("places_shown"), _listed(chosen))]

    def _tell_what_is_missing(self) -> None:
        at = timezone.now()
        change = changes.pending(self.instance)
        # The field has looked at each block of the body already, and told it there.
        is_body_sound = "body" in self.cleaned_data
        found = readiness.problems(self.instance, at=at, change=change, is_body_sound=is_body_sound)
        if change.is_for_asking and not self.instance.change_kind:
            found["change_kind"] = [ValidationError(question(change))]
        if not self._is_for_readers:
            # Whoever only submits it for approval may do so while it is held.
            found.pop(NON_FIELD_ERRORS, None)
        if expired := _expired_in_body(self.instance, at=at):
            found["body"] = [expired]
        for field, errors in found.items():
            # What a field says of itself is more exact than what is said about the whole.
            if field not in self.errors:
                self.add_error(field, errors)
        if "hero" in found and self.instance.hero:
            self._point_to_picture()

    @property
    def _is_for_readers(self) -> bool:
        return "action-publish" in self.data or self.data.get("workflow-action-name") == "approve"

    def _point_to_picture(self) -> None:
        url = reverse("wagtailimages:edit", args=[self.instance.hero_id])
        link = format_html('<a href="{}" target="_blank">{}</a>', url, _("Edit the picture"))
        self.add_error("hero", ValidationError(link))


def _listed(keys: Iterable[int]) -> str:
    return ",".join(map(str, keys))


def _expired_in_body(story: Story, *, at: Any) -> StreamBlockValidationError | None:
    """Return an error at each picture in the body that may no longer be used."""
    expired = readiness.expired_pictures(story, at=at)
    errors = {
        place: StructBlockValidationError({"picture": ValidationError(readiness.expiry(picture))})
        for place, picture in _pictures(story)
        if picture in expired
    }
    return StreamBlockValidationError(block_errors=errors) if errors else None


def _pictures(story: Story) -> Iterator[tuple[int, Any]]:
    for place, child in enumerate(story.body):
        if child.block_type == "picture":
            yield place, child.value["picture"]
