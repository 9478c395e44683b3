"""What kind of page it is, by the phrases on it, and what that makes of a whole paper."""

from collections.abc import Mapping

from intake.extraction.layout import Layout
from intake.extraction.text import plain
from intake.extraction.vocabulary import table

DOCUMENT_CLASSES = (
    "referral",
    "prior_auth",
    "consult_report",
    "lab_result",
    "records_request",
    "order",
    "confirmation",
    "junk",
    "blank",
)
WITH_FIELDS = ("referral", "prior_auth", "consult_report", "lab_result", "records_request", "order")
# How much a value counts that stands on a page of this role; the form itself counts most.
WEIGHT = {
    "referral": 1.0,
    "prior_auth": 1.0,
    "consult_report": 0.95,
    "records_request": 0.9,
    "order": 0.9,
    "lab": 0.6,
    "chart_note": 0.45,
    "cover": 0.3,
    "confirmation": 0.5,
    "junk": 0.2,
    "blank": 0.0,
}
CLASS_OF_ROLE = {"lab": "lab_result", "chart_note": "referral", "cover": "referral"}
UNSURE, EVEN = 0.02, 2.0  # how far phrases may overrule the network, and how little one phrase counts
STRIP = 0.035  # share of the page's height in which sending machines print
READABLE, FEWEST = 3, 3  # letters of a readable word; so many make a page more than blank
ASKS_NOTHING = 0.1
FEW_LAB_WORDS = 3  # a chart note mentions one or two results; a laboratory's page has many


def of_page(chances: Mapping[str, float], layout: Layout) -> str:
    """The likeliest role of a page; blank when it has no words but those of the sending machine."""
    words = [token.text for line in layout.lines if line.top > STRIP * layout.height for token in line.tokens]
    readable = sum(len(plain(word)) >= READABLE for word in words)
    if readable < FEWEST or not chances:
        return "blank"
    phrases = scores_of(f" {plain(layout.text)} ")
    return max(chances, key=lambda role: (chances[role] + UNSURE) * (EVEN + phrases.get(role, 0.0)))


def scores_of(words: str) -> Mapping[str, float]:
    """Role -> weight of the different phrases found; the order of the file settles a draw."""
    scores = {}
    for role, lists in table("pages").items():
        count = sum(f" {plain(phrase)}" in words for phrase in lists["phrases"])
        scores[role] = count * lists["weight"]
    if scores["lab"] < FEW_LAB_WORDS:
        scores["lab"] *= 0.4
    return scores


def document_class(roles: list[str], main: int | None, *, asks: float = 1.0) -> str:
    """The class of a paper from its pages' roles; `main` is the index of its form page, if it has one.

    `asks` is the best chance of one of its pages to be a request: office notes by themselves are a report.
    """
    if set(roles) == {"chart_note"} and asks < ASKS_NOTHING:
        return "consult_report"
    weights = {role: WEIGHT[role] + (2 if main is not None and roles[main] == role else 0) for role in roles}
    role = max(weights, key=lambda role: weights[role])
    return CLASS_OF_ROLE.get(role, role)
