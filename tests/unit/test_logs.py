"""What reaches a log line."""

import logging
import sys

import structlog

from organizations.logs import PlacesOnlyFormatter


def formatted_failure(words: str) -> str:
    try:
        raise ValueError(words)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "job failed", None, sys.exc_info())
        return PlacesOnlyFormatter("%(message)s").format(record)


def test_a_logged_exception_keeps_its_places_and_loses_its_words():
    line = formatted_failure("ZZCANARY Maria Delgado")
    assert "ZZCANARY" not in line
    assert "formatted_failure" in line and "ValueError" in line


def test_a_key_that_is_not_on_the_list_never_reaches_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        structlog.get_logger("x").warning("happened", patient="ZZCANARY", job="j-1")
    assert "ZZCANARY" not in caplog.text
    assert "j-1" in caplog.text
