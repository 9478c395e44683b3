"""Under `/o/<slug>/patients/`: all but the list and the record, which show referrals too."""

from django.urls import path

from patients.views import duplicates, editing, importing, registering

urlpatterns = [
    path("new/", registering.registration, name="patient_registration"),
    path("new/likenesses/", registering.likenesses, name="patient_likenesses"),
    path("imports/", importing.patient_imports, name="patient_imports"),
    path("imports/<uuid:run_id>/", importing.patient_import, name="patient_import"),
    path(
        "imports/<uuid:run_id>/progress/", importing.patient_import_progress, name="patient_import_progress"
    ),
    path("imports/<uuid:run_id>/columns/", importing.patient_import_columns, name="patient_import_columns"),
    path("imports/<uuid:run_id>/writing/", importing.patient_import_writing, name="patient_import_writing"),
    path(
        "imports/<uuid:run_id>/problems.csv",
        importing.patient_import_problems,
        name="patient_import_problems",
    ),
    path("imports/rows/<uuid:row_id>/answer/", importing.patient_import_answer, name="patient_import_answer"),
    path("duplicates/", duplicates.pairs, name="duplicates"),
    path("duplicates/<uuid:pair_id>/", duplicates.pair, name="duplicate"),
    path("duplicates/<uuid:pair_id>/merger/<str:keep>/", duplicates.merger, name="merger"),
    path("duplicates/<uuid:pair_id>/difference/", duplicates.difference, name="difference"),
    path("duplicates/<uuid:pair_id>/reopening/", duplicates.reopening, name="duplicate_reopening"),
    path("mergers/<uuid:record_id>/undoing/", duplicates.unmerger, name="unmerger"),
    path("<uuid:patient_id>/facts/", editing.facts, name="patient_facts"),
    path("<uuid:patient_id>/contacts/", editing.contact, name="patient_contacts"),
    path("<uuid:patient_id>/contacts/<uuid:point_id>/", editing.contact, name="patient_contact"),
    path("<uuid:patient_id>/identifiers/", editing.identifier, name="patient_identifiers"),
    path("<uuid:patient_id>/people/", editing.related_person, name="related_people"),
    path("<uuid:patient_id>/people/<uuid:person_id>/", editing.related_person, name="related_person"),
    path("<uuid:patient_id>/removals/<uuid:part_id>/", editing.removal, name="patient_removal"),
    path("<uuid:patient_id>/other-record/", duplicates.pairing, name="patient_pairing"),
]
