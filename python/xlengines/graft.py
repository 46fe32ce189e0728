"""A sheet of one book put into another so that it belongs there: what it says of other sheets means those of its new book.

On a plain file and in LibreOffice ``Sheet.copy`` does that by itself. Excel links the copy to the book that it came from; here the
link is turned to the new book itself, once that has all the sheets in question.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from .sheet_mentions import sheets_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    import xlwings as xw

__all__ = ["at_a_stretch", "graft", "names_in_one_go", "replace"]

T = TypeVar("T")

_VERY_HIDDEN, _HIDDEN = 2, 0
_TO_BOOKS = 1  # XlLink.xlExcelLinks


def at_a_stretch(book: xw.Book, work: Callable[[], T]) -> T:
    """What ``work`` gives, which puts several sheets into ``book`` or takes them out. LibreOffice does nothing of its own in between: it
    would end now and then (see ``libreoffice.errand``)."""
    if str(book.app.engine.name) == "libreoffice":
        result: T = book.app.impl.host.in_its_thread(work)
        return result
    return work()


def names_in_one_go(book: xw.Book) -> AbstractContextManager[None]:
    """A block that changes many names. LibreOffice reads the formulas that use them anew once, at its end."""
    if str(book.app.engine.name) != "libreoffice":
        return nullcontext()
    from .libreoffice.names import in_one_go

    document = book.impl.api
    return in_one_go(document.getPropertyValue("NamedRanges"), document)


def graft(
    sheet: xw.Sheet, *, before: xw.Sheet | None = None, after: xw.Sheet | None = None, name: str | None = None
) -> xw.Sheet:
    """Copy ``sheet`` before or after one of another book. Sheets that speak of each other may come in any order; in Excel links are
    left until the last one is there. What refuses it is what refuses ``Sheet.copy``; nothing is changed then."""
    if not _is_excel(sheet):
        return sheet.copy(before=before, after=after, name=name)
    with _undisturbed(sheet) as very_hidden:
        copy = sheet.copy(before=before, after=after, name=name)
        if very_hidden:
            copy.api.Visible = _VERY_HIDDEN
    _turn_links(sheet.book, copy.book)
    return copy


def replace(old: xw.Sheet, new: xw.Sheet) -> xw.Sheet:
    """Put a copy of ``new``, of another book, in the place of ``old``, under its title.

    Names of the book that point into the sheet point into the new one: where it brings a name of that label, to where that
    points, else to the same cells. Cells of other sheets that mention it keep their formulas. What else mentions it (rules and charts
    of other sheets) is lost to ``#REF!``, as when a sheet is deleted. Until the copy stands nothing is deleted but names, and these
    come back where it fails.
    """
    book, title = old.book, old.name
    standing = [(one.name, str(one.refers_to)) for one in book.names if "!" not in one.name]
    names = {label: text for label, text in standing if _mentions(text, title)}
    formulas = list(_formulas_about(old))
    # While the book has a name, one that comes with a sheet would come as that sheet's own.
    for label in names:
        book.names[label].delete()
    try:
        copy = graft(new, before=old)
    except BaseException:
        _put_names(book, names)
        raise
    old.delete()
    copy.name = title
    brought = {one.name.casefold() for one in book.names}
    _put_names(book, {label: text for label, text in names.items() if label.casefold() not in brought})
    for cell, formula in formulas:
        cell.formula = formula
    return copy


def _put_names(book: xw.Book, names: dict[str, str]) -> None:
    for label, refers_to in names.items():
        book.names.add(label, refers_to)


def _mentions(formula: str, title: str) -> bool:
    title = title.casefold()
    if title.replace("'", "''") not in formula.casefold():
        return False
    return any(one.casefold() == title for one in sheets_in(formula.removeprefix("=")))


def _formulas_about(sheet: xw.Sheet) -> Iterator[tuple[xw.Range, str]]:
    """The cells of other sheets whose formulas mention this one; one call a sheet."""
    title = sheet.name
    for other in sheet.book.sheets:
        if other.name == title:
            continue
        used = other.used_range
        for row, line in enumerate(_rows(used.formula, used.shape)):
            for column, text in enumerate(line):
                if isinstance(text, str) and text.startswith("=") and _mentions(text, title):
                    yield other.range((used.row + row, used.column + column)), text


def _rows(found: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """``Range.formula`` as rows, whatever it makes of one cell or one row."""
    height, _ = shape
    if not isinstance(found, tuple | list):
        return [[found]]
    if found and not isinstance(found[0], tuple | list):
        return [list(found)] if height == 1 else [[one] for one in found]
    return [list(row) for row in found]


# Excel


def _is_excel(sheet: xw.Sheet) -> bool:
    """Excel on Windows; on a Mac nothing but the copy itself can be asked for."""
    return str(sheet.book.app.engine.name) == "excel" and sys.platform != "darwin"


@contextmanager
def _undisturbed(sheet: xw.Sheet) -> Iterator[bool]:
    """Without questions about names that both books have; a very hidden sheet, of which Excel makes no copy, a hidden one for the
    while. Whether it is very hidden."""
    app, state = sheet.book.app, sheet.api.Visible
    alerts, app.display_alerts = app.display_alerts, False
    try:
        if state == _VERY_HIDDEN:
            sheet.api.Visible = _HIDDEN
        yield state == _VERY_HIDDEN
    finally:
        if state == _VERY_HIDDEN:
            sheet.api.Visible = _VERY_HIDDEN
        app.display_alerts = alerts


def _turn_links(source: xw.Book, book: xw.Book) -> None:
    """Let links to ``source`` be references of the book's own; they are left where it still lacks one of their sheets."""
    if source.fullname not in (book.api.LinkSources(_TO_BOOKS) or ()):
        return
    try:
        book.api.ChangeLink(source.fullname, book.fullname, _TO_BOOKS)
    except Exception as failure:
        if type(failure).__name__ != "com_error":  # pywin32's, of which there is no class without it
            raise
