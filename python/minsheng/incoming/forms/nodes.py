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
from ...domain.fields import DONE_WORDS, NODE_FIELDS
from ...domain.submission import NodeRow
from .form import MOST_ROWS
from .table import FormRefused, Header, area_name, covered_cells, find_header

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ..spreadsheets.sheet import Sheet

__all__ = ["NodeForm", "read_nodes"]

_NEEDED: Final = ("label", "phrase", "text", "done")


@dataclass(frozen=True, slots=True)
class NodeForm:
    """The rows of a sheet 节点 in their order, and what is to be told of it."""

    rows: tuple[NodeRow, ...]
    findings: tuple[Finding, ...]


def read_nodes(sheet: Sheet, file: str) -> NodeForm | None:
    """The node table on this sheet, None where there is none. Raises FormRefused where columns cannot be told apart."""
    header = find_header(sheet, NODE_FIELDS, _NEEDED)
    return None if header is None else _NodeReader(sheet, header, file).read()


class _NodeReader:
    """Columns that are not there have the number -1, which is never asked for."""

    def __init__(self, sheet: Sheet, header: Header, file: str) -> None:
        self.sheet, self.header, self.file = sheet, header, file
        self.findings: list[Finding] = []
        self.number, self.phrase, self.text, self.done = (header.columns[name] for name in _NEEDED)
        self.done_on, self.note = (header.columns.get(name, -1) for name in ("done_on", "note"))
        self.covered = covered_cells(sheet, (self.done, self.done_on, self.note), header.row)

    def read(self) -> NodeForm:
        """Every row below the header that has the number of a project; a tick in any other row is told."""
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
        word, day, note = (
            self._typed(row, column, project) for column in (self.done, self.done_on, self.note)
        )
        done = DONE_WORDS.get(label(word)) if isinstance(word, str) else None
        if done is None and not is_blank(word):
            self._refuse(row, self.done, project, word, "只能填“已完成”或“未完成”")
        done_on = read_date(day)
        if done_on is None and not is_blank(day):
            self._refuse(row, self.done_on, project, day, "不是日期，如 2024-06-30")
        if is_too_long(note):
            self._refuse(row, self.note, project, note[:30], f"有{len(note)}个字，太长")
            note = ""
        return NodeRow(
            project,
            read_words(cells[self.phrase]),
            read_words(cells[self.text]),
            done,
            done_on,
            read_words(note),
            cell_text(row + 1, self.done + 1),
            self.sheet.name,
        )

    def _typed(self, row: int, column: int, project: int) -> Any:
        """What the unit typed into a cell; "" for what is refused: an error, a formula without result, a covered cell."""
        if column < 0:
            return ""
        value, place = self.sheet.rows[row][column], (row, column)
        if is_blank(value):
            if self.sheet.flags.of(row, column) & {CellFlag.ERROR, CellFlag.UNCOMPUTED}:
                text = self.sheet.flags.errors.get(place, "没有结果的公式")
                self._refuse(row, column, project, text, "不是填写的内容")
            return ""
        if place in self.covered:
            self._refuse(
                row, column, project, value, f"被合并单元格{area_name(self.covered[place])}盖住，看不见"
            )
            return ""
        return value

    def _refuse(self, row: int, column: int, project: int | None, value: Any, reason: str) -> None:
        self.findings.append(
            rules.NODE_REFUSED.finding(
                project=project,
                file=self.file,
                sheet=self.sheet.name,
                cell=cell_text(row + 1, column + 1),
                text=shown(value),
                original=shown(value),
                reason=reason,
            )
        )
