"""Tell what was read in copy as an outline: each story with its parts and facts, and what was left over."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.copydesk.found import Bullet, Copy, Credit, Event, Number, Picture, Quote, Story, Time

_CROWDS = ("dozens of", "scores of", "hundreds of", "thousands of", "millions of", "billions of")


def outline(copy: Copy) -> Iterator[str]:
    """Yield the lines of the outline."""
    if copy.encoding not in (None, "utf-8"):
        yield f"Encoding: {copy.encoding}"
    if not copy.stories:
        yield "No story was found."
    for place, story in enumerate(copy.stories, 1):
        yield f"{place}. {story.headline.text if story.headline else '(no headline)'}"
        yield from (f"   {line}" for line in _story(story))
        yield ""
    if copy.unplaced:
        yield "Left over"
        yield from (f"   {one.reason}: {one.text}" for one in copy.unplaced)


def _story(story: Story) -> Iterator[str]:
    yield from _head(story)
    if story.lede:
        yield f"Lede: {story.lede.text}"
    for point in story.points:
        if point.label or point.text:
            yield f"{point.label}: {point.text}" if point.label else point.text
        yield from _bullets(point.bullets, "  • ")
    for title, told in (
        ("Quotes", [_quote(one) for one in story.quotes]),
        ("Numbers", [_number(one) for one in story.numbers]),
        ("Events", [_event(one) for one in story.events]),
        ("Names", [f"{one.name} ({one.kind})" if one.kind else one.name for one in story.names]),
    ):
        if told:
            yield f"{title}:"
            yield from (f"  {one}" for one in told)


def _head(story: Story) -> Iterator[str]:
    for name, one in (
        ("Eyebrow", story.eyebrow),
        ("Short head", story.short_head),
        ("Slug", story.slug),
        ("Section", story.section),
        ("Dateline", story.dateline),
    ):
        if one:
            yield f"{name}: {one.text}"
    if story.bylines:
        yield f"By {', '.join(one.text for one in story.bylines)}"
    yield from (_time(one) for one in story.times)
    yield from (_picture(one) for one in story.pictures)


def _time(time: Time) -> str:
    return f"{time.kind.capitalize()}: {time.at} (“{time.text}”)"


def _picture(picture: Picture) -> str:
    told = [picture.caption or "no caption"]
    if picture.alt:
        told.append(f"alt text: {picture.alt}")
    if picture.credit:
        told.append(_credit(picture.credit))
    return f"Picture: {' | '.join(told)}"


def _credit(credit: Credit) -> str:
    chain = [
        f"{name} {value}" for name in ("maker", "handout", "agency", "distributor") if (value := getattr(credit, name))
    ]
    return f"credit: {', '.join(chain) or credit.text}"


def _bullets(bullets: list[Bullet], sign: str) -> Iterator[str]:
    for bullet in bullets:
        yield f"{sign}{bullet.text}"
        yield from _bullets(bullet.bullets, f"  {sign}")


def _quote(quote: Quote) -> str:
    said_by = ", ".join(filter(None, (quote.speaker, quote.role, quote.affiliation)))
    return f"“{quote.words}” — {said_by or 'speaker unknown'}"


def _number(number: Number) -> str:
    value = f"{number.value} to {number.value_to}" if number.value_to else number.value
    # "dozens of carts" says as much as "12".
    is_crowd = number.qualifier.lower().endswith(_CROWDS)
    told = " ".join(filter(None, (number.qualifier, "" if is_crowd else value, number.unit, number.counts)))
    return f"{told} (source: {number.source})" if number.source else told


def _event(event: Event) -> str:
    when = f"{event.starts} to {event.ends}" if event.ends else event.starts
    when = when[: {"MONTH": 7, "YEAR": 4}.get(event.precision, len(when))]
    where = f", {event.place}" if event.place and event.place not in event.what else ""
    return f"{when}: {event.what}{where}{' (expected)' if event.is_expected else ''}"
