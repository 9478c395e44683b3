"""What the kernel takes from a reading process before it sees a foreign byte: the network and the disk.

Linux only, through its own calls, as no maintained package on PyPI offers them: seccomp (no sockets, no
looking into other processes) and Landlock (reads its programs and trained data, writes into its own folder).
Neither needs root, and a container's usual profile allows both. Where the kernel has neither, the limits of
`gateways.ocr.limits` still hold, and the parent says so in its log.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from gateways.ocr import landlock

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38  # linux/prctl.h
SECCOMP_MODE_FILTER = 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM  # linux/seccomp.h
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
CALL_AT, MACHINE_AT = 0, 4  # struct seccomp_data
OTHER_TABLE = 0x40000000  # x86-64's second table of calls, which would pass the numbers below
# socket, connect, socketpair, io_uring_setup, ptrace, process_vm_readv, process_vm_writev, bpf, keyctl,
# mount, unshare, setns
REFUSED_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 53, 425, 101, 310, 311, 321, 250, 165, 272, 308)),
    "aarch64": (0xC00000B7, (198, 203, 199, 425, 117, 270, 271, 280, 219, 40, 97, 268)),
}
READABLE = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/fonts",
    "/opt",
    "/nix",
    "/dev/urandom",
    "/dev/null",
)

OUR_OWN = Path(__file__).resolve().parent.parent


def confine(own_folder: Path, data_folders: Iterable[Path]) -> dict[str, bool]:
    """Give up the network and the disk for good; says what this kernel could take away."""
    if sys.platform != "linux":
        return {"network": False, "files": False}
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    programs = [Path(named) for named in (sys.prefix, sys.base_prefix, *READABLE)]
    files = landlock.restrict(kernel, readable=[*programs, OUR_OWN, *data_folders], writable=[own_folder])
    return {"network": _refuse_calls(kernel), "files": files}


def end_with(parent: int) -> None:
    """Have the kernel end this process when its parent, the process of that number, ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel was told
        os._exit(1)


class Program(ctypes.Structure):
    """A filter of calls: struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _refuse_calls(kernel: ctypes.CDLL) -> bool:
    known = REFUSED_CALLS.get(platform.machine())
    if known is None:
        return False
    instructions = _filter(*known)
    program = Program(len(instructions) // 8, instructions)
    return bool(kernel.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter(machine: int, calls: tuple[int, ...]) -> bytes:
    """Each jump says how many instructions to skip if so, and if not; the last instruction refuses."""
    steps = [(LOAD, 0, 0, MACHINE_AT), (EQUAL, 0, len(calls) + 3, machine), (LOAD, 0, 0, CALL_AT)]
    steps.append((AT_LEAST, len(calls) + 1, 0, OTHER_TABLE))
    steps += [(EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
