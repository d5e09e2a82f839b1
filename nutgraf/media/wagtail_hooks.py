"""Hang the pictures' own pages into the desk, and keep expired pictures out of its choosers."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from nutgraf.media import reports, views
from nutgraf.media.models import PictureQuerySet


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    expired = reports.ExpiredPicturesView
    return [
        path("pictures/<int:picture_id>/original/", views.original, name="picture_original"),
        path("reports/expired-pictures/", expired.as_view(), name="expired_pictures"),
        path("reports/expired-pictures/results/", expired.as_view(results_only=True), name="expired_pictures_results"),
    ]


@hooks.register("register_reports_menu_item")
def expired_pictures_menu_item() -> reports.ExpiredPicturesMenuItem:
    return reports.ExpiredPicturesMenuItem(
        _("Expired pictures"), reverse("expired_pictures"), name="expired-pictures", icon_name="image", order=650
    )


@hooks.register("construct_image_chooser_queryset")
def offer_usable_pictures(pictures: PictureQuerySet, request: HttpRequest) -> PictureQuerySet:
    return pictures.usable(timezone.localdate())
