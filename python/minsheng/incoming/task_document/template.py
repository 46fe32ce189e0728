"""任务书模板.xlsx filled in by a clerk: the way in for any layout.

Sheet 项目 has one project a row, 任务分解 any table pasted beside its project's number, 进度安排 one node a row. Sheets
and columns are found by their labels. A number that is filled in is taken as it is; an empty one is read from the words,
as in any 任务书; 无 says that there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from xlengines.a1 import cell_text, column_letters

from ...cells.flags import CellFlag
from ...cells.labels import fold
from ...cells.number_cells import read_number
from ...cells.words import shown
from ...domain.catalogue import document_file as rules
from ...domain.quantity import Quantity, Relation, plain
from ...domain.review import NOTES
from ...errors import NotATaskDocument
from ..numbers import find_mentions
from ..spreadsheets.refusal import Refused
from ..spreadsheets.sheet import Sheet
from ..spreadsheets.workbook import open_workbook
from .files.blocks import Block, Cell, Paragraph, Table
from .files.kinds import refusal
from .review_copy import Kept, kept_in, layout_of
from .sections.division import Section
from .sections.pieces import Grid
from .words.labels import Label
from .words.lines import read_title
from .words.schedule import NodeLine

if TYPE_CHECKING:
    from ...domain.finding import Finding, Rule

__all__ = ["Template", "read_workbook", "untouched"]

TITLE, YEAR = "任务书标题", "年度"
NUMBER, STAR, NAME = "序号", "省级", "项目名称"
TARGET, UNIT, RELATION, MORE = "年度目标", "计量单位", "目标要求", "其他目标"
SCHEDULE_TEXT = "进度安排（整段）"
ALLOCATION_TABLE = "任务分解表"
NODE_TIME, NODE_TEXT, NODE_PLAN = "节点时间", "工作内容", "计划累计"
NONE: Final = "无"
MARK: Final = "任务书模板填写说明"

_FIELDS: Final = {
    "责任领导": Label.LEADER, "责任单位": Label.LEAD_UNIT, "责任人": Label.OWNER, "配合单位": Label.COOPERATING,
    SCHEDULE_TEXT: Label.SCHEDULE,
}  # fmt: skip
_RELATIONS: Final[dict[str, Relation]] = {
    "": "=",
    "达到": "=",
    "=": "=",
    "不低于": ">=",
    "≥": ">=",
    ">=": ">=",
}
_HEADER_WITHIN: Final = 15
_MOST_NAMED: Final = 8


@dataclass
class Template:
    """A workbook as read: the sections of a filled template, or the blocks of any other workbook.

    ``is_ours`` tells the template by its own mark. ``year`` is what the template's cell 年度 says. ``kept`` is what a
    核对稿 carries along.
    """

    title: str = ""
    year: int | None = None
    sections: list[Section] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    is_ours: bool = False
    kept: Kept | None = None
    findings: list[Finding] = field(default_factory=list)


def read_workbook(data: bytes, file: str) -> Template:
    """Read an .xlsx. UnreadableFile or HostileFile where it cannot be; NotATaskDocument for an empty template."""
    try:
        sheets = tuple(open_workbook(data).sheets())
        template = _Reader(file, sheets).read()
    except Refused as refused:
        raise refusal(refused, file, ".xlsx") from refused
    template.kept = kept_in(sheets) if template.is_ours else None
    return template


def untouched(kept: Kept, file: str) -> Template:
    """The 核对稿 as it was when it was made."""
    return _Reader(file, layout_of(kept)).read()


@dataclass(frozen=True)
class _Header:
    """A sheet with the row of its labels: ``columns`` maps label → column."""

    sheet: Sheet
    row: int
    columns: dict[str, int]

    @property
    def below(self) -> range:
        return range(self.row + 1, len(self.sheet.rows))


class _Reader:
    def __init__(self, file: str, sheets: tuple[Sheet, ...]) -> None:
        self._file = file
        self._sheets = sheets
        self._template = Template()
        self._by_number: dict[int, Section] = {}

    def read(self) -> Template:
        template = self._template
        projects = self._header(NUMBER, NAME, "责任单位", TARGET)
        template.is_ours = projects is not None and self._is_ours(projects)
        if projects is None or not template.is_ours:
            template.blocks = tuple(block for sheet in self._sheets for block in _blocks(sheet))
            template.findings += [
                rules.HIDDEN_CELLS.finding(file=self._file, sheet=sheet.name, reading=hidden)
                for sheet in self._sheets
                if (hidden := _hidden(sheet))
            ]
            return template
        self._front(projects)
        for row in projects.below:
            self._project(projects, row)
        if not template.sections:
            raise NotATaskDocument(
                f"“{self._file}”的“{projects.sheet.name}”工作表里一个项目也没有填。",
                "请至少填一行序号和项目名称后再导入。",
            )
        if allocations := self._header(NUMBER, ALLOCATION_TABLE):
            self._allocations(allocations)
        if nodes := self._header(NUMBER, NODE_TIME, NODE_TEXT):
            self._nodes(nodes)
        return template

    def _is_ours(self, projects: _Header) -> bool:
        """The template's own mark: the heading of its instructions, or the cells above the list and the two columns that
        no other workbook has together."""
        if any(_text(value) == MARK for sheet in self._sheets for row in sheet.rows[:2] for value in row[:2]):
            return True
        above = {_text(value) for row in projects.sheet.rows[: projects.row] for value in row}
        return {TITLE, YEAR} <= above and {RELATION, MORE} <= projects.columns.keys()

    def _header(self, *wanted: str) -> _Header | None:
        for sheet in self._sheets:
            for index, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
                labels = {_label(value): column for column, value in reversed(list(enumerate(row)))}
                if all(label in labels for label in wanted):
                    return _Header(sheet, index, labels)
        return None

    def _front(self, projects: _Header) -> None:
        for row in projects.sheet.rows[: projects.row]:
            texts = [_text(value) for value in row]
            for label in (TITLE, YEAR):
                if label not in texts:
                    continue
                value = next(filter(None, texts[texts.index(label) + 1 :]), "")
                if label == TITLE:
                    self._template.title = value
                elif match := re.fullmatch(r"(\d{4})年?", fold(value)):
                    self._template.year = int(match[1])

    def _project(self, header: _Header, row: int) -> None:
        words = {label: self._text(header, row, label) for label in header.columns}
        if not any(words.get(label) for label in (NUMBER, NAME, *_FIELDS, TARGET)):
            return
        number = _number(words[NUMBER])
        if words[NUMBER] and number is None:
            self._unreadable(header, row, NUMBER, "一个整数")
        starred, title = read_title(words[NAME])
        section = Section(
            number=number or len(self._template.sections) + 1,
            starred=starred or "★" in words.get(STAR, "") or "★" in words[NUMBER],
            title=title,
            numbered=number is not None,
            fields={label: words[name] for name, label in _FIELDS.items() if words.get(name)},
        )
        self._target(section, header, row, words)
        self._template.sections.append(section)
        self._by_number.setdefault(section.number, section)

    def _target(self, section: Section, header: _Header, row: int, words: dict[str, str]) -> None:
        unit, relation = words.get(UNIT, ""), _RELATIONS.get(fold(words.get(RELATION, "")))
        if relation is None:
            self._unreadable(header, row, RELATION, "“达到”或“不低于”")
        if words.get(TARGET) == NONE:
            section.targetless = True
        else:
            value = self._amount(header, row, TARGET, unit)
            if value is not None:
                section.stated_target = Quantity(value, unit, relation or "=")
        section.stated_more = tuple(mention.quantity for mention in find_mentions(fold(words.get(MORE, ""))))

    def _allocations(self, header: _Header) -> None:
        sheet, first = header.sheet, header.columns[ALLOCATION_TABLE]
        tables: dict[int, list[list[str]]] = {}
        current: int | None = None
        for row in header.below:
            current = self._belongs_to(header, row, current)
            end = header.columns.get(NOTES, len(sheet.rows[row]))
            cells = [self._cell(sheet, row, column) for column in range(first, end)]
            if current is not None and any(cells):
                tables.setdefault(current, []).append(cells)
        for number, rows in tables.items():
            width = max(max((i for i, cell in enumerate(row) if cell), default=0) for row in rows) + 1
            table = Table.of([row[:width] for row in rows])
            self._by_number[number].tables.append(Grid(table, Label.ALLOCATION))

    def _nodes(self, header: _Header) -> None:
        current: int | None = None
        for row in header.below:
            current = self._belongs_to(header, row, current)
            phrase, text = self._text(header, row, NODE_TIME), self._text(header, row, NODE_TEXT)
            if current is None or not (phrase or text):
                continue
            section = self._by_number[current]
            stated = self._text(header, row, NODE_PLAN) if NODE_PLAN in header.columns else ""
            if stated and stated != NONE:
                unit = section.stated_target.unit if section.stated_target else ""
                value = self._amount(header, row, NODE_PLAN, unit)
                stated = NONE if value is None else plain(value)
            section.nodes.append(NodeLine(phrase, text.rstrip("。；;"), stated))

    def _belongs_to(self, header: _Header, row: int, before: int | None) -> int | None:
        """The project of a row: that of the row above where 序号 is empty (merged cells read so too)."""
        words = self._text(header, row, NUMBER)
        if not words:
            return before
        number = _number(words)
        if number in self._by_number:
            return number
        self._note(rules.TEMPLATE_ROW_LOOSE, header, row, NUMBER)
        return None

    def _text(self, header: _Header, row: int, label: str) -> str:
        return self._cell(header.sheet, row, header.columns[label])

    def _cell(self, sheet: Sheet, row: int, column: int) -> str:
        values = sheet.rows[row]
        return _text(values[column]) if column < len(values) else ""

    def _amount(self, header: _Header, row: int, label: str, unit: str) -> Decimal | None:
        """A number that is filled in; None for an empty cell and, with a finding, for one that cannot be read."""
        column = header.columns[label]
        values = header.sheet.rows[row]
        odd = header.sheet.flags
        place = (row, column)
        read = read_number(
            values[column] if column < len(values) else "", unit, odd.of(*place), odd.errors.get(place, "")
        )
        if read.refused:
            self._unreadable(
                header, row, label, f"一个数（{read.reason}）" if read.reason else "一个数", read.text
            )
        return read.value

    def _unreadable(self, header: _Header, row: int, label: str, wanted: str, text: str = "") -> None:
        self._note(rules.CELL_UNREADABLE, header, row, label, text, wanted)

    def _note(
        self, rule: Rule, header: _Header, row: int, label: str, text: str = "", wanted: str = ""
    ) -> None:
        """A finding on a cell: what stands in it, or ``text``, and what was expected."""
        self._template.findings.append(
            rule.finding(
                file=self._file,
                sheet=header.sheet.name,
                cell=cell_text(row + 1, header.columns[label] + 1),
                original=text or self._text(header, row, label),
                reading=wanted,
            )
        )


def _hidden(sheet: Sheet) -> str:
    """The rows and columns of a sheet that hold something and that nobody sees: "第5行、C列"; empty where there are none."""
    rows = [row for row in sorted(sheet.hidden_rows) if any(_text(value) for value in sheet.rows[row])]
    columns = [
        column
        for column in sorted(sheet.hidden_columns)
        if any(column < len(row) and _text(row[column]) for row in sheet.rows)
    ]
    named = [f"第{row + 1}行" for row in rows] + [f"{column_letters(column + 1)}列" for column in columns]
    return "、".join(named[:_MOST_NAMED]) + ("等" if len(named) > _MOST_NAMED else "")


def _blocks(sheet: Sheet) -> list[Block]:
    """Any other sheet as a table, with the single cells above it as paragraphs."""
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    width = (
        max((index for row in sheet.rows for index, value in enumerate(row) if _text(value)), default=-1) + 1
    )
    for row in _cells(sheet, width):
        own = [cell.text for cell in row if cell.text and not cell.from_above]
        if len(own) == 1 and not rows:
            blocks.append(Paragraph(own[0]))
        elif any(cell.text for cell in row):
            rows.append(row)
    return [*blocks, Table(tuple(rows))] if rows else blocks


def _cells(sheet: Sheet, width: int) -> list[tuple[Cell, ...]]:
    """The first ``width`` columns, merged cells as one over several columns, and repeated in the rows below."""
    odd = sheet.flags
    grid = [
        [Cell(_shown(value, odd.of(at, column))) for column, value in enumerate(row[:width])]
        for at, row in enumerate(sheet.rows)
    ]
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, last in sheet.merged:
        right = min(last, width - 1)
        if top >= len(grid) or left > right:
            continue
        whole = replace(grid[top][left], span=right - left + 1)
        for row in range(top, min(bottom + 1, len(grid))):
            grid[row][left] = whole if row == top else replace(whole, from_above=True)
            covered |= {(row, column) for column in range(left + 1, right + 1)}
    return [
        tuple(cell for column, cell in enumerate(cells) if (row, column) not in covered)
        for row, cells in enumerate(grid)
    ]


def _label(value: Any) -> str:
    """A header cell without white space; what follows 任务分解表 in brackets is an explanation."""
    word = re.sub(r"\s+", "", _text(value))
    return ALLOCATION_TABLE if word.startswith(ALLOCATION_TABLE) else word


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and not value.is_integer():
        return format(value, ".15g")
    return "" if value is None else shown(value)


def _shown(value: Any, odd: frozenset[CellFlag]) -> str:
    """A cell as the clerk sees it: 0.9 in a percent format is 90%, a date its day."""
    if CellFlag.PERCENT in odd and isinstance(value, float | int) and not isinstance(value, bool):
        return f"{plain((Decimal(repr(value)) * 100).normalize())}%"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return _text(value)


def _number(words: str) -> int | None:
    bare = fold(words).strip("★.、 ")
    return int(bare) if bare.isdecimal() and 0 < len(bare) < 4 and int(bare) else None
