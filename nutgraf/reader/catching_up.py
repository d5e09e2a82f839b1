"""Show a page with what is new since a moment in its address: the same that the script shows, without one."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nutgraf.published import recording
from nutgraf.reader import since
from nutgraf.reader.marking import Page

View = Callable[..., HttpResponse]

# The numbers by which languages choose a form, one for each form that there is.
FORMS = {"one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def catches_up(view: View) -> View:
    """Have a view answer to `since`; such a page is made for one reader, and is not stored."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("since")
        if not asked:
            return view(request, *args, **kwargs)
        recording.refuse("it tells what is new since a moment that one reader chose")
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            _mark(response, asked, at=timezone.now())
        return response

    return shown


def moment_of(request: HttpRequest, *, at: datetime.datetime) -> datetime.datetime | None:
    """Return since when a reader asks what is new, or None if for nothing that is a moment."""
    try:
        return since.parse(request.GET.get("since", ""), at=at)
    except since.NotAMoment:
        return None


def _mark(response: Any, asked: str, *, at: datetime.datetime) -> None:
    if not getattr(response, "is_rendered", True):
        response.render()
    page = Page.read(response.content.decode())
    try:
        moment = since.parse(asked, at=at)
    except since.NotAMoment:
        new, line = (
            page.new(math.inf),
            format_html("{}", _("“%s” is not a date. Write it like 2026-11-20.") % asked[:40]),
        )
    else:
        new = page.new(moment.timestamp())
        words = told(new.number, _written(moment), has_more=new.has_more)
        line = format_html('<a href="#{}">{}</a>', new.first_id, words) if new.parts else format_html("{}", words)
    response.content = page.marked(new.parts, mark=_("New"), line=line)
    response["X-Robots-Tag"] = "noindex"


def told(number: int, moment: str, *, has_more: bool = False) -> str:
    """Return how many new things there are since a moment, in words."""
    figure = formats.number_format(number) + ("+" if has_more else "")
    return sentence(number).replace("%n", figure).replace("%t", moment)


def sentence(number: int) -> str:
    """Return how a number of new things is told: `%n` stands for the number and `%t` for the moment."""
    if not number:
        return _("Nothing new since %t")
    return ngettext("%n new thing since %t", "%n new things since %t", number)


def sentences() -> dict[str, str]:
    """Return how each number is told, by the name of its plural; those that are told like most are left out."""
    told = {form: sentence(number) for form, number in FORMS.items()}
    return {form: words for form, words in told.items() if form == "other" or words != told["other"]}


def _written(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    is_midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
    return formats.date_format(local, "DATE_FORMAT" if is_midnight else "DATETIME_FORMAT")
