"""From the words of a fax's pages to documents and fields. Pure: no database, settings, clock or gateway.

Reading goes in six steps, one module each: layout (lines, cells) -> labels and sections -> typed candidates
everywhere -> the surroundings of each -> a score for each role it could play (`scoring`, which a learned
scorer can replace) -> one value for each role and one role for each value, with a confidence.
"""

from intake.extraction.reader import extract
from intake.extraction.shapes import Box, Extraction, PageText, ReadDocument, ReadField, WordOnPage

__all__ = ["Box", "Extraction", "PageText", "ReadDocument", "ReadField", "WordOnPage", "extract"]
