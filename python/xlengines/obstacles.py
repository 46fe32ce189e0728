"""What would refuse or mislead a write into cells, asked before it: xlwings' public API cannot say, each host can."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from .a1 import Area, area_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import xlwings as xw

__all__ = ["Kind", "Obstacle", "hidden_rows", "is_read_only", "merged_areas", "obstacles"]


class Kind(StrEnum):
    """Why a write would not do what it says."""

    PROTECTED = "protected"  # the sheet is, and a cell of the area is locked
    FILTERED = "filtered"  # a filter hides rows of the area: Excel writes a block into the visible ones only
    MERGED = "merged"  # a merged area: only its first cell shows what is written
    TABLE = "table"  # a table's header or totals, whose texts its own part repeats


#: Areas in one question: their text may have 255 characters, an area of the last rows and columns has 21.
_TOGETHER = 11


@dataclass(frozen=True, slots=True)
class Obstacle:
    """``area`` is the block that is hindered; of MERGED and TABLE the merged cells, the header or the totals."""

    kind: Kind
    area: Area


def obstacles(sheet: xw.Sheet, areas: Sequence[Area]) -> list[Obstacle]:
    """What stands in the way of writing these areas of a sheet, each thing once."""
    found = sheet.impl.obstacles(areas) if _can_say(sheet) else _in_excel(sheet, areas)
    return list(dict.fromkeys(found))


def merged_areas(sheet: xw.Sheet, areas: Sequence[Area]) -> list[Area]:
    """The merged cells that have one in one of ``areas``, each once; where there are none Excel is asked a single question."""
    if _can_say(sheet):
        found = [one.area for one in sheet.impl.obstacles(areas) if one.kind is Kind.MERGED]
    else:
        found = [*_all_merged(sheet.api, areas)]
    return list(dict.fromkeys(found))


def is_read_only(book: xw.Book) -> bool:
    """Whether the program has opened the book for reading only, so that its owner cannot save what is written."""
    return bool(book.api.ReadOnly if book.app.engine.name == "excel" else book.impl.is_read_only)


def hidden_rows(sheet: xw.Sheet, top: int, bottom: int) -> set[int]:
    """The rows from ``top`` to ``bottom`` that somebody or a filter has hidden: a height of their own would show them."""
    if _can_say(sheet):
        return set(sheet.impl.hidden_rows(top, bottom))
    return set(_hidden_in_excel(sheet.api, top, bottom))


def _hidden_in_excel(api: Any, top: int, bottom: int) -> Iterator[int]:
    hidden = api.Range(f"{top}:{bottom}").Hidden
    if hidden is None:  # they differ
        middle = (top + bottom) // 2
        yield from _hidden_in_excel(api, top, middle)
        yield from _hidden_in_excel(api, middle + 1, bottom)
    elif hidden:
        yield from range(top, bottom + 1)


def overlap(one: Area, other: Area) -> bool:
    """Whether two areas have a cell in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _can_say(sheet: xw.Sheet) -> bool:
    """Whether the engine is one of ours, which xlwings' own is not; it takes no call to tell."""
    return hasattr(sheet.impl, "obstacles")


def _in_excel(sheet: xw.Sheet, areas: Sequence[Area]) -> Iterator[Obstacle]:
    """By Excel's object model, where Locked, Hidden and MergeCells are None of an area whose cells differ."""
    api = sheet.api
    protected = bool(api.ProtectContents) and not api.ProtectionMode
    tables = list(listed) if (listed := api.ListObjects).Count else []
    filtered = bool(api.FilterMode) or any(
        table.ShowAutoFilter and table.AutoFilter.FilterMode for table in tables
    )
    fixed = [
        _bounds(part)
        for table in tables
        for part in (table.HeaderRowRange, table.TotalsRowRange)
        if part is not None
    ]
    for area in areas:
        if protected and api.Range(area_text(*area)).Locked is not False:
            yield Obstacle(Kind.PROTECTED, area)
        if filtered and api.Range(area_text(*area)).EntireRow.Hidden is not False:
            yield Obstacle(Kind.FILTERED, area)
        yield from (Obstacle(Kind.TABLE, part) for part in fixed if overlap(part, area))
    yield from (Obstacle(Kind.MERGED, part) for part in _all_merged(api, areas))


def _all_merged(api: Any, areas: Sequence[Area]) -> Iterator[Area]:
    """The merged areas that touch ``areas``: all are asked about at once, and each only where that says that there may be any."""
    for start in range(0, len(areas), _TOGETHER):
        some = areas[start : start + _TOGETHER]
        if api.Range(",".join(area_text(*area) for area in some)).MergeCells is not False:
            for area in some:
                yield from _merged(api, area)


def _merged(api: Any, area: Area) -> Iterator[Area]:
    """The merged areas that touch ``area``: where Excel says that its cells differ, its halves are asked."""
    top, left, bottom, right = area
    cells = api.Range(area_text(*area))
    merged = cells.MergeCells
    if merged is False:
        return
    if (top, left) == (bottom, right):
        yield _bounds(cells.MergeArea)
    elif bottom - top >= right - left:
        half = (top + bottom) // 2
        yield from _merged(api, (top, left, half, right))
        yield from _merged(api, (half + 1, left, bottom, right))
    else:
        half = (left + right) // 2
        yield from _merged(api, (top, left, bottom, half))
        yield from _merged(api, (top, half + 1, bottom, right))


def _bounds(cells: Any) -> Area:
    top, left = cells.Row, cells.Column
    return (top, left, top + cells.Rows.Count - 1, left + cells.Columns.Count - 1)
