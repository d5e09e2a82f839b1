"""The page on which the owner of storylines sees what they are in need of, and does it with one click each."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from nutgraf.stories.models import Story
from nutgraf.storylines import actions, upkeep
from nutgraf.storylines.models import MapPlace, Storyline


def may_keep(user: Any) -> bool:
    """Tell whether somebody may look after storylines."""
    return bool(user.has_perm("storylines.change_storyline"))


class Upkeep(WagtailAdminTemplateMixin, TemplateView):
    """What the storylines of this person, and those of nobody, are in need of."""

    template_name = "desk/storylines/upkeep.html"
    page_title = gettext_lazy("Upkeep")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_keep(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("storyline:index"), "label": _("Storylines")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(**kwargs) | {
            "all_needs": upkeep.needs_of(cast(User, self.request.user), at=now),
            "again": timezone.localdate(now) + datetime.timedelta(days=actions.DAYS_BETWEEN_REVIEWS),
            "tomorrow": timezone.localdate(now) + datetime.timedelta(days=1),
        }


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a storyline was looked at today, and on which day it is to be looked at again."""
    storyline = _kept(request, pk)
    given = request.POST.get("again", "")
    try:
        again = datetime.date.fromisoformat(given) if given else None
        actions.review(storyline=storyline, by=_somebody(request), at=timezone.now(), again=again)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ValueError:
        messages.error(request, _("“%(day)s” is not a day.") % {"day": given[:20]})
    else:
        told = {"name": storyline.name, "day": f"{storyline.review_date:%-d %B}"}
        messages.success(request, _("“%(name)s” is reviewed; you are asked again on %(day)s.") % told)
    return redirect("storyline_upkeep")


@require_POST
def put_in(request: HttpRequest, pk: int, story: int) -> HttpResponse:
    """Put a story into a storyline, for readers at once."""
    storyline = _kept(request, pk)
    found = _publishable(request, story)
    actions.put_in(story=found, storyline=storyline, by=_somebody(request), at=timezone.now())
    told = {"headline": found.title, "name": storyline.name}
    messages.success(request, _("“%(headline)s” is in “%(name)s” now.") % told)
    return redirect("storyline_upkeep")


@require_POST
def set_aside(request: HttpRequest, pk: int, story: int) -> HttpResponse:
    """Note that a story does not belong to a storyline, however it looks."""
    storyline = _kept(request, pk)
    found = _publishable(request, story)
    actions.set_aside(story=found, storyline=storyline, by=_somebody(request), at=timezone.now())
    told = {"headline": found.title, "name": storyline.name}
    messages.success(request, _("“%(headline)s” is not suggested for “%(name)s” any more.") % told)
    return redirect("storyline_upkeep")


def _publishable(request: HttpRequest, pk: int) -> Story:
    story: Story = get_object_or_404(Story, pk=pk)
    if not story.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return story


def _kept(request: HttpRequest, pk: int) -> Storyline:
    if not may_keep(request.user):
        raise PermissionDenied
    return get_object_or_404(Storyline.objects.standing(), pk=pk)


def _somebody(request: HttpRequest) -> User:
    return cast(User, request.user)


class MapPlaceViewSet(ModelViewSet):
    """Where places lie that the towns which come with us do not have."""

    model = MapPlace
    name = "map_place"
    url_prefix = "places"
    icon = "globe"
    menu_label = gettext_lazy("Places")
    copy_view_enabled = False
    inspect_view_enabled = False
    ordering = ["name"]
    list_display = ["name", "latitude", "longitude"]
    edit_handler = ObjectList([FieldPanel("name"), FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])])


URLS = [
    path("storyline-upkeep/", Upkeep.as_view(), name="storyline_upkeep"),
    path("storyline-upkeep/<int:pk>/review/", review, name="review_storyline"),
    path("storyline-upkeep/<int:pk>/put-in/<int:story>/", put_in, name="put_into_storyline"),
    path("storyline-upkeep/<int:pk>/set-aside/<int:story>/", set_aside, name="set_aside_of_storyline"),
]
