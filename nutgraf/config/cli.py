"""The command line: show a demo, found a newsroom, serve it, check it, and reach Django's own commands."""

from __future__ import annotations

import os
import secrets
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import click
from rich.markup import escape

from nutgraf import __version__
from nutgraf.config import (
    copy_cli,
    data_folder,
    desk_cli,
    export_cli,
    founding_cli,
    import_cli,
    mail_cli,
    pages_cli,
    subscribers_cli,
)
from nutgraf.config.progress import console, progress
from nutgraf.config.trouble import Trouble, plainly_told

DEMO_STAFF = {"rosa": "reporter", "eli": "editor", "cleo": "curator", "priya": "publisher"}
DEMO_PASSWORD_FILE = "demo-password"  # noqa: S105 (the name of a file)

port_option = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port.")
host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; whatever happens ends in a sentence and a status."""
    try:
        with plainly_told():
            cli.main(arguments, prog_name="nutgraf", standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nutgraf")
def cli() -> None:
    """Publish short, structured news from one place."""


for command in (
    founding_cli.init,
    export_cli.export,
    copy_cli.copy,
    import_cli.import_,
    desk_cli.desk,
    mail_cli.post,
    pages_cli.pages,
    subscribers_cli.subscribers,
):
    cli.add_command(command)


def _absolute(context: click.Context, parameter: click.Parameter, value: str | Path) -> Path:
    return Path(value).expanduser().absolute()


def _default_folder() -> str:
    return os.environ.get("NUTGRAF_DATA") or "data"


# A demo newsroom


@cli.command()
@port_option
@host_option
@click.option(
    "--data",
    "folder",
    metavar="DIR",
    default=_default_folder,
    callback=_absolute,
    help="Folder to keep it in.  [default: data]",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser, not even on a desktop.")
def demo(port: int, host: str, folder: Path, no_browser: bool) -> None:
    """Build a whole fictional newsroom, once, and serve it."""
    password_file = folder / DEMO_PASSWORD_FILE
    if data_folder.has_newsroom(folder) and not password_file.exists():
        raise Trouble(f"{folder} holds a newsroom of its own; serve it with `nutgraf serve {folder}`.")
    from nutgraf.config import database, files, server

    server.refuse_taken_port(host, port)
    data_folder.make_writable(folder)
    if not data_folder.has_newsroom(folder):
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.token_urlsafe(9))
        founding_cli.write_settings(folder, time_zone="UTC", language="en")
    start(folder, host=host, port=port)
    database.bring_up_to_date()
    password = password_file.read_text().strip()
    build_demo(password)

    def tell() -> None:
        console.print(f"\n  Readers see   [bold]http://{_shown(host, port)}/[/]")
        console.print(f"  Editors use   [bold]http://{_shown(host, port)}/desk/[/]")
        staff = ", ".join(f"[bold]{name}[/] ({role})" for name, role in DEMO_STAFF.items())
        console.print(f"  Sign in as    {staff}", soft_wrap=True)
        console.print(f"  Password      [bold]{password}[/]")
        console.print(f"  Kept in       {escape(str(folder))}", soft_wrap=True)
        console.print("  Stop with     Ctrl-C\n")
        if not no_browser and _is_desktop():
            webbrowser.open(f"http://{_shown(host, port)}/")

    files.collect()
    files.open_store()
    server.serve(host=host, port=port, workers=1, when_ready=tell)


def build_demo(password: str) -> None:
    """Fill an empty newsroom with the fictional one; all of it, or nothing if we are interrupted."""
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.utils import timezone

    from nutgraf.demo import actions
    from nutgraf.newsroom.models import Newsroom

    if Newsroom.objects.exists():
        return
    with progress("Building the demo newsroom") as step, transaction.atomic():
        actions.build(at=timezone.now(), progress=step)
        for user in get_user_model().objects.filter(username__in=DEMO_STAFF):
            user.set_password(password)
            user.save()


# Serving and checking


@cli.command()
@click.argument("folder", metavar="[DIR]", default=_default_folder, callback=_absolute)
@port_option
@host_option
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that answer readers.")
@click.option("--access-log", is_flag=True, help="Log each request.")
def serve(folder: Path, port: int, host: str, workers: int, access_log: bool) -> None:
    """Serve the newsroom in DIR: readers, desk and clock, until Ctrl-C."""
    from nutgraf.config import database, files, server

    _require_newsroom(folder)
    server.refuse_taken_port(host, port)
    start(folder, host=host, port=port)
    _refuse_mistakes()
    database.bring_up_to_date()
    _require_founded(folder)
    files.collect()
    files.open_store()
    server.serve(
        host=host,
        port=port,
        workers=workers,
        access_log=access_log,
        when_ready=lambda: console.print(
            f"Serving {escape(str(folder))} at [bold]http://{_shown(host, port)}/[/] (desk: /desk/)", soft_wrap=True
        ),
    )


@cli.command()
@click.argument("folder", metavar="[DIR]", default=_default_folder, callback=_absolute)
def check(folder: Path) -> None:
    """Check that the newsroom in DIR is fit to be served."""
    from nutgraf.config import database

    _require_newsroom(folder)
    data_folder.use(folder)
    _refuse_mistakes(fail_on_warnings=True)
    database.check_database()
    console.print("All is well.")


@cli.command()
@click.argument("folder", metavar="[DIR]", default=_default_folder, callback=_absolute)
@click.option("--upstream", metavar="HOST:PORT", default="127.0.0.1:8000", show_default=True, help="Where we serve.")
@click.option("--certificate", metavar="FILE", default="", help="The certificate, for https.")
@click.option("--key", metavar="FILE", default="", help="Its key.")
def nginx(folder: Path, upstream: str, certificate: str, key: str) -> None:
    """Write the configuration of an nginx in front of the newsroom in DIR."""
    _open_for_a_front(folder)

    from nutgraf.config import nginx

    click.echo(nginx.configuration(upstream=upstream, certificate=certificate, key=key), nl=False)


@cli.command()
@click.argument("folder", metavar="[DIR]", default=_default_folder, callback=_absolute)
@click.option("--upstream", metavar="HOST:PORT", default="127.0.0.1:8000", show_default=True, help="Where we serve.")
@click.option("--purger", "purgers", metavar="ADDRESS", multiple=True, help="Another machine that Nutgraf runs on.")
def varnish(folder: Path, upstream: str, purgers: tuple[str, ...]) -> None:
    """Write the VCL of a Varnish in front of the newsroom in DIR."""
    _open_for_a_front(folder)

    from nutgraf.config import varnish

    click.echo(varnish.configuration(upstream=upstream, purgers=purgers), nl=False)


@cli.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's commands; see `manage help`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutgraf.config.settings")

    from django.conf import settings
    from django.core.management import ManagementUtility

    # Read here, because Django would show a traceback of what is wrong with them.
    data_folder.make_writable(settings.DATA_DIR)
    utility = ManagementUtility(["nutgraf manage", *arguments])
    utility.prog_name = "nutgraf manage"
    utility.execute()


@cli.command(hidden=True)
@click.argument("socket_file", required=False, type=click.Path(path_type=Path))
def backstage(socket_file: Path | None) -> None:
    """Run the desk and the clock, for as long as the server that started us lives."""
    from nutgraf.config import backstage

    data_folder.use(Path(os.environ["NUTGRAF_DATA"]))
    backstage.run(socket_file)


def start(folder: Path, *, host: str, port: int) -> None:
    """Start Django on a folder that will be served at a port of this machine."""
    from nutgraf.config.env import read_file

    given = read_file(folder / data_folder.SETTINGS_FILE) | os.environ
    if given.get("NUTGRAF_ENV", "development") == "development":
        os.environ["NUTGRAF_PUBLIC_URL"] = given.get("NUTGRAF_PUBLIC_URL") or f"http://{_shown(host, port)}"
    data_folder.use(folder)


def _open_for_a_front(folder: Path) -> None:
    """Start Django with the settings that the server has, and say which of them are not from the folder."""
    from nutgraf.config.env import read_file

    _require_newsroom(folder)
    file = folder / data_folder.SETTINGS_FILE
    given = read_file(file)
    other = sorted(name for name, value in given.items() if os.environ.get(name, value) not in ("", value))
    if other:
        console.print(
            f"The environment says otherwise than {file}, and wins, as it does with `nutgraf serve`: {', '.join(other)}.",
            markup=False,
            soft_wrap=True,
        )
    data_folder.use(folder)


def _require_newsroom(folder: Path) -> None:
    if not data_folder.has_newsroom(folder) and not os.environ.get("DATABASE_URL"):
        raise Trouble(f"There is no newsroom in {folder}; found one with `nutgraf init {folder}`.")


def _require_founded(folder: Path) -> None:
    from nutgraf.newsroom.models import Newsroom

    if not Newsroom.objects.exists():
        raise Trouble(f"There is no newsroom in the database; found one with `nutgraf init {folder}`.")


def _refuse_mistakes(fail_on_warnings: bool = False) -> None:
    """Run the system checks, and stop at an error."""
    from django.core import checks

    level = checks.WARNING if fail_on_warnings else checks.ERROR
    messages = [message for message in checks.run_checks() if not message.is_silenced()]
    for message in messages:
        console.print(f"{message.msg} {message.hint or ''}", style="yellow", markup=False, soft_wrap=True)
    if any(message.level >= level for message in messages):
        raise Trouble("Put right what is said above, and run this again.")


def _shown(host: str, port: int) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not listened on)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_desktop() -> bool:
    if os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
