"""A reader that loops or is killed costs at most the words of one page, and never another fax."""

import os
import signal
import time

import pytest

from gateways.ocr import OcrTrouble, PagesUnread, ReaderDied, warming
from gateways.ocr import children as ocr_children
from gateways.ocr import local as ocr_local
from gateways.ocr.limits import Limits
from gateways.ocr.local import LocalOcr
from tests.unit.gateways_ocr.paper import LINES, as_tiff, drawn

CROWDED = drawn(LINES * 14, size=(1728, 6600), height=26)
for column in (600, 1100):
    CROWDED.paste(CROWDED.crop((140, 0, 600, 6600)), (column, 0))


@pytest.fixture
def running(monkeypatch):
    """The process number of the child that reads."""
    pids = []

    class Watched(ocr_children.Child):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            pids.append(self.pid)

    monkeypatch.setattr(ocr_local, "Child", Watched)
    return pids


def read(content, killed=(), running=(), **limits):
    """What was read, how it ended, and each page that was begun; each number in `killed` ends a child once."""
    pages, begun, waiting = [], [], list(killed)

    def kill(number, total):
        begun.append(number)
        if number in waiting:
            waiting.remove(number)
            os.kill(running[-1], signal.SIGKILL)

    try:
        pages.extend(LocalOcr(limits=Limits(**limits)).read(content, media_type="", on_page=kill))
    except OcrTrouble as trouble:
        return pages, trouble, begun
    return pages, None, begun


def words_of(pages):
    return [bool(page.words) for page in pages]


def test_a_page_on_which_the_reader_loops_is_kept_as_a_picture_and_the_others_are_read():
    pages, trouble, _ = read(as_tiff(drawn(), CROWDED, drawn()), cpu_seconds_a_page=1)
    assert words_of(pages) == [True, False, True]
    assert pages[1].image.startswith(b"\x89PNG")
    assert str(trouble) == "Page 2 took too long to read. Type it from its picture."


def test_a_killed_reader_is_followed_by_another_that_goes_on_at_the_same_page(running):
    pages, trouble, begun = read(as_tiff(drawn(), drawn(), drawn()), [2], running)
    assert (words_of(pages), trouble, begun) == ([True] * 3, None, [1, 2, 2, 3])


def test_a_page_that_ends_every_reader_is_kept_as_a_picture(running):
    pages, trouble, _ = read(as_tiff(drawn(), drawn(), drawn()), [2, 2], running)
    assert (words_of(pages), type(trouble)) == ([True, False, True], PagesUnread)


def test_a_page_that_cannot_even_be_opened_ends_the_reading_after_three_readers(running):
    pages, trouble, begun = read(as_tiff(drawn(), drawn()), [2] * 9, running)
    assert (words_of(pages), begun) == ([True], [1, 2, 2, 2])
    assert isinstance(trouble, ReaderDied)


def test_a_file_made_of_such_pages_is_given_up_after_three(running):
    pages, trouble, _ = read(as_tiff(*[drawn()] * 5), [1, 1, 2, 2, 3, 3, 4, 4], running)
    assert words_of(pages) == [False] * 3
    assert isinstance(trouble, ReaderDied)


def test_pages_are_named_as_people_list_them():
    assert str(PagesUnread.of([2, 5, 9])).startswith("Pages 2, 5 and 9 took too long")


def test_a_reader_that_is_ended_before_it_has_begun_ends_at_once():
    begun = time.monotonic()
    for _ in range(10):
        with ocr_children.Child(Limits(), engine=""):
            pass
    assert time.monotonic() - begun < 20  # it was a minute for each


def test_a_killed_warm_process_is_started_again():
    read(as_tiff(drawn()))
    (warm,) = [warm for key, warm in warming._processes.items() if not warm.retired and key[1] == ""]
    os.kill(warm._process.pid, signal.SIGKILL)
    pages, trouble, _ = read(as_tiff(drawn()))
    assert (words_of(pages), trouble) == ([True], None)


def test_a_warm_process_is_replaced_after_many_children(monkeypatch):
    monkeypatch.setattr(warming, "MOST_CHILDREN", 1)
    monkeypatch.setattr(warming, "_processes", {})
    read(as_tiff(drawn()))
    (first,) = warming._processes.values()
    read(as_tiff(drawn()))
    assert first._process.returncode is not None
    warming.close_all()


def test_two_faxes_at_a_time_do_not_disturb_each_other(running):
    long = LocalOcr().read(as_tiff(drawn(), drawn(), drawn()), media_type="")
    next(long)
    read(as_tiff(drawn()), [1, 1, 1], running)
    assert [page.number for page in long] == [2, 3]
