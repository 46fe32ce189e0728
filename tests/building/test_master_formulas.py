"""What the formulas of a master show is what the domain says: filled books, computed by LibreOffice, against the judgement."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from minsheng.building import master as building
from minsheng.domain.document import TaskDocument
from minsheng.domain.lateness.judge import judge
from minsheng.domain.lateness.measures import due_month, last_report, series_of
from minsheng.domain.master import Master, Settings
from minsheng.domain.period import Cycle, month_end
from minsheng.domain.project import Allocation, Milestone, Project
from minsheng.domain.quantity import Quantity, plain, round_half_up
from minsheng.domain.report import Report
from minsheng.incoming.task_document import Reading
from minsheng.sheets import layout
from small_county import county, node

pytestmark = pytest.mark.libreoffice
Computed = Callable[[Workbook], Workbook]


@pytest.fixture
def computed(soffice: str, tmp_path: Path) -> Computed:
    """A book as LibreOffice computes it: written without any cached value, read back with values only."""

    def compute(book: Workbook) -> Workbook:
        source, out = tmp_path / "填好的.xlsx", tmp_path / "out"
        book.save(source)
        profile = (tmp_path / "profile").as_uri()
        subprocess.run(
            [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx", "--outdir", str(out), str(source)],
            capture_output=True, timeout=120, check=True,
        )  # fmt: skip
        return load_workbook(out / source.name, data_only=True)

    return compute


def block(book: Workbook, name: str) -> tuple[str, int, dict[str, int], dict[Any, int]]:
    """Sheet, header row, label → column and first cell → row of a named table."""
    sheet, reference = next(iter(book.defined_names[name].destinations))
    cells = book[sheet][reference.replace("$", "")]
    columns = {cell.value: cell.column for cell in cells[0] if cell.value is not None}
    return sheet, cells[0][0].row, columns, {row[0].value: row[0].row for row in cells[1:]}


def fill(book: Workbook, master: Master) -> None:
    """Type the reports and the clerk's 截至日期 of ``master`` into a book built from its document."""
    for report in master.reports:
        place = layout.UNITS if report.measure == 1 else layout.SECOND_UNITS
        sheet, _, columns, rows = block(book, layout.project_name(report.project, place))
        cell = book[sheet].cell(rows[report.unit], columns[layout.MONTHS[report.month - 1]])
        cell.value = None if report.value is None else float(report.value)
    sheet, _, columns, rows = block(book, layout.NAME_PARAMETERS)
    book[sheet].cell(rows[layout.PARAM_AS_OF], columns["值"]).value = master.settings.as_of
    book[sheet].cell(rows[layout.PARAM_CYCLE], columns["值"]).value = str(master.settings.cycle)


def number(value: object) -> Decimal | None:
    """A computed number as the exact decimal it stands for; None for nothing and for the dash of no target."""
    return None if value in (None, "", "—") else Decimal(repr(round(float(str(value)), 6)))


def differences(book: Workbook, master: Master) -> list[str]:
    """Where the computed ``book`` and the judgement of ``master`` differ."""
    as_of, found = master.as_of(), []
    judgement = judge(master, as_of)
    series, limit = series_of(master), due_month(master.year, as_of)

    def check(where: str, shown: object, said: Decimal | None) -> None:
        if number(shown) != (None if said is None else Decimal(plain(said))):
            found.append(f"{where}: {shown!r}, not {said}")

    summary, _, columns, rows = block(book, layout.NAME_SUMMARY)
    for project, status in zip(master.document.projects, judgement.projects, strict=True):
        where = f"第{project.number}项"
        row = rows[project.number]
        for label, said in (
            ("全年目标", project.goal if project.target else None), ("截至计划", status.plan),
            ("实际累计", status.actual), ("完成率", status.rate),
        ):  # fmt: skip
            check(f"{where}{label}", book[summary].cell(row, columns[label]).value, said)
        sheet, header, heads, units = block(book, layout.project_name(project.number, layout.UNITS))
        for unit, unit_row in units.items():
            said = last_report(series.get((project.number, unit), {}), limit)
            check(f"{where}{unit}", book[sheet].cell(unit_row, heads[layout.LATEST]).value, said)
        plan_row = header + len(units) + 2
        said_here = layout.CANCELLED if project.cancelled else ""
        if (book[sheet].cell(*overview_cell(book, project.number, layout.STATUS)).value or "") != said_here:
            found.append(f"{where}状态, not {said_here!r}")
        for month, label in enumerate(layout.MONTHS, start=1):
            check(
                f"{where}{label}计划", book[sheet].cell(plan_row, heads[label]).value, plan_by(project, master, month)
            )  # fmt: skip
    return (
        found
        + unit_differences(book, master)
        + view_differences(book, master)
        + count_differences(book, master)
    )


def overview_cell(book: Workbook, number: int, label: str) -> tuple[int, int]:
    """Row and column of the value of a label of 概况, past the cells that the label is merged over."""
    sheet, reference = next(
        iter(book.defined_names[layout.project_name(number, layout.OVERVIEW)].destinations)
    )
    found = next(
        cell for row in book[sheet][reference.replace("$", "")] for cell in row if cell.value == label
    )
    over = [area for area in book[sheet].merged_cells.ranges if found.coordinate in area]
    return found.row, (over[0].max_col if over else found.column) + 1


def count_differences(book: Workbook, master: Master) -> list[str]:
    """首页 counts no cancelled project."""
    sheet, _, columns, rows = block(book, layout.NAME_COUNTS)
    standing = [project for project in master.document.projects if not project.cancelled]
    wanted = {
        layout.COUNTED_ALL: len(standing),
        layout.COUNTED_STARRED: sum(project.starred for project in standing),
        **{
            leader: sum(project.leader == leader for project in standing)
            for leader in {p.leader for p in standing}
        },
    }
    return [
        f"首页{name}: {shown}, not {count}"
        for name, count in wanted.items()
        if name in rows and (shown := book[sheet].cell(rows[name], columns["项目数"]).value) != count
    ]


def unit_differences(book: Workbook, master: Master) -> list[str]:
    """The same for 镇乡进度: each unit's last number by its part, half up; who has no part and who is silent are told
    apart from 0, and silence counts 0 in the mean."""
    series, limit, found = series_of(master), due_month(master.year, master.as_of()), []
    sheet, _, heads, rows = block(book, layout.NAME_HEATMAP)
    columns = {int(str(head).split()[0]): column for head, column in heads.items() if str(head)[0].isdigit()}
    parts = {
        (project.number, row.unit): row.quantity
        for project in master.document.projects
        for row in project.allocations
        if not project.cancelled
    }
    mean_column = max(heads.values()) + 1
    for unit, row in rows.items():
        assigned: list[Decimal] = []
        for project, column in columns.items():
            last, part = last_report(series.get((project, unit), {}), limit), parts.get((project, unit))
            said: Decimal | str = "／"
            if part:
                said = "未报" if last is None else round_half_up(last / part, 2)
                assigned.append(said if isinstance(said, Decimal) else Decimal(0))
            shown = book[sheet].cell(row, column).value
            if (number(shown) if isinstance(said, Decimal) else shown) != said:
                found.append(f"镇乡进度第{project}项{unit}: {shown}, not {said}")
        mean = round_half_up(sum(assigned, Decimal(0)) / len(assigned), 3) if assigned else None
        shown = book[sheet].cell(row, mean_column).value
        if number(shown) != mean:
            found.append(f"镇乡进度{unit}的平均: {shown}, not {mean}")
    return found


def view_differences(book: Workbook, master: Master) -> list[str]:
    """The same for the views of 汇总表: each project once, with its numbers, under its group; the groups' counts and
    means."""
    judged = {status.project: status for status in judge(master, master.as_of()).projects}
    projects = {project.number: project for project in master.document.projects}
    found = []
    for name, group in layout.VIEWS.items():
        sheet, _, columns, _ = block(book, name)
        reference = next(iter(book.defined_names[name].destinations))[1].replace("$", "")
        under, seen = "", []
        for row in book[sheet][reference][1:]:
            cells = {label: row[column - row[0].column].value for label, column in columns.items()}
            number_here = cells["序号"]
            if number_here in (None, ""):
                under = cells[group] or ""
                members = [
                    p
                    for p in projects.values()
                    if not p.cancelled
                    and under
                    and under == (p.lead_unit if group == layout.LEAD_UNIT else p.leader)
                ]
                rates = [r for p in members if (r := judged[p.number].rate) is not None]
                mean = round_half_up(sum(rates, Decimal(0)) / len(rates), 4) if rates else None
                if number(cells["完成率"]) != mean or not str(cells["项目"] or "").startswith(
                    f"共{len(members)}个" if members else ""
                ):
                    found.append(f"{name}{under}: {cells}, not {mean}")
                continue
            seen.append(number_here)
            project, status = projects[number_here], judged[number_here]
            if under != (project.lead_unit if group == layout.LEAD_UNIT else project.leader):
                found.append(f"{name}第{number_here}项 stands under {under}")
            found += [
                f"{name}第{number_here}项{label}: {cells[label]}, not {said}"
                for label, said in (
                    ("全年目标", project.goal if project.target else None),
                    ("截至计划", status.plan),
                    ("实际累计", status.actual),
                    ("完成率", status.rate),
                )
                if number(cells[label]) != said
            ]
        if sorted(seen) != sorted(number for number, project in projects.items() if not project.cancelled):
            found.append(f"{name}: {seen}")
    return found


def plan_by(project: Project, master: Master, month: int) -> Decimal | None:
    """The cumulative of the last numeric node due by the end of the month, as design section 8 words it."""
    if project.target is None or project.cancelled:
        return None
    reached, before = Decimal(0), None
    for step in project.milestones:
        if step.cumulative is None:
            continue
        repeats = before is not None and step.cumulative <= before
        before = step.cumulative
        if not repeats and due_of(step, master) <= month_end(master.year, month):
            reached = step.cumulative
    return reached if project.adjusted_target is None else min(reached, project.adjusted_target)


def due_of(step: Milestone, master: Master) -> date:
    """The deadline, or the end of the quarter or half year around it."""
    day = step.adjusted_to or month_end(master.year, step.last_month)
    length = {"月": 0, "季": 3, "半年": 6}[str(master.settings.cycle)]
    ends = [month for month in (3, 6, 9, 12) if length and month % length == 0 and month >= day.month]
    return month_end(day.year, ends[0]) if ends else day


def made_up(document: TaskDocument, seed: int, last_month: int) -> tuple[Report, ...]:
    """Reports with gaps, falls and numbers of units that have no part yet."""
    dice = random.Random(seed)
    reports = []
    for project in document.projects:
        if project.target is None:
            continue
        for row in project.rows:
            for month in range(1, last_month + 1):
                if dice.random() < 0.75:
                    part = float(row.quantity if row.quantity is not None else project.target.value)
                    value = Decimal(repr(round(part * dice.random() * 1.2, dice.choice((0, 2)))))
                    reports.append(Report(project.number, row.unit, month, 1, value))
    return tuple(reports)


def built(document: TaskDocument) -> Workbook:
    return load_workbook(io.BytesIO(building.build_bytes(document, ())))


@pytest.mark.parametrize(
    ("seed", "last_month", "cycle"), [(1, 5, Cycle.QUARTER), (2, 12, Cycle.MONTH), (3, 9, Cycle.HALF_YEAR)]
)
def test_a_filled_2024_master_shows_what_the_judgement_says(
    reading: Reading, computed: Computed, seed: int, last_month: int, cycle: Cycle
) -> None:
    document = reading.document
    dice = random.Random(seed)
    projects = tuple(
        replace(
            project,
            cancelled=dice.random() < 0.15,
            adjusted_target=project.target.value - 1 if project.target and dice.random() < 0.3 else None,
            milestones=tuple(
                replace(step, adjusted_to=date(document.year, dice.randint(1, 12), 28)) if dice.random() < 0.2 else step
                for step in project.milestones
            ),
        )
        for project in document.projects
    )  # fmt: skip
    document = replace(document, projects=projects)
    master = Master(document, Settings(cycle=cycle), made_up(document, seed, last_month))
    book = built(document)
    fill(book, master)
    assert differences(computed(book), master) == []


def test_the_odd_kinds_of_project_too(computed: Computed) -> None:
    """A level of several units, a fall, a repeat whose deadline came before, no target, one that starts at zero."""
    level = Project(
        1, False, "达标率", Quantity(Decimal(95), "%"), "甲", "县教育局", "乙",
        allocations=(Allocation("丹东", Decimal(95)), Allocation("石浦", Decimal(95)), Allocation("西周", None)),
        milestones=(node(3, "95", "全年持续保持"),),
    )  # fmt: skip
    fall = Project(
        2, False, "回落", Quantity(Decimal(100), "个"), "甲", "县教育局", "乙",
        milestones=(node(2, "60"), node(4, "40"), node(6, "50"), node(9, "100")),
    )  # fmt: skip
    repeat = Project(
        3, False, "两针", Quantity(Decimal(590), "人"), "甲", "县教育局", "乙",
        milestones=(replace(node(3, "590"), adjusted_to=date(2024, 12, 31)), node(4, "590"), node(5, "0")),
    )  # fmt: skip
    document = replace(
        county().document, projects=(level, fall, repeat, replace(county().document.projects[6], number=4))
    )
    reports = (
        Report(1, "丹东", 1, value=Decimal("96.5")), Report(1, "石浦", 2, value=Decimal("94")),
        Report(1, "西周", 2, value=Decimal(10)), Report(2, "县教育局", 6, value=Decimal("0")),
        Report(3, "县教育局", 5, value=Decimal(12)),
    )  # fmt: skip
    for numbers in (reports, reports[:1], ()):
        master = Master(document, reports=numbers)
        book = built(document)
        fill(book, master)
        assert differences(computed(book), master) == []


def test_a_table_that_is_settled_counts_from_then_on(reading: Reading, computed: Computed) -> None:
    project = next(project for project in reading.document.projects if project.stand_in is not None)
    assert project.stand_in is not None
    quantities = [Decimal(1), Decimal(4), Decimal(0)]
    settled = replace(
        project,
        allocations=tuple(
            replace(row, quantity=quantity)
            for row, quantity in zip(project.allocations, quantities, strict=True)
        ),
    )
    document = replace(reading.document, projects=(settled,))
    reports = tuple(
        Report(project.number, row.unit, 3, value=Decimal(2))
        for row in (*settled.allocations, project.stand_in)
    )
    master = Master(document, reports=reports)
    book = built(replace(document, projects=(project,)))
    sheet, _, columns, rows = block(book, layout.project_name(project.number, layout.UNITS))
    for row in settled.allocations:
        assert row.quantity is not None
        book[sheet].cell(rows[row.unit], columns[layout.SHARE]).value = float(row.quantity)
    fill(book, master)
    assert settled.is_settled
    assert differences(computed(book), master) == []


def test_a_target_filled_in_later_is_followed(reading: Reading, computed: Computed) -> None:
    """The clerk is told to fill in 年度目标 where the document has none; every number follows."""
    project = next(project for project in reading.document.projects if project.target is None)
    book = built(replace(reading.document, projects=(project,)))
    sheet, reference = next(
        iter(book.defined_names[layout.project_name(project.number, layout.TARGET_CELL)].destinations)
    )
    book[sheet][reference.replace("$", "")].value = 200
    later = replace(project, target=Quantity(Decimal(200), "人"))
    master = Master(
        replace(reading.document, projects=(later,)),
        reports=(Report(project.number, project.lead_unit, 8, value=Decimal(50)),),
    )
    fill(book, master)
    assert differences(computed(book), master) == []


def test_sorted_rows_are_followed(reading: Reading, computed: Computed) -> None:
    """A clerk sorts the units of a project: sums stay, and 镇乡进度 finds each unit by its name."""
    document = replace(reading.document, projects=reading.document.projects[:3])
    master = Master(document, reports=made_up(document, 5, 7))
    book = built(document)
    fill(book, master)
    sheet, _, columns, rows = block(book, layout.project_name(3, layout.UNITS))
    inputs = [columns[label] for label in (layout.UNIT, layout.SHARE, *layout.MONTHS, layout.REMARK)]
    typed = [[book[sheet].cell(row, column).value for column in inputs] for row in rows.values()]
    for row, values in zip(rows.values(), sorted(typed, key=lambda values: -values[1]), strict=True):
        for column, value in zip(inputs, values, strict=True):
            book[sheet].cell(row, column).value = value
    assert differences(computed(book), master) == []


@pytest.mark.parametrize(
    ("asked", "judged", "expected"),
    [
        (None, None, date(2024, 4, 30)),
        (date(2024, 2, 29), None, date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 7, 15), date(2024, 7, 15)),
    ],
)
def test_the_day_in_use(
    reading: Reading, computed: Computed, asked: date | None, judged: date | None, expected: date
) -> None:
    document = replace(reading.document, projects=reading.document.projects[:2])
    book = built(document)
    fill(book, Master(document, reports=(Report(2, "丹东", 4, value=Decimal(0)),)))
    for name, label, value in ((layout.NAME_PARAMETERS, layout.PARAM_AS_OF, asked), (layout.NAME_PARAMETERS, layout.PARAM_JUDGED, judged)):  # fmt: skip
        sheet, _, columns, rows = block(book, name)
        book[sheet].cell(rows[label], columns["值"]).value = value
    again = computed(book)
    sheet, reference = next(iter(again.defined_names[layout.NAME_AS_OF].destinations))
    shown = again[sheet][reference.replace("$", "")].value
    assert shown.date() == expected
