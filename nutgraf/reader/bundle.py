"""Join the reader's stylesheets and its scripts into one file each, named for what is in them."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

ENTRY = "reader/reader.css"
# A newsroom's own rules, in its theme; outside the layers, so they win.
THEME = "reader/theme.css"
SCRIPTS = [
    "reader/components/moment.js",
    "reader/components/stream.js",
    "reader/components/live.js",
    "reader/components/catch_up.js",
    "reader/components/signup.js",
]
# Each is loaded by the one page that uses it.
SWITCH, LAST_VISIT = "reader/components/catch_up_switch.js", "reader/components/last_visit.js"
PAGE_SCRIPTS = [SWITCH, LAST_VISIT]
# By the few pages on which one chooses what one is mailed.
PAGE_STYLES = ["reader/components/choices.css", "reader/components/subscriber.css"]
# Each by the one page that has it.
OWN_STYLES = ["reader/components/api.css", "reader/components/republish.css"]
MANIFEST = "reader/bundle.json"

_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# In scripts only whole lines: what begins in the middle of one may be part of a text.
_COMMENT_LINES = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_SPACE = re.compile(r"\n\s*")


def stylesheets() -> list[str]:
    """Return the stylesheets that the entry imports, in its order, and the theme's if there is one."""
    names = [f"reader/{name}" for name in _IMPORT.findall(_read(ENTRY))]
    return [*names, THEME] if finders.find(THEME) else names


def build(into: Path) -> dict[str, str]:
    """Write the joined files below a folder of static files; return their names by kind.

    Files of earlier builds stay: a reader may still have a page that links to them.
    """
    texts = {"css": joined("css", stylesheets()), "js": joined("js", SCRIPTS)}
    names = {}
    for kind, text in texts.items():
        names[kind] = f"reader/reader.{hashlib.sha256(text.encode()).hexdigest()[:12]}.{kind}"
        (into / names[kind]).parent.mkdir(parents=True, exist_ok=True)
        (into / names[kind]).write_text(text, encoding="utf-8")
    (into / MANIFEST).write_text(json.dumps(names), encoding="utf-8")
    built.cache_clear()
    return names


def joined(kind: str, files: list[str]) -> str:
    """Return static files of a kind as one text, without comments; for styles the order of layers comes first."""
    if kind == "js":
        return _lean_script("".join(map(_read, files)))
    return _lean("".join([_IMPORT.sub("", _read(ENTRY)), *map(_read, files)]))


@cache
def built() -> dict[str, str]:
    """Return what `build` wrote to the static root; nothing while developing or before the first build."""
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    if settings.DEBUG or not manifest.exists():
        return {}
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names


def _read(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")


def _lean(css: str) -> str:
    return _SPACE.sub("\n", _COMMENT.sub("", css)).strip() + "\n"


def _lean_script(script: str) -> str:
    # No text of ours goes over several lines, so what a line begins with is never part of one.
    return _SPACE.sub("\n", _COMMENT_LINES.sub("", script))
