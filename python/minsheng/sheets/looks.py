"""Inputs whose looks say something else than is stored: a format that shows another number, a cell covered by a merged one.

Formulas and judgement take what is stored; the findings say what a person sees. The host is asked once a sheet, and
block by block only where the formats differ: in Excel each question crosses a process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlengines.a1 import area_text
from xlengines.obstacles import merged_areas

from ..cells.flags import CellFlag
from ..cells.number_formats import flag_of_format
from ..cells.numbers import exact, plain
from ..domain.catalogue import master as rules
from . import layout
from .places import cell_a1

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import xlwings as xw

    from ..domain.finding import Finding
    from .open_master import OpenMaster
    from .project_sheet import ProjectSheet

__all__ = ["looks_of_inputs"]

#: Cells by (row, column) of the sheet.
Cells = dict[tuple[int, int], float]
_OVERVIEW_NUMBERS = (layout.TARGET, layout.PRINTED_TOTAL, layout.ADJUSTED_TARGET)


def looks_of_inputs(master: OpenMaster) -> list[Finding]:
    """A finding for each input of a project that is shown as another number, and for each merged area over inputs."""
    found: list[Finding] = []
    for sheet in master.projects.values():
        page = master.pages[sheet.image.sheet]
        blocks = [(places, _numbers(sheet, places)) for places in _inputs(sheet)]
        alike = _plainly_shown(page, [numbers for _, numbers in blocks if numbers])
        wide = [_around(places) for places, _ in blocks if len(places) > 1]
        merged = merged_areas(page, wide) if wide else ()
        for places, numbers in blocks:
            if not alike:
                found += _shown_otherwise(page, sheet, numbers)
            if len(places) > 1:
                found += _covered(merged, sheet, places, numbers)
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
    areas = ",".join(area_text(*_around(list(numbers))) for numbers in blocks)
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


def _shown_otherwise(page: xw.Sheet, sheet: ProjectSheet, numbers: Cells) -> Iterator[Finding]:
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
        yield from _shown_otherwise(page, sheet, first)
        yield from _shown_otherwise(page, sheet, {p: n for p, n in numbers.items() if p not in first})
        return
    flag = flag_of_format(0, code or "")
    for place, number in numbers.items() if flag is not None else ():
        stored = exact(number)
        text = f"“{plain(stored * 100)}%”" if flag is CellFlag.PERCENT else "另一个数"
        yield rules.SHOWN_OTHERWISE.finding(
            project=sheet.number,
            sheet=sheet.image.sheet,
            cell=cell_a1(*place),
            text=text,
            stands=plain(stored),
        )


def _covered(
    merged: Sequence[tuple[int, int, int, int]],
    sheet: ProjectSheet,
    places: list[tuple[int, int]],
    numbers: Cells,
) -> Iterator[Finding]:
    """A merged area over inputs: the first covered one is named, one that holds a number before the others."""
    for top, left, bottom, right in merged:
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
                project=sheet.number, sheet=sheet.image.sheet, cell=cell_a1(*cell),
                area=area_text(top, left, bottom, right), stands=hidden,
            )  # fmt: skip
