"""The rows of patients: who they are, how to reach them, who may be who, and files of them."""

from patients.models.identity import DuplicatePair, MatchingRules, MergeRecord
from patients.models.importing import ColumnMapping, ImportRow, PatientImport
from patients.models.patient import Identifier, Patient, PatientQuerySet, SearchKey, Sex
from patients.models.reaching import ContactPoint, RelatedPerson

__all__ = [
    "ColumnMapping",
    "ContactPoint",
    "DuplicatePair",
    "Identifier",
    "ImportRow",
    "MatchingRules",
    "MergeRecord",
    "Patient",
    "PatientImport",
    "PatientQuerySet",
    "RelatedPerson",
    "SearchKey",
    "Sex",
]
