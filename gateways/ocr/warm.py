"""A warm process that has loaded everything a reading needs and forks one fresh child for each file.

Loading libraries and trained data costs a third of a page's reading, and each file still gets a process of
its own. This process never sees a foreign byte: `gateways.ocr.warming` sends it the child's pipes and an
order, and it answers with the child's process number; asked to end a child, with how that child ended.
"""

import gc
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from typing import Any

from gateways import GatewayUnavailable
from gateways.ocr import child, pdfs  # noqa: F401  pdfs and reading are loaded here for every child to come
from gateways.ocr import reading as _reading  # noqa: F401
from gateways.ocr.confinement import end_with
from gateways.ocr.engines import Engine, engine

LONGEST_ORDER = 4096  # bytes
PIPES = 2  # the file comes in by the first, frames go out by the second


class Warm:
    """The children that run, and the folder of each."""

    def __init__(self, control: socket.socket, engine_name: str) -> None:
        self.control, self.engine_name = control, engine_name
        self.engine = _loaded(engine_name)
        self.folders: dict[int, str] = {}
        self.charged = 0.0

    def serve(self) -> None:
        """Start and end children as asked until the asking process is gone; then end all."""
        while True:
            message, pipes, _, _ = socket.recv_fds(self.control, LONGEST_ORDER, PIPES)
            if not message:
                break
            order = json.loads(message)
            answer = self._start(order, pipes) if pipes else self._end(order["end"])
            self.control.sendall(json.dumps(answer).encode())
        for pid in list(self.folders):
            self._end(pid)

    def _start(self, order: dict[str, Any], pipes: list[int]) -> int:
        folder = tempfile.mkdtemp(prefix="reading-")
        parent, before = os.getpid(), self._cpu_to_charge()
        pid = os.fork()
        if pid == 0:
            self._become_child(parent, pipes, child.Order(**order, folder=folder, seconds_before=before))
        for pipe in pipes:
            os.close(pipe)
        self.folders[pid] = folder
        return pid

    def _become_child(self, parent: int, pipes: list[int], order: child.Order) -> None:
        try:
            os.setsid()
            end_with(parent)
            self.control.close()
            for number, pipe in enumerate(pipes):
                os.dup2(pipe, number)
                os.close(pipe)
            child.run(order, self.engine, self.engine_name)
        finally:
            os._exit(0)  # whatever it is, it must not go on as the warm process

    def _end(self, pid: int) -> int:
        """End a child and what it started; how it ended, as `os.waitstatus_to_exitcode` says it."""
        folder = self.folders.pop(pid)
        ended, status = os.waitpid(pid, os.WNOHANG)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        if not ended:
            os.kill(pid, signal.SIGKILL)  # one that was forked a moment ago leads no group yet
            _, status = os.waitpid(pid, 0)
        shutil.rmtree(folder, ignore_errors=True)
        return os.waitstatus_to_exitcode(status)

    def _cpu_to_charge(self) -> float:
        """The CPU seconds of this process that no child was charged with yet."""
        used = time.process_time()
        charge, self.charged = used - self.charged, used
        return charge


def _loaded(name: str) -> Engine | None:
    """The engine, ready; None when it is not installed, as each child will say."""
    with suppress(GatewayUnavailable):
        return engine(name)
    return None


def main(arguments: list[str]) -> None:
    """Serve on the socket of this number; the second argument is the engine's name ("" for the best)."""
    warm = Warm(socket.socket(fileno=int(arguments[0])), arguments[1])
    gc.freeze()  # what is loaded stays shared with the children
    warm.serve()


if __name__ == "__main__":
    main(sys.argv[1:])
