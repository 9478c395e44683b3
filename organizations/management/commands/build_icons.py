"""Builds `static/vendor/` at set-up: the icon sprite, htmx, and Inter when installed. None is committed."""

import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django_htmx
import lucide
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
LUCIDE = Path(lucide.__file__).parent / "lucide.zip"
INTER = ROOT / "node_modules" / "@fontsource-variable" / "inter" / "files" / "inter-latin-wght-normal.woff2"
FONT_FACE = (
    '@font-face{font-family:"Inter Variable";font-weight:100 900;font-display:swap;'
    'src:url(inter-latin.woff2) format("woff2")}'
)

IN_TEMPLATES = re.compile(r"""{%\s*icon\s+["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']""")
IN_PYTHON = re.compile(r"""\bicon\s*=\s*["']([a-z0-9-]+)["']|["']icon["']\s*:\s*["']([a-z0-9-]+)["']""")
# Icons that neither pattern finds, because Python names them in a table or a tuple.
NAMED_ELSEWHERE: frozenset[str] = frozenset()


class Command(BaseCommand):
    """manage.py build_icons"""

    help = "Build the icon sprite and copy third-party static files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write everything under static/vendor/, or fail naming the icon that does not exist."""
        VENDOR.mkdir(parents=True, exist_ok=True)
        names = icons_used(ROOT)
        (VENDOR / "icons.svg").write_text(sprite(names))
        shutil.copyfile(HTMX, VENDOR / "htmx.min.js")
        self.stdout.write(f"{len(names)} icons, {'Inter' if _copy_font() else 'system font'}")


def icons_used(root: Path) -> set[str]:
    """Every icon named by a template, or by Python as `icon="…"` or `"icon": "…"`."""
    found = _named(sorted((root / "templates").rglob("*.html")), IN_TEMPLATES)
    sources = [path for app in settings.INSTALLED_APPS for path in sorted((root / app).rglob("*.py"))]
    return found | _named(sources, IN_PYTHON) | NAMED_ELSEWHERE


def sprite(names: Iterable[str]) -> str:
    """One SVG file with a symbol for each named Lucide icon; an unknown name is an error."""
    with zipfile.ZipFile(LUCIDE) as archive:
        unknown = sorted(set(names) - {name.removesuffix(".svg") for name in archive.namelist()})
        if unknown:
            raise CommandError(f"Lucide has no icon named {', '.join(unknown)}.")
        symbols = [_symbol(name, archive.read(f"{name}.svg").decode()) for name in sorted(names)]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


def _named(paths: Iterable[Path], pattern: re.Pattern[str]) -> set[str]:
    return {first or second for path in paths for first, second in pattern.findall(path.read_text())}


def _symbol(name: str, svg: str) -> str:
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>'


def _copy_font() -> bool:
    if INTER.exists():
        shutil.copyfile(INTER, VENDOR / "inter-latin.woff2")
        (VENDOR / "fonts.css").write_text(FONT_FACE)
    return INTER.exists()
