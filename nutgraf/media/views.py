"""Serve renditions to readers, and originals to the desk alone."""

from __future__ import annotations

import re

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError
from wagtail.permissions import policy_registry

from nutgraf.media import darkroom, renditions
from nutgraf.media.models import Picture
from nutgraf.media.serving import serve

FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"
ASK_AGAIN = "no-cache"


@require_safe
def rendition(request: HttpRequest, picture_id: int, version: str, file_name: str) -> HttpResponseBase:
    """Serve a rendition, making it at the first request; an address from before a change leads to today's."""
    try:
        spec = renditions.Spec.parse(file_name)
    except ValueError as error:
        raise Http404 from error
    name = f"{renditions.FOLDER}/{picture_id}/{version}/{file_name}"
    if not re.fullmatch(r"[0-9a-f]{10}", version) or not default_storage.exists(name):
        picture = get_object_or_404(Picture, pk=picture_id)
        if version != renditions.version(picture):
            # A mail or a page kept by someone shows the picture as it is now, not a hole.
            return HttpResponseRedirect(renditions.address(picture, spec), headers={"Cache-Control": A_MINUTE})
        try:
            darkroom.make(picture, spec)
        except SourceImageIOError as error:
            raise Http404("The original is gone.") from error
    return serve(request, name, cache_control=FOR_EVER)


@require_safe
def desk_rendition(request: HttpRequest, picture_id: int, file_name: str) -> HttpResponseBase:
    """Serve one of the sizes that Wagtail made for the desk, whose names outlive a change of the picture."""
    return serve(request, f"{renditions.FOLDER}/{picture_id}/{renditions.DESK}/{file_name}", cache_control=ASK_AGAIN)


def original(request: HttpRequest, picture_id: int) -> FileResponse:
    """Let staff download a picture as it was uploaded, with all that it says about places and people."""
    picture = get_object_or_404(Picture, pk=picture_id)
    policy = policy_registry.get_by_type(Picture)
    if not policy.user_has_any_permission_for_instance(request.user, ["change", "choose"], picture):
        raise PermissionDenied
    try:
        file = picture.file.storage.open(picture.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=picture.filename)
