"""The duplicates worklist: filled from the records, learned from them, and decided by people only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from organizations.models import Membership
from patients.matching import Comparison, Parameters, compare
from patients.matching.linking import candidates, learn
from patients.matching.person import Facts, facts
from patients.models import DuplicatePair, MatchingRules, Patient
from patients.pairing import Pair, batch_after
from patients.recognizing import AGAINST, beliefs, people, rules

ENOUGH = 500  # patients from which the organization's own records teach more than the first beliefs
SAMPLE = 4000  # patients that are learned from: the latest
LEARN_AGAIN = timedelta(days=7)
Decision = DuplicatePair.Decision


@transaction.atomic
def look_through(*, after: UUID | None = None, size: int) -> UUID | None:
    """Look at the next `size` patients, write down who may be whom; the place to go on from, None at the end.

    Decided pairs stay as they are. A pair nobody has decided goes when the records no longer look alike.
    """
    batch = batch_after(after, size=size)
    open_pairs = {
        (pair.one_id, pair.other_id): pair
        for pair in DuplicatePair.objects.filter(decision=Decision.OPEN, one__in=batch.patients)
    }
    settled = set(
        DuplicatePair.objects.filter(one__in=batch.patients)
        .exclude(decision=Decision.OPEN)
        .values_list("one", "other")
    )
    wanted = ({*batch.pairs} | open_pairs.keys()) - settled
    for pair, comparison in _compared(wanted):
        _note(pair, comparison, open_pairs.get(pair))
    return batch.last


@dataclass(frozen=True)
class Sample:
    """Some of an organization's patients, to learn from outside any transaction: it takes seconds."""

    people: Sequence[Facts]
    total: int

    def learned(self) -> Parameters:
        """The matcher's parameters as these people teach them, for all of the organization's patients."""
        parameters, _ = learn(self.people, candidates(self.people))
        return _of_all(parameters, len(self.people), self.total)


def sample_to_learn_from(*, now: datetime) -> Sample | None:
    """The latest patients, or None when they are too few or were learned from lately."""
    kept, total = rules(), Patient.objects.current().count()
    if total < ENOUGH or (kept.learned_at and now - kept.learned_at < LEARN_AGAIN):
        return None
    latest = Patient.objects.current().order_by("-pk")[:SAMPLE]
    return Sample([facts(person) for person in people(latest).values()], total)


@transaction.atomic
def keep_learned(parameters: Parameters, *, patients: int, now: datetime) -> MatchingRules:
    """Believe from now on what the records taught; the thresholds stay the organization's own."""
    kept = MatchingRules.objects.select_for_update(of=("self",)).first() or MatchingRules()
    kept.parameters, kept.learned_from, kept.learned_at = parameters.to_json(), patients, now
    kept.save()
    return kept


@transaction.atomic
def pair_up(*, one: Patient, other: Patient) -> DuplicatePair:
    """Put two records side by side because a person thinks they are one, whatever the matcher thinks."""
    first, second = sorted((one.pk, other.pk))
    found = DuplicatePair.objects.filter(one=first, other=second).first()
    if found is not None:
        return reopen(pair_id=found.pk)
    ((pair, comparison),) = _compared({(first, second)})
    return _kept(DuplicatePair(one_id=pair[0], other_id=pair[1]), comparison)


@transaction.atomic
def reopen(*, pair_id: UUID) -> DuplicatePair:
    """Ask about two people again who were called different."""
    pair = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair_id)
    if pair.decision == Decision.DIFFERENT:
        pair.decision, pair.decided_by, pair.decided_at = Decision.OPEN, None, None
        pair.save()
    return pair


@transaction.atomic
def remember_apart(*, patient: Patient, others: Collection[Patient], by: Membership) -> None:
    """A person saw that these look like the patient and said that they are other people."""
    first_last = [tuple(sorted((patient.pk, other.pk))) for other in others]
    for (one, other), comparison in _compared({(one, other) for one, other in first_last}):
        pair = DuplicatePair.objects.filter(one=one, other=other).first()
        pair = pair or DuplicatePair(one_id=one, other_id=other)
        pair.decision, pair.decided_by, pair.decided_at = Decision.DIFFERENT, by, timezone.now()
        _kept(pair, comparison)


def waiting() -> QuerySet[DuplicatePair]:
    """Pairs that nobody has decided, likeliest first, but for records that were merged meanwhile."""
    current = Q(one__merged_into=None, other__merged_into=None)
    pairs: QuerySet[DuplicatePair] = DuplicatePair.objects.filter(current, decision=Decision.OPEN)
    return pairs.select_related("one", "other").order_by("-probability", "pk")


def _compared(pairs: Collection[Pair]) -> Iterable[tuple[Pair, Comparison]]:
    believed = beliefs(rules())
    known = people(Patient.objects.filter(pk__in={pk for pair in pairs for pk in pair}))
    for one, other in sorted(pairs):
        if one in known and other in known:
            yield (one, other), compare(known[one], known[other], believed)


def _note(pair: Pair, comparison: Comparison, known: DuplicatePair | None) -> None:
    if comparison.decision == "different":
        if known is not None:
            known.delete()
    elif known is None or known.reasons != _reasons(comparison):
        _kept(known or DuplicatePair(one_id=pair[0], other_id=pair[1]), comparison)


def _kept(pair: DuplicatePair, comparison: Comparison) -> DuplicatePair:
    pair.probability, pair.reasons = comparison.probability, _reasons(comparison)
    pair.save()
    return pair


def _reasons(comparison: Comparison) -> list[list[object]]:
    reasons: list[list[object]] = [[one.field, one.words, round(one.weight, 1)] for one in comparison.fields]
    if against := AGAINST.get(comparison.against):
        reasons.append(["against", against, 0.0])
    return reasons


def _of_all(learned: Parameters, sample: int, total: int) -> Parameters:
    """The more records, the rarer two met by chance are of one person: the sample's rate, thinned."""
    share = sample / total
    return replace(learned, match=learned.match * share, household=learned.household * share)
