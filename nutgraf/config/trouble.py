"""What we say when something is in the way: one sentence on what it is and how to get past it, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click


class Trouble(click.ClickException):
    """An obstacle that the person at the keyboard can remove."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(click.style("nutgraf: ", fg="red", bold=True) + self.message, err=True, file=file)


@contextmanager
def plainly_told() -> Iterator[None]:
    """Turn what we can foresee into trouble of that kind, and all else into a request to report it."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit):
        raise
    except (click.Abort, KeyboardInterrupt):
        if not sys.stdin.isatty():
            click.echo(err=True)  # the question is still on the line
            raise Trouble("There is nobody to answer; give each answer as an option, see --help.") from None
        raise Trouble("Stopped; nothing more was done.") from None
    except BaseException as error:  # The last door: nobody at a command line is shown a traceback unasked.
        from nutgraf.config.env import YES

        if isinstance(error, SystemExit) or os.environ.get("NUTGRAF_DEBUG", "").lower() in YES:
            raise
        raise Trouble(sentence(error)) from None


def sentence(error: BaseException) -> str:
    """Say what an exception means to somebody who does not know our code."""
    # Only here: commands that need no newsroom start faster without Django.
    from django.core.exceptions import ImproperlyConfigured
    from django.db.migrations.exceptions import InconsistentMigrationHistory
    from django.db.utils import DatabaseError

    from nutgraf.config.env import SettingError

    match error:
        case SettingError():
            return str(error)
        case ImproperlyConfigured():
            return f"The settings do not work together: {error}"
        case OSError(errno=errno.ENOSPC):
            return "The disk is full; make room and run this again."
        case PermissionError():
            return f"{error.filename or 'A file'} cannot be read or written by this user; change its owner or mode."
        case InconsistentMigrationHistory():
            return (
                f"The database was made by another version of Nutgraf and does not fit this one ({_first_line(error)});"
                " install that version, or restore a copy of the data folder from before."
            )
        case DatabaseError():
            return (
                f"The database does not answer as it should ({_first_line(error)}); check that it runs, that"
                " DATABASE_URL is right and that no other program holds it."
            )
        case _:
            return (
                f"Something happened that we did not foresee ({type(error).__name__}: {_first_line(error)});"
                " run it again with NUTGRAF_DEBUG=1 to see where, and please report that."
            )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or ["no more is known"])[0]
