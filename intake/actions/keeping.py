"""A paper that asks for no visit but belongs to a patient: an order, a laboratory result."""

from uuid import UUID

from django.db import transaction

from intake.actions import checking, filing, papers
from intake.models import Arrival, Reading
from organizations.models import Membership
from patients.models import Patient
from referrals.models import Document


@transaction.atomic
def file_on_patient(
    *, arrival_id: UUID, reading_id: UUID | None, membership: Membership, patient_id: UUID
) -> Arrival:
    """Put the paper's pages with the patient's documents; no referral comes of it.

    Raises claiming.Held and checking.AlreadyHandled.
    """
    arrival, paper = checking.open_paper(arrival_id=arrival_id, reading_id=reading_id, membership=membership)
    patient = Patient.objects.get(pk=patient_id)
    papers.put_on(patient, arrival=arrival, paper=paper, kind=Document.Kind.RECORD, user=membership.user)
    paper.matched_patient = patient
    return filing.handle(
        arrival, paper, Reading.Outcome.REFUSED, membership, note=f"Filed on the patient, MRN {patient.mrn}"
    )
