"""What speaks for and against a candidate playing a role, as numbers that the trained scorer weighs."""

from collections.abc import Sequence

import numpy as np

from intake.extraction.candidate import Candidate
from intake.extraction.features import Array
from intake.extraction.kinds import OPEN, ROLES, SECTION_OF
from intake.extraction.layout import CELL_GAP, Layout, Token
from intake.extraction.roles_of_words import FIELDS, OTHERS, PAGE_ROLES
from intake.extraction.surroundings import Surroundings
from intake.extraction.tagging import PLACE, Tags

NAME = "patient_name"
TAGS_OF = {NAME: ("patient_first", "patient_last", "patient_middle")}  # else itself
SCORED = (NAME, *FIELDS)  # roles that candidates are scored for
NOBODYS = [PLACE[role] for role in (*OTHERS, "") if role != "patient_middle"]
ALL_FIELDS = np.array([PLACE[role] for role in FIELDS])
STRIP = 0.022  # share of the page's height in which a sending machine prints its line
MANY_WORDS, LONG_VALUE = 10, 80
ENDS = ".:?;!"
OWNERS = ("patient", "referrer", "receiver")


def of(candidate: Candidate, around: Surroundings, tags: Tags, layout: Layout) -> dict[str, Array]:
    """Role -> its row of evidence, for each role that the candidate's kind can play."""
    shared = _shared(candidate, around, tags)
    return {
        role: np.array(
            [
                *_tagged(role, candidate, tags, layout),
                *_labelled(role, candidate, around),
                *shared,
                *_one_hot(role, SCORED),
            ],
            np.float32,
        )
        for role in ROLES[candidate.kind]
    }


def _tagged(role: str, candidate: Candidate, tags: Tags, layout: Layout) -> list[float]:
    """What the tagger says of its words, and of those beside it: is it cut where the value is?"""
    roles = TAGS_OF.get(role, (role,))
    columns = [PLACE[one] for one in roles]
    rows = tags.over(candidate.tokens)
    own = rows[:, columns].sum(1)
    others = [place for place in ALL_FIELDS if place not in columns]
    before, after = _beside(candidate, layout)
    return [
        float(own.mean()),
        float(own.min()),
        float(own.max()),
        float(rows[:, others].mean(0).max()),
        float(rows[:, NOBODYS].sum(1).mean()),
        tags.of(before, *roles),
        tags.of(after, *roles),
        *_cut(candidate, layout, before, after),
    ]


def _cut(candidate: Candidate, layout: Layout, before: Token | None, after: Token | None) -> list[float]:
    """Whether it begins and ends where a cell or sentence does, and its length."""
    first, last, em = candidate.tokens[0], candidate.tokens[-1], layout.em
    return [
        float(before is None or before.text[-1] in ENDS or first.left - before.right > CELL_GAP * em),
        float(after is None or last.text[-1] in ENDS or after.left - last.right > CELL_GAP * em),
        min(len(candidate.value), LONG_VALUE) / LONG_VALUE,
        float(candidate.value[:1].islower()),
    ]


def _beside(candidate: Candidate, layout: Layout) -> tuple[Token | None, Token | None]:
    tokens = layout.lines[candidate.line].tokens
    last = candidate.tokens[-1]
    before = tokens[candidate.start - 1] if 0 < candidate.start <= len(tokens) else None
    ends_here = last in tokens
    at = tokens.index(last) + 1 if ends_here else len(tokens)
    return before, tokens[at] if at < len(tokens) else None


def _labelled(role: str, candidate: Candidate, around: Surroundings) -> list[float]:
    """What the nearest known label and the section say."""
    label, near = around.label, around.near
    meaning = label.meaning if label else ""
    taught = bool(label and label.taught)
    says = meaning == role or (taught and role == NAME and meaning in TAGS_OF[NAME])
    leaves_open = not says and meaning in OPEN.get(candidate.kind, ())
    faxed, owner = "fax" in role, SECTION_OF.get(role.partition("_")[0], "")
    return [
        near * says,
        near * leaves_open,
        near * (bool(label) and not says and not leaves_open),
        float(leaves_open and (meaning == "fax") == faxed),
        float(taught and says),
        float(taught and not says),
        float(bool(around.section) and around.section == owner),
        float(around.section in OWNERS and around.section != owner),
        float(candidate.label is not None and candidate.label.meaning == role),
        float(meaning == "sign_off"),
    ]


def _shared(candidate: Candidate, around: Surroundings, tags: Tags) -> list[float]:
    confidences = [token.confidence for token in candidate.tokens]
    return [
        candidate.proof,
        float(candidate.repaired),
        sum(confidences) / len(confidences),
        min(confidences),
        around.height,
        float(around.height < STRIP),
        float(around.first_page),
        float(around.alone),
        float(candidate.tagged),
        float(candidate.ticked),
        min(len(candidate.tokens), MANY_WORDS) / MANY_WORDS,
        *(tags.page_roles.get(role, 0.0) for role in PAGE_ROLES),
    ]


def _one_hot(role: str, roles: Sequence[str]) -> list[float]:
    return [float(role == one) for one in roles]
