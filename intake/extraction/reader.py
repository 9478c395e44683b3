"""The whole reading of one fax."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake import segmentation
from intake.extraction import assignment, bidding, confidence, dates, labels, layout, roles, tagging
from intake.extraction.assignment import Award
from intake.extraction.bidding import Bid
from intake.extraction.layout import Layout
from intake.extraction.shapes import Extraction, PageText, ReadDocument, ReadField
from intake.extraction.text import squashed

FAR_OFF = date(2068, 12, 31)  # the year from which POSIX takes two digits for the last century
LIKELY = 0.5
LEAST_TO_TELL = 0.4  # score from which a name or birth date tells one patient from another


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page with its bids, before its paper is known."""

    number: int
    role: str
    starts: float  # probability that a paper begins with it
    asks: float  # probability that it is a request
    fields: int  # how many fields likely stand on it
    print_quality: float
    bids: tuple[Bid, ...]


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """One paper with the winner of every role, before their confidence; print quality is by page number."""

    doc_class: str
    first_page: int
    last_page: int
    awards: tuple[Award, ...]
    print_quality: Mapping[int, float]

    @property
    def company(self) -> float:
        """The mean score of its values."""
        return sum(award.bids[0].score for award in self.awards) / max(1, len(self.awards))


def extract(
    pages: Sequence[PageText], *, today: date | None = None, taught: Mapping[str, str] | None = None
) -> Extraction:
    """Read the documents and fields of a fax. Without `today`, the latest full date on it stands for that.

    `taught` is what corrections of this sender's faxes taught: label wording (see `wording_near`) -> field.
    """
    layouts = [layout.of(page) for page in pages]
    on = today or _latest_date(layouts)
    seen = [see(page, laid_out, on, taught or {}) for page, laid_out in zip(pages, layouts, strict=True)]
    documents = tuple(_document(paper) for paper in papers_of(seen))
    return Extraction(documents, tuple(page.role for page in seen))


def papers_of(seen: Sequence[SeenPage]) -> list[ReadPaper]:
    """The papers of a fax, each with the winner of every role."""
    papers = segmentation.papers_of([_summary(page) for page in seen])
    return [_read_paper(paper, [seen[index] for index in paper.pages]) for paper in papers]


def _latest_date(layouts: Sequence[Layout]) -> date:
    lines = (line for page in layouts for line in page.lines)
    found = (day for line in lines for day in dates.find(line.text, latest=FAR_OFF))
    return max((day.on for day in found if day.full and day.on <= FAR_OFF), default=FAR_OFF)


def see(page: PageText, laid_out: Layout, today: date, taught: Mapping[str, str]) -> SeenPage:
    """A page by itself."""
    tags = tagging.of(laid_out, today)
    role = roles.of_page(tags.page_roles, laid_out)
    found = labels.find(laid_out, taught)
    bids = tuple(bidding.on_page(found, tags, page.image, today))
    fields = len({bid.role for bid in bids if bid.score > LIKELY})
    asks = sum(tags.page_roles.get(one, 0.0) for one in segmentation.FORMS)
    return SeenPage(page.number, role, tags.starts, asks, fields, _print_quality(laid_out), bids)


def _print_quality(laid_out: Layout) -> float:
    """How well the page's best-read half reads: the printed labels of a form filled by hand."""
    scores = sorted((token.confidence for token in laid_out.tokens), reverse=True)
    best = scores[: max(1, len(scores) // 2)]
    return sum(best) / len(best) if best else 0.0


def _summary(page: SeenPage) -> segmentation.PageSummary:
    last, first = squashed(_best(page, "patient_last")), squashed(_best(page, "patient_first"))
    born = _best(page, "patient_dob")
    return segmentation.PageSummary(page.role, last, born, page.fields, first, page.starts > LIKELY)


def _best(page: SeenPage, role: str) -> str:
    bids = [bid for bid in page.bids if bid.role == role and bid.score > LEAST_TO_TELL]
    return max(bids, key=lambda bid: bid.score).candidate.value if bids else ""


def _read_paper(paper: segmentation.Paper, pages: Sequence[SeenPage]) -> ReadPaper:
    doc_class = roles.document_class(
        [page.role for page in pages],
        main=None if paper.main is None else paper.pages.index(paper.main),
        asks=max(page.asks for page in pages),
    )
    awards = assignment.assign(_weighted(pages)) if doc_class in roles.WITH_FIELDS else {}
    quality = {page.number: page.print_quality for page in pages}
    return ReadPaper(doc_class, pages[0].number, pages[-1].number, tuple(awards.values()), quality)


def _document(paper: ReadPaper) -> ReadDocument:
    fields = tuple(_field(award, paper) for award in paper.awards)
    return ReadDocument(paper.doc_class, paper.first_page, paper.last_page, fields)


def _weighted(pages: Sequence[SeenPage]) -> list[Bid]:
    """The bids, worth what their page is worth beside the paper's best page."""
    best = max(roles.WEIGHT[page.role] for page in pages) or 1.0
    return [
        replace(bid, score=bid.score * roles.WEIGHT[page.role] / best) for page in pages for bid in page.bids
    ]


def _field(award: Award, paper: ReadPaper) -> ReadField:
    print_quality = paper.print_quality[award.bids[0].page]
    sure = confidence.of(award, print_quality=print_quality, company=paper.company)
    values = tuple(bid.candidate.value for bid in award.bids)
    return ReadField(
        key=award.role,
        value=values if award.role in assignment.SEVERAL else values[0],
        display=", ".join(bid.candidate.display for bid in award.bids),
        confidence=sure,
        page=award.bids[0].page,
        box=layout.box_of([token for bid in award.bids for token in bid.candidate.tokens]),
        why=confidence.why(award, print_quality=print_quality, confidence=sure),
    )
