"""What our own engines refuse by name, and what they leave standing: beyond xlwings' contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import Workbook

from xlengines.errors import EngineError, NotSupportedByEngine


def test_what_somebody_else_saved_meanwhile_is_not_written_over(book: xw.Book, path: Path) -> None:
    book.sheets["甲 表"].range("A1").value = 99
    theirs = Workbook()
    theirs.save(path)
    before = path.read_bytes()
    with pytest.raises(EngineError, match="changed"):
        book.save()
    assert path.read_bytes() == before
    path.unlink()
    with pytest.raises(EngineError, match="moved"):
        book.save()
    assert not path.exists()


@pytest.mark.parametrize("mark", ["~$样本.xlsx", ".~样本.xlsx"])
def test_a_file_that_is_open_in_excel_is_not_saved(mark: str, book: xw.Book, path: Path) -> None:
    before = path.read_bytes()
    (path.parent / mark).write_bytes(b"\x03abc")
    book.sheets["甲 表"].range("A1").value = 99
    with pytest.raises(EngineError, match="open in|holds"):
        book.save()
    assert path.read_bytes() == before


def test_a_pdf_or_a_named_refusal(book: xw.Book, tmp_path: Path) -> None:
    target = tmp_path / "页.pdf"
    if book.app.engine.name == "file":
        with pytest.raises(NotSupportedByEngine):
            book.to_pdf(str(target))
        return
    book.to_pdf(str(target), include="甲 表")
    assert target.read_bytes().startswith(b"%PDF")


def of_xlwings() -> list[tuple[type, str, property]]:
    """The public properties of xlwings' own classes of books, sheets, ranges and names that can be set."""
    kinds = (xw.App, xw.Book, xw.Sheet, xw.Range, xw.Name, xw.main.PageSetup)
    return [
        (kind, name, member)
        for kind in kinds
        for name, member in vars(kind).items()
        if isinstance(member, property) and member.fset is not None and not name.startswith("_")
    ]


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, _ in of_xlwings()])
def test_what_can_be_set_in_excel_is_set_here_or_refused_by_name(
    kind: type, name: str, book: xw.Book, sheet: xw.Sheet
) -> None:
    """Reading and setting back what was read: neither None for a missing feature, nor an unnamed error."""
    makers: dict[type, Callable[[], Any]] = {
        xw.App: lambda: book.app, xw.Book: lambda: book, xw.Sheet: lambda: sheet, xw.Range: lambda: sheet.range("A1"),
        xw.Name: lambda: book.names["块"], xw.main.PageSetup: lambda: sheet.page_setup,
    }  # fmt: skip
    try:
        thing = makers[kind]()
        standing = getattr(thing, name)
    except EngineError:
        standing = {"horizontal_alignment": "left", "vertical_alignment": "top"}.get(name, 1)
    if standing is None:
        return  # there is none, or the cells differ
    try:
        setattr(makers[kind](), name, standing)
    except EngineError:
        return
    assert getattr(makers[kind](), name) == standing


def test_what_is_lacking_is_named(book: xw.Book) -> None:
    for lacking in (lambda: book.sheets[0].charts, lambda: book.sheets[0].range("A1").data_validation.type):
        with pytest.raises(EngineError):
            lacking()
