"""Five hundred pages are read in the memory of fifty."""

from pathlib import Path

import pytest

from gateways.ocr.children import Child
from gateways.ocr.limits import Limits
from tests.unit.gateways_ocr.paper import LINES, as_tiff, drawn

SETTLED = 50  # pages


def resident(pid):
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("needs /proc to look into the process")
    told = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(told[0]) if told else 0  # none once it has ended


@pytest.mark.long
@pytest.mark.timeout(900)
def test_memory_stays_flat_over_five_hundred_pages():
    pages, seen = [drawn(LINES[:count]) for count in (1, 2, 3)], []
    with Child(Limits(), "") as child:
        child.feed(as_tiff(*[pages[number % 3] for number in range(500)]))
        for header, _ in child.frames():
            if header["event"] == "page":
                seen.append(resident(child.pid))
    assert len(seen) == 500
    assert max(seen) < 1.1 * max(seen[:SETTLED])
