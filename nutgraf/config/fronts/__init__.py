"""What stands in front of us, told in its own language: a web server that reads the shelf, and a cache that is purged."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.template import Context, Engine


def write(name: str, **known: Any) -> str:
    """Fill in one of the configurations in this folder."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return str(Engine(autoescape=False).from_string(text).render(Context(known, autoescape=False)))


def pattern_of(host: str) -> str:
    """Return what matches a host as Django takes it: a leading dot is a domain and all below it."""
    return rf"([^.:]+[.])*{re.escape(host[1:])}" if host.startswith(".") else re.escape(host)
