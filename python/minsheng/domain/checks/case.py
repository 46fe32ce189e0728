"""What every rule looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..master import Master
from ..project import Project

__all__ = ["Case"]


@dataclass(frozen=True, slots=True)
class Case:
    master: Master
    as_of: date

    @property
    def year(self) -> int:
        return self.master.year

    @property
    def projects(self) -> tuple[Project, ...]:
        return self.master.document.projects
