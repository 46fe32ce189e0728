"""Which of our tables stand in an open master, and what of them is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.catalogue import master as rules
from ..domain.finding import Severity
from . import layout
from .address import Area
from .gaps import Gap, Gaps
from .tables import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .image import SheetImage
    from .places import Places

__all__ = ["read_tables"]

#: Missed by jobs; the others are missed by nobody but who looks at them.
_NEEDED = (layout.NAME_SUMMARY, layout.NAME_FINDINGS, layout.NAME_DETAILS, layout.NAME_LOG)


def read_tables(
    places: Places, images: Mapping[str, SheetImage], nameless: Sequence[SheetImage]
) -> tuple[dict[str, Table], list[Gap]]:
    """The tables of layout.TABLES that can be read, by name, and a gap for each thing that is missing of the others.

    ``nameless`` are the sheets that no name points to: a table whose name is lost may stand on one of them.
    """
    found: dict[str, Table] = {}
    gaps: list[Gap] = []
    lost: list[str] = []
    for name, (_, all_labels) in layout.TABLES.items():
        area = places.get(name)
        image = images.get(area.sheet) if area else None
        if area is None or image is None:
            lost.append(name)
            continue
        block = image.block(area)
        missing = Gaps(image.sheet)
        newer = layout.NEWER_COLUMNS if area.right - area.left + 1 < len(all_labels) else ()
        labels = tuple(label for label in all_labels if label not in newer)
        columns = missing.header(name, block, labels)
        gaps += missing.found
        if not missing.found:
            others = {other: own for other, own in places.areas.items() if own.sheet == image.sheet}
            del others[name]
            found[name] = Table(name, block, labels, columns, others)
    headers = {(table.block.image.sheet, table.block.header_row) for table in found.values()}
    return found, gaps + [_lost(name, [*images.values(), *nameless], headers) for name in lost]


def _lost(name: str, images: Sequence[SheetImage], headers: Collection[tuple[str, int]]) -> Gap:
    """The gap of a table without its name: where its header still stands somewhere, the table is there and goes stale.
    ``headers`` are those of other tables."""
    tab, labels = layout.TABLES[name]
    for image in sorted(images, key=lambda image: image.sheet != tab):
        for row in range(image.top, image.bottom + 1) if len(labels) > 1 else ():
            if (image.sheet, row) not in headers and set(labels) <= _row(image, row).keys():
                gaps = Gaps(image.sheet)
                gaps.add(name, rules.NAME_MISSING, (row, 1), label=name)
                return gaps.found[0]
    if tab in {image.sheet for image in images}:
        severity = Severity.ERROR if name in _NEEDED else Severity.WARNING
        return Gap(name, rules.NAME_MISSING.finding(sheet=tab, label=name, severity=severity), gone=True)
    is_needed = any(layout.TABLES[needed][0] == tab for needed in _NEEDED)
    severity = Severity.ERROR if is_needed else Severity.WARNING
    return Gap(name, rules.TABLE_LOST.finding(sheet=tab, severity=severity), gone=True)


def _row(image: SheetImage, row: int) -> dict[str, int]:
    return image.block(Area(image.sheet, row, image.left, row, image.right)).columns()
