"""One version, told to those who run it and to those who install it; nothing in it says where it was made."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from nutgraf import __version__

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    newest = re.search(r"^## (\S+?),? ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert newest
    assert newest[1] == __version__


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_a_hash_for_everything_and_names_no_place(lock: Path) -> None:
    text = lock.read_text()
    requirements = [line for line in text.splitlines() if not line.startswith(" ")]

    assert requirements
    assert all(re.fullmatch(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+( ; .+)? \\", line) for line in requirements)
    assert "://" not in text
    assert "/" not in text.replace("https", "")


def test_the_newsroom_and_its_tests_run_on_the_same_versions() -> None:
    runtime, development = (
        dict(re.findall(r"^([a-z0-9.-]+)(?:\[.*\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime.items() <= development.items()


def test_every_library_that_we_import_is_one_that_we_ask_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in asked}
    # What Wagtail is made of comes with Wagtail, in the version that it wants.
    names |= {"django-filter", "django-modelcluster", "django-taggit", "laces", "modelsearch", "telepath", "willow"}
    owners = packages_distributions()
    imported = {
        name
        for file in ROOT.glob("nutgraf/**/*.py")
        if "tests" not in file.parts
        for name in re.findall(r"^\s*(?:from|import) (\w+)", file.read_text(), re.MULTILINE)
    }

    strangers = {
        name
        for name in imported - set(sys.stdlib_module_names) - {"nutgraf"}
        if name in owners and not {owner.lower().replace("_", "-") for owner in owners[name]} & names
    }

    assert strangers == set()
