"""Sheet 设置: parameters, reporting units, containment pairs and rule severities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..cells.dates import FIRST_YEAR, LAST_YEAR, read_date
from ..cells.labels import label
from ..cells.words import is_blank
from ..domain.catalogue import RULES
from ..domain.catalogue import master as rules
from ..domain.document import Containment
from ..domain.finding import Severity
from ..domain.master import Paper, Settings
from ..domain.period import Period
from ..domain.project import ReportingUnit, UnitKind
from . import layout
from .address import cell_a1
from .cells import InputReader
from .gaps import PRINTED, SETTINGS, Gap, Gaps
from .image import SheetImage, is_formula

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ..domain.finding import Finding
    from .image import Block
    from .places import Places

__all__ = ["SettingsSheet"]

#: The tables of 设置 and the labels that are read of each.
_TABLES = {
    layout.NAME_PARAMETERS: layout.PARAMETER_COLUMNS[:2],
    layout.NAME_UNITS: layout.UNIT_SETTING_COLUMNS,
    layout.NAME_CONTAINMENTS: layout.CONTAINMENT_COLUMNS[:2],
    layout.NAME_RULES: layout.RULE_COLUMNS[::2],
}
#: Every parameter → the part of a master that is not whole without it.
_PARAMETERS = {
    **dict.fromkeys(
        (layout.PARAM_TITLE, layout.PARAM_YEAR, layout.PARAM_AS_OF, layout.PARAM_NEAR_DAYS, layout.PARAM_ID), SETTINGS
    ),
    **dict.fromkeys((layout.PARAM_JUDGED, layout.PARAM_AS_OF_USED, layout.PARAM_MONTH_USED), PRINTED),
    **{label: label for label in (layout.PARAM_PERIOD, layout.PARAM_INBOX, layout.PARAM_ON_TIME_DAY, layout.PARAM_PAPER)},
}  # fmt: skip
_KINDS = {word: UnitKind(kind) for kind, word in layout.KIND_WORDS.items()}
_SEVERITIES = {word: Severity(severity) for severity, word in layout.SEVERITY_WORDS.items()}


@dataclass
class SettingsSheet:
    """What 设置 says. ``cells`` maps a parameter to (row, column) of its value, for jobs that write one."""

    image: SheetImage
    gaps: Gaps
    title: str = ""
    year: int = 0
    id: str = ""
    settings: Settings = field(default_factory=Settings)
    units: tuple[ReportingUnit, ...] = ()
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    referencing: list[str] = field(default_factory=list)

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
        if parameters is not None:
            sheet._parameters(parameters, reader)
        if units is not None:
            sheet.units = _units(units, reader)
        containments = () if pairs is None else _containments(pairs, reader)
        sheet.settings = sheet._settings(
            reader, containments, {} if levels is None else _severities(levels, reader)
        )
        sheet.findings = reader.findings
        sheet.referencing += reader.referencing
        for name in (
            layout.NAME_ID,
            layout.NAME_YEAR,
            layout.NAME_AS_OF,
            layout.NAME_AS_OF_MONTH,
            layout.NAME_JUDGED,
        ):
            if name not in places.known:
                sheet.gaps.add(PRINTED, rules.NAME_MISSING, label=name)
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
            if label not in self.cells:
                place = block.header_row, label_column
                self.gaps.add(part, rules.LABEL_MISSING, place, label=label, stands="")
        self.title = self._text(layout.PARAM_TITLE)
        self.id = self._text(layout.PARAM_ID)
        if layout.PARAM_YEAR in self.cells:
            place = self.cells[layout.PARAM_YEAR]
            self.year = reader.whole(*place, FIRST_YEAR, LAST_YEAR) or 0
            self._needed(layout.PARAM_YEAR, bool(self.year), reader)
        if layout.PARAM_ID in self.cells:
            self._needed(layout.PARAM_ID, bool(self.id), reader)

    def _needed(self, parameter: str, is_read: bool, reader: InputReader) -> None:
        """A gap where a parameter has no value that can be read: as it was refused, or because it is blank."""
        if is_read:
            return
        place = self.cells[parameter]
        if is_blank(self.image.value(*place)):
            self.gaps.add(SETTINGS, rules.INPUT_UNREADABLE, place, text="空白", reason="不能空着")
        else:
            self.gaps.found.append(Gap(SETTINGS, reader.findings[-1]))

    def _text(self, parameter: str) -> str:
        return self.image.text(*self.cells[parameter]) if parameter in self.cells else ""

    def _whole(self, reader: InputReader, parameter: str, least: int, most: int, otherwise: int) -> int:
        found = reader.whole(*self.cells[parameter], least, most) if parameter in self.cells else None
        return otherwise if found is None else found

    def _settings(
        self,
        reader: InputReader,
        containments: tuple[Containment, ...],
        severities: dict[str, Severity | None],
    ) -> Settings:
        usual = Settings()
        return Settings(
            as_of=self._as_of(reader),
            period=self._period(reader),
            inbox=self._text(layout.PARAM_INBOX),
            near_days=self._whole(reader, layout.PARAM_NEAR_DAYS, 0, 366, usual.near_days),
            on_time_day=self._whole(reader, layout.PARAM_ON_TIME_DAY, 1, 31, usual.on_time_day),
            paper=self._paper(reader),
            containments=containments,
            severities=severities,
        )

    def _as_of(self, reader: InputReader) -> date | None:
        """截至日期. Any formula is one whose value changes: a plain file cannot say what it is today."""
        if layout.PARAM_AS_OF not in self.cells:
            return None
        place = self.cells[layout.PARAM_AS_OF]
        day = reader.stored_date(*place)
        if is_formula(self.image.formula(*place)):
            self.referencing.append(f"{self.image.sheet}!{cell_a1(*place)}")
        if not is_blank(self.image.value(*place)):
            self._needed(layout.PARAM_AS_OF, day is not None, reader)
        if day is not None and self.year and day.year != self.year:
            reader.report(rules.AS_OF_OTHER_YEAR, *place, None, text=day.isoformat(), year=self.year)
        return day

    def _paper(self, reader: InputReader) -> Paper:
        words = label(self._text(layout.PARAM_PAPER)).upper()
        if words and words not in set(Paper):
            reader.refuse(*self.cells[layout.PARAM_PAPER], words)
        return Paper(words) if words in set(Paper) else Settings().paper

    def _period(self, reader: InputReader) -> Period | None:
        if layout.PARAM_PERIOD not in self.cells:
            return None
        value = self.image.value(*self.cells[layout.PARAM_PERIOD])
        if is_blank(value):
            return None
        day = read_date(value)  # "2024-06" typed into a cell becomes a date in Excel
        try:
            period = Period.parse(label(value)) if day is None else Period(day.year, day.month)
        except ValueError:
            reader.refuse(*self.cells[layout.PARAM_PERIOD], value, reason="不是月份，如 2024-06")
            return None
        if period.year != self.year:
            reader.refuse(*self.cells[layout.PARAM_PERIOD], value, reason=f"不在{self.year}年内")
            return None
        return period


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.replace("，", "、").split("、") if part)


def _units(block: Block, reader: InputReader) -> tuple[ReportingUnit, ...]:
    columns = block.columns()
    found: list[ReportingUnit] = []
    for row in block.rows_in_use(columns[layout.UNIT]):
        words = {
            label: block.image.text(row, columns[label]) if label in columns else ""
            for label in layout.UNIT_SETTING_COLUMNS
        }
        if words[layout.UNIT]:
            kind = _KINDS.get(words["类别"])
            if kind is None:
                kind = UnitKind.TOWNSHIP
                reader.refuse(row, columns.get("类别", columns[layout.UNIT]), words["类别"] or "空白")
            found.append(
                ReportingUnit(words[layout.UNIT], kind, _split(words["别名"]), _split(words["成员"]))
            )
    return tuple(found)


def _containments(block: Block, reader: InputReader) -> tuple[Containment, ...]:
    columns = block.columns()
    inner, outer = (columns[label] for label in layout.CONTAINMENT_COLUMNS[:2])
    found: list[Containment] = []
    for row in range(block.header_row + 1, max(block.rows_in_use(inner).stop, block.rows_in_use(outer).stop)):
        texts = {column: block.image.text(row, column) for column in (inner, outer)}
        loose = [column for column, text in texts.items() if not text.isdecimal()]
        if not loose:
            found.append(Containment(int(texts[inner]), int(texts[outer])))
        elif any(texts.values()):
            reader.refuse(row, loose[0], texts[loose[0]] or "空白")
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
            reader.refuse(row, level, word)
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
