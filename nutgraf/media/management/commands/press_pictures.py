"""Press the renditions of pictures ahead, so that the first reader of each need not wait for it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.progress import track

from nutgraf.media import actions
from nutgraf.media.models import Picture


class Command(BaseCommand):
    help = "Make the renditions of the newest pictures (or of all) before anybody asks for them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--newest", type=int, metavar="N", help="Only the N pictures that came last.")

    def handle(self, *args: Any, newest: int | None, **options: Any) -> None:
        pictures = list(Picture.objects.order_by("-created_at")[:newest])
        lost = []
        for picture in track(pictures, "Pressing", disable=options["verbosity"] == 0):
            try:
                actions.press(picture=picture)
            except OSError:
                lost.append(picture.title)
        self.stdout.write(f"{len(pictures) - len(lost)} pictures pressed.")
        for title in lost:
            self.stderr.write(f"“{title}” has lost its original: upload it again.")
