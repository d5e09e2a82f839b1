"""Bring an archive in: item by item, each whole or not at all, so that a run that was killed goes on where it was."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import update_reference_index_on_save

from nutgraf.imports.archive import values
from nutgraf.imports.archive.filing import Filing
from nutgraf.imports.archive.ledger import Ledger
from nutgraf.imports.archive.pictures import Pictures
from nutgraf.imports.archive.reports import MADE, SKIPPED, Report, Told
from nutgraf.imports.archive.sources import Source
from nutgraf.imports.archive.stories import Ready, Stories
from nutgraf.lib import fetching
from nutgraf.newsroom import addresses
from nutgraf.newsroom.models import Section
from nutgraf.stories import copy, restoring

# So many items are looked up in the search index and the like in one go.
GROUP = 100

UNFORESEEN = (DatabaseError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, OSError)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wishes:
    """How an archive is to be brought in."""

    at: datetime.datetime
    zone: ZoneInfo
    by: AbstractBaseUser | None = None
    # Of an archive's section, by key or name in small letters, the name here.
    sections: Mapping[str, str] = field(default_factory=dict)
    section: Section | None = None
    # Who signs stories that name nobody.
    author: str = ""
    pictures: Path | None = None
    hosts: frozenset[str] = frozenset()
    is_dry: bool = False
    # A block at whose end is done what can wait, such as the search index, for many items at once.
    held: Callable[[], AbstractContextManager[object]] = nullcontext
    is_allowed: Callable[[str], bool] = fetching.is_public


def bring(source: Source, wishes: Wishes, report: Report, step: Callable[[str, int, int], object]) -> Report:
    """Make what an archive holds, and say what became of each item.

    What came before and is the same is left alone. Nobody is mailed or told.
    With `is_dry` everything is tried, and nothing kept.
    """
    bringing = _Bringing(source, wishes, report)
    with _thrown_away() if wishes.is_dry else nullcontext():
        with wishes.held():
            bringing.look_again()
        for group in _groups(source):
            bringing.look_up(value for value, _ in group)
            with wishes.held():
                for value, done in group:
                    bringing.take(values.legible(value))
                    step(getattr(value, "headline", "") or getattr(value, "name", ""), done, source.total)
            bringing.settle()
    return report


def _groups(source: Source) -> Iterator[list[tuple[values.Value, int]]]:
    """Yield the values some at a time, each with how far the source was read then."""
    coming = iter(source)
    while group := [(value, source.done) for value in islice(coming, GROUP)]:
        yield group


class _Bringing:
    """One archive on its way in."""

    def __init__(self, source: Source, wishes: Wishes, report: Report) -> None:
        self.report, self.wishes = report, wishes
        self.held: list[Told] = []
        # Stories that are kept together with others, by their keys.
        self.waiting: dict[str, Ready] = {}
        self.ledger = ledger = Ledger(source.name, source.site[:200], wishes.at)
        self.filing = Filing(ledger, self.held.append, mapped=wishes.sections, default=wishes.section)
        self.pictures = Pictures(
            ledger, self.held.append, wishes.by, wishes.pictures, wishes.hosts, wishes.is_dry, wishes.is_allowed
        )
        self.stories = Stories(
            ledger,
            self.filing,
            self.pictures,
            wishes.by,
            wishes.at,
            wishes.zone,
            labels=copy.labels(),
            author=wishes.author,
        )

    def look_again(self) -> None:
        """Have the newest items looked up anew in whatever is brought up to date for many at once: a run may have died before."""
        newest = self.ledger.newest(GROUP)
        for one in [item.story for item in newest if item.story] + [item.picture for item in newest if item.picture]:
            post_save_signal_handler(one)
            update_reference_index_on_save(one)

    def look_up(self, coming: Iterable[values.Value]) -> None:
        """Learn which of the stories that come next came before."""
        self.ledger.look_up(value.key for value in coming if isinstance(value, values.Story))

    def take(self, value: values.Value) -> None:
        """Make one thing, in a transaction of its own; a story that is new waits for others."""
        if isinstance(value, values.Left):
            self.report.add(Told("item", value.key, value.name, SKIPPED, value.reason))
        elif isinstance(value, values.Author):
            self.filing.authors[value.key] = value
        elif isinstance(value, values.Section):
            self.filing.sections[value.key] = value
        elif isinstance(value, values.Story) and value.key not in self.waiting:
            self._make(value, lambda: self._prepared(value))
        else:
            self._make(value, lambda: self._made(value))

    def settle(self) -> None:
        """Keep the stories that wait, all in one transaction with what follows from them; or if that fails, one by one."""
        ready, self.waiting = list(self.waiting.values()), {}
        try:
            with transaction.atomic(), self.wishes.held():
                double = restoring.taken([one.story for one in ready])
                kept = [one for one, is_double in zip(ready, double, strict=True) if not is_double]
                told = self.stories.file_all(kept) if kept else []
        except (ValidationError, *UNFORESEEN) as error:
            logger.info("Of %d stories one cannot be kept (%s): each is tried by itself.", len(ready), error)
            kept, told = [], []
        for one in told:
            self.report.add(one)
        with self.wishes.held():
            for left in ready:
                if left not in kept:
                    self._make(left.value, partial(self._made, left.value))

    def _make(self, value: values.Story | values.Picture | values.Redirect, make: Callable[[], Told | None]) -> None:
        kind = type(value).__name__.lower()
        name = getattr(value, "headline", "") or getattr(value, "title", "") or value.key
        told: Told | None
        try:
            with transaction.atomic():
                told = make()
        except ValidationError as error:
            told = Told(kind, value.key, name, SKIPPED, " ".join(error.messages).rstrip("."))
        except UNFORESEEN as error:
            # An archive of ten thousand stories is not held up by one that nobody foresaw.
            logger.exception("The %s %s could not be made.", kind, value.key)
            told = Told(kind, value.key, name, SKIPPED, f"it could not be made ({type(error).__name__}: {error})")
        if told is None or told.outcome != SKIPPED or told.story is not None:
            for one in self.held:
                self.report.add(one)
        else:
            self.filing.forget()
        self.held.clear()
        if told:
            self.report.add(told)

    def _prepared(self, value: values.Story) -> Told | None:
        """Have a story wait for others, or make it if it has to be looked at by itself."""
        ready = self.stories.prepare(value)
        if ready is None:
            return self.stories.take(value)
        self.waiting[value.key] = ready
        return None

    def _made(self, value: values.Story | values.Picture | values.Redirect) -> Told:
        if isinstance(value, values.Story):
            return self.stories.take(value)
        if isinstance(value, values.Picture):
            return self.pictures.take(value)
        is_led = addresses.lead(old=value.old, new=value.new)
        reason = "" if is_led else "the address leads elsewhere already"
        return Told("redirect", value.old, value.new, MADE if is_led else SKIPPED, reason)


@contextmanager
def _thrown_away() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
