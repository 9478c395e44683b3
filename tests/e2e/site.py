"""The whole application as `./dev run` starts it, on servers of its own, with the demo data."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from tests.faults.stage import ROOT, Stage

SIGN_IN_TIMEOUT = 15_000


class Site(Stage):
    """A stage with web server, worker and beat running."""

    def open(self) -> None:
        self.start_postgres()
        self.start_redis()
        self.prepare()
        (self.folder / "static").mkdir(exist_ok=True)
        self.manage("build_icons")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        seeded = subprocess.run(
            [sys.executable, "manage.py", "seed", "--size", "demo"], cwd=ROOT, env=self.environment,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        self.sign_ins = seeded.stdout
        self.start_worker()
        self.start_beat()
        self.start_web()

    @property
    def environment(self) -> dict[str, str]:
        return {
            **super().environment,
            "PUBLIC_URL": self.url,
            "PORT": str(self.web_port),
            "STATIC_ROOT": str(self.folder / "static"),
            "DJANGO_SETTINGS_MODULE": "referralhub.settings",
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def password(self) -> str:
        """The demo's one password, from what the seed command printed."""
        line = next(line for line in self.sign_ins.splitlines() if "assword" in line)
        return line.split()[-1]

    def ask(self, lines: str) -> Any:
        """Run a few lines of Python against the site's database; `answer` is returned."""
        program = (
            "import django, json; django.setup()\n" + textwrap.dedent(lines) + "\nprint(json.dumps(answer))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    def receive_fax(self, file: Path, *, sender: str = "+12175550142") -> str:
        """As if a vendor delivered it; the arrival's id."""
        done = subprocess.run(
            [sys.executable, "manage.py", "receive_fax", str(file), "--to", "lakeside", "--from", sender],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.split()[-1]

    def kept(self, kind: str) -> list[dict[str, Any]]:
        """What the sandbox of a partner keeps, newest first."""
        found: list[dict[str, Any]] = self.ask(f"""
            from gateways import sandbox
            answer = sandbox.kept("{kind}")
        """)
        return found
