"""A project's 任务分解: its table or its words ("丹东50台、丹西20台，合计70台") found, and its sums held against 合计 and target."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ....domain.catalogue import document as rules
from ....domain.project import Allocation
from ....domain.quantity import PERCENT, Quantity, plain
from ....sheets import layout
from ...numbers import read_cell_number
from ..files.blocks import Table
from ..words.labels import Label, is_blank, unit_of_measure
from .allocation_table import Share, Shares, line_up
from .allocation_text import line_up_text

if TYPE_CHECKING:
    from ....domain.finding import Finding, Rule
    from ..sections.division import Section
    from .names import Names

__all__ = ["AllocationReading", "find_shares", "read_allocations"]

_SHOWN = 400
_CELL_BREAK: Final = re.compile(r"\t|\s\s+|\|")


@dataclass
class AllocationReading:
    """Rows, 合计 as printed, and the 责任单位 in their stead where the table did not line up."""

    allocations: tuple[Allocation, ...] = ()
    total: Decimal | None = None
    stand_in: Allocation | None = None
    findings: list[Finding] = field(default_factory=list)


def find_shares(section: Section) -> tuple[Shares | None, list[Finding]]:
    """The one table or text of a section that is its 任务分解, and findings on what was not used."""
    number, place = section.number, f"第{section.number}项"
    shares: Shares | None = None
    findings: list[Finding] = []
    for grid in section.tables:
        found = line_up(grid.table)
        text = grid.table.text[:_SHOWN]
        if found is None or (shares is None and grid.label is None and not _is_shares(found)):
            findings.append(rules.TABLE_UNREAD.finding(where=place, project=number, original=text))
        elif shares is not None:
            findings.append(rules.UNSHARED.finding(project=number, part=layout.SHARE, original=text))
        else:
            shares = found
            if grid.label is None and Label.ALLOCATION not in section.fields:
                findings.append(
                    rules.TABLE_WITHOUT_LABEL.finding(project=number, part=layout.SHARE, original=text)
                )
    if section.fields.get(Label.ALLOCATION, "").strip():
        shares, notes = _with_text(section, shares)
        findings += notes
    if shares is not None:
        findings += [
            rules.FIELD_KEPT_OUT.finding(where=place, project=number, label=layout.SHARE, original=extra)
            for extra in shares.extra
        ]
    if shares is not None and shares.main:
        findings.append(
            rules.SHARES_OF_SEVERAL.finding(
                project=number, part=layout.SHARE, original=shares.others, reading=shares.main
            )
        )
    return shares, findings


def _with_text(section: Section, shares: Shares | None) -> tuple[Shares | None, list[Finding]]:
    """The shares of the words behind 任务分解, or ``shares`` with the unit of measure that the words state."""
    text, number = section.fields[Label.ALLOCATION].strip(), section.number
    table, measured_in = _table_in_text(text)
    if shares is None:
        wording = "，".join((section.title, *section.target_texts))
        shares = (line_up(table) if table else None) or line_up_text(text, wording)
        if shares is None:
            return None, [
                rules.ALLOCATION_UNREADABLE.finding(project=number, part=layout.SHARE, original=text[:_SHOWN])
            ]
        return replace(shares, measured_in=shares.measured_in or measured_in), []
    if measured_in:
        return replace(shares, measured_in=measured_in), []
    return shares, [rules.TEXT_UNREAD.finding(where=f"第{number}项", project=number, original=text[:_SHOWN])]


def _is_shares(shares: Shares) -> bool:
    """Whether a table without the label looks like one: it has a 合计, or at least two units each with a number."""
    return shares.total is not None or (shares.lined_up and len(shares.shares) >= 2)


def read_allocations(
    section: Section, shares: Shares | None, names: Names, target: Quantity | None
) -> AllocationReading:
    """The rows of the project's sheet. A table that does not line up gives its units without numbers and a stand-in."""
    if shares is None:
        return AllocationReading()
    return _Judge(section, shares, names, target).read()


class _Judge:
    def __init__(self, section: Section, shares: Shares, names: Names, target: Quantity | None) -> None:
        self.section = section
        self.shares = shares
        self.names = names
        self.target = target
        self.lead_unit = section.fields.get(Label.LEAD_UNIT, "").strip()
        self.reading = AllocationReading()

    def read(self) -> AllocationReading:
        if self._is_out_of_line():
            self._stand_in()
        else:
            self._rows()
            self._check_sums()
        self._check_total()
        return self.reading

    def _note(
        self,
        rule: Rule,
        *,
        unit: str | None = None,
        part: str = layout.TOTAL_ROW,
        original: str = "",
        reading: str = "",
        **words: Any,
    ) -> None:
        number = self.section.number
        found = rule.finding(
            project=number, unit=unit, part=part, original=original, reading=reading, **words
        )
        self.reading.findings.append(found)

    def _is_out_of_line(self) -> bool:
        """Whether the numbers cannot be given to units: cells missing or merged, an empty 合计 that nothing explains, or
        a 合计 without any unit's number."""
        shares = self.shares
        if not shares.lined_up:
            return True
        if shares.total_blank:
            return self.target is None or shares.sum != self.target.value
        return bool(shares.total) and all(
            is_blank(share.original) and share.quantity is None for share in shares.shares
        )

    def _stand_in(self) -> None:
        shares, target = self.shares, self.target
        total = shares.total if shares.total is not None else shares.last
        if target is not None and total is not None and total != target.value:
            self._note(rules.TOTAL_DIFFERS, printed=plain(total), target=target)
            total = None
        self.reading.total = total
        self.reading.allocations = tuple(
            Allocation(unit, None)
            for unit in dict.fromkeys(self._name(share.unit) for share in shares.shares)
        )
        whole = total if total is not None else target.value if target else None
        self.reading.stand_in = Allocation(self.lead_unit, whole)
        self._note(
            rules.TABLE_OUT_OF_LINE,
            part=layout.SHARE,
            names=shares.names,
            values=shares.values,
            lead_unit=self.lead_unit or "责任单位",
            original=self._printed(),
            reading="各单位全年任务留空",
        )

    def _printed(self) -> str:
        texts = [grid.table.text for grid in self.section.tables] or [
            self.section.fields.get(Label.ALLOCATION, "")
        ]
        return texts[0][:_SHOWN]

    def _name(self, printed: str) -> str:
        return self.names.canonical.get(printed, printed)

    def _rows(self) -> None:
        by_unit: dict[str, list[Share]] = defaultdict(list)
        for share in self.shares.shares:
            by_unit[self._name(share.unit)].append(share)
        rows: dict[str, Allocation] = {}
        for share in self.shares.shares:
            unit = self._name(share.unit)
            if len(by_unit[unit]) == 1:
                rows[unit] = Allocation(unit, share.quantity, share.note)
                self._check_share(unit, share)
            elif unit not in rows:
                rows[unit] = Allocation(unit, None)
                listed = "、".join(f"{other.unit}{other.original}" for other in by_unit[unit])
                self._note(rules.UNIT_TWICE, unit=unit, part=layout.SHARE, original=listed)
        self.reading.allocations = tuple(rows.values())
        self.reading.total = self.shares.total

    def _check_share(self, unit: str, share: Share) -> None:
        if share.quantity is not None:
            return
        original = share.original or "空白"
        if is_blank(share.original):
            self._note(rules.SHARE_BLANK, unit=unit, part=layout.SHARE, original=original)
        else:
            self._note(rules.SHARE_UNREADABLE, unit=unit, part=layout.SHARE, original=original)

    def _check_sums(self) -> None:
        shares, target = self.shares, self.target
        if target is not None and target.unit == PERCENT:
            return
        known = [row.quantity for row in self.reading.allocations]
        total = sum((quantity for quantity in known if quantity is not None), Decimal(0))
        blanks_only = all(share.quantity is not None or is_blank(share.original) for share in shares.shares)
        if len(known) != len(shares.shares) or not blanks_only:
            return  # said already, unit by unit
        if shares.total is not None and total != shares.total:
            self._note(rules.SUM_DIFFERS, total=plain(total), printed=plain(shares.total))
        elif shares.total_blank:
            self._note(rules.TOTAL_BLANK, total=plain(total))
        elif shares.total is None and target is not None and total != target.value:
            self._note(rules.SUM_AGAINST_TARGET, total=plain(total), target=target)

    def _check_total(self) -> None:
        total, target = self.reading.total, self.target
        if total is not None and target is not None and total != target.value:
            self._note(rules.TOTAL_DIFFERS, printed=plain(total), target=target)


def _table_in_text(text: str) -> tuple[Table | None, str]:
    """Lines that are a table without its rules (cells parted by blanks, or one a line), and the unit of measure above."""
    measured_in = ""
    rows: list[list[str]] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in _CELL_BREAK.split(line.strip().strip("|")) if cell.strip()]
        if len(cells) == 1 and unit_of_measure(cells[0]):
            measured_in = unit_of_measure(cells[0]) or ""
        elif cells:
            rows.append(cells)
    several = len(rows) >= 2 and all(len(cell) <= 12 for row in rows for cell in row)
    numbers = sum(1 for row in rows for cell in row if read_cell_number(cell))
    return (Table.of(rows) if several and numbers >= 2 else None), measured_in
