"""Train the fax reader from nothing: a development command that writes the weights and their record."""

import importlib.util
import json
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.management.commands.read_faxes import read_pages

if TYPE_CHECKING:
    from intake.training.faxes import KnownFax

NEEDED = ("torch", "onnx", "faker")
HOW_TO_GET = (
    'Training needs {}. Install the extra of this project that has them: pip install -e ".[training]"'
)
SEED, DRAWN, FAR, MADE_UP = 1, 170, 80, 500
DRAWN_SEED = 4242


class Command(BaseCommand):
    """`train_reader [--score DIR ...]`: about an hour on two cores, by the recipe of the shipped weights."""

    help = "Train the fax reader and write its weights and their record."
    requires_system_checks = []  # no database is asked

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long, and which sets to put into the record."""
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument(
            "--steps", type=int, help="one run of so many steps of 16 made-up pages, not the whole recipe"
        )
        parser.add_argument("--drawn", type=int, default=DRAWN, help="drawn and OCR-read faxes")
        parser.add_argument(
            "--made-up", type=int, default=MADE_UP, help="made-up papers for scorer and confidence"
        )
        parser.add_argument(
            "--score", type=Path, nargs="*", default=[], help="folders of faxes with truth.jsonl"
        )
        parser.add_argument("--go-on", action="store_true", help="begin with what the last run left in .dev")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tagger, scorer, confidence, record."""
        if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
            raise CommandError(HOW_TO_GET.format(", ".join(missing)))
        from intake.training import run

        checkpoint = Path(settings.BASE_DIR) / ".dev" / "reader" / "network.pt"
        if options["go_on"] and not checkpoint.exists():
            raise CommandError("No earlier run left its network in .dev/reader. Leave out --go-on.")
        one = (run.Stretch(options["seed"], options["steps"]),) if options["steps"] else run.RECIPE
        facts = run.tagger(one, self.stdout.write, checkpoint, go_on=options["go_on"])
        with TemporaryDirectory() as first, TemporaryDirectory() as second:
            self.stdout.write("Drawing and reading faxes")
            near, far = (
                drawn_faxes(Path(first), options["drawn"], "all"),
                drawn_faxes(Path(second), FAR, "held-out"),
            )
            run.scorer_and_confidence(near, far, options["made_up"], options["seed"])
            others = {folder.name: known_faxes(folder) for folder in options["score"]}
            facts["scores"] = run.scores(near, far, others)
        run.finish({**facts, "made_on": f"{timezone.localdate()}"})
        self.stdout.write(json.dumps({name: score["f1"] for name, score in facts["scores"].items()}))


def drawn_faxes(folder: Path, count: int, of: str) -> "list[KnownFax]":
    """Faxes of a set of the project's own generator, drawn, sent and read by the real pipeline."""
    from benchmarks.faxes.command import main as draw

    if draw(["--out", str(folder), "--n", str(count), "--seed", str(DRAWN_SEED), "--set", of]):
        raise CommandError("The faxes could not be drawn: see above.")
    return known_faxes(folder)


def known_faxes(folder: Path) -> "list[KnownFax]":
    """The faxes of a folder with their truth, read."""
    from intake.training.faxes import drawn

    read: dict[str, Any] = {
        path.name: read_pages(path)[0] for path in sorted(folder.iterdir()) if path.suffix in (".pdf", ".tif")
    }
    return list(drawn(folder / "truth.jsonl", read))
