"""Import to a saved master against the bare openpyxl write of the same cells: at most 3 times, in one run.

Rounds are interleaved and the medians compared, so that the machine's mood is the same for both.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side

from minsheng.building import master
from minsheng.incoming import task_document
from minsheng.jobs.importing import sample_document

BOUND, ROUNDS = 3.0, 7


def bare_write(cells: dict[str, list[tuple[int, int, object]]]) -> None:
    """The same cells in one border: values, formulas, and the blank ones that make up the printed tables."""
    workbook = Workbook()
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for title, values in cells.items():
        sheet = workbook.create_sheet(title)
        for row, column, value in values:
            sheet.cell(row, column, value).border = border
    workbook.save(io.BytesIO())


def timed(work: object, *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)  # type: ignore[operator]
    return time.perf_counter() - start


def import_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = task_document.read(sample_document())
        master.build(reading.document, reading.findings, Path(folder) / "总表.xlsx")


def main() -> int:
    reading = task_document.read(sample_document())
    built = load_workbook(io.BytesIO(master.build_bytes(reading.document, reading.findings)))
    cells = {
        sheet.title: [
            (c.row, c.column, c.value)
            for row in sheet.iter_rows()
            for c in row
            if c.value is not None or c.has_style
        ]
        for sheet in built.worksheets
    }
    import_once(), bare_write(cells)
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(timed(import_once))
        bare.append(timed(bare_write, cells))
    ratio = median(ours) / median(bare)
    print(
        f"import {median(ours):.3f} s, bare openpyxl write of {sum(map(len, cells.values()))} cells {median(bare):.3f} s: {ratio:.2f}×, bound {BOUND}×"
    )
    return 1 if ratio > BOUND else 0


if __name__ == "__main__":
    sys.exit(main())
