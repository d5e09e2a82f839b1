"""Live stories in the desk: one page on which entries are filed, corrected, removed and broken out, by several at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic import EditView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from nutgraf.desk.headings import heading
from nutgraf.live import actions, queries
from nutgraf.live import copy as live_copy
from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.stories.models import Story

# So many are on the page; older ones are corrected where readers see them, from the link there.
SHOWN = 100


def may_run(user: Any, story: Story) -> bool:
    """Say whether somebody may make a story live, which is to publish without asking."""
    return bool(story.permissions_for_user(user).can_publish())


def _story(request: HttpRequest, pk: int) -> Story:
    story = get_object_or_404(Story, pk=pk)
    if not may_run(request.user, story):
        raise PermissionDenied
    return story


def _entry(request: HttpRequest, pk: int) -> LiveEntry:
    entry = get_object_or_404(LiveEntry.objects.select_related("run__story", "author", "broken_out_to"), pk=pk)
    if not may_run(request.user, entry.run.story):
        raise PermissionDenied
    return entry


@require_GET
def live_stories(request: HttpRequest) -> HttpResponse:
    """What is live, what was, and what could be: the newest public stories."""
    runs = LiveRun.objects.select_related("story__section").order_by("ended_at", "-started_at")
    latest = Story.objects.live().filter(live_run=None).order_by("-first_published_at")[:10]
    shown = [run for run in runs if may_run(request.user, run.story)]
    context = {
        "open": [run for run in shown if run.is_open],
        "ended": [run for run in shown if not run.is_open][:10],
        "latest": [story for story in latest if may_run(request.user, story)],
        **heading(_("Live"), icon="time"),
    }
    return render(request, "desk/live/live_stories.html", context)


@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one live story."""
    return _page(request, _story(request, pk))


def _page(
    request: HttpRequest, story: Story, *, text: str = "", refusal: str = "", is_key: bool = False
) -> HttpResponse:
    run = queries.run_of(story)
    context = {
        "story": story,
        "run": run,
        "entries": list(_entries(run)) if run else [],
        "text": text,
        "refusal": refusal,
        "is_key": is_key,
        "today": timezone.localdate(),
        **heading(_("Live coverage"), _way_to_list(), icon="time", about=story.get_admin_display_title()),
    }
    return render(request, "desk/live/live.html", context, status=400 if refusal else 200)


def _way_to_list() -> tuple[str, str]:
    return reverse("live_stories"), _("Live")


def _way_to(story: Story, title: Any) -> list[dict[str, Any]]:
    way = _way_to_list(), (reverse("live", args=[story.pk]), story.get_admin_display_title())
    found: list[dict[str, Any]] = heading(title, *way, icon="time")["breadcrumbs_items"]
    return found


def _entries(run: LiveRun) -> Iterator[LiveEntry]:
    entries = run.entries.select_related("author", "broken_out_to", "run__story").order_by("-at", "-pk")
    yield from entries[:SHOWN]


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Go live."""
    actions.start(story=_story(request, pk), by=_by(request), at=timezone.now())
    return redirect("live", pk)


@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what was typed as an entry; what is wrong with it is said, and the text is still there."""
    story = _story(request, pk)
    run = get_object_or_404(LiveRun, story=story)
    text, is_key, now = request.POST.get("text", ""), "is_key" in request.POST, timezone.now()
    try:
        typed = live_copy.entry(text.replace("\r\n", "\n"), at=now)
        with transaction.atomic():
            if "goes_on" in request.POST:
                actions.start(story=story, by=_by(request), at=now)
            actions.file(run=run, by=_by(request), at=now, headline=typed.headline, body=typed.body, is_key=is_key)
    except ValidationError as error:
        return _page(request, story, text=text, refusal=" ".join(error.messages), is_key=is_key)
    if typed.left:
        messages.warning(request, _("An entry has no place for: %(lines)s") % {"lines": " · ".join(typed.left)})
    return redirect("live", pk)


@require_GET
def news(request: HttpRequest, pk: int) -> JsonResponse:
    """What others have filed or changed since a number, for a page that is open."""
    run = get_object_or_404(LiveRun, story=_story(request, pk))
    after = request.GET.get("after", "")
    found = queries.changed_since(run, int(after), most=SHOWN) if after.isdecimal() and len(after) < 18 else []
    for entry in found:
        entry.run = run
    today = timezone.localdate()
    return JsonResponse(
        {
            "cursor": run.change,
            "isOpen": run.is_open,
            "entries": [
                {
                    "id": entry.pk,
                    "at": int(entry.at.timestamp()),
                    "html": render_to_string("desk/live/entry.html", {"entry": entry, "today": today}, request),
                }
                for entry in found
            ],
        }
    )


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """End the coverage, in the order that readers are to have."""
    run = get_object_or_404(LiveRun, story=_story(request, pk))
    actions.end(run=run, by=_by(request), at=timezone.now(), is_oldest_first="is_oldest_first" in request.POST)
    messages.success(request, _("The live coverage has ended. Readers see it as it was, and that it is over."))
    return redirect("live", pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry from readers, with the reason that they are told."""
    entry = _entry(request, pk)
    try:
        actions.remove(entry=entry, by=_by(request), at=timezone.now(), because=request.POST.get("because", ""))
    except ValidationError as error:
        return _page(request, entry.run.story, refusal=" ".join(error.messages))
    return _back(entry)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Put an entry among the key events, or take it out."""
    entry = _entry(request, pk)
    actions.mark(entry=entry, is_key=not entry.is_key)
    return _back(entry)


@require_POST
def break_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a story of its own of an entry, and go on writing it."""
    entry = _entry(request, pk)
    try:
        story = actions.break_out(entry=entry, by=_by(request), at=timezone.now())
    except ValidationError as error:
        return _page(request, entry.run.story, refusal=" ".join(error.messages))
    return redirect("wagtailadmin_pages:edit", story.pk)


def _back(entry: LiveEntry) -> HttpResponseRedirect:
    return redirect(f"{reverse('live', args=[entry.run.story_id])}#{entry.anchor}")


def _by(request: HttpRequest) -> Any:
    return request.user


class EntryForm(WagtailAdminModelForm):
    """What an entry says, and the sentence that tells readers what was wrong with it."""

    # The corrections that the form was opened with: whoever saves is told of those made meanwhile.
    known = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["correction"].required = True
        self.initial["known"] = self.instance.correction
        # Each correction is told by its own sentence.
        self.initial["correction"] = ""


class CorrectEntry(EditView):
    """The form in which an entry is corrected, with all the blocks that a story has."""

    model = LiveEntry
    page_title = gettext_lazy("Correct an entry")
    header_icon = "edit"
    # Asked of the story, when the entry is looked up.
    permission_required = None
    index_url_name = "live_stories"
    edit_url_name = "correct_live_entry"
    panel = ObjectList(
        [
            FieldPanel("headline"),
            FieldPanel("body", classname="ng-body"),
            FieldPanel(
                "correction",
                heading=gettext_lazy("Correction"),
                help_text=gettext_lazy("What was wrong, in a sentence to readers: “An earlier version said forty.”"),
            ),
        ],
        base_form_class=EntryForm,
    ).bind_to_model(LiveEntry)
    form_class = panel.get_form_class()

    def get_object(self, queryset: Any = None) -> LiveEntry:
        return _entry(self.request, self.kwargs["pk"])

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        entry = LiveEntry.objects.select_related("run").get(pk=self.object.pk)
        try:
            actions.correct(
                entry=entry,
                by=_by(self.request),
                at=timezone.now(),
                sentence=data["correction"],
                headline=data["headline"],
                body=data["body"],
                known=data["known"],
            )
        except ValidationError as error:
            if getattr(error, "code", "") == "overtaken":
                return self._overtaken(form, entry)
            form.add_error(None, ValidationError(error.messages))
            return self._refused(form)
        messages.success(self.request, _("The entry is corrected, and readers are told so."))
        return _back(entry)

    def _overtaken(self, form: Any, entry: LiveEntry) -> HttpResponse:
        """Show what the other has written, and take the next attempt for one that knows of it."""
        entry.refresh_from_db()
        told = {"line": entry.line, "correction": entry.correction.splitlines()[-1]}
        said = _(
            "Another editor has corrected this entry meanwhile: “%(correction)s” It begins “%(line)s” now. "
            "What you have typed is still here; saved again, it takes the place of that."
        )
        form.add_error(None, said % told)
        form.data = form.data.copy()
        form.data["known"] = entry.correction
        return self._refused(form)

    def _refused(self, form: Any) -> HttpResponse:
        # Wagtail says so itself only of what the form's own check refuses.
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _way_to(self.object.run.story, self.page_title)


class SumUp(EditView):
    """The form of what stands on top."""

    model = LiveRun
    page_title = gettext_lazy("In short")
    header_icon = "list-ul"
    permission_required = None
    index_url_name = "live_stories"
    edit_url_name = "sum_up_live"
    panel = ObjectList([FieldPanel("summary")]).bind_to_model(LiveRun)
    form_class = panel.get_form_class()

    def get_object(self, queryset: Any = None) -> LiveRun:
        return get_object_or_404(LiveRun, story=_story(self.request, self.kwargs["pk"]))

    def get_edit_url(self) -> str:
        return reverse(self.edit_url_name, args=[self.object.story_id])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _way_to(self.object.story, self.page_title)

    def form_valid(self, form: Any) -> HttpResponse:
        actions.sum_up(run=self.object, summary=form.cleaned_data["summary"], by=_by(self.request))
        return redirect("live", self.object.story_id)


class LiveMenuItem(MenuItem):
    """The way to what is live."""

    def __init__(self) -> None:
        super().__init__(_("Live"), reverse("live_stories"), name="live", icon_name="time", order=35)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy_registry.get_by_type(Story).user_has_permission(request.user, "publish"))


def live_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer to go live, or the page of what is live, among the buttons of a story."""
    if isinstance(page, Story) and may_run(user, page):
        yield Button(_("Live"), reverse("live", args=[page.pk]), icon_name="time", priority=5)


URLS: list[URLPattern] = [
    path("live/", live_stories, name="live_stories"),
    path("live/<int:pk>/", live, name="live"),
    path("live/<int:pk>/start/", start, name="start_live"),
    path("live/<int:pk>/file/", file, name="file_live_entry"),
    path("live/<int:pk>/news/", news, name="live_news"),
    path("live/<int:pk>/in-short/", SumUp.as_view(), name="sum_up_live"),
    path("live/<int:pk>/end/", end, name="end_live"),
    path("live/entry/<int:pk>/correct/", CorrectEntry.as_view(), name="correct_live_entry"),
    path("live/entry/<int:pk>/remove/", remove, name="remove_live_entry"),
    path("live/entry/<int:pk>/key/", mark, name="mark_live_entry"),
    path("live/entry/<int:pk>/break-out/", break_out, name="break_out_live_entry"),
]
