"""Where one paper ends and the next begins within a fax."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

FORMS = ("referral", "prior_auth")
FORM_FIELDS = 5  # different fields that make a page a form
SAME_NAME = 75  # likeness, 0 to 100, of two readings of one last name


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What is known of one page before its paper is known: its role, how many fields stand on it, the patient
    it names, and whether it looks like the first page of something."""

    role: str
    last_name: str
    birth_date: str
    fields: int
    first_name: str = ""
    starts: bool = True

    @property
    def is_form(self) -> bool:
        """Whether it is a page that a request can begin with."""
        return self.role in FORMS and self.fields >= FORM_FIELDS


@dataclass(slots=True)
class Paper:
    """Pages (indexes from 0) that belong together; `main` is the form among them, if there is one."""

    pages: list[int] = field(default_factory=list)
    main: int | None = None


def papers_of(pages: Sequence[PageSummary]) -> list[Paper]:
    """Cut a fax into papers: a first page that names another patient than those before begins a new one."""
    papers: list[Paper] = []
    for index, page in enumerate(pages):
        if not papers or _begins_another(page, papers[-1], pages):
            papers.append(Paper())
        papers[-1].pages.append(index)
        if page.is_form and papers[-1].main is None:
            papers[-1].main = index
    return papers


def _begins_another(page: PageSummary, paper: Paper, pages: Sequence[PageSummary]) -> bool:
    if page.is_form and paper.main is not None:
        return _is_another(page, pages[paper.main])
    known = next((pages[i] for i in paper.pages if pages[i].last_name and pages[i].birth_date), None)
    told = page.starts and page.last_name and page.birth_date and known is not None
    return (
        bool(told) and known is not None and page.birth_date != known.birth_date and _is_another(page, known)
    )


def _is_another(page: PageSummary, before: PageSummary) -> bool:
    """Another patient: not the same birth date, and another name."""
    if page.birth_date and page.birth_date == before.birth_date:
        return False
    if fuzz.ratio(page.last_name, before.last_name) < SAME_NAME:
        return True
    return _are_siblings(page, before)


def _are_siblings(page: PageSummary, before: PageSummary) -> bool:
    """One family name, but another first name and another birth date, both read on both pages."""
    told = page.first_name and before.first_name and page.birth_date and before.birth_date
    return bool(told) and fuzz.ratio(page.first_name, before.first_name) < SAME_NAME
