"""Keep old addresses alive, as what moves leaves a redirect behind for ever; and write addresses of ours as others need them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from nutgraf.newsroom import references

_LONGEST_PATH = 255
_OURS = re.compile(r'(\s(?:href|src)=")(/[^"]*)')


def whole(path: str, request: HttpRequest | None) -> str:
    """Return a path of ours as a whole address; what is whole already stays as it is."""
    if "://" in path:
        return path
    if settings.PUBLIC_URL or request is None:
        return f"{settings.PUBLIC_URL}{path}"
    return request.build_absolute_uri(path)


def whole_in(html: str, request: HttpRequest | None) -> str:
    """Return a text whose links to our pages are whole addresses."""
    return _OURS.sub(lambda found: found[1] + whole(found[2], request), html)


def moved(*, old: str, new: str, page: Page | None = None) -> None:
    """Record that what was at path `old` is now at `new`, or wherever `page` goes from here on.

    Moving back is not an error: an address that is in use again no longer redirects.
    """
    if old == new:
        return
    Redirect.objects.filter(old_path=Redirect.normalise_path(new)).delete()
    Redirect.add_redirect(old_path=old, redirect_to=page or new, is_permanent=True)


def lead(*, old: str, new: str, page: Page | None = None) -> bool:
    """Have an address that was another site's lead to where a thing of its is here; say whether it does.

    What stands there already, or leads elsewhere, is left alone.
    """
    path = Redirect.normalise_path(old)
    if path in ("/", Redirect.normalise_path(new)) or not _can_be_asked_for(path):
        return path == Redirect.normalise_path(new)
    if former := Redirect.objects.filter(old_path=path).first():
        return former.redirect_page_id == page.pk if page else former.redirect_link == new
    Redirect.add_redirect(old_path=path, redirect_to=page or new, is_permanent=True)
    return True


def lead_all(wanted: Sequence[tuple[str, str, Page]]) -> list[bool]:
    """Do as `lead` does for many: an old address, the new one and its page each."""
    paths = [Redirect.normalise_path(old) for old, _, _ in wanted]
    former = {row.old_path: row.redirect_page_id for row in Redirect.objects.filter(old_path__in=paths)}
    made, leads = [], []
    for path, (_, new, page) in zip(paths, wanted, strict=True):
        is_there = path == Redirect.normalise_path(new)
        if path not in former and path != "/" and not is_there and _can_be_asked_for(path):
            former[path] = page.pk
            made.append(Redirect(old_path=path, redirect_page=page, is_permanent=True))
        leads.append(is_there or (path != "/" and former.get(path) == page.pk))
    references.write_first(Redirect.objects.bulk_create(made))
    return leads


def _can_be_asked_for(path: str) -> bool:
    """Tell whether a path can lead on: it is kept whole, and no browser shortens it before it asks."""
    return len(path) <= _LONGEST_PATH and not {".", ".."}.intersection(unquote(path).split("/"))


class Addressed(models.Model):
    """A thing with a page of its own: changing its slug leaves a redirect."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        before = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before is not None:
            moved(old=before.get_absolute_url(), new=self.get_absolute_url())

    def get_absolute_url(self) -> str:
        """Return the path of its page; each kind of thing knows its own."""
        raise NotImplementedError
