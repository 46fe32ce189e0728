"""Documents for the tests: the 2024 one as real Word and Excel files, and any TaskDocument in each of the forms."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from docx import Document
from docx.table import Table
from openpyxl import load_workbook

import minsheng
from minsheng.domain.document import TaskDocument
from minsheng.domain.project import Project
from minsheng.domain.quantity import plain

SAMPLE = Path(minsheng.__file__).parent / "sample" / "2024任务书.txt"
TEMPLATE = Path(__file__).parents[2] / "templates" / "任务书模板.xlsx"


def seed_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def write_seed_docx(path: Path) -> Path:
    """The 2024 document as the office made it: tables as Word tables, names broken over two paragraphs (石/浦), one
    total in merged cells, item 19's second row one cell short."""
    document = Document()
    lines = seed_text().split("\n")
    at = 0
    tables = 0
    while at < len(lines):
        if not lines[at].startswith("\t"):
            if lines[at].strip():
                document.add_paragraph(lines[at])
            at += 1
            continue
        end = at
        while lines[end].startswith("\t") or not lines[end].strip() or _is_rest_of_cell(lines, end):
            end += 1
        tables += 1
        _add_table(document, "\n".join(lines[at:end]), merged_total=tables == 4)
        at = end
    document.save(str(path))
    return path


def _is_rest_of_cell(lines: list[str], at: int) -> bool:
    return 0 < len(lines[at].strip()) <= 2 and lines[at + 1].startswith("\t")


def _add_table(document: Document, text: str, *, merged_total: bool) -> None:
    rows = [re.split(r"(?:^|\n)\t", row)[1:] for row in re.split(r"\n\n(?=\t)", text.rstrip())]
    width = max(map(len, rows)) + merged_total
    table = document.add_table(rows=len(rows), cols=width)
    for cells, row in zip(rows, table.rows, strict=True):
        for words, cell in zip(cells, list(row.cells), strict=False):
            _fill(cell, words)
        if merged_total:
            row.cells[-2].merge(row.cells[-1])
        elif len(cells) < width:
            row._tr.remove(row._tr.tc_lst[-1])


def _fill(cell: object, words: str) -> None:
    first, *rest = [part for part in words.split("\n") if part]
    cell.text = first  # type: ignore[attr-defined]
    for part in rest:
        cell.add_paragraph(part)  # type: ignore[attr-defined]


def write_text(document: TaskDocument, path: Path, encoding: str = "utf-8") -> Path:
    """The document as lines in the form of 2024, one cell a line."""
    lines = [document.title, ""]
    for project in document.projects:
        lines += _lines(project)
        if project.allocations:
            lines += ["任务分解：", ""]
            for row in _table(project):
                lines += [f"\t{cell}" for cell in row] + [""]
        lines += [_schedule(project), ""]
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def write_docx(document: TaskDocument, path: Path) -> Path:
    """The document as paragraphs and Word tables."""
    word = Document()
    word.add_paragraph(document.title)
    for project in document.projects:
        for line in _lines(project):
            word.add_paragraph(line)
        if project.allocations:
            word.add_paragraph("任务分解：")
            _word_table(word.add_table(rows=2, cols=len(project.allocations) + 1), _table(project))
        word.add_paragraph(_schedule(project))
    word.save(str(path))
    return path


def _word_table(table: Table, rows: list[list[str]]) -> None:
    for cells, row in zip(rows, table.rows, strict=True):
        for words, cell in zip(cells, row.cells, strict=True):
            cell.text = words


def _lines(project: Project) -> list[str]:
    lines = [
        f"{project.number}.{'★' if project.starred else ''}{project.title}。",
        f"责任领导：{project.leader}",
        f"责任单位：{project.lead_unit}",
        f"责任人：{project.owner}",
    ]
    return lines + ([f"配合单位：{'、'.join(project.cooperating)}"] if project.cooperating else [])


def _table(project: Project) -> list[list[str]]:
    shares = project.allocations
    notes = [f"{plain(s.quantity or Decimal(0))}{f'（{s.note}）' if s.note else ''}" for s in shares]
    return [
        [*(share.unit for share in shares), "合计"],
        [*notes, plain(project.allocation_total or Decimal(0))],
    ]


def _schedule(project: Project) -> str:
    return f"进度安排：{'；'.join(node.phrase + node.text for node in project.milestones)}。"


def write_template(document: TaskDocument, path: Path, *, down: bool = False) -> Path:
    """任务书模板.xlsx filled in as a clerk would: every number stated, 无 where there is none. ``down`` pastes the tables
    with the units one below the other."""
    book = load_workbook(TEMPLATE)
    sheet = book["项目"]
    sheet["C2"], sheet["J2"] = document.title, document.year
    for row, project in enumerate(document.projects, start=5):
        target = project.target
        values = [
            project.number,
            "★" if project.starred else None,
            project.title,
            _number(target.value) if target else "无",
            target.unit if target else None,
            {"=": "达到", ">=": "不低于"}[target.relation] if target else None,
            "；".join(str(more) for more in project.more_targets) or None,
            project.leader,
            project.lead_unit,
            project.owner,
            "、".join(project.cooperating) or None,
        ]
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    _fill_tables(book["任务分解"], document, down=down)
    _fill_nodes(book["进度安排"], document)
    book.save(path)
    return path


def _fill_tables(sheet: object, document: TaskDocument, *, down: bool) -> None:
    at = 4
    for project in document.projects:
        if not project.allocations:
            continue
        names = [*(share.unit for share in project.allocations), "合计"]
        shares = [
            f"{plain(share.quantity)}（{share.note}）"
            if share.note and share.quantity
            else _number(share.quantity)
            for share in project.allocations
        ]
        rows = [names, [*shares, _number(project.allocation_total)]]
        if down:
            rows = [list(pair) for pair in zip(*rows, strict=True)]
        sheet.cell(at, 1, project.number)  # type: ignore[attr-defined]
        for row in rows:
            for column, value in enumerate(row, start=2):
                sheet.cell(at, column, value)  # type: ignore[attr-defined]
            at += 1


def _fill_nodes(sheet: object, document: TaskDocument) -> None:
    at = 4
    for project in document.projects:
        for index, node in enumerate(project.milestones):
            number = project.number if index == 0 else None
            values = [
                number,
                node.phrase,
                node.text,
                "无" if node.cumulative is None else _number(node.cumulative),
            ]
            for column, value in enumerate(values, start=1):
                sheet.cell(at, column, value)  # type: ignore[attr-defined]
            at += 1


def _number(value: Decimal | None) -> int | float | None:
    """As a spreadsheet holds it."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
