"""A master that is open in some host, read as values: the domain's Master and where each thing stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..domain.catalogue import master as rules
from ..domain.document import TaskDocument
from ..domain.master import Master
from ..domain.report import Report
from ..errors import MasterDamaged
from . import layout
from .address import cell_a1
from .image import SheetImage
from .overview_formulas import overwritten_overviews
from .places import Places
from .project_sheet import ProjectSheet
from .settings_sheet import SettingsSheet
from .tables import Table

if TYPE_CHECKING:
    import xlwings as xw

    from ..domain.finding import Finding

__all__ = ["OpenMaster"]


@dataclass
class OpenMaster:
    """Read once at the start of a job; jobs plan their writes against it.

    ``findings`` are those of the sheets themselves (names, labels, inputs, formulas), ``referencing`` the input cells
    that hold a formula with references.
    """

    master: Master
    places: Places
    settings: SettingsSheet
    projects: dict[int, ProjectSheet]
    images: dict[str, SheetImage]
    findings: list[Finding] = field(default_factory=list)
    referencing: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, book: xw.Book) -> OpenMaster:
        """Read all sheets that the names point to, each in two calls. NotAMaster, MasterDamaged."""
        places = Places.of(book)
        names = {sheet.name for sheet in book.sheets}
        wanted = {area.sheet for area in places.areas.values() if area.sheet in names}
        images = {name: SheetImage.read(book.sheets[name]) for name in sorted(wanted)}
        settings_area = places.areas[layout.NAME_ID]
        if settings_area.sheet not in images:
            raise MasterDamaged("总表缺少“设置”工作表。", "请用最近一次保存的总表，或撤销删除工作表的操作。")
        settings = SettingsSheet.read(places, images[settings_area.sheet])
        if not settings.id or not settings.year:
            raise MasterDamaged("总表“设置”里的年度或总表编号是空的。", "请恢复“设置”工作表的原值。")
        found = cls(Master(TaskDocument("", settings.year, (), ())), places, settings, {}, images)
        found._read_projects()
        found._read_words()
        found.findings.extend(settings.findings)
        found.findings.extend(
            rules.SHEET_COPIED.finding(sheet=copy, cell="A1") for copy in places.copies if copy in names
        )
        found.findings.extend(overwritten_overviews(found))
        return found

    def _read_projects(self) -> None:
        reports: list[Report] = []
        for number in sorted({*self.places.project_numbers(), *self._listed()}):
            area = self.places.project(number, layout.OVERVIEW) or self.places.project(number, layout.UNITS)
            image = self.images.get(area.sheet) if area else None
            if image is None:
                self.findings.append(
                    rules.SHEET_MISSING.finding(project=number, sheet=layout.project_sheet(number))
                )
                continue
            sheet = ProjectSheet.read(number, self.places, image)
            self.projects[number] = sheet
            self.findings.extend(sheet.findings)
            self.referencing.extend(sheet.referencing)
            reports.extend(sheet.reports)
        document = TaskDocument(
            title=self.settings.title,
            year=self.settings.year,
            units=self.settings.units,
            projects=tuple(sheet.project for sheet in self.projects.values() if sheet.project is not None),
            containments=self.settings.settings.containments,
        )
        self.master = Master(document, self.settings.settings, tuple(reports), self.settings.id)

    def _listed(self) -> set[int]:
        """The projects of 汇总表: a program that takes the names away with a tab leaves them listed there."""
        table = self.table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
        numbers = (row[layout.SUMMARY_COLUMNS[0]] for row in table.rows()) if table else ()
        return {int(number) for number in numbers if number.isdecimal()}

    def _read_words(self) -> None:
        """填报明细 adds its words to the numbers; words of a unit that gave no number stand alone."""
        details = self.table(layout.NAME_DETAILS, layout.DETAIL_COLUMNS)
        if details is None:
            return
        reports = {(r.project, r.unit, r.month, r.measure): r for r in self.master.reports}
        for row in details.rows():
            if not (row["项目"].isdigit() and row["月份"].isdigit()):
                continue
            key = (int(row["项目"]), row["单位"], int(row["月份"]), int(row["指标"] or 1))
            report = reports.get(key) or Report(*key)
            reports[key] = replace(
                report, progress=row["进展说明"], problem=row["存在问题"], expected=row["预计完成时间"]
            )
        ordered = tuple(reports[key] for key in sorted(reports, key=self._report_order))
        self.master = replace(self.master, reports=ordered)

    def _report_order(self, key: tuple[int, str, int, int]) -> tuple[int, int, int, str, int]:
        project, unit, month, measure = key
        rows = self.projects[project].tables if project in self.projects else {}
        row = rows[measure].rows.get(unit, 0) if measure in rows else 0
        return (project, measure, row, unit, month)

    def table(self, name: str, labels: tuple[str, ...]) -> Table | None:
        area = self.places.get(name)
        if area is None or area.sheet not in self.images:
            return None
        return Table.find(name, labels, self.places, self.images[area.sheet])

    def needed_table(self, name: str, labels: tuple[str, ...]) -> Table:
        """The table, or MasterDamaged where its name or a label is gone."""
        table = self.table(name, labels)
        if table is None:
            raise MasterDamaged(
                f"总表里找不到表格“{name}”，或它的表头被改动。", f"请恢复“{name}”工作表及其表头后再试。"
            )
        return table

    def locate(self, finding: Finding) -> Finding:
        """The finding with the sheet and cell of its subject, where it has none yet."""
        if finding.cell or finding.file or finding.project is None:
            return finding
        sheet = self.projects.get(finding.project)
        if sheet is None:
            return finding
        return replace(finding, sheet=sheet.image.sheet, cell=_cell_of(sheet, finding))


def _cell_of(sheet: ProjectSheet, finding: Finding) -> str:
    table = sheet.tables.get(finding.measure or 1)
    if finding.node is not None and finding.node <= len(sheet.node_rows):
        label = finding.part if finding.part in sheet.node_columns else layout.NODE_TIME
        return cell_a1(sheet.node_rows[finding.node - 1], sheet.node_columns[label or layout.NODE_TIME])
    if table is not None and finding.unit in table.rows:
        row = table.rows[finding.unit]
        if finding.month is not None and 1 <= finding.month <= 12:
            return cell_a1(row, table.month_column(finding.month))
        label = finding.part if finding.part in table.columns else layout.SHARE
        return cell_a1(row, table.columns[label or layout.SHARE])
    if finding.part in sheet.labels:
        return cell_a1(*sheet.labels[finding.part])
    if table is not None and finding.part in (layout.SHARE, layout.TOTAL_ROW):
        return cell_a1(table.block.header_row, table.columns[layout.SHARE])
    return cell_a1(sheet.image.top, sheet.image.left)
