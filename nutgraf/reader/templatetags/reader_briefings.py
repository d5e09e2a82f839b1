"""Briefings on readers' pages: when one comes."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import time as as_time
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from nutgraf.briefings.models import Briefing
from nutgraf.briefings.models.briefing import EVERY_DAY, WORKING_DAYS

register = template.Library()


@register.simple_tag
def rhythm(briefing: Briefing) -> str:
    """Say on which days a briefing comes, and at what time."""
    told = {"days": days(briefing), "hour": as_time(briefing.hour, "TIME_FORMAT"), "zone": briefing.time_zone}
    return _("%(days)s at %(hour)s (%(zone)s).") % told


def days(briefing: Briefing) -> str:
    """Name the days of a briefing."""
    given = "".join(sorted(briefing.days))
    if given == EVERY_DAY:
        return _("Every day")
    if given == WORKING_DAYS:
        return _("Monday to Friday")
    return _(", ").join(str(WEEKDAYS[int(day)]) for day in given)
