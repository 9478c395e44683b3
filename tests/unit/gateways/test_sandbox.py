"""What sandboxes keep survives many writers, killed writers and a change of mind."""

import time
from multiprocessing import get_context

import pytest
from django.conf import settings as django_settings

from gateways import sandbox


def test_records_come_back_newest_first():
    for body in ("first", "second"):
        sandbox.keep("sms", {"body": body})
    assert [record["body"] for record in sandbox.kept("sms")] == ["second", "first"]


def test_a_record_tells_when_it_was_kept():
    sandbox.keep("sms", {"body": "Hello"})
    assert sandbox.kept("sms")[0]["at"].endswith("+00:00")


def test_kinds_do_not_mix():
    sandbox.keep("sms", {"body": "Hello"})
    assert sandbox.kept("email") == []


def test_only_as_many_as_asked_for():
    for number in range(5):
        sandbox.keep("sms", {"number": number})
    assert [record["number"] for record in sandbox.kept("sms", limit=2)] == [4, 3]


def test_a_key_used_before_gives_the_first_record_and_keeps_nothing():
    first = sandbox.keep("sms", {"body": "Hello"}, idempotency_key="message:1")
    assert sandbox.keep("sms", {"body": "Again"}, idempotency_key="message:1") == first
    assert [record["body"] for record in sandbox.kept("sms")] == ["Hello"]


def test_a_key_inside_another_key_or_text_is_not_that_key():
    sandbox.keep("sms", {"body": 'says "message:1"'}, idempotency_key="message:11")
    assert sandbox.find("sms", "message:1") is None


def test_records_without_a_key_are_all_kept():
    sandbox.keep("sms", {})
    sandbox.keep("sms", {})
    assert len(sandbox.kept("sms")) == 2


def test_a_mark_changes_the_record():
    record = sandbox.keep("fax", {"state": "queued"})
    sandbox.mark("fax", record, state="delivered")
    assert sandbox.one("fax", record)["state"] == "delivered"


def test_a_marked_record_is_still_found_by_its_key():
    record = sandbox.keep("fax", {"state": "queued"}, idempotency_key="fax:1")
    sandbox.mark("fax", record, note="fax:1")
    assert sandbox.find("fax", "fax:1") == record


def test_many_processes_write_at_once_and_each_key_is_kept_once():
    with get_context("fork").Pool(4) as pool:
        pool.map(keep_twenty, [str(django_settings.SANDBOX_DIR)] * 4, chunksize=1)
    kept = sandbox.kept("sms", limit=1000)
    assert len(kept) == 10 + 4 * 10
    assert len({record["id"] for record in kept}) == len(kept)


def keep_twenty(folder):
    django_settings.SANDBOX_DIR = folder
    look = sandbox.find
    # Time for another process to come between the look and the write, if it can.
    sandbox.find = lambda *asked: (look(*asked), time.sleep(0.005))[0]
    for number in range(10):
        sandbox.keep("sms", {"body": "x" * 3000}, idempotency_key=f"shared:{number}")
        sandbox.keep("sms", {"body": "y" * 3000})


def test_a_line_torn_by_a_killed_writer_spoils_no_other():
    sandbox.keep("sms", {"body": "before"})
    with (sandbox.folder() / "sms.jsonl").open("a") as lines:
        lines.write('{"id": "torn", "bo')
    sandbox.keep("sms", {"body": "after"})
    assert [record["body"] for record in sandbox.kept("sms")] == ["after", "before"]


def test_a_kept_file_is_found_by_its_name():
    name = sandbox.keep_file(b"%PDF-1.7", suffix=".pdf")
    assert sandbox.file_path(name).read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize("name", ["../sms.jsonl", "/etc/passwd", "", "a" * 32 + ".pdf"])
def test_no_other_file_is_given_out(name):
    sandbox.keep("sms", {})
    with pytest.raises(FileNotFoundError):
        sandbox.file_path(name)


def test_a_choice_holds_until_changed():
    assert sandbox.setting("payer", "follow-the-magic") == "follow-the-magic"
    sandbox.choose("payer", "timeout")
    assert sandbox.setting("payer") == "timeout"


def test_clear_forgets_records_files_and_choices():
    sandbox.keep("sms", {})
    name = sandbox.keep_file(b"x", suffix=".pdf")
    sandbox.choose("payer", "timeout")
    sandbox.clear()
    assert (sandbox.kept("sms"), sandbox.setting("payer")) == ([], "")
    with pytest.raises(FileNotFoundError):
        sandbox.file_path(name)
