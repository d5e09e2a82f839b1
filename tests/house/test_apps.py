"""Every app says what it is: in a sentence, and on half a screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = sorted(path.parent for path in ROOT.glob("nutgraf/*/__init__.py"))


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_an_app_has_a_readme_of_half_a_screen(app: Path) -> None:
    lines = (app / "README.md").read_text().splitlines()

    assert lines[0] == f"# {app.name}"
    assert len(lines) < 40


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_an_app_opens_with_a_sentence(app: Path) -> None:
    sentence = ast.get_docstring(ast.parse((app / "__init__.py").read_text())) or ""

    assert sentence.endswith(".")
    assert len(sentence.split()) >= 5


def test_every_app_has_its_place_in_the_order_of_imports() -> None:
    # import-linter sees to the arrows; this sees that the tour's reader finds every folder.
    tour = (ROOT / "docs/tour.md").read_text()

    assert [app.name for app in APPS if f"{app.name}/" not in tour and f"`{app.name}`" not in tour] == []
