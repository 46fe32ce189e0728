"""What 汇总记录 says of the forms that were made, and of the merges that stand, each thing with the 汇总 (batch) that did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .change import Change, Place, Value
from .history import MadeForm, MergedFile
from .period import Period
from .refusal import Refusal

__all__ = ["Received", "Record", "Refused"]


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was taken in, and on which day."""

    batch: int
    day: date | None
    file: MergedFile


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not taken in, by a 汇总 of ``period``."""

    batch: int
    period: Period
    what: Refusal


@dataclass(frozen=True)
class Record:
    """All of them, oldest first; ``changes`` with their batch, ``written`` is what they left at each place."""

    received: tuple[Received, ...] = ()
    refused: tuple[Refused, ...] = ()
    changes: tuple[tuple[int, Change], ...] = ()
    written: Mapping[Place, Value] = field(default_factory=dict)
    made: tuple[MadeForm, ...] = ()

    def units_by_month(self, year: int) -> dict[int, set[str]]:
        """Month of ``year`` → the units whose file was taken in."""
        found: dict[int, set[str]] = {}
        for received in self.received:
            if received.file.period.year == year:
                found.setdefault(received.file.period.month, set()).add(received.file.unit)
        return found

    def forms_by_month(self, year: int) -> dict[int, set[str]]:
        """Month of ``year`` → the units for which a form was made."""
        found: dict[int, set[str]] = {}
        for form in self.made:
            if form.period.year == year:
                found.setdefault(form.period.month, set()).add(form.unit)
        return found
