"""What the formulas of a project's sheet lack after somebody added a row or changed a month: written by the next job that
writes, in the words of the formulas that stand beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xlengines.a1 import area_text, cell_text, shifted

from . import layout
from .contents import handed_over, own_latest
from .image import is_formula
from .writing import Formula, Write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.succession import Succession
    from .image import Block
    from .places import Area
    from .project_sheet import ProjectSheet
    from .unit_table import UnitTable

__all__ = ["grown_names", "mends", "total_mends"]

#: An area of a column from a fixed row to a fixed row: the unit rows, as 合计 and its like name them.
_ROWS: Final = re.compile(r"(?<![\w.!])(\$?[A-Z]{1,3}\$)(\d+)(:\$?[A-Z]{1,3}\$)(\d+)(?![\w(.])")


def mends(sheet: ProjectSheet, succession: Succession) -> list[Write]:
    """The writes that make the formulas of the sheet speak of all its rows, and of units that ended no longer than they should,
    and its labels read as formulas look for them."""
    writes = [*_labels(sheet), *_handed_over(sheet, succession)]
    for table in sheet.tables.values():
        writes += [*_unit_rows(table), *total_mends(table)]
    if sheet.nodes is not None:
        cells = sheet.nodes.expected_formulas()
        writes += [_formula(sheet.nodes.block, *place, text) for place, text in cells.items()]
    return writes


def grown_names(sheet: ProjectSheet) -> dict[str, Area]:
    """The names that must cover more rows than they did: of a unit table and of its marks."""
    table = sheet.tables.get(1)
    if table is None or not table.taken:
        return {}
    names = {layout.project_name(sheet.number, layout.UNITS): table.block.area}
    if layout.UNIT_MARKS in sheet.marks:
        names[layout.project_name(sheet.number, layout.UNIT_MARKS)] = sheet.marks[layout.UNIT_MARKS].area
    return names


def _formula(block: Block, row: int, column: int, text: str) -> Write:
    return Write(block.image.sheet, row, column, [[Formula(text)]])


def _labels(sheet: ProjectSheet) -> Iterator[Write]:
    """Header labels that differ from ours in spaces alone."""
    blocks = [table.block for table in sheet.tables.values()]
    if sheet.nodes is not None:
        blocks.append(sheet.nodes.block)
    known = {*layout.UNIT_COLUMNS, *layout.NODE_COLUMNS}
    for block in blocks:
        for label, column in block.columns().items():
            standing = block.image.value(block.header_row, column)
            if (
                label in known
                and standing != label
                and not is_formula(block.image.formula(block.header_row, column))
            ):
                yield Write(block.image.sheet, block.header_row, column, [[label]])


def _unit_rows(table: UnitTable) -> Iterator[Write]:
    """The formulas of a new unit's row are those of the nearest other row."""
    image = table.block.image
    lacking = {row for row, _ in table.unfilled}
    for row, label in table.unfilled:
        column = table.columns[label]
        models = [
            other
            for other in table.rows.values()
            if other not in lacking and is_formula(image.formula(other, column))
        ]
        if models:
            model = min(models, key=lambda other: abs(other - row))
            text = shifted(own_latest(image.formula(model, column)), row - model, 0)
            yield _formula(table.block, row, column, text)


def _handed_over(sheet: ProjectSheet, succession: Succession) -> Iterator[Write]:
    """最新累计 of the units that ended, and of those that do so no more."""
    table, project = sheet.tables.get(1), sheet.project
    if table is None or project is None or layout.LATEST not in table.columns:
        return
    latest, parts = table.columns[layout.LATEST], {row.unit for row in project.shares}
    image, first, last = table.block.image, table.month_column(1), table.month_column(12)
    heads = area_text(table.block.header_row, first, table.block.header_row, last, row_absolute=True)
    for unit, row in table.rows.items():
        standing = image.formula(row, latest)
        if not is_formula(standing):
            continue
        wanted = own = own_latest(standing)
        heirs = [
            (
                area_text(table.rows[heir], first, table.rows[heir], last),
                cell_text(table.rows[heir], latest),
                since,
            )
            for heir, since in succession.heirs(unit).items()
            if heir in parts and heir in table.rows
        ]
        if heirs:
            wanted = handed_over(own, heirs, heads, is_level=project.is_level)
        if wanted != standing:
            yield _formula(table.block, row, latest, wanted)


def total_mends(table: UnitTable) -> list[Write]:
    """What adds up the unit rows, in 合计's own row and hidden beside it, takes in those that were added above and below
    them. Where the last row stands in for the others it stays left out of what it was left out of."""
    image, block = table.block.image, table.block
    first, last = block.header_row + 1, block.area.bottom

    def whole(match: re.Match[str]) -> str:
        start, top, end, bottom = match.groups()
        if not first <= int(top) <= int(bottom) <= last:
            return match[0]
        is_left_out = table.is_settling and int(bottom) != last
        return f"{start}{first}{end}{last - is_left_out}"

    found = []
    for row in table.totals.values():
        for column in range(image.left, image.right + 1):
            formula = image.formula(row, column)
            if is_formula(formula) and (text := _ROWS.sub(whole, formula)) != formula:
                found.append(_formula(block, row, column, text))
    return found
