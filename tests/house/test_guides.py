"""Whoever starts at the README comes to every guide by following links, and no link of a document leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def linked(document: Path) -> set[Path]:
    """Return the files and folders of this repository that a document links to."""
    found = (one for one in LINK.findall(document.read_text()) if "://" not in one and not one.startswith("mailto:"))
    return {(document.parent / one).resolve() for one in found}


def test_every_guide_is_reached_from_the_readme() -> None:
    reached, coming = set[Path](), {ROOT / "README.md"}
    while coming:
        document = coming.pop()
        reached.add(document)
        coming |= {one for one in linked(document) if one.suffix == ".md" and one.is_file()} - reached

    guides = {file for place in ("editors", "operators", "developers") for file in (ROOT / "docs" / place).glob("*.md")}
    assert len(guides) > 10
    assert not sorted(file.name for file in guides - reached)


def test_no_link_between_documents_leads_nowhere() -> None:
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]

    assert not [(str(file.relative_to(ROOT)), str(to)) for file in documents for to in linked(file) if not to.exists()]
