"""Files in LibreOffice: what cannot be opened is named at once; what is saved keeps what a clerk sees."""

from __future__ import annotations

import subprocess
import time
import zipfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection

from live_office import live_office
from needed import needed_program
from xlengines.errors import (
    DiskFull,
    EngineError,
    FileLocked,
    NotAWorkbook,
    NotSupportedByEngine,
    PasswordNeeded,
    ProtectedSheet,
    ReadOnlyFile,
)
from xlengines.libreoffice import book as book_module
from xlengines.owner_files import libreoffice_lock

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    with live_office() as started:
        yield started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "一"
    sheet["A1"], sheet["A2"], sheet["A3"] = 5, "=A1*2", "第一张"
    sheet.freeze_panes = "B2"
    sheet.sheet_view.zoomScale = 85
    closed = book.create_sheet("填报")
    closed["A1"] = "第二张"
    closed["B1"].protection = Protection(locked=False)
    closed.protection.sheet = True
    found = tmp_path / "样本.xlsx"
    book.save(found)
    return found


@pytest.fixture
def book(app: xw.App, path: Path) -> Iterator[xw.Book]:
    yield app.books.open(str(path))
    for left in list(app.books):
        left.close()


def damaged(kind: str, path: Path) -> None:
    whole = path.read_bytes()
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "text":
        path.write_text("这不是表格", encoding="utf-8")
    elif kind == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif kind == "noise":
        path.write_bytes(bytes(range(256)) * 20)
    elif kind == "document":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("readme.txt", "x")
    elif kind == "no book":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")


@pytest.mark.parametrize("kind", ["empty", "text", "cut", "noise", "document", "no book"])
def test_what_is_no_workbook_is_refused_at_once_with_its_path(kind: str, app: xw.App, path: Path) -> None:
    damaged(kind, path)
    start = time.monotonic()
    with pytest.raises(NotAWorkbook) as refused:
        app.books.open(str(path))
    assert time.monotonic() - start < 10
    assert str(path) in str(refused.value)
    assert refused.value.path == str(path)
    assert len(app.books) == 0


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_password_is_asked_for_by_name(ending: str, app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    target = tmp_path / f"加密{ending}"
    book.save(str(target), password="secret")
    book.close()
    for words in ({}, {"password": "wrong"}):
        with pytest.raises(PasswordNeeded):
            app.books.open(str(target), **words)
    assert app.books.open(str(target), password="secret").sheets[0]["A3"].value == "第一张"


def test_a_lock_names_who_holds_it(app: xw.App, path: Path) -> None:
    libreoffice_lock(path).write_text(",王五,财务室,24.11.2024 10:00,file:///home/w;", encoding="utf-8")
    with pytest.raises(FileLocked, match="王五, 财务室"):
        app.books.open(str(path))
    book = app.books.open(str(path), read_only=True)
    with pytest.raises(ReadOnlyFile):
        book.save()
    book.close()


def test_a_save_keeps_frozen_panes_zoom_and_kind(book: xw.Book, path: Path) -> None:
    book.sheets["一"]["A1"].value = 7
    book.save()
    sheet = load_workbook(path)["一"]
    assert (sheet.freeze_panes, sheet.sheet_view.zoomScale, sheet["A1"].value) == ("B2", 85, 7)


def test_true_is_saved_as_true_and_not_as_a_formula(book: xw.Book, path: Path) -> None:
    book.sheets["一"]["D1:E1"].value = [True, False]
    book.save()
    sheet = load_workbook(path)["一"]
    assert (sheet["D1"].value, sheet["E1"].value) == (True, False)


def test_save_as_chooses_the_kind_by_the_ending(book: xw.Book, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    for name in ("新.ods", "新.xlsx"):
        book.save(str(tmp_path / name))
        assert book.name == name
    assert path.read_bytes() == before
    with pytest.raises(NotSupportedByEngine, match="docx"):
        book.save(str(tmp_path / "新.docx"))


def test_a_missing_folder_is_not_made(book: xw.Book, tmp_path: Path) -> None:
    for write in (book.save, book.to_pdf):
        with pytest.raises(ReadOnlyFile):
            write(str(tmp_path / "没有" / "表.xlsx"))
    assert not (tmp_path / "没有").exists()


def test_a_failed_save_says_why_and_leaves_the_file(
    book: xw.Book, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "占用.xlsx"
    (in_the_way / "里面").mkdir(parents=True)
    with pytest.raises(EngineError, match="was not saved"):
        book.save(str(in_the_way))
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(book_module.shutil, "disk_usage", lambda _: usage(1, 1, 0))
    with pytest.raises(DiskFull, match="no-space"):
        book.save(str(in_the_way))
    assert book.fullname == str(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: setattr(sheet["A1"], "value", 1),
        lambda sheet: setattr(sheet["A1:B1"], "value", [1, 2]),
        lambda sheet: setattr(sheet["B1"], "color", (1, 2, 3)),
        lambda sheet: sheet["B1"].set_colors([["#010203"]]),
        lambda sheet: setattr(sheet["B1"], "number_format", "0"),
        lambda sheet: sheet["A1"].clear_contents(),
        lambda sheet: sheet["B1"].clear(),
        lambda sheet: sheet["A1:B1"].merge(),
        lambda sheet: sheet["1:1"].insert("down"),
        lambda sheet: sheet["1:1"].delete("up"),
        lambda sheet: sheet["A1"].copy(sheet["B1"]),
        lambda sheet: setattr(sheet.page_setup, "print_area", "A1"),
    ],
)
def test_a_protected_sheet_refuses_every_change_aloud(change: object, book: xw.Book) -> None:
    sheet = book.sheets["填报"]
    assert callable(change)
    with pytest.raises(ProtectedSheet):
        change(sheet)
    assert sheet["A1:B1"].value == ["第二张", None]
    assert sheet["B1"].color is None


def test_the_open_cells_of_a_protected_sheet_take_values(book: xw.Book) -> None:
    cell = book.sheets["填报"]["B1"]
    cell.value = 12
    assert cell.value == 12.0
    cell.clear_contents()
    assert cell.value is None


def printed(pdf: Path) -> str:
    reader = needed_program("pdftotext")
    return subprocess.run([reader, str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def test_only_the_chosen_sheets_are_printed_and_all_are_shown_again(book: xw.Book, tmp_path: Path) -> None:
    target = tmp_path / "页.pdf"
    book.to_pdf(str(target), include="填报")
    assert "第二张" in printed(target)
    assert "第一张" not in printed(target)
    assert [sheet.visible for sheet in book.sheets] == [True, True]


def test_a_print_area_is_set_and_taken_back(book: xw.Book, tmp_path: Path) -> None:
    setup, target = book.sheets["一"].page_setup, tmp_path / "页.pdf"
    assert setup.print_area is None
    setup.print_area = "$A$1:$A$2"
    assert setup.print_area == "$A$1:$A$2"
    book.to_pdf(str(target))
    assert "第一张" not in printed(target)
    setup.print_area = None
    assert setup.print_area is None
    book.to_pdf(str(target))
    assert "第一张" in printed(target)


def test_names_follow_inserted_rows_in_both_scopes(book: xw.Book) -> None:
    sheet = book.sheets["一"]
    book.names.add("全书块", "=一!$A$2:$A$3")
    sheet.names.add("本表块", "=一!$A$3")
    sheet["1:2"].insert("down")
    assert book.names["全书块"].refers_to_range.address == "$A$4:$A$5"
    assert sheet["本表块"].address == "$A$5"
    assert {name.name for name in book.names} == {"全书块", "'一'!本表块"}
    book.names["全书块"].delete()
    assert "全书块" not in book.names
    with pytest.raises(EngineError):
        book.names.add("A1", "=一!$A$1")


def test_sheets_are_copied_moved_hidden_and_renamed(book: xw.Book) -> None:
    first, closed = book.sheets
    first.copy(after=closed)
    assert book.sheet_names == ["一", "填报", "一 (2)"]
    book.sheets["一 (2)"].move(before=first)
    assert book.sheet_names == ["一 (2)", "一", "填报"]
    book.sheets["一 (2)"].name = "副本"
    with pytest.raises(EngineError):
        book.sheets["副本"].name = "一"
    book.sheets["副本"].delete()
    first.visible = False
    with pytest.raises(NotSupportedByEngine):
        closed.visible = False
    assert book.sheet_names == ["一", "填报"]
    with pytest.raises(KeyError):
        book.sheets["副本"]


def test_what_a_file_remembers_of_a_result_is_not_believed(app: xw.App, path: Path, tmp_path: Path) -> None:
    stale = tmp_path / "旧数.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stale, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(
                name,
                part.replace(b"<f>A1*2</f><v/>", b"<f>A1*2</f><v>777</v>").replace(
                    b"<f>A1*2</f><v></v>", b"<f>A1*2</f><v>777</v>"
                ),
            )
    with zipfile.ZipFile(stale) as package:
        assert b"777" in package.read("xl/worksheets/sheet1.xml")
    book = app.books.open(str(stale))
    assert book.sheets["一"]["A2"].value == 10.0
    book.close()
