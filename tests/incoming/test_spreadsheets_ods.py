"""Tables of the open format: what a cell holds, shows and hides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from incoming.form_files import packed
from minsheng.cells.flags import CellFlag
from minsheng.incoming.spreadsheets.refusal import Refusal, Refused
from minsheng.incoming.spreadsheets.sheet import Sheet
from minsheng.incoming.spreadsheets.workbook import open_workbook

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "draw")
)
TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def read(table: str, before: str = "") -> Sheet:
    content = (
        f'<office:document-content {NAMES} xmlns:calcext="urn:calcext"><office:body><office:spreadsheet>{before}'
        f'<table:table table:name="表">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    (sheet,) = open_workbook(packed({"mimetype": TYPE, "content.xml": content.encode()})).sheets()
    assert sheet.name == "表"
    return sheet


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def number(value: str, shown: str, kind: str = "float", more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}"{more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def text(content: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}>{content}</table:table-cell>'


@pytest.mark.parametrize(
    ("cell", "value", "flags"),
    [
        (number("12", "12"), 12.0, ()),
        (number("1234567.5", "1,234,567.5"), 1234567.5, ()),
        (number("0.6666", "0.67"), 0.6666, ()),
        (number("0.55", "55%", "percentage"), 0.55, {CellFlag.PERCENT}),
        (number("50000", "5万"), 50000.0, {CellFlag.SCALED}),
        (number("50000", "50"), 50000.0, {CellFlag.SCALED}),
        (number("2", "2", more=' table:formula="of:=1+1"'), 2.0, {CellFlag.FORMULA}),
        (number("nan", "nan"), "nan", ()),
        (number("1_0", "10"), "1_0", ()),
        (number("", "x"), "", ()),
        ('<table:table-cell table:formula="of:=1+1"/>', "", {CellFlag.UNCOMPUTED}),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', True, ()),
        ('<table:table-cell office:value-type="date" office:date-value="2024-06-30"/>', datetime(2024, 6, 30), ()),
        ('<table:table-cell office:value-type="date" office:date-value="不是"/>', "", ()),
        (text("<text:p>一<text:span>二</text:span></text:p><text:p>三</text:p>"), "一二\n三", ()),
        (text('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'), "a   b\tc\nd", ()),
        (text("<office:annotation><text:p>批注</text:p></office:annotation><text:p>字</text:p>"), "字", ()),
        (text("<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame><text:p>字</text:p>"), "字", ()),
        (text("<text:p>#N/A</text:p>", ' calcext:value-type="error" table:formula="of:=NA()"'), "", {CellFlag.ERROR}),
        (text("<text:p>=DISPIMG(\"ID_A\",1)</text:p>"), "", {CellFlag.ERROR}),
    ],
)  # fmt: skip
def test_a_cell_is_what_it_holds_and_shows(cell: str, value: Any, flags: set[CellFlag] | tuple[()]) -> None:
    sheet = read(row(number("1", "1") + cell))
    assert (sheet.rows[0][1] if len(sheet.rows[0]) > 1 else "") == value
    assert sheet.flags.of(0, 1) == frozenset(flags)


def test_cells_and_rows_repeat() -> None:
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    twice = ' table:number-rows-repeated="2"'
    table = (
        row(blank + number("1", "1", more=' table:number-columns-repeated="2"'), twice)
        + row(blank, twice)
        + row(number("2", "2"))
    )
    assert read(table).rows == [["", "", 1.0, 1.0]] * 2 + [[""] * 4] * 2 + [[2.0, "", "", ""]]


def test_hidden_and_merged_cells() -> None:
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    merged = number("1", "1", more=' table:number-columns-spanned="2" table:number-rows-spanned="2"')
    covered = '<table:covered-table-cell office:value-type="float" office:value="7"/>'
    sheet = read(
        columns
        + row(merged + covered)
        + row(number("2", "2"), ' table:visibility="filter"')
        + row("", ' table:visibility="collapse"')
    )
    assert sheet.rows == [[1.0, 7.0], [2.0, ""]]
    assert sheet.merged == ((0, 0, 1, 1),)
    assert sheet.hidden_columns == {1, 2}
    assert sheet.hidden_rows == {1}


def test_cells_of_an_older_version_are_none_of_the_table() -> None:
    changes = (
        "<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell/>"
        f"{row(number('9', '9'))}</table:previous></table:cell-content-change></table:tracked-changes>"
    )
    assert read(row(number("1", "1")), changes).rows == [[1.0]]


@pytest.mark.parametrize("count", ["-1", "x", "99999999999", "１"])
def test_a_count_that_is_none_is_damage(count: str) -> None:
    with pytest.raises(Refused) as refused:
        read(row(number("1", "1", more=f' table:number-columns-repeated="{count}"')))
    assert refused.value.refusal is Refusal.DAMAGED
