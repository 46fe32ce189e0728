"""A 分解 block of a project's sheet: who is in it, in which rows, and what each of them reported."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..domain.catalogue import master as rules
from ..domain.report import Report
from . import layout
from .gaps import PRINTED, PROJECTS
from .image import is_formula

if TYPE_CHECKING:
    from ..domain.naming import UnitNames
    from .cells import InputReader
    from .gaps import Gaps
    from .image import Block

__all__ = ["UnitTable", "UnitTableReader"]

_FORMULAS = (layout.LATEST, layout.RATE, layout.STATUS)
#: Only the 合计 of a table that did not line up counts its rows.
_SETTLING = "ROWS("


@dataclass(frozen=True)
class UnitTable:
    """Where its units and months stand. ``columns`` maps label → column, ``rows`` unit → row; ``block`` covers ``taken``
    too, the rows that somebody added below it. ``unfilled`` are the cells (row, label) whose formula is yet to come. A row that
    says a unit's older name is the unit's: ``rows`` has it by what the unit is called now."""

    measure: int
    block: Block
    columns: dict[str, int]
    rows: dict[str, int]
    taken: tuple[int, ...] = ()
    unfilled: tuple[tuple[int, str], ...] = ()
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def total_formula(self) -> str:
        """What computes the sum of the parts; "" where it is gone."""
        row = self.totals.get(layout.TOTAL_ROW)
        formula = "" if row is None else self.block.image.formula(row, self.columns[layout.SHARE])
        return formula if is_formula(formula) else ""

    @property
    def is_settling(self) -> bool:
        """Whether 合计 was built for a table that did not line up: the last row stands in for the others until they sum
        to its part."""
        return _SETTLING in self.total_formula

    @property
    def older_names(self) -> dict[str, int]:
        """Unit → its row, of those whose row says another name of theirs."""
        column = self.columns[layout.UNIT]
        return {unit: row for unit, row in self.rows.items() if self.block.image.text(row, column) != unit}

    def month_column(self, month: int) -> int:
        """The column of a month (1 … 12)."""
        return self.columns[layout.MONTHS[month - 1]]


@dataclass
class UnitTableReader:
    """Reads one block. ``units`` are those of 设置, ``limit`` the first row that belongs to something else."""

    measure: int
    block: Block
    limit: int
    units: UnitNames
    reader: InputReader
    gaps: Gaps
    reports: list[Report] = field(default_factory=list)
    _called: dict[str, str] = field(default_factory=dict)

    def read(self, unit_of_measure: str, lead_unit: str) -> UnitTable | None:
        """The table, None where columns are missing; what else is missing is a gap, and the table is not to be used."""
        before = len(self.gaps.found)
        columns = self.gaps.header(PROJECTS, self.block, layout.UNIT_COLUMNS, printed=_FORMULAS)
        if any(gap.part == PROJECTS for gap in self.gaps.found[before:]):
            return None
        table = UnitTable(self.measure, self.block, columns, {})
        self._order_of_months(table)
        names = (
            self.block.image.text(row, columns[layout.UNIT])
            for row in range(self.block.header_row + 1, min(self.limit, self.block.image.bottom + 1))
        )
        self._called = self.units.currents(filter(None, names))
        for row in self.block.rows:
            self._row(table, row)
        table = self._below(table, lead_unit)
        unfilled = []
        for unit, row in table.rows.items():
            self._months(table, unit, row, unit_of_measure)
            unfilled += [(row, label) for label in self._unfilled(table, unit, row)]
        return replace(table, unfilled=tuple(unfilled))

    def _order_of_months(self, table: UnitTable) -> None:
        """最新累计 is the number furthest right: a month left of the one before it would be passed over."""
        for month in range(2, 13):
            place = self.block.header_row, table.month_column(month)
            if place[1] < table.month_column(month - 1):
                label, before = layout.MONTHS[month - 1], layout.MONTHS[month - 2]
                self.gaps.add(PRINTED, rules.MONTHS_ASTRAY, place, label=label, before=before)

    def _row(self, table: UnitTable, row: int) -> bool:
        """Whether the row is a unit's, which the table then has."""
        column = table.columns[layout.UNIT]
        text = self.block.image.text(row, column)
        unit = self._called.get(text, text)
        if self.block.image.label(row, column) in (layout.TOTAL_ROW, layout.PLAN_ROW):
            reason = "混到各单位的行里了"
            self.gaps.add(PROJECTS, rules.ROW_MISPLACED, (row, column), text=text, reason=reason)
        elif not unit:
            if any(self.block.image.text(row, inputs) for inputs in self._inputs(table)):
                self.gaps.add(PROJECTS, rules.ROW_NAMELESS, (row, column))
        elif unit in table.rows:
            self.gaps.add(PROJECTS, rules.UNIT_ROW_TWICE, (row, column), unit=unit)
        else:
            table.rows[unit] = row
            return True
        return False

    def _inputs(self, table: UnitTable) -> list[int]:
        return [table.columns[label] for label in (layout.SHARE, *layout.MONTHS)]

    def _below(self, table: UnitTable, lead_unit: str) -> UnitTable:
        """The rows between the block and its 合计: those of units are taken in, any other is a gap."""
        image, block = self.block.image, self.block
        names = table.columns[layout.UNIT]
        below = range(block.area.bottom + 1, min(self.limit, image.bottom + 1))
        totals: dict[str, int] = {}
        for row in below:
            label = image.label(row, names)
            if label in (layout.TOTAL_ROW, layout.PLAN_ROW):
                totals.setdefault(label, row)
        table = replace(table, totals=totals)
        taken = [
            row
            for row in range(below.start, min(totals.values(), default=below.stop))
            if any(image.text(row, column) for column in range(block.area.left, block.area.right + 1))
            and self._is_taken(table, row, lead_unit)
        ]
        if self.measure == 1:
            self._total_rows(table)
        if not taken:
            return table
        for row in taken:
            what = f"的“{image.text(row, names)}”加在表块下面"
            self.reader.report(rules.ROW_TAKEN, row, names, image.text(row, names), what=what)
        whole = replace(block, area=replace(block.area, bottom=taken[-1]))
        return replace(table, block=whole, taken=tuple(taken))

    def _is_taken(self, table: UnitTable, row: int, lead_unit: str) -> bool:
        column = table.columns[layout.UNIT]
        unit = self.block.image.text(row, column)
        unit = self._called.get(unit, unit)
        way = "是填报单位的，请先把名称加进“设置”的填报单位；是说明文字的，请移到“备注”里或表块外面。"
        if self.measure != 1:
            reason, way = "第二项指标只有责任单位一行", "请清空这一行，或移到别处。"
        elif not unit:
            reason, way = "没有单位名称", "请补上填报单位的名称，或清空这一行。"
        elif unit not in self.units:
            reason = "名称不在“设置”的填报单位里"
        elif list(table.rows) == [lead_unit]:
            reason, way = (
                "这个项目没有任务分解表，只由责任单位填报",
                "请清空这一行；要分解任务的，请重新导入任务书。",
            )
        elif table.is_settling:
            reason, way = "下面的合计认不到它", "请把这一行移到各单位中间（责任单位那一行的上面）。"
        else:
            return self._row(table, row)
        shown = unit or next(
            text
            for right in range(self.block.area.left, self.block.area.right + 1)
            if (text := self.block.image.text(row, right))
        )
        block = "第二项指标的表块" if self.measure != 1 else "分解表块"
        self.gaps.add(
            PROJECTS, rules.ROW_OUTSIDE, (row, column), text=shown[:30], reason=reason, way=way, block=block
        )
        return False

    def _total_rows(self, table: UnitTable) -> None:
        """合计 and 计划累计 stand below the block and are formulas; 汇总表 shows what 合计 has under 最新累计."""
        names = table.columns[layout.UNIT]
        for label in (layout.TOTAL_ROW, layout.PLAN_ROW):
            row = table.totals.get(label)
            if row is None:
                self.gaps.add(
                    PRINTED, rules.LABEL_MISSING, (self.block.area.bottom + 1, names), label=label, stands=""
                )
                continue
            others = (layout.SHARE, layout.LATEST, layout.RATE) if label == layout.TOTAL_ROW else ()
            for head in (*layout.MONTHS, *others):
                if head in table.columns:
                    kept = self.reader.formula_kept(row, table.columns[head], label)
                    if not kept and head == layout.LATEST:
                        self.gaps.stale(self.reader.findings[-1])

    def _months(self, table: UnitTable, unit: str, row: int, unit_of_measure: str) -> None:
        for month in range(1, 13):
            value = self.reader.number(row, table.month_column(month), measured_in=unit_of_measure, unit=unit)
            if value is not None:
                self.reports.append(Report(self.reader.project or 0, unit, month, self.measure, value))

    def _unfilled(self, table: UnitTable, unit: str, row: int) -> list[str]:
        """The formulas of a unit's row: a blank one is to be filled in, a value in its place is a finding. A row that
        holds a name alone, and none of 设置, is somebody's remark."""
        image = self.block.image
        labels = [label for label in _FORMULAS[: 3 if self.measure == 1 else 2] if label in table.columns]
        blank = [label for label in labels if not image.formula(row, table.columns[label])]
        if (
            blank == labels
            and unit not in self.units
            and not any(image.text(row, column) for column in self._inputs(table))
        ):
            return []
        if blank and row not in table.taken:
            what = f"的“{unit}”这一行没有“{'”“'.join(blank)}”的公式"
            self.reader.report(rules.ROW_TAKEN, row, table.columns[layout.UNIT], unit, what=what)
        for label in labels:
            if label not in blank:
                kept = self.reader.formula_kept(row, table.columns[label], label, unit)
                if not kept and label == layout.LATEST and self.measure == 1:
                    self.gaps.stale(self.reader.findings[-1])
        return blank
