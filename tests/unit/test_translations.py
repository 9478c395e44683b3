"""Every word on a patient's page is there in Spanish, and the compiled file belongs to the words."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from organizations.management.commands.compile_words import catalog, compile_catalog

ROOT = Path(settings.BASE_DIR)
SPANISH = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"
WORDS = catalog(SPANISH.read_text())
PAGES = [
    *sorted((ROOT / "templates" / "booking").glob("*.html")),
    *(
        ROOT / "templates" / name
        for name in ("link_gone.html", "layout/patient.html", "components/_dots.html")
    ),
]
MODULES = [
    ROOT / "referrals" / name for name in ("offering.py", "standing.py", "link_forms.py", "views/booked.py")
]
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
ONE = re.compile(rf"(?<![a-z])(?:gettext|_)\(\s*{TEXT}")
MANY = re.compile(rf"ngettext\(\s*{TEXT}\s*,\s*{TEXT}")


def words_of(path):
    """The texts that a template or module asks to be translated."""
    source = path.read_text()
    source = templatize(source) if path.suffix == ".html" else source
    plurals = ["\0".join(map(ast.literal_eval, found)) for found in MANY.findall(source)]
    return plurals + [ast.literal_eval(found) for found in ONE.findall(source)]


@pytest.mark.parametrize("path", PAGES + MODULES, ids=lambda path: path.name)
def test_every_word_has_its_spanish(path):
    assert [word for word in words_of(path) if word not in WORDS] == []


def test_the_pages_have_many_words():
    assert len({word for path in PAGES + MODULES for word in words_of(path)}) > 90


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word[:30])
def test_a_translation_keeps_the_places_for_values(word):
    def places(text):
        return sorted(set(re.findall(r"%\(\w+\)[sd]", text)))

    assert places(WORDS[word]) == places(word)


def test_the_compiled_file_is_up_to_date():
    assert SPANISH.with_suffix(".mo").read_bytes() == compile_catalog(SPANISH.read_text()), (
        "run: ./dev manage compile_words"
    )


def test_pages_hold_no_words_outside_translations():
    for path in (ROOT / "templates" / "booking").glob("*.html"):
        source = re.sub(
            r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{[%{#].*?[#%}]}|<[^>]*>",
            " ",
            path.read_text(),
            flags=re.DOTALL,
        )
        assert re.findall(r"[A-Za-z]{3,}", source) == [], path.name
