"""The formulas of 汇总表 and 设置 that leaders and other sheets read: found overwritten, they are findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cells.numbers import whole_number
from . import layout
from .cells import InputReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.finding import Finding
    from .open_master import OpenMaster

__all__ = ["overwritten_overviews"]

_NUMBERS = ("全年目标", "截至计划", "实际累计", "完成率")
_USED = (layout.PARAM_AS_OF_USED, layout.PARAM_MONTH_USED)


def overwritten_overviews(master: OpenMaster) -> Iterator[Finding]:
    """A finding for each number of 汇总表, and for each day in use of 设置, that is no formula any more."""
    table = master.table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    if table is not None:
        image, numbers = table.block.image, table.columns["序号"]
        for row in table.used:
            number = whole_number(image.text(row, numbers))
            if number is not None:
                reader = InputReader(image, number)
                for label in _NUMBERS:
                    reader.formula_kept(row, table.columns[label], label)
                yield from reader.findings
    settings = InputReader(master.settings.image)
    for label in _USED:
        if label in master.settings.cells:
            settings.formula_kept(*master.settings.cells[label], label)
    yield from settings.findings
