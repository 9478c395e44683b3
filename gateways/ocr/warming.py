"""The asking side of `gateways.ocr.warm`: one warm process a worker, started when first needed."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from gateways import GatewayUnavailable

PROJECT = Path(__file__).resolve().parent.parent.parent
PASSED_ON = ("PATH", "TESSDATA_PREFIX", "TMPDIR")
ENVIRONMENT = {  # one thread a process: Tesseract's own threads triple its CPU
    "OMP_THREAD_LIMIT": "1",
    "LANG": "C.UTF-8",
    "MALLOC_MMAP_THRESHOLD_": "100000000",  # glibc: pictures reuse memory instead of asking for each anew
    "MALLOC_TRIM_THRESHOLD_": "200000000",
    "PYTHONDONTWRITEBYTECODE": "1",
}
LONGEST_ANSWER = 4096
SLOWEST_ANSWER = 60  # seconds; loading everything on a busy machine takes one
MOST_CHILDREN = 500  # then a fresh warm process, with a memory layout of its own
NOT_STARTED = "The reading process could not be started. It is tried again."

Key = tuple[Any, ...]


class WarmProcess:
    """A warm process and the socket to it. Threads may ask at the same time."""

    def __init__(self, engine: str, environment: dict[str, str]) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(SLOWEST_ANSWER)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module, no shell, nothing of a sender in it
                [sys.executable, "-m", "gateways.ocr.warm", str(theirs.fileno()), engine],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # decoders may quote the file; nothing of it goes into a log
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._lock = threading.Lock()
        self._running = self._started = 0
        self.retired = False

    def start(self, order: dict[str, Any], pipes: tuple[int, int]) -> int:
        """Have a child forked that reads from the first pipe and writes to the second; its process number."""
        with self._lock:
            pid = self._ask(order, pipes)
            self._running += 1
            self._started += 1
            self.retired = self.retired or self._started >= MOST_CHILDREN
        return pid

    def end(self, pid: int) -> int | None:
        """End that child; its exit code (minus the signal that ended it), None when nobody knows."""
        with self._lock:
            self._running -= 1
            with suppress(OSError):
                return self._ask({"end": pid})
        return None

    def close_when_idle(self) -> None:
        """End the process if it is retired and no child of it runs."""
        with self._lock:
            idle = self.retired and not self._running
        if idle:
            self.close()

    def close(self) -> None:
        """End the process and whatever children it still has."""
        self._control.close()
        try:
            self._process.wait(SLOWEST_ANSWER)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, message: dict[str, Any], pipes: tuple[int, ...] = ()) -> int:
        socket.send_fds(self._control, [json.dumps(message).encode()], pipes)
        answer = self._control.recv(LONGEST_ANSWER)
        if not answer:
            raise ConnectionResetError
        return int(answer)


_processes: dict[Key, WarmProcess] = {}
_lock = threading.Lock()


def start_child(engine: str, order: dict[str, Any], pipes: tuple[int, int]) -> tuple[WarmProcess, int]:
    """A child for this order and the warm process that has it. Raises GatewayUnavailable."""
    for _ in range(2):  # the warm process may have been killed since it was last asked
        warm = _warm_process(engine)
        try:
            return warm, warm.start(order, pipes)
        except OSError:
            warm.retired = True
    raise GatewayUnavailable(NOT_STARTED)


def close_all() -> None:
    """End the warm processes that this process started."""
    with _lock:
        for key in [key for key in _processes if key[0] == os.getpid()]:
            _processes.pop(key).close()


def _warm_process(engine: str) -> WarmProcess:
    environment = ENVIRONMENT | {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    key = (os.getpid(), engine, *sorted(environment.items()))
    with _lock:
        warm = _processes.get(key)
        if warm is None or warm.retired:
            if warm:
                warm.close_when_idle()
            warm = _processes[key] = WarmProcess(engine, environment)
        return warm


atexit.register(close_all)
