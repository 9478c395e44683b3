"""The watched folder: `<folder>/<slug>/file` becomes an arrival of that organization.

A file is taken once it has stopped growing, and moved to `<slug>/.taken/` after the arrival is committed. A
kill between the two is harmless: the file is found again, and its mark (name, time and content) names the
arrival that is already there. The folder is polled: scanners write to network shares, which send no events.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

import structlog
from django.utils import timezone

from intake.actions import arriving
from organizations.models import Organization
from organizations.scope import organization_scope

log = structlog.get_logger(__name__)

TAKEN, UNKNOWN = ".taken", ".unknown"
STAMP, STAMP_LENGTH = "%Y%m%d-%H%M%S-%f", 22  # UTC
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload")
Seen = dict[Path, tuple[int, int]]  # size in bytes and time of change (ns) when last looked at


@dataclass
class Watch:
    """What the last look saw: a file that has not changed since is whole."""

    folder: Path
    seen: Seen

    def look(self) -> int:
        """Take every file that has stopped growing; the number taken."""
        found = {path: shape for path in files_in(self.folder) if (shape := shape_of(path)) is not None}
        settled = [path for path, shape in found.items() if self.seen.get(path) == shape]
        self.seen = found
        return sum(take(path, self.folder) for path in settled)


def files_in(folder: Path) -> Iterator[Path]:
    """Files that a person or a scanner put there: none hidden, none that says it is unfinished."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not any(part.startswith(".") for part in inside) and not path.name.endswith(UNFINISHED):
            yield path


def shape_of(path: Path) -> tuple[int, int] | None:
    """Size and time of change of a plain file; None for folders, links and what has gone."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if S_ISREG(status.st_mode) else None


def take(path: Path, folder: Path) -> bool:
    """Make an arrival of one file, then move the file aside. A file that fails stays and is tried again."""
    slug, *rest = path.relative_to(folder).parts
    organization = Organization.objects.filter(slug=slug).first() if rest else None
    try:
        if organization is None:
            log.warning("file for no organization", reason="Put it into the folder of an organization.")
            move_aside(path, folder / UNKNOWN)
            return False
        with organization_scope(organization.pk, actor="command:watch_folder"), path.open("rb") as file:
            mark = mark_of(path)
            arrival = arriving.receive(file, source="folder", file_name=path.name, vendor_id=mark)
        move_aside(path, folder / slug / TAKEN)
    except Exception as trouble:
        log.exception("file not taken", code=type(trouble).__name__)
        return False
    log.info("file taken", organization=slug, arrival=str(arrival.pk))
    return True


def taken(folder: Path) -> Iterator[tuple[datetime, str]]:
    """When each file was moved aside, and its mark from before; nothing where the folder cannot be seen."""
    for path in sorted((folder / TAKEN).glob("*")):
        stamp, name = path.name[:STAMP_LENGTH], path.name[STAMP_LENGTH + 1 :]
        with suppress(OSError, ValueError):
            yield datetime.strptime(stamp, STAMP).replace(tzinfo=UTC), mark_of(path, name)


def left_lying(folder: Path, *, since: datetime) -> Iterator[str]:
    """The marks of files that were put there before then and are still there."""
    for path in files_in(folder):
        with suppress(OSError):
            if shape_of(path) is not None and path.lstat().st_ctime < since.timestamp():
                yield mark_of(path)


def mark_of(path: Path, name: str = "") -> str:
    """What makes this file this one: the same paper scanned again is another arrival (a duplicate).

    `name` is what it was called before it was moved aside.
    """
    mark = hashlib.sha256(f"{name or path.name}|{path.stat().st_mtime_ns}|".encode())
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            mark.update(piece)
    return mark.hexdigest()


def move_aside(path: Path, to: Path, now: datetime | None = None) -> None:
    """Move the file to a folder beside, under a name that nothing there has."""
    to.mkdir(parents=True, exist_ok=True)
    stamp = f"{now or timezone.now():{STAMP}}"
    path.rename(to / f"{stamp}-{path.name}")
