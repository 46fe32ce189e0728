"""xlwings' contract for sheets as a whole, on every engine: copied into another book, deleted, renamed, with all that refers to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from excelsim.pywin32 import com_error
from xlengines.errors import EngineError, NotSupportedByEngine
from xlengines.graft import graft, replace

REFUSALS = (EngineError, com_error)


@pytest.fixture
def other(app: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    """A second book: 样 with formulas and names of both scopes, a hidden 藏, and 乙."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "样"
    sheet.append([5, "字", "=样!A1*2", '="样!A1"', "=乙!A1", "=率*2", "=SUM(样!A1:B1)"])
    sheet["A1"].number_format = "0.00"
    sheet.merge_cells("A3:B4")
    sheet.column_dimensions["B"].width = 30
    made.create_sheet("藏").sheet_state = "hidden"
    made.create_sheet("乙")["A1"] = 9
    for name, text in (("块", "样!$A$1"), ("新块", "样!$A$1:$B$1"), ("率", "乙!$A$1"), ("闲", "乙!$A$2")):
        made.defined_names[name] = DefinedName(name, attr_text=text)
    sheet.defined_names["私"] = DefinedName("私", attr_text="样!$B$1")
    path = tmp_path / "另一本.xlsx"
    made.save(path)
    found = app.books.open(str(path))
    yield found
    if found.name in [one.name for one in app.books]:
        found.close()


def names(book: xw.Book) -> dict[str, str]:
    """Every name with what it refers to, sheets without apostrophes."""
    return {
        name.name.replace("'", ""): name.refers_to.replace("'", "")
        for name in book.names
        if not name.name.endswith(("Print_Area", "Print_Titles"))
    }


def test_a_sheet_comes_into_another_book(other: xw.Book, book: xw.Book) -> None:
    copy = other.sheets["样"].copy(after=book.sheets["甲 表"])
    assert [sheet.name for sheet in book.sheets] == ["甲 表", "样", "乙"]
    assert (copy.name, copy.index, copy.book.name) == ("样", 2, book.name)
    assert copy.range("A1:B1").value == [5.0, "字"]
    assert copy.range("A1").number_format == "0.00"
    assert copy.range("C1").formula.replace("'", "") == "=样!A1*2"
    assert copy.range("D1").formula == '="样!A1"'
    assert copy.range("A3").merge_cells
    assert [sheet.name for sheet in other.sheets] == ["样", "藏", "乙"]


def test_names_of_a_copied_sheet_come_at_the_scope_that_is_free(other: xw.Book, book: xw.Book) -> None:
    other.sheets["样"].copy(before=book.sheets["乙"])
    found = names(book)
    assert {name: text for name, text in found.items() if name not in ("率", "闲")} == {
        "块": "=甲 表!$A$1:$B$2", "甲 表!块": "=甲 表!$C$3", "样!块": "=样!$A$1", "新块": "=样!$A$1:$B$1", "样!私": "=样!$B$1",
    }  # fmt: skip
    assert "率" in found, "its formulas need it"
    assert "闲" not in found


def test_what_a_copied_sheet_says_of_others(other: xw.Book, book: xw.Book) -> None:
    """Ours: the second book's own sheets are meant. Excel: the first book's, until the link is changed to the second one itself."""
    copy = other.sheets["样"].copy(before=book.sheets["乙"])
    if book.app.engine.name == "excel":
        assert copy.range("E1").formula == f"='[{other.name}]乙'!A1"
        book.api.ChangeLink(other.fullname, book.fullname, 1)
    assert copy.range("E1").formula.replace("'", "") == "=乙!A1"
    assert names(book)["率"] == "=乙!$A$1"


def test_a_sheet_that_comes_later_is_found(other: xw.Book, book: xw.Book) -> None:
    book.sheets["乙"].delete()
    copy = other.sheets["样"].copy(after=book.sheets["甲 表"])
    other.sheets["乙"].copy(after=copy)
    if book.app.engine.name == "excel":
        book.api.ChangeLink(other.fullname, book.fullname, 1)
    assert copy.range("E1").formula.replace("'", "") == "=乙!A1"


def test_a_taken_title_gets_a_number_and_can_be_changed_when_the_old_sheet_is_gone(
    other: xw.Book, book: xw.Book
) -> None:
    first = other.sheets["样"].copy(after=book.sheets["甲 表"])
    book.sheets["乙"].range("B1").value = "=样!A1"
    second = other.sheets["样"].copy(after=first)
    assert second.name == "样 (2)"
    assert second.range("C1").formula == "='样 (2)'!A1*2"
    assert second.range("G1").formula == "=SUM('样 (2)'!A1:B1)"
    assert names(book)["样 (2)!新块"] == "=样 (2)!$A$1:$B$1"
    first.delete()
    assert book.sheets["乙"].range("B1").formula.startswith("=#REF!")
    assert names(book)["新块"].startswith("=#REF!")
    second.name = "样"
    assert [sheet.name for sheet in book.sheets] == ["甲 表", "样", "乙"]
    assert second.range("C1").formula.replace("'", "") == "=样!A1*2"
    assert names(book)["样!新块"] == "=样!$A$1:$B$1"


def test_a_copy_in_its_own_book_has_names_of_its_own(other: xw.Book) -> None:
    copy = other.sheets["样"].copy(before=other.sheets["样"])
    assert (copy.name, copy.index) == ("样 (2)", 1)
    found = names(other)
    assert (found["新块"], found["样 (2)!私"]) == ("=样!$A$1:$B$1", "=样 (2)!$B$1")
    assert copy.range("E1").formula.replace("'", "") == "=乙!A1"


def test_a_name_may_be_given_and_a_hidden_sheet_stays_hidden(other: xw.Book, book: xw.Book) -> None:
    copy = other.sheets["藏"].copy(after=book.sheets["乙"], name="别名")
    assert (copy.name, bool(copy.visible), copy.index) == ("别名", False, 3)
    copy.visible = True
    assert copy.visible


def test_a_copy_is_in_the_saved_file(app: xw.App, other: xw.Book, book: xw.Book, path: Path) -> None:
    other.sheets["样"].copy(after=book.sheets["甲 表"])
    book.save()
    book.close()
    again = app.books.open(str(path))
    try:
        assert [sheet.name for sheet in again.sheets] == ["甲 表", "样", "乙"]
        assert again.sheets["样"].range("A1:B1").value == [5.0, "字"]
        assert names(again)["新块"] == "=样!$A$1:$B$1"
    finally:
        again.close()


def test_a_renamed_sheet_is_followed(book: xw.Book, sheet: xw.Sheet) -> None:
    book.sheets["乙"].range("B1").value = "=SUM('甲 表'!A1:A2)&\"'甲 表'!A1\""
    sheet.name = "新名"
    assert sheet.range("A1").value == 1.0
    assert book.sheets["乙"].range("B1").formula.replace("$新名", "新名") == "=SUM(新名!A1:A2)&\"'甲 表'!A1\""
    assert names(book) == {"块": "=新名!$A$1:$B$2", "新名!块": "=新名!$C$3"}
    with pytest.raises((ValueError, *REFUSALS)):
        sheet.name = "乙"


def test_a_deleted_sheet_takes_its_own_names_along(book: xw.Book) -> None:
    book.sheets["乙"].range("B1").value = "='甲 表'!A1"
    book.sheets["甲 表"].delete()
    assert [sheet.name for sheet in book.sheets] == ["乙"]
    assert book.sheets["乙"].range("B1").formula.startswith("=#REF!")
    assert [(name.name, name.refers_to[:6]) for name in book.names] == [("块", "=#REF!")]
    book.names.add("块", "=乙!$A$1")
    assert book.names["块"].refers_to_range.address == "$A$1"
    with pytest.raises((NotSupportedByEngine, *REFUSALS)):
        book.sheets["乙"].delete()
    assert len(book.sheets) == 1


def test_sheets_are_added_where_they_are_wanted(book: xw.Book) -> None:
    book.sheets.add("前", before=book.sheets[0])
    book.sheets.add("后", after=book.sheets[-1])
    assert [(sheet.name, sheet.index) for sheet in book.sheets] == [
        ("前", 1),
        ("甲 表", 2),
        ("乙", 3),
        ("后", 4),
    ]


def test_a_graft_speaks_of_its_new_book_on_every_host(other: xw.Book, book: xw.Book) -> None:
    book.sheets["乙"].delete()
    other.sheets["藏"].range("A1").value = "=样!A1+乙!A1"
    hidden = graft(other.sheets["藏"], after=book.sheets[0])
    first = graft(other.sheets["样"], before=hidden)
    graft(other.sheets["乙"], after=hidden)
    assert [sheet.name for sheet in book.sheets] == ["甲 表", "样", "藏", "乙"]
    assert first.range("E1").formula.replace("'", "") == "=乙!A1"
    assert hidden.range("A1").formula.replace("'", "") == "=样!A1+乙!A1"
    assert names(book)["率"] == "=乙!$A$1"


def test_a_sheet_is_replaced_and_all_that_points_to_it_stays(other: xw.Book, book: xw.Book) -> None:
    book.names.add("自己的", "='甲 表'!$B$2")
    book.sheets["乙"].range("B1").value = "='甲 表'!A1+块+自己的"
    new = replace(book.sheets["甲 表"], other.sheets["样"])
    assert [(sheet.name, sheet.index) for sheet in book.sheets] == [("甲 表", 1), ("乙", 2)]
    assert (new.name, new.range("A1").value) == ("甲 表", 5.0)
    assert new.range("C1").formula == "='甲 表'!A1*2"
    assert new.range("E1").formula.replace("'", "") == "=乙!A1"
    assert book.sheets["乙"].range("B1").formula == "='甲 表'!A1+块+自己的"
    assert {name: text for name, text in names(book).items() if name != "率"} == {
        "块": "=甲 表!$A$1", "新块": "=甲 表!$A$1:$B$1", "自己的": "=甲 表!$B$2", "甲 表!私": "=甲 表!$B$1",
    }  # fmt: skip
    if book.app.engine.name == "libreoffice":
        assert book.sheets["乙"].range("B1").value == 10.0


def test_a_replacement_that_is_refused_leaves_the_book_as_it_was(
    app: xw.App, other: xw.Book, tmp_path: Path
) -> None:
    made = Workbook()
    made.security = WorkbookProtection(lockStructure=True)
    made.defined_names["块"] = DefinedName("块", attr_text="Sheet!$A$1")
    made.save(tmp_path / "锁.xlsx")
    locked = app.books.open(str(tmp_path / "锁.xlsx"))
    try:
        with pytest.raises(REFUSALS):
            replace(locked.sheets[0], other.sheets["样"])
        assert [sheet.name for sheet in locked.sheets] == ["Sheet"]
        assert names(locked) == {"块": "=Sheet!$A$1"}
    finally:
        locked.close()


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_grafted_hidden(state: str, app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    made = Workbook()
    made.create_sheet("底")["A1"] = "事实"
    made["底"].sheet_state = state
    made.save(tmp_path / "藏着.xlsx")
    source = app.books.open(str(tmp_path / "藏着.xlsx"))
    try:
        alerts = app.display_alerts
        copy = graft(source.sheets["底"], after=book.sheets[0])
        assert (copy.range("A1").value, copy.visible in (False, 0, 2)) == ("事实", True)
        if app.engine.name == "excel":
            wanted = {"hidden": 0, "veryHidden": 2}[state]
            assert (copy.visible, source.sheets["底"].visible) == (wanted, wanted)
            assert app.display_alerts == alerts
    finally:
        source.close()
