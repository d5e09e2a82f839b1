"""The command that sends mail: `nutgraf post`, for more machines than the one that serves."""

from __future__ import annotations

from pathlib import Path

import click

from nutgraf.config import data_folder
from nutgraf.config.progress import console


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=data_folder.default)
@click.option("--until-done", is_flag=True, help="End when nothing is left that goes to many.")
@click.option("--with-parent", is_flag=True, hidden=True)
def post(folder: Path, until_done: bool, with_parent: bool) -> None:
    """Send what is due of the newsroom in DIR, beside the server that does so already.

    For several machines that share a PostgreSQL, or to have more connections.
    """
    data_folder.open_newsroom(folder)

    from nutgraf.config import postman

    if not with_parent:
        console.print("Sending what is due; end with Ctrl-C.")
    postman.post(until_done=until_done, with_parent=with_parent)
