"""The plain-file engine loses nothing and shows nothing stale."""

from __future__ import annotations

import re
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engines.plain_file import opened
from engines.rich_workbook import parts, unlock, write_rich_workbook
from xlengines.errors import NotAWorkbook, NotSupportedByEngine, ProtectedSheet


@pytest.fixture
def rich_book(tmp_path: Path) -> Path:
    return write_rich_workbook(tmp_path / "丰富.xlsm")


def standing_around(content: bytes) -> dict[str, list[bytes]]:
    """A sheet's elements by name, in canonical form, without its cells' contents."""
    found: dict[str, list[bytes]] = {}
    for child in etree.fromstring(content):
        name = etree.QName(child).localname
        if name != "sheetData":
            found.setdefault(name, []).append(etree.tostring(child, method="c14n"))
    return found


def test_a_save_without_a_change_gives_the_same_parts(rich_book: Path) -> None:
    before = parts(rich_book)
    with opened(rich_book) as book:
        book.save()
    assert parts(rich_book) == before


def test_untouched_parts_keep_their_bytes_and_a_touched_sheet_keeps_what_was_on_it(rich_book: Path) -> None:
    before = parts(rich_book)
    with opened(rich_book) as book:
        book.sheets["数据"].range("B1").value = 20
        book.save()
    after = parts(rich_book)
    assert set(after) == set(before) - {"xl/calcChain.xml"}
    changed = {name for name in after if after[name] != before[name]}
    chart = "xl/charts/chart1.xml"
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", chart}
    assert after[chart] == re.sub(rb"<c:numCache>.*?</c:numCache>", b"", before[chart])
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert standing_around(after[name]) == standing_around(before[name])
    assert {"controls", "protectedRanges", "extLst", "legacyDrawingHF", "tableParts"} <= {
        etree.QName(node).localname
        for node in etree.fromstring(after["xl/worksheets/sheet1.xml"]).iter("{*}*")
    }
    assert b'lockStructure="1"' in after["xl/workbook.xml"]


@pytest.mark.validator
def test_what_is_saved_is_as_valid_as_what_was_opened(rich_book: Path, validator: str) -> None:
    unlock(rich_book)
    with opened(rich_book) as book:
        page = book.sheets["数据"]
        page.range("A1:C1").value = [[1, "'字", None]]
        page.range("B2").color = (1, 2, 3)
        book.sheets.add("新的").range("A1").value = "头一条"
        book.sheets["新的"].range("B2").number_format = "0.000"
        book.save()
    checked = subprocess.run([validator, str(rich_book)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_same_change_gives_the_same_bytes(rich_book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / rich_book.name
    copy.parent.mkdir()
    copy.write_bytes(rich_book.read_bytes())
    for path in (rich_book, copy):
        with opened(path) as book:
            book.sheets["数据"].range("A3:B3").value = [["改", 1.5]]
            book.save()
    assert rich_book.read_bytes() == copy.read_bytes()


def test_formulas_lose_what_they_showed_and_literals_keep_it(rich_book: Path) -> None:
    with opened(rich_book) as book:
        book.sheets["数据"].range("A1").value = 9
        book.save()
    with opened(rich_book) as book:
        page = book.sheets["数据"]
        assert page.range("D1:D2").options(ndim=2).value == [[None], [120.0]]
        assert page.range("D1").formula == "=SUM(A1:C1)"
        assert book.sheets["另一张"].range("A1").value is None


values = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12).map(float), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=60).map(lambda t: f"'{t}"),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda t: t.replace(microsecond=0)),
)  # fmt: skip


@given(st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=5))
def test_values_come_back_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
) -> None:
    from openpyxl import Workbook

    path = tmp_path_factory.mktemp("values") / "值.xlsx"
    Workbook().save(path)
    with opened(path) as book:
        book.sheets[0].range("B2").value = rows
        book.save()
    want = [[value[1:] if isinstance(value, str) else value for value in row] for row in rows]
    with opened(path) as book:
        have = book.sheets[0].range("B2").resize(len(rows), 3).options(ndim=2).value
    assert have == want


@pytest.mark.parametrize(
    "text", ["_x0041_", "=cmd|' /C calc'!A0", "+1", "007", "1月", " 空格 ", "两\n行", "<&>\"'", "字" * 4000]
)
def test_text_behind_an_apostrophe_is_text(text: str, rich_book: Path) -> None:
    with opened(rich_book) as book:
        book.sheets["数据"].range("A3").value = f"'{text}"
        book.save()
    with opened(rich_book) as book:
        cell = book.sheets["数据"].range("A3")
        assert (cell.value, cell.formula) == (text, text)


def test_names_of_both_scopes(rich_book: Path) -> None:
    with opened(rich_book) as book:
        assert book.sheets["数据"].range("一块").address == "$A$1:$C$1"
        book.sheets["另一张"].names.add("一块", "='另一张'!$B$2")
        book.save()
    with opened(rich_book) as book:
        assert {(name.name, name.refers_to) for name in book.names} == {
            ("一块", "=数据!$A$1:$C$1"),
            ("'另一张'!一块", "='另一张'!$B$2"),
        }
        assert book.sheets["另一张"].range("一块").address == "$B$2"
        assert book.names["一块"].refers_to_range.sheet.name == "数据"


def test_a_new_sheet_is_there_and_the_others_stay(rich_book: Path) -> None:
    unlock(rich_book)
    with opened(rich_book) as book:
        book.sheets.add("新的", before=book.sheets["另一张"]).range("A1").value = "你好"
        book.save()
    with opened(rich_book) as book:
        assert [sheet.name for sheet in book.sheets] == ["数据", "新的", "另一张"]
        assert book.sheets["新的"].range("A1").value == "你好"


def test_colours_and_formats_of_many_areas(rich_book: Path) -> None:
    with opened(rich_book) as book:
        page = book.sheets["数据"]
        page.range("A1:B2,D4").color = (255, 0, 0)
        page.range("C3").number_format = "0.00%"
        book.save()
    with opened(rich_book) as book:
        page = book.sheets["数据"]
        assert [page.range(cell).color for cell in ("B2", "D4", "C1")] == [(255, 0, 0), (255, 0, 0), None]
        assert page.range("C3").number_format == "0.00%"


def test_a_protected_cell_refuses_by_name(rich_book: Path) -> None:
    with opened(rich_book) as book, pytest.raises(ProtectedSheet, match="另一张"):
        book.sheets["另一张"].range("B2").value = 1


def test_what_the_engine_lacks_is_refused_by_name(rich_book: Path, tmp_path: Path) -> None:
    with opened(rich_book) as book:
        for lacking in (
            lambda: book.to_pdf(str(tmp_path / "x.pdf")),
            lambda: book.sheets[0].charts,
            lambda: book.sheets[0].range("A1").comment,
            lambda: book.sheets[0].range("A1").insert("down"),
        ):
            with pytest.raises(NotSupportedByEngine):
                lacking()


@pytest.mark.parametrize("cell", ["C6", "C7", "A6", "A8"])
def test_part_of_an_array_formula_is_left_alone(cell: str, rich_book: Path) -> None:
    with opened(rich_book) as book, pytest.raises(NotSupportedByEngine, match="array"):
        book.sheets["数据"].range(cell).value = 5


def test_what_an_array_spilled_goes_with_what_it_showed(rich_book: Path) -> None:
    with opened(rich_book) as book:
        book.sheets["数据"].range("K9").color = (9, 9, 9)
        book.save()
    with opened(rich_book) as book:
        page = book.sheets["数据"]
        assert page.range("A6:C8").options(ndim=2).value == [[None] * 3] * 3
        assert page.range("A6").formula.endswith("SORT(A1:A3)")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_workbook_is_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook, match="别的.xlsx"), opened(path):
        pass


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?>' + DOCTYPE,
        b"<!--" + b"-x" * 5000 + b"--><?x <a ?>\n" + DOCTYPE,
        ('<?xml version="1.0" encoding="UTF-16"?>' + DOCTYPE.decode()).encode("utf-16"),
    ],
)
def test_a_doctype_is_refused(rich_book: Path, xml: bytes) -> None:
    content = parts(rich_book)
    content["xl/worksheets/sheet1.xml"] = xml
    with zipfile.ZipFile(rich_book, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    with opened(rich_book) as book, pytest.raises(NotAWorkbook, match="DOCTYPE"):
        book.sheets["数据"].range("A1").value  # noqa: B018
