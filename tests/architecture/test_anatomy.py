"""The house rules that a machine can check: history on every tenant model, templates, words, sizes."""

import ast
import re
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings

from jobs.effects import EFFECTS
from jobs.work import HANDLERS
from organizations.models import OrganizationForeignKey, OrganizationModel
from organizations.roles import PERMISSIONS
from referrals.lifecycle import MOVES

ROOT = Path(settings.BASE_DIR)
APPS = [
    "organizations", "gateways", "audit", "jobs", "patients", "providers", "insurance", "notifications",
    "scheduling", "referrals", "intake", "analytics", "referralhub",
]  # fmt: skip
TENANT_MODELS = [m for m in apps.get_models() if issubclass(m, OrganizationModel)]
# Their past says nothing about a patient: counters, and what is made anew from other rows.
WITHOUT_PAST = {"Counter", "Job", "SearchKey", "PublishedWait", "ImportRow"}
LONGEST_FILE = 250  # non-blank lines; settings are one flat list that is read by name
FORBIDDEN_FILES = {
    "utils.py",
    "helpers.py",
    "services.py",
    "managers.py",
    "mixins.py",
    "signals.py",
    "common.py",
}


def sources():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda m: m.__name__)
def test_every_tenant_model_keeps_its_past(model):
    if model.kept_by == "history":
        assert hasattr(model, "history")
    elif model.kept_by == "itself":
        assert model.__name__ in WITHOUT_PAST
    else:
        assert model.kept_by == "append-only"


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda m: m.__name__)
def test_keys_between_tenant_models_are_composite_in_the_database(model):
    for field in model._meta.fields:
        if field.is_relation and issubclass(field.related_model, OrganizationModel):
            assert isinstance(field, OrganizationForeignKey), field


def test_append_only_tables_refuse_changes(db):
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'")
        guarded = {row[0] for row in cursor.fetchall()}
    kept = {m._meta.db_table for m in TENANT_MODELS if m.kept_by == "append-only"}
    history = {m._meta.db_table for m in apps.get_models() if m.__name__.startswith("Historical")}
    assert guarded == kept | history


def test_no_file_has_a_name_that_says_nothing():
    assert [p for p in sources() if p.name in FORBIDDEN_FILES] == []


def test_files_and_functions_stay_small():
    long_files = {
        str(p.relative_to(ROOT)): n
        for p in sources()
        if (n := _lines(p.read_text())) > LONGEST_FILE and p.name != "settings.py"
    }
    long_functions = {
        f"{p.relative_to(ROOT)}:{f.name}": f.end_lineno - f.lineno + 1
        for p in sources()
        for f in ast.walk(ast.parse(p.read_text()))
        if isinstance(f, ast.FunctionDef) and f.end_lineno - f.lineno + 1 > 45
    }
    assert (long_files, long_functions) == ({}, {})


def _lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def test_every_module_says_what_it_is_for():
    silent = [
        p for p in sources() if p.read_text().strip() and ast.get_docstring(ast.parse(p.read_text())) is None
    ]
    assert silent == []


def test_templates_hold_no_inline_style_script_or_handler():
    bad = re.compile(
        r"style=\"|<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+=\"", re.IGNORECASE
    )
    found = [
        p
        for p in (ROOT / "templates").rglob("*.html")
        if bad.search(p.read_text()) and "messages" not in p.parts
    ]
    assert found == []


def test_templates_stay_small():
    sizes = {str(p.relative_to(ROOT)): _lines(p.read_text()) for p in (ROOT / "templates").rglob("*.html")}
    assert {p: n for p, n in sizes.items() if n > 100} == {}


def test_every_kind_of_work_has_a_handler_and_words_for_people():
    current_app.loader.import_default_modules()
    assert set(HANDLERS) == set(EFFECTS)


def test_every_move_needs_a_permission_that_exists():
    assert {move.permission for move in MOVES.values()} <= PERMISSIONS


def test_nothing_is_left_for_later():
    marker = re.compile(r"TODO|FIXME|XXX:")
    places = [*sources(), *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "dev"]
    assert [str(p) for p in places if marker.search(p.read_text())] == []


def test_the_lock_file_holds_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > lock.count("==")
