"""Tags and filters of the UI kit. A built-in of the template engine, so no template needs to load it."""

from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms import BoundField
from django.template import Library
from django.template.context import Context
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from organizations import devices, words

register = Library()
SPRITE = "vendor/icons.svg"
FONTS = "vendor/fonts.css"
CHOICES = {"checkbox", "radioselect", "checkboxselectmultiple"}  # ticked, not typed into


# ---------------------------------------------------------------- pictures and styles
@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite. With a label it is an image with a name; without, decoration beside text."""
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    css = f"i {size}".strip()
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', css, role, static(SPRITE), name)


@register.simple_tag
def fonts() -> SafeString:
    """The link to Inter's stylesheet, when set-up produced it; otherwise the system's own font is used."""
    return format_html('<link rel="stylesheet" href="{}">', static(FONTS)) if _has_fonts() else mark_safe("")


@lru_cache(maxsize=1)
def _has_fonts() -> bool:
    return finders.find(FONTS) is not None


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code as inline SVG: the security policy allows no data: address for images."""
    code = segno.make(text, error="m").svg_inline(omitsize=True, svgclass="qr", lineclass=None)
    named = format_html('<svg role="img" aria-label="{}" ', label)
    return mark_safe(code.replace("<svg ", named, 1))  # noqa: S308 - drawn by segno, it holds no text of ours


# ---------------------------------------------------------------- addresses and rights
@register.simple_tag
def outside(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page that belongs to no organization, from anywhere.

    Inside an organization the script prefix is `/o/<slug>/`, which would be put before it.
    """
    address = reverse(name, urlconf=settings.ROOT_URLCONF, args=args, kwargs=kwargs)
    return f"/{address.removeprefix(get_script_prefix())}"


@register.simple_tag(takes_context=True)
def current(context: Context, address: str) -> SafeString:
    """The aria-current attribute, when this page is at the address or below it."""
    request = getattr(context, "request", None)
    path = request.path if request else ""
    below = address != get_script_prefix() and path.startswith(address)
    return mark_safe('aria-current="page"') if address and (path == address or below) else mark_safe("")


@register.filter
def may(membership: Any, permission: str) -> bool:
    """Whether the member's role grants the permission; nobody may nothing."""
    return bool(membership) and membership.may(permission)


# ---------------------------------------------------------------- forms
@register.simple_tag
def control(field: BoundField, extra: str = "") -> SafeString:
    """The field's input with our classes; Django adds the aria attributes itself."""
    given = field.field.widget.attrs
    ours = "" if field.widget_type in CHOICES else f"input {extra}"
    css = f"{ours} {given.get('class', '')}".strip()
    attrs: dict[str, Any] = {"class": css} if css else {}
    if _repeats(str(given.get("placeholder", "")), str(field.label)):
        attrs["placeholder"] = False
    return field.as_widget(attrs=attrs)


def _repeats(placeholder: str, label: str) -> bool:
    one, other = placeholder.casefold(), label.casefold()
    return one in other or other in one


# ---------------------------------------------------------------- words
@register.filter
def phone(number: str) -> str:
    """(217) 555-0188."""
    return words.phone(number)


@register.filter
def usdate(day: date | None) -> str:
    """03/14/1967."""
    return words.us_date(day)


@register.filter
def device(user_agent: str) -> str:
    """Chrome on Windows."""
    return devices.device(user_agent)


@register.filter
def initials(name: str) -> str:
    """AW."""
    return words.initials(name)


@register.filter
def comma(number: int) -> str:
    """1,284."""
    return f"{number:,}"


@register.filter
def percent(share: float) -> str:
    """99.4%."""
    return words.percent(share)


@register.filter
def signed(weight: float) -> str:
    """+4.2."""
    return words.signed(weight)


@register.simple_tag(takes_context=True)
def at_time(context: Context, moment: datetime) -> str:
    """Today 8:12 AM, in the time zone of the organization."""
    return words.at_time(moment, now=_now(context), zone=_zone(context))


@register.simple_tag(takes_context=True)
def day(context: Context, moment: datetime) -> str:
    """11/25/2026, in the time zone of the organization."""
    return words.day_of(moment, zone=_zone(context))


@register.simple_tag(takes_context=True)
def stamp(context: Context, moment: datetime) -> str:
    """11/25/2026 9:50 AM, in the time zone of the organization, for paper."""
    return words.stamp(moment, zone=_zone(context))


@register.simple_tag(takes_context=True)
def ago(context: Context, moment: datetime) -> str:
    """6 minutes ago."""
    return words.ago(moment, now=_now(context))


@register.simple_tag(takes_context=True)
def age(context: Context, born: date, on: date | None = None) -> int:
    """Completed years, today unless another day is given."""
    return words.age(born, on=on or _now(context).astimezone(_zone(context)).date())


def _now(context: Context) -> datetime:
    return context.get("now") or timezone.now()


def _zone(context: Context) -> tzinfo:
    return context.get("zone") or timezone.get_current_timezone()


# ---------------------------------------------------------------- arithmetic for SVG attributes
@register.filter
def plus(number: float, other: float) -> float:
    """The sum, to a tenth."""
    return round(float(number) + float(other), 1)


@register.filter
def sub(number: float, other: float) -> float:
    """The difference, to a tenth."""
    return round(float(number) - float(other), 1)


@register.filter
def times(number: float, other: float) -> float:
    """The product, to a tenth."""
    return round(float(number) * float(other), 1)
