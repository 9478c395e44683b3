"""The whole reading of one fax."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake import segmentation
from intake.extraction import assignment, bidding, confidence, dates, labels, layout, roles
from intake.extraction.assignment import Award
from intake.extraction.bidding import Bid
from intake.extraction.layout import Layout
from intake.extraction.shapes import Extraction, PageText, ReadDocument, ReadField
from intake.extraction.text import squashed

FAR_OFF = date(2068, 12, 31)  # the year from which POSIX takes two digits for the last century
LEAST_TO_TELL = 0.35  # score from which a name or birth date tells one patient from another


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page with its bids, before its paper is known."""

    number: int
    role: str
    label_count: int
    print_quality: float
    bids: tuple[Bid, ...]


def extract(pages: Sequence[PageText], *, today: date | None = None) -> Extraction:
    """Read the documents and fields of a fax. Without `today`, the latest full date on it stands for that."""
    layouts = [layout.of(page) for page in pages]
    on = today or _latest_date(layouts)
    seen = [_seen(page, laid_out, on) for page, laid_out in zip(pages, layouts, strict=True)]
    papers = segmentation.papers_of([_summary(page) for page in seen])
    documents = tuple(_document(paper, [seen[index] for index in paper.pages]) for paper in papers)
    return Extraction(documents, tuple(page.role for page in seen))


def _latest_date(layouts: Sequence[Layout]) -> date:
    lines = (line for page in layouts for line in page.lines)
    found = (day for line in lines for day in dates.find(line.text, latest=FAR_OFF))
    return max((day.on for day in found if day.full and day.on <= FAR_OFF), default=FAR_OFF)


def _seen(page: PageText, laid_out: Layout, today: date) -> SeenPage:
    role = roles.of_text(laid_out.text)
    found = labels.find(laid_out)
    bids = tuple(bidding.on_page(found, page.image, role, today))
    return SeenPage(
        page.number, role, len({label.meaning for label in found.found}), _print_quality(laid_out), bids
    )


def _print_quality(laid_out: Layout) -> float:
    """How well the page's best-read half reads: the printed labels of a form filled by hand."""
    scores = sorted((token.confidence for token in laid_out.tokens), reverse=True)
    best = scores[: max(1, len(scores) // 2)]
    return sum(best) / len(best) if best else 0.0


def _summary(page: SeenPage) -> segmentation.PageSummary:
    last, first = squashed(_best(page, "patient_last")), squashed(_best(page, "patient_first"))
    return segmentation.PageSummary(page.role, last, _best(page, "patient_dob"), page.label_count, first)


def _best(page: SeenPage, role: str) -> str:
    bids = [bid for bid in page.bids if bid.role == role and bid.score > LEAST_TO_TELL]
    return max(bids, key=lambda bid: bid.score).candidate.value if bids else ""


def _document(paper: segmentation.Paper, pages: Sequence[SeenPage]) -> ReadDocument:
    doc_class = roles.document_class(
        [page.role for page in pages], main=None if paper.main is None else paper.pages.index(paper.main)
    )
    awards = assignment.assign(_weighted(pages)) if doc_class in roles.WITH_FIELDS else {}
    quality = {page.number: page.print_quality for page in pages}
    fields = tuple(_field(award, quality[award.bids[0].page]) for award in awards.values())
    return ReadDocument(doc_class, pages[0].number, pages[-1].number, fields)


def _weighted(pages: Sequence[SeenPage]) -> list[Bid]:
    """The bids, worth what their page is worth beside the paper's best page."""
    best = max(roles.WEIGHT[page.role] for page in pages) or 1.0
    return [
        replace(bid, score=bid.score * roles.WEIGHT[page.role] / best) for page in pages for bid in page.bids
    ]


def _field(award: Award, print_quality: float) -> ReadField:
    sure = confidence.of(award, print_quality=print_quality)
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
