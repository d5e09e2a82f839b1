"""The search form: words, and the filters by section and author."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nutgraf.newsroom.models import Author, Section


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
        Author.objects.all(), label=_("Author"), required=False, to_field_name="slug", empty_label=_("All authors")
    )

    @property
    def is_asked(self) -> bool:
        """Tell whether there is anything to look for."""
        return any(self.cleaned_data.values())

    def question(self) -> dict[str, Any]:
        """Return what to look for, by the names that the query has for it."""
        return {
            "words": self.cleaned_data["q"],
            "section": self.cleaned_data["section"],
            "author": self.cleaned_data["author"],
        }
