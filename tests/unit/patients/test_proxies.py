"""Until when a parent decides."""

from datetime import date

from patients.proxies import comes_of_age, is_minor, proposed_end

BORN = date(2009, 6, 16)


def test_a_parents_say_ends_on_the_eighteenth_birthday():
    assert proposed_end("parent", BORN, "IL", on=date(2026, 11, 25)) == date(2027, 6, 16)


def test_two_states_are_later_and_mississippi_is_not_where_care_is_meant():
    ages = {state: comes_of_age(BORN, state).year - BORN.year for state in ("AL", "NE", "MS", "IL", "")}
    assert ages == {"AL": 19, "NE": 19, "MS": 18, "IL": 18, "": 18}


def test_a_leap_day_child_comes_of_age_in_march():
    assert comes_of_age(date(2008, 2, 29)) == date(2026, 3, 1)


def test_on_the_day_itself_nobody_is_a_minor():
    assert is_minor(BORN, "IL", on=date(2027, 6, 15)) and not is_minor(BORN, "IL", on=date(2027, 6, 16))


def test_a_proxy_whom_the_patient_chose_and_an_adults_guardian_have_no_end():
    assert proposed_end("proxy", BORN, "IL", on=date(2026, 11, 25)) is None
    assert proposed_end("guardian", date(1950, 1, 1), "IL", on=date(2026, 11, 25)) is None
