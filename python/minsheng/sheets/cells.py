"""Input cells of a master, read exactly or refused with a finding; nothing turns into 0, nothing is dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xlengines.a1 import refers_to_cells

from ..cells.dates import read_date
from ..cells.number_cells import Remark, read_number
from ..cells.words import is_blank, shown
from ..domain.catalogue import master as rules
from .image import is_formula
from .places import cell_a1

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from ..domain.finding import Finding, Rule
    from .image import SheetImage

__all__ = ["InputReader", "literal_text"]


def literal_text(text: str) -> str:
    """``text`` so that no host takes it for a formula, a number or a date: with a leading apostrophe unless it starts
    with a Chinese character or is empty."""
    return text if not text or "\u4e00" <= text[0] <= "\u9fff" else f"'{text}"


_NO_DATE = "不是日期"


@dataclass
class InputReader:
    """Reads inputs of one sheet and collects what could not be read.

    ``referencing`` lists the cells whose input is a formula of more than literals: a plain file has no value of it.
    """

    image: SheetImage
    project: int | None = None
    findings: list[Finding] = field(default_factory=list)
    referencing: list[str] = field(default_factory=list)

    def number(
        self, row: int, column: int, *, measured_in: str = "", unit: str | None = None
    ) -> Decimal | None:
        """The number that a cell of things measured in ``measured_in`` holds, as formulas take it: None for a blank one
        and, with a finding, for one that cannot be read and for text that only looks like a number."""
        self._note_formula(row, column, unit)
        read = read_number(self.image.value(row, column), measured_in)
        if read.remark is Remark.TEXT:
            self.report(rules.NUMBER_AS_TEXT, row, column, unit, text=read.text)
            return None
        if read.refused:
            self.refuse(row, column, read.text, unit, reason=read.reason)
        return read.value

    def whole(self, row: int, column: int, least: int, most: int) -> int | None:
        """A whole number from ``least`` to ``most``; None for a blank cell and, with a finding, for anything else."""
        number = self.number(row, column)
        if number is None:
            return None
        if number % 1 or not least <= number <= most:
            self.refuse(row, column, self.image.value(row, column), reason=f"应是{least}到{most}的整数")
            return None
        return int(number)

    def stored_date(self, row: int, column: int) -> date | None:
        """A day that formulas compute with: text that says one is passed over by them, and refused here."""
        if isinstance(self.image.value(row, column), str):
            found = read_date(self.image.value(row, column))
            if found is not None:
                self.refuse(row, column, self.image.value(row, column), reason="是文字，不是日期")
                return None
        return self.date(row, column)

    def date(self, row: int, column: int) -> date | None:
        """A day, typed as a date or as text that says one; None for a blank cell and, with a finding, for anything
        else."""
        self._note_formula(row, column, None)
        value = self.image.value(row, column)
        found = read_date(value)
        if found is None and not is_blank(value):
            self.refuse(row, column, value, reason=_NO_DATE)
        return found

    def choice(self, row: int, column: int, words: dict[str, bool]) -> bool | None:
        """A drop-down's word; blank is None, any other word a finding."""
        text = self.image.text(row, column)
        if not text:
            return None
        if text not in words:
            self.refuse(row, column, text, reason="不是下拉框里的选项")
        return words.get(text)

    def formula_kept(self, row: int, column: int, label: str, unit: str | None = None) -> bool:
        """Whether a formula of the template still computes; reported where somebody has overwritten it with a value, or
        deleted what it refers to."""
        text = self.image.formula(row, column)
        kept = is_formula(text) and "#REF!" not in text
        if not kept:
            self.report(rules.FORMULA_OVERWRITTEN, row, column, unit, label=label, text=text[:60] or "空白")
        return kept

    def report(self, rule: Rule, row: int, column: int, unit: str | None, **words: Any) -> None:
        """Add a finding at a cell of this sheet (row and column from 1), its subject the project and ``unit``."""
        self.findings.append(
            rule.finding(
                project=self.project, unit=unit, sheet=self.image.sheet, cell=cell_a1(row, column), **words
            )
        )

    def _note_formula(self, row: int, column: int, unit: str | None) -> None:
        formula = self.image.formula(row, column)
        if not is_formula(formula):
            return
        if refers_to_cells(formula):
            self.referencing.append(f"{self.image.sheet}!{cell_a1(row, column)}")
        self.report(rules.FORMULA_IN_INPUT, row, column, unit, text=formula)

    def refuse(
        self, row: int, column: int, value: Any, unit: str | None = None, *, reason: str = "认不出是什么"
    ) -> None:
        """Report an input that is none, and why."""
        self.report(rules.INPUT_UNREADABLE, row, column, unit, text=shown(value), reason=reason)
