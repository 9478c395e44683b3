"""Accepting a paper: what a person checked becomes a referral, in one transaction."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from insurance.models import Coverage
from intake import fields, naming
from intake.actions import checking, directory, filing, learning, papers
from intake.models import Arrival, Reading
from organizations import words
from organizations.models import Membership
from patients.models import ContactPoint, Patient
from referrals.actions import moving, receiving
from referrals.actions.moving import By
from referrals.models import Document, Referral
from referrals.next_action import Priority

GIVEN_ON_REFERRAL = "Given on the referral"  # for care messages, 47 CFR 64.1200(a)(9)(iv)
CAME_BY = {"fax": "Fax received", "upload": "Upload received", "folder": "Scan received"}


@transaction.atomic
def accept(
    *,
    arrival_id: UUID,
    reading_id: UUID | None,
    membership: Membership,
    values: Mapping[str, str],
    patient_id: UUID | None,
    ticked: Collection[str] = (),
) -> Referral:
    """Make the referral with patient, coverage, referrer and pages; `values` are complete, in normal form.

    `patient_id` None makes a new patient. Raises claiming.Held, and checking.AlreadyHandled for the second of
    two clicks.
    """
    arrival, paper = checking.open_paper(arrival_id=arrival_id, reading_id=reading_id, membership=membership)
    fixed = checking.write(paper, values, ticked=ticked, membership=membership)
    learning.learn(arrival, paper)
    by = By(user=membership.user)
    referral = _make(arrival, paper, values, patient_id, by)
    _note_what_was_fixed(referral, values, fixed, by)
    filing.handle(arrival, paper, Reading.Outcome.ACCEPTED, membership, referral=referral)
    return referral


@transaction.atomic
def accept_by_rule(
    *, arrival: Arrival, paper: Reading, values: Mapping[str, str], patient_id: UUID | None, by: By
) -> Referral:
    """The same without a person, for a locked arrival that passed every rule (`accepting_alone`)."""
    referral = _make(arrival, paper, values, patient_id, by)
    moving.record(referral, "accepted_by_rule", "Accepted by rule, seen by nobody yet", by=by)
    paper.by_rule = True
    filing.handle(arrival, paper, Reading.Outcome.ACCEPTED, None, referral=referral)
    return referral


def _make(
    arrival: Arrival, paper: Reading, values: Mapping[str, str], patient_id: UUID | None, by: By
) -> Referral:
    patient = Patient.objects.get(pk=patient_id) if patient_id else _new_patient(values)
    _make_reachable(patient, values.get("patient_phone", ""))
    referral = _receive(arrival, paper, patient, values, by)
    papers.put_with(referral, arrival=arrival, paper=paper, kind=Document.Kind.ORDER, user=by.user)
    paper.matched_patient = patient
    return referral


def _new_patient(values: Mapping[str, str]) -> Patient:
    home = naming.address(values.get("patient_address", ""))
    return Patient.objects.create(
        given_name=values["patient_first"],
        family_name=values["patient_last"],
        birth_date=date.fromisoformat(values["patient_dob"]),
        sex=values.get("patient_sex") or "U",
        line1=home.line1,
        city=home.city,
        state=home.state,
        postal_code=home.postal_code,
    )


def _make_reachable(patient: Patient, digits: str) -> None:
    """Give a patient without any telephone or address the one on the paper; others keep what they have."""
    if digits and not patient.contact_points.exists():
        ContactPoint.objects.create(
            patient=patient,
            kind=ContactPoint.Kind.MOBILE,
            value=f"+1{digits}",
            consent=ContactPoint.Consent.NOT_ASKED,
            consent_source=GIVEN_ON_REFERRAL,
        )


def _receive(
    arrival: Arrival, paper: Reading, patient: Patient, values: Mapping[str, str], by: By
) -> Referral:
    provider, practice = directory.referrer(values, arrival.sender, arrival.from_number)
    receiver = directory.receiver(values.get("to_provider", ""))
    specialty = directory.specialty(values.get("to_specialty", "")) or (
        receiver.specialty if receiver else None
    )
    count = papers.pages(paper.last_page - paper.first_page + 1)
    return receiving.receive(
        patient=patient,
        by=by,
        received_at=arrival.received_at,
        title=f"{CAME_BY.get(arrival.source, 'Received')}, {count}",
        coverage=_coverage(patient, values),
        specialty=specialty,
        reason=values.get("reason", ""),
        diagnoses=_codes(values.get("icd10", "")),
        procedures=_codes(values.get("cpt", "")),
        priority=values.get("urgency") or Priority.ROUTINE,
        referring_provider=provider,
        referring_practice=practice,
        receiving_provider=receiver,
        receiving_practice=receiver.practice if receiver else None,
        source=arrival.source,
        source_id=arrival.pk,
    )


def _coverage(patient: Patient, values: Mapping[str, str]) -> Coverage | None:
    """The patient's coverage with this member number, else a new one; None when no insurance is named."""
    member_id, payer_name = values.get("member_id", ""), values.get("payer_name", "")
    if not member_id and not payer_name:
        return None
    of_patient = Coverage.objects.filter(patient=patient)
    if member_id and (same := of_patient.filter(member_id_index=Coverage.index_of(member_id)).first()):
        return same
    payer, plan = directory.payer(payer_name)
    if not member_id and (same := of_patient.filter(payer=payer).order_by("rank").first()):
        return same
    group = values.get("group_no", "")
    return Coverage.objects.create(
        patient=patient, payer=payer, plan=plan, member_id=member_id or None, group_number=group
    )


def _codes(joined: str) -> list[str]:
    return [code for code in joined.split(", ") if code]


def _note_what_was_fixed(
    referral: Referral, values: Mapping[str, str], fixed: Collection[str], by: By
) -> None:
    """One line on the timeline: what a person changed, and what the paper says that has no row of its own."""
    left_over = _left_over(referral, values)
    if not fixed and not left_over:
        return
    who = by.name.split()[0]
    title = f"{who} fixed {_listed(fixed)}" if fixed else f"{who} checked the {referral.source}"
    moving.record(referral, "fax_checked", title[:160], by=by, note=" ".join(left_over))


def _left_over(referral: Referral, values: Mapping[str, str]) -> list[str]:
    said = []
    if values.get("to_specialty") and referral.specialty is None:
        said.append(f"Asked for {values['to_specialty']}, which is not in our list.")
    if values.get("ref_provider") and referral.referring_provider is None:
        said.append(f"Referrer on the paper: {values['ref_provider']}, without a valid NPI.")
    phone = values.get("patient_phone", "")
    if phone and not referral.patient.contact_points.filter(value=f"+1{phone}").exists():
        said.append(f"The paper gives another phone: {words.phone(phone)}.")
    return said


def _listed(keys: Collection[str]) -> str:
    """member ID, reason."""
    labels = [fields.BY_KEY[key].label for key in keys]
    return ", ".join(label if label[:2].isupper() else label[0].lower() + label[1:] for label in labels)
