"""Sheet 设置: parameters, reporting units, containment pairs and rule severities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..cells.labels import label
from ..domain.catalogue import RULES
from ..domain.catalogue import master as rules
from ..domain.document import Containment
from ..domain.finding import Severity
from ..domain.master import Paper, Settings
from ..domain.period import Period
from ..domain.project import ReportingUnit, UnitKind
from . import layout
from .cells import InputReader

if TYPE_CHECKING:
    from ..domain.finding import Finding
    from .image import Block, SheetImage
    from .places import Places

__all__ = ["SettingsSheet"]

_KINDS = {word: UnitKind(kind) for kind, word in layout.KIND_WORDS.items()}
_SEVERITIES = {word: Severity(severity) for severity, word in layout.SEVERITY_WORDS.items()}


@dataclass
class SettingsSheet:
    """What 设置 says. ``cells`` maps a parameter to (row, column) of its value, for jobs that write one."""

    image: SheetImage
    title: str = ""
    year: int = 0
    id: str = ""
    settings: Settings = field(default_factory=Settings)
    units: tuple[ReportingUnit, ...] = ()
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def read(cls, places: Places, image: SheetImage) -> SettingsSheet:
        sheet = cls(image)
        reader = InputReader(image)
        blocks = {
            name: image.block(area)
            for name in (
                layout.NAME_PARAMETERS,
                layout.NAME_UNITS,
                layout.NAME_CONTAINMENTS,
                layout.NAME_RULES,
            )
            if (area := places.get(name)) is not None and area.sheet == image.sheet
        }
        if layout.NAME_PARAMETERS in blocks:
            sheet._parameters(blocks[layout.NAME_PARAMETERS], reader)
        if layout.NAME_UNITS in blocks:
            sheet.units = _units(blocks[layout.NAME_UNITS], reader)
        containments: tuple[Containment, ...] = ()
        if layout.NAME_CONTAINMENTS in blocks:
            containments = _containments(blocks[layout.NAME_CONTAINMENTS], reader)
        severities = _severities(blocks[layout.NAME_RULES], reader) if layout.NAME_RULES in blocks else {}
        sheet.settings = sheet._settings(reader, containments, severities)
        sheet.findings = reader.findings
        return sheet

    def _parameters(self, block: Block, reader: InputReader) -> None:
        columns = block.columns()
        label_column, value_column = (columns.get(label) for label in layout.PARAMETER_COLUMNS[:2])
        if label_column is None or value_column is None:
            return
        for row in block.rows_in_use(label_column):
            self.cells.setdefault(block.image.text(row, label_column), (row, value_column))
        self.title = self._text(layout.PARAM_TITLE)
        self.id = self._text(layout.PARAM_ID)
        if layout.PARAM_YEAR in self.cells:
            year = reader.number(*self.cells[layout.PARAM_YEAR])
            self.year = int(year) if year is not None else 0

    def _text(self, parameter: str) -> str:
        return self.image.text(*self.cells[parameter]) if parameter in self.cells else ""

    def _whole(self, reader: InputReader, parameter: str) -> int | None:
        if parameter not in self.cells:
            return None
        number = reader.number(*self.cells[parameter])
        return None if number is None else int(number)

    def _settings(
        self,
        reader: InputReader,
        containments: tuple[Containment, ...],
        severities: dict[str, Severity | None],
    ) -> Settings:
        as_of = reader.date(*self.cells[layout.PARAM_AS_OF]) if layout.PARAM_AS_OF in self.cells else None
        near = self._whole(reader, layout.PARAM_NEAR_DAYS)
        on_time = self._whole(reader, layout.PARAM_ON_TIME_DAY)
        if on_time is not None and not 1 <= on_time <= 31:
            reader.refuse(*self.cells[layout.PARAM_ON_TIME_DAY], on_time)
            on_time = None
        return Settings(
            as_of=as_of,
            period=self._period(reader),
            inbox=self._text(layout.PARAM_INBOX),
            near_days=Settings().near_days if near is None else near,
            on_time_day=Settings().on_time_day if on_time is None else on_time,
            paper=self._paper(reader),
            containments=containments,
            severities=severities,
        )

    def _paper(self, reader: InputReader) -> Paper:
        words = label(self._text(layout.PARAM_PAPER)).upper()
        if words and words not in set(Paper):
            reader.refuse(*self.cells[layout.PARAM_PAPER], words)
        return Paper(words) if words in set(Paper) else Settings().paper

    def _period(self, reader: InputReader) -> Period | None:
        if layout.PARAM_PERIOD not in self.cells:
            return None
        value = self.image.value(*self.cells[layout.PARAM_PERIOD])
        # "2024-06" typed into a cell becomes a date in Excel.
        if hasattr(value, "year") and hasattr(value, "month"):
            return Period(value.year, value.month)
        try:
            return Period.parse(str(value)) if value else None
        except ValueError:
            reader.refuse(*self.cells[layout.PARAM_PERIOD], value)
            return None


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.replace("，", "、").split("、") if part)


def _units(block: Block, reader: InputReader) -> tuple[ReportingUnit, ...]:
    columns = block.columns()
    if layout.UNIT not in columns:
        return ()
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
    inner, outer = (columns.get(label) for label in layout.CONTAINMENT_COLUMNS[:2])
    if inner is None or outer is None:
        return ()
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
    code, level = columns.get("代码"), columns.get("级别")
    if code is None or level is None:
        return {}
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
