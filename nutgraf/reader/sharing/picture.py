"""Where the drawn picture of a story is, which changes with what stands on it, and its making at the first request."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from nutgraf.media import darkroom
from nutgraf.media.serving import serve
from nutgraf.media.views import A_MINUTE, FOR_EVER
from nutgraf.newsroom.models import Newsroom
from nutgraf.reader.sharing import drawing
from nutgraf.reader.sharing.drawing import Faces, Words
from nutgraf.stories.models import Story

# Part of every version: raise it when the same words are drawn differently.
RECIPE = 1
FOLDER = "shares"


def address(story: Story, newsroom: Newsroom) -> str:
    """Return the path of a public story's drawn picture, or nothing where there are no letters to draw it with."""
    words = _words(story, newsroom)
    if not (story.pk and story.live) or not drawing.can_draw(words, _faces()):
        return ""
    return reverse("share_picture", args=[story.pk, _version(words)])


@require_safe
def share_picture(request: HttpRequest, story_id: int, version: str) -> HttpResponseBase:
    """Serve the picture of a public story; an address from before a change leads to today's."""
    story = Story.objects.live().with_address().filter(pk=story_id).first()
    here = address(story, Newsroom.load()) if story else ""
    if story is None or not here:
        raise Http404
    if request.path != here:
        return HttpResponseRedirect(here, headers={"Cache-Control": A_MINUTE})
    name = f"{FOLDER}/{story_id}/{version}.png"
    if not default_storage.exists(name):
        darkroom.remove(f"{FOLDER}/{story_id}")
        darkroom.keep(name, drawing.draw(_words(story, Newsroom.load()), _faces()))
    return serve(request, name, cache_control=FOR_EVER)


def on_unpublished(*, story: Story, **kwargs: Any) -> None:
    """Hear that a story was taken from readers, and take its picture, too."""
    transaction.on_commit(lambda: darkroom.remove(f"{FOLDER}/{story.pk}"))


def _words(story: Story, newsroom: Newsroom) -> Words:
    return Words(
        label=story.eyebrow or (story.section.name if story.section else ""),
        headline=story.headline,
        lede=story.lede_text,
        signed=", ".join(author.name for author in story.authors),
        newsroom=newsroom.name,
    )


def _version(words: Words) -> str:
    faces = [(file.name, file.stat().st_size) for file in (_faces().bold, _faces().regular)]
    return hashlib.blake2s(repr((RECIPE, words, faces)).encode(), digest_size=5).hexdigest()


def _faces() -> Faces:
    """Return the newsroom's own faces, from its theme, or ours."""
    for ending in ("woff2", "ttf", "otf"):
        bold, regular = (Path(settings.DATA_DIR) / f"theme/fonts/share-{name}.{ending}" for name in ("bold", "regular"))
        if bold.is_file() and regular.is_file():
            return Faces(bold, regular)
    return Faces()
