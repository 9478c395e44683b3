"""The rows of the directory: offices, clinicians, ways in, choosing, and the public register."""

from providers.models.choosing import (
    AcceptanceCriterion,
    Network,
    NetworkMembership,
    PublishedWait,
    RoutingWeights,
)
from providers.models.directory import Affiliation, Location, Practice, Provider, Specialty, check_npi
from providers.models.reaching import DirectoryReport, Endpoint, EndpointUse
from providers.models.registry import RegistryEntry, RegistryImport, TaxonomyCode

__all__ = [
    "AcceptanceCriterion",
    "Affiliation",
    "DirectoryReport",
    "Endpoint",
    "EndpointUse",
    "Location",
    "Network",
    "NetworkMembership",
    "Practice",
    "Provider",
    "PublishedWait",
    "RegistryEntry",
    "RegistryImport",
    "RoutingWeights",
    "Specialty",
    "TaxonomyCode",
    "check_npi",
]
