"""Papers on their way outside: what cannot be sent comes back to a person at once."""

from gateways import sandbox
from jobs.models import Job
from referrals import storing
from referrals.actions import reporting
from referrals.actions.moving import By
from referrals.models import Dispatch
from tests.conftest import inside
from tests.factories import make_referral

DESK = By(label="Front desk")


def test_a_report_that_cannot_be_made_into_a_fax_is_a_persons_at_once(lakeside, run_jobs):
    with inside(lakeside):
        referral = make_referral(stage="seen")
        broken = storing.keep(b"%PDF-1.4 cut off", kind="report", title="Report", referral=referral)
        dispatch = reporting.send_report(referral_id=referral.pk, document_id=broken.pk, by=DESK)
    run_jobs(lakeside)
    with inside(lakeside):
        assert dispatch.refresh().state == Dispatch.State.FAILED
        assert (referral.refresh().stage, referral.next_code) == ("seen", "send_report")
        assert Job.objects.waiting().count() == 0
    assert sandbox.kept("fax") == []
