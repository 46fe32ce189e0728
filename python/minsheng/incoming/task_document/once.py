"""What is said once for the whole document and not project by project: what it does not have, what it has no place for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from ...domain.catalogue import document as rules
from ...domain.finding import Severity
from ...sheets import layout
from .labels import Label, is_person, roles_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...domain.finding import Finding
    from ...domain.project import Project
    from .project import ProjectReading
    from .sections import Division, Section

__all__ = ["what_is_absent", "what_is_kept_out", "what_stands_alone"]

_SHOWN: Final = 60
_FEW: Final = 3


def what_is_absent(projects: Sequence[Project], division: Division) -> list[Finding]:
    """Names and schedules that projects do not have. Where none has one, that is said once, unless a column that was not
    read may hold it."""
    found: list[Finding] = []
    persons = any(sum(map(is_person, column.texts)) * 2 > len(column.texts) for column in division.unread)
    for label, names in (
        (layout.LEADER, [project.leader for project in projects]),
        (layout.OWNER, [project.owner for project in projects]),
    ):
        missing = [project.number for project, name in zip(projects, names, strict=True) if not name]
        if len(missing) == len(projects) > 1:
            found += [] if persons else [rules.NOBODY_NAMED.finding(label=label)]
        else:
            found += [
                rules.PERSON_MISSING.finding(project=number, part=label, label=label) for number in missing
            ]
    without = [project.number for project in projects if not project.milestones]
    unread = {
        section.number for section in division.sections if any(text.strip() for text in _schedule(section))
    }
    if len(without) == len(projects) > 1 and not unread:
        found.append(rules.SCHEDULES_MISSING.finding())
    else:
        found += [
            rules.SCHEDULE_MISSING.finding(project=number, part=layout.NODE_TIME)
            for number in without
            if number not in unread
        ]
    return found


def _schedule(section: Section) -> list[str]:
    return [section.fields.get(Label.SCHEDULE, ""), *(line.text or line.phrase for line in section.nodes)]


def what_stands_alone(readings: Sequence[ProjectReading]) -> list[Finding]:
    """Targets that nothing else in the document confirms: each where they are few, else in one finding."""
    alone = [reading.unsupported for reading in readings if reading.unsupported is not None]
    if len(alone) <= _FEW:
        return alone
    listed = "、".join(str(finding.project) for finding in alone)
    return [rules.TARGETS_UNSUPPORTED.finding(reading=listed)]


def what_is_kept_out(division: Division) -> list[Finding]:
    """Columns and lines that the model has no place for, or that were not understood: one finding for each name."""
    found = [
        (rules.COLUMN_KEPT_OUT if column.known else rules.COLUMN_UNREAD).finding(
            label=column.name, original="；".join(column.texts)[: _SHOWN * 5]
        )
        for column in division.unread
    ]
    said: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for section in division.sections:
        for label, text in section.others:
            if text:
                said[label].append((section.number, text))
    for label, texts in said.items():
        known = Label.OTHER in roles_of(label)
        if len(texts) == 1:
            number, text = texts[0]
            found.append(
                rules.FIELD_KEPT_OUT.finding(
                    project=number,
                    where=f"第{number}项",
                    label=label,
                    original=text[: _SHOWN * 5],
                    severity=None if known else Severity.WARNING,
                )
            )
        else:
            rule = rules.COLUMN_KEPT_OUT if known else rules.COLUMN_UNREAD
            listed = "；".join(f"第{number}项 {text}" for number, text in texts)
            found.append(rule.finding(label=label, original=listed[: _SHOWN * 5]))
    return found
