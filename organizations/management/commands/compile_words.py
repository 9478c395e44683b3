"""Turn locale/*/LC_MESSAGES/django.po into the .mo files that Django reads.

`compilemessages` needs the msgfmt program, which not every machine has. The .mo files are committed; with
--check the command only says whether they are up to date.
"""

import ast
import re
import struct
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

MAGIC = 0x950412DE  # https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
HEADER_BYTES = 28
KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(".*")')
Entry = dict[str, str]


class Command(BaseCommand):
    help = "Compile the translations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only fail when a compiled file is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po")):
            compiled, target = compile_catalog(source.read_text()), source.with_suffix(".mo")
            if not options["check"]:
                target.write_bytes(compiled)
            elif not target.exists() or target.read_bytes() != compiled:
                raise CommandError(
                    f"{target.name} of {source.parent.parent.name} is out of date: run compile_words."
                )


def compile_catalog(text: str) -> bytes:
    """The .mo file for the text of a .po file."""
    pairs = sorted(catalog(text).items())
    ids = [key.encode() for key, _ in pairs]
    words = [value.encode() for _, value in pairs]
    tables = HEADER_BYTES + 16 * len(pairs)
    id_table, at = _table(ids, tables)
    word_table, _end = _table(words, at)
    header = struct.pack("<7I", MAGIC, 0, len(pairs), HEADER_BYTES, HEADER_BYTES + 8 * len(pairs), 0, tables)
    return header + id_table + word_table + b"".join(text + b"\0" for text in ids + words)


def _table(texts: list[bytes], at: int) -> tuple[bytes, int]:
    rows = b""
    for text in texts:
        rows += struct.pack("<2I", len(text), at)
        at += len(text) + 1
    return rows, at


def catalog(text: str) -> dict[str, str]:
    """Keys and translations as a .mo file holds them; entries that are fuzzy or empty are left out."""
    found = {}
    for block in re.split(r"\n\s*\n", text):
        entry = {} if re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) else _entry(block)
        if "msgid" in entry and entry.get("msgstr[0]", entry.get("msgstr")):
            found[_key(entry)] = _translation(entry)
    return found


def _entry(block: str) -> Entry:
    entry: Entry = {}
    name = ""
    for line in block.splitlines():
        if match := KEYWORD.match(line):
            name = match[1] + (f"[{match[2]}]" if match[2] else "")
            entry[name] = ast.literal_eval(match[3])
        elif line.startswith('"') and name:
            entry[name] += ast.literal_eval(line)
    return entry


def _key(entry: Entry) -> str:
    context = f"{entry['msgctxt']}\4" if "msgctxt" in entry else ""
    plural = f"\0{entry['msgid_plural']}" if "msgid_plural" in entry else ""
    return context + entry["msgid"] + plural


def _translation(entry: Entry) -> str:
    if "msgid_plural" not in entry:
        return entry["msgstr"]
    forms = [name for name in entry if name.startswith("msgstr[")]
    return "\0".join(entry[name] for name in sorted(forms))
