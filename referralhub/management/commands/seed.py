"""Fill a fresh installation with the demo: `manage.py seed --size demo`. For trying and developing only."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from referralhub.demo.seeding.planting import plant
from referralhub.demo.seeding.sign_ins import sign_ins

DEMO = "demo"
OTHERS = ("10k", "100k", "1m", "5m")


class Command(BaseCommand):
    help = "Make the demo's organizations, people and a year of referrals, and print who may sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=_size, default=DEMO, help="demo, the only size so far")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("Demo people share a published password. Set SANDBOX=true to try the demo.")
        if not plant():
            self.stderr.write("The demo data is there already.")
        self.stdout.write(sign_ins())


def _size(word: str) -> str:
    if word in OTHERS:
        raise ArgumentTypeError(f"the size {word} is for benchmarks and comes later; use {DEMO}")
    if word != DEMO:
        raise ArgumentTypeError(f"there is no size {word!r}; use {DEMO}")
    return word
