"""Candidates that only their label gives away: what stands right of it, or else below it."""

import re
from collections.abc import Callable, Iterator

from intake.extraction import addresses, gazetteer, names
from intake.extraction.candidate import FAIR_PROOF, STRONG_PROOF, WEAK_PROOF, Candidate
from intake.extraction.labels import IN_TEXT, STRONG, Label, Labels
from intake.extraction.spans import Span, below, right_of, running_on
from intake.extraction.text import plain, tidy

NAME_PROOF, ID_PROOF, REASON_PROOF = 0.6, 0.5, 0.6
# In running text only what proves itself is taken: a payer after "insured with", an id after "member ID".
TAKEN_IN_TEXT = ("payer_name", "member_id", "group_no", "reason", "to_provider", "ref_provider")
ID_WORD = re.compile(r"(?=[A-Z\-]*\d)[A-Z0-9][A-Z0-9\-]{3,15}")
AROUND_ID = re.compile(r"^[^A-Za-z0-9]+|[^A-Za-z0-9]+$")
ID_PIECE = re.compile(r"(?=.*\d)[A-Z0-9\-]{1,6}")
JOINED_ID = 0.9  # ems; the groups of one number stand no further apart
WORDS_TO_ID = 4
SHORTEST_ID, LONGEST_ID, LONGEST_PIECE = 4, 15, 5
MOST_WORDS_IN_NAME, FEWEST_LETTERS = 6, 3
LONG_NUMBER = re.compile(r"\d{3}")
END_OF_NAME = re.compile(r"[;(|]|\s-\s")
SENTENCE_END = re.compile(r"(?<=[a-z0-9)])[.?](?:\s|$)")
LONG_WORD, FEWEST_LONG_WORDS = 4, 2
LINES_OF_ADDRESS = 3

Taking = Callable[[Labels, Label, Span], Iterator[Candidate]]


def find(labels: Labels) -> Iterator[Candidate]:
    """The value of each label of a page, as what the label asks for."""
    for label in labels.found:
        take = TAKES.get(label.meaning)
        if take and label.strength >= (IN_TEXT if label.meaning in TAKEN_IN_TEXT else STRONG):
            yield from _first_that_fits(labels, label, take)


def _first_that_fits(labels: Labels, label: Label, take: Taking) -> list[Candidate]:
    for span in (right_of(labels, label), *below(labels, label)[:1]):
        if found := list(take(labels, label, span)) if span.tokens else []:
            return found
    return []


def _take_person(labels: Labels, label: Label, span: Span) -> Iterator[Candidate]:
    person = names.parse(span.text)
    if person and not gazetteer.nearest(person.full, "specialties"):
        proof, parts = FAIR_PROOF if person.professional else NAME_PROOF, (person.first, person.last)
        yield _from_span(span, label, "person", person.full, proof=proof, parts=parts)


def _take_part(labels: Labels, label: Label, span: Span) -> Iterator[Candidate]:
    if part := names.single(span.text):
        yield _from_span(span, label, "name_part", part, proof=NAME_PROOF)


def _take_known(of: str, kind: str) -> Taking:
    """A known name, else the words as they stand when the label is a strong one."""

    def take(labels: Labels, label: Label, span: Span) -> Iterator[Candidate]:
        known = gazetteer.prefix(span.text, of)
        if known:
            yield _from_span(span, label, kind, known.name, proof=known.likeness)
        elif label.strength >= STRONG and _like_a_name(words := tidy(END_OF_NAME.split(span.text)[0])):
            yield _from_span(span, label, kind, words, proof=WEAK_PROOF)

    return take


def _like_a_name(words: str) -> bool:
    letters = sum(letter.isalpha() for letter in words)
    return (
        len(words.split()) <= MOST_WORDS_IN_NAME
        and letters >= FEWEST_LETTERS
        and not LONG_NUMBER.search(words)
    )


def _take_id(labels: Labels, label: Label, span: Span) -> Iterator[Candidate]:
    """The first word with a digit in it, with the further groups of the number right beside it."""
    tokens = span.tokens
    for index, token in enumerate(tokens[:WORDS_TO_ID]):
        joined, used = AROUND_ID.sub("", token.text).upper(), index + 1
        if not ID_WORD.fullmatch(joined) and not _first_piece(joined):
            continue
        while (
            used < len(tokens) and tokens[used].left - tokens[used - 1].right < JOINED_ID * labels.layout.em
        ):
            more = tidy(tokens[used].text).upper()
            if not ID_PIECE.fullmatch(more) or len(joined) + len(more) > LONGEST_ID:
                break
            joined, used = joined + more, used + 1
        if len(joined) >= SHORTEST_ID:
            place = {"tokens": tokens[index:used], "line": span.line, "start": span.start + index}
            yield Candidate("id", joined, joined, proof=ID_PROOF, label=label, **place)  # type: ignore[arg-type]
        return


def _first_piece(word: str) -> bool:
    return word.isalnum() and 1 < len(word) <= LONGEST_PIECE and any(map(str.isdigit, word))


def _take_address(labels: Labels, label: Label, span: Span) -> Iterator[Candidate]:
    """An address that begins beside its label and may go on below it, or beside the city's own label."""
    rest = [more for more in below(labels, label) if more.line > span.line]
    for count in range(LINES_OF_ADDRESS):
        spans = [span, *rest[:count]]
        if match := addresses.find(", ".join(tidy(part.text) for part in spans)):
            yield _over_spans(spans, label, "address", tidy(match[0]), proof=STRONG_PROOF)
            return
    if (street := addresses.street(span.text)) and (city := _city_span(labels)):
        value = f"{street}, {addresses.city(city.text)}"
        yield _over_spans([span, city], label, "address", value, proof=FAIR_PROOF)


def _city_span(labels: Labels) -> Span | None:
    for label in labels.found:
        if label.meaning == "city_line":
            for span in (right_of(labels, label), *below(labels, label)[:1]):
                if addresses.city(span.text):
                    return span
    return None


def _take_reason(labels: Labels, label: Label, span: Span) -> Iterator[Candidate]:
    """The sentence beside or below the label, with the lines that it runs on to."""
    spans = running_on(labels.layout, span)
    text = tidy(SENTENCE_END.split(" ".join(part.text for part in spans), maxsplit=1)[0])
    if len([word for word in text.split() if len(word) >= LONG_WORD]) >= FEWEST_LONG_WORDS:
        yield _over_spans(spans, label, "reason", text, proof=REASON_PROOF)


TAKES: dict[str, Taking] = {
    **dict.fromkeys(
        ("patient_name", "name", "provider", "ref_provider", "to_provider", "sign_off"), _take_person
    ),
    "patient_first": _take_part,
    "patient_last": _take_part,
    "payer_name": _take_known("payers", "payer"),
    "to_specialty": _take_known("specialties", "specialty"),
    "member_id": _take_id,
    "group_no": _take_id,
    "patient_address": _take_address,
    "address": _take_address,
    "reason": _take_reason,
}


def _from_span(
    span: Span, label: Label, kind: str, value: str, *, proof: float, parts: tuple[str, str] | None = None
) -> Candidate:
    """A candidate whose words are those of the span that make up its value."""
    wanted = set(plain(value).split())
    tokens = tuple(token for token in span.tokens if wanted & set(plain(token.text).split())) or span.tokens
    return Candidate(kind, value, value, tokens, span.line, span.start, proof, label=label, parts=parts)


def _over_spans(spans: list[Span], label: Label, kind: str, value: str, *, proof: float) -> Candidate:
    tokens = tuple(token for span in spans for token in span.tokens)
    return Candidate(kind, value, value, tokens, spans[0].line, spans[0].start, proof, label=label)
