"""Where one paper ends and the next begins within a fax."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

FORMS = ("referral", "prior_auth")
FORM_LABELS = 4  # different labels that make a page a form
SAME_NAME = 75  # likeness, 0 to 100, of two readings of one last name


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What is known of one page before its paper is known: its role, and the patient it names."""

    role: str
    last_name: str
    birth_date: str
    labels: int
    first_name: str = ""

    @property
    def is_form(self) -> bool:
        """Whether it is a page that a paper can begin with."""
        return self.role in FORMS and self.labels >= FORM_LABELS


@dataclass(slots=True)
class Paper:
    """Pages (indexes from 0) that belong together; `main` is the form among them, if there is one."""

    pages: list[int] = field(default_factory=list)
    main: int | None = None


def papers_of(pages: Sequence[PageSummary]) -> list[Paper]:
    """Cut a fax into papers: a form that names another patient than the form before it begins a new one."""
    papers: list[Paper] = []
    for index, page in enumerate(pages):
        if not papers or _begins_another(page, papers[-1], pages):
            papers.append(Paper())
        papers[-1].pages.append(index)
        if page.is_form and papers[-1].main is None:
            papers[-1].main = index
    return papers


def _begins_another(page: PageSummary, paper: Paper, pages: Sequence[PageSummary]) -> bool:
    if not page.is_form or paper.main is None:
        return False
    before = pages[paper.main]
    if page.birth_date and page.birth_date == before.birth_date:
        return False
    if fuzz.ratio(page.last_name, before.last_name) < SAME_NAME:
        return True
    return _are_siblings(page, before)


def _are_siblings(page: PageSummary, before: PageSummary) -> bool:
    """One family name, but another first name and another birth date, both read on both pages."""
    told = page.first_name and before.first_name and page.birth_date and before.birth_date
    return bool(told) and fuzz.ratio(page.first_name, before.first_name) < SAME_NAME
