"""What a correction teaches about one sender's paper: which words stand beside which field.

One correction proposes, a second one that agrees applies: a slip of a hurried person must not spoil the next
fax. What a later correction contradicts is dropped.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import fields, locating
from intake.extraction import Box, phrases, wording_near
from intake.models import Arrival, FieldReading, Page, Reading, SenderLesson
from intake.queries import StoredPage, StoredWord

APPLIES_FROM = 2  # corrections that agree
LONGEST = 80  # characters, as the column


def taught_by(from_number: str) -> dict[str, str]:
    """What applies to the paper of a sender: label wording -> field."""
    if not from_number:
        return {}
    lessons = SenderLesson.objects.filter(from_number=from_number, times__gte=APPLIES_FROM, dropped_at=None)
    return {lesson.wording: lesson.key for lesson in lessons}


@transaction.atomic
def learn(arrival: Arrival, paper: Reading) -> None:
    """Learn from the values that a person corrected; nothing from a paper without its sender's number."""
    corrected = [row for row in paper.fields.all() if row.key in fields.BY_KEY and row.checked_value]
    if not arrival.from_number or not corrected:
        return
    pages = _pages(arrival, paper)
    today = arrival.received_at.astimezone(arrival.organization.zone).date()
    for row in corrected:
        _contradict(arrival.from_number, row, pages)
        _teach(arrival.from_number, row, pages, today)


@transaction.atomic
def forget(lesson_id: UUID) -> SenderLesson:
    """A person takes a lesson back; two new corrections would be needed to learn it again."""
    lesson = SenderLesson.objects.select_for_update().get(pk=lesson_id)
    lesson.dropped_at = lesson.dropped_at or timezone.now()
    lesson.save(update_fields=["dropped_at"])
    return lesson


def _pages(arrival: Arrival, paper: Reading) -> list[StoredPage]:
    """The paper's words; no picture is opened."""
    rows = Page.objects.filter(arrival=arrival, number__gte=paper.first_page, number__lte=paper.last_page)
    return [
        StoredPage(
            row.number, row.width, row.height, tuple(StoredWord(*word) for word in row.words), image=b""
        )
        for row in rows
    ]


def _contradict(from_number: str, row: FieldReading, pages: Sequence[StoredPage]) -> None:
    """Drop what led to the wrong value."""
    page = next((one for one in pages if one.number == row.page), None)
    if page is None or row.x is None or row.y is None or row.width is None or row.height is None:
        return
    wording = wording_near(page, Box(round(row.x), round(row.y), round(row.width), round(row.height)))
    wrong = SenderLesson.objects.filter(
        from_number=from_number, wording=wording[:LONGEST], key=row.key, dropped_at=None
    ).first()
    if wrong is not None:
        forget(wrong.pk)


def _teach(from_number: str, row: FieldReading, pages: Sequence[StoredPage], today: date) -> None:
    """Learn the wording beside the right value, if it stands beside one wording only."""
    beside = {
        wording_near(page, box)
        for page in pages
        for box in locating.places_of(row.key, row.final_value, page, today=today)
    } - {""}
    if len(beside) != 1:
        return
    wording = beside.pop()[:LONGEST]
    known = phrases.exactly(wording)
    if known is None or known[0] != row.key:
        _count(from_number, wording, row.key)


def _count(from_number: str, wording: str, key: str) -> None:
    lesson, is_new = SenderLesson.objects.get_or_create(
        from_number=from_number, wording=wording, defaults={"key": key}
    )
    if is_new:
        return
    agrees = lesson.key == key and lesson.dropped_at is None
    lesson.key, lesson.times = key, lesson.times + 1 if agrees else 1
    lesson.dropped_at, lesson.learned_at = None, timezone.now()
    lesson.save()
