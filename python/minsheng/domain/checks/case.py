"""What every rule looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..master import Master
from ..project import Project
from ..succession import Succession

__all__ = ["Case"]


@dataclass(frozen=True, slots=True)
class Case:
    """A master on the day that it is checked, with what several rules ask of it."""

    master: Master
    as_of: date

    @property
    def succession(self) -> Succession:
        """Which units came and went within the year."""
        return Succession(self.master.document.units)

    @property
    def year(self) -> int:
        """The master's year."""
        return self.master.year

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects of the master that count, in order: all but the cancelled ones."""
        return self.master.document.in_force
