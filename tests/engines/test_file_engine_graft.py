"""A sheet of one file as a sheet of another: nothing of it is lost, nothing else of the other book is touched."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwings as xw
from lxml import etree
from openpyxl import Workbook, load_workbook

import xlengines
from engines.graft_books import write_source, write_target
from engines.rich_workbook import parts, unlock, write_parts, write_rich_workbook
from xlengines.errors import EngineError, NotSupportedByEngine, ProtectedSheet


@pytest.fixture
def app() -> Iterator[xw.App]:
    started = xlengines.file_engine().apps.add(add_book=False)
    yield started
    started.quit()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_source(tmp_path / "来源.xlsx")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return write_target(tmp_path / "目标.xlsx")


def grafted(app: xw.App, source: Path, target: Path, title: str = "样", **place: str) -> xw.Sheet:
    """The sheet in the target, before 设置."""
    book = app.books.open(str(target))
    return app.books.open(str(source)).sheets[title].copy(before=book.sheets[place.get("before", "设置")])


def looks(cell: Any) -> list[str]:
    """Everything that one sees of a cell."""
    return [
        repr(getattr(cell, one))
        for one in ("font", "fill", "border", "alignment", "protection", "number_format", "style")
    ]


def test_a_sheet_comes_with_everything_on_it(app: xw.App, source: Path, target: Path) -> None:
    copy = grafted(app, source, target)
    assert (copy.name, copy.index) == ("样", 2)
    copy.book.save()
    theirs, ours = load_workbook(source)["样"], load_workbook(target)["样"]
    for row in theirs.iter_rows():
        for cell in row:
            assert ours[cell.coordinate].value == cell.value, cell.coordinate
            if cell.has_style:
                assert looks(ours[cell.coordinate]) == looks(cell), cell.coordinate
    for part in (
        "merged_cells",
        "freeze_panes",
        "page_setup",
        "page_margins",
        "data_validations",
        "print_area",
    ):
        assert repr(getattr(ours, part)) == repr(getattr(theirs, part)), part
    assert ours.print_title_rows == "$1:$2"
    assert ours.oddHeader.center.text == "页眉"
    assert (ours.column_dimensions["B"].width, ours.row_dimensions[2].height) == (33, 44)
    assert (ours.row_dimensions[7].hidden, ours.row_dimensions[8].outlineLevel) == (True, 1)
    assert ours["D1"].hyperlink.target == "https://example.org/甲"
    rules = [
        [(str(area.sqref), rule.type, rule.formula, repr(rule.dxf)) for area in sheet.conditional_formatting for rule in area.rules]
        for sheet in (ours, theirs)
    ]  # fmt: skip
    assert rules[0] == rules[1]
    series = [one.val.numRef.f for one in ours._charts[0].series]
    assert series == ["'样'!$B$2:$B$5", "'设置'!$A$1:$A$3"]


def test_nothing_else_of_the_target_is_touched(app: xw.App, source: Path, target: Path) -> None:
    before = parts(target)
    grafted(app, source, target).book.save()
    after = parts(target)
    new = {
        "xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet3.xml.rels", "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels", "xl/charts/chart1.xml",
    }  # fmt: skip
    assert set(after) == set(before) | new
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }  # fmt: skip
    # Of the sheet that was there only the result of a formula goes, as after any change.
    assert after["xl/worksheets/sheet1.xml"] == before["xl/worksheets/sheet1.xml"].replace(b"<v>3</v>", b"")


def test_styles_that_stand_already_are_used_again(app: xw.App, source: Path, target: Path) -> None:
    grafted(app, source, target).book.save()
    app.quit()
    once = parts(target)["xl/styles.xml"]
    again = xlengines.file_engine().apps.add(add_book=False)
    grafted(again, source, target).book.save()
    again.quit()
    assert parts(target)["xl/styles.xml"] == once
    assert load_workbook(target).sheetnames == ["首", "样", "样 (2)", "设置"]


def test_names_come_at_the_scope_that_is_free(app: xw.App, source: Path, target: Path) -> None:
    grafted(app, source, target).book.save()
    book = load_workbook(target)
    assert {name: one.attr_text for name, one in book.defined_names.items()} == {
        "区": "首!$A$1", "比率": "设置!$A$1",
    }  # fmt: skip
    assert {name: one.attr_text for name, one in book["样"].defined_names.items()} == {
        "区": "样!$A$1:$C$4", "私": "样!$B$2",
    }  # fmt: skip


def test_a_name_that_the_target_lacks_comes_at_the_book(app: xw.App, source: Path, target: Path) -> None:
    book = app.books.open(str(target))
    book.names["区"].delete()
    app.books.open(str(source)).sheets["样"].copy(after=book.sheets["设置"])
    assert book.names["区"].refers_to == "=样!$A$1:$C$4"
    assert book.sheets["样"].range("区").sheet.name == "样"


def test_a_taken_title_gets_a_number_and_the_sheet_speaks_of_itself_under_it(
    app: xw.App, source: Path, target: Path
) -> None:
    first = grafted(app, source, target)
    copy = app.books["来源.xlsx"].sheets["样"].copy(after=first)
    assert copy.name == "样 (2)"
    assert copy.range("C3").formula == "=设置!A1*B2+'样 (2)'!B2+比率"
    assert copy.range("C4").formula == "=\"样!B2\"&SUM('样 (2)'!B2:'样 (2)'!B3)"
    first.delete()
    copy.name = "样"
    assert copy.range("C4").formula == '="样!B2"&SUM(样!B2:样!B3)'
    copy.book.save()
    ours = load_workbook(target)["样"]
    assert [rule.formula for area in ours.conditional_formatting for rule in area.rules] == [
        ["设置!$A$1"], ["样!$B$2>1"],
    ]  # fmt: skip
    assert [one.val.numRef.f for one in ours._charts[0].series] == ["样!$B$2:$B$5", "'设置'!$A$1:$A$3"]
    assert ours.print_area == "'样'!$A$1:$F$9"


def test_a_title_stays_within_31_characters(app: xw.App, target: Path) -> None:
    book = app.books.open(str(target))
    book.sheets["首"].name = "字" * 31
    copy = book.sheets["字" * 31].copy(after=book.sheets[0])
    assert copy.name == "字" * 27 + " (2)"


@pytest.mark.validator
@pytest.mark.parametrize("title", ["数据", "另一张"])
@pytest.mark.parametrize("within", [True, False])
def test_a_rich_sheet_keeps_all_its_parts_and_is_valid(
    title: str, within: bool, app: xw.App, target: Path, tmp_path: Path, validator: str
) -> None:
    rich = write_rich_workbook(tmp_path / "丰富.xlsm")
    unlock(rich)
    before = parts(rich)
    book = app.books.open(str(rich))
    place = book.sheets[0] if within else app.books.open(str(target)).sheets["首"]
    copy = book.sheets[title].copy(after=place)
    assert copy.name == (f"{title} (2)" if within else title)
    copy.book.save()
    saved = rich if within else target
    checked = subprocess.run([validator, str(saved)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    after = parts(saved)
    original = before["xl/worksheets/sheet1.xml" if title == "数据" else "xl/worksheets/sheet2.xml"]
    assert _elements(after["xl/worksheets/sheet3.xml"]) == _elements(original)
    if title == "数据":
        kinds = ("drawings/drawing", "drawings/vmlDrawing", "charts/chart", "tables/table", "ctrlProps/ctrlProp",
                 "comments", "printerSettings/printerSettings")  # fmt: skip
        copied = {kind: sum(name.startswith(f"xl/{kind}") for name in after) for kind in kinds}
        times = 2 if within else 1
        assert copied == {kind: times * (2 if "vml" in kind else 1) for kind in kinds}
        pictures = [sum(name.startswith("xl/media/") for name in one) for one in (before, after)]
        assert pictures == [2, 2 if within else 1], "the same picture is taken once"


def _elements(content: bytes) -> list[str]:
    """The elements around the cells."""
    return [
        etree.QName(node).localname for node in etree.fromstring(content) if node.tag is not etree.Comment
    ]


def test_a_table_gets_a_name_of_its_own_and_its_sheet_uses_it(app: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "表格.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("甲")
    sheet.add_table("A1:B3", {"name": "明细", "columns": [{"header": "项"}, {"header": "数"}]})
    sheet.write_formula("D1", '=SUM(明细[数])&"明细"')
    book.close()
    opened = app.books.open(str(path))
    copy = opened.sheets["甲"].copy()
    assert copy.range("D1").formula == '=SUM(明细_2[数])&"明细"'
    opened.save()
    tables = {table.name: table.id for one in load_workbook(path).worksheets for table in one.tables.values()}
    assert tables == {"明细": 1, "明细_2": 2}


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_shared_texts_come_with_their_looks(app: xw.App, tmp_path: Path, target: Path) -> None:
    rich = write_rich_workbook(tmp_path / "丰富.xlsm")
    copy = grafted(app, rich, target, "数据")
    assert copy.range("A3:A4").value == ["文字", "半粗"]
    copy.book.save()
    runs = load_workbook(target, rich_text=True)["数据"]["A4"].value
    assert [getattr(run, "font", None) is not None for run in runs] == [False, True]
    assert copy.range("A6").formula.endswith("SORT(A1:A3)")


def test_sheets_that_speak_of_each_other_may_come_in_any_order(
    app: xw.App, source: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "空.xlsx"
    Workbook().save(empty)
    copy = grafted(app, source, empty, before="Sheet")
    app.books["来源.xlsx"].sheets["设置"].copy(after=copy)
    copy.book.save()
    assert load_workbook(empty)["样"]["C3"].value == "=设置!A1*B2+样!B2+比率"


def test_what_is_missing_when_the_book_is_saved_reads_ref(app: xw.App, source: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空.xlsx"
    Workbook().save(empty)
    grafted(app, source, empty, before="Sheet").book.save()
    book = load_workbook(empty)
    assert book["样"]["C3"].value == "=#REF!A1*B2+样!B2+比率"
    assert book["样"].data_validations.dataValidation[0].formula1 == "#REF!$A$1:$A$3"
    assert book.defined_names["比率"].attr_text == "#REF!$A$1"
    assert b"\xe8\xae\xbe\xe7\xbd\xae" not in parts(empty)["xl/charts/chart1.xml"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_comes_hidden(state: str, app: xw.App, source: Path, target: Path) -> None:
    book = load_workbook(source)
    book["样"].sheet_state = state
    book.active = 1
    book.save(source)
    copy = grafted(app, source, target)
    assert not copy.visible
    assert copy.book.sheets.active.name == "首"
    copy.book.save()
    assert load_workbook(target)["样"].sheet_state == state


def test_unsaved_work_on_the_source_comes_along(app: xw.App, source: Path, target: Path) -> None:
    theirs = app.books.open(str(source)).sheets["样"]
    theirs.range("A9").value = "刚写的"
    copy = theirs.copy(after=app.books.open(str(target)).sheets["首"])
    copy.range("A10").value = "后写的"
    assert copy.range("A9:A10").value == ["刚写的", "后写的"]
    assert theirs.range("A10").value is None


def test_what_cannot_come_is_refused_and_nothing_is_changed(
    app: xw.App, source: Path, target: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "锁.xlsm"
    write_rich_workbook(locked)
    with pytest.raises(ProtectedSheet):
        grafted(app, source, locked, before="数据")
    app.books[locked.name].save()
    before = parts(target)
    for part, old, new in (
        ("xl/worksheets/sheet1.xml", b"<f>", b"<f>[1]\xe7\x94\xb2!A1+"),
        ("xl/workbook.xml", b"<workbookPr/>", b'<workbookPr date1904="1"/>'),
        ("xl/worksheets/_rels/sheet1.xml.rels", b"/drawing\"", b"/pivotTable\""),
    ):  # fmt: skip
        content = parts(source)
        assert old in content[part], part
        odd = tmp_path / f"{Path(part).stem}-{len(new)}.xlsx"
        write_parts(odd, {**content, part: content[part].replace(old, new)})
        with pytest.raises(EngineError) as refusal:
            grafted(app, odd, target)
        assert refusal.value.code in ("formula-elsewhere", "sheet-not-copied")
        app.books[odd.name].close()
    book = app.books[target.name]
    assert [sheet.name for sheet in book.sheets] == ["首", "设置"]
    book.save()
    assert parts(target) == before


def test_a_renamed_sheet_is_spoken_of_by_its_new_name(app: xw.App, source: Path) -> None:
    before = parts(source)
    book = app.books.open(str(source))
    sheet = book.sheets["设置"]
    sheet.name = "参 数"
    assert (sheet.name, sheet.range("A1").value) == ("参 数", 7.0)
    assert book.sheets["样"].range("C3").formula == "='参 数'!A1*B2+样!B2+比率"
    book.save()
    ours = load_workbook(source)
    assert ours.defined_names["比率"].attr_text == "'参 数'!$A$1"
    assert ours["样"].data_validations.dataValidation[0].formula1 == "'参 数'!$A$1:$A$3"
    assert next(rule.formula for area in ours["样"].conditional_formatting for rule in area.rules) == [
        "'参 数'!$A$1"
    ]
    assert ours["样"]._charts[0].series[1].val.numRef.f == "'参 数'!$A$1:$A$3"
    assert parts(source)["xl/worksheets/sheet2.xml"] == before["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize("bad", ["", "样", "a/b", "a:b", "'a", "x" * 32])
def test_what_can_be_no_title_is_refused(bad: str, app: xw.App, source: Path) -> None:
    book = app.books.open(str(source))
    with pytest.raises((EngineError, ValueError)):
        book.sheets["设置"].name = bad
    assert [sheet.name for sheet in book.sheets] == ["样", "设置"]


def test_a_deleted_sheet_takes_along_what_only_it_needs(app: xw.App, tmp_path: Path) -> None:
    rich = write_rich_workbook(tmp_path / "丰富.xlsm")
    unlock(rich)
    book = app.books.open(str(rich))
    book.sheets["数据"].delete()
    assert [sheet.name for sheet in book.sheets] == ["另一张"]
    assert book.sheets["另一张"].range("A1").formula == "=#REF!A1*2"
    assert book.names["一块"].refers_to == "=#REF!$A$1:$C$1"
    with pytest.raises(NotSupportedByEngine):
        book.sheets["另一张"].delete()
    book.save()
    left = {name for name in parts(rich) if name.startswith("xl/") and "/theme" not in name}
    assert left == {
        "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml", "xl/styles.xml",
        "xl/sharedStrings.xml", "xl/metadata.xml", "xl/vbaProject.bin",
    }  # fmt: skip


@pytest.mark.validator
def test_a_sheet_that_was_replaced_leaves_a_valid_book(
    app: xw.App, source: Path, target: Path, validator: str
) -> None:
    old = grafted(app, source, target)
    new = app.books["来源.xlsx"].sheets["样"].copy(before=old)
    old.delete()
    new.name = "样"
    book = new.book
    book.sheets["首"].delete()
    book.sheets["设置"].name = "别的"
    book.save()
    checked = subprocess.run([validator, str(target)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert load_workbook(target).sheetnames == ["样", "别的"]


def test_a_picture_that_two_sheets_show_stays_with_the_other(app: xw.App, tmp_path: Path) -> None:
    rich = write_rich_workbook(tmp_path / "丰富.xlsm")
    unlock(rich)
    book = app.books.open(str(rich))
    copy = book.sheets["数据"].copy(after=book.sheets[0])
    book.sheets["数据"].delete()
    assert copy.name == "数据 (2)"
    book.save()
    assert [name for name in parts(rich) if name.startswith("xl/media/")]
