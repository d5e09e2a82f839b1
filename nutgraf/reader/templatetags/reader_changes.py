"""What readers are told of changes after publication: notes on a story, and two versions word by word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nutgraf.reader import changes
from nutgraf.stories import wording
from nutgraf.stories.models import HouseStyle, PublicVersion, Story

register = template.Library()
register.filter("piece_name", wording.piece_name)
register.filter("act_name", wording.act_name)
register.filter("compared", wording.compared)

# As many parts are named in a line under the headline.
_MOST_NAMED = 3


@dataclass(frozen=True)
class Told:
    """What readers are told on a story's page about its public versions."""

    versions: list[PublicVersion]

    @property
    def has_changes(self) -> bool:
        """Whether there is more than one version to compare."""
        return len(self.versions) > 1

    @property
    def notes(self) -> list[PublicVersion]:
        """Corrections, clarifications and editor's notes, newest first."""
        return [
            version for version in reversed(self.versions) if version.kind in PublicVersion.NOTED and version.sentence
        ]

    @property
    def latest(self) -> PublicVersion | None:
        """The latest version that says something else than the one before, if any does."""
        later = (version for version in reversed(self.versions[1:]) if version.kind != PublicVersion.Kind.MINOR)
        return next(later, None)

    @cached_property
    def stand_at_foot(self) -> bool:
        """Whether house style has the notes below the story."""
        return HouseStyle.load().notes_stand == HouseStyle.Place.FOOT


@register.simple_tag
def told_of(story: Story) -> Told:
    """Return what there is to tell of a story's public versions: one query, however often a page asks."""
    # The head of a page and its main part are rendered apart, and both ask.
    kept = story.__dict__
    if "_told" not in kept:
        kept["_told"] = Told(list(story.public_versions.in_short()) if story.pk else [])
    told: Told = kept["_told"]
    return told


@register.filter
def what_changed(version: PublicVersion) -> str:
    """Say in a few words what a version brought: its sentence, or else the parts that are others."""
    if version.sentence:
        return version.sentence
    names = list(
        dict.fromkeys(wording.piece_name(change.piece) for change in version.differences if not change.piece.is_noted)
    )
    more = len(names) - _MOST_NAMED
    if more > 0:
        others = ngettext("%(count)d other part", "%(count)d other parts", more) % {"count": more}
        names = [*names[:_MOST_NAMED], others]
    return _(", ").join(names)


@register.filter
def public_name(version: PublicVersion) -> str:
    """Call the story of a version, without the words of one that was withdrawn."""
    return changes.public_name(version)
