"""Where interchanges begin in a text, and which characters divide each (ASC X12.5; ISA is 106 characters).

The element separator is the 4th character of the ISA, the component separator its 16th element, the segment
terminator the character after that. ISA11 divides repetitions only since version 00402; before it held "U".
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

BLANK = " \t\r\n\x00\x1a\ufeff"
"""What may stand around a segment; not \\x1c to \\x1f, which some partners divide by."""

ISA_LENGTH = 106
ISA_ELEMENTS = 16
LONGEST_ISA_ELEMENT = 40
FIRST_VERSION_WITH_REPETITION = "00402"
WIDEST_GAP = 200
BEGINNING = re.compile(r"(?<![A-Za-z0-9])ISA(?=[^A-Za-z0-9 \r\n])")


class NotX12(ValueError):
    """Nothing in the text can be read as X12; the text is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The four characters that divide an interchange; repetition is empty where it has none."""

    element: str = "*"
    repetition: str = "^"
    component: str = ":"
    segment: str = "~"


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that does not follow the standard; `segment` counts from 1 in its interchange.

    The detail never repeats an element but control numbers, counts, versions and segment names, so that it
    may be logged.
    """

    code: str
    detail: str
    segment: int = 1


@dataclass(slots=True)
class Header:
    """An ISA: its 16 elements (`elements[0]` is ISA itself) and where the text after it begins."""

    elements: list[str]
    delimiters: Delimiters
    start: int
    end: int
    oddities: list[Oddity] = field(default_factory=list)


def headers(text: str) -> Iterator[tuple[Header, str]]:
    """Each ISA with the text that belongs to its interchange; raises NotX12 when there is none."""
    header = next_header(text, 0)
    if header is None:
        raise NotX12("This is not X12: it has no ISA header that can be read.")
    if text[: header.start].strip(BLANK):
        header.oddities.append(Oddity("leading_text", "There is other text before the ISA."))
    while header is not None:
        follower = next_header(text, header.end, after=header.delimiters.segment)
        yield header, text[header.end : follower.start if follower else len(text)]
        header = follower


def next_header(text: str, position: int, *, after: str = "") -> Header | None:
    """The first ISA from a position on that can be read and, where that is asked, follows a terminator."""
    places = (found.start() for found in BEGINNING.finditer(text, position))
    readable = (header_at(text, place) for place in places if not after or begins_segment(text, place, after))
    return next((header for header in readable if header is not None), None)


def begins_segment(text: str, position: int, terminator: str) -> bool:
    """Whether a segment begins here: after a terminator or a line's end, and not as a word in an element."""
    before = text[max(0, position - WIDEST_GAP) : position]
    end = before.rstrip(BLANK)
    return end.endswith(terminator) or any(mark in before[len(end) :] for mark in (terminator, "\n", "\r"))


def header_at(text: str, start: int) -> Header | None:
    """The ISA that begins here, or None when it has too few elements or no terminator."""
    separator = text[start + 3]
    elements = text[start : start + ISA_ELEMENTS * LONGEST_ISA_ELEMENT].split(separator, ISA_ELEMENTS)
    before_last = elements[:ISA_ELEMENTS]
    if len(elements) <= ISA_ELEMENTS or any(len(each) > LONGEST_ISA_ELEMENT for each in before_last):
        return None
    position = start + sum(len(each) + 1 for each in before_last)
    component, terminator, end = ending(text, position)
    if not terminator:
        return None
    elements[ISA_ELEMENTS] = component
    header = Header(
        elements, Delimiters(separator, repetition_in(elements), component, terminator), start, end
    )
    header.oddities += header_oddities(header)
    return header


def ending(text: str, position: int) -> tuple[str, str, int]:
    """ISA16, the segment terminator, and where the next segment begins; ISA16 may be missing."""
    first, second = text[position : position + 1], text[position + 1 : position + 2]
    line = text[position + 1 : position + 400].lstrip(BLANK).split("\n", 1)[0].rstrip(BLANK)
    if second.isalnum() or (second in ("\r", "\n") and line.endswith(first)):
        return "", first, position + 1
    return first, second, position + 2


def repetition_in(elements: list[str]) -> str:
    """The repetition separator that ISA11 announces, or nothing."""
    mark, version = elements[11], elements[12]
    announced = len(mark) == 1 and not mark.isalnum() and mark != " "
    return mark if announced and version >= FIRST_VERSION_WITH_REPETITION else ""


def header_oddities(header: Header) -> Iterator[Oddity]:
    """What is unusual about an ISA that could be read all the same."""
    length = header.end - header.start
    if length != ISA_LENGTH:
        yield Oddity("isa_length", f"The ISA has {length} characters instead of {ISA_LENGTH}.")
    if header.elements[12] != "00501":
        yield Oddity("version", f"ISA12 says version {header.elements[12].strip()} instead of 00501.")
    if not header.delimiters.component:
        yield Oddity("no_component_separator", "ISA16 is missing.")
    elif header.delimiters.component == header.delimiters.repetition:
        yield Oddity("same_separators", "ISA11 and ISA16 are the same character.")


def decoded(raw: bytes) -> str:
    """The text of a file of unknown encoding: by its byte order mark, else UTF-8, else Latin-1."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
