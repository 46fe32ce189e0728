"""The refusals that nothing has made good yet, each with the unit that is to hear of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ..cells.labels import letters_alone
from .change import NodeKey
from .duties import recipients
from .merging.register import Register

if TYPE_CHECKING:
    from .change import Change
    from .master import Master
    from .record import Record, Refused
    from .refusal import Refusal

__all__ = ["OpenRefusal", "open_refusals"]

#: A file's own month, as its name tells it: 2024年06月, 6月.
_MONTH: Final = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])月")
_SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class OpenRefusal:
    """``unit`` is whose file it is, None where neither the file nor its name says so; ``month`` the file's. The unit of a
    refused row goes by its name in the master, where it has one there."""

    unit: str | None
    month: int
    what: Refusal


def open_refusals(master: Master, record: Record) -> tuple[OpenRefusal, ...]:
    """What was refused and has not been made good since: by a later 汇总 that took in a file of that unit and month, or
    that filled the very place. Of a file that lies in the inbox for months, the first time counts; a row of a project that
    has been cancelled since is wanted no more.
    """
    senders = _Senders(master, record)
    closed: dict[tuple[str, int], int] = {}
    for received in record.received:
        if received.file.period.year == master.year:
            key = (received.file.unit, received.file.period.month)
            closed[key] = max(received.batch, closed.get(key, 0))
    cancelled = {project.number for project in master.document.projects if project.cancelled}
    found: dict[tuple[object, ...], OpenRefusal] = {}
    for refused in record.refused:
        what = senders.named(refused.what)
        if refused.period.year != master.year or what.same in found or what.project in cancelled:
            continue
        unit, month = senders.unit(what), _month(refused)
        if unit is not None and closed.get((unit, month), 0) > refused.batch:
            continue
        if any(batch > refused.batch and _fills(change, what) for batch, change in record.changes):
            continue
        found[what.same] = OpenRefusal(unit, month, what)
    return tuple(found.values())


def _month(refused: Refused) -> int:
    """The file's own month, else the one in its name, else the one that it was put in for."""
    if refused.what.month is not None:
        return refused.what.month
    months = {int(month) for month in _MONTH.findall(PurePosixPath(refused.what.file).stem)}
    return months.pop() if len(months) == 1 else refused.period.month


class _Senders:
    """Whose a refused file is."""

    def __init__(self, master: Master, record: Record) -> None:
        self._register = Register(master)
        self._owners = {received.file.sha256: received.file.unit for received in record.received}
        self._names = {
            folded: unit.name
            for unit in recipients(master)
            for name in (*unit.aliases, unit.name)
            if len(folded := letters_alone(name)) >= _SHORTEST_NAME
        }

    def named(self, refusal: Refusal) -> Refusal:
        """The refusal with the unit's name as the master has it."""
        unit = self._register.unit_named(refusal.unit)
        return replace(refusal, unit=unit.name) if unit else refusal

    def unit(self, refusal: Refusal) -> str | None:
        """The unit that a file was taken in from, or that it names itself, or that its name or folder names."""
        if refusal.sha256 in self._owners:
            return self._owners[refusal.sha256]
        if refusal.is_of_file and refusal.unit:
            named = self._register.unit_named(refusal.unit)
            return named.name if named else None
        return self._by_name(refusal.file)

    def _by_name(self, file: str) -> str | None:
        """The one unit that is named by the file's name, else by its folder's; of 石浦 and 石浦镇 the longer name."""
        for part in reversed(PurePosixPath(file).with_suffix("").parts):
            folded = letters_alone(part)
            names = [name for name in self._names if name in folded]
            longest = {
                self._names[name]
                for name in names
                if not any(name != other and name in other for other in names)
            }
            if longest:
                return longest.pop() if len(longest) == 1 else None
        return None


def _fills(change: Change, refusal: Refusal) -> bool:
    """Whether a change is of the place that was refused: the row of a month, or a node of the very file's project."""
    if refusal.is_of_file or change.key.project != refusal.project:
        return False
    if isinstance(change.key, NodeKey):
        return refusal.measure is None and change.file == refusal.file
    return change.key == refusal.key
