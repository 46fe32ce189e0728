"""Files as units send them: the form that was sent out, filled in and saved by another program, or taken apart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from minsheng.building import submission as building
from minsheng.domain.master import Master
from minsheng.domain.period import Period
from minsheng.domain.submission import ReportRow, Submission
from minsheng.incoming.forms.reading import read_bytes
from small_county import county, unit

__all__ = ["JUNE", "filled", "form", "only", "packed", "parts", "row", "saved", "sheet_part", "with_cell"]

JUNE = Period(2024, 6)
HEADER = 6


def form(name: str = "丹东", master: Master | None = None, period: Period = JUNE) -> bytes:
    """The form as it is sent out."""
    master = master or county()
    return building.build(master, unit(master, name), period)


def saved(data: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """The file opened, edited and saved by another program."""
    workbook = load_workbook(io.BytesIO(data))
    edit(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def filled(
    values: Mapping[tuple[str, str], Any],
    name: str = "丹东",
    *,
    column: str = "本月累计",
    data: bytes | None = None,
) -> bytes:
    """``values`` by (序号, 承担单位) typed into a column."""

    def edit(workbook: Workbook) -> None:
        sheet = workbook["填报"]
        columns = {cell.value: cell.column for cell in sheet[HEADER]}
        for cells in sheet.iter_rows(min_row=HEADER + 1):
            key = (cells[columns["序号"] - 1].value, cells[columns["承担单位"] - 1].value)
            if key in values:
                cell = cells[columns[column] - 1]
                cell.value = values[key]
                if column != "本月累计" and isinstance(values[key], str):
                    cell.data_type = "s"  # words are text, also those that begin with =

    return saved(form(name) if data is None else data, edit)


def only(data: bytes, file: str = "报来.xlsx") -> Submission:
    """The one submission of a file."""
    (submission,) = read_bytes(data, file)
    return submission


def row(submission: Submission, project: int, unit_name: str, measure: int = 1) -> ReportRow:
    (found,) = [row for row in submission.rows if row.key == (project, unit_name, measure)]
    return found


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(contents: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return out.getvalue()


def with_cell(data: bytes, cell: str, content: str) -> bytes:
    """The file with a blank cell of its first sheet written anew: ``content`` is what follows its style."""

    def change(xml: bytes) -> bytes:
        blank = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|></c>)'.encode())
        changed, count = blank.subn(
            lambda match: f'<c r="{cell}"'.encode() + (match[1] or b"") + content.encode(), xml
        )
        assert count == 1
        return changed

    return sheet_part(data, change)


def sheet_part(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The file with the XML of its first sheet changed."""
    contents = parts(data)
    contents["xl/worksheets/sheet1.xml"] = change(contents["xl/worksheets/sheet1.xml"])
    return packed(contents)
