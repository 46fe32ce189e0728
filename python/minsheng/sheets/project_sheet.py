"""One project's sheet: its cells to a Project with its reports, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ..domain.catalogue import master as rules
from ..domain.month_phrase import read_month_phrase
from ..domain.project import Allocation, Milestone, Project
from ..domain.quantity import PERCENT, Quantity
from ..domain.report import Report
from . import layout
from .address import cell_a1
from .cells import InputReader

if TYPE_CHECKING:
    from ..domain.finding import Finding
    from .image import Block, SheetImage
    from .places import Places

__all__ = ["ProjectSheet", "UnitTable"]

_TITLE = re.compile(
    r"\s*(?:(?P<number>\d+)\s*[.．、)）]\s*)?(?P<star>[★☆]?)\s*(?P<words>.*?)[。.]?\s*", re.DOTALL
)
_MORE_TARGET = re.compile(r"\s*(?P<relation>[≥>]?)\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>\S*)\s*")
_LIST_MARKS = re.compile(r"[，、]")


@dataclass(frozen=True)
class UnitTable:
    """A 分解 block: where its units and months stand. ``columns`` maps label → column, ``rows`` unit → row."""

    measure: int
    block: Block
    columns: dict[str, int]
    rows: dict[str, int]

    def month_column(self, month: int) -> int:
        return self.columns[layout.MONTHS[month - 1]]


@dataclass
class ProjectSheet:
    """What one sheet says. ``project`` is None where too little of the sheet is left to read."""

    number: int
    image: SheetImage
    project: Project | None = None
    reports: list[Report] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    referencing: list[str] = field(default_factory=list)
    labels: dict[str, tuple[int, int]] = field(default_factory=dict)
    tables: dict[int, UnitTable] = field(default_factory=dict)
    node_block: Block | None = None
    node_columns: dict[str, int] = field(default_factory=dict)
    node_rows: list[int] = field(default_factory=list)
    marks: dict[str, Block] = field(default_factory=dict)

    @classmethod
    def read(cls, number: int, places: Places, image: SheetImage) -> ProjectSheet:
        """Read the sheet ``image`` that the names of project ``number`` point to."""
        sheet = cls(number, image)
        reader = InputReader(image, number)
        blocks = sheet._blocks(places, reader)
        overview = blocks.get(layout.OVERVIEW)
        words = sheet._overview(overview, reader) if overview else {}
        unit_of_measure = words.get(layout.UNIT_OF_MEASURE, "")
        if layout.UNITS in blocks:
            sheet._unit_table(1, blocks[layout.UNITS], reader, unit_of_measure)
        if layout.SECOND_UNITS in blocks:
            sheet._unit_table(2, blocks[layout.SECOND_UNITS], reader, PERCENT)
        nodes = sheet._nodes(blocks[layout.NODES], reader, unit_of_measure) if layout.NODES in blocks else ()
        if overview is not None:
            sheet.project = sheet._project(overview, words, reader, nodes)
        sheet.findings.extend(reader.findings)
        sheet.referencing = reader.referencing
        return sheet

    def _blocks(self, places: Places, reader: InputReader) -> dict[str, Block]:
        """The named blocks of the sheet; a finding for each that is missing or stands on another sheet."""
        found: dict[str, Block] = {}
        wanted = [
            layout.OVERVIEW,
            layout.UNITS,
            layout.NODES,
            layout.UNIT_MARKS,
            layout.NODE_MARKS,
            layout.PROJECT_MARKS,
        ]
        if layout.project_name(self.number, layout.SECOND_UNITS) in places.known:
            wanted.append(layout.SECOND_UNITS)
        for place in wanted:
            area = places.project(self.number, place)
            if area is None or area.sheet != self.image.sheet:
                self.findings.append(
                    rules.NAME_MISSING.finding(
                        project=self.number,
                        sheet=self.image.sheet,
                        label=layout.project_name(self.number, place),
                    )
                )
                continue
            found[place] = self.image.block(area)
        for place in (layout.UNIT_MARKS, layout.NODE_MARKS, layout.PROJECT_MARKS):
            if place in found:
                self.marks[place] = found.pop(place)
        return found

    def _overview(self, block: Block, reader: InputReader) -> dict[str, str]:
        """Label → text of its value: the first non-blank cell right of the label, before the next label."""
        known = set(layout.OVERVIEW_LABELS)
        image, area = block.image, block.area
        words: dict[str, str] = {}
        for row in range(area.top + 1, area.bottom + 1):
            label: str | None = None
            for column in range(area.left, area.right + 1):
                text = image.text(row, column)
                if text in known:
                    label = text
                    self.labels.setdefault(text, (row, column + 1))
                elif text and label is not None:
                    words[label] = text
                    self.labels[label] = (row, column)
                    label = None
        for missing in sorted(known - set(self.labels), key=layout.OVERVIEW_LABELS.index):
            reader.report(rules.LABEL_MISSING, area.top, area.left, None, label=missing)
        for label in (layout.AS_OF, layout.PLAN, layout.ACTUAL, layout.RATE, layout.STATUS):
            if label in self.labels:
                reader.formula_kept(*self._value_cell(label), label)
        return words

    def _value_cell(self, label: str) -> tuple[int, int]:
        """Where the formula of a label stands: it may be blank to the eye, so the formula decides."""
        row, column = self.labels[label]
        for right in range(column, min(column + 4, self.image.right + 1)):
            if self.image.formula(row, right).startswith("="):
                return row, right
        return row, column

    def _unit_table(self, measure: int, block: Block, reader: InputReader, unit_of_measure: str) -> None:
        columns = block.columns()
        missing = [label for label in layout.UNIT_COLUMNS if label not in columns]
        for label in missing:
            reader.report(rules.LABEL_MISSING, block.header_row, block.area.left, None, label=label)
        if {layout.UNIT, layout.SHARE, *layout.MONTHS} & set(missing):
            return
        rows: dict[str, int] = {}
        for row in block.rows:
            unit = block.image.text(row, columns[layout.UNIT])
            if not unit:
                continue
            if unit in rows:
                reader.report(rules.UNIT_ROW_TWICE, row, columns[layout.UNIT], unit)
                continue
            rows[unit] = row
            for month in range(1, 13):
                value = reader.number(
                    row, columns[layout.MONTHS[month - 1]], measured_in=unit_of_measure, unit=unit
                )
                if value is not None:
                    self.reports.append(Report(self.number, unit, month, measure, value))
            for label in (layout.LATEST, layout.RATE, *((layout.STATUS,) if measure == 1 else ())):
                if label in columns:
                    reader.formula_kept(row, columns[label], label, unit)
        self.tables[measure] = UnitTable(measure, block, columns, rows)
        self._total_rows(block, columns, reader)

    def _total_rows(self, block: Block, columns: dict[str, int], reader: InputReader) -> None:
        """合计 and 计划累计 stand below the block and are formulas."""
        for row in range(block.area.bottom + 1, min(block.area.bottom + 3, block.image.bottom + 1)):
            label = block.image.text(row, columns[layout.UNIT])
            if label not in (layout.TOTAL_ROW, layout.PLAN_ROW):
                continue
            others = (layout.SHARE, layout.LATEST, layout.RATE) if label == layout.TOTAL_ROW else ()
            for column in (columns[head] for head in (*layout.MONTHS, *others) if head in columns):
                reader.formula_kept(row, column, label)

    def _nodes(self, block: Block, reader: InputReader, unit_of_measure: str) -> tuple[Milestone, ...]:
        columns = block.columns()
        missing = [label for label in layout.NODE_COLUMNS if label not in columns]
        for label in missing:
            reader.report(rules.LABEL_MISSING, block.header_row, block.area.left, None, label=label)
        if missing:
            return ()
        self.node_block, self.node_columns = block, columns
        image = block.image
        nodes: list[Milestone] = []
        for row in block.rows:
            phrase = image.text(row, columns[layout.NODE_TIME])
            if not phrase:
                continue
            months = read_month_phrase(phrase)
            if months is None or not 1 <= months[0] <= months[1] <= 12:
                reader.report(rules.NODE_MONTH, row, columns[layout.NODE_TIME], None, text=phrase)
                continue
            self.node_rows.append(row)
            nodes.append(
                Milestone(
                    first_month=months[0],
                    last_month=months[1],
                    phrase=phrase,
                    text=image.text(row, columns[layout.NODE_TEXT]),
                    cumulative=reader.number(row, columns[layout.NODE_PLAN], measured_in=unit_of_measure),
                    done=reader.choice(row, columns[layout.NODE_DONE], layout.DONE_WORDS),
                    done_on=reader.date(row, columns[layout.NODE_DONE_ON]),
                    adjusted_to=reader.date(row, columns[layout.NODE_ADJUSTED]),
                    note=image.text(row, columns[layout.NODE_REMARK]),
                )
            )
            for label in (layout.NODE_ACTUAL, layout.NODE_STATUS):
                reader.formula_kept(row, columns[label], label)
        return tuple(nodes)

    def _project(
        self, overview: Block, words: dict[str, str], reader: InputReader, nodes: tuple[Milestone, ...]
    ) -> Project:
        title = _TITLE.fullmatch(overview.image.text(overview.area.top, overview.area.left))
        if title and title["number"] and int(title["number"]) != self.number:
            reader.report(
                rules.TITLE_NUMBER, overview.area.top, overview.area.left, None, text=title["number"]
            )
        unit_of_measure = words.get(layout.UNIT_OF_MEASURE, "")
        target = self._labelled_number(layout.TARGET, words, reader)
        relation = next(
            (sign for sign, word in layout.RELATION_WORDS.items() if word == words.get(layout.RELATION)), "="
        )
        project = Project(
            number=self.number,
            starred=bool(title and title["star"]),
            title=title["words"] if title else "",
            target=None
            if target is None
            else Quantity(target, unit_of_measure, ">=" if relation == ">=" else "="),
            leader=words.get(layout.LEADER, ""),
            lead_unit=words.get(layout.LEAD_UNIT, ""),
            owner=words.get(layout.OWNER, ""),
            cooperating=tuple(part for part in _LIST_MARKS.split(words.get(layout.COOPERATING, "")) if part),
            more_targets=self._more_targets(words.get(layout.MORE_TARGETS, ""), reader),
            allocation_total=self._labelled_number(layout.PRINTED_TOTAL, words, reader),
            milestones=nodes,
            adjusted_target=self._labelled_number(layout.ADJUSTED_TARGET, words, reader),
            adjustment_note=words.get(layout.ADJUSTMENT_NOTE, ""),
        )
        return self._with_allocations(project, reader)

    def _more_targets(self, text: str, reader: InputReader) -> tuple[Quantity, ...]:
        """其他目标, where the sheet has a row to report them in."""
        found: list[Quantity] = []
        for part in filter(None, text.split("；")):
            match = _MORE_TARGET.fullmatch(part)
            if match is None:
                reader.refuse(*self.labels[layout.MORE_TARGETS], part)
                continue
            found.append(Quantity(Decimal(match["value"]), match["unit"], ">=" if match["relation"] else "="))
        if found and 2 not in self.tables:
            reader.report(
                rules.SECOND_WITHOUT_ROW,
                *self.labels[layout.MORE_TARGETS],
                None,
                text="；".join(map(str, found)),
            )
            return ()
        return tuple(found)

    def _labelled_number(self, label: str, words: dict[str, str], reader: InputReader) -> Decimal | None:
        if label not in words:
            return None
        return reader.number(*self.labels[label], measured_in=words.get(layout.UNIT_OF_MEASURE, ""))

    def _with_allocations(self, project: Project, reader: InputReader) -> Project:
        """A table's rows become allocations. The 责任单位 alone is a project without a table; beside others and with the
        whole 合计 as its part it is the stand-in of an unsettled table."""
        table = self.tables.get(1)
        if table is None:
            return project
        image = table.block.image
        rows = [
            Allocation(
                unit,
                reader.number(row, table.columns[layout.SHARE], measured_in=project.unit, unit=unit),
                image.text(row, table.columns[layout.REMARK]) if layout.REMARK in table.columns else "",
            )
            for unit, row in table.rows.items()
        ]
        if [row.unit for row in rows] == [project.lead_unit]:
            return project
        whole = project.allocation_total if project.allocation_total is not None else project.goal
        stand_in = next(
            (row for row in rows if row.unit == project.lead_unit and row.quantity == whole), None
        )
        return replace(
            project, allocations=tuple(row for row in rows if row is not stand_in), stand_in=stand_in
        )


def node_cell(sheet: ProjectSheet, node: int, label: str) -> str | None:
    """The cell of node ``node`` (from 1) under a header label."""
    if not (1 <= node <= len(sheet.node_rows)) or label not in sheet.node_columns:
        return None
    return cell_a1(sheet.node_rows[node - 1], sheet.node_columns[label])
