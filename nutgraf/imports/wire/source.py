"""A feed, or a folder of news objects, moved in at once: what is public there is public here, as of its day."""

from __future__ import annotations

import datetime
import hashlib
import html
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import translation

from nutgraf.imports.archive import pictures, values
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.archive.values import State
from nutgraf.imports.wire.items import Item, Kind, NotAFeed, Picture, Status, Wrong, supersedes
from nutgraf.imports.wire.reading import read
from nutgraf.lib import fetching

ENDINGS = (".json", ".jsonl", ".ndjson", ".ninjs")
LONGEST_KEY = 500
_TAKEN_BACK = "it was taken back by whoever sent it; if a story was made of it before, that is still there"
_OLDER = "a newer version of it is in another file"


@dataclass(frozen=True)
class Document:
    """Something that items are read of: a name to tell it by, and what gets its bytes."""

    name: str
    content: Callable[[], bytes]
    content_type: str = ""
    address: str = ""


class Wired:
    """The items of a feed, or of one or many files of ninjs."""

    def __init__(
        self, name: str, site: str, documents: Iterable[Document], *, at: datetime.datetime, as_drafts: bool = False
    ) -> None:
        """Read what there is; raises SourceRefused if that is one document of which nothing can be taken."""
        self.name, self.site, self.at, self.as_drafts = name, site, at, as_drafts
        self.documents = list(documents)
        if not self.documents:
            raise SourceRefused(f"There is nothing in {site} to be read: no file that ends in {', '.join(ENDINGS)}.")
        self.done, self.total = 0, len(self.documents)
        # Of an item that is in several files the newest counts: which, and where it is.
        self.newest: dict[str, tuple[Item, int]] = {}
        for place, document in enumerate(self.documents):
            for one in self._read(document):
                if isinstance(one, Item) and (one.id not in self.newest or supersedes(one, self.newest[one.id][0])):
                    bare = Item(one.id, changed=one.changed, status=one.status)
                    self.newest[one.id] = bare, place

    def __iter__(self) -> Iterator[values.Value]:
        self.done = 0
        shown: set[str] = set()
        for place, document in enumerate(self.documents):
            self.done = place + 1
            for one in self._read(document):
                if isinstance(one, Wrong):
                    yield values.Left(one.place, one.name, str(one.reason))
                elif self.newest[one.id][1] != place:
                    yield values.Left(one.id, one.headline, _OLDER)
                elif one.status is Status.CANCELED:
                    yield values.Left(one.id, one.headline, _TAKEN_BACK)
                else:
                    yield from self._pictures(one, shown)
                    yield self._story(one)

    def _read(self, document: Document) -> list[Item | Wrong]:
        try:
            # What is told of an archive is told in one language.
            with translation.override("en"):
                found = read(
                    document.content(), content_type=document.content_type, address=document.address, at=self.at
                )
                if self.name == "ninjs" and found.kind is not Kind.NINJS:
                    raise NotAFeed("it is a feed, and not ninjs")
                return list(found.items)
        except NotAFeed as error:
            if len(self.documents) == 1:
                raise SourceRefused(f"Nothing can be taken of {document.name}: {error}.") from None
            return [Wrong(document.name, str(error))]
        except OSError as error:
            return [Wrong(document.name, f"it cannot be read ({error.strerror or error})")]

    def _pictures(self, item: Item, shown: set[str]) -> Iterator[values.Picture]:
        for one in item.pictures:
            if one.address not in shown and len(one.address) <= LONGEST_KEY:
                shown.add(one.address)
                yield values.Picture(
                    one.address,
                    one.address,
                    title=one.alt[:255],
                    alt=one.alt[:255],
                    caption=one.caption,
                    credit=one.credit,
                )

    def _story(self, item: Item) -> values.Story:
        # A picture that the text shows is not shown once more above it.
        beside = [one for one in item.pictures if pictures.plain(one.address) not in item.body_html]
        hero, others = (beside[0], beside[1:]) if beside else (Picture(""), [])
        state, moment, told = self._state(item)
        path = _path(item.link)
        return values.Story(
            key=_key(item.id),
            headline=item.headline,
            body=item.body_html + "".join(map(_figure, others)),
            original=item.original,
            slug=Path(path).stem,
            lede=html.escape(item.lede, quote=False),
            authors=item.authors,
            sections=(item.section, *item.labels) if item.section else (),
            hero=hero.address,
            hero_caption=hero.caption,
            hero_alt=hero.alt,
            state=state,
            published_at=moment,
            changed_at=item.changed,
            embargoed_until=item.embargoed,
            addresses=(path,) if path.strip("/") else (),
            url=item.link,
            terms=tuple(
                f"{name}: {words}"
                for name, words in [*(("tag", tag) for tag in item.labels), ("credit", item.credit)]
                if words
            ),
            remarks=(*((words, str(reason)) for words, reason in item.remarks), *told),
        )

    def _state(self, item: Item) -> tuple[State, datetime.datetime | None, list[tuple[str, str]]]:
        if item.status is Status.WITHHELD:
            return State.DRAFT, item.published, [("", "it is held back by whoever sent it, so it is a draft")]
        if item.embargoed and item.embargoed > self.at:
            if self.as_drafts:
                return State.DRAFT, item.published, [(item.embargoed.isoformat(), "it is embargoed until then")]
            return State.SCHEDULED, item.embargoed, []
        return State.DRAFT if self.as_drafts else State.PUBLIC, item.published or item.changed, []


def of_feed(
    place: str,
    *,
    url: str,
    at: datetime.datetime,
    as_drafts: bool = False,
    is_allowed: Callable[[str], bool] = fetching.is_public,
) -> Wired:
    """Return the items of a feed, at an address of the open web or in a file; raises SourceRefused."""
    if "://" in place:
        document = _fetched(place, is_allowed)
        return Wired("feed", _site(place), [document], at=at, as_drafts=as_drafts)
    document = Document(place, Path(place).read_bytes, address=url)
    return Wired("feed", _site(url) or Path(place).name, [document], at=at, as_drafts=as_drafts)


def of_files(place: Path, *, at: datetime.datetime, as_drafts: bool = False) -> Wired:
    """Return the items of a file of ninjs, or of all those in a folder; raises SourceRefused."""
    files = list(_files(place)) if place.is_dir() else [place]
    documents = [
        Document(os.path.relpath(file, place) if place.is_dir() else file.name, file.read_bytes) for file in files
    ]
    return Wired("ninjs", place.resolve().name, documents, at=at, as_drafts=as_drafts)


def _fetched(address: str, is_allowed: Callable[[str], bool]) -> Document:
    try:
        answer = fetching.fetch(address, is_allowed=is_allowed)
    except fetching.Refused as error:
        raise SourceRefused(f"{address} cannot be fetched: {error}") from None
    if answer.status != 200:
        raise SourceRefused(f"{address} answers {answer.status}.")
    kind = next((value for name, value in answer.headers.items() if name.lower() == "content-type"), "")
    return Document(address, lambda: answer.body, kind, answer.url)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            file = Path(place, name)
            if name.lower().endswith(ENDINGS) and not file.is_symlink():
                yield file


def _figure(picture: Picture) -> str:
    caption = f"<figcaption>{html.escape(picture.caption)}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{html.escape(picture.address)}" alt="{html.escape(picture.alt)}">{caption}</figure>'


def _site(address: str) -> str:
    return urlsplit(address)._replace(query="", fragment="").geturl()


def _key(name: str) -> str:
    if len(name) <= LONGEST_KEY:
        return name
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def _path(link: str) -> str:
    return urlsplit(link).path
