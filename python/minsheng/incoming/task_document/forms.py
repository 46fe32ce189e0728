"""A form in a table: a label a cell, its value beside it."""

from __future__ import annotations

from typing import Final

from ...domain.month_phrase import read_month_phrase
from .blocks import Cell, Table
from .labels import Label, whole_label

__all__ = ["form_lines"]

#: A project of a list may end in 项目 too; these words are labels.
_NAMES: Final = frozenset({"项目名称", "实事名称", "年度目标", "目标任务", "项目内容", "建设内容"})
_WEAK: Final = frozenset({Label.TITLE, Label.TARGET, Label.OTHER})


def form_lines(table: Table) -> list[str | tuple[Label, str, str] | Table] | None:
    """The cells of a form ("责任领导 | 胡颖磊 | 责任单位 | 县教育局") as labelled texts; None for any other table."""
    labelled = sum(1 for row in table.rows if _opens_with_label_and_value(row))
    is_frame = len(table.rows) == 1 and len(table.rows[0]) == 1
    if labelled < 2 and not is_frame:
        return None
    lines: list[str | tuple[Label, str, str] | Table] = []
    nodes: list[list[str]] = []
    for row in table.rows:
        cells = [cell for cell in row if not cell.from_above]
        timed = _timed(cells)
        nodes += [[cells[at].text, cells[at + 1].text] for at in timed]
        beside = {place for at in timed for place in (at, at + 1)}
        lines += _form_row([cell for at, cell in enumerate(cells) if at not in beside])
    return [*lines, Table.of(nodes)] if nodes else lines


def _timed(row: list[Cell]) -> list[int]:
    """Where a form has times with the work of each beside it: "第一季度 | 完成选址"."""
    found = []
    at = 0
    while at + 1 < len(row):
        value = row[at + 1]
        before = whole_label(row[at - 1].text) if at else None
        if (
            (before is None or before is Label.SCHEDULE)
            and read_month_phrase(row[at].text) is not None
            and value.word
            and whole_label(value.text) is None
            and read_month_phrase(value.text) is None
        ):
            found.append(at)
            at += 1
        at += 1
    return found


def _opens_with_label_and_value(row: tuple[Cell, ...]) -> bool:
    """A header is one label after another; in a form a value stands beside each."""
    if len(row) < 2 or row[0].from_above:
        return False
    first = whole_label(row[0].text)
    if first is None or (first in _WEAK and row[0].word not in _NAMES):
        return False
    return whole_label(row[1].text) is None


def _form_row(row: list[Cell]) -> list[str | tuple[Label, str, str] | Table]:
    lines: list[str | tuple[Label, str, str] | Table] = []
    label: Label | None = None
    printed, texts, tables = "", [], []  # type: str, list[str], list[Table]
    for cell in [*row, None]:
        found = whole_label(cell.text) if cell is not None else None
        if found in _WEAK and label is not None and not texts:
            found = None  # "项目名称 | 污水处理项目": what stands behind a label is its value
        if cell is None or found is not None:
            if label is not None:
                lines.append((label, printed, "\n".join(texts)))
            else:
                lines += texts
            lines += tables
            label, printed, texts = found, cell.word if cell else "", []
            tables = list(cell.tables) if cell else []
        elif cell.word or cell.tables:
            texts.append(cell.text.strip())
            tables += cell.tables
    return lines
