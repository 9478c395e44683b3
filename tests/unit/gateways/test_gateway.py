"""Which gateway answers is one line of settings."""

import pytest

from gateways import gateway
from gateways.sms.sandbox import SandboxSms


@pytest.fixture(autouse=True)
def fresh():
    gateway.cache_clear()
    yield
    gateway.cache_clear()


def test_the_settings_table_chooses_who_answers(settings):
    settings.GATEWAYS = {"sms": "gateways.sms.sandbox.SandboxSms"}
    assert isinstance(gateway("sms"), SandboxSms)


def test_a_process_keeps_one_gateway_of_a_kind(settings):
    settings.GATEWAYS = {"sms": "gateways.sms.sandbox.SandboxSms"}
    assert gateway("sms") is gateway("sms")


def test_every_gateway_of_the_project_can_be_made(settings):
    assert all(gateway(kind) for kind in settings.GATEWAYS)
