"""What stands around the cells of a plain file: tabs, names, tables, notes' boxes, charts and pivot tables' memories."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from engines.plain_file import opened
from engines.rich_workbook import parts, unlock, write_parts, write_rich_workbook
from xlengines.errors import EngineError, NotSupportedByEngine, ProtectedSheet

SHEET, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


@pytest.fixture
def rich_book(tmp_path: Path) -> Path:
    return write_rich_workbook(tmp_path / "丰富.xlsm")


def selected(content: dict[str, bytes]) -> list[str]:
    return [name for name in (SHEET, OTHER) if b'tabSelected="1"' in content[name]]


def test_a_book_whose_structure_is_protected_keeps_its_sheets(rich_book: Path) -> None:
    with opened(rich_book) as book:
        for change in (
            lambda: book.sheets.add("新"),
            lambda: setattr(book.sheets["另一张"], "visible", False),
        ):
            with pytest.raises(ProtectedSheet, match="structure"):
                change()
        assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("数据", True), ("另一张", True)]


def test_a_sheet_that_is_hidden_is_no_longer_selected(rich_book: Path) -> None:
    unlock(rich_book)
    assert selected(parts(rich_book)) == [SHEET]
    with opened(rich_book) as book:
        book.sheets["数据"].visible = False
        with pytest.raises(NotSupportedByEngine, match="visible"):
            book.sheets["另一张"].visible = False
        book.save()
    after = parts(rich_book)
    assert selected(after) == [OTHER], "what a person types goes to every selected sheet"
    assert b'activeTab="1"' in after["xl/workbook.xml"]
    with opened(rich_book) as book:
        assert book.sheets.active.name == "另一张"


@pytest.mark.parametrize("title", ["", "a/b", "'引号", "字" * 32, "换\n行", "数据"])
def test_what_can_be_no_title_is_refused(title: str, rich_book: Path) -> None:
    unlock(rich_book)
    with opened(rich_book) as book, pytest.raises(EngineError, match="sheet"):
        book.impl.sheets.add(name=title)


@pytest.mark.parametrize("name", ["A1", "r1c1", "1月", "有 空格", "", "a-b", "字" * 256])
def test_what_can_be_no_name_is_refused(name: str, rich_book: Path) -> None:
    with opened(rich_book) as book:
        with pytest.raises(EngineError, match="cannot be a name"):
            book.names.add(name, "=数据!$A$1")
        assert [name.name for name in book.names] == ["一块"]


def test_the_heading_of_a_table_is_not_changed_without_its_part(rich_book: Path) -> None:
    with opened(rich_book) as book:
        page = book.sheets["数据"]
        with pytest.raises(NotSupportedByEngine, match="L1.*header"):
            page.range("L1").value = "丙"
        page.range("L1:M2").value = [["甲", "乙"], [1, 2]]  # what it says already may be written over it
        assert page.range("L2:M2").value == [1.0, 2.0]


def test_a_chart_forgets_its_own_books_numbers_and_keeps_anothers(rich_book: Path) -> None:
    content = parts(rich_book)
    chart = "xl/charts/chart1.xml"
    kept = (
        b'<c:strRef><c:f>[1]\xe8\xa1\xa8!$A$1</c:f><c:strCache><c:ptCount val="0"/></c:strCache></c:strRef>'
    )
    content[chart] = content[chart].replace(b"<c:val>", b"<c:tx>" + kept + b"</c:tx><c:val>")
    write_parts(rich_book, content)
    with opened(rich_book) as book:
        book.sheets["数据"].range("A1").value = 9
        book.save()
    after = parts(rich_book)[chart]
    assert kept in after
    assert b"numCache" not in after
    assert b"<c:f>\xe6\x95\xb0\xe6\x8d\xae!$A$1:$C$1</c:f>" in after


@pytest.mark.parametrize(("source", "refreshed"), [("worksheet", True), ("external", False)])
def test_a_pivot_table_is_filled_anew_when_its_sheet_is_its_source(
    source: str, refreshed: bool, rich_book: Path
) -> None:
    content = parts(rich_book)
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    content[cache] = (
        '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" refreshOnLoad="0" '
        f'recordCount="0"><cacheSource type="{source}"/><cacheFields count="0"/></pivotCacheDefinition>'
    ).encode()
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/{cache}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        'pivotCacheDefinition+xml"/></Types>'.encode(),
    )
    write_parts(rich_book, content)
    with opened(rich_book) as book:
        book.sheets["数据"].range("A1").value = 9
        book.save()
    root = etree.fromstring(parts(rich_book)[cache])
    assert root.get("refreshOnLoad") == ("1" if refreshed else "0")


def test_what_recalculation_needs_stands_where_the_schema_wants_it(rich_book: Path) -> None:
    content = parts(rich_book)
    book_part = re.sub(rb"<definedNames>.*?</definedNames>|<calcPr[^>]*/>", b"", content["xl/workbook.xml"])
    content["xl/workbook.xml"] = book_part.replace(b"</sheets>", b"</sheets><externalReferences/>")
    write_parts(rich_book, content)
    with opened(rich_book) as book:
        book.names.add("新名", "=数据!$A$1")
        book.save()
    root = etree.fromstring(parts(rich_book)["xl/workbook.xml"])
    tags = [etree.QName(child).localname for child in root]
    assert tags[tags.index("sheets") :][:4] == ["sheets", "externalReferences", "definedNames", "calcPr"]


@pytest.mark.parametrize(
    ("words", "says"),
    [("字" * 32_768, "32768 characters"), ("=" + "1+" * 5000 + "1", "characters"), (float("inf"), "infinity"), (10**400, "infinity"),
     (object(), "object")],
)  # fmt: skip
def test_what_no_cell_can_hold_is_refused_and_nothing_of_its_block_is_written(
    words: object, says: str, rich_book: Path
) -> None:
    with opened(rich_book) as book:
        with pytest.raises(EngineError, match=says):
            book.sheets["数据"].range("N1:O1").value = [[1, words]]
        assert book.sheets["数据"].range("N1").value is None
