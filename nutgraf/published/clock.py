"""Hear of the clock where a template asks for it, and of chance: a theme's footer with a year in it is another page next year."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib.humanize.templatetags import humanize
from django.template import defaultfilters
from django.template.defaulttags import NowNode
from django.utils import formats, timezone

from nutgraf.published import recording

# The letters of Django's formats that are others within a day; where the zone is one, it may be changed at any hour.
_HOURS = frozenset("aAcefgGhHiIOPrsTuUZ")
_TOO_OFTEN = "it says how long ago something was, or what time it is"
_REFUSED = {
    "timesince": _TOO_OFTEN,
    "timeuntil": _TOO_OFTEN,
    "naturaltime": _TOO_OFTEN,
    "random": "it leaves it to chance",
}


def listen() -> None:
    """Put our ears on Django's own tags and filters, once for the whole process."""
    if getattr(NowNode.render, "is_nutgraf", False):
        return
    setattr(NowNode, "render", _hearing_now(NowNode.render))  # noqa: B010 (not ours to replace: a test proves that it is there)
    for library in (defaultfilters.register, humanize.register):
        for name, reason in _REFUSED.items():
            if name in library.filters:
                library.filters[name] = _telling(library.filters[name], partial(recording.refuse, reason))
    humanize.register.filters["naturalday"] = _telling(humanize.register.filters["naturalday"], _until_midnight)


def _hearing_now(original: Callable[..., str]) -> Callable[..., str]:
    @wraps(original)
    def render(self: Any, context: Any) -> str:
        if _HOURS & set(formats.get_format(self.format_string)):
            recording.refuse(_TOO_OFTEN)
        else:
            _until_midnight()
        return original(self, context)

    render.is_nutgraf = True  # type: ignore[attr-defined]  # an attribute of ours
    return render


def _telling(original: Callable[..., Any], tell: Callable[[], None]) -> Callable[..., Any]:
    @wraps(original)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        tell()
        return original(*args, **kwargs)

    return filtered


def _until_midnight() -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    recording.valid_until(timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time())))
