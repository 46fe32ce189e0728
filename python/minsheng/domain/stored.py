"""A reading of a 任务书, or one project of it, as text that a file carries along, and back: exact, and checked field by
field."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from ..cells.dates import FIRST_YEAR, LAST_YEAR
from .document import Containment, TaskDocument
from .finding import Finding
from .project import Project, ReportingUnit

__all__ = [
    "BookFacts",
    "stored",
    "stored_facts",
    "stored_project",
    "unstored",
    "unstored_facts",
    "unstored_project",
]

_MONTHS: Final = 12
_MOST_DIGITS: Final = 20
_FINDINGS: Final = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a master is beside its projects: the version of its layout, its id, and the document's title, year, units and
    pairs."""

    layout: str
    id: str
    title: str
    year: int
    units: tuple[ReportingUnit, ...]
    containments: tuple[Containment, ...]


def stored(document: TaskDocument, findings: tuple[Finding, ...]) -> str:
    """The document and its findings as one line of JSON."""
    return json.dumps([_plain(document), _plain(findings)], ensure_ascii=True, separators=(",", ":"))


def stored_project(project: Project) -> str:
    """One project as one line of JSON."""
    return json.dumps(_plain(project), ensure_ascii=False, separators=(",", ":"))


def unstored(text: str) -> tuple[TaskDocument, tuple[Finding, ...]] | None:
    """What ``stored`` wrote; None for any other text."""
    try:
        document, findings = json.loads(text)
        read: TaskDocument = _typed(TaskDocument, document)
        return (read, _typed(_FINDINGS, findings)) if _is_sound(read) else None
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError):
        return None


def stored_facts(facts: BookFacts) -> str:
    """The facts as one line of JSON."""
    return json.dumps(_plain(facts), ensure_ascii=False, separators=(",", ":"))


def unstored_facts(text: str) -> BookFacts | None:
    """What ``stored_facts`` wrote; None for any other text."""
    try:
        read: BookFacts = _typed(BookFacts, json.loads(text))
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError):
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def unstored_project(text: str) -> Project | None:
    """What ``stored_project`` wrote; None for any other text."""
    try:
        read: Project = _typed(Project, json.loads(text))
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError):
        return None
    return read if read.number > 0 and _has_real_months(read) else None


def _has_real_months(project: Project) -> bool:
    return all(1 <= node.first_month <= node.last_month <= _MONTHS for node in project.milestones)


def _is_sound(document: TaskDocument) -> bool:
    """Whether it is what a reading can give: the file comes from outside."""
    numbers = [project.number for project in document.projects]
    return (
        len(set(numbers)) == len(numbers) > 0
        and min(numbers) > 0
        and FIRST_YEAR <= document.year <= LAST_YEAR
        and all(map(_has_real_months, document.projects))
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Decimal | date) else value


def _typed(kind: Any, value: Any) -> Any:
    """``value`` as what the annotation ``kind`` says. ValueError, TypeError, KeyError, InvalidOperation."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        wanted = [argument for argument in arguments if argument is not NoneType]
        return None if value is None and len(wanted) < len(arguments) else _typed(wanted[0], value)
    if origin is Literal:
        if value not in arguments:
            raise ValueError(value)
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(_typed(arguments[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        # A file of before has not what was added since.
        told = [field for field in fields(kind) if field.name in value or field.default is MISSING]
        return kind(**{field.name: _typed(hints[field.name], value[field.name]) for field in told})
    return _single(kind, value)


def _single(kind: Any, value: Any) -> Any:
    if kind is Decimal and isinstance(value, str):
        number = Decimal(value)
        if not number.is_finite() or max(number.adjusted(), -number.as_tuple().exponent) > _MOST_DIGITS:  # type: ignore[operator]
            raise ValueError(value)
        return number
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise TypeError(value)
    if kind is str and not all(letter >= " " or letter in "\n\r\t" for letter in value):
        raise ValueError(value)
    return value
