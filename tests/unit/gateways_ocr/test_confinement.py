"""A reading process has no network and no disk, where the kernel can take them away."""

import subprocess
import sys

import pytest

from gateways.ocr import children
from gateways.ocr.limits import Limits
from tests.unit.gateways_ocr.paper import as_tiff, drawn

PROGRAM = """
import os, socket, subprocess, sys
from pathlib import Path
from gateways.ocr.confinement import confine
print(confine(Path(sys.argv[1]), []))
def says(name, act):
    try:
        act()
    except OSError as error:
        print(name, type(error).__name__)
    else:
        print(name, "allowed")
says("socket", lambda: socket.socket())
says("local socket", lambda: socket.socketpair())
says("secret", lambda: Path(sys.argv[2]).read_text())
says("elsewhere", lambda: Path(sys.argv[2]).write_text("x"))
says("own folder", lambda: Path(sys.argv[1], "page.ppm").write_text("x"))
says("parent", lambda: os.kill(os.getppid(), 0))
"""


@pytest.fixture
def heard(tmp_path):
    """What a confined program could do."""
    own, secret = tmp_path / "own", tmp_path / "secrets.env"
    own.mkdir()
    secret.write_text("SECRET_KEY=1")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, own, secret], capture_output=True, text=True, check=False
    )
    taken, *lines = done.stdout.splitlines()
    return taken, dict(line.rsplit(" ", 1) for line in lines)


def test_a_confined_process_opens_no_socket(heard):
    taken, found = heard
    if "'network': True" not in taken:
        pytest.skip("this kernel has no seccomp filters, or they are not known for this machine")
    assert (found["socket"], found["local socket"]) == ("PermissionError", "PermissionError")


def test_nor_does_a_program_that_it_starts():
    code = "import sys; from pathlib import Path; from gateways.ocr.confinement import confine; import subprocess;"
    code += "print(confine(Path('/tmp'), [])['network']); sys.stdout.flush();"
    code += "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if "True" not in done.stdout:
        pytest.skip("this kernel has no seccomp filters, or they are not known for this machine")
    assert "PermissionError" in done.stderr


def test_a_confined_process_reads_and_writes_only_in_its_own_folder(heard):
    taken, found = heard
    if "'files': True" not in taken:
        pytest.skip("this kernel has no Landlock")
    assert (found["secret"], found["elsewhere"]) == ("PermissionError", "PermissionError")
    assert found["own folder"] == "allowed"


def test_what_the_kernel_cannot_take_away_is_logged_once(caplog):
    children.say_what_is_open.cache_clear()
    children.say_what_is_open(False, True)
    children.say_what_is_open(False, True)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "network" in caplog.text


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with children.Child(Limits(), "pytesseract") as child:
        child.feed(as_tiff(drawn()))
        assert [header["event"] for header, _ in child.frames()] == ["starting", "page"]
        assert len(list(tmp_path.iterdir())) == 1
    assert not list(tmp_path.iterdir())
