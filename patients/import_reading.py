"""What the page of an imported file shows: how many rows of each kind, some examples, and the problems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from patients.columns import guess
from patients.import_recognizing import row_of
from patients.models import ImportRow, PatientImport
from patients.rows import PHONES, neutralised

Outcome = ImportRow.Outcome
NOT_TAKEN = (Outcome.ASK, Outcome.BAD)
SHOWN, SAMPLES = 50, 3
TELLING = {"full_name", "given_name", "middle_name", "family_name", "birth_date", "line1", *PHONES}
ORDER = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.ASK, Outcome.BAD)


def page(run: PatientImport) -> dict[str, Any]:
    """What the page shows at this step."""
    if run.state == PatientImport.State.MAPPING:
        return {"columns": columns_of(run)}
    counts = dict(run.rows.values_list("outcome").annotate(Count("pk")).order_by())
    shown = run.rows.filter(outcome__in=NOT_TAKEN).select_related("patient").order_by("number")[:SHOWN]
    not_taken = sum(counts.get(outcome, 0) for outcome in NOT_TAKEN)
    return {
        "counts": [(outcome, outcome.label, counts.get(outcome, 0)) for outcome in ORDER],
        "can_write": counts.get(Outcome.NEW, 0) + counts.get(Outcome.CHANGED, 0),
        "problems": [_problem(row, run) for row in shown],
        "not_taken": not_taken,
        "more_problems": max(0, not_taken - SHOWN),
        "share": share(run),
        "columns": columns_of(run),
    }


@dataclass(frozen=True)
class Problem:
    """A row that is not taken: what is wrong, or whom it resembles and what the row itself says."""

    row: ImportRow
    said: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether a person can answer it here."""
        return self.row.outcome == Outcome.ASK and self.row.patient is not None


def _problem(row: ImportRow, run: PatientImport) -> Problem:
    if row.outcome != Outcome.ASK:
        return Problem(row)
    cells = row_of(row).cells
    telling = [cells.get(column, "") for column in run.heading if run.mapping.get(column) in TELLING]
    return Problem(row, ", ".join(filter(None, telling)))


def share(run: PatientImport) -> int:
    """How much of the step is done, in percent."""
    return 100 * run.rows_done // run.rows_total if run.rows_total else 0


def columns_of(run: PatientImport) -> list[dict[str, Any]]:
    """Each column with what it is taken for, and its first values."""
    samples = [row_of(row).cells for row in run.rows.order_by("number")[:SAMPLES]]
    meant = run.mapping or guess(run.heading)
    return [
        {
            "name": column,
            "key": meant.get(column, ""),
            "samples": [cells[column] for cells in samples if cells.get(column)],
        }
        for column in run.heading
    ]


def problem_table(run: PatientImport) -> Iterator[Sequence[str]]:
    """The rows that are not taken, under their own heading, so that the file can be mended and sent again."""
    yield [*map(neutralised, run.heading), "Row in the file", "What to do"]
    for row in run.rows.filter(outcome__in=NOT_TAKEN).order_by("number").iterator():
        cells = row_of(row).cells
        what = " ".join(f"{column}: {text}" if column else text for column, text in row.problems)
        yield [
            *(neutralised(cells.get(column, "")) for column in run.heading),
            str(row.number),
            neutralised(what),
        ]
