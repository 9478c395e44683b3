"""A real browser before the real application."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.people import Person
from tests.e2e.site import Site

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(420))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="needs Chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application with its demo data, for all browser tests of the session."""
    whole = Site(tmp_path_factory.mktemp("site"))
    whole.open()
    yield whole
    whole.close()


@pytest.fixture
def person(site: Site, browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Somebody with a browser of their own: `person("frontdesk@lakeside.example", width=390)`."""
    people: list[Person] = []

    def come(email: str = "", *, width: int = 1440, **options: Any) -> Person:
        people.append(Person(site, browser, width=width, **options))
        if email:
            people[-1].sign_in(email)
        return people[-1]

    yield come
    for number, one in enumerate(people):
        one.page.screenshot(path=tmp_path / f"last-seen-{number}.png")
        one.leave()
