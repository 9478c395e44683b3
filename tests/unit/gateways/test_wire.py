"""Trouble on the wire, met on real sockets: can the partner have acted, or not?"""

import gzip
import time
from contextlib import suppress

import httpx
import pytest

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown, wire
from tests.unit.gateways.partners import free_port, server

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n"


def post(url, *, send=wire.act):
    partner = wire.client(seconds=0.3)
    return send(partner, partner.build_request("POST", url, json={"a": 1}), name="Acme")


def hear_and_say_nothing(connection):
    connection.recv(65536)
    time.sleep(0.6)


def hear_and_hang_up(connection):
    connection.recv(65536)


def drip(connection):
    connection.recv(65536)
    connection.sendall(HEAD)
    for _ in range(12):
        time.sleep(0.05)
        try:
            connection.sendall(b"x")
        except OSError:
            return


def test_nobody_listening_means_that_nothing_happened():
    with pytest.raises(GatewayUnavailable, match="Acme could not be reached"):
        post(f"http://127.0.0.1:{free_port()}/")


@pytest.mark.parametrize("behave", [hear_and_say_nothing, hear_and_hang_up, drip])
def test_a_lost_answer_to_an_act_leaves_the_outcome_unknown(behave):
    with server(behave) as url, pytest.raises(OutcomeUnknown, match="may have gone out"):
        post(url)


@pytest.mark.parametrize("behave", [hear_and_say_nothing, hear_and_hang_up, drip])
def test_a_lost_answer_to_a_question_is_worth_another_try(behave):
    with server(behave) as url, pytest.raises(GatewayUnavailable) as trouble:
        post(url, send=wire.ask)
    assert trouble.type is GatewayUnavailable


def test_no_connection_is_kept_to_be_found_dead_later():
    heard = []

    def answer_and_listen(connection):
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        connection.settimeout(1)
        with suppress(TimeoutError):
            heard.append(connection.recv(1))

    partner = wire.client()
    with server(answer_and_listen) as url:
        wire.ask(partner, partner.build_request("GET", url), name="Acme")
    assert heard == [b""]


def test_an_answer_without_end_is_given_up():
    endless = httpx.MockTransport(
        lambda request: httpx.Response(200, content=b"x" * (wire.LARGEST_ANSWER + 1))
    )
    partner = wire.client(endless)
    with pytest.raises(OutcomeUnknown):
        wire.act(partner, partner.build_request("POST", "http://acme/"), name="Acme")


def test_a_packed_answer_is_unpacked_once():
    packed = httpx.Response(200, content=gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    partner = wire.client(httpx.MockTransport(lambda request: packed))
    assert wire.ask(partner, partner.build_request("GET", "http://acme/"), name="Acme").text == "hello"


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (400, GatewayError),
        (401, GatewayError),
        (403, GatewayError),
        (422, GatewayError),
        (429, GatewayUnavailable),
        (500, GatewayUnavailable),
        (502, OutcomeUnknown),
        (503, GatewayUnavailable),
        (504, OutcomeUnknown),
    ],
)
def test_each_status_is_one_kind_of_trouble(status, trouble):
    with pytest.raises(GatewayError) as raised:
        wire.refuse_by_status(status, name="Acme")
    assert raised.type is trouble


@pytest.mark.parametrize("status", [502, 504])
def test_a_harmless_question_may_always_be_asked_again(status):
    with pytest.raises(GatewayError) as raised:
        wire.refuse_by_status(status, name="Acme", harmless=True)
    assert raised.type is GatewayUnavailable


@pytest.mark.parametrize("status", [200, 202, 302])
def test_other_statuses_are_no_trouble(status):
    assert wire.refuse_by_status(status, name="Acme") is None
