"""The newsroom that the journeys go through: five sections, six authors and four dozen stories of every shape.

Run as `python -m tests.journeys.newsroom DIR` on a folder that `nutgraf init`
made. It leaves the addresses and moments that tests ask for in `known.json`.
"""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.journeys import newsletters

if TYPE_CHECKING:
    from nutgraf.stories.models import Story

NAME = "The Tidewater Ledger"
ZONE = "America/St_Johns"
PASSWORD = "long-harbour-7"
SECTIONS = ("World", "Economy", "Science", "Sport", "Culture")
EMPTY_SECTION = "Culture"
STORIES = 48
# So many of them are filed for a storyline, or were corrected long ago.
BESIDES = 6

RICH = "Harbour reopens after nine days"
UPDATED = "Ferry line cuts its winter timetable"
PLAIN = "Lighthouse keeper retires"
CORRECTED = "Two thousand march along the quay"
LONGEST_WORD = "Hafenschlepperkapitänswitwenversicherungsgesellschaft"


def build(folder: Path) -> None:
    """Fill a newsroom that was just founded."""
    from nutgraf.config import data_folder

    data_folder.use(folder)

    from django.utils import timezone

    from nutgraf.newsroom import actions, roles
    from nutgraf.newsroom.models import Newsroom, Section
    from nutgraf.newsroom.samples import make_author, make_section, make_staff

    now = timezone.now().replace(microsecond=0)
    actions.christen(name=NAME, tagline="News from where the river meets the sea", about="Six people and a boat.")
    Newsroom.objects.update(republishing="Whoever prints all of it and names us may print it.", offers_llms_txt=True)
    Section.objects.exclude(name__in=SECTIONS).delete()
    for section in SECTIONS:
        make_section(section, description=f"What moves {section.lower()}.")
    for name, role in (("Rosa Vale", roles.REPORTER), ("Eli Marsh", roles.EDITOR), ("Priya Lund", roles.PUBLISHER)):
        make_author(
            name, user=make_staff(name, role, password=PASSWORD), role=role, email=f"{name[:3].lower()}@example.org"
        )
    make_author("Nilufar Abdurakhmonova-Featherstonehaugh", role="Correspondent for everything beyond the breakwater")
    make_author("Ida Brook", bio="She has not written a story yet.")

    stories = {story.headline: story for story in _stories(now)}
    _storylines(now)
    paths = _paths(stories) | _live_stories(stories, now)
    paths |= newsletters.build([stories[headline] for headline in (RICH, UPDATED)], now)
    known = {"now": now.isoformat(), "stories": STORIES} | {"paths": paths}
    (folder / "known.json").write_text(json.dumps(known))


def add(folder: Path, headline: str) -> None:
    """Publish one more story, now."""
    from nutgraf.config import data_folder

    data_folder.use(folder)

    from nutgraf.stories.samples import make_story

    make_story(headline)


def _stories(now: datetime.datetime) -> list[Story]:
    from nutgraf.media.samples import make_picture
    from nutgraf.newsroom.samples import make_author, make_section
    from nutgraf.stories import actions
    from nutgraf.stories.samples import make_story, point
    from nutgraf.streams import actions as streams

    picture = make_picture(size=(1600, 1000))
    tall = make_picture("mast.png", size=(500, 900), caption="The mast of the Perpetua.")
    sections = [make_section(name) for name in SECTIONS if name != EMPTY_SECTION]
    authors = [make_author(name) for name in ("Rosa Vale", "Eli Marsh", "Nilufar Abdurakhmonova-Featherstonehaugh")]

    made = [_rich_story(now - datetime.timedelta(hours=9), picture, tall)]
    updated = make_story(UPDATED, at=now - datetime.timedelta(hours=10), authors=authors[:1], section=sections[1])
    updated.short_head = "Fewer ferries this winter"
    actions.revise(story=updated, by=None)
    made.append(actions.publish(story=updated, by=None, at=now - datetime.timedelta(minutes=11)))
    made.append(make_story(PLAIN, at=now - datetime.timedelta(hours=11), authors=authors[1:2], section=sections[2]))
    for place in range(len(made), STORIES - BESIDES):
        made.append(
            make_story(
                f"Quiet day number {place} on the quay" if place % 7 else f"{LONGEST_WORD} {place}",
                point("Why it matters", "A quiet day is news, too."),
                at=now - datetime.timedelta(hours=12 + 5 * place),
                section=sections[place % len(sections)],
                authors=[authors[place % len(authors)]],
                hero=(picture, None, tall)[place % 3],
            )
        )
    streams.pin(story=made[5])
    made.extend([_corrected(now, authors[0], sections[0]), _withdrawn(now, authors[0], sections[0])])
    return made


def _corrected(now: datetime.datetime, author: Any, section: Any) -> Story:
    from nutgraf.stories import actions
    from nutgraf.stories.models import ChangeKind
    from nutgraf.stories.samples import body, make_story, number, point, quote

    old = now - datetime.timedelta(days=40)
    parts = [quote("We counted twice", "Jon Askew"), number(9, "days of strike")]
    seed = CORRECTED
    story = make_story(
        CORRECTED,
        at=old,
        authors=[author],
        section=section,
        body=body(point("The count", "2,500 came."), *parts, seed=seed),
    )
    story.body = body(point("The count", "2,000 came."), *parts, point("What’s next", "A talk."), seed=seed)
    actions.revise(story=story, by=None)
    return actions.publish(
        story=story,
        by=None,
        at=old + datetime.timedelta(hours=3),
        change=ChangeKind.CORRECTION,
        sentence="An earlier version said that 2,500 came. It was 2,000.",
    )


def _withdrawn(now: datetime.datetime, author: Any, section: Any) -> Story:
    from nutgraf.stories import actions
    from nutgraf.stories.samples import make_story

    old = now - datetime.timedelta(days=41)
    story = make_story("A whale in the harbour", at=old, authors=[author], section=section)
    return actions.withdraw(story=story, reason="There was no whale.", by=None, at=old + datetime.timedelta(hours=1))


def _live_stories(stories: dict[str, Story], now: datetime.datetime) -> dict[str, str]:
    from tests.journeys import live_stories

    return live_stories.build(list(stories.values()), now)


def _rich_story(at: datetime.datetime, picture: Any, tall: Any) -> Story:
    from nutgraf.newsroom.samples import make_author, make_section
    from nutgraf.stories import samples

    day = at.date()
    return samples.make_story(
        RICH,
        samples.point(
            "Why it matters",
            'Bread comes <i>by ship</i>, and the <b>harbour</b> fed <a href="https://example.org/">half the coast</a>.',
            samples.bullet("Flour was down to four days.", "Two bakeries had shut.", f"One was {LONGEST_WORD}."),
            "Meanwhile, fishing boats came and went.",
            facts=[samples.number(4, "days of flour left")],
        ),
        samples.point(
            "What they're saying",
            "“We have waited for nine days,” said Mara Lind, a pilot.",
            facts=[samples.quote("We have waited for nine days", "Mara Lind", role="pilot")],
        ),
        samples.number("2500", "tonnes of flour on the way", unit="t", as_of=day, source="the port authority"),
        samples.number(9, "days without a ship", wording="nine"),
        samples.event(
            "Talks go on", starts=day + datetime.timedelta(days=2), time=datetime.time(9), place="Port Ellery"
        ),
        samples.event("A verdict", starts=day, ends=day + datetime.timedelta(days=9), is_expected=True),
        samples.event("The next election", starts=datetime.date(day.year + 2, 5, 1), precision="MONTH"),
        samples.paragraph("A paragraph without a label stands here.", "And it has a bullet."),
        samples.quote(
            "The sea does not read agreements.", "Jon Askew", role="harbour master", affiliation="Port Ellery"
        ),
        samples.picture(tall.pk, caption="The mast again."),
        samples.point(f"{LONGEST_WORD[:50]}", "A label may be one long word."),
        samples.point("The bottom line", "The harbour is open, for now."),
        at=at,
        short_head="Harbour reopens",
        eyebrow="Exclusive",
        section=make_section("World"),
        authors=[make_author("Rosa Vale"), make_author("Nilufar Abdurakhmonova-Featherstonehaugh")],
        hero=picture,
        dateline_place="PORT ELLERY",
        dateline_date=day,
    )


def _storylines(now: datetime.datetime) -> None:
    """Open three: one with everything in it, one that has gone quiet, one that waits for its first story."""
    from nutgraf.media.samples import make_picture
    from nutgraf.stories.models import Story
    from nutgraf.stories.samples import event, number, quote
    from nutgraf.storylines import actions
    from nutgraf.storylines.models import MapPlace
    from nutgraf.storylines.samples import make_story_in, make_storyline

    MapPlace.objects.create(name="Port Ellery", latitude=47.6, longitude=-52.7)
    opened = now - datetime.timedelta(days=90)
    harbour = make_storyline("The harbour", slug="harbour", picture=make_picture("quay.png"), at=opened)
    for days, text in ((30, "The harbour shut."), (0, "The harbour is open again. Nobody says for how long.")):
        actions.summarise(storyline=harbour, text=text, by=None, at=now - datetime.timedelta(days=days))
    # Older than the quiet days, so that streams begin as they did.
    for days, waiting, source in (
        (21, 12, "the port"),
        (16, 31, "the port"),
        (16, 38, "the pilots"),
        (13, 2, "the port"),
    ):
        at = now - datetime.timedelta(days=days, hours=1 if source == "the pilots" else 0)
        make_story_in(
            harbour,
            f"{waiting} ships wait, by the count of {source}",
            number(waiting, "ships waiting", as_of=at.date(), source=source),
            number(waiting * 3, f"crews ashore after {days} days"),
            quote(f"It is day {days}, {LONGEST_WORD}.", "Mara Lind", role="pilot", affiliation=f"Guild {days}"),
            quote("We have waited long enough.", "Jon Askew", role="harbour master", affiliation="Port Ellery"),
            event("The port authority meets", starts=at.date(), place="Port Ellery"),
            event(
                f"Talks, round {days}",
                place="Lisbon & elsewhere",
                starts=(now + datetime.timedelta(days=days)).date(),
                is_expected=True,
            ),
            at=at,
        )
    for story in Story.objects.filter(title__startswith="Quiet day")[:9]:
        actions.put_in(story=story, storyline=harbour, by=None, at=now)
    ferries = make_storyline("The ferries", slug="ferries", at=opened)
    make_story_in(ferries, "A ferry was late", at=now - datetime.timedelta(days=25))
    actions.tend(at=now)
    make_storyline("The lighthouse", slug="lighthouse", at=now)


def _paths(stories: dict[str, Story]) -> dict[str, str]:
    from nutgraf.newsroom.samples import make_section
    from nutgraf.storylines.models import Storyline
    from nutgraf.streams import queries
    from nutgraf.streams.models import section_stream

    story = stories[RICH]
    world = make_section("World")
    front, section = queries.page(), queries.page(section_stream(world))
    of_storyline = queries.page(Storyline.objects.get(slug="harbour").stream, size=5)
    return {
        "front": "/",
        "latest": "/latest/",
        "older stories": f"/latest/?before={front.next_cursor}",
        "section": world.get_absolute_url(),
        "older stories of a section": f"{world.get_absolute_url()}?before={section.next_cursor}",
        "empty section": f"/{EMPTY_SECTION.lower()}/",
        "story": str(story.address),
        "updated story": str(stories[UPDATED].address),
        "plain story": str(stories[PLAIN].address),
        "corrected story": str(stories[CORRECTED].address),
        "story to republish": f"{story.address}republish/",
        "changes of a story": f"{stories[CORRECTED].address}changes/",
        "story without changes": f"{story.address}changes/",
        "withdrawn story": str(stories["A whale in the harbour"].address),
        "corrections": "/corrections/",
        "authors": "/authors/",
        "author": story.authors[0].get_absolute_url(),
        "author without a story": "/authors/ida-brook/",
        "labels": "/labels/",
        "label": "/labels/why-it-matters/",
        "label without a story": "/labels/flashback/",
        "search form": "/search/",
        "search result": "/search/?q=quiet",
        "nothing found": "/search/?q=zebra",
        "catch up": "/catch-up/",
        "catch up on a week": "/catch-up/?days=7",
        "catch up since a date": "/catch-up/?since=2020-02-29",
        "about catching up": "/catch-up/about/",
        "front since a date": "/?since=2020-02-29",
        "story since a date": f"{story.address}?since=2020-02-29",
        "story since no date": f"{story.address}?since=Thursday",
        "storylines": "/storylines/",
        "storyline": "/storylines/harbour/",
        "older stories of a storyline": f"/storylines/harbour/?before={of_storyline.next_cursor}",
        "quiet storyline": "/storylines/ferries/",
        "storyline without a story": "/storylines/lighthouse/",
        "what is next in a storyline": "/storylines/harbour/next/",
        "timeline of a storyline": "/storylines/harbour/timeline/",
        "numbers of a storyline": "/storylines/harbour/numbers/",
        "voices of a storyline": "/storylines/harbour/voices/",
        "for programs": "/api/",
        "archive": "/archive/",
        "archive of a month": f"/archive/{story.address_date:%Y/%m}/",
        "archive of a day": f"/archive/{story.address_date:%Y/%m/%d}/",
        "not found": "/world/2001/01/01/no-such-story/",
    }


# Every kind of page that readers can come to; a new one belongs here, and is then tried by all that tries them all.
KINDS = (
    "front",
    "latest",
    "older stories",
    "section",
    "older stories of a section",
    "empty section",
    "story",
    "updated story",
    "plain story",
    "corrected story",
    "story to republish",
    "changes of a story",
    "story without changes",
    "withdrawn story",
    "corrections",
    "live story",
    "part of a live story",
    "story that was live",
    "authors",
    "author",
    "author without a story",
    "labels",
    "label",
    "label without a story",
    "search form",
    "search result",
    "nothing found",
    "catch up",
    "catch up on a week",
    "catch up since a date",
    "about catching up",
    "for programs",
    "front since a date",
    "story since a date",
    "story since no date",
    "storylines",
    "storyline",
    "older stories of a storyline",
    "quiet storyline",
    "storyline without a story",
    "what is next in a storyline",
    "timeline of a storyline",
    "numbers of a storyline",
    "voices of a storyline",
    "archive",
    "archive of a month",
    "archive of a day",
    "not found",
    *newsletters.KINDS,
)


if __name__ == "__main__":
    folder, *headlines = sys.argv[1:]
    if headlines:
        add(Path(folder), headlines[0])
    else:
        build(Path(folder))
