"""A private stage for the whole session of fault tests, and a way to run Python inside it."""

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.stage import ROOT, Stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """PostgreSQL and Redis of our own, with tables; nothing else runs yet."""
    own = Stage(tmp_path_factory.mktemp("stage"))
    own.start_postgres()
    own.start_redis()
    own.prepare()
    yield own
    own.close()


@pytest.fixture(scope="session")
def ask(stage: Stage) -> Callable[[str], Any]:
    """Run a few lines of Python against the stage's database; `answer` is returned."""

    def run(lines: str) -> Any:
        program = (
            "import django, json; django.setup()\n" + textwrap.dedent(lines) + "\nprint(json.dumps(answer))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**stage.environment, "DJANGO_SETTINGS_MODULE": "referralhub.settings"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    return run
