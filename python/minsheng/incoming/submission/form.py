"""Sheet 填报: one row for each number that a unit reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ...domain.catalogue import submission as rules
from ...domain.submission import ReportRow
from ...sheets.layout import SUBMISSION_COLUMNS
from .a1 import a1
from .header import Header, find_header, folded
from .identity import Printed, printed_identity
from .oddities import Oddity
from .refusal import Refused
from .values import is_blank, read_number, read_words, shown

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from .oddities import Oddities
    from .workbook import Grid

__all__ = ["Form", "read_form"]

_NUMBER, _UNIT, _VALUE = "序号", "承担单位", "本月累计"
_NEEDED: Final = (_NUMBER, _UNIT, _VALUE)
_WORD_COLUMNS: Final = ("进展说明", "存在问题", "预计完成时间")
_LABEL: Final = re.compile(r"(\d{1,4})(?:[-—–](\d))?")
#: Words that begin the lines below the table.
_SIGN_OFF: Final = ("填报人", "审核人", "负责人", "联系电话", "报送日期")


@dataclass(frozen=True)
class Form:
    rows: tuple[ReportRow, ...]
    printed: Printed
    findings: tuple[Finding, ...]


def read_form(grid: Grid, file: str) -> Form | None:
    """The form on this sheet, None where there is none. Raises Refused where columns cannot be told apart."""
    header = find_header(grid, SUBMISSION_COLUMNS, _NEEDED)
    if header is None:
        return None
    return _FormReader(grid, header, file).read()


class _FormReader:
    def __init__(self, grid: Grid, header: Header, file: str) -> None:
        self.grid, self.header, self.file = grid, header, file
        self.findings: list[Finding] = []
        columns = header.columns
        self.number, self.unit, self.value = (columns[label] for label in _NEEDED)
        self.title, self.measured_in, self.share, self.before = (
            columns.get(label, -1) for label in ("项目名称", "单位", "全年任务", "上月累计")
        )
        self.words = [columns.get(label, -1) for label in _WORD_COLUMNS]
        self.inputs = [self.value, *(column for column in self.words if column >= 0)]
        self.oddities: Oddities = grid.oddities(self.inputs)
        if self.measured_in < 0:
            raise Refused(rules.LABEL_MISSING, label="单位", sheet=grid.name)

    def read(self) -> Form:
        rows: list[ReportRow] = []
        end = len(self.grid.rows)
        for row in range(self.header.row + 1, end):
            cells = self.grid.rows[row]
            number = cells[self.number]
            if number == "" or is_blank(number):
                if _is_sign_off(cells):
                    end = row
                    break
                self._expect_blank(row, cells)
                continue
            label = _LABEL.fullmatch(_label_text(number))
            if label is not None:
                rows.append(self._row(row, cells, int(label[1]), int(label[2] or 1)))
            elif folded(number) != _NUMBER:
                self._expect_blank(row, cells)
        return Form(tuple(rows), printed_identity(self.grid, self.header.row, end), tuple(self.findings))

    def _row(self, row: int, cells: list[Any], project: int, measure: int) -> ReportRow:
        measured_in = read_words(cells[self.measured_in])
        place = a1(row, self.value)
        read = read_number(
            cells[self.value],
            measured_in,
            self.oddities.of(row, self.value),
            self.oddities.errors.get((row, self.value), ""),
        )
        if read.rule is not None:
            self.findings.append(
                read.rule.finding(
                    project=project, unit=read_words(cells[self.unit]) or None, file=self.file, sheet=self.grid.name,
                    cell=place, text=read.text, reason=read.reason, measured_in=measured_in,
                )
            )  # fmt: skip
        progress, problem, expected = (
            self._words(row, cells, column, project) if column >= 0 else "" for column in self.words
        )
        return ReportRow(
            project, measure, read_words(cells[self.unit]), read.value, read.refused, self._printed(cells, self.before),
            progress, problem, expected, place, self.grid.name,
            read_words(cells[self.title]) if self.title >= 0 else "", measured_in, self._printed(cells, self.share),
        )  # fmt: skip

    def _words(self, row: int, cells: list[Any], column: int, project: int) -> str:
        odd = self.oddities.of(row, column)
        lost = Oddity.ERROR in odd or (Oddity.UNCOMPUTED in odd and is_blank(cells[column]))
        if lost:
            self.findings.append(
                rules.WORDS_LOST.finding(
                    project=project, file=self.file, sheet=self.grid.name, cell=a1(row, column),
                    text=self.oddities.errors.get((row, column), "没有结果的公式"),
                )
            )  # fmt: skip
        return read_words(cells[column])

    def _printed(self, cells: list[Any], column: int) -> Decimal | None:
        """A locked number of the form as it stands now, None where it is blank or no number any more."""
        if column < 0:
            return None
        return read_number(cells[column], "", frozenset()).value

    def _expect_blank(self, row: int, cells: list[Any]) -> None:
        """A row without a project number must not carry a report: it would be dropped silently."""
        odd = self.oddities.of(row, self.value)
        number = cells[self.number]
        if is_blank(cells[self.value]) and not odd & {Oddity.ERROR, Oddity.UNCOMPUTED}:
            return
        self.findings.append(
            rules.ROW_NAMELESS.finding(
                file=self.file, sheet=self.grid.name, cell=a1(row, self.value),
                text=shown(cells[self.value]) or self.oddities.errors.get((row, self.value), "公式"),
                number=shown(number) or "空白",
            )
        )  # fmt: skip


def _label_text(number: Any) -> str:
    """序号 as text: ``33``, ``33-2``."""
    if isinstance(number, float | int) and not isinstance(number, bool):
        return str(int(number)) if number == number // 1 else str(number)
    return folded(number)


def _is_sign_off(cells: list[Any]) -> bool:
    return any(isinstance(cell, str) and folded(cell).startswith(_SIGN_OFF) for cell in cells)
