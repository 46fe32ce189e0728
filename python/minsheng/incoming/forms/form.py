"""Sheet 填报: one row for each number that a unit reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from xlengines.a1 import cell_text, column_letters

from ...cells.flags import NO_FLAGS, CellFlag
from ...cells.labels import label
from ...cells.number_cells import ReadNumber, Remark, read_number
from ...cells.numbers import exact
from ...cells.words import is_blank, is_too_long, read_words, shown
from ...domain.catalogue import submission as rules
from ...domain.fields import WORDS
from ...domain.quantity import plain
from ...domain.report import RowKey, Words
from ...domain.submission import Locked, ReportRow
from ...sheets.layout import SUBMISSION_COLUMNS
from .header import Header, find_header
from .identity import Printed, printed_identity
from .refusals import FormRefused

if TYPE_CHECKING:
    from decimal import Decimal

    from ...cells.flags import FlaggedCells
    from ...domain.finding import Finding, Rule
    from ..spreadsheets.sheet import Sheet

__all__ = ["MOST_ROWS", "Form", "read_form"]

_NUMBER, _UNIT, _MEASURE, _VALUE = "序号", "承担单位", "单位", "本月累计"
_NEEDED: Final = (_NUMBER, _UNIT, _VALUE)
_LABEL: Final = re.compile(r"(\d{1,4})(?:[-—–](\d))?", re.ASCII)
#: 本月新增 is rounded to six decimals.
_ROUNDED: Final = 1e-5
#: A number typed as text is one here: nothing but this program reads it.
_RULES: Final[dict[Remark | None, Rule]] = {
    Remark.REFUSED: rules.VALUE_REFUSED,
    Remark.ERROR: rules.ERROR_VALUE,
    Remark.UNCOMPUTED: rules.UNCOMPUTED,
    Remark.FORMULA: rules.FORMULA_READ,
    Remark.PERCENT: rules.PERCENT_READ,
}
#: Rows of a form; a real one has a few dozen.
MOST_ROWS: Final = 2000
#: Words that begin the lines below the table.
_SIGN_OFF: Final = ("填报人", "审核人", "负责人", "联系电话", "报送日期")


@dataclass(frozen=True)
class Form:
    rows: tuple[ReportRow, ...]
    printed: Printed
    findings: tuple[Finding, ...]


def read_form(sheet: Sheet, file: str) -> Form | None:
    """The form on this sheet, None where there is none. Raises FormRefused where columns cannot be told apart."""
    header = find_header(sheet, SUBMISSION_COLUMNS, _NEEDED)
    if header is None:
        return None
    if _MEASURE not in header.columns:
        raise FormRefused(rules.LABEL_MISSING, label=_MEASURE, sheet=sheet.name)
    return _FormReader(sheet, header, file).read()


class _FormReader:
    """Columns that are not there have the number -1, which is never asked for."""

    def __init__(self, sheet: Sheet, header: Header, file: str) -> None:
        self.sheet, self.header, self.file = sheet, header, file
        self.findings: list[Finding] = []
        columns = header.columns
        self.number, self.unit, self.measure, self.value = (
            columns[label] for label in (_NUMBER, _UNIT, _MEASURE, _VALUE)
        )
        self.title, self.share, self.before = (
            columns.get(label, -1) for label in ("项目名称", "全年任务", "上月累计")
        )
        self.increase = columns.get("本月新增", -1)
        self.words = {field.name: columns[field.label] for field in WORDS if field.label in columns}
        self.value_letters = column_letters(self.value + 1)
        self.flags: FlaggedCells = sheet.flags.within([self.value, *self.words.values()])

    def read(self) -> Form:
        rows: list[ReportRow] = []
        end = len(self.sheet.rows)
        for row in range(self.header.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[row]
            number = cells[self.number]
            numbered = _numbered(number) if number != "" else None
            if numbered is not None:
                rows.append(self._row(row, cells, numbered))
                if len(rows) > MOST_ROWS:
                    raise FormRefused(rules.TOO_LARGE, what="填报的行太多", limit=f"{MOST_ROWS}行")
            elif row > end:
                continue  # signatures and telephone numbers; a row of a project is one also down here
            elif is_blank(number) and _is_sign_off(cells):
                end = row
            elif label(number) != _NUMBER:
                self._expect_blank(row, cells)
        printed = printed_identity(self.sheet, self.header.row, end)
        return Form(tuple(rows), printed, tuple(self.findings))

    def _row(self, row: int, cells: list[Any], numbered: tuple[int, int]) -> ReportRow:
        project, measure = numbered
        unit, measured_in = read_words(cells[self.unit]), read_words(cells[self.measure])
        odd = self.flags.of(row, self.value) if self.flags.cells else NO_FLAGS
        value = cells[self.value]
        if value == "" and not odd:
            number, refused = None, False
        else:
            read = read_number(value, measured_in, odd, self.flags.errors.get((row, self.value), ""))
            number, refused = read.value, read.refused
            if read.remark in _RULES:
                self._tell(row, read, project, unit, measured_in)
        before = self._printed(cells, self.before)
        if number is not None and self.increase >= 0 and isinstance(cells[self.increase], float):
            self._compare_increase(row, number, before, cells, project, unit)
        words = {
            name: self._words(row, cells, column, project)
            for name, column in self.words.items()
            if cells[column] != "" or self.flags.cells
        }
        return ReportRow(
            RowKey(project, unit, measure),
            number,
            refused,
            Words(**words),
            Locked(
                title=read_words(cells[self.title]) if self.title >= 0 else "",
                measured_in=measured_in,
                share=self._printed(cells, self.share),
                before=before,
            ),
            cell=f"{self.value_letters}{row + 1}",
            sheet=self.sheet.name,
        )

    def _tell(self, row: int, read: ReadNumber, project: int, unit: str, measured_in: str) -> None:
        self.findings.append(
            _RULES[read.remark].finding(
                project=project, unit=unit or None, file=self.file, sheet=self.sheet.name, cell=cell_text(row + 1, self.value + 1),
                text=read.text, reason=read.reason, measured_in=measured_in,
            )
        )  # fmt: skip

    def _compare_increase(
        self, row: int, number: Decimal, before: Decimal | None, cells: list[Any], project: int, unit: str
    ) -> None:
        """本月新增 is the form's own formula on the two numbers beside it: where it says something else, one of the
        three is not what was typed."""
        right, stands = number - (before or 0), cells[self.increase]
        if abs(float(right) - stands) > _ROUNDED:
            self.findings.append(
                rules.SUM_DIFFERS.finding(
                    project=project, unit=unit or None, file=self.file, sheet=self.sheet.name, cell=cell_text(row + 1, self.value + 1),
                    text=plain(number), before="空白" if before is None else plain(before), right=plain(right),
                    stands=shown(stands),
                )
            )  # fmt: skip

    def _words(self, row: int, cells: list[Any], column: int, project: int) -> str:
        value = cells[column]
        if self.flags.cells:
            odd = self.flags.of(row, column)
            if CellFlag.ERROR in odd or (CellFlag.UNCOMPUTED in odd and is_blank(value)):
                text = self.flags.errors.get((row, column), "没有结果的公式")
                return self._lose_words(row, column, project, text)
        if is_too_long(value):
            return self._lose_words(row, column, project, f"{shown(value[:30])}……（{len(value)}个字，太长）")
        return read_words(value)

    def _lose_words(self, row: int, column: int, project: int, text: str) -> str:
        self.findings.append(
            rules.WORDS_LOST.finding(
                project=project,
                file=self.file,
                sheet=self.sheet.name,
                cell=cell_text(row + 1, column + 1),
                text=text,
            )
        )
        return ""

    def _printed(self, cells: list[Any], column: int) -> Decimal | None:
        """A locked number of the form as it stands now, None where it is blank or no number any more."""
        if column < 0:
            return None
        value = cells[column]
        if isinstance(value, float):
            return exact(value)
        return read_number(value, "", NO_FLAGS).value if value != "" else None

    def _expect_blank(self, row: int, cells: list[Any]) -> None:
        """A row without a project number must not carry a report: it would be dropped silently."""
        odd = self.flags.of(row, self.value)
        if is_blank(cells[self.value]) and not odd & {CellFlag.ERROR, CellFlag.UNCOMPUTED}:
            return
        text = shown(cells[self.value]) or self.flags.errors.get((row, self.value), "公式")
        self.findings.append(
            rules.ROW_NAMELESS.finding(
                file=self.file, sheet=self.sheet.name, cell=cell_text(row + 1, self.value + 1), text=text,
                number=shown(cells[self.number]) or "空白",
            )
        )  # fmt: skip


def _numbered(number: Any) -> tuple[int, int] | None:
    """序号 as project and measure: ``33`` is (33, 1), ``33-2`` is (33, 2); None for anything else."""
    if isinstance(number, float):
        return (int(number), 1) if number.is_integer() and 0 < number < 10000 else None
    return _numbered_by_text(number) if isinstance(number, str) else None


@lru_cache(maxsize=256)
def _numbered_by_text(text: str) -> tuple[int, int] | None:
    match = _LABEL.fullmatch(label(text))
    return (int(match[1]), int(match[2] or 1)) if match else None


def _is_sign_off(cells: list[Any]) -> bool:
    return any(cell and isinstance(cell, str) and label(cell).startswith(_SIGN_OFF) for cell in cells)
