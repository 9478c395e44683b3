"""The watched folder: whole files become arrivals once, whatever is killed when."""

import os

import pytest

from intake import watching
from intake.models import Arrival
from intake.watching import Watch
from organizations.scope import organization_scope
from tests.integration.intake_scenes import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(lakeside, settings):
    place = settings.WATCHED_FOLDER / "lakeside"
    place.mkdir(parents=True)
    return place


@pytest.fixture
def watch(settings, folder):
    return Watch(settings.WATCHED_FOLDER, {})


def arrivals(lakeside):
    with organization_scope(lakeside.pk):
        return list(Arrival.objects.order_by("received_at"))


def test_a_file_is_taken_when_it_has_stopped_growing(folder, watch, lakeside):
    scan = folder / "scan.pdf"
    scan.write_bytes(pdf())
    assert watch.look() == 0
    scan.write_bytes(pdf() + b"more")
    assert watch.look() == 0
    assert watch.look() == 1
    [arrival] = arrivals(lakeside)
    assert (arrival.source, arrival.file_name, arrival.state) == ("folder", "scan.pdf", "received")
    assert [p.name[-8:] for p in (folder / ".taken").iterdir()] == ["scan.pdf"]


def test_a_kill_between_commit_and_move_loses_nothing_and_doubles_nothing(
    folder, watch, lakeside, monkeypatch
):
    (folder / "scan.pdf").write_bytes(pdf())
    monkeypatch.setattr(watching, "move_aside", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    watch.look()
    with pytest.raises(KeyboardInterrupt):
        watch.look()
    monkeypatch.undo()
    after = Watch(watch.folder, {})
    after.look()
    after.look()
    assert len(arrivals(lakeside)) == 1
    assert not (folder / "scan.pdf").exists()


def test_the_same_paper_scanned_again_is_an_arrival_of_its_own(folder, watch, lakeside):
    content = pdf()
    for moment in (1_700_000_000, 1_700_000_500):
        (folder / "scan.pdf").write_bytes(content)
        os.utime(folder / "scan.pdf", (moment, moment))
        watch.look()
        watch.look()
    assert [a.state for a in arrivals(lakeside)] == ["received", "duplicate"]


def test_a_folder_of_nobody_is_set_aside(watch, settings, lakeside):
    stray = settings.WATCHED_FOLDER / "nobody"
    stray.mkdir()
    (stray / "scan.pdf").write_bytes(pdf())
    (settings.WATCHED_FOLDER / "loose.pdf").write_bytes(pdf())
    watch.look()
    assert watch.look() == 0
    assert sorted(p.name[-8:] for p in (settings.WATCHED_FOLDER / ".unknown").iterdir()) == [
        "oose.pdf",
        "scan.pdf",
    ]
    assert arrivals(lakeside) == []


def test_hidden_unfinished_and_linked_files_are_left_alone(folder, watch, lakeside, tmp_path):
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(pdf())
    (folder / "link.pdf").symlink_to(secret)
    for name in (".hidden.pdf", "scan.pdf.part"):
        (folder / name).write_bytes(pdf())
    watch.look()
    assert watch.look() == 0
    assert arrivals(lakeside) == []


def test_a_file_that_cannot_be_stored_stays_and_is_tried_again(folder, watch, lakeside, monkeypatch):
    (folder / "scan.pdf").write_bytes(pdf())
    monkeypatch.setattr("intake.actions.arriving.receive", lambda *_, **__: 1 / 0)
    watch.look()
    assert watch.look() == 0
    monkeypatch.undo()
    assert watch.look() == 1
