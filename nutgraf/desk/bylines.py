"""Sign a story by typing names: the form's field for authors in their order, and how it is drawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import Script
from django.utils.translation import gettext_lazy as _

from nutgraf.newsroom.models import Author


class BylinesWidget(forms.SelectMultiple):
    """Names in their order, each to be taken away again, and a place to type the next."""

    template_name = "desk/widgets/bylines.html"

    class Media:
        js = [Script("desk/components/bylines_controller.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        authors = {str(author.pk): author for author in Author.objects.only("name", "role")}
        chosen = [authors[key] for key in map(str, value or []) if key in authors]
        context["widget"] |= {"chosen": chosen, "authors": authors.values()}
        return context

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        return []


class BylinesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """Authors in the order in which they sign."""

    widget = BylinesWidget
    default_error_messages = {
        "required": _("Sign it: choose at least one author."),
        "invalid_choice": _("One of these authors no longer exists; choose again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Author.objects.all(), label=_("By"), **kwargs)

    def clean(self, value: Any) -> Any:
        found = {str(author.pk): author for author in super().clean(value)}
        return [found[key] for key in dict.fromkeys(map(str, value or []))]

    def has_changed(self, initial: Any, data: Any) -> bool:
        # Django compares sets; here the order is part of what is said.
        return list(map(str, initial or [])) != list(map(str, data or []))
