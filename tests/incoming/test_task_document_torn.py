"""Documents of every kind torn at random, as .txt, .docx and .xlsx: nothing of them is lost, and nothing is read that they do
not say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incoming.further_kinds_of_documents import FURTHER
from incoming.kinds_of_documents import CASES, Case
from incoming.task_document_writers import seed_text
from incoming.test_task_document_conservation import NUMBER, numbers, plain, told
from minsheng.cells.labels import fold
from minsheng.cells.names import listed_names
from minsheng.domain.project import Project
from minsheng.domain.quantity import plain as exact
from minsheng.errors import MinshengError
from minsheng.incoming.numbers import find_mentions
from minsheng.incoming.task_document import Reading, read

#: The same documents each time: a suite that reddens at random tells nobody what broke it.
EACH = settings(
    derandomize=True,
    database=None,
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Rows = tuple[tuple[object, ...], ...]
TEXTS = [case for case in (*CASES, *FURTHER) if case.text]
TABLES = [case for case in (*CASES, *FURTHER) if case.rows]
#: What is worked out: percentages, halves, sums of periods or villages, a whole that is said in words, full-year targets.
WORKED_OUT = {"D154", "D15B", "D15C", "D15L", "D15Q", "D15R", "D134"}
#: A project's number behind that of its chapter.
CHAPTERED = re.compile(r"^\s*\d{1,2}[.-]\d{1,2}(?=[ 、])")
PIECES = st.sampled_from(
    ["", "0", "17", "约40户", "6月底前", "合计", "东山镇", "★", "责任单位：县水利局", "—", "无", "同上", "其中农村12座", "进度安排：", "13—14岁", "（", "1.", "百分之八"]
)  # fmt: skip


def said(words: str) -> str:
    return "".join(fold(words).split())


def amounts(text: str) -> Counter[str]:
    """Every number that a text may mean, as often as it says it: 1.5万 is 15000 and 1.5."""
    folded = fold(text)
    return Counter(exact(each.value) for each in find_mentions(folded)) | Counter(
        plain(number) for number in NUMBER.findall(folded.replace(",", "")) if len(number) < 16
    )


def invents_nothing(project: Project, reading: Reading, document: str) -> None:
    """Names, times and numbers of a project stand in the document, or a finding tells how they were worked out."""
    words = said(document)
    numbered = amounts(document) | amounts("\n".join(map(said, re.split(r"\n(?=\t)", document))))
    codes = {finding.code for finding in reading.findings if finding.project in (project.number, None)}
    names = [
        *listed_names(project.leader),
        *listed_names(project.lead_unit),
        *listed_names(project.owner),
        *project.cooperating,
    ]
    assert [name for name in names if said(name) not in words] == []
    assert [node.phrase for node in project.milestones if said(node.phrase) not in words] == []
    shares = Counter(
        exact(row.quantity)
        for row in project.allocations
        if row.quantity is not None and not re.search(r"\d", row.note)
    )
    assert shares - numbered == Counter(), "a number of the document is one unit's alone"
    assert [row.unit for row in project.allocations if said(row.unit) not in words] == []
    reached = [exact(node.cumulative) for node in project.milestones if node.cumulative is not None]
    if not codes & WORKED_OUT:
        assert [number for number in reached if number not in numbered] == []
        assert [
            exact(q.value)
            for q in (project.target, *project.more_targets)
            if q and exact(q.value) not in numbered
        ] == []


def holds(path: Path, lines: list[str], document: str = "") -> None:
    """Whether a reading of a torn document loses nothing of ``lines`` and invents nothing that is not in ``document`` (the
    lines, unless it has more)."""
    try:
        reading = read(path, year=2025)
    except MinshengError:
        return
    out = told(reading)
    whole = {plain(number) for number in NUMBER.findall(out)}
    lost = {number for line in lines for number in numbers(CHAPTERED.sub("", line))} - whole - {""}
    assert sorted(lost) == []
    for project in reading.document.projects:
        invents_nothing(project, reading, document or "\n".join(lines))
    kept = Counter(project.number for project in reading.document.projects)
    assert max(kept.values()) == 1, "every project has a number of its own"


def tear_lines(data: st.DataObject, lines: list[str]) -> list[str]:
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match data.draw(st.sampled_from(["drop", "double", "swap", "digit", "cut", "piece"])):
            case "drop":
                lines = [*lines[:at], *lines[at + 1 :]] or [""]
            case "double":
                lines.insert(to, lines[at])
            case "swap":
                lines[at], lines[to] = lines[to], lines[at]
            case "digit":
                lines[at] = digit(data, lines[at])
            case "cut":
                place = data.draw(st.integers(0, len(lines[at])))
                lines[at : at + 1] = [lines[at][:place], lines[at][place:]]
            case _:
                place = data.draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:place] + data.draw(PIECES) + lines[at][place:]
    return lines


def digit(data: st.DataObject, text: str) -> str:
    """The text with one of its digits another one."""
    places = [at for at, letter in enumerate(text) if letter.isdigit() and letter.isascii()]
    if not places:
        return text
    at = data.draw(st.sampled_from(places))
    return text[:at] + str(data.draw(st.integers(1, 9))) + text[at + 1 :]


def tear_rows(data: st.DataObject, rows: Rows) -> Rows:
    width = max(map(len, rows))
    grid = [[*row, *[None] * (width - len(row))] for row in rows]
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = (data.draw(st.integers(0, len(grid) - 1)) for _ in range(2))
        left, right = (data.draw(st.integers(0, len(grid[0]) - 1)) for _ in range(2))
        match data.draw(
            st.sampled_from(["drop", "double", "swap", "column", "columns", "blank", "digit", "piece"])
        ):
            case "drop" if len(grid) > 2:
                del grid[at]
            case "double":
                grid.insert(to, list(grid[at]))
            case "swap":
                grid[at], grid[to] = grid[to], grid[at]
            case "column" if len(grid[0]) > 2:
                grid = [[*row[:left], *row[left + 1 :]] for row in grid]
            case "columns":
                for row in grid:
                    row[left], row[right] = row[right], row[left]
            case "digit":
                grid[at][left] = digit(data, str(grid[at][left] or ""))
            case "piece":
                grid[at][left] = f"{grid[at][left] or ''}{data.draw(PIECES)}"
            case _:
                grid[at][left] = None
    return tuple(map(tuple, grid))


@EACH
@given(data=st.data())
def test_lines_torn_of_any_kind(tmp_path: Path, data: st.DataObject) -> None:
    case: Case = data.draw(st.sampled_from(TEXTS))
    lines = tear_lines(data, case.text.splitlines())
    holds(replace(case, text="\n".join(lines)).write(tmp_path), lines)


@EACH
@given(data=st.data(), form=st.sampled_from(["docx", "xlsx"]))
def test_tables_torn_of_any_kind(tmp_path: Path, data: st.DataObject, form: str) -> None:
    case: Case = data.draw(st.sampled_from(TABLES))
    rows = tear_rows(data, case.rows)
    torn = replace(case, rows=rows, merges=(), form=form)
    kept = [str(cell) for row in rows for cell in without_serials(row, rows)]
    everything = [str(cell) for row in rows for cell in row if cell is not None]
    holds(torn.write(tmp_path), [*case.before, *kept], "\n".join([*case.before, *everything]))


def without_serials(row: tuple[object, ...], rows: Rows) -> list[object]:
    """The cells of a row but for mere numbers under 序号."""
    heads = {
        at
        for line in rows
        for at, cell in enumerate(line)
        if str(cell) in ("序号", "编号", "项目编号", "项目序号")
    }
    return [
        cell
        for at, cell in enumerate(row)
        if cell is not None and not (at in heads and str(cell).isdecimal())
    ]


@settings(EACH, max_examples=15)
@given(data=st.data())
def test_the_2024_document_torn(tmp_path: Path, data: st.DataObject) -> None:
    lines = tear_lines(data, seed_text().splitlines())
    path = tmp_path / "任务书.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    holds(path, lines)


@settings(EACH, max_examples=25)
@given(
    words=st.text(
        alphabet="新建公厕20座责任单位：县局进度安排月底前0123456789.、，；（）\n\t★万%合计东山镇其中各",
        max_size=400,
    ),
    form=st.sampled_from(["txt", "docx", "xlsx"]),
)
def test_nonsense(tmp_path: Path, words: str, form: str) -> None:
    lines = [line for line in words.splitlines() if line.strip()]
    rows: Rows = tuple((at, line, *line.split("，")[:3]) for at, line in enumerate(lines, 1)) or ((1, "无"),)
    case = Case("nonsense", (), text="2025年民生实事\n" + words, rows=rows, form=form)
    try:
        reading = read(case.write(tmp_path), year=2025)
    except MinshengError:
        return
    for project in reading.document.projects:
        invents_nothing(
            project,
            reading,
            f"2025年民生实事\n{words}\n" + "\n".join(str(cell) for row in rows for cell in row),
        )
