"""Sheet 填报: one row for each number that a unit reports, and what the form says of itself in print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xlengines.a1 import cell_text, column_letters

from ...cells.dates import read_date
from ...cells.flags import NO_FLAGS, CellFlag
from ...cells.labels import label, stripped
from ...cells.number_cells import ReadNumber, Remark, read_number
from ...cells.numbers import exact
from ...cells.words import is_blank, is_too_long, read_words, shown
from ...domain.catalogue import submission as rules
from ...domain.fields import FORM_FIELDS, WORDS
from ...domain.period import Period
from ...domain.quantity import plain
from ...domain.report import RowKey, Words
from ...domain.submission import Locked, ReportRow
from .table import FormRefused, Header, area_name, covered_cells, find_header, is_hidden

if TYPE_CHECKING:
    from decimal import Decimal

    from ...domain.finding import Finding, Rule
    from ..spreadsheets.sheet import Sheet

__all__ = ["MOST_ROWS", "Form", "read_form"]

_NEEDED: Final = ("label", "unit", "value")
_LABELS: Final = {field.name: field.label for field in FORM_FIELDS}
_NUMBER: Final = re.compile(r"(\d{1,4})(?:[-—–](\d))?", re.ASCII)
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
#: Hidden cells that are named one by one.
_NAMED: Final = 5
#: Words that begin the lines below the table.
_SIGN_OFF: Final = ("填报人", "审核人", "负责人", "联系电话", "报送日期")
#: What each of the texts beside the table begins with.
_BEGINNING: Final = re.compile(r"\s*(?:填报单位|[报填][送报]月份|总表编号|报送日期)")
_LONGEST_PRINTED: Final = 200
_PRINTED: Final = {
    "unit": re.compile(r"填报单位(?:\(盖?章?\))?:?(.*)", re.DOTALL),
    "month": re.compile(r"(?:报送|填报)月份:?(.*)", re.DOTALL),
    "number": re.compile(r"总表编号:?\s*([0-9a-f]{12})?"),
    "sent": re.compile(r"报送日期:?(.*)", re.DOTALL),
}
_PERIOD: Final = re.compile(r"(\d{4})[-年./](\d{1,2})(?:月份?|(?:[-./]\d{1,2})?)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """Unit, month and number over the table, and the date of the sign-off line; None where the form does not say it, or not
    so that it can be read."""

    unit: str | None = None
    period: Period | None = None
    master_id: str | None = None
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The rows of a sheet 填报 in their order, what it says of itself in print, and what is to be told of it."""

    rows: tuple[ReportRow, ...]
    printed: Printed
    findings: tuple[Finding, ...]


class _Line(NamedTuple):
    """A row of a project: its number in the sheet from 0, its cells, whose it is, what it is measured in."""

    row: int
    cells: list[Any]
    key: RowKey
    measured_in: str


def read_form(sheet: Sheet, file: str) -> Form | None:
    """The form on this sheet, None where there is none. Raises FormRefused where columns cannot be told apart."""
    header = find_header(sheet, FORM_FIELDS, _NEEDED)
    if header is None:
        return None
    if "measured_in" not in header.columns:
        raise FormRefused(rules.LABEL_MISSING, label=_LABELS["measured_in"], sheet=sheet.name)
    return _FormReader(sheet, header, file).read()


class _FormReader:
    def __init__(self, sheet: Sheet, header: Header, file: str) -> None:
        self.sheet, self.header, self.file = sheet, header, file
        self.findings: list[Finding] = []
        self.columns = header.columns
        self.value = self.columns["value"]
        self.value_letters = column_letters(self.value + 1)
        self.words = [self.columns.get(field.name) for field in WORDS]
        inputs = {self.value, *(column for column in self.words if column is not None)}
        self.flags = sheet.flags.within(inputs)
        self.covered = covered_cells(sheet, inputs, header.row)
        self.hidden: list[str] = []

    def read(self) -> Form:
        """Every row below the header that has the number of a project; a number in any other row is told."""
        rows: list[ReportRow] = []
        number, end = self.columns["label"], len(self.sheet.rows)
        for row in range(self.header.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[row]
            told = cells[number]
            project = _project(told) if told != "" else None
            if project is not None:
                rows.append(self._row(row, cells, project))
                if len(rows) > MOST_ROWS:
                    raise FormRefused(rules.TOO_LARGE, what="填报的行太多", limit=f"{MOST_ROWS}行")
            elif row > end:
                continue  # signatures and telephone numbers; a row of a project is one also down here
            elif is_blank(told) and _is_sign_off(cells):
                end = row
            elif label(told) != _LABELS["label"]:
                self._expect_blank(row, cells)
        self._tell_hidden()
        printed = _printed_identity(self.sheet, self.header.row, end)
        return Form(tuple(rows), printed, tuple(self.findings))

    def _row(self, row: int, cells: list[Any], project: tuple[int, int]) -> ReportRow:
        columns = self.columns
        unit, measured_in = read_words(cells[columns["unit"]]), read_words(cells[columns["measured_in"]])
        line = _Line(row, cells, RowKey(project[0], unit, project[1]), measured_in)
        title = read_words(cells[columns["title"]]) if "title" in columns else ""
        before = self._printed(line, "before")
        locked = Locked(title, measured_in, self._printed(line, "share"), before)
        number, refused = self._number(line)
        if number is not None:
            self._compare_increase(line, number, before)
        cell = f"{self.value_letters}{row + 1}"
        return ReportRow(line.key, number, refused, self._read_words(line), locked, cell, self.sheet.name)

    def _number(self, line: _Line) -> tuple[Decimal | None, bool]:
        """本月累计, and whether something stands there that is not taken."""
        value, place = line.cells[self.value], (line.row, self.value)
        flags = self.flags.cells.get(place, NO_FLAGS)
        if place in self.covered:
            return None, self._is_covered(line, value, area_name(self.covered[place]))
        if value == "" and not flags:
            return None, False
        read = read_number(value, line.measured_in, flags, self.flags.errors.get(place, ""))
        if read.remark in _RULES:
            self._tell_number(line, read)
        if (self.sheet.hidden_rows or self.sheet.hidden_columns) and not is_blank(value):
            self._note_hidden(*place)
        return read.value, read.refused

    def _is_covered(self, line: _Line, value: Any, area: str) -> bool:
        """Whether a number stands under a merged cell: it is refused, because nobody has seen it since."""
        if not is_blank(value):
            reason = f"被合并单元格{area}盖住，看不见"
            self._tell_number(line, ReadNumber(None, Remark.REFUSED, shown(value), reason))
            return True
        self._tell(rules.COVERED, line, self.value, unit=line.key.unit or None, area=area)
        return False

    def _tell_number(self, line: _Line, read: ReadNumber) -> None:
        self._tell(
            _RULES[read.remark],
            line,
            self.value,
            unit=line.key.unit or None,
            text=read.text,
            reason=read.reason,
            measured_in=line.measured_in,
        )

    def _tell(self, rule: Rule, line: _Line, column: int, **words: Any) -> None:
        cell = cell_text(line.row + 1, column + 1)
        self.findings.append(
            rule.finding(
                project=line.key.project,
                measure=line.key.measure,
                file=self.file,
                sheet=self.sheet.name,
                cell=cell,
                original=words.get("text", ""),
                **words,
            )
        )

    def _compare_increase(self, line: _Line, number: Decimal, before: Decimal | None) -> None:
        """本月新增 is the form's own formula on the two numbers beside it: where it says something else, one of the
        three is not what was typed."""
        stands = line.cells[self.columns["increase"]] if "increase" in self.columns else ""
        if not isinstance(stands, float):
            return
        right = number - (before or 0)
        if abs(float(right) - stands) > _ROUNDED:
            self._tell(
                rules.SUM_DIFFERS,
                line,
                self.value,
                unit=line.key.unit or None,
                text=plain(number),
                before="空白" if before is None else plain(before),
                right=plain(right),
                stands=shown(stands),
            )

    def _read_words(self, line: _Line) -> Words:
        cells, noted = line.cells, self.flags.cells or self.covered
        return Words(
            *[
                "" if column is None or (cells[column] == "" and not noted) else self._text(line, column)
                for column in self.words
            ]
        )

    def _text(self, line: _Line, column: int) -> str:
        value, place = line.cells[column], (line.row, column)
        flags = self.flags.cells.get(place)
        if flags and (CellFlag.ERROR in flags or (CellFlag.UNCOMPUTED in flags and is_blank(value))):
            lost = self.flags.errors.get(place, "没有结果的公式")
        elif place in self.covered and not is_blank(value):
            lost = f"{shown(value)}（被合并单元格{area_name(self.covered[place])}盖住，看不见）"
        elif is_too_long(value):
            lost = f"{shown(value[:30])}……（{len(value)}个字，太长）"
        else:
            return read_words(value)
        self._tell(rules.WORDS_LOST, line, column, text=lost)
        return ""

    def _printed(self, line: _Line, field: str) -> Decimal | None:
        """A locked number of the form as it stands now, None where it is blank or no number any more."""
        column = self.columns.get(field)
        value = line.cells[column] if column is not None else ""
        if isinstance(value, float):
            return exact(value)
        return read_number(value, "", NO_FLAGS).value if value != "" else None

    def _note_hidden(self, row: int, column: int) -> None:
        if is_hidden(self.sheet, row, column):
            self.hidden.append(cell_text(row + 1, column + 1))

    def _tell_hidden(self) -> None:
        if self.hidden:
            more = "等" if len(self.hidden) > _NAMED else ""
            self.findings.append(
                rules.HIDDEN.finding(
                    file=self.file,
                    sheet=self.sheet.name,
                    cell=self.hidden[0],
                    cells="、".join(self.hidden[:_NAMED]) + more,
                    count=len(self.hidden),
                )
            )

    def _expect_blank(self, row: int, cells: list[Any]) -> None:
        """A row without a project number must not carry a report: it would be dropped silently."""
        flags = self.flags.of(row, self.value)
        if is_blank(cells[self.value]) and not flags & {CellFlag.ERROR, CellFlag.UNCOMPUTED}:
            return
        text = shown(cells[self.value]) or self.flags.errors.get((row, self.value), "公式")
        self.findings.append(
            rules.ROW_NAMELESS.finding(
                file=self.file,
                sheet=self.sheet.name,
                cell=cell_text(row + 1, self.value + 1),
                text=text,
                original=text,
                number=shown(cells[self.columns["label"]]) or "空白",
            )
        )


def _project(number: Any) -> tuple[int, int] | None:
    """序号 as project and measure: ``33`` is (33, 1), ``33-2`` is (33, 2); None for anything else."""
    if isinstance(number, float):
        return (int(number), 1) if number.is_integer() and 0 < number < 10000 else None
    return _project_of_text(number) if isinstance(number, str) else None


@lru_cache(maxsize=256)
def _project_of_text(text: str) -> tuple[int, int] | None:
    match = _NUMBER.fullmatch(label(text))
    return (int(match[1]), int(match[2] or 1)) if match else None


def _is_sign_off(cells: list[Any]) -> bool:
    return any(cell and isinstance(cell, str) and label(cell).startswith(_SIGN_OFF) for cell in cells)


def _printed_identity(sheet: Sheet, header_row: int, end_row: int) -> Printed:
    """Read what stands over row ``header_row`` and from ``end_row`` on (both from 0)."""
    unit: str | None = None
    period: Period | None = None
    master_id: str | None = None
    sent_on: date | None = None
    for row in (*range(header_row), *range(end_row, len(sheet.rows))):
        cells = sheet.rows[row]
        for column, value in enumerate(cells):
            if value == "" or not isinstance(value, str) or len(value) > _LONGEST_PRINTED:
                continue
            kind, rest = _label(value)
            if kind == "unit" and unit is None:
                unit = str(_told(rest, cells, column)).strip() or None
            elif kind == "month" and period is None:
                period = _period(_told(rest, cells, column))
            elif kind == "number" and master_id is None:
                master_id = rest or None
            elif kind == "sent" and row >= end_row and sent_on is None:
                sent_on = read_date(_told(rest, cells, column))
    return Printed(unit, period, master_id, sent_on)


def _label(value: str) -> tuple[str, str]:
    """What a text tells (unit, month, number, sent, or nothing) and the words behind its label."""
    if not _BEGINNING.match(value):
        return "", ""
    text = stripped(value)
    for kind, form in _PRINTED.items():
        if match := form.match(text):
            return kind, match[1] or ""
    return "", ""


def _told(rest: str, cells: list[Any], column: int) -> Any:
    """What is told behind a label: in its own cell, else in the next cell to the right that is not blank."""
    if rest.strip():
        return rest.strip()
    return next((cell for cell in cells[column + 1 :] if cell != ""), "")


def _period(told: Any) -> Period | None:
    if isinstance(told, datetime | date):
        return Period(told.year, told.month)
    match = _PERIOD.fullmatch(label(str(told)))
    try:
        return Period(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
