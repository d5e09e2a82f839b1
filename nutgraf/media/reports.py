"""The desk's list of pictures that may not be used any more, with whatever still shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from nutgraf.media import queries
from nutgraf.media.models import Picture

MAY_SEE = ["add", "change", "delete"]


class ShownInColumn(BaseColumn):
    cell_template_name = "desk/pictures/shown_in_cell.html"

    def get_cell_context_data(self, instance: Picture, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        finder = AdminURLFinder(parent_context["request"].user)
        context["places"] = [(str(place), finder.get_edit_url(place)) for place in instance.shown_in]
        return context


class ExpiredPicturesView(ReportView):
    page_title = _("Expired pictures")
    header_icon = "image"
    model = Picture
    index_url_name = "expired_pictures"
    index_results_url_name = "expired_pictures_results"
    results_template_name = "desk/pictures/expired_results.html"
    any_permission_required = MAY_SEE
    default_ordering = "-use_until"
    columns = [
        TitleColumn(
            "title", label=_("Title"), get_url=lambda picture: reverse("wagtailimages:edit", args=[picture.pk])
        ),
        Column("use_until", label=_("Use until"), sort_key="use_until"),
        ShownInColumn("shown_in", label=_("Shown in")),
        Column("credit_line", label=_("Credit line")),
        Column("source", label=_("Source")),
    ]
    list_export = ["title", "use_until", "credit_line", "source"]

    def get_base_queryset(self) -> QuerySet[Picture]:
        mine = policy_registry.get_by_type(Picture).instances_user_has_any_permission_for(self.request.user, MAY_SEE)
        return mine.expired(timezone.localdate())

    def decorate_paginated_queryset(self, object_list: Iterable[Picture]) -> list[Picture]:
        pictures = list(object_list)
        for picture, places in queries.shown_in(pictures).items():
            picture.shown_in = places
        return pictures


class ExpiredPicturesMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return policy_registry.get_by_type(Picture).user_has_any_permission(request.user, MAY_SEE)
