"""One project's sheet: overview, unit table, nodes, mirrors, chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter as letter

from ...domain.lateness.measures import node_goal
from ...domain.period import month_end
from ...domain.succession import Succession
from ...sheets import layout
from ...sheets.contents import labelled, node_cells, title_line
from .canvas import Canvas, Stencil
from .chart import add_progress_chart, add_unit_chart
from .project_formulas import NodePlaces, OverviewCells, UnitPlaces

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from openpyxl import Workbook

    from ...domain.document import TaskDocument
    from ...domain.project import Project
    from ..package import CachedValue

__all__ = ["ProjectSheetBuilder"]

#: The chart's least and most rows, an ordinary row's height, and what a page holds, in points.
_CHART_ROWS = (9, 17)
_ROW_POINTS, _PAGE_POINTS = 15.0, 600.0
#: Higher than this, one page would be too small to read.
_LEGIBLE_POINTS = 1300.0
_EXCEL_EPOCH = date(1899, 12, 30)


class ProjectSheetBuilder:
    """Builds the sheets of one workbook, all from the same stencils."""

    def __init__(
        self,
        workbook: Workbook,
        document: TaskDocument,
        cached: MutableMapping[tuple[str, str], CachedValue],
    ) -> None:
        self.workbook = workbook
        self.year = document.year
        self.succession = Succession(document.units)
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
        # Hidden beside the node rows: deadline and cumulative of the numeric ones, for the plan's formulas.
        self.due = self.mirror + len(layout.UNIT_MARK_COLUMNS)
        self.amount = self.due + 1
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
        second = 3 if project.more_targets else 0
        self.second_top = self.total + 3
        self.nodes_top = self.total + 3 + second
        self.nodes_bottom = self.nodes_top + max(1, len(project.milestones))
        columns = {label: builder.first + index for index, label in enumerate(layout.UNIT_COLUMNS)}
        self.columns = columns
        self.months = [columns[month] for month in layout.MONTHS]
        self.units = UnitPlaces(
            self.units_top + 1, self.units_bottom, columns,
            level=project.is_level, stand_in=project.stand_in is not None, alone=not project.allocations,
        )  # fmt: skip
        self.second = UnitPlaces(self.second_top + 1, self.second_top + 1, columns)
        self.nodes = NodePlaces(
            self.nodes_top + 1, self.nodes_bottom,
            letter(builder.node_columns[layout.NODE_PLAN]), letter(builder.node_columns[layout.NODE_ADJUSTED]),
            letter(builder.due), letter(builder.amount),
        )  # fmt: skip

    def lay_out(self) -> None:
        self._overview()
        self._units(self.units_top, 1)
        self._totals()
        if self.project.more_targets:
            self._units(self.second_top, 2)
        self._nodes()
        self._judged_cells()
        self._mirror_headers()
        legend = bottom = self.nodes_bottom + 1
        self.canvas.stamp(self.builder.legend, legend)
        if self.project.target is not None and self.project.has_numeric_nodes:
            bottom += self._chart_rows(legend)
            self._charts((legend + 1, bottom + 1))
        right = letter(self.builder.last)
        self.canvas.sheet.print_area = f"A1:{right}{bottom}"
        if self._height(bottom) > _LEGIBLE_POINTS:
            self.canvas.let_pages_run(self.builder.overview.top)
            if bottom > legend:
                # A page of its own for the charts: a page break would cut them.
                self.canvas.sheet.print_area = f"A1:{right}{legend},A{legend + 1}:{right}{bottom}"

    def _name(self, place: str, top: int, left: int, bottom: int, right: int) -> None:
        self.canvas.name(layout.project_name(self.project.number, place), top, left, bottom, right)

    # Overview

    def _overview(self) -> None:
        builder, project, canvas = self.builder, self.project, self.canvas
        stencil = builder.overview
        canvas.stamp(stencil, stencil.top)
        title = title_line(project)
        canvas.put(stencil.top, stencil.left, title)
        canvas.height_for(stencil.top, title, stencil.left, stencil.right, 15)
        for row in stencil.sheet.iter_rows(stencil.top + 1, stencil.bottom, stencil.left, stencil.right):
            for cell in row:
                if cell.value in layout.OVERVIEW_LABELS:
                    self.labels[cell.value] = (cell.row, self._after(cell.row, cell.column))
        values = labelled(project)
        for label, value in values.items():
            canvas.put(*self.labels[label], value)
        row, column = self.labels[layout.COOPERATING]
        canvas.height_for(row, str(values[layout.COOPERATING]), column, self._end(row, column))
        self._name(layout.OVERVIEW, stencil.top, stencil.left, stencil.bottom, stencil.right)
        for place, label in (
            (layout.TARGET_CELL, layout.TARGET), (layout.ADJUSTED_CELL, layout.ADJUSTED_TARGET),
            (layout.PLAN_CELL, layout.PLAN), (layout.ACTUAL_CELL, layout.ACTUAL), (layout.RATE_CELL, layout.RATE),
            (layout.LEADER_CELL, layout.LEADER), (layout.LEAD_UNIT_CELL, layout.LEAD_UNIT),
            (layout.OWNER_CELL, layout.OWNER), (layout.MEASURE_CELL, layout.UNIT_OF_MEASURE),
            (layout.STANDING_CELL, layout.STANDING),
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

    @cached_property
    def overview(self) -> OverviewCells:
        """The overview's values, known once it is laid out."""
        return OverviewCells(
            {label: f"${letter(column)}${row}" for label, (row, column) in self.labels.items()}
        )

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
            canvas.put(row, self.columns[layout.SHARE], quantity)
            note = share.note if measure == 1 else f"第二项指标：{project.more_targets[0]}"
            canvas.put(row, self.columns[layout.REMARK], note or None)
            canvas.height_for(row, note, self.columns[layout.REMARK], self.columns[layout.REMARK])
            canvas.height_for(row, share.unit, self.columns[layout.UNIT], self.columns[layout.UNIT])
            self._unit_formulas(row, measure)
        self._name(
            layout.UNITS if measure == 1 else layout.SECOND_UNITS, top, builder.first, bottom, builder.last
        )
        if measure == 1:
            canvas.rules_from(builder.unit_row, top + 1, bottom)
            self._name(layout.UNIT_MARKS, top, builder.mirror, bottom, builder.due - 1)

    def _unit_formulas(self, row: int, measure: int) -> None:
        places, put = self.units if measure == 1 else self.second, self.canvas.formula
        alone = measure == 1 and places.alone
        put(row, self.columns[layout.LATEST], self._latest(row) if measure == 1 else places.latest(row), "")
        put(row, self.columns[layout.RATE], places.rate(row, self.overview if alone else None), "")
        if measure == 1:
            marks = letter(self.builder.mirror), letter(self._mark(layout.MARK_STATUS))
            put(row, self.columns[layout.STATUS], places.status(row, *marks, places.column(layout.UNIT)), "")

    def _latest(self, row: int) -> str:
        rows = {share.unit: place for place, share in enumerate(self.project.rows, self.units_top + 1)}
        unit = next(name for name, place in rows.items() if place == row)
        succession, parts = self.builder.succession, {share.unit for share in self.project.shares}
        heirs = {rows[heir]: since for heir, since in succession.heirs(unit).items() if heir in parts}
        return self.units.handed_over(row, heirs) if heirs else self.units.latest(row)

    def _mark(self, label: str) -> int:
        return self.builder.mirror + layout.UNIT_MARK_COLUMNS.index(label)

    # 合计 and 计划累计

    def _totals(self) -> None:
        project, canvas, units = self.project, self.canvas, self.units
        canvas.stamp(self.builder.total_row, self.total)
        canvas.stamp(self.builder.plan_row, self.total + 1)
        known = [share.quantity for share in project.shares if share.quantity is not None]
        shown = float(sum(known, Decimal(0))) if known else ""
        canvas.formula(self.total, self.columns[layout.SHARE], units.total_of_parts(), shown)
        for label in layout.MONTHS:
            column = self.columns[label]
            canvas.formula(self.total, column, units.total(letter(column)), "")
            plan = self.overview.if_target(self.nodes.last_by(units.month_end(label)))
            canvas.formula(self.total + 1, column, f"={plan}", self._planned(column))
        latest = units.total(units.column(layout.LATEST), silent_is_zero=True)
        canvas.formula(self.total, self.columns[layout.LATEST], latest, "")
        canvas.formula(
            self.total, self.columns[layout.RATE], f"={self.overview[layout.RATE]}", self._zero_or_nothing()
        )
        self._hidden_totals()

    def _hidden_totals(self) -> None:
        """Under the mirror: the totals as the chart wants them, and the latest month with a number."""
        canvas, row = self.canvas, self.total
        # The remark says the unit; beside an empty one LibreOffice would print the hidden numbers as ###.
        unit = self.overview[layout.UNIT_OF_MEASURE]
        shown = f"单位：{self.project.unit}" if self.project.unit else ""
        canvas.formula(row, self.columns[layout.REMARK], f'=IF({unit}="","","单位："&{unit})', shown)
        for offset, column in enumerate(self.months):
            cell = f"{letter(column)}{row}"
            canvas.formula(row, self._totals_left + offset, f'=IF({cell}="",NA(),{cell})', "#N/A")
        column, second = self._totals_left + len(self.months), self.second
        collected = self.units.collected(second if self.project.more_targets else None)
        canvas.formula(row, column, self.overview.if_cancelled("0", collected), 0)
        self._name(layout.COLLECTED_CELL, row, column, row, column)

    @property
    def _totals_left(self) -> int:
        return self._mark(f"{layout.MONTHS[0]}问题")

    def _planned(self, column: int) -> float | str:
        """What a new master shows for the plan by the end of a month."""
        project, year = self.project, self.builder.year
        if project.target is None or project.cancelled:
            return ""
        day = month_end(year, self.months.index(column) + 1)
        due = [
            goal
            for index, node in enumerate(project.milestones)
            if (goal := node_goal(project, index)) is not None and node.deadline(year) <= day
        ]
        return float(due[-1] if due else 0)

    def _zero_or_nothing(self) -> int | str:
        """The rate of a new master: of a target that can be divided by, unless the project is silent or cancelled."""
        project = self.project
        return 0 if project.goal and not project.has_numeric_nodes and not project.cancelled else ""

    @property
    def node_columns(self) -> dict[str, int]:
        return self.builder.node_columns

    # Nodes

    def _nodes(self) -> None:
        builder, canvas = self.builder, self.canvas
        canvas.stamp(builder.node_header, self.nodes_top)
        canvas.stamp(builder.node_row, self.nodes_top + 1, self.nodes_bottom - self.nodes_top)
        columns = self.node_columns
        text_left, text_right = columns[layout.NODE_TEXT], columns[layout.NODE_PLAN] - 1
        for row, node in enumerate(self.project.milestones, start=self.nodes_top + 1):
            for label, value in node_cells(node).items():
                canvas.put(row, columns[label], value)
            canvas.height_for(row, node.text, text_left, text_right)
            canvas.height_for(row, node.phrase, columns[layout.NODE_TIME], columns[layout.NODE_TIME])
            self._node_formulas(row, row - self.nodes_top - 1)
        canvas.rules_from(builder.node_row, self.nodes_top + 1, self.nodes_bottom)
        self._name(layout.NODES, self.nodes_top, builder.first, self.nodes_bottom, builder.last)
        right = builder.mirror + len(layout.NODE_MARK_COLUMNS) - 1
        self._name(layout.NODE_MARKS, self.nodes_top, builder.mirror, self.nodes_bottom, right)

    def _node_formulas(self, row: int, index: int) -> None:
        columns, builder = self.node_columns, self.builder
        node = self.project.milestones[index]
        numeric = self.project.is_numeric(index)
        due: int | str = (node.deadline(builder.year) - _EXCEL_EPOCH).days if numeric else ""
        for column, text, shown in (
            (builder.due, self.nodes.deadline(row, node.last_month), due),
            (
                builder.amount,
                self.nodes.goal(row, self.overview),
                float(node_goal(self.project, index) or node.cumulative or 0),
            ),
            (columns[layout.NODE_ACTUAL], self.nodes.actual(row, self.overview), ""),
        ):
            self.canvas.formula(row, column, text, shown)
        for column in (builder.due, builder.amount):
            model = builder.model.cell(builder.node_row.top, column)
            self.canvas.sheet.cell(row, column)._style = model._style
        key, status = letter(builder.mirror), letter(builder.mirror + 1)
        label = letter(columns[layout.NODE_TIME])
        self.canvas.formula(row, columns[layout.NODE_STATUS], self.units.status(row, key, status, label), "")

    # Judged cells of the overview

    def _judged_cells(self) -> None:
        canvas, project, overview = self.canvas, self.project, self.overview
        nothing_yet = "" if project.target is None or project.cancelled else 0
        first_day = (date(self.builder.year, 1, 1) - _EXCEL_EPOCH).days
        plan = overview.if_target(self.nodes.largest_by(layout.NAME_AS_OF))
        latest = f"{self.units.column(layout.LATEST)}{self.total}"
        key, status = letter(self.builder.mirror), letter(self.builder.mirror + 1)
        mark = self.builder.overview.top + 2
        for label, text, shown in (
            (layout.AS_OF, f"={layout.NAME_AS_OF}", first_day),
            (layout.PLAN, f"={plan}", nothing_yet),
            (
                layout.ACTUAL,
                overview.actual(self.units, self.nodes, latest),
                nothing_yet if not project.has_numeric_nodes else "",
            ),
            (layout.RATE, overview.rate(), self._zero_or_nothing()),
            (
                layout.STATUS,
                overview.if_cancelled(
                    f'"{layout.CANCELLED}"', f'IF(${key}${mark}={project.number},${status}${mark}&"","")'
                ),
                layout.CANCELLED if project.cancelled else "",
            ),
        ):
            canvas.formula(*self.labels[label], text, shown)
        canvas.choices_of(self.builder.overview)
        canvas.formats_from(self.builder.overview, self.builder.overview.top, self.builder.overview.top + 1)

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

    def _charts(self, rows: tuple[int, int]) -> None:
        """Plan and actual over the months, and beside it the units, where there are several with a part."""
        sheet, right = self.canvas.sheet, self.builder.last
        with_part = sum(bool(share.quantity) for share in self.project.allocations)
        middle = self.months[6] if with_part > 1 else right
        add_progress_chart(sheet, rows, self.units_top, self.total, self._series(), middle)
        if middle < right:
            columns = self.columns[layout.UNIT], self.columns[layout.RATE]
            units = self.units_top + 1, self.units_bottom
            add_unit_chart(sheet, "各单位完成率", units, columns, rows, (middle + 1, right))

    def _series(self) -> tuple[range, range]:
        return (
            range(self.months[0], self.months[-1] + 1),
            range(self._totals_left, self._totals_left + len(self.months)),
        )

    def _chart_rows(self, bottom: int) -> int:
        """So many rows as the page has left, within limits: a short table gets a higher chart."""
        left = int((_PAGE_POINTS - self._height(bottom)) / _ROW_POINTS)
        return max(_CHART_ROWS[0], min(_CHART_ROWS[1], left))

    def _height(self, bottom: int) -> float:
        """The height of the rows down to ``bottom``, in points."""
        heights = self.canvas.sheet.row_dimensions
        return sum(float(heights[row].height or _ROW_POINTS) for row in range(1, bottom + 1))
