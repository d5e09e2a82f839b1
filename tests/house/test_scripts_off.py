"""No page of the reader needs scripts: they are loaded in one place, as modules, and no markup carries any."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "nutgraf/reader/templates"
TEMPLATES = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.html"))
HANDLER = re.compile(r"\son[a-z]+=|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*type=[\"'](?:application/ld\+json|importmap)[\"'])", re.IGNORECASE)


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_no_markup_carries_a_script(template: Path) -> None:
    markup = (FOLDER / template).read_text()

    assert not HANDLER.search(markup)
    assert not SCRIPT.search(markup)


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_every_form_goes_somewhere_without_scripts(template: Path) -> None:
    for form in re.findall(r"<form[^>]*>", (FOLDER / template).read_text()):
        assert "action=" in form
