"""汇总表: the judgement's columns; its numbers are formulas that follow the project sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import layout
from .entries import kept
from .marks import laggard_words
from .writing import Write

if TYPE_CHECKING:
    from datetime import date

    from ..domain.status import Judgement
    from .open_master import OpenMaster

__all__ = ["judged_date_writes", "summary_is_filled", "summary_writes"]

_NUMBER, _STATUS, _LAGGARDS = "序号", "状态", "滞后单位"


def summary_writes(master: OpenMaster, judgement: Judgement) -> list[Write]:
    """状态 and 滞后单位 of every project row, found by 序号, one write a column."""
    table = master.needed_table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    judged = {project.project: project for project in judgement.projects}
    image, numbers = table.block.image, table.columns[_NUMBER]
    writes = []
    for label in (_STATUS, _LAGGARDS):
        column = table.columns[label]
        block: list[list[Any]] = []
        for row in table.used:
            number = image.text(row, numbers)
            project = judged.get(int(number)) if number.isdigit() else None
            if project is None:
                block.append([kept(image, row, column)])
            else:
                block.append(
                    [str(project.status) if label == _STATUS else laggard_words(project.laggards) or None]
                )
        if block:
            writes.append(Write(image.sheet, table.used.start, column, block))
    return writes


def summary_is_filled(master: OpenMaster) -> bool:
    table = master.table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    if table is None:
        return False
    return any(row[_STATUS] for row in table.rows())


def judged_date_writes(master: OpenMaster, as_of: date | None) -> list[Write]:
    """The write that tells the formulas which day marks and 汇总表 were judged on; none where it stands already."""
    place = master.settings.cells.get(layout.PARAM_JUDGED)
    if place is None:
        return []
    standing = master.settings.image.value(*place)
    if (standing.date() if hasattr(standing, "date") else standing) == as_of:
        return []
    return [Write(master.settings.image.sheet, *place, [[as_of]])]
