"""Candidates that their form gives away wherever they stand: dates, phones, NPIs, codes, known names."""

from collections.abc import Iterator
from datetime import date

from intake.extraction import addresses, codes, dates, gazetteer, names, npi, phones
from intake.extraction.candidate import FAIR_PROOF, FULL_PROOF, STRONG_PROOF, Candidate, on_line
from intake.extraction.layout import Layout, Line
from intake.extraction.spans import FULL_LINE
from intake.extraction.text import plain, tidy
from intake.extraction.vocabulary import choices
from providers.npi import is_npi

UNCERTAIN_CODE, CPT_BY_DIGITS, CPT_WITH_LETTER = 0.4, 0.6, 0.8
PHONE_OR_NPI = 0.5
ONE_LETTER = 0.6  # "M" may be anything
PLAIN_NAME, ONE_NAME = 0.4, 3.0  # ems of white within a name
NEXT_LINE = 1.5  # ems between the two lines of an address
WORDS_OF_CHOICE = (3, 2, 1)


def find(layout: Layout, latest: date) -> Iterator[Candidate]:
    """All of them on a page. `latest` bounds two-digit years."""
    for line in layout.lines:
        yield from _numbers(line, latest)
        yield from _codes(line)
        yield from _names(line)
        for role in ("patient_sex", "urgency"):
            yield from _choices(line, role)
    yield from _addresses(layout)


def _numbers(line: Line, latest: date) -> Iterator[Candidate]:
    for day in dates.find(line.text, latest=latest):
        proof, iso, shown = STRONG_PROOF if day.full else FAIR_PROOF, day.on.isoformat(), f"{day.on:%m/%d/%Y}"
        yield on_line(
            line, day.start, day.stop, "date", iso, proof=proof, display=shown, repaired=day.repaired
        )
    for found in npi.find(line.text):
        yield on_line(
            line, found.start, found.stop, "npi", found.number, proof=FULL_PROOF, repaired=found.repaired
        )
    for phone in phones.find(line.text):
        proof = PHONE_OR_NPI if phone.bare and is_npi(phone.digits) else STRONG_PROOF
        shown = phones.shown(phone.digits)
        yield on_line(
            line,
            phone.start,
            phone.stop,
            "phone",
            phone.digits,
            proof=proof,
            display=shown,
            repaired=phone.repaired,
        )


def _codes(line: Line) -> Iterator[Candidate]:
    for found in codes.icd10(line.text):
        proof = FULL_PROOF if found.certain else UNCERTAIN_CODE
        yield on_line(
            line, found.start, found.stop, "icd10", found.code, proof=proof, repaired=found.repaired
        )
    for found in codes.cpt(line.text):
        proof = CPT_BY_DIGITS if found.code.isdigit() else CPT_WITH_LETTER
        yield on_line(line, found.start, found.stop, "cpt", found.code, proof=proof)


def _names(line: Line) -> Iterator[Candidate]:
    for person, start, stop in names.everywhere(line.text):
        words = line.between(start, stop)
        if any(line.gap_before(i) > ONE_NAME for i in words[1:]):
            continue  # a first and a last name in cells of their own, or two people
        proof, parts = FAIR_PROOF if person.professional else PLAIN_NAME, (person.first, person.last)
        yield on_line(line, start, stop, "person", person.full, proof=proof, parts=parts)
    for of, kind in (("payers", "payer"), ("specialties", "specialty")):
        for name, start, stop in gazetteer.within(line.text, of):
            yield on_line(line, start, stop, kind, name, proof=FULL_PROOF)


def _choices(line: Line, role: str) -> Iterator[Candidate]:
    """Words that are a value by themselves; the longest where one is within another ("non urgent")."""
    for index in range(len(line.tokens)):
        for count in WORDS_OF_CHOICE:
            tokens = line.tokens[index : index + count]
            words = plain(" ".join(token.text for token in tokens))
            if len(tokens) == count and (value := choices(role).get(words)):
                proof = STRONG_PROOF if len(words) > 1 else ONE_LETTER
                yield Candidate(role, value, _shown(role, value), tokens, line.number, index, proof)
                break


def _shown(role: str, value: str) -> str:
    return {"M": "Male", "F": "Female"}[value] if role == "patient_sex" else value.capitalize()


def _addresses(layout: Layout) -> Iterator[Candidate]:
    """Whole addresses in one line, a street above its city, and those that running text breaks in two."""
    for line, after in zip(layout.lines, [*layout.lines[1:], None], strict=bool(layout.lines)):
        if match := addresses.find(line.text):
            yield on_line(line, match.start(), match.end(), "address", tidy(match[0]), proof=STRONG_PROOF)
        elif after and after.top - line.bottom < NEXT_LINE * layout.em:
            yield from _street_above_city(line, after)
            yield from _wrapped(layout, line, after)


def _street_above_city(line: Line, after: Line) -> Iterator[Candidate]:
    for cell in line.cells:
        street = addresses.street(" ".join(line.tokens[i].text for i in cell))
        left = line.tokens[cell.start].left
        under = [c for c in after.cells if abs(after.tokens[c.start].left - left) < 2 * line.em]
        city = addresses.city(" ".join(after.tokens[i].text for i in under[0])) if street and under else ""
        if city:
            tokens = tuple(line.tokens[i] for i in cell) + tuple(after.tokens[i] for i in under[0])
            value = f"{street}, {city}"
            yield Candidate("address", value, value, tokens, line.number, cell.start, FAIR_PROOF)


def _wrapped(layout: Layout, line: Line, after: Line) -> Iterator[Candidate]:
    if line.tokens[-1].right < FULL_LINE * layout.width:
        return
    match = addresses.find(f"{line.text} {after.text}")
    if match and match.start() < len(line.text) < match.end():
        words = line.between(match.start(), len(line.text))
        more = after.between(0, match.end() - len(line.text) - 1)
        tokens = tuple(line.tokens[i] for i in words) + tuple(after.tokens[i] for i in more)
        value = tidy(match[0])
        yield Candidate("address", value, value, tokens, line.number, words.start, FAIR_PROOF)
