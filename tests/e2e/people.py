"""A person before a screen: what they open, what they see, and what the machine noticed meanwhile."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.e2e.site import Site

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
EXPECTED_STATUSES = ("status of 410", "status of 404", "status of 403", "status of 409", "status of 422")


class Person:
    """One browser context: its own cookies, width and color scheme."""

    def __init__(self, site: Site, browser: Browser, *, width: int = 1440, **options: Any) -> None:
        self.site = site
        height = {1440: 900, 390: 844}.get(width, 800)
        self.context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": height}, **options
        )
        self.page: Page = self.context.new_page()
        self.width = width
        self.troubles: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(s in message.text for s in EXPECTED_STATUSES):
            self.troubles.append(f"{message.type}: {message.text}")

    def sign_in(self, email: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("Work email").fill(email)
        self.page.get_by_label("Password").fill(self.site.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url("**/o/**")

    def open(self, address: str) -> None:
        self.page.goto(address)

    def sees(self, text: str) -> None:
        """The words are on the page, visibly."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def looks(self) -> None:
        """Nothing is wrong with this page: no violation, no console error, nothing wider than the screen."""
        violations = Axe().run(self.page, options=AXE).response["violations"]
        found = [f"{v['id']}: {v['help']} ({[n['target'] for n in v['nodes']][:3]})" for v in violations]
        assert found == [], f"{self.page.url}: {found}"
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px wider than {self.width}"
        assert self.troubles == [], f"{self.page.url}: {self.troubles}"

    def leave(self) -> None:
        self.context.close()
