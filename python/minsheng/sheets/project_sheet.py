"""One project's sheet: its cells to a Project with its reports, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ..cells.names import listed_names
from ..cells.words import is_blank
from ..domain.catalogue import master as rules
from ..domain.project import Allocation, Project, Reporting
from ..domain.quantity import PERCENT, Quantity
from . import layout
from .cells import InputReader
from .gaps import MARKS, PRINTED, PROJECTS, Gap, Gaps
from .node_table import NodeTable
from .unit_table import UnitTableReader

if TYPE_CHECKING:
    from ..domain.finding import Finding
    from ..domain.naming import UnitNames
    from ..domain.report import Report
    from .image import Block, SheetImage
    from .places import Places
    from .unit_table import UnitTable

__all__ = ["ProjectSheet"]

_TITLE = re.compile(
    r"(?:(?P<number>\d{1,4})\s*+[.．、)）]\s*+)?(?P<star>[★☆]?)\s*+(?P<words>.*)", re.DOTALL | re.ASCII
)
_MORE_TARGET = re.compile(
    r"\s*+(?P<relation>[≥>]?)\s*+(?P<value>\d{1,15}(?:\.\d{1,9})?)\s*+(?P<unit>\S*)\s*+", re.ASCII
)
#: Labels whose values are formulas, read by nobody but the person before the sheet.
_COMPUTED = (layout.AS_OF, layout.PLAN, layout.ACTUAL, layout.RATE, layout.STATUS)


@dataclass
class ProjectSheet:
    """What one sheet says. ``project`` is None where anything of it could not be read: then ``gaps`` say what. ``lead_unit`` is
    责任单位 as it is written."""

    number: int
    image: SheetImage
    gaps: Gaps
    project: Project | None = None
    reports: list[Report] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    referencing: list[str] = field(default_factory=list)
    labels: dict[str, tuple[int, int]] = field(default_factory=dict)
    tables: dict[int, UnitTable] = field(default_factory=dict)
    nodes: NodeTable | None = None
    overview: Block | None = None
    lead_unit: str = ""
    marks: dict[str, Block] = field(default_factory=dict)

    @classmethod
    def read(cls, number: int, places: Places, image: SheetImage, units: UnitNames) -> ProjectSheet:
        """Read the sheet ``image`` that the names of project ``number`` point to; ``units`` are those of 设置."""
        sheet = cls(number, image, Gaps(image.sheet, number))
        reader = InputReader(image, number)
        blocks = sheet._blocks(places)
        overview = sheet.overview = blocks.get(layout.OVERVIEW)
        words = sheet._overview(places, overview, reader) if overview else {}
        sheet.lead_unit = words.get(layout.LEAD_UNIT, "")
        words[layout.LEAD_UNIT] = units.lead(sheet.lead_unit)
        unit_of_measure = words.get(layout.UNIT_OF_MEASURE, "")
        for place, measure, measured_in in (
            (layout.UNITS, 1, unit_of_measure),
            (layout.SECOND_UNITS, 2, PERCENT),
        ):
            if place in blocks:
                limit = min(
                    (block.area.top for block in blocks.values() if block.area.top > blocks[place].area.top),
                    default=image.bottom + 1,
                )
                table_reader = UnitTableReader(measure, blocks[place], limit, units, reader, sheet.gaps)
                table = table_reader.read(measured_in, words.get(layout.LEAD_UNIT, ""))
                sheet.reports += table_reader.reports
                if table is not None:
                    sheet.tables[measure] = table
        if layout.NODES in blocks:
            sheet.nodes = NodeTable.read(blocks[layout.NODES], reader, sheet.gaps, unit_of_measure)
        sheet._marks(places)
        if overview is not None and not sheet.gaps.of(PROJECTS):
            project = sheet._project(overview, words, reader)
            sheet.project = None if sheet.gaps.of(PROJECTS) else project
        sheet.findings = [*dict.fromkeys([*(gap.finding for gap in sheet.gaps.found), *reader.findings])]
        sheet.referencing = reader.referencing
        return sheet

    @property
    def node_rows(self) -> tuple[int, ...]:
        """The rows of the nodes in order; none where their block cannot be read."""
        return self.nodes.rows if self.nodes else ()

    @property
    def node_columns(self) -> dict[str, int]:
        """Label → column of the node block; empty where it cannot be read."""
        return self.nodes.columns if self.nodes else {}

    def _blocks(self, places: Places) -> dict[str, Block]:
        """The named blocks of the sheet; a gap for each that is missing or stands on another sheet."""
        wanted = [layout.OVERVIEW, layout.UNITS, layout.NODES]
        if layout.project_name(self.number, layout.SECOND_UNITS) in places.known:
            wanted.append(layout.SECOND_UNITS)
        for place in layout.PROJECT_CELLS:
            if (label := layout.project_name(self.number, place)) not in places.known:
                self.gaps.add(PRINTED, rules.NAME_MISSING, label=label)
        found = {place: self._block(places, place, PROJECTS) for place in wanted}
        return {place: block for place, block in found.items() if block is not None}

    def _block(self, places: Places, place: str, part: str) -> Block | None:
        area = places.project(self.number, place)
        label = layout.project_name(self.number, place)
        if area is None:
            self.gaps.add(part, rules.NAME_MISSING, label=label)
        elif area.sheet != self.image.sheet:
            self.gaps.add(part, rules.NAME_ASTRAY, label=label, where=f"工作表“{area.sheet}”{area.a1}")
        else:
            return self.image.block(area)
        return None

    def _marks(self, places: Places) -> None:
        """The mirror blocks, which stand beside the block whose rows they repeat."""
        units = self.tables.get(1)
        for place, labels, beside in (
            (layout.UNIT_MARKS, layout.UNIT_MARK_COLUMNS, units.block if units else None),
            (layout.NODE_MARKS, layout.NODE_MARK_COLUMNS, self.nodes.block if self.nodes else None),
            (layout.PROJECT_MARKS, layout.PROJECT_MARK_COLUMNS, None),
        ):
            block = self._block(places, place, MARKS)
            if block is None:
                continue
            before = len(self.gaps.found)
            self.gaps.header(MARKS, block, labels)
            if beside is not None:
                grown = units.taken if units is not None and place == layout.UNIT_MARKS else ()
                if (block.area.top, block.area.bottom + len(grown)) != (beside.area.top, beside.area.bottom):
                    label, where = (
                        layout.project_name(self.number, place),
                        f"工作表“{self.image.sheet}”{block.area.a1}",
                    )
                    self.gaps.add(
                        MARKS, rules.NAME_ASTRAY, (block.area.top, block.area.left), label=label, where=where
                    )
                block = replace(block, area=replace(block.area, bottom=beside.area.bottom))
            if len(self.gaps.found) == before:
                self.marks[place] = block

    def _overview(self, places: Places, block: Block, reader: InputReader) -> dict[str, str]:
        """Label → text of its value: the first non-blank cell right of the label, before the next label."""
        known = set(layout.OVERVIEW_LABELS)
        image, area = block.image, block.area
        words: dict[str, str] = {}
        for row in range(area.top + 1, area.bottom + 1):
            label: str | None = None
            for column in range(area.left, area.right + 1):
                text = image.label(row, column)
                if text in known:
                    label = text
                    if text in self.labels:
                        self.gaps.add(PROJECTS, rules.LABEL_TWICE, (row, column), label=text)
                    self.labels.setdefault(text, (row, column + 1))
                elif text and label is not None:
                    words[label] = image.text(row, column)
                    self.labels[label] = (row, column)
                    label = None
        if self._is_older(places):
            known -= layout.NEWER_OVERVIEW_LABELS
        for missing in sorted(known - set(self.labels), key=layout.OVERVIEW_LABELS.index):
            part = PRINTED if missing in _COMPUTED else PROJECTS
            self.gaps.add(part, rules.LABEL_MISSING, (area.top, area.left), label=missing, stands="")
        for label in _COMPUTED:
            if label in self.labels:
                kept = reader.formula_kept(*self._value_cell(label), label)
                if not kept and label in (layout.PLAN, layout.ACTUAL, layout.RATE):
                    self.gaps.stale(reader.findings[-1])
        return words

    def _is_older(self, places: Places) -> bool:
        """Whether the sheet is of before there was 办理情况: neither its label nor its name stands. One of them alone is a
        gap."""
        name = layout.project_name(self.number, layout.STANDING_CELL)
        if name in places.known:
            return False
        if layout.STANDING not in self.labels:
            return True
        self.gaps.add(PRINTED, rules.NAME_MISSING, label=name)
        return False

    def _value_cell(self, label: str) -> tuple[int, int]:
        """Where the formula of a label stands: one that shows nothing is found as a formula, before the next label."""
        row, column = self.labels[label]
        for right in range(column, min(column + 4, self.image.right + 1)):
            if self.image.formula(row, right):
                return (
                    (row, right)
                    if self.image.label(row, right) not in layout.OVERVIEW_LABELS
                    else (row, column)
                )
        return row, column

    def _project(self, overview: Block, words: dict[str, str], reader: InputReader) -> Project:
        title = _TITLE.fullmatch(overview.image.text(overview.area.top, overview.area.left))
        name = title["words"].rstrip() if title else ""
        name = name[:-1].rstrip() if name.endswith(("。", ".")) else name
        relation = words.get(layout.RELATION, layout.RELATION_WORDS["="])
        if relation not in layout.RELATION_WORDS.values():
            reader.refuse(*self.labels[layout.RELATION], relation, reason="不是“达到”或“不低于”")
        if not name:
            self.gaps.add(
                PROJECTS,
                rules.INPUT_UNREADABLE,
                (overview.area.top, overview.area.left),
                text="空白",
                reason="没有项目名称",
            )
        if title and title["number"] and int(title["number"]) != self.number:
            reader.report(
                rules.TITLE_NUMBER, overview.area.top, overview.area.left, None, text=title["number"]
            )
        unit_of_measure = words.get(layout.UNIT_OF_MEASURE, "")
        target = self._labelled_number(layout.TARGET, words, reader)
        project = Project(
            number=self.number,
            starred=bool(title and title["star"]),
            title=name,
            target=None
            if target is None
            else Quantity(target, unit_of_measure, ">=" if relation == layout.RELATION_WORDS[">="] else "="),
            leader=words.get(layout.LEADER, ""),
            lead_unit=words.get(layout.LEAD_UNIT, ""),
            owner=words.get(layout.OWNER, ""),
            cooperating=listed_names(words.get(layout.COOPERATING, "")),
            more_targets=self._more_targets(words.get(layout.MORE_TARGETS, ""), reader),
            allocation_total=self._labelled_number(layout.PRINTED_TOTAL, words, reader),
            milestones=self.nodes.nodes if self.nodes else (),
            adjusted_target=self._labelled_number(layout.ADJUSTED_TARGET, words, reader),
            adjustment_note=words.get(layout.ADJUSTMENT_NOTE, ""),
            reporting=self._reporting(words.get(layout.REPORTING, ""), reader),
            cancelled=self._is_cancelled(words.get(layout.STANDING, ""), reader),
        )
        return self._with_allocations(project, reader)

    def _reporting(self, text: str, reader: InputReader) -> Reporting:
        ways = {word: Reporting(way) for way, word in layout.REPORTING_WORDS.items()}
        if text and text not in ways:
            reader.refuse(*self.labels[layout.REPORTING], text, reason=f"不是“{'”或“'.join(ways)}”")
        return ways.get(text, Reporting.UNITS)

    def _is_cancelled(self, text: str, reader: InputReader) -> bool:
        if text and text != layout.CANCELLED:
            reader.refuse(*self.labels[layout.STANDING], text, reason=f"只能是“{layout.CANCELLED}”，或者空着")
        return text == layout.CANCELLED

    def _more_targets(self, text: str, reader: InputReader) -> tuple[Quantity, ...]:
        """其他目标, where the sheet has a row to report them in."""
        found: list[Quantity] = []
        for part in filter(None, text.split("；")):
            match = _MORE_TARGET.fullmatch(part)
            if match is None:
                reader.refuse(*self.labels[layout.MORE_TARGETS], part, reason="不是“≥60%”这样的目标")
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

    def _share(self, row: int, unit: str, measured_in: str, reader: InputReader) -> Decimal | None:
        """A unit's part of the year. One that cannot be read is none that can be left out: sums by formulas count its row,
        and its form would lack it."""
        place = row, self.tables[1].columns[layout.SHARE]
        share = reader.number(*place, measured_in=measured_in, unit=unit)
        if share is None and not is_blank(self.image.value(*place)):
            self.gaps.found.append(Gap(PROJECTS, reader.findings[-1]))
        return share

    def _with_allocations(self, project: Project, reader: InputReader) -> Project:
        """A table's rows become allocations. The 责任单位 alone is a project without a table; below others and with the
        whole 合计 as its part it is the stand-in of an unsettled table."""
        table = self.tables[1]
        image = table.block.image
        rows = [
            Allocation(
                unit,
                self._share(row, unit, project.unit, reader),
                image.text(row, table.columns[layout.REMARK]),
            )
            for unit, row in table.rows.items()
        ]
        if [row.unit for row in rows] == [project.lead_unit]:
            return project
        stand_in = None
        if project.lead_unit in table.rows and not table.total_formula:
            # With it went the only sign of whether this unit counts beside the others or instead of them.
            place = (
                table.totals.get(layout.TOTAL_ROW, table.block.area.bottom + 1),
                table.columns[layout.SHARE],
            )
            text = image.text(*place) or "空白"
            self.gaps.add(PROJECTS, rules.FORMULA_OVERWRITTEN, place, label=layout.TOTAL_ROW, text=text)
        if table.is_settling:
            stand_in = next((row for row in rows if row.unit == project.lead_unit), None)
            if stand_in is None or stand_in is not rows[-1]:
                place = table.rows.get(project.lead_unit, table.block.area.bottom), table.columns[layout.UNIT]
                reason = "要在各单位的最后一行，公式才认得它是代报的"
                self.gaps.add(PRINTED, rules.ROW_MISPLACED, place, text=project.lead_unit, reason=reason)
        return replace(
            project, allocations=tuple(row for row in rows if row is not stand_in), stand_in=stand_in
        )
