"""Landlock (Linux 5.13, landlock(7)): from then on a process reads and writes only where it said."""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every machine
GIVE_VERSION = 1
PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
READING = EXECUTE | READ_FILE | READ_DIR
RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights over files each version knows
RIGHTS_LATER = 16
NETWORK_SINCE, SCOPES_SINCE = 4, 6
TCP = 0b11  # bind and connect
SCOPES = 0b11  # abstract sockets and signals stay among the confined


def restrict(kernel: ctypes.CDLL, *, readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Whether this kernel confined the process; needs "no new privileges" to be set before."""
    version = kernel.syscall(CREATE_RULESET, None, 0, GIVE_VERSION)
    if version < 1:
        return False
    rights = (1 << RIGHTS_OF_VERSION.get(version, RIGHTS_LATER)) - 1
    asked = struct.pack("=Q", rights)
    asked += struct.pack("=Q", TCP) if version >= NETWORK_SINCE else b""
    asked += struct.pack("=Q", SCOPES) if version >= SCOPES_SINCE else b""
    rules = kernel.syscall(CREATE_RULESET, asked, len(asked), 0)
    if rules < 0:
        return False
    for folder in readable:
        _allow(kernel, rules, folder, READING & rights)
    for folder in writable:
        _allow(kernel, rules, folder, rights)
    _allow(kernel, rules, Path(os.devnull), (READ_FILE | WRITE_FILE) & rights)
    confined = bool(kernel.syscall(RESTRICT_SELF, rules, 0) == 0)
    os.close(rules)
    return confined


def _allow(kernel: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        rights &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    kernel.syscall(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
    os.close(place)
