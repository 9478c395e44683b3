"""Turns files that appear in the watched folder into arrivals."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from intake.watching import Watch


class Command(BaseCommand):
    """manage.py watch_folder"""

    help = "Watch WATCHED_FOLDER: <slug>/file becomes an arrival of that organization."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=2.0, help="seconds between looks")
        parser.add_argument("--once", action="store_true", help="take what is there, then end")

    def handle(self, *args: Any, every: float, once: bool, **options: Any) -> None:
        folder = Path(settings.WATCHED_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        watch = Watch(folder, {})
        watch.look()
        if not once:
            self.stdout.write("Watching the folder.")
        while True:
            time.sleep(every)
            close_old_connections()
            taken = watch.look()
            if once:
                self.stdout.write(str(taken))
                return
