"""Sheet 设置: parameters, reporting units, containment pairs and rule severities."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ..cells.dates import FIRST_YEAR, LAST_YEAR, read_date
from ..cells.labels import label as label_of
from ..cells.numbers import whole_number
from ..cells.words import is_blank
from ..domain.catalogue import RULES
from ..domain.catalogue import master as rules
from ..domain.document import Containment
from ..domain.finding import Severity
from ..domain.master import Paper, Settings
from ..domain.naming import UnitNames
from ..domain.period import Cycle, Period, PeriodName
from ..domain.project import ReportingUnit, UnitKind
from ..domain.succession import Succession
from . import layout
from .cells import InputReader
from .gaps import PRINTED, SETTINGS, Gap, Gaps
from .image import SheetImage, is_formula
from .places import cell_a1

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from ..domain.finding import Finding
    from .image import Block
    from .places import Area, Places

__all__ = ["SettingsSheet"]

T = TypeVar("T")

#: The tables of 设置 and the labels that are read of each.
_TABLES = {
    layout.NAME_PARAMETERS: layout.PARAMETER_COLUMNS[:2],
    layout.NAME_UNITS: layout.UNIT_SETTING_COLUMNS[: -len(layout.NEWER_UNIT_COLUMNS)],
    layout.NAME_CONTAINMENTS: layout.CONTAINMENT_COLUMNS[:2],
    layout.NAME_RULES: layout.RULE_COLUMNS[::2],
}
#: Every parameter → the part of a master that is not whole without it.
_PARAMETERS = {
    **dict.fromkeys(
        (layout.PARAM_TITLE, layout.PARAM_YEAR, layout.PARAM_AS_OF, layout.PARAM_NEAR_DAYS, layout.PARAM_ID,
         *layout.NEWER_PARAMETERS), SETTINGS
    ),
    **dict.fromkeys((layout.PARAM_JUDGED, layout.PARAM_AS_OF_USED, layout.PARAM_MONTH_USED), PRINTED),
    **{label: label for label in (layout.PARAM_PERIOD, layout.PARAM_INBOX, layout.PARAM_ON_TIME_DAY, layout.PARAM_PAPER)},
}  # fmt: skip
_KINDS = {word: UnitKind(kind) for kind, word in layout.KIND_WORDS.items()}
_SEVERITIES = {word: Severity(severity) for severity, word in layout.SEVERITY_WORDS.items()}


@dataclass
class SettingsSheet:
    """What 设置 says. ``cells`` maps a parameter to (row, column) of its value, for jobs that write one, ``unit_rows`` a unit to
    that of its name."""

    image: SheetImage
    gaps: Gaps
    title: str = ""
    year: int = 0
    id: str = ""
    settings: Settings = field(default_factory=Settings)
    units: tuple[ReportingUnit, ...] = ()
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    unit_rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    referencing: list[str] = field(default_factory=list)
    rules: Area | None = None

    @classmethod
    def read(cls, places: Places, images: Mapping[str, SheetImage]) -> SettingsSheet:
        """Read the sheet that the names point to; what is missing is a gap, its year then 0 and its units none."""
        areas = [area for name in layout.SETTINGS_NAMES if (area := places.get(name)) is not None]
        image = next((images[area.sheet] for area in areas if area.sheet in images), None)
        if image is None:
            sheet = cls(SheetImage(layout.SHEET_SETTINGS, 1, 1, [], []), Gaps(layout.SHEET_SETTINGS))
            sheet.gaps.add(SETTINGS, rules.TABLE_LOST, gone=True)
            return sheet
        sheet = cls(image, Gaps(image.sheet))
        reader = InputReader(image)
        blocks = {name: sheet._block(places, name, labels) for name, labels in _TABLES.items()}
        parameters, units, pairs, levels = blocks.values()
        sheet.rules = levels.area if levels is not None else None
        if parameters is not None:
            sheet._parameters(parameters, reader)
        if units is not None:
            sheet.units = sheet._units(units, reader)
        containments = () if pairs is None else _containments(pairs, reader)
        sheet.settings = sheet._settings(
            reader, containments, {} if levels is None else _severities(levels, reader)
        )
        sheet.findings = reader.findings
        sheet.referencing = [*dict.fromkeys([*sheet.referencing, *reader.referencing])]
        for name in (
            layout.NAME_ID,
            layout.NAME_YEAR,
            layout.NAME_AS_OF,
            layout.NAME_AS_OF_MONTH,
            layout.NAME_JUDGED,
        ):
            if name not in places.known:
                sheet.gaps.add(PRINTED, rules.NAME_MISSING, label=name)
        has_cycle = layout.PARAM_CYCLE in sheet.cells
        if has_cycle and layout.NAME_CYCLE_MONTHS not in places.known:
            sheet.gaps.add(PRINTED, rules.NAME_MISSING, label=layout.NAME_CYCLE_MONTHS)
        return sheet

    def _block(self, places: Places, name: str, labels: tuple[str, ...]) -> Block | None:
        """A table of the sheet, None where its name or a label that is read is missing: then with a gap."""
        part = name if name in (layout.NAME_RULES, layout.NAME_CONTAINMENTS) else SETTINGS
        area = places.get(name)
        if area is None or area.sheet != self.image.sheet:
            self.gaps.add(part, rules.NAME_MISSING, label=name)
            return None
        before = len(self.gaps.found)
        self.gaps.header(part, self.image.block(area), labels)
        return self.image.block(area) if len(self.gaps.found) == before else None

    def _parameters(self, block: Block, reader: InputReader) -> None:
        columns = block.columns()
        label_column, value_column = (columns[label] for label in layout.PARAMETER_COLUMNS[:2])
        for row in block.rows_in_use(label_column):
            label = block.image.label(row, label_column)
            if label in self.cells and label in _PARAMETERS:
                self.gaps.add(_PARAMETERS[label], rules.LABEL_TWICE, (row, label_column), label=label)
            self.cells.setdefault(label, (row, value_column))
        for label, part in _PARAMETERS.items():
            if label not in self.cells and label not in layout.NEWER_PARAMETERS:
                place = block.header_row, label_column
                self.gaps.add(part, rules.LABEL_MISSING, place, label=label, stands="")
        self.title = self._text(layout.PARAM_TITLE)
        self.id = self._text(layout.PARAM_ID)
        self.year = (
            self._read(layout.PARAM_YEAR, partial(reader.whole, least=FIRST_YEAR, most=LAST_YEAR), reader)
            or 0
        )
        for label, value in ((layout.PARAM_YEAR, self.year), (layout.PARAM_ID, self.id)):
            if label in self.cells and not value and is_blank(self.image.value(*self.cells[label])):
                self.gaps.add(
                    SETTINGS, rules.INPUT_UNREADABLE, self.cells[label], text="空白", reason="不能空着"
                )

    def _read(self, parameter: str, read: Callable[[int, int], T | None], reader: InputReader) -> T | None:
        """What ``read`` makes of a parameter's cell; a gap where it refuses what stands there."""
        if parameter not in self.cells:
            return None
        place = self.cells[parameter]
        value = read(*place)
        if value is None and not is_blank(self.image.value(*place)):
            self.gaps.found.append(Gap(_PARAMETERS[parameter], reader.findings[-1]))
        return value

    def _text(self, parameter: str) -> str:
        return self.image.text(*self.cells[parameter]) if parameter in self.cells else ""

    def _units(self, block: Block, reader: InputReader) -> tuple[ReportingUnit, ...]:
        """The reporting units. A name without anything beside it is somebody's remark, or a unit that is not ready; a unit of
        a kind that is none is a gap."""
        columns = block.columns()
        found: list[ReportingUnit] = []
        for row in block.rows_in_use(columns[layout.UNIT]):
            words = {
                label: block.image.text(row, columns[label]) if label in columns else ""
                for label in layout.UNIT_SETTING_COLUMNS
            }
            kind = _KINDS.get(words["类别"])
            if words[layout.UNIT] and kind is None:
                reader.refuse(row, columns["类别"], words["类别"] or "空白", reason="不是下拉框里的选项")
                if any(words[label] for label in layout.UNIT_SETTING_COLUMNS[1:]):
                    self.gaps.found.append(Gap(SETTINGS, reader.findings[-1]))
            elif words[layout.UNIT] and kind is not None:
                since = self._since(row, columns, reader)
                aliases, members, became = (_split(words[each]) for each in ("别名", "成员", layout.BECAME))
                found.append(ReportingUnit(words[layout.UNIT], kind, aliases, members, became, since))
                self.unit_rows.setdefault(words[layout.UNIT], (row, columns[layout.UNIT]))
        units = UnitNames(found).resolved(found)
        self._heirs_are_known(units, columns, reader)
        return units

    def _since(self, row: int, columns: Mapping[str, int], reader: InputReader) -> int | None:
        """The month from which a row of the units holds; one that cannot be read is a gap."""
        if layout.SINCE not in columns:
            return None
        text = self.image.text(row, columns[layout.SINCE])
        month = whole_number(text.removesuffix("份").removesuffix("月"))
        if not text or (month is not None and 1 <= month <= 12):
            return month
        reader.refuse(row, columns[layout.SINCE], text, reason="不是1到12月")
        self.gaps.found.append(Gap(SETTINGS, reader.findings[-1]))
        return None

    def _heirs_are_known(
        self, units: Sequence[ReportingUnit], columns: Mapping[str, int], reader: InputReader
    ) -> None:
        """A gap for each unit that became one that is not there, or itself in the end."""
        names, succession = {unit.name for unit in units}, Succession(units)
        for unit in units:
            heirs = succession.heirs(unit.name)
            unknown = [name for name in unit.successors if name not in names]
            lasting = [heir for heir in heirs if heir not in succession.ended]
            if not unit.successors or (not unknown and lasting):
                continue
            row = self.unit_rows[unit.name][0]
            reason = f"名单里没有“{unknown[0]}”" if unknown else "绕了一圈又回到它自己"
            reader.refuse(row, columns[layout.BECAME], "、".join(unit.successors), reason=reason)
            self.gaps.found.append(Gap(SETTINGS, reader.findings[-1]))

    def _settings(
        self,
        reader: InputReader,
        containments: tuple[Containment, ...],
        severities: dict[str, Severity | None],
    ) -> Settings:
        usual = Settings()
        near = self._read(layout.PARAM_NEAR_DAYS, partial(reader.whole, least=0, most=366), reader)
        gap = self._read(layout.PARAM_RED_GAP, partial(reader.whole, least=0, most=100), reader)
        days = self._read(layout.PARAM_RED_DAYS, partial(reader.whole, least=0, most=366), reader)
        on_time = self._read(layout.PARAM_ON_TIME_DAY, partial(reader.whole, least=1, most=31), reader)
        cycle = self._read(layout.PARAM_CYCLE, partial(_cycle, reader), reader)
        paper = self._read(layout.PARAM_PAPER, partial(_paper, reader), reader)
        return Settings(
            as_of=self._as_of(reader),
            period=self._read(layout.PARAM_PERIOD, partial(self._period, reader), reader),
            inbox=self._text(layout.PARAM_INBOX),
            near_days=usual.near_days if near is None else near,
            red_gap=usual.red_gap if gap is None else Decimal(gap),
            red_days=usual.red_days if days is None else days,
            on_time_day=usual.on_time_day if on_time is None else on_time,
            cycle=usual.cycle if cycle is None else cycle,
            paper=usual.paper if paper is None else paper,
            containments=containments,
            severities=severities,
        )

    def _as_of(self, reader: InputReader) -> date | None:
        """截至日期. Any formula is one whose value changes: a plain file cannot say what it is today."""
        day = self._read(layout.PARAM_AS_OF, reader.stored_date, reader)
        place = self.cells.get(layout.PARAM_AS_OF)
        if place is not None and is_formula(self.image.formula(*place)):
            self.referencing = [f"{self.image.sheet}!{cell_a1(*place)}"]
        if place is not None and day is not None and self.year and day.year != self.year:
            reader.report(rules.AS_OF_OTHER_YEAR, *place, None, text=day.isoformat(), year=self.year)
        return day

    def _period(self, reader: InputReader, row: int, column: int) -> Period | None:
        value = self.image.value(row, column)
        if is_blank(value):
            return None
        day = read_date(value)  # "2024-06" typed into a cell becomes a date in Excel
        typed = label_of(value) if day is None else f"{day.year:04d}-{day.month}"
        try:
            period = PeriodName.parse(typed).of(self.year or FIRST_YEAR)
        except ValueError:
            reader.refuse(row, column, value, reason="不是月份，如 2024-06")
            return None
        if self.year and period.year != self.year:
            reader.refuse(row, column, value, reason=f"不在{self.year}年内")
            return None
        return period


def _cycle(reader: InputReader, row: int, column: int) -> Cycle | None:
    words = label_of(reader.image.text(row, column))
    if words in set(Cycle):
        return Cycle(words)
    if words:
        reader.refuse(row, column, words, reason="不是月、季或半年")
    return None


def _paper(reader: InputReader, row: int, column: int) -> Paper | None:
    words = label_of(reader.image.text(row, column)).upper()
    if words in set(Paper):
        return Paper(words)
    if words:
        reader.refuse(row, column, words, reason="不是 A4 或 A3")
    return None


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.replace("，", "、").split("、") if part)


def _containments(block: Block, reader: InputReader) -> tuple[Containment, ...]:
    columns = block.columns()
    inner, outer = (columns[label] for label in layout.CONTAINMENT_COLUMNS[:2])
    found: list[Containment] = []
    for row in range(block.header_row + 1, max(block.rows_in_use(inner).stop, block.rows_in_use(outer).stop)):
        texts = [block.image.text(row, column) for column in (inner, outer)]
        first, second = map(whole_number, texts)
        if first is not None and second is not None:
            found.append(Containment(first, second))
        elif any(texts):
            column, text = (inner, texts[0]) if first is None else (outer, texts[1])
            reader.refuse(row, column, text or "空白", reason="不是项目序号")
    return tuple(found)


def _severities(block: Block, reader: InputReader) -> dict[str, Severity | None]:
    """Only what differs from the catalogue. What 设置 cannot say is a finding, and the catalogue's severity stands."""
    columns = block.columns()
    code, level = columns["代码"], columns["级别"]
    found: dict[str, Severity | None] = {}
    for row in range(block.header_row + 1, max(block.rows_in_use(code).stop, block.rows_in_use(level).stop)):
        text, word = block.image.text(row, code), block.image.text(row, level)
        rule = RULES.get(text.upper())
        if rule is None:
            if text or word:
                reader.report(rules.RULE_UNKNOWN, row, code, None, text=text or "空白")
            continue
        if not word:
            continue
        if word != layout.SEVERITY_OFF and word not in _SEVERITIES:
            reader.refuse(row, level, word, reason="不是下拉框里的选项")
            continue
        severity = None if word == layout.SEVERITY_OFF else _SEVERITIES[word]
        if severity == rule.severity:
            continue
        if rule.adjustable:
            found[rule.code] = severity
        else:
            standing = layout.SEVERITY_WORDS[rule.severity]
            reader.report(rules.RULE_FIXED, row, level, None, named=rule.code, text=word, level=standing)
    return found
