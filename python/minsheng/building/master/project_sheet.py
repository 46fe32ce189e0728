"""One project's sheet: overview, unit table, nodes, mirrors, chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter as letter

from ...domain.period import month_end
from ...sheets import layout
from .canvas import Canvas, Stencil
from .chart import add_progress_chart

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from openpyxl import Workbook

    from ...domain.project import Project
    from ..package import CachedValue

__all__ = ["ProjectSheetBuilder"]

_CHART_ROWS = 9


class ProjectSheetBuilder:
    """Builds the sheets of one workbook, all from the same stencils."""

    def __init__(
        self, workbook: Workbook, year: int, cached: MutableMapping[tuple[str, str], CachedValue]
    ) -> None:
        self.workbook = workbook
        self.year = year
        self.cached = cached
        self.overview = Stencil(workbook, layout.OVERVIEW)
        self.unit_header = Stencil(workbook, "填报单位表头")
        self.unit_row = Stencil(workbook, "填报单位行")
        self.total_row = Stencil(workbook, "合计行")
        self.plan_row = Stencil(workbook, "计划行")
        self.node_header = Stencil(workbook, "节点表头")
        self.node_row = Stencil(workbook, "节点行")
        self.legend = Stencil(workbook, "图例")
        self.model = self.overview.sheet
        self.first, self.last = self.unit_header.left, self.unit_header.right
        self.mirror = self.last + 1
        self.helper = self.mirror + len(layout.UNIT_MARK_COLUMNS)
        self.node_columns = {label: self.node_header.column(label) for label in layout.NODE_COLUMNS}

    def build(self, project: Project) -> None:
        """Add the sheet of ``project`` with its names."""
        canvas = Canvas(self.workbook.create_sheet(layout.project_sheet(project.number)), self.cached)
        canvas.like(self.model)
        _Page(self, canvas, project).lay_out()


class _Page:
    """The rows of one sheet, from top to bottom."""

    def __init__(self, builder: ProjectSheetBuilder, canvas: Canvas, project: Project) -> None:
        self.builder = builder
        self.canvas = canvas
        self.project = project
        self.labels: dict[str, tuple[int, int]] = {}
        rows = project.rows
        self.units_top = builder.unit_header.top
        self.units_bottom = self.units_top + len(rows)
        self.total = self.units_bottom + 1
        second = (len(rows[-1:]) + 2) if project.more_targets else 0
        self.second_top = self.total + 3
        self.nodes_top = self.total + 3 + second
        self.nodes_bottom = self.nodes_top + max(1, len(project.milestones))
        columns = {label: builder.first + index for index, label in enumerate(layout.UNIT_COLUMNS)}
        self.columns = columns
        self.months = [columns[month] for month in layout.MONTHS]

    def lay_out(self) -> None:
        self._overview()
        self._units(self.units_top, 1)
        self._totals()
        if self.project.more_targets:
            self._units(self.second_top, 2)
        self._nodes()
        self._judged_cells()
        self._mirror_headers()
        bottom = self.nodes_bottom + 1
        self.canvas.stamp(self.builder.legend, bottom)
        if self._has_line():
            add_progress_chart(
                self.canvas.sheet, self._chart_place(bottom + 1), self.units_top, self.total, self._series()
            )
            bottom += _CHART_ROWS
        self.canvas.sheet.print_area = f"A1:{letter(self.builder.last)}{bottom}"

    def _name(self, place: str, top: int, left: int, bottom: int, right: int) -> None:
        self.canvas.name(layout.project_name(self.project.number, place), top, left, bottom, right)

    # Overview

    def _overview(self) -> None:
        builder, project, canvas = self.builder, self.project, self.canvas
        stencil = builder.overview
        canvas.stamp(stencil, stencil.top)
        title = f"{project.number}.{'★' if project.starred else ''}{project.title}。"
        canvas.put(stencil.top, stencil.left, title)
        canvas.height_for(stencil.top, title, stencil.left, stencil.right, 15)
        for row in stencil.sheet.iter_rows(stencil.top + 1, stencil.bottom, stencil.left, stencil.right):
            for cell in row:
                if cell.value in layout.OVERVIEW_LABELS:
                    self.labels[cell.value] = (cell.row, self._after(cell.row, cell.column))
        target = project.target
        values = {
            layout.LEADER: project.leader, layout.LEAD_UNIT: project.lead_unit, layout.OWNER: project.owner,
            layout.COOPERATING: "、".join(project.cooperating),
            layout.TARGET: _number(target.value) if target else None,
            layout.UNIT_OF_MEASURE: target.unit if target else None,
            layout.RELATION: layout.RELATION_WORDS[target.relation] if target else None,
            layout.PRINTED_TOTAL: _number(project.allocation_total),
            layout.MORE_TARGETS: "；".join(str(more) for more in project.more_targets) or None,
            layout.ADJUSTED_TARGET: _number(project.adjusted_target),
            layout.ADJUSTMENT_NOTE: project.adjustment_note or None,
        }  # fmt: skip
        for label, value in values.items():
            canvas.put(*self.labels[label], value)
        row, column = self.labels[layout.COOPERATING]
        canvas.height_for(row, str(values[layout.COOPERATING]), column, self._end(row, column))
        self._name(layout.OVERVIEW, stencil.top, stencil.left, stencil.bottom, stencil.right)
        for place, label in (
            (layout.TARGET_CELL, layout.TARGET), (layout.ADJUSTED_CELL, layout.ADJUSTED_TARGET),
            (layout.PLAN_CELL, layout.PLAN), (layout.ACTUAL_CELL, layout.ACTUAL), (layout.RATE_CELL, layout.RATE),
        ):  # fmt: skip
            row, column = self.labels[label]
            self._name(place, row, column, row, column)

    def _after(self, row: int, column: int) -> int:
        """The column right of a label, past the cells that the label is merged over."""
        return self._end(row, column) + 1

    def _end(self, row: int, column: int) -> int:
        for left, top, right, bottom in self.builder.overview.merges:
            if top <= row <= bottom and left <= column <= right:
                return right
        return column

    def _cell(self, label: str) -> str:
        row, column = self.labels[label]
        return f"${letter(column)}${row}"

    # Unit tables

    def _units(self, top: int, measure: int) -> None:
        builder, project, canvas = self.builder, self.project, self.canvas
        canvas.stamp(builder.unit_header, top)
        rows = project.rows if measure == 1 else project.rows[-1:]
        bottom = top + len(rows)
        canvas.stamp(builder.unit_row, top + 1, len(rows))
        for row, share in enumerate(rows, start=top + 1):
            canvas.put(row, self.columns[layout.UNIT], share.unit)
            quantity = share.quantity if measure == 1 else project.more_targets[0].value
            canvas.put(row, self.columns[layout.SHARE], _number(quantity))
            note = share.note if measure == 1 else f"第二项指标：{project.more_targets[0]}"
            canvas.put(row, self.columns[layout.REMARK], note or None)
            canvas.height_for(row, note, self.columns[layout.REMARK], self.columns[layout.REMARK])
            canvas.height_for(row, share.unit, self.columns[layout.UNIT], self.columns[layout.UNIT])
            self._unit_formulas(row, top, measure)
        self._name(
            layout.UNITS if measure == 1 else layout.SECOND_UNITS, top, builder.first, bottom, builder.last
        )
        if measure == 1:
            canvas.rules_from(builder.unit_row, top + 1, bottom)
            self._name(layout.UNIT_MARKS, top, builder.mirror, bottom, builder.helper - 1)

    def _unit_formulas(self, row: int, header: int, measure: int) -> None:
        months = f"{letter(self.months[0])}{row}:{letter(self.months[-1])}{row}"
        heads = f"{letter(self.months[0])}${header}:{letter(self.months[-1])}${header}"
        latest, share = letter(self.columns[layout.LATEST]), letter(self.columns[layout.SHARE])
        # The last number of a month not after 截至月; an inserted column has no month in its header and drops out as an error.
        counts = f'ISNUMBER({months})*(--SUBSTITUTE({heads},"月","")<={layout.NAME_AS_OF_MONTH})'
        self.canvas.formula(
            row, self.columns[layout.LATEST], f'=IFERROR(LOOKUP(2,1/({counts}),{months}),"")', ""
        )
        self.canvas.formula(
            row, self.columns[layout.RATE],
            f'=IF(OR({latest}{row}="",N({share}{row})=0),"",ROUND({latest}{row}/{share}{row},4))', "",
        )  # fmt: skip
        if measure == 1:
            key, status = letter(self.builder.mirror), letter(self._mark(layout.MARK_STATUS))
            unit = letter(self.columns[layout.UNIT])
            self.canvas.formula(
                row, self.columns[layout.STATUS], f'=IF(${key}{row}=${unit}{row},{status}{row}&"","")', ""
            )

    def _mark(self, label: str) -> int:
        return self.builder.mirror + layout.UNIT_MARK_COLUMNS.index(label)

    # 合计 and 计划累计

    def _totals(self) -> None:
        project, canvas = self.project, self.canvas
        canvas.stamp(self.builder.total_row, self.total)
        canvas.stamp(self.builder.plan_row, self.total + 1)
        counted = sum((share.quantity or Decimal(0) for share in project.shares), Decimal(0))
        share = self.columns[layout.SHARE]
        canvas.formula(self.total, share, self._sum(share, blank_when_empty=False), float(counted))
        for column in self.months:
            canvas.formula(self.total, column, self._sum(column, blank_when_empty=True), "")
        latest = self.columns[layout.LATEST]
        has_target = project.target is not None
        canvas.formula(self.total, latest, self._sum(latest, blank_when_empty=False), 0 if has_target else "")
        canvas.formula(
            self.total, self.columns[layout.RATE], f"={self._cell(layout.RATE)}", 0 if has_target else ""
        )
        for index, column in enumerate(self.months, start=1):
            self._plan_of_month(index, column)
        for column in range(self.builder.mirror, self.builder.mirror + 13):
            canvas.sheet.cell(self.total, column)._style = self.builder.model.cell(
                self.builder.total_row.top, column
            )._style
        # Hidden: the totals as the chart wants them, and the latest month with a number.
        first, last = letter(self.builder.mirror + 1), letter(self.builder.mirror + 12)
        for offset, column in enumerate(self.months, start=1):
            cell = f"{letter(column)}{self.total}"
            canvas.formula(self.total, self.builder.mirror + offset, f'=IF({cell}="",NA(),{cell})', "#N/A")
        row = self.total
        collected = (
            f"IFERROR(LOOKUP(2,1/ISNUMBER({first}{row}:{last}{row}),{{1,2,3,4,5,6,7,8,9,10,11,12}}),0)"
        )
        if project.more_targets:
            row = self.second_top + 1
            months = f"{letter(self.months[0])}{row}:{letter(self.months[-1])}{row}"
            second = f"IFERROR(LOOKUP(2,1/ISNUMBER({months}),{{1,2,3,4,5,6,7,8,9,10,11,12}}),0)"
            collected = f"MAX({collected},{second})"
        canvas.formula(self.total, self.builder.mirror, f"={collected}", 0)
        self._name(layout.COLLECTED_CELL, self.total, self.builder.mirror, self.total, self.builder.mirror)

    def _sum(self, column: int, *, blank_when_empty: bool) -> str:
        """The project's total of a column by the rule of Project.shares: rows without a part do not count; an unsettled
        table leaves it to the stand-in; a level is the lowest, never a sum."""
        name, share = letter(column), letter(self.columns[layout.SHARE])
        top, bottom = self.units_top + 1, self.units_bottom
        if self.project.target is None and column != self.columns[layout.SHARE]:
            return '=""'
        if self.project.stand_in is not None:
            bottom -= 1
        area, shares = f"{name}{top}:{name}{bottom}", f"${share}{top}:${share}{bottom}"
        whole = f'SUMIF({shares},"<>",{area})'
        if self.project.is_level and column != self.columns[layout.SHARE]:
            # A unit that never reported counts as 0.
            whole = f"IF(COUNT({area})<COUNT({shares}),0,MIN({area}))"
        if self.project.stand_in is not None:
            stand_in = f"{name}{self.units_bottom}"
            whole = f"IF({self._settled()},{whole},N({stand_in}))"
            area = f"{name}{top}:{name}{self.units_bottom}"
        return f'=IF(COUNT({area})=0,"",{whole})' if blank_when_empty else f"={whole}"

    def _settled(self) -> str:
        share = letter(self.columns[layout.SHARE])
        area = f"${share}${self.units_top + 1}:${share}${self.units_bottom - 1}"
        return f"AND(COUNT({area})=ROWS({area}),ROUND(SUM({area})-${share}${self.units_bottom},6)=0)"

    def _plan_of_month(self, month: int, column: int) -> None:
        if not self._numeric_nodes():
            self.canvas.put(self.total + 1, column, None)
            return
        day = f'DATE({layout.NAME_YEAR},SUBSTITUTE({letter(column)}${self.units_top},"月","")+1,0)'
        shown = self._planned(month_end(self.builder.year, month))
        self.canvas.formula(self.total + 1, column, f"={self._plan_by(day)}", float(shown))

    def _plan_by(self, day: str) -> str:
        """The largest cumulative target of the nodes due by ``day``, capped by an adjusted target."""
        due, plan = letter(self.builder.helper), letter(self.node_columns[layout.NODE_PLAN])
        top, bottom = self.nodes_top + 1, self.nodes_bottom
        due_area, plan_area = f"${due}${top}:${due}${bottom}", f"${plan}${top}:${plan}${bottom}"
        adjusted = self._cell(layout.ADJUSTED_TARGET)
        return (
            f"MIN(SUMPRODUCT(MAX(({due_area}>0)*({due_area}<={day})*{plan_area})),"
            f'IF({adjusted}="",9E+99,{adjusted}))'
        )

    @property
    def node_columns(self) -> dict[str, int]:
        return self.builder.node_columns

    def _numeric_nodes(self) -> list[int]:
        return [index for index in range(len(self.project.milestones)) if self.project.is_numeric(index)]

    def _planned(self, day: date) -> Decimal:
        """What a new master shows for the plan by ``day``."""
        nodes = [self.project.milestones[index] for index in self._numeric_nodes()]
        due = [node.cumulative or Decimal(0) for node in nodes if node.deadline(self.builder.year) <= day]
        planned = max(due, default=Decimal(0))
        return planned if self.project.adjusted_target is None else min(planned, self.project.adjusted_target)

    # Nodes

    def _nodes(self) -> None:
        builder, canvas = self.builder, self.canvas
        canvas.stamp(builder.node_header, self.nodes_top)
        canvas.stamp(builder.node_row, self.nodes_top + 1, self.nodes_bottom - self.nodes_top)
        columns = self.node_columns
        text_left = columns[layout.NODE_TEXT]
        text_right = columns[layout.NODE_PLAN] - 1
        for row, node in enumerate(self.project.milestones, start=self.nodes_top + 1):
            canvas.put(row, columns[layout.NODE_TIME], node.phrase)
            canvas.put(row, text_left, node.text)
            canvas.put(row, columns[layout.NODE_PLAN], _number(node.cumulative))
            canvas.put(
                row, columns[layout.NODE_DONE], {True: "已完成", False: "未完成", None: None}[node.done]
            )
            canvas.put(row, columns[layout.NODE_DONE_ON], node.done_on)
            canvas.put(row, columns[layout.NODE_ADJUSTED], node.adjusted_to)
            canvas.put(row, columns[layout.NODE_REMARK], node.note or None)
            canvas.height_for(row, node.text, text_left, text_right)
            canvas.height_for(row, node.phrase, columns[layout.NODE_TIME], columns[layout.NODE_TIME])
            self._node_formulas(row, node.last_month, node.deadline(builder.year))
        canvas.rules_from(builder.node_row, self.nodes_top + 1, self.nodes_bottom)
        self._name(layout.NODES, self.nodes_top, builder.first, self.nodes_bottom, builder.last)
        right = builder.mirror + len(layout.NODE_MARK_COLUMNS) - 1
        self._name(layout.NODE_MARKS, self.nodes_top, builder.mirror, self.nodes_bottom, right)

    def _node_formulas(self, row: int, last_month: int, deadline: date) -> None:
        columns, canvas, helper = self.node_columns, self.canvas, self.builder.helper
        adjusted, plan = letter(columns[layout.NODE_ADJUSTED]), letter(columns[layout.NODE_PLAN])
        canvas.formula(
            row, helper, f"=IF(ISNUMBER({adjusted}{row}),{adjusted}{row},DATE({layout.NAME_YEAR},{last_month + 1},0))",
            (deadline - date(1899, 12, 30)).days,
        )  # fmt: skip
        canvas.sheet.cell(row, helper)._style = self.builder.model.cell(
            self.builder.node_row.top, helper
        )._style
        canvas.formula(
            row, columns[layout.NODE_ACTUAL],
            f"=IF(AND(ISNUMBER({plan}{row}),{letter(helper)}{row}<={layout.NAME_AS_OF}),{self._cell(layout.ACTUAL)},\"\")", "",
        )  # fmt: skip
        key, status = letter(self.builder.mirror), letter(self.builder.mirror + 1)
        time = letter(columns[layout.NODE_TIME])
        canvas.formula(
            row, columns[layout.NODE_STATUS], f'=IF(${key}{row}=${time}{row},{status}{row}&"","")', ""
        )

    # Judged cells of the overview

    def _judged_cells(self) -> None:
        canvas, project = self.canvas, self.project
        has_target = project.target is not None
        canvas.formula(
            *self.labels[layout.AS_OF],
            f"={layout.NAME_AS_OF}",
            (date(self.builder.year, 1, 1) - date(1899, 12, 30)).days,
        )
        plan = (
            f"={self._plan_by(layout.NAME_AS_OF)}"
            if has_target and self._numeric_nodes()
            else ("=0" if has_target else '=""')
        )
        canvas.formula(*self.labels[layout.PLAN], plan, 0 if has_target else "")
        latest = f"{letter(self.columns[layout.LATEST])}{self.total}"
        canvas.formula(
            *self.labels[layout.ACTUAL], f"=N({latest})" if has_target else '=""', 0 if has_target else ""
        )
        target, adjusted = self._cell(layout.TARGET), self._cell(layout.ADJUSTED_TARGET)
        goal = f'IF({adjusted}="",{target},{adjusted})'
        rate = f'=IF(N({goal})=0,"",ROUND({self._cell(layout.ACTUAL)}/{goal},4))' if has_target else '=""'
        canvas.formula(*self.labels[layout.RATE], rate, 0 if has_target and project.goal else "")
        mark = self.builder.overview.top + 2
        key, status = letter(self.builder.mirror), letter(self.builder.mirror + 1)
        canvas.formula(
            *self.labels[layout.STATUS], f'=IF(${key}${mark}={project.number},${status}${mark}&"","")', ""
        )
        canvas.rules_from(self.builder.overview, self.builder.overview.top, self.builder.overview.top + 1)

    def _mirror_headers(self) -> None:
        left, marks_top = self.builder.mirror, self.builder.overview.top + 1
        for top, labels in (
            (marks_top, layout.PROJECT_MARK_COLUMNS),
            (self.units_top, layout.UNIT_MARK_COLUMNS),
            (self.nodes_top, layout.NODE_MARK_COLUMNS),
        ):
            for column, label in enumerate(labels, start=left):
                self.canvas.put(top, column, label)
        right = left + len(layout.PROJECT_MARK_COLUMNS) - 1
        self._name(layout.PROJECT_MARKS, marks_top, left, marks_top + 1, right)

    # Chart

    def _has_line(self) -> bool:
        return not self.project.is_level and len(self._numeric_nodes()) > 1

    def _series(self) -> tuple[range, range]:
        return (
            range(self.months[0], self.months[-1] + 1),
            range(self.builder.mirror + 1, self.builder.mirror + 13),
        )

    def _chart_place(self, row: int) -> tuple[int, int]:
        return (row, row + _CHART_ROWS)


def _number(value: Decimal | None) -> int | float | None:
    """A cell's number: whole ones as integers, so that 8112 is not 8112.0 in the file."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
