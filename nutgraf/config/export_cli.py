"""The command that takes the newsroom out: `export` writes all that it is, `export --site` the site as readers see it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from nutgraf.config import data_folder, newsroom_cli
from nutgraf.config.progress import console, progress
from nutgraf.config.trouble import Trouble

SHOWN = 20


@click.command()
@click.argument("into", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--site", is_flag=True, help="Write every page as a file instead, for any web server.")
@click.option("--subscribers", is_flag=True, help="Take subscribers along, and what they agreed to.")
@click.option(
    "--data",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=data_folder.default,
    help="The newsroom's folder.  [default: data]",
)
@click.option("--url", metavar="URL", help="Where it will be read, such as https://archive.example.org.")
def export(into: Path, site: bool, subscribers: bool, folder: Path, url: str | None) -> None:
    """Write the whole newsroom into DIR, to keep it or to restore it elsewhere with `nutgraf import nutgraf DIR`.

    That is everything but passwords and, unless they are asked for, subscribers.
    With --site it is a copy of what readers see: pages, feeds, maps, pictures and
    files, and a way on from every old address. What needs a server is not in that
    one: search answers nothing, nobody can sign up, and live stories stand as they
    are. A second copy into the same folder replaces the first.
    """
    if site and subscribers:
        raise Trouble("--subscribers is for the whole newsroom; a copy of the site never has them.")
    if url:
        os.environ["NUTGRAF_PUBLIC_URL"] = url
    data_folder.open_newsroom(folder)
    if site:
        _copy_site(into)
    else:
        newsroom_cli.write(into, with_subscribers=subscribers)


def _copy_site(into: Path) -> None:
    from django.conf import settings

    from nutgraf.config import files
    from nutgraf.config.site_copy import MARKER, SiteCopy

    if not settings.PUBLIC_URL:
        raise Trouble("Say with --url where the copy will be read: feeds and maps need whole addresses.")
    into = into.expanduser().absolute()
    data_folder.make_writable(into)
    if any(into.iterdir()) and not (into / MARKER).exists():
        raise Trouble(f"{into} holds something that is no copy of a site; choose an empty folder.")
    files.collect()
    with progress("Copying the site") as step:
        copy = SiteCopy(into, step)
        copy.make()
    console.print(f"{len(copy.written)} files are in {into}.", markup=False, soft_wrap=True)
    if copy.broken:
        console.print(f"{len(copy.broken)} addresses of the site lead nowhere:", markup=False)
        for address, page in sorted(copy.broken.items())[:SHOWN]:
            console.print(f"  {address}" + (f", on {page}" if page else ""), markup=False, soft_wrap=True)
