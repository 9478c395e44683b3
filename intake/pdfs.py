"""Opening a locked PDF with its password, in a child process with limits: the file is a stranger's."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SECONDS = 20
WRONG_PASSWORD, DAMAGED = 3, 4  # exit codes of the child


class WrongPassword(Exception):
    """The password does not open the file."""


class Damaged(Exception):
    """The file cannot be opened with any password."""


def unlocked(content: bytes, password: str) -> bytes:
    """The same PDF without its lock. Raises WrongPassword or Damaged. The password travels by a pipe only."""
    secret = password.encode()
    child = [sys.executable, "-m", "intake.pdf_child"]
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 (our own module, no shell)
            child,
            input=len(secret).to_bytes(4, "big") + secret + content,
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Damaged(
            "Opening this file took too long. Ask the sender for a copy without a password."
        ) from slow
    if done.returncode == WRONG_PASSWORD:
        raise WrongPassword("This password does not open the file.")
    if done.returncode != 0 or not done.stdout:
        raise Damaged("This file is damaged. Ask the sender for a copy without a password.")
    return done.stdout
