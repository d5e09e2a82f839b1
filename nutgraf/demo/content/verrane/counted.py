"""What the stories on Verrane share: the things that they count, in the same words each time, and what is to come."""

from __future__ import annotations

import datetime

from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import Part
from nutgraf.stories.samples import event, number

MONITOR = "Vell Rights Monitor"

DEATHS = "deaths confirmed in Verrane since the unrest began"
LOAF = "official price of a one-kilogram loaf in Verrane"
STREET_LOAF = "price of a one-kilogram loaf from street sellers in Sollen"
SOLDIERS = "Concord soldiers in Verrane"
PROMISED = "Concord soldiers promised to Verrane"
BORDER = "Kestrian soldiers on Pelland’s north-west border"
BARGES = "barges waiting at Sarn Lock"
CROSSED = "people who have crossed from Verrane into Pelland"
WHEAT = "price of a tonne of wheat for delivery in Almery"


def deaths(dates: Dates, offset: int, count: int) -> Part:
    return number(count, DEATHS, as_of=dates.day(offset), source=MONITOR)


def loaf(dates: Dates, offset: int, dren: int) -> Part:
    return number(dren, LOAF, unit="dren", as_of=dates.day(offset), source="Finance ministry of Verrane")


def soldiers(dates: Dates, offset: int, count: int) -> Part:
    return number(count, SOLDIERS, as_of=dates.day(offset), source="Upland Concord")


def barges(dates: Dates, offset: int, count: int) -> Part:
    return number(count, BARGES, as_of=dates.day(offset), source="Aune River Office")


def crossed(dates: Dates, offset: int, count: int) -> Part:
    return number(count, CROSSED, as_of=dates.day(offset), source="Pelland’s border service")


def council_session(dates: Dates) -> Part:
    return event(
        "Extraordinary session of the Vell Council on Verrane",
        place="Skerry Point",
        starts=dates.day(2),
        time=datetime.time(10),
    )


def talks_at_lamm(dates: Dates) -> Part:
    return event(
        "Verrane’s government and the Bread Line committee meet",
        place="Lamm Abbey, Verrane",
        starts=dates.day(3),
        is_expected=True,
    )


def signing(dates: Dates) -> Part:
    return event("Signing of the Aune Accord", place="Aunemouth, Pelland", starts=dates.day(6), is_expected=True)


def concord_review(dates: Dates) -> Part:
    return event("Concord council reviews its mission in Verrane", place="Hallin, Kestria", starts=dates.day(8))


def end_of_emergency(dates: Dates) -> Part:
    return event("State of emergency in Verrane ends unless renewed", place="Verrane", starts=dates.day(12))
