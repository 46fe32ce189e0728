"""A master that is open in some host, read as values: the domain's Master and where each thing stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ..cells.numbers import whole_number
from ..domain.catalogue import master as rules
from ..domain.document import TaskDocument, with_leads
from ..domain.finding import Part
from ..domain.master import Master
from ..domain.naming import UnitNames
from ..domain.succession import Succession
from ..hosts.waiting import Insistence
from . import layout
from .cells import InputReader
from .details_sheet import Details
from .gaps import PRINTED, PROJECTS, Gap, refusal
from .image import is_formula
from .log_sheet import MergeLog
from .mending import grown_names, mends, total_mends
from .pages import Pages
from .places import Places, cell_a1
from .project_sheet import ProjectSheet
from .settings_sheet import SettingsSheet
from .tables import read_tables
from .unit_rows import unit_row_findings
from .writing import apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import xlwings as xw

    from ..domain.finding import Finding
    from ..domain.report import Report, ReportKey
    from .image import SheetImage
    from .places import Area
    from .tables import Table
    from .writing import Write

__all__ = ["OpenMaster"]

#: The parts of a node, which a finding about several nodes may speak of too.
_OF_NODES = frozenset(part for part in Part if part.name.startswith("NODE_"))
#: The formulas of 汇总表 and 设置 that leaders and other sheets read.
_SUMMARY_FORMULAS = ("全年目标", "截至计划", "实际累计", "完成率")
_SETTINGS_FORMULAS = (layout.PARAM_AS_OF_USED, layout.PARAM_MONTH_USED, layout.PARAM_CYCLE_MONTHS)


@dataclass
class OpenMaster:
    """Read once at the start of a job; jobs plan their writes against it.

    ``findings`` are those of the sheets themselves (names, labels, inputs, formulas), ``gaps`` what could not be read:
    each is one of the findings too. ``referencing`` are the input cells that hold a formula with references.
    """

    master: Master
    pages: Pages
    places: Places
    settings: SettingsSheet
    projects: dict[int, ProjectSheet]
    images: dict[str, SheetImage]
    tables: dict[str, Table] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    referencing: list[str] = field(default_factory=list)
    details: Details | None = None
    log: MergeLog | None = None

    @classmethod
    def read(cls, book: xw.Book) -> OpenMaster:
        """Read all sheets that the names point to, each in two calls. NotAMaster; what is missing is a gap."""
        pages = Pages(book)
        names = pages.tabs()
        places = Places.of(pages)
        # 底稿 is for the few jobs that need it.
        wanted = {area.sheet for name, area in places.areas.items() if name != layout.NAME_FACTS}
        images = {name: pages.image(name) for name in names if name in wanted}
        settings = SettingsSheet.read(places, images)
        found = cls(Master(TaskDocument("", settings.year, (), ())), pages, places, settings, {}, images)
        found.gaps += settings.gaps.found
        lost = any(places.get(name) is None for name in layout.TABLES)
        nameless = [name for name in names if name not in wanted] if lost else []
        read = [pages.image(name) for name in nameless]
        found.tables, gaps = read_tables(places, images, read)
        found.gaps += gaps
        found._read_projects(names)
        found._read_words()
        found._read_log()
        found.findings += settings.findings
        found.referencing += settings.referencing
        found.findings += [
            rules.SHEET_COPIED.finding(sheet=copy, cell="A1") for copy in places.copies if copy in names
        ]
        overwritten = list(_overwritten_overviews(found))
        found.findings += overwritten
        found.gaps += [Gap(PRINTED, finding) for finding in overwritten]
        found.findings += unit_row_findings(found)
        found.findings = [*dict.fromkeys([*(gap.finding for gap in found.gaps), *found.findings])]
        return found

    def _read_projects(self, tabs: list[str]) -> None:
        reports: list[Report] = []
        names = self.names
        listed = self._listed()
        for number in sorted({*self.places.project_numbers(), *listed}):
            areas = [self.places.project(number, place) for place in layout.PROJECT_BLOCKS]
            sheets = Counter(area.sheet for area in areas if area and area.sheet in self.images)
            if not sheets:
                tab = layout.project_sheet(number)
                rule = rules.NAMES_MISSING if tab in tabs else rules.SHEET_MISSING
                self.gaps.append(Gap(PROJECTS, rule.finding(project=number, sheet=tab)))
                continue
            # A block that was moved elsewhere is the one that is astray.
            image = self.images[sheets.most_common(1)[0][0]]
            sheet = ProjectSheet.read(number, self.places, image, names)
            self.projects[number] = sheet
            self.gaps += sheet.gaps.found
            self.findings += sheet.findings
            table = sheet.tables.get(1)
            if table is not None and not table.taken and total_mends(table):
                row = table.totals[layout.TOTAL_ROW]
                what, cell = "“合计”没有算到每一行", cell_a1(row, table.columns[layout.UNIT])
                self.findings.append(
                    rules.ROW_TAKEN.finding(project=number, sheet=image.sheet, cell=cell, what=what)
                )
            self.referencing += sheet.referencing
            if sheet.project is not None:
                reports += sheet.reports
        if layout.NAME_SUMMARY in self.tables:
            for number in self.projects:
                if listed.count(number) != 1:
                    problem = "里有不止一行是" if number in listed else "里没有"
                    sheet_name = self.tables[layout.NAME_SUMMARY].block.image.sheet
                    finding = rules.SUMMARY_ROWS.finding(project=number, sheet=sheet_name, problem=problem)
                    self.gaps.append(Gap(PRINTED, finding))
        unread = {gap.finding.project for gap in self.gaps if gap.part == PROJECTS}
        projects = tuple(sheet.project for sheet in self.projects.values() if sheet.project is not None)
        document = TaskDocument(
            title=self.settings.title,
            year=self.settings.year,
            units=with_leads(self.settings.units, projects),
            projects=projects,
            # A pair of which one was not read is no pair of a project that is not there.
            containments=tuple(
                pair for pair in self.settings.settings.containments if not unread & {pair.inner, pair.outer}
            ),
        )
        self.master = Master(document, self.settings.settings, tuple(reports), self.settings.id)

    def _listed(self) -> list[int]:
        """The projects of 汇总表: a program that takes the names away with a tab leaves them listed there."""
        table = self.table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
        numbers = (row[layout.SUMMARY_COLUMNS[0]] for row in table.rows()) if table else ()
        return [number for text in numbers if (number := whole_number(text)) is not None]

    def _read_words(self) -> None:
        """填报明细 adds its words to the numbers; words of a unit that gave no number stand alone."""
        table = self.table(layout.NAME_DETAILS, layout.DETAIL_COLUMNS)
        if table is None:
            return
        self.details = Details.of(table, self.names)
        self.gaps += [Gap(layout.NAME_DETAILS, finding) for finding in self.details.findings]
        reports = {report.key: report for report in self.master.reports}
        for key, told in self.details.reports.items():
            if told.words:
                reports[key] = replace(told, value=reports[key].value if key in reports else None)
        ordered = tuple(reports[key] for key in sorted(reports, key=self._report_order))
        self.master = replace(self.master, reports=ordered)

    def _read_log(self) -> None:
        table = self.table(layout.NAME_LOG, layout.LOG_COLUMNS)
        if table is not None:
            self.log = MergeLog.of(table, self.names)
            self.gaps += [Gap(layout.NAME_LOG, finding) for finding in self.log.findings]

    def _report_order(self, key: ReportKey) -> tuple[int, int, int, str, int]:
        project, unit, month, measure = key
        rows = self.projects[project].tables if project in self.projects else {}
        row = rows[measure].rows.get(unit, 0) if measure in rows else 0
        return (project, measure, row, unit, month)

    @cached_property
    def names(self) -> UnitNames:
        """The units of 设置 by any of their names."""
        return UnitNames(self.settings.units)

    @property
    def mends(self) -> list[Write]:
        """What the formulas of the project sheets lack since somebody added rows or changed months."""
        succession = Succession(self.settings.units)
        return [write for sheet in self.projects.values() for write in mends(sheet, succession)]

    def apply(self, book: xw.Book, writes: Sequence[Write]) -> None:
        """Write every block or none (see writing.apply), with what the formulas lack; names cover the rows added."""
        apply(self.pages, [*writes, *self.mends], self.images)
        insist = Insistence()
        for sheet in self.projects.values():
            for name, area in grown_names(sheet).items():
                insist(partial(_point, book, name, area))

    def lacks(self, part: str) -> bool:
        """Whether anything of ``part`` could not be read."""
        return any(gap.part == part for gap in self.gaps)

    def table(self, name: str, labels: tuple[str, ...]) -> Table | None:
        """The columns ``labels`` of a table; None where a gap says what is missing of it."""
        table = self.tables.get(name)
        if table is None:
            return None
        return replace(table, labels=tuple(label for label in labels if label in table.columns))

    def needed_table(self, name: str, labels: tuple[str, ...]) -> Table:
        """The table of a job that has asked for it (jobs.reading). MasterDamaged where it is not whole."""
        table = self.table(name, labels)
        if table is None:
            raise refusal([gap for gap in self.gaps if gap.part == name], "继续")
        return table

    def needed_details(self) -> Details:
        """填报明细 of a job that has asked for it. MasterDamaged where it is not whole."""
        if self.details is None:
            raise refusal([gap for gap in self.gaps if gap.part == layout.NAME_DETAILS], "继续")
        return self.details

    def needed_log(self) -> MergeLog:
        """汇总记录 of a job that has asked for it. MasterDamaged where it is not whole."""
        if self.log is None:
            raise refusal([gap for gap in self.gaps if gap.part == layout.NAME_LOG], "继续")
        return self.log

    def locate(self, finding: Finding) -> Finding:
        """The finding with the sheet and cell of its subject, where it has none yet."""
        if finding.cell or finding.file:
            return finding
        if finding.project is None:
            place = self.settings.unit_rows.get(finding.unit or "")
            return (
                finding
                if place is None
                else replace(finding, sheet=self.settings.image.sheet, cell=cell_a1(*place))
            )
        sheet = self.projects.get(finding.project)
        if sheet is None:
            return finding
        return replace(finding, sheet=sheet.image.sheet, cell=_cell_of(sheet, finding))


def _point(book: xw.Book, name: str, area: Area) -> None:
    book.names[name].refers_to = area.reference


def _cell_of(sheet: ProjectSheet, finding: Finding) -> str:
    """Where the subject of a finding about values stands: in its node's or unit's row, else under or beside its label."""
    part, table = finding.part, sheet.tables.get(finding.measure or 1)
    if sheet.nodes is not None and (finding.node is not None or part in _OF_NODES):
        row = sheet.nodes.block.header_row if finding.node is None else sheet.nodes.rows[finding.node - 1]
        return cell_a1(row, sheet.nodes.columns[part or layout.NODE_TIME])
    if table is not None and (finding.unit in table.rows or part in (layout.UNIT, layout.SHARE)):
        row = table.rows.get(finding.unit or "", table.block.header_row)
        label = layout.MONTHS[finding.month - 1] if finding.month else part or layout.UNIT
        return cell_a1(row, table.columns[label])
    if table is not None and part is not None and part == layout.TOTAL_ROW:
        return cell_a1(table.totals.get(part, table.block.header_row), table.columns[layout.SHARE])
    return cell_a1(*sheet.labels[part]) if part else cell_a1(sheet.image.top, sheet.image.left)


def _overwritten_overviews(master: OpenMaster) -> Iterator[Finding]:
    """A finding for each number of 汇总表, and for each day in use of 设置, that is no formula any more; and for each formula of
    汇总表 that gives an error, as it does where a name that it reads points nowhere."""
    table = master.table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    if table is not None:
        image, numbers = table.block.image, table.columns["序号"]
        for row in table.used:
            number = whole_number(image.text(row, numbers))
            if number is not None:
                reader = InputReader(image, number)
                for label in table.labels:
                    place = row, table.columns[label]
                    if label in _SUMMARY_FORMULAS and not reader.formula_kept(*place, label):
                        continue
                    if is_formula(image.formula(*place)) and (shown := image.text(*place)).startswith("#"):
                        reader.report(rules.FORMULA_OVERWRITTEN, *place, None, label=label, text=shown)
                yield from reader.findings
    settings = InputReader(master.settings.image)
    for label in _SETTINGS_FORMULAS:
        if label in master.settings.cells:
            settings.formula_kept(*master.settings.cells[label], label)
    yield from settings.findings
