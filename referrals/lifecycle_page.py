"""The lifecycle as a page of documentation, written from the table of moves so that it cannot go stale."""

from referrals.lifecycle import ENDED, LABELS, MOVES, Stage
from referrals.next_action import CLOCKS

HEAD = """# The referral lifecycle

Written by `./dev manage lifecycle_page` from `referrals/lifecycle.py`; `./dev check` fails when it is stale.

A referral has a *stage* (what both offices have been told), *facets* that run beside it (records, identity,
eligibility, authorization, contact, appointment, loop), and exactly one *next action*.
"""


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *_diagram(), "", "## Moves", "", *_moves(), "", "## Clocks", "", *_clocks(), ""])


def _diagram() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {stage.value} : {LABELS[stage]}" for stage in Stage]
    for name, move in MOVES.items():
        for source in sorted(move.sources):
            lines.append(f"    {source.value} --> {(move.target or source).value} : {name}")
    lines += [f"    {stage.value} --> [*]" for stage in sorted(ENDED)]
    return [*lines, "```"]


def _moves() -> list[str]:
    rows = ["| move | words | from | to | needs |", "|---|---|---|---|---|"]
    for name, move in MOVES.items():
        sources = ", ".join(sorted(s.value for s in move.sources))
        target = move.target.value if move.target else "stays"
        reason = ", a reason" if move.needs_reason else ""
        rows.append(f"| `{name}` | {move.label} | {sources} | {target} | `{move.permission}`{reason} |")
    return rows


def _clocks() -> list[str]:
    rows = [
        "Default time for each next action; a number is working days, `h` is hours on the wall clock.",
        "",
        "| next action | stat | urgent | routine |",
        "|---|---|---|---|",
    ]
    for code, spans in CLOCKS.items():
        cells = " | ".join(_span(spans[priority]) for priority in ("stat", "urgent", "routine"))
        rows.append(f"| `{code}` | {cells} |")
    return rows


def _span(span: object) -> str:
    seconds = getattr(span, "total_seconds", None)
    return f"{seconds() / 3600:g} h" if seconds else f"{span:g}"
