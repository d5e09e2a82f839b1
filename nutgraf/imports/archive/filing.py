"""Find or make whom an archive's stories are signed by and what they are filed under, when the first story needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from nutgraf.imports.archive import values
from nutgraf.imports.archive.ledger import Kind, Ledger, Outcome
from nutgraf.imports.archive.reports import MADE, MATCHED, Told
from nutgraf.newsroom import actions, addresses
from nutgraf.newsroom.models import Author, Section

LONGEST_NAME = 80
LONGEST_SECTION = 40


@dataclass
class Filing:
    """The authors and sections of one archive, by what it calls them."""

    ledger: Ledger
    tell: Callable[[Told], None]
    # Key or name in the archive, in small letters, to the name of a section here.
    mapped: Mapping[str, str] = field(default_factory=dict)
    # The section of stories that have none which is mapped; without one sections are made as they are met.
    default: Section | None = None
    authors: dict[str, values.Author] = field(default_factory=dict)
    sections: dict[str, values.Section] = field(default_factory=dict)
    _found_authors: dict[str, Author] = field(default_factory=dict)
    _found_sections: dict[str, Section] = field(default_factory=dict)

    def forget(self) -> None:
        """Forget what was found, for it was found by a transaction that came to nothing."""
        self._found_authors.clear()
        self._found_sections.clear()

    # Authors

    def author(self, key: str) -> Author:
        """Return who signs with this key: whoever it was before, or has the same address or name, or somebody new."""
        if found := self._found_authors.get(key):
            return found
        value = self.authors.get(key) or values.Author(key, key)
        item = self.ledger.find(Kind.AUTHOR, key)
        author = item.author if item else None
        if author is None:
            author, outcome = self._matched(value), MATCHED
            if author is None:
                author, outcome = self._introduced(value), MADE
            self.ledger.write(Kind.AUTHOR, value, author=author, name=author.name, outcome=_OUTCOMES[outcome])
            self._redirect(value.addresses, author.get_absolute_url())
            self.tell(Told("author", key, author.name, outcome))
        self._found_authors[key] = author
        return author

    def _matched(self, value: values.Author) -> Author | None:
        found = None
        if value.email:
            found = Author.objects.filter(email__iexact=value.email).first()
            found = found or Author.objects.filter(user__email__iexact=value.email).first()
        return found or Author.objects.filter(name__iexact=value.name).first()

    def _introduced(self, value: values.Author) -> Author:
        name = value.name[:LONGEST_NAME].strip() or value.key[:LONGEST_NAME]
        slug = _free(Author, slugify(name)[:60] or slugify(value.key)[:60] or "author")
        # An address by which somebody signed in is nobody else's business: what we have of an author is shown.
        return actions.introduce(name=name, slug=slug, bio=value.bio)

    # Sections

    def section(self, keys: tuple[str, ...]) -> Section | None:
        """Return the section of a story: of what it was filed under the first that is mapped, or the default, or the first."""
        for key in keys:
            value = self.sections.get(key) or values.Section(key, key)
            spellings = (key.casefold(), value.name.casefold(), slugify(value.name))
            if name := next((self.mapped[one] for one in spellings if one in self.mapped), ""):
                return self._named(name, value)
        if self.default or not keys:
            return self.default
        value = self.sections.get(keys[0]) or values.Section(keys[0], keys[0])
        return self._named(value.name or keys[0], value)

    def _named(self, name: str, value: values.Section) -> Section:
        if found := self._found_sections.get(value.key):
            return found
        # What it was called in the desk since then is its name; by the row it is known again.
        item = self.ledger.find(Kind.SECTION, value.key)
        section = item.section if item and not self.mapped else None
        if section is None:
            name = name[:LONGEST_SECTION].strip()
            section = Section.objects.filter(name__iexact=name).first()
            section = section or Section.objects.filter(slug=slugify(name)).first()
            outcome = MATCHED if section else MADE
            section = section or self._opened(name, value)
            self.ledger.write(Kind.SECTION, value, section=section, name=section.name, outcome=_OUTCOMES[outcome])
            self._redirect(value.addresses, section.get_absolute_url())
            self.tell(Told("section", value.key, section.name, outcome))
        self._found_sections[value.key] = section
        return section

    def _opened(self, name: str, value: values.Section) -> Section:
        slug = slugify(name)[:LONGEST_SECTION] or slugify(value.key)[:LONGEST_SECTION] or "section"
        description = value.description[:200]
        try:
            return actions.open_section(name=name, slug=_free(Section, slug), description=description)
        except ValidationError as error:
            if "slug" not in error.message_dict:
                raise
            # The site itself has a page there.
            slug = _free(Section, f"{slug[: LONGEST_SECTION - 5]}-news")
            return actions.open_section(name=name, slug=slug, description=description)

    def _redirect(self, old: tuple[str, ...], new: str) -> None:
        for path in old:
            addresses.lead(old=path, new=new)


_OUTCOMES = {MADE: Outcome.MADE, MATCHED: Outcome.MATCHED}


def _free(model: type[Author] | type[Section], slug: str) -> str:
    """Return a slug that nothing of the kind has yet."""
    candidate, number = slug, 2
    while model._default_manager.filter(slug=candidate).exists():
        candidate = f"{slug[:36]}-{number}"
        number += 1
    return candidate
