"""Sheets in XML: what the fast way reads is what the parser of XML reads, and what another reader reads."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from minsheng.cells.flags import CellFlag
from minsheng.incoming.spreadsheets import worksheet
from minsheng.incoming.spreadsheets.refusal import Limits, Refusal, Refused
from minsheng.incoming.spreadsheets.sheet import Sheet, Styles
from minsheng.incoming.spreadsheets.workbook import open_workbook
from minsheng.incoming.spreadsheets.worksheet import CellKinds, WorksheetReader

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS = ["零", "一 二", '=DISPIMG("ID_A",1)']
#: Cell styles: general, a date, 0%, thousands left out.
STYLES = Styles([0, 14, 9, 164], {164: "0.0,"})


def reader(*, since_1904: bool = False) -> WorksheetReader:
    return WorksheetReader(STRINGS, CellKinds(STYLES), since_1904=since_1904)


def part(rows: str, head: str = "", tail: str = "") -> bytes:
    return f"<worksheet {MAIN}>{head}<sheetData>{rows}</sheetData>{tail}</worksheet>".encode()


def read(rows: str, head: str = "", tail: str = "") -> Sheet:
    return reader().read("表", part(rows, head, tail))


def cell(content: str, place: str = "A1") -> Sheet:
    number = re.sub("[A-Z]", "", place)
    return read(f'<row r="{number}"><c r="{place}"{content}</row>')


def parsed(xml: bytes) -> Sheet:
    """The sheet as the parser alone reads it: a comment is nothing that the fast way knows."""
    return reader().read("表", xml.replace(b"</worksheet>", b"<!-- --></worksheet>"))


@pytest.mark.parametrize(
    ("content", "value", "flags"),
    [
        ("><v>12</v></c>", 12.0, ()),
        ("><v>0.6</v></c>", 0.6, ()),
        ("><v>-1.5E3</v></c>", -1500.0, ()),
        (' t="n"><v>7</v></c>', 7.0, ()),
        ('><v></v></c>', None, ()),
        ("/>", None, ()),
        (' t="s"><v>1</v></c>', "一 二", ()),
        (' t="inlineStr"><is><t>文字</t></is></c>', "文字", ()),
        (' t="inlineStr"><is><t xml:space="preserve"> 字 </t></is></c>', " 字 ", ()),
        (' t="inlineStr"><is><r><t>一</t></r><r><rPr/><t>二</t></r><rPh><t>ア</t></rPh></is></c>', "一二", ()),
        (' t="inlineStr"><is><t>a&lt;b&amp;&#20013;&#x4e2d;</t></is></c>', "a<b&中中", ()),
        (' t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', "a<b", ()),
        (' t="inlineStr"><is><t>一\r\n二\r三</t></is></c>', "一\n二\n三", ()),
        (' t="b"><v>1</v></c>', True, ()),
        (' t="b"><v>0</v></c>', False, ()),
        (' t="d"><v>2024-06-30T00:00:00</v></c>', datetime(2024, 6, 30), ()),
        (' t="e"><v>#REF!</v></c>', "", {CellFlag.ERROR}),
        (' t="e" vm="1"><v>#VALUE!</v></c>', "", {CellFlag.ERROR}),
        (' t="e"/>', "", {CellFlag.ERROR}),
        ("><f>1+1</f><v>2</v></c>", 2.0, {CellFlag.FORMULA}),
        ('><f t="shared" si="0"/><v>2</v></c>', 2.0, {CellFlag.FORMULA}),
        (' t="str"><f>A2</f><v>字</v></c>', "字", {CellFlag.FORMULA}),
        (' t="str"><f>A2</f><v></v></c>', "", {CellFlag.FORMULA}),
        ("><f>1+1</f></c>", "", {CellFlag.UNCOMPUTED}),
        ("><f>1+1</f><v></v></c>", "", {CellFlag.UNCOMPUTED}),
        ("><f>1+1</f><v/></c>", "", {CellFlag.UNCOMPUTED}),
        (' s="1"><v>45473</v></c>', datetime(2024, 6, 30), ()),
        (' s="1"><v>0.5</v></c>', time(12), ()),
        (' s="1"><v>5</v></c>', 5.0, {CellFlag.SCALED}),
        (' s="1"><f>A2</f><v>45473</v></c>', datetime(2024, 6, 30), {CellFlag.FORMULA}),
        (' s="2"><v>0.55</v></c>', 0.55, {CellFlag.PERCENT}),
        (' s="3"><v>5000</v></c>', 5000.0, {CellFlag.SCALED}),
        (' s="2" t="s"><v>0</v></c>', "零", ()),
        (' s="99"><v>3</v></c>', 3.0, ()),
        (' t="s"><v>2</v></c>', "", {CellFlag.ERROR}),
        (' t="str"><f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v></c>', "", {CellFlag.ERROR}),
        (' t="str"><v>=A1是公式的样子</v></c>', "=A1是公式的样子", ()),
        ("><v>nan</v></c>", "nan", ()),
        ("><v>inf</v></c>", "inf", ()),
        ("><v>1e999</v></c>", "1e999", ()),
        ("><v>1_000</v></c>", "1_000", ()),
        ("><v>0x10</v></c>", "0x10", ()),
    ],
)  # fmt: skip
def test_a_cell_is_what_its_xml_says(content: str, value: Any, flags: set[CellFlag] | tuple[()]) -> None:
    for sheet in (cell(content), parsed(part(f'<row r="1"><c r="A1"{content}</row>'))):
        if value is None:
            assert sheet.rows == []
            continue
        assert sheet.rows == [[value]]
        assert type(sheet.rows[0][0]) is type(value)
        assert sheet.flags.of(0, 0) == frozenset(flags)


def test_a_picture_is_told_as_one() -> None:
    assert cell(' t="s"><v>2</v></c>').flags.errors == {(0, 0): "（图片）"}


def test_days_are_counted_from_where_the_workbook_says() -> None:
    xml = part('<row r="1"><c r="A1" s="1"><v>44011</v></c></row>')
    assert reader(since_1904=True).read("表", xml).rows == [[datetime(2024, 6, 30)]]


@pytest.mark.parametrize("index", ["3", "-1", "x", "99999999999999999999"])
def test_a_text_that_is_nowhere_is_damage(index: str) -> None:
    with pytest.raises(Refused) as refused:
        cell(f' t="s"><v>{index}</v></c>')
    assert refused.value.refusal is Refusal.DAMAGED


@pytest.mark.parametrize("content", ["&nbsp;", "&#0;", "&#xD800;", "&#x110000;", "&"])
def test_a_character_that_is_none_is_damage(content: str) -> None:
    with pytest.raises(Refused) as refused:
        cell(f' t="inlineStr"><is><t>a{content}b</t></is></c>')
    assert refused.value.refusal is Refusal.DAMAGED


@pytest.mark.parametrize("place", ["A0", "1A", "AAAA1", "ZZZ1", "A1:B2", ""])
def test_a_place_that_is_none_is_damage(place: str) -> None:
    with pytest.raises(Refused) as refused:
        read(f'<row r="1"><c r="{place}"><v>1</v></c></row>')
    assert refused.value.refusal is Refusal.DAMAGED


def test_a_cell_in_no_row_is_damage() -> None:
    with pytest.raises(Refused) as refused:
        read("<c><v>1</v></c>")
    assert refused.value.refusal is Refusal.DAMAGED
    assert read('<c r="A1"/><c><v>1</v></c>').rows == [["", 1.0]], "it stands behind the one before it"


class TestPlaces:
    def test_cells_stand_where_they_say_and_blank_ones_between(self) -> None:
        rows = (
            '<row r="2"><c r="B2"><v>1</v></c><c r="D2" s="1"/></row><row r="5"><c r="C5"><v>2</v></c></row>'
        )
        assert read(rows).rows == [["", "", ""], ["", 1.0, ""], ["", "", ""], ["", "", ""], ["", "", 2.0]]

    @pytest.mark.parametrize(
        "rows",
        [
            "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
            '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
            '<row r="2"><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
            '<row r="1">\n <c r="A1"><v>1</v></c>\n <c r="B1"><v>2</v></c>\n</row>\n<row r="2"><c r="A2"><v>3</v></c></row>\n',
            '<row spans="1:2" r="1"><c s="0" r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
            '<row r="7"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
        ],
    )
    def test_however_rows_and_cells_are_written(self, rows: str) -> None:
        assert read(rows).rows == [[1.0, 2.0], [3.0, ""]]

    def test_rows_of_more_than_one_stretch_follow_each_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 60))
        for length in (1, 40, 41, 100, 1 << 16):
            monkeypatch.setattr(worksheet, "_STRETCH", length)
            assert read(rows).rows == [[float(row)] for row in range(1, 60)]

    def test_what_is_outside_the_data_is_no_cell(self) -> None:
        tail = '<extLst><ext><x14:c xmlns:x14="urn:x"><v>9</v></x14:c></ext></extLst>'
        rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
        assert read(rows, tail=tail).rows == [[1.0]]
        assert parsed(part(rows, tail=tail)).rows == [[1.0]]


class TestWhatNobodySees:
    ROWS = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" ht="20" hidden="true"><c r="A2" s="1"/></row><row r="3"><c r="C3"><v>3</v></c></row>'
    HEAD = '<cols><col min="2" max="3" width="9" hidden="1"/><col min="4" max="16384" hidden="0"/></cols>'
    TAIL = '<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="C3:F99"/></mergeCells>'

    def test_hidden_and_merged_cells(self) -> None:
        for sheet in (read(self.ROWS, self.HEAD, self.TAIL), parsed(part(self.ROWS, self.HEAD, self.TAIL))):
            assert sheet.hidden_rows == {0}
            assert sheet.hidden_columns == {1, 2}
            assert sheet.merged == ((0, 0, 1, 1), (2, 2, 2, 2))

    def test_areas_that_overlap_again_and_again_are_damage(self) -> None:
        areas = '<mergeCell ref="A1:C3"/>' * 100
        with pytest.raises(Refused) as refused:
            read(self.ROWS, tail=f"<mergeCells>{areas}</mergeCells>")
        assert refused.value.refusal is Refusal.DAMAGED

    def test_more_areas_than_any_office_has_are_too_many(self) -> None:
        areas = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 20_002))
        with pytest.raises(Refused) as refused:
            read(self.ROWS, tail=f"<mergeCells>{areas}</mergeCells>")
        assert refused.value.refusal is Refusal.TOO_LARGE


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cc", "Cs"]), max_size=6
)


@st.composite
def written_cells(draw: st.DrawFn) -> str:
    """The inside of a cell, with and without what programs may leave out."""
    text = draw(TEXTS).replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
    number = draw(st.sampled_from(["0", "5", "45473", "0.55", "1e3", "-2", "nan", "", "1_0"]))
    style = draw(st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"']))
    formula = draw(st.sampled_from(["", "", "<f>1&lt;2</f>", '<f t="shared" si="0"/>', "<f/>"]))
    kind, content = draw(
        st.sampled_from(
            [
                ("", f"<v>{number}</v>"), (' t="n"', f"<v>{number}</v>"), (' t="s"', "<v>1</v>"), (' t="b"', "<v>1</v>"),
                (' t="str"', f"<v>{text}</v>"), (' t="e"', "<v>#N/A</v>"), (' t="inlineStr"', f"<is><t>{text}</t></is>"),
                (' t="inlineStr"', f'<is><t xml:space="preserve">{text}</t></is>'), ("", ""), ("", "<v/>"),
            ]
        )
    )  # fmt: skip
    attributes = draw(st.sampled_from([f"{style}{kind}", f"{kind}{style}", f'{style}{kind} cm="1"']))
    return f"{attributes}>{formula}{content}</c>"


@settings(max_examples=300)
@given(st.lists(st.lists(written_cells(), max_size=5), max_size=5))
def test_the_fast_way_reads_what_the_parser_reads(rows: list[list[str]]) -> None:
    xml = part(
        "".join(
            f'<row r="{number}">'
            + "".join(f'<c r="{"ABCDE"[column]}{number}"{inside}' for column, inside in enumerate(cells))
            + "</row>"
            for number, cells in enumerate(rows, start=1)
        )
    )
    assert reader().read("表", xml) == parsed(xml)


@settings(max_examples=300)
@given(st.data())
def test_what_is_broken_or_odd_is_never_read_as_something_else(data: st.DataObject) -> None:
    """Whatever is changed in the XML of the cells: refused, or read as the parser reads it."""
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><f>A1</f><v>2</v></c></row><row r="2"><c r="B2" s="2"/></row>'
    place = data.draw(st.integers(0, len(rows)))
    rows = rows[:place] + data.draw(st.sampled_from(PIECES)) + rows[place + data.draw(st.integers(0, 4)) :]
    xml = part(rows)

    def outcome(read_it: Any) -> Any:
        try:
            return read_it(xml)
        except Refused as refused:
            return refused.refusal

    fast, slow = outcome(lambda xml: reader().read("表", xml)), outcome(parsed)
    assert fast == slow or slow is Refusal.DAMAGED


PIECES = ["", "<", ">", "/", '"', "<v>", "</v>", "</c>", "<c>", "</row>", "<row>", " ", "&", "&lt;", "<f/>", '<c r="C1"><v>3</v></c>',
          "<is><t>x</t></is>", "<!-- -->", "<?x?>", "<x:v>1</x:v>", ' t="b"', ' r="C1"', "1", "A", "<v/>", "\n"]  # fmt: skip

SAVED = Path(__file__).parents[1] / "golden" / "submissions"


@pytest.mark.parametrize("name", sorted(path.name for path in SAVED.glob("*.xlsx")))
def test_another_reader_reads_the_same_texts_and_numbers(name: str) -> None:
    data = (SAVED / name).read_bytes()
    compare_with_calamine(data)


def test_a_master_reads_as_another_reader_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "SHEETS", 100)
    compare_with_calamine((Path(__file__).parents[2] / "workbook" / "民生实事总表.xlsx").read_bytes())


def compare_with_calamine(data: bytes) -> None:
    other = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = list(open_workbook(data).sheets())
    assert [sheet.name for sheet in sheets] == other.sheet_names
    shared = 0
    for sheet in sheets:
        rows = other.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for row, cells in enumerate(sheet.rows):
            for column, value in enumerate(cells):
                if isinstance(value, str | float | bool) and value != "":
                    assert rows[row][column] == value, (sheet.name, row, column)
                    shared += 1
    assert shared > 50


def test_a_book_of_another_library_reads_as_that_library_reads_it() -> None:
    data = (SAVED / "health.xlsx").read_bytes()
    book = load_workbook(io.BytesIO(data), data_only=True)
    for sheet in open_workbook(data).sheets():
        for row, cells in enumerate(sheet.rows, start=1):
            for column, value in enumerate(cells, start=1):
                theirs = book[sheet.name].cell(row, column).value
                if (row - 1, column - 1) not in sheet.flags.errors:
                    assert (theirs if theirs is not None else "") == value
