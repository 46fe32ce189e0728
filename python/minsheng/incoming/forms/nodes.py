"""Sheet 节点: the ticks of the nodes that have no number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from xlengines.a1 import cell_text

from ...cells.dates import read_date
from ...cells.flags import CellFlag
from ...cells.labels import label
from ...cells.numbers import whole_number
from ...cells.words import is_blank, is_too_long, read_words, shown
from ...domain.catalogue import submission as rules
from ...domain.submission import NodeRow
from ...sheets.layout import DONE_WORDS, SUBMISSION_NODE_COLUMNS
from .form import MOST_ROWS
from .header import Header, find_header
from .refusals import FormRefused

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ..spreadsheets.sheet import Sheet

__all__ = ["NodeForm", "read_nodes"]

_NEEDED: Final = ("序号", "节点时间", "工作内容", "完成情况")


@dataclass(frozen=True)
class NodeForm:
    rows: tuple[NodeRow, ...]
    findings: tuple[Finding, ...]


def read_nodes(sheet: Sheet, file: str) -> NodeForm | None:
    """The node table on this sheet, None where there is none. Raises FormRefused where columns cannot be told apart."""
    header = find_header(sheet, SUBMISSION_NODE_COLUMNS, _NEEDED)
    return None if header is None else _NodeReader(sheet, header, file).read()


class _NodeReader:
    def __init__(self, sheet: Sheet, header: Header, file: str) -> None:
        self.sheet, self.header, self.file = sheet, header, file
        self.findings: list[Finding] = []
        self.number, self.phrase, self.text, self.done = (header.columns[label] for label in _NEEDED)
        self.done_on, self.note = (header.columns.get(label, -1) for label in ("完成日期", "说明"))
        self.flags = sheet.flags

    def read(self) -> NodeForm:
        rows = []
        for row in range(self.header.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[row]
            number = cells[self.number]
            text = str(int(number)) if isinstance(number, float) and number.is_integer() else label(number)
            if (project := whole_number(text)) is not None:
                rows.append(self._row(row, cells, project))
                if len(rows) > MOST_ROWS:
                    raise FormRefused(rules.TOO_LARGE, what="节点的行太多", limit=f"{MOST_ROWS}行")
            elif not is_blank(cells[self.done]) and label(cells[self.done]) in DONE_WORDS:
                self._refuse(row, self.done, None, cells[self.done], "这一行没有序号")
        return NodeForm(tuple(rows), tuple(self.findings))

    def _row(self, row: int, cells: list[Any], project: int) -> NodeRow:
        word = cells[self.done]
        done = DONE_WORDS.get(label(word)) if isinstance(word, str) else None
        if done is None and not is_blank(word):
            self._refuse(row, self.done, project, word, "只能填“已完成”或“未完成”")
        self._refuse_errors(row, project)
        date_cell = cells[self.done_on] if self.done_on >= 0 else ""
        done_on = read_date(date_cell)
        if done_on is None and not is_blank(date_cell):
            self._refuse(row, self.done_on, project, date_cell, "不是日期，如 2024-06-30")
        note = cells[self.note] if self.note >= 0 else ""
        if is_too_long(note):
            self._refuse(row, self.note, project, note[:30], f"有{len(note)}个字，太长")
            note = ""
        return NodeRow(
            project, read_words(cells[self.phrase]), read_words(cells[self.text]), done, done_on,
            read_words(note), cell_text(row + 1, self.done + 1), self.sheet.name,
        )  # fmt: skip

    def _refuse_errors(self, row: int, project: int) -> None:
        for column in (self.done, self.done_on, self.note):
            odd = self.flags.of(row, column) & {CellFlag.ERROR, CellFlag.UNCOMPUTED}
            if odd and is_blank(self.sheet.rows[row][column]):
                text = self.flags.errors.get((row, column), "没有结果的公式")
                self._refuse(row, column, project, text, "不是填写的内容")

    def _refuse(self, row: int, column: int, project: int | None, value: Any, reason: str) -> None:
        self.findings.append(
            rules.NODE_REFUSED.finding(
                project=project, file=self.file, sheet=self.sheet.name, cell=cell_text(row + 1, column + 1),
                text=shown(value), reason=reason,
            )
        )  # fmt: skip
