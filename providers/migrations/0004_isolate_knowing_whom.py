"""Lock the tables of the directory to their organization; the public register has none."""

from typing import Any, ClassVar

from django.db import migrations

from organizations.rls import Isolate


class Migration(migrations.Migration):
    """Row security, composite keys and triggers."""

    dependencies: ClassVar[list[Any]] = [("providers", "0003_knowing_whom")]
    operations: ClassVar[list[Any]] = [
        Isolate("Endpoint", attributed=True),
        Isolate("HistoricalEndpoint"),
        Isolate("DirectoryReport", attributed=True),
        Isolate("HistoricalDirectoryReport"),
        Isolate("Network", attributed=True),
        Isolate("HistoricalNetwork"),
        Isolate("NetworkMembership", attributed=True),
        Isolate("HistoricalNetworkMembership"),
        Isolate("AcceptanceCriterion", attributed=True),
        Isolate("HistoricalAcceptanceCriterion"),
        Isolate("RoutingWeights", attributed=True),
        Isolate("HistoricalRoutingWeights"),
        Isolate("EndpointUse", append_only=True),
        Isolate("PublishedWait"),
    ]
