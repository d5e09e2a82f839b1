"""The search form: words, and the filters by section, author, label, storyline and day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nutgraf.newsroom.models import Author, Section
from nutgraf.stories.matching import Question
from nutgraf.stories.models import Label
from nutgraf.storylines.models import Storyline, storyline_stream
from nutgraf.streams.models import author_stream, label_stream, section_stream

# A newsroom may have thousands; these are the ones that move, and every other has its own page.
OFFERED_STORYLINES = 40


class SearchForm(forms.Form):
    """What a reader looks for; an address that asks for what is not there finds nothing rather than everything."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    section = forms.ModelChoiceField(
        Section.objects.all(), label=_("Section"), required=False, to_field_name="slug", empty_label=_("All sections")
    )
    author = forms.ModelChoiceField(
        Author.objects.only("name", "slug"),
        label=_("Author"),
        required=False,
        to_field_name="slug",
        empty_label=_("All authors"),
    )
    label = forms.ModelChoiceField(
        Label.objects.filter(is_forbidden=False),
        label=_("Label"),
        required=False,
        to_field_name="slug",
        empty_label=_("All labels"),
    )
    storyline = forms.ModelChoiceField(
        Storyline.objects.standing().only("name", "slug"),
        label=_("Storyline"),
        required=False,
        to_field_name="slug",
        empty_label=_("All storylines"),
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Storyline.objects.standing().exclude(state=Storyline.State.CLOSED).order_by("-pk")
        names = dict(offered.values_list("slug", "name")[:OFFERED_STORYLINES])
        asked = self.data.get("storyline")
        if asked and asked not in names:
            names |= dict(Storyline.objects.standing().filter(slug=asked).values_list("slug", "name"))
        self.fields["storyline"].widget.choices = [
            ("", _("All storylines")),
            *sorted(names.items(), key=lambda one: one[1].casefold()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This is before the day from which to search."))
        return cleaned

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is asked beside words."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    @property
    def words(self) -> Any:
        """The field for words, which stands apart from the filters."""
        return self["q"]

    @property
    def filters(self) -> list[Any]:
        """All other fields."""
        return [field for field in self if field.name != "q"]

    def question(self) -> Question:
        """Return what to look for, as the index is asked."""
        given = self.cleaned_data
        streams = (
            ("section", section_stream),
            ("author", author_stream),
            ("label", label_stream),
            ("storyline", lambda found: storyline_stream(found.pk)),
        )
        return Question.parse(
            given["q"],
            belongs_to=tuple(name(given[field]) for field, name in streams if given[field]),
            since=given["since"],
            until=given["until"],
        )
