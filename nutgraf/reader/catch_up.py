"""The doors to catching up: what changed in all storylines since a moment, and how the marks on other pages come about."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nutgraf.published import recording
from nutgraf.published.pages import stored
from nutgraf.reader import since
from nutgraf.storylines import catching_up

# The default is the first; each is a page of its own that is stored.
PERIODS = {"1": _("a day"), "3": _("three days"), "7": _("a week")}
HOUR = datetime.timedelta(hours=1)


@stored(query=["days", "since"])
def catch_up(request: HttpRequest) -> HttpResponse:
    """The storylines in which most changed, for whoever was away: a page to be read in a minute.

    It is told by the hour, so that it can be stored; only what passes by itself waits for the next one.
    """
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    context: dict[str, Any] = {"periods": PERIODS}
    if asked := request.GET.get("since"):
        recording.refuse("it tells what is new since a moment that one reader chose")
        context |= {"asked": asked[:40]}
        try:
            context |= {"since": since.parse(asked, at=now), "at": now}
        except since.NotAMoment:
            context |= {"is_no_moment": True, "since": hour - datetime.timedelta(days=1), "at": hour}
    else:
        days = request.GET.get("days", "1")
        if days not in PERIODS:
            raise Http404
        recording.valid_until(hour + HOUR)
        context |= {"days": days, "since": hour - datetime.timedelta(days=int(days)), "at": hour}
    told = catching_up.of_all(since=context["since"], at=context["at"])
    words = sum(one.words for one in told)
    context |= {"storylines": told, "minutes": max(1, round(words / catching_up.WORDS_A_MINUTE))}
    return render(request, "pages/catch_up.html", context)


@stored()
def about(request: HttpRequest) -> HttpResponse:
    """What a browser keeps so that a reader can catch up, and the switches for it."""
    return render(request, "pages/about_catching_up.html")
