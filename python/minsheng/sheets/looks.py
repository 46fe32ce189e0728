"""Inputs whose looks say something else than is stored: a format that shows another number, a cell covered by a merged one.

Formulas and judgement take what is stored; the findings say what a person sees. The host is asked once a sheet, and
block by block only where the formats differ: in Excel each question crosses a process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlengines.obstacles import merged_areas

from ..cells.flags import CellFlag
from ..cells.number_formats import flag_of_format
from ..cells.numbers import exact, plain
from ..domain.catalogue import master as rules
from . import layout
from .places import Area, cell_a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from ..domain.finding import Finding
    from .open_master import OpenMaster
    from .project_sheet import ProjectSheet

__all__ = ["looks_of_inputs"]

#: Cells by (row, column) of the sheet.
Cells = dict[tuple[int, int], float]
_OVERVIEW_NUMBERS = (layout.TARGET, layout.PRINTED_TOTAL, layout.ADJUSTED_TARGET)


def looks_of_inputs(book: xw.Book, master: OpenMaster) -> list[Finding]:
    """A finding for each input of a project that is shown as another number, and for each merged area over inputs."""
    found: list[Finding] = []
    for sheet in master.projects.values():
        page = book.sheets[sheet.image.sheet]
        blocks = [(places, _numbers(sheet, places)) for places in _inputs(sheet)]
        alike = _plainly_shown(page, [numbers for _, numbers in blocks if numbers])
        for places, numbers in blocks:
            if not alike:
                found += _shown_otherwise(page, sheet.number, numbers)
            if len(places) > 1:
                found += _covered(page, sheet.number, places, numbers)
    return found


def _numbers(sheet: ProjectSheet, places: list[tuple[int, int]]) -> Cells:
    return {
        place: float(value)
        for place in places
        if isinstance(value := sheet.image.value(*place), int | float) and not isinstance(value, bool)
    }


def _plainly_shown(page: xw.Sheet, blocks: list[Cells]) -> bool:
    """Whether all blocks are in one format that shows what is stored: the usual sheet, for a single question."""
    if not blocks:
        return True
    areas = ",".join(Area(page.name, *_around(list(numbers))).a1 for numbers in blocks)
    code = page.range(areas).number_format
    return code is not None and flag_of_format(0, code) is None


def _inputs(sheet: ProjectSheet) -> Iterator[list[tuple[int, int]]]:
    """The cells of each block of inputs, row by row."""
    for table in sheet.tables.values():
        columns = [table.columns[layout.SHARE], *map(table.month_column, range(1, 13))]
        yield [(row, column) for row in table.rows.values() for column in columns]
    if sheet.node_rows:
        yield [(row, sheet.node_columns[layout.NODE_PLAN]) for row in sheet.node_rows]
    yield from ([sheet.labels[label]] for label in _OVERVIEW_NUMBERS if label in sheet.labels)


def _around(places: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    rows, columns = zip(*places, strict=True)
    return min(rows), min(columns), max(rows), max(columns)


def _shown_otherwise(page: xw.Sheet, project: int, numbers: Cells) -> Iterator[Finding]:
    """One question where all cells are formatted alike; else one for each half, until they are."""
    if not numbers:
        return
    top, left, bottom, right = _around(list(numbers))
    code = page.range((top, left), (bottom, right)).number_format
    if code is None and (top, left) != (bottom, right):
        if bottom - top > right - left:
            first = {place: n for place, n in numbers.items() if place[0] <= (top + bottom) // 2}
        else:
            first = {place: n for place, n in numbers.items() if place[1] <= (left + right) // 2}
        yield from _shown_otherwise(page, project, first)
        yield from _shown_otherwise(page, project, {p: n for p, n in numbers.items() if p not in first})
        return
    flag = flag_of_format(0, code or "")
    for place, number in numbers.items() if flag is not None else ():
        stored = exact(number)
        text = f"“{plain(stored * 100)}%”" if flag is CellFlag.PERCENT else "另一个数"
        yield rules.SHOWN_OTHERWISE.finding(
            project=project, sheet=page.name, cell=cell_a1(*place), text=text, stands=plain(stored)
        )


def _covered(
    page: xw.Sheet, project: int, places: list[tuple[int, int]], numbers: Cells
) -> Iterator[Finding]:
    """A merged area over inputs: the first covered one is named, one that holds a number before the others."""
    for top, left, bottom, right in merged_areas(page, _around(places)):
        covered = [
            place
            for place in places
            if top <= place[0] <= bottom and left <= place[1] <= right and place != (top, left)
        ]
        if covered:
            cell = next((place for place in covered if place in numbers), covered[0])
            hidden = (
                f"的{plain(exact(numbers[cell]))}看不见，合计照样算进去"
                if cell in numbers
                else "没有地方填数"
            )
            yield rules.MERGED_INPUT.finding(
                project=project, sheet=page.name, cell=cell_a1(*cell),
                area=Area(page.name, top, left, bottom, right).a1, stands=hidden,
            )  # fmt: skip
