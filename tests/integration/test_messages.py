"""Messages to patients: whom and how, once and by day, and never again after "stop"."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from gateways import sandbox
from jobs.models import Job
from notifications import actions as notifications
from notifications import tasks  # noqa: F401 (registers the work)
from notifications.actions import NoAddress
from notifications.models import Channel, Message, OptOut
from organizations.scope import organization_scope
from patients.models import ContactPoint
from tests.factories import make_patient

ABOUT = uuid4()
LINK = "https://referralhub.example/p/7KQ2abcdefghijklmnopqrstuv/"
NOON = datetime(2026, 11, 25, 18, tzinfo=UTC)  # in Chicago
NIGHT = datetime(2026, 11, 26, 4, tzinfo=UTC)  # 10 PM in Chicago
MORNING = datetime(2026, 11, 26, 14, tzinfo=UTC)  # 8 AM in Chicago


def write(patient, template="booking_link"):
    return notifications.write(patient=patient, template=template, about_id=ABOUT, link=LINK, when=NOON)


def with_email(patient, value="maria@example.org", **fields):
    ContactPoint.objects.create(patient=patient, kind="email", value=value, **fields)
    return patient


def delivered(organization, run_jobs, **patient):
    """Write to a patient and do the job; the message and its job as they are then."""
    with organization_scope(organization.pk, actor="command:test"):
        message = write(make_patient(**patient))
    run_jobs(organization, rounds=1)
    with organization_scope(organization.pk, actor="command:test"):
        return message.refresh(), Job.objects.get(name="notifications.deliver")


# ---------------------------------------------------------------- whom and how


def test_a_patient_with_a_mobile_gets_a_text(scope):
    message = write(make_patient(mobile="+12175550188"))
    assert (message.channel, message.to, message.state, message.about_id) == (
        "sms",
        "+12175550188",
        "queued",
        ABOUT,
    )
    assert message.body == (
        f"Lakeside: your doctor asked us to set up a visit. Pick a time: {LINK} "
        "Reply STOP to opt out, HELP for help."
    )


def test_a_patient_who_speaks_spanish_gets_it_in_spanish(scope):
    message = write(make_patient(language="es"))
    assert message.language == "es" and "Elija una hora" in message.body


def test_without_a_mobile_an_e_mail_goes_out(scope):
    message = write(with_email(make_patient(mobile="")))
    assert (message.channel, message.to, message.subject) == (
        "email",
        "maria@example.org",
        "Your visit with Lakeside",
    )
    assert LINK in message.body and LINK in message.html


def test_a_number_that_must_not_be_texted_leaves_the_e_mail(scope):
    assert write(with_email(make_patient(consent="refused"))).channel == "email"


def test_a_number_that_opted_out_leaves_the_e_mail(scope):
    notifications.opt_out(channel="sms", address="+12175550188", source="Telephone")
    assert write(with_email(make_patient(mobile="+12175550188"))).channel == "email"


def test_the_verified_number_comes_first(scope):
    patient = make_patient(mobile="+12175550188")
    ContactPoint.objects.create(patient=patient, kind="mobile", value="+12175550177", verified_at=NOON)
    ContactPoint.objects.create(patient=patient, kind="mobile", value="+12175550166")
    assert write(patient).to == "+12175550177"


def test_nobody_to_write_to_says_what_to_do(scope):
    with pytest.raises(
        NoAddress, match=r"No mobile number and no e-mail address on file. Call the patient."
    ) as nobody:
        write(make_patient(mobile=""))
    assert not nobody.value.opted_out


def test_a_patient_who_wants_no_messages_is_told_apart(scope):
    notifications.opt_out(channel="sms", address="+12175550188", source="Telephone")
    with pytest.raises(NoAddress) as nobody:
        write(make_patient(mobile="+12175550188"))
    assert nobody.value.opted_out


def test_nobody_writes_to_the_dead(scope):
    with pytest.raises(NoAddress, match="died"):
        write(make_patient(deceased_on=date(2026, 11, 1)))


def test_writing_if_possible_says_nothing_when_it_is_not(scope):
    patient = make_patient(mobile="")
    assert notifications.write_if_possible(patient=patient, template="booked", about_id=ABOUT) is None
    assert not Message.objects.exists() and not Job.objects.exists()


def test_a_message_without_its_change_does_not_exist(scope):
    with pytest.raises(RuntimeError), notifications.transaction.atomic():
        write(make_patient())
        raise RuntimeError
    assert not Message.objects.exists() and not Job.objects.exists()


# ---------------------------------------------------------------- delivery


def test_a_text_is_sent_once(lakeside, run_jobs):
    message, job = delivered(lakeside, run_jobs, mobile="+12175550188")
    (text,) = sandbox.kept("sms")
    assert (text["to"], text["body"], text["id"]) == (message.to, message.body, message.reference)
    assert message.state == "sent" and message.sent_at and job.done_at


def test_a_refused_number_is_done_and_says_why(lakeside, run_jobs):
    message, job = delivered(lakeside, run_jobs, mobile="+12175550100")
    assert (message.state, message.trouble) == ("failed", "This is not a mobile number.")
    assert job.done_at


def test_a_carrier_out_of_reach_is_tried_again(lakeside, run_jobs):
    message, job = delivered(lakeside, run_jobs, mobile="+12175550199")
    assert (message.state, job.reason) == ("queued", "The carrier could not be reached.")
    assert job.done_at is None and job.dead_at is None and job.available_at > timezone.now()


def test_a_lost_answer_goes_to_a_person(lakeside, run_jobs):
    message, job = delivered(lakeside, run_jobs, mobile="+12175550198")
    assert message.state == "unknown" and job.dead_at
    run_jobs(lakeside)
    assert len(sandbox.kept("sms")) == 1


def test_a_worker_killed_while_sending_is_not_followed_by_a_second_text(lakeside, run_jobs):
    with organization_scope(lakeside.pk, actor="command:test"):
        message = write(make_patient())
        notifications.claim(message.pk, first_try=True)
        job = Job.objects.get()
        job.attempts = 1
        job.save()
    run_jobs(lakeside)
    with organization_scope(lakeside.pk, actor="command:test"):
        assert (message.refresh().state, message.trouble) == (
            "unknown",
            "Sending was cut off. It may have gone out.",
        )
        assert job.refresh().dead_at
    assert sandbox.kept("sms") == []


def test_a_person_may_have_it_sent_after_all(lakeside, run_jobs):
    from jobs.actions import retry

    message, job = delivered(lakeside, run_jobs, mobile="+12175550198")
    sandbox.clear()
    with organization_scope(lakeside.pk, actor="user:x"):
        ContactPoint.objects.get().delete()
        message.to = "+12175550188"
        message.save()
        retry(job.pk)
    run_jobs(lakeside)
    with organization_scope(lakeside.pk, actor="command:test"):
        assert message.refresh().state == "sent"


def test_who_opts_out_while_a_message_waits_does_not_get_it(lakeside, run_jobs):
    with organization_scope(lakeside.pk, actor="command:test"):
        message = write(make_patient(mobile="+12175550188"))
        notifications.opt_out(channel="sms", address="+12175550188", source="Telephone")
    run_jobs(lakeside)
    with organization_scope(lakeside.pk, actor="command:test"):
        assert (message.refresh().state, message.trouble) == (
            "failed",
            "The patient no longer wants messages here.",
        )
    assert sandbox.kept("sms") == []


# ---------------------------------------------------------------- by day


@pytest.fixture
def quiet_nights(settings):
    settings.QUIET_HOURS = True


def test_a_text_written_at_night_waits_for_the_morning(lakeside, run_jobs, quiet_nights):
    with time_machine.travel(NIGHT, tick=False):
        message, job = delivered(lakeside, run_jobs)
        assert (message.state, job.available_at) == ("queued", MORNING)
    with time_machine.travel(MORNING):
        assert run_jobs(lakeside) == 1
    assert len(sandbox.kept("sms")) == 1


def test_a_job_that_comes_late_into_the_night_waits_too(lakeside, run_jobs, quiet_nights):
    with time_machine.travel(NOON), organization_scope(lakeside.pk, actor="command:test"):
        message = write(make_patient())
    with time_machine.travel(NIGHT):
        run_jobs(lakeside)
    with organization_scope(lakeside.pk, actor="command:test"):
        assert message.refresh().state == "queued"
        assert list(Job.objects.filter(done_at=None).values_list("available_at", flat=True)) == [
            pytest.approx(MORNING, abs=timedelta(seconds=5))
        ]
    with time_machine.travel(MORNING + timedelta(seconds=5)):
        run_jobs(lakeside)
    assert len(sandbox.kept("sms")) == 1


def test_an_e_mail_wakes_nobody(lakeside, run_jobs, quiet_nights):
    with time_machine.travel(NIGHT):
        with organization_scope(lakeside.pk, actor="command:test"):
            write(with_email(make_patient(mobile="")))
        run_jobs(lakeside)
    assert len(sandbox.kept("email")) == 1


# ---------------------------------------------------------------- the ledger


def test_the_ledger_keeps_every_word_and_the_last_one_counts(scope):
    for turn, wants in (
        (notifications.opt_out, False),
        (notifications.opt_in, True),
        (notifications.opt_out, False),
    ):
        turn(channel=Channel.SMS, address="+12175550188", text="word", source="Text")
        assert notifications.has_opted_out("sms", "+12175550188") is not wants
    assert OptOut.objects.count() == 3


def test_stopping_texts_is_not_stopping_e_mails(scope):
    notifications.opt_out(channel="sms", address="same", source="Text")
    assert not notifications.has_opted_out("email", "same")


def test_another_practices_stop_is_its_own(lakeside, prairie):
    with organization_scope(prairie.pk, actor="command:test"):
        notifications.opt_out(channel="sms", address="+12175550188", source="Text")
    with organization_scope(lakeside.pk, actor="command:test"):
        assert not notifications.has_opted_out("sms", "+12175550188")
