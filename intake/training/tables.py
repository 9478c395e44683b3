"""The wordings of `intake/training/wordings`, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "wordings"


@cache
def table(name: str) -> dict[str, Any]:
    """The named TOML file as it stands."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
