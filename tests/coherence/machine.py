"""A newsroom at work: acts at random, reads in between, and after each step no stored page may differ from a fresh one."""

from __future__ import annotations

import datetime
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.coherence import acts
from tests.coherence.ground import PAGE_SIZE, Ground

# Pages that are rendered anew after each step: all of them every so many steps, and else some.
EVERY, SOME = 10, 4
# Further down than this a page is like the one above it.
DEEPEST = 3


class Stale(AssertionError):
    """The store holds a page as true that is not."""


@dataclass
class Tally:
    """What was done in all runs, and what it cost."""

    steps: int = 0
    runs: int = 0
    compared: int = 0
    pressed: int = 0
    changed: int = 0
    started: float = field(default_factory=time.monotonic)
    needless: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    last_said: float = 0.0

    @property
    def ratio(self) -> float:
        """How many pages were pressed again for each that is another now."""
        return self.pressed / max(1, self.changed)

    def __str__(self) -> str:
        return (
            f"{self.steps} steps in {self.runs} runs, {self.compared} pages compared, {self.pressed} pressed again for"
            f" {self.changed} that changed: {self.ratio:.3f}"
        )


class Newsroom(RuleBasedStateMachine):
    """What hypothesis drives."""

    ground: Ground
    tally: Tally
    say: Any = staticmethod(lambda tally: None)
    fullest = False
    # When to stop, in a run or between two.
    most_steps = 0
    until = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.in_step = False
        self.told: list[str] = []
        # Hypothesis takes no word for it that enough was done: the runs that it still wants have no step.
        if not self.is_over():
            self.ground.begin()
            self.tally.runs += 1
            self.read_everything()

    # One rule, because hypothesis likes to leave some rules out of a run.
    @rule(
        kind=st.sampled_from(["act and read"] * 5 + ["act", "act while a page is pressed", "read"]),
        name=st.sampled_from(sorted(acts.ACTS)),
        a=st.integers(0, 40),
        b=st.integers(0, 40),
    )
    def step(self, kind: str, name: str, a: int, b: int) -> None:
        if self.is_over():
            return
        if kind == "read":
            addresses = self.addresses()
            self.read(addresses[a % len(addresses)])
            self.compare()
        elif kind == "act while a page is pressed":
            self.act_while_a_page_is_pressed(name, a, b)
        else:
            self.act(name, a, b, is_read=kind == "act and read")

    def act(self, name: str, a: int, b: int, *, is_read: bool) -> None:
        self.ground.clock.shift(datetime.timedelta(minutes=_minutes(name, a, b)))
        self.told.append(f"{name} {a} {b}")
        acts.try_to(name, a, b)
        self.tally.acts[name] += 1
        # What becomes another by itself may be any page.
        self.compare(is_full=name == "let_days_pass")
        if is_read:
            self.read_everything(why=name)
        else:
            self.in_step = False

    def act_while_a_page_is_pressed(self, name: str, a: int, b: int) -> None:
        from nutgraf.published import pressing, rendering
        from nutgraf.published.store import the_store

        address, render = self.addresses()[a % 6], rendering.render
        waiting = [name]
        self.told.append(f"{name} {a} {b}, while {address} is pressed")

        def render_slowly(asked: str) -> Any:
            response = render(asked)
            if waiting:
                _elsewhere(acts.try_to, waiting.pop(), a, b)
            return response

        the_store().drop(address)
        with mock.patch.object(rendering, "render", render_slowly):
            pressing.fetch(address)
        self.in_step = False
        self.compare(also=[address])
        self.read_everything()

    @classmethod
    def is_over(cls) -> bool:
        """Say whether as much was done as was asked for."""
        return cls.tally.steps >= cls.most_steps or time.monotonic() > cls.until

    # What readers ask for

    def read_everything(self, *, why: str = "") -> None:
        for address in self.addresses():
            self.read(address, why=why)
        self.in_step = True

    def read(self, address: str, *, why: str = "") -> None:
        from nutgraf.published import pressing
        from nutgraf.published.store import the_store
        from nutgraf.published.stored import StoredPage

        store = the_store()
        before = store.connection.execute("SELECT etag FROM page WHERE address = ?", [address]).fetchone()
        page = pressing.fetch(address)
        if before is None or not isinstance(page, StoredPage) or not page.is_fresh or not self.in_step:
            return
        self.tally.pressed += 1
        if page.etag != before[0]:
            self.tally.changed += 1
        else:
            reasons = store.connection.execute("SELECT why FROM page WHERE address = ?", [address]).fetchone()[0]
            for key in {re.sub(r":\d+", ":…", key) for key in reasons.split()[:1]}:
                self.tally.needless[f"{why}: {key}"] += 1

    def addresses(self) -> list[str]:
        """Return every address that a reader may know, those of pages in the store included."""
        from nutgraf.live.models import LiveRun
        from nutgraf.newsroom.models import Author, Section
        from nutgraf.published.store import the_store
        from nutgraf.stories.models import Label, Story

        known = ["/", "/latest/", "/authors/", "/labels/", "/feed.rss", "/corrections/", "/corrections/feed.atom"]
        known += ["/catch-up/", "/catch-up/?days=7", "/catch-up/about/"]
        known += ["/archive/", "/sitemap.xml", "/sitemap/pages.xml", "/news-sitemap.xml"]
        for model in (Section, Author, Label):
            known += [one.get_absolute_url() for one in model.objects.order_by("pk")]
        # A feed for each kind of stream; all of them show their stories in the same way.
        known += [
            f"{one.get_absolute_url()}feed.atom" for one in (Author.objects.first(), Label.objects.first()) if one
        ]
        stories = [address for story in Story.objects.order_by("pk") if (address := story.address)]
        known += self._of_storylines()
        known += [*stories, *(f"{address}changes/" for address in stories)]
        known += [f"{address.rstrip('/')}.{ending}" for address in stories[:2] for ending in ("md", "json")]
        for day in sorted({date for date in Story.objects.values_list("address_date", flat=True) if date})[-2:]:
            known += [f"/archive/{day:%Y/%m}/", f"/archive/{day:%Y/%m/%d}/", f"/sitemap/{day:%Y-%m}.xml"]
        known += [
            f"{run.story.address}{below}"
            for run in LiveRun.objects.select_related("story__section").order_by("pk")
            for below in ("live.json", "live.json?after=0", "live/1/", "live/2/")
            if run.story.address
        ]
        kept = [address for (address,) in the_store().connection.execute("SELECT address FROM page ORDER BY id")]
        return list(dict.fromkeys([*(quote(one, safe="/?=") for one in known), *kept, *self._further_down()]))

    def _of_storylines(self) -> Iterator[str]:
        from nutgraf.storylines.models import Storyline

        yield "/storylines/"
        for storyline in Storyline.objects.order_by("pk"):
            page = storyline.get_absolute_url()
            yield page
            yield from (f"{page}{part}/" for part in ("next", "timeline", "numbers", "voices"))
        if storylines := Storyline.objects.order_by("pk")[:1]:
            yield f"{storylines[0].get_absolute_url()}feed.atom"

    def _further_down(self) -> Iterator[str]:
        from nutgraf.newsroom.models import Author, Section
        from nutgraf.streams.models import ALL, StreamEntry, author_stream, section_stream
        from nutgraf.streams.queries import Cursor

        streams = {ALL: "/latest/"}
        streams |= {section_stream(one): one.get_absolute_url() for one in Section.objects.all()}
        streams |= {author_stream(one): one.get_absolute_url() for one in Author.objects.all()}
        for stream, path in streams.items():
            entries = StreamEntry.objects.filter(stream=stream).order_by("-published_at", "-story_id")
            places = list(entries.values_list("published_at", "story_id"))
            for number in range(PAGE_SIZE, min(len(places), DEEPEST * PAGE_SIZE), PAGE_SIZE):
                yield f"{path}?before={Cursor(*places[number - 1])}"

    # What must hold

    def compare(self, *, also: list[str] | None = None, is_full: bool = False) -> None:
        """Render pages that the store holds as true, and see that they are the same."""
        from nutgraf.published.store import the_store

        self.number += 1
        self.tally.steps += 1
        self.say(self.tally)
        store = the_store()
        store.follow()
        kept = [address for (address,) in store.connection.execute("SELECT address FROM page ORDER BY id")]
        if self.number % EVERY and not (self.fullest or is_full):
            start = self.number * SOME
            some = [kept[(start + place) % len(kept)] for place in range(min(SOME, len(kept)))]
            kept = list(dict.fromkeys([*kept[:2], *some, *(also or [])]))
        for address in kept:
            self.compare_one(address)

    def compare_one(self, address: str) -> None:
        from nutgraf.published import rendering
        from nutgraf.published.store import the_store

        page = the_store().find(address)
        if page is None:
            return
        self.tally.compared += 1
        fresh: Any = rendering.render(address)
        content = fresh.content if fresh.status_code == 200 else str(fresh.status_code).encode()
        if page.identity != content:
            latest = "; ".join(self.told[-6:])
            difference = _difference(page.identity.decode(), content.decode())
            raise Stale(f"{address} is stale after {len(self.told)} acts, the latest: {latest}:\n{difference}")

    def teardown(self) -> None:
        from nutgraf.published.store import the_store

        try:
            if self.number:
                for (address,) in the_store().connection.execute("SELECT address FROM page").fetchall():
                    self.compare_one(address)
        finally:
            self.ground.end()


def _minutes(name: str, a: int, b: int) -> int:
    """Return how long it is since the act before: mostly some minutes, now and then a night, or days until a storyline is quiet."""
    if name == "let_days_pass":
        return 60 * (7 + b) if a % 4 else 24 * 60 * (1 + b)
    return 25 * (1 + b % 4) if name == "let_time_pass" else 1 + a * b % 20


def _elsewhere(work: Any, *arguments: Any) -> None:
    """Do it as another process would: with a connection of its own, unheard by whoever presses a page here."""
    from django.db import connections

    failed: list[BaseException] = []

    def run() -> None:
        try:
            work(*arguments)
        except BaseException as error:  # Raised by whoever waits for us.
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def _difference(stored: str, fresh: str) -> str:
    for one, other in zip(stored.splitlines(), fresh.splitlines(), strict=False):
        if one != other:
            return f"  stored: {one.strip()[:400]}\n  fresh:  {other.strip()[:400]}"
    return f"  stored {len(stored)} characters, fresh {len(fresh)}: {fresh[:100]}"
