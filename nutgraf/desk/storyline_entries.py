"""What a storyline has assembled, in the desk: a list by kind, and for each entry a form to pin, hide, reword or merge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from nutgraf.storylines import actions, overriding
from nutgraf.storylines.models import Entry, Mention, Override, Storyline
from nutgraf.storylines.models.kinds import Kind

PER_PAGE = 40
# Of one entry so many facts can be hidden or reworded by themselves.
FACTS = 40
# So many entries are offered to merge one into.
OTHERS = 500

Action = Override.Action


class OfStoryline(WagtailAdminTemplateMixin):
    """A page about one storyline, for those who may change storylines."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "list-ol"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("storylines.change_storyline"):
            raise PermissionDenied
        if into := self.storyline.merged_into_id:
            # What it holds is looked after there.
            messages.warning(request, _("“%(name)s” went into this storyline.") % {"name": self.storyline})
            return redirect("storyline:edit", into)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def storyline(self) -> Storyline:
        return get_object_or_404(Storyline, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.storyline.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("storyline:index"), "label": _("Storylines")},
            {"url": reverse("storyline:edit", args=[self.storyline.pk]), "label": self.storyline.name},
            {"url": "", "label": self.get_page_title()},
        ]


class Entries(OfStoryline, TemplateView):
    """What is in a storyline, by kind."""

    template_name = "desk/storylines/entries.html"
    page_title = gettext_lazy("What is in it")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        kind = kind if kind in Kind.values else Kind.NUMBER
        found = self.storyline.entries.filter(kind=kind).order_by("-is_pinned", "-latest_at", "-id")
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        names = overriding.names(page.object_list)
        overrides = list(self.storyline.overrides.filter(kind=kind).select_related("by", "story"))
        about = overriding.names_of(overrides)
        return super().get_context_data(**kwargs) | {
            "storyline": self.storyline,
            "kind": kind,
            "kinds": [(value, label) for value, label in Kind.choices],
            "page": page,
            "rows": [(entry, names.get(entry.pk, "")) for entry in page],
            "overrides": [(override, about[override.pk]) for override in overrides],
        }


class OverrideForm(forms.Form):
    """What to do with an entry, or with one fact of it."""

    action = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        widget=forms.RadioSelect,
        choices=[
            (Action.PIN, gettext_lazy("Pin: show it before the others")),
            (Action.HIDE, gettext_lazy("Hide: keep it from the storyline; its stories stay as they are")),
            (Action.REWORD, gettext_lazy("Reword: show other words")),
            (Action.MERGE, gettext_lazy("Merge: show it as one with another")),
        ],
    )
    about = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "To reword: what readers see in place of who speaks in what role, what is counted, or what happens."
        ),
    )
    into = forms.ModelChoiceField(
        Entry.objects.none(),
        label=gettext_lazy("Into"),
        required=False,
        help_text=gettext_lazy("To merge: with which."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Why, for those who look after it later. It is kept in the history."),
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.facts = {
            str(one.pk): one
            for one in entry.mentions.select_related("story", "quote", "number", "event").order_by("-published_at")[
                :FACTS
            ]
        }
        others = Entry.objects.filter(storyline=entry.storyline_id, kind=entry.kind).exclude(pk=entry.pk)
        offered = list(others.order_by("-latest_at")[:OTHERS])
        names = overriding.names(offered)
        into: Any = self.fields["into"]
        into.queryset = others
        into.choices = [("", "—"), *((one.pk, names.get(one.pk, str(one))) for one in offered)]
        about: Any = self.fields["about"]
        # A whole sentence of a story stands in each choice: the field is not to be wider than its page.
        into.widget.attrs["class"] = about.widget.attrs["class"] = "ng-fits"
        about.choices = [
            ("", _("All of it")),
            *((key, f"{one.story.title}: {one}") for key, one in self.facts.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("action") == Action.REWORD and not data.get("words", "").strip():
            self.add_error("words", _("Write the words that readers are to see."))
        if data.get("action") == Action.MERGE and not data.get("into"):
            self.add_error("into", _("Choose what it is one with."))
        if data.get("action") == Action.MERGE and data.get("about"):
            self.add_error("about", _("Only all of it can be merged."))
        return data

    def act(self, request: HttpRequest) -> Override:
        """Do what was asked for."""
        data: Any = self.cleaned_data
        what: Entry | Mention = self.facts[data["about"]] if data["about"] else self.entry
        given: dict[str, Any] = {"note": data["note"], "by": request.user, "at": timezone.now()}
        match data["action"]:
            case Action.PIN:
                return overriding.pin(what=what, **given)
            case Action.HIDE:
                return overriding.hide(what=what, **given)
            case Action.REWORD:
                return overriding.reword(what=what, words=data["words"], **given)
            case _:
                return overriding.merge(entry=self.entry, into=data["into"], **given)


class OverrideEntry(OfStoryline, FormView):  # type: ignore[type-arg]  # takes none when it runs
    """The form of one entry."""

    form_class = OverrideForm
    template_name = "desk/storylines/form.html"
    page_title = gettext_lazy("Change what is shown")

    @cached_property
    def entry(self) -> Entry:
        return get_object_or_404(self.storyline.entries, pk=self.kwargs["entry"])

    def get_page_subtitle(self) -> str:
        return overriding.named(self.entry)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"entry": self.entry}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_button_label": _("Save"),
            "action_url": self.request.path,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        kind = self.entry.kind
        try:
            form.act(self.request)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Readers see it so from now on."))
        return redirect(f"{reverse('storyline_entries', args=[self.storyline.pk])}?kind={kind}")


class TakeBack(OfStoryline, View):
    """The button that takes an override back."""

    def post(self, request: HttpRequest, pk: int, override: int) -> HttpResponse:
        found = get_object_or_404(self.storyline.overrides, pk=override)
        kind = found.kind
        user: Any = request.user
        overriding.take_back(override=found, by=user, at=timezone.now())
        messages.success(request, _("Taken back."))
        return redirect(f"{reverse('storyline_entries', args=[self.storyline.pk])}?kind={kind}")


class MergeForm(forms.Form):
    """Which storyline another is to go into."""

    into = forms.ModelChoiceField(
        Storyline.objects.standing(),
        label=gettext_lazy("Into"),
        help_text=gettext_lazy("Its stories go there too. Its address leads there for ever. This can't be taken back."),
    )

    def __init__(self, *args: Any, storyline: Storyline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = Storyline.objects.standing().exclude(pk=storyline.pk)


class MergeStoryline(OfStoryline, FormView):  # type: ignore[type-arg]  # takes none when it runs
    """The form that merges a storyline into another."""

    form_class = MergeForm
    template_name = "desk/storylines/form.html"
    page_title = gettext_lazy("Merge")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"storyline": self.storyline}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_button_label": _("Merge"),
            "action_url": self.request.path,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        try:
            into = actions.merge(storyline=self.storyline, into=form.cleaned_data["into"], by=user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("“%(name)s” is part of “%(into)s” now.") % {"name": self.storyline, "into": into}
        )
        return redirect("storyline:edit", into.pk)


URLS = [
    path("storylines/<int:pk>/entries/", Entries.as_view(), name="storyline_entries"),
    path("storylines/<int:pk>/entries/<int:entry>/", OverrideEntry.as_view(), name="override_entry"),
    path("storylines/<int:pk>/overrides/<int:override>/take-back/", TakeBack.as_view(), name="take_back_override"),
    path("storylines/<int:pk>/merge/", MergeStoryline.as_view(), name="merge_storyline"),
]
