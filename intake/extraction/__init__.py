"""From the words of a fax's pages to documents and fields. Pure: no database, settings, clock or gateway.

Reading goes in seven steps, one module each: layout (lines, cells) -> a role for each word and page by a
trained network (`tagging`) -> known labels and sections -> typed candidates everywhere -> the evidence for
each role that a candidate could play -> a probability for each by a second network (`scoring`) -> one value
for each role and one role for each value, with a calibrated confidence. `model/` has the trained weights
and the record of their training; `./dev manage train_reader` (package `intake.training`) makes them.
"""

from intake.extraction.reader import extract
from intake.extraction.shapes import Box, Extraction, PageText, ReadDocument, ReadField, WordOnPage
from intake.extraction.wording import wording_near

__all__ = [
    "Box",
    "Extraction",
    "PageText",
    "ReadDocument",
    "ReadField",
    "WordOnPage",
    "extract",
    "wording_near",
]
