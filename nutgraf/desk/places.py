"""Choose the storylines that a story belongs to: the form's field, which offers those that go on and those it is in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nutgraf.storylines.models import Storyline


class PlacesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """Storylines, to be ticked."""

    default_error_messages = {
        "invalid_choice": _("One of these storylines is no longer there, or has closed; choose again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Storyline.objects.none(),
            label=_("Storylines"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to choose from."""
        return self.queryset is not None and self.queryset.exists()

    def offer(self, chosen: Collection[int]) -> None:
        """Offer what goes on, the latest first, and what was chosen before, even if it has closed."""
        goes_on = ~Q(state=Storyline.State.CLOSED) & Q(merged_into=None)
        self.queryset = Storyline.objects.filter(goes_on | Q(pk__in=chosen)).order_by("-latest_story_at", "name")
