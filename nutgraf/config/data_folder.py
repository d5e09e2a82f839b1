"""Open a newsroom's data folder: make it the one we work with, and see that we can write to it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from nutgraf.config.trouble import Trouble

SETTINGS_FILE = "newsroom.env"


def use(folder: Path) -> None:
    """Make a folder the one that this process works with, and start Django on it."""
    # Only here: commands that need no newsroom start faster without Django.
    import django

    os.environ["NUTGRAF_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutgraf.config.settings")
    make_writable(folder)
    django.setup()


def make_writable(folder: Path) -> None:
    """Make a folder if there is none, and see that files can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (FileExistsError, NotADirectoryError):
        raise Trouble(f"{folder} is a file, not a folder; choose another.") from None
    except FileNotFoundError:
        raise Trouble(f"The data folder {folder} cannot be made there; choose another.") from None
    except OSError as error:
        raise Trouble(
            f"The data folder {folder} cannot be written to ({error.strerror}); change its owner or mode, or choose"
            " another."
        ) from None


def default() -> Path:
    """Return the folder that is meant where none is named."""
    return Path(os.environ.get("NUTGRAF_DATA") or "data")


def open_newsroom(folder: Path) -> None:
    """Start Django on the newsroom in a folder, which must be there and founded."""
    folder = folder.expanduser().absolute()
    if not has_newsroom(folder) and not os.environ.get("DATABASE_URL"):
        raise Trouble(f"There is no newsroom in {folder}; found one with `nutgraf init {folder}`.")
    use(folder)
    from nutgraf.config import database
    from nutgraf.newsroom.models import Newsroom

    database.bring_up_to_date()
    if not Newsroom.objects.exists():
        raise Trouble(f"There is no newsroom in the database; found one with `nutgraf init {folder}`.")


def has_newsroom(folder: Path) -> bool:
    return (folder / SETTINGS_FILE).exists()
