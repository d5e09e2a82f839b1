"""Read settings from the environment and from a file, each with a type, and say plainly what is wrong with one."""

from __future__ import annotations

import builtins
import difflib
import ipaddress
import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

from nutgraf.config import mail_settings

PREFIX = "NUTGRAF_"
YES = frozenset(["1", "true", "yes", "on"])
NO = frozenset(["0", "false", "no", "off"])

# Which of our back ends tells a cache of a kind, and which parameter of Wagtail's says where it is.
CACHES = {
    "varnish": ("Varnish", "LOCATION"),
    "cloudflare": ("Cloudflare", "ZONEID"),
    "cloudfront": ("CloudFront", "DISTRIBUTION_ID"),
}

T = TypeVar("T")


class SettingError(ImproperlyConfigured):
    """A setting that we cannot use; its message is one sentence for the person who set it."""


def read_file(path: Path) -> dict[str, str]:
    """Read lines of NAME=value; blank lines and those that begin with # mean nothing, quotes are optional."""
    if not path.exists():
        return {}
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise SettingError(f"{path}, line {number}, is “{line}”, expected NAME=value.")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[name.strip()] = value
    return values


class Env:
    """The settings given to this process, and which of them anyone has asked for."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = dict(os.environ if values is None else values)
        self.known: set[str] = set()

    def add_file(self, path: Path) -> None:
        """Take what a file says, except where the environment has said it already."""
        self.values = read_file(path) | {name: value for name, value in self.values.items() if value}

    def text(self, name: str, default: str = "") -> str:
        return self._read(name, default, str, "text")

    def bool(self, name: str, default: builtins.bool = False) -> builtins.bool:
        words = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
        return self._read(name, default, lambda value: words[value.lower()], "1, true, yes, on, 0, false, no or off")

    def int(self, name: str, default: builtins.int = 0) -> builtins.int:
        return self._read(name, default, builtins.int, "a whole number")

    def list(self, name: str, default: builtins.list[str] | None = None) -> builtins.list[str]:
        def split(value: str) -> builtins.list[str]:
            return [item.strip() for item in value.split(",") if item.strip()]

        return self._read(name, default or [], split, "a list with commas between its items")

    def networks(self, name: str, default: builtins.list[str]) -> builtins.list[str]:
        def check(value: str) -> builtins.list[str]:
            return [str(ipaddress.ip_network(item.strip())) for item in value.split(",") if item.strip()]

        return self._read(name, default, check, "addresses or networks such as 127.0.0.1,10.1.0.0/16")

    def path(self, name: str, default: str) -> Path:
        return self._read(name, Path(default), Path, "a folder").expanduser().absolute()

    def optional_path(self, name: str) -> Path | None:
        self.known.add(name)
        return self.path(name, default="") if self.values.get(name) else None

    def choice(
        self, name: str, choices: Mapping[str, Any] | builtins.list[str], default: str, expected: str = ""
    ) -> str:
        def choose(value: str) -> str:
            if value not in choices:
                raise ValueError(value)
            return value

        return self._read(name, default, choose, expected or "one of " + ", ".join(choices))

    def url(self, name: str, default: str = "", *, may_have_path: builtins.bool = False) -> str:
        def check(value: str) -> str:
            parts = urlsplit(value)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError(value)
            if may_have_path:
                return value
            if parts.path.strip("/"):
                raise ValueError(value)
            return value.rstrip("/")

        return self._read(name, default, check, "an address such as https://news.example.org")

    def time_zone(self, name: str, default: str) -> str:
        def check(value: str) -> str:
            try:
                ZoneInfo(value)
            except (ZoneInfoNotFoundError, OSError) as error:
                raise ValueError(value) from error
            return value

        return self._read(name, default, check, "a time zone such as Europe/Lisbon")

    def secret(self, name: str, default: str = "") -> str:
        """Read a secret from NAME, or from the file that NAME_FILE names; it is never shown in a message."""
        self.known |= {name, f"{name}_FILE"}
        if value := self.values.get(name):
            return value
        if file := self.values.get(f"{name}_FILE"):
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingError(
                    f"{name}_FILE is “{file}”, expected a file that can be read ({error.strerror})."
                ) from None
        return default

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """Read an address such as postgres://user:password@host/name; a file named `default` if there is none."""
        engines = {
            "sqlite": "django.db.backends.sqlite3",
            "postgres": "django.db.backends.postgresql",
            "postgresql": "django.db.backends.postgresql",
        }
        self.known.add(name)
        if not (value := self.values.get(name)):
            return {"ENGINE": engines["sqlite"], "NAME": default}
        try:
            parts = urlsplit(value)
            engine, port = engines[parts.scheme], parts.port
            if not (database := unquote(parts.path[1:])):
                raise ValueError(value)
        except (KeyError, ValueError):
            # The address holds a password: show its scheme only.
            shown = value.partition("://")[0] + "://…"
            raise SettingError(
                f"{name} is “{shown}”, expected postgres://user:password@host:port/name or sqlite:///path."
            ) from None
        if engine == engines["sqlite"]:
            return {"ENGINE": engine, "NAME": Path(database)}
        if find_spec("psycopg") is None:
            raise SettingError(
                f"{name} names a PostgreSQL, for which the package psycopg is missing: install what"
                " requirements-postgres.lock lists."
            )
        return {
            "ENGINE": engine,
            "NAME": database,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }

    def caches(self, name: str, *, token: str) -> dict[str, dict[str, Any]]:
        """Read addresses of caches as Wagtail's settings for its back ends, by names that tell them apart."""

        def split(value: str) -> dict[str, dict[str, Any]]:
            found = {}
            for number, address in enumerate(filter(None, map(str.strip, value.split(","))), start=1):
                kind, _, where = address.partition("://")
                if not where or "/" in where or kind not in CACHES:
                    raise ValueError(address)
                backend, parameter = CACHES[kind]
                found[f"{kind}-{number}"] = {
                    "BACKEND": f"nutgraf.published.caches.{backend}",
                    parameter: f"http://{where}" if parameter == "LOCATION" else where,
                    **({"BEARER_TOKEN": token} if kind == "cloudflare" else {}),
                }
            return found

        expected = "caches such as varnish://127.0.0.1:6081, cloudflare://zone or cloudfront://distribution"
        none: dict[str, dict[str, Any]] = {}
        caches = self._read(name, none, split, expected)
        if not token and any("BEARER_TOKEN" in cache for cache in caches.values()):
            raise SettingError(f"{name} names a zone of Cloudflare's, which needs {name}_TOKEN too.")
        return caches

    def mail(self, name: str, *, secret: str, connections: builtins.int) -> dict[str, Any]:
        """Read who takes our mail: `files`, an SMTP server's address, or a provider that django-anymail knows."""

        def split(value: str) -> dict[str, Any]:
            if value == "files":
                return {"kind": "files"}
            parts = urlsplit(value)
            options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
            if parts.password or not parts.hostname or parts.path.strip("/"):
                raise ValueError(value)
            if parts.scheme == "anymail":
                if parts.hostname not in mail_settings.PROVIDERS:
                    raise ValueError(value)
                return {"kind": "anymail", "esp": parts.hostname, "secret": secret, "options": options}
            security = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "none"}[parts.scheme]
            if options or (security == "none" and secret):
                raise ValueError(value)
            port = parts.port or (465 if security == "tls" else 587 if parts.username else 25)
            user = unquote(parts.username or "")
            return {
                "kind": "smtp",
                "host": parts.hostname,
                "port": port,
                "user": user,
                "password": secret,
                "security": security,
            }

        expected = (
            "files, smtp://user@host:port, smtps://user@host, smtp+plain://host without encryption or password, or"
            f" anymail://provider; the password or key goes into {name}_SECRET"
        )
        found = self._address(name, {"kind": "files"}, split, expected)
        return found if found["kind"] == "files" else found | {"connections": max(1, connections)}

    def mailbox(self, name: str) -> str:
        """Read where a mailbox is: `imaps://user@host/folder`, or `maildir:/path`."""

        def check(value: str) -> str:
            parts = urlsplit(value)
            is_folder = parts.scheme == "maildir" and parts.path.startswith("/")
            is_server = parts.scheme in ("imap", "imaps") and parts.hostname and parts.username and not parts.password
            if not is_folder and not is_server:
                raise ValueError(value)
            return value

        expected = f"imaps://user@host/folder or maildir:/path; the password goes into {name}_SECRET"
        return self._address(name, "", check, expected)

    def rates(self, name: str) -> dict[str, float]:
        """Read a number for each of some names: `gmail.com=20, outlook.com=10`."""

        def split(value: str) -> dict[str, float]:
            pairs = (item.partition("=") for item in value.split(",") if item.strip())
            rates = {host.strip().lower(): float(rate) for host, _equals, rate in pairs}
            if not all(host and 0 < rate < float("inf") for host, rate in rates.items()):
                raise ValueError(value)
            return rates

        none: dict[str, float] = {}
        return self._read(name, none, split, "domains with a number for each, such as gmail.com=20, outlook.com=10")

    def refuse_unknown(self) -> None:
        """Stop at a variable with our prefix that nobody asked for: a typo is an error, not a default."""
        for name in sorted(self.values):
            if name.startswith(PREFIX) and name not in self.known:
                known = [one.removeprefix(PREFIX) for one in self.known if one.startswith(PREFIX)]
                near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1, cutoff=0.7)
                hint = f"did you mean {PREFIX}{near[0]}?" if near else "the settings are listed in docs/settings.md."
                raise SettingError(f"{name} is “{self.values[name]}”, but there is no such setting; {hint}")

    def _address(self, name: str, default: T, parse: Callable[[str], T], expected: str) -> T:
        """Read an address in which somebody may have written a password, so that only its scheme is shown."""
        try:
            return self._read(name, default, parse, expected)
        except SettingError:
            scheme, separator, _rest = self.values[name].partition("://")
            shown = f"{scheme}{separator}…" if separator else "…"
            raise SettingError(f"{name} is “{shown}”, expected {expected}.") from None

    def _read(self, name: str, default: T, parse: Callable[[str], T], expected: str) -> T:
        self.known.add(name)
        value = self.values.get(name, "")
        if value == "":
            return default
        try:
            return parse(value)
        except (KeyError, ValueError):
            raise SettingError(f"{name} is “{value}”, expected {expected}.") from None
