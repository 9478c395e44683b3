"""Sealed values: what opens, what does not, and what a stolen copy of the database tells."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insurance.models import Coverage, Payer
from organizations import crypto
from organizations.crypto import DoesNotOpen, blind_index, seal, unseal
from organizations.models import DataKey
from tests.conftest import inside
from tests.factories import make_coverage, make_organization, make_patient

MEMBER = "ZZCANARY884160271"


def raw(question: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else []


# ---------------------------------------------------------------- sealing
def test_what_was_sealed_opens(scope):
    assert unseal(seal(b"hello", context="a"), context="a") == b"hello"


def test_equal_texts_are_sealed_differently(scope):
    assert seal(b"hello", context="a") != seal(b"hello", context="a")


def test_it_opens_with_an_older_key_after_a_new_one_came(scope):
    old = seal(b"hello", context="a")
    DataKey.objects.create(number=2, wrapped=DataKey.objects.get().wrapped)
    new = seal(b"hello", context="a")
    assert (old[4], new[4]) == (1, 2)
    assert unseal(old, context="a") == unseal(new, context="a") == b"hello"


def test_it_does_not_open_in_another_place(scope):
    sealed = seal(b"hello", context="a")
    with pytest.raises(DoesNotOpen):
        unseal(sealed, context="b")


def test_it_does_not_open_in_another_organization(lakeside, prairie):
    with inside(lakeside):
        sealed = seal(b"hello", context="a")
    with inside(prairie), pytest.raises(DoesNotOpen):
        unseal(sealed, context="a")


def test_no_byte_can_be_changed(scope):
    sealed = seal(b"hello", context="a")
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(DoesNotOpen):
            unseal(changed, context="a")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(garbage=st.binary(max_size=60))
def test_what_was_never_sealed_is_refused_by_name(scope, garbage):
    for head in (b"", b"\x01\x00\x00\x00\x01"):
        with pytest.raises(DoesNotOpen):
            unseal(head + garbage, context="a")


# ---------------------------------------------------------------- keys
def test_a_key_that_is_rolled_back_is_not_remembered(committed):
    """Else the first seal of a request that fails would leave, for ten minutes, a key that exists nowhere."""
    organization = make_organization()
    with pytest.raises(ZeroDivisionError), inside(organization):
        seal(b"lost", context="a")
        blind_index("lost", column="a")
        raise ZeroDivisionError
    with inside(organization):
        sealed = seal(b"kept", context="a")
    crypto.forget_keys()
    with inside(organization):
        assert unseal(sealed, context="a") == b"kept"


def test_a_committed_key_is_remembered(committed, django_assert_num_queries):
    organization = make_organization()
    with inside(organization):
        sealed = seal(b"hello", context="a")
    with inside(organization):
        unseal(sealed, context="a")
        with django_assert_num_queries(0):
            assert unseal(sealed, context="a") == b"hello"


def test_a_data_key_is_kept_only_wrapped(scope):
    _, key = crypto.newest_key()
    assert key not in bytes(DataKey.objects.get().wrapped)


# ---------------------------------------------------------------- finding equal values
def test_equal_values_are_found_and_others_are_not(scope):
    assert blind_index("A1", column="x") == blind_index("A1", column="x")
    assert len({blind_index(v, column=c) for v in ("A1", "A2") for c in ("x", "y")}) == 4


def test_the_same_value_is_indexed_differently_elsewhere(lakeside, prairie):
    found = set()
    for organization in (lakeside, prairie):
        with inside(organization):
            found.add(blind_index("A1", column="x"))
    assert len(found) == 2


def test_an_index_outlives_a_new_key(scope):
    before = blind_index("A1", column="x")
    DataKey.objects.create(number=2, wrapped=DataKey.objects.get().wrapped)
    crypto.forget_keys()
    assert blind_index("A1", column="x") == before


# ---------------------------------------------------------------- the column
@pytest.fixture
def coverage(scope):
    return make_coverage(make_patient(), member_id=MEMBER)


def test_a_row_gives_back_its_text(coverage):
    assert Coverage.objects.get(pk=coverage.pk).member_id == MEMBER


def told_by(table: str) -> list[str]:
    """Each row of a table as text, as a dump would show it: bytes are written in hexadecimal."""
    return [text for (text,) in raw(f"SELECT t::text FROM {table} t")]


def tells(row: str) -> bool:
    return MEMBER in row or MEMBER.encode().hex() in row


def test_a_dump_of_unsealed_bytes_would_be_noticed(db):
    assert tells(raw("SELECT %s::bytea::text", MEMBER.encode())[0][0])


def test_the_table_holds_no_plain_text(coverage):
    rows = told_by("insurance_coverage")
    assert len(rows) == 1 and not tells(rows[0])


def test_the_history_holds_neither_the_text_nor_the_seal(coverage):
    coverage.member_id = f"{MEMBER}2"
    coverage.save()
    rows = told_by("insurance_historicalcoverage")
    assert len(rows) == 2 and not any(tells(row) for row in rows)
    assert "member_id" not in {f.name for f in Coverage.history.model._meta.fields}


def test_rows_made_together_are_sealed_each_for_itself(scope):
    patient, payer = make_patient(), Payer.objects.create(payer_id="1", name="P")
    rows = [Coverage(patient=patient, payer=payer, member_id=f"{MEMBER}{n}") for n in range(3)]
    Coverage.objects.bulk_create(rows)
    found = Coverage.objects.order_by("id").values_list("pk", flat=True)
    assert [Coverage.objects.get(pk=pk).member_id for pk in found] == [row.member_id for row in rows]
    assert not any(tells(row) for row in told_by("insurance_coverage"))


def test_a_seal_copied_to_another_row_does_not_open(coverage):
    other = make_coverage(make_patient(), member_id="OTHER1")
    raw("UPDATE insurance_coverage SET member_id = (SELECT member_id FROM insurance_coverage WHERE id = %s) "
        "WHERE id = %s", coverage.pk, other.pk)  # fmt: skip
    with pytest.raises(DoesNotOpen):
        str(Coverage.objects.get(pk=other.pk).member_id)


def test_an_unread_seal_is_not_opened_for_nothing(coverage, monkeypatch):
    monkeypatch.setattr(crypto, "unseal", lambda *args, **kw: pytest.fail("opened"))
    assert [c.rank for c in Coverage.objects.all()] == [1]


def test_a_row_saved_again_still_opens(coverage):
    again = Coverage.objects.get(pk=coverage.pk)
    again.rank = 2
    again.save()
    assert Coverage.objects.get(pk=coverage.pk).member_id == MEMBER


def test_no_text_is_no_seal(scope):
    coverage = make_coverage(make_patient(), member_id="")
    assert raw("SELECT member_id, member_id_index FROM insurance_coverage") == [(None, None)]
    assert Coverage.objects.get(pk=coverage.pk).member_id is None


# ---------------------------------------------------------------- secrets of people
def test_a_persons_secret_opens_and_is_not_in_its_seal():
    sealed = crypto.seal_for_platform("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert crypto.unseal_for_platform(sealed) == "JBSWY3DPEHPK3PXP"
