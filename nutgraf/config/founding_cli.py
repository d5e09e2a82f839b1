"""The command that founds a newsroom of one's own, `init`: asks for what it needs, and writes down what stays."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from rich.markup import escape

from nutgraf.config import data_folder
from nutgraf.config.progress import console
from nutgraf.config.trouble import Trouble


def _new_folder(context: click.Context, parameter: click.Parameter, value: str) -> Path:
    folder = Path(value).expanduser().absolute()
    data_folder.make_writable(folder)
    if data_folder.has_newsroom(folder):
        raise Trouble(f"{folder} holds a newsroom already; serve it with `nutgraf serve {folder}`, or choose another.")
    return folder


def _time_zone(context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(f"“{value}” is no time zone; give one such as Europe/Lisbon.") from None
    return value


def _language(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from django.conf.global_settings import LANGUAGES

    if value not in dict(LANGUAGES):
        raise click.BadParameter(f"“{value}” is no language that we know; give one such as en, de, pt-br or ar.")
    return value


def _not_empty(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.BadParameter("give at least a word.")
    return value.strip()


def _email(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(value)
    except ValidationError:
        raise click.BadParameter(f"“{value}” is no e-mail address; give one such as ada@example.org.") from None
    return value.strip().lower()


@click.command()
@click.argument("folder", metavar="DIR", callback=_new_folder, is_eager=True)
@click.option("--name", prompt="Name of the newsroom", callback=_not_empty, help="The masthead of every page.")
@click.option("--time-zone", prompt="Time zone", default="UTC", callback=_time_zone, help="Such as Europe/Lisbon.")
@click.option("--language", prompt="Language", default="en", callback=_language, help="Such as en, de, pt-br or ar.")
@click.option("--section", "sections", multiple=True, default=["News"], show_default=True, help="A first section.")
@click.option("--editor", prompt="Name of the first editor", callback=_not_empty, help="The first editor's name.")
@click.option("--email", prompt="Their e-mail address", callback=_email, help="What the editor signs in with.")
@click.option("--password", help="The editor's password; asked for if you do not give it.")
def init(
    folder: Path,
    name: str,
    time_zone: str,
    language: str,
    sections: tuple[str, ...],
    editor: str,
    email: str,
    password: str | None,
) -> None:
    """Found an empty newsroom in DIR; asks what you leave out."""
    from nutgraf.config import database

    os.environ |= {"NUTGRAF_TIME_ZONE": time_zone, "NUTGRAF_LANGUAGE": language}
    data_folder.use(folder)
    password = good_password(password, editor=editor, email=email)
    database.bring_up_to_date()
    found(name=name, language=language, sections=sections, editor=editor, email=email, password=password)
    write_settings(folder, time_zone=time_zone, language=language)
    where = escape(str(folder))
    console.print(f"[bold]{escape(name)}[/] is founded. Start it with [bold]nutgraf serve {where}[/]", soft_wrap=True)
    console.print(f"and sign in at /desk/ as [bold]{email}[/].")


def good_password(given: str | None, *, editor: str, email: str) -> str:
    """Return a password that is hard enough to guess, asking until there is one if none was given."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    first_name, _, last_name = editor.partition(" ")
    user = get_user_model()(username=email, email=email, first_name=first_name, last_name=last_name)
    while True:
        password = given or click.prompt("Their password", hide_input=True, confirmation_prompt=True)
        try:
            validate_password(password, user)
        except ValidationError as error:
            if given:
                raise Trouble(f"Choose another password: {' '.join(error.messages)}") from None
            click.echo(" ".join(error.messages), err=True)
        else:
            return str(password)


def found(*, name: str, language: str, sections: tuple[str, ...], editor: str, email: str, password: str) -> None:
    from django.db import transaction
    from django.utils import timezone
    from wagtail.models import Locale

    from nutgraf.newsroom import actions as newsroom
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.models import Newsroom
    from nutgraf.stories import actions as stories

    if Newsroom.objects.exists():
        raise Trouble("The database holds a newsroom already; name another with DATABASE_URL.")
    with transaction.atomic():
        Locale.objects.update(language_code=language)
        newsroom.christen(name=name)
        stories.found(at=timezone.now())
        for section in sections:
            newsroom.open_section(name=section)
        user = newsroom.take_on(username=email, name=editor, email=email, password=password, role=roles.PUBLISHER)
        newsroom.introduce(name=editor, user=user)


def write_settings(folder: Path, *, time_zone: str, language: str) -> None:
    """Write down what makes this newsroom itself, for its owner's eyes only."""
    file = folder / data_folder.SETTINGS_FILE
    file.touch(mode=0o600)
    file.write_text(
        "# This newsroom's settings; docs/settings.md explains them all.\n"
        "# To be reached by the public, set NUTGRAF_ENV=production and the address at which it is:\n"
        "# NUTGRAF_PUBLIC_URL=https://news.example.org\n"
        f"NUTGRAF_SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"NUTGRAF_TIME_ZONE={time_zone}\n"
        f"NUTGRAF_LANGUAGE={language}\n",
        encoding="utf-8",
    )
