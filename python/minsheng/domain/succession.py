"""Units that come and go within the year: who reports for whom from which month on, and whose numbers count then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .project import Project, ReportingUnit

__all__ = ["Series", "Succession"]

#: Month → reported number, of one unit in one project; words without a number are no report.
Series = dict[int, Decimal]


class Succession:
    """``units`` are those of 设置. A unit that ended has its ``heirs``: those that it became part of, or was divided into, and
    theirs. What it reported counts until one of them reports from that month on: that number has it within."""

    def __init__(self, units: Iterable[ReportingUnit]) -> None:
        units = tuple(units)
        self._units = {unit.name: unit for unit in units}
        self.ended: Mapping[str, int] = {unit.name: unit.ended for unit in units if unit.ended is not None}

    def is_active(self, name: str, month: int) -> bool:
        """Whether a unit reports for itself in a month; a name that is nobody's does."""
        unit = self._units.get(name)
        return unit is None or (unit.begins <= month and (unit.ended is None or month < unit.ended))

    def heirs(self, name: str) -> dict[str, int]:
        """Who reports what was the unit's → from which month on, nearest first; none of a unit that goes on."""
        found: dict[str, int] = {}
        waiting = [(name, 1)]
        while waiting:
            ended, since = waiting.pop(0)
            since = max(since, self.ended.get(ended, since))
            for heir in self._successors(ended):
                if heir not in found and heir != name:
                    found[heir] = since
                    waiting.append((heir, since))
        return found

    def carrier(self, name: str, month: int) -> str:
        """Whose file carries the rows of a unit that has no file of its own any more: its first heir that has one."""
        if self.is_active(name, month) or name not in self.ended:
            return name
        return next((heir for heir in self.heirs(name) if heir not in self.ended), name)

    def takes_over(self, name: str, month: int) -> bool:
        """Whether a unit's report of a month is to have another's within."""
        return any(month >= self.heirs(ended).get(name, 13) for ended in self.ended)

    def has_moved(self, project: Project, name: str) -> bool:
        """Whether an ended unit's part of a project has gone over to its heirs: then it is judged no more."""
        return name in self.ended and not any(row.unit == name and row.quantity for row in project.shares)

    def handed_over(self, project: Project, series: Mapping[str, Series]) -> dict[str, Series]:
        """Unit → its numbers in ``project``, so that each thing is counted once. The numbers of a unit whose part went over
        to one heir, which went on then, are the heir's of before; those of any other end with the first number of an heir:
        0, of a level the heirs' lowest from then on."""
        found = {name: dict(own) for name, own in series.items()}
        parts = {row.unit for row in project.shares}
        for name in sorted(self.ended.keys() & parts, key=self.ended.__getitem__):
            own = found.get(name, {})
            heirs = {heir: since for heir, since in self.heirs(name).items() if heir in parts}
            months = sorted(
                {month for heir, since in heirs.items() for month in series.get(heir, ()) if month >= since}
            )
            heir, *others = self._units[name].successors
            goes_on = self.ended.get(heir, 13) > self.ended[name]
            joins = goes_on and not others and heir in parts and not project.is_level
            if joins and self.has_moved(project, name):
                found[heir] = _joined(found.get(heir, {}), own, months[0] if months else 13)
                found[name] = {}
            elif months:
                found[name] = {month: value for month, value in own.items() if month < months[0]}
                heard = [series.get(heir, {}) for heir in heirs]
                found[name] |= _lowest(heard, months[0]) if project.is_level else {months[0]: Decimal(0)}
        return found

    def _successors(self, name: str) -> Sequence[str]:
        return self._units[name].successors if name in self.ended else ()


def _joined(heir: Series, ended: Series, first: int) -> Series:
    """The heir's numbers, those before month ``first`` together with the other's."""
    before = sorted(month for month in {*heir, *ended} if month < first)
    joined = {
        month: (_last(heir, month) or Decimal(0)) + (_last(ended, month) or Decimal(0)) for month in before
    }
    return joined | {month: value for month, value in heir.items() if month >= first}


def _lowest(heirs: Sequence[Series], first: int) -> Series:
    """The lowest of the heirs' last numbers, from month ``first`` on."""
    months = sorted({month for own in heirs for month in own if month >= first})
    return {month: min(last for own in heirs if (last := _last(own, month)) is not None) for month in months}


def _last(series: Series, limit: int) -> Decimal | None:
    month = max((month for month in series if month <= limit), default=None)
    return None if month is None else series[month]
