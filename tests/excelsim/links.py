"""Sheets in formulas and names: under other names, gone, or in another book; a sheet copied from book to book."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from openpyxl.formula.tokenizer import Token, Tokenizer

from .errors import refused
from .references import quoted

if TYPE_CHECKING:
    from .workbook import Workbook
    from .worksheet import Worksheet

__all__ = ["change_link", "copy_sheet", "gone", "link_sources", "renamed", "rewrite"]

_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:\s]+))!")
_WORD = re.compile(r"[^\W\d][\w.]*")
Change = Callable[[str], str]


def _rewritten(formula: str, change: Change) -> str:
    """``change`` gets each sheet, with its book if it has one, without apostrophes; it gives what stands before the cells."""
    if not formula.startswith("=") or "!" not in formula:
        return formula
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _SHEET.sub(
                lambda found: change((found[1] or found[2]).replace("''", "'")), token.value
            )
    return "=" + "".join(token.value for token in tokens.items)


def rewrite(book: Workbook, change: Change) -> None:
    """Every formula and name of a book."""
    for sheet in book._sheets:
        for cell in sheet._grid.cells.values():
            cell.formula = _rewritten(cell.formula, change)
    for name in book._names:
        name._refers = _rewritten(name._refers, change)


def renamed(old: str, new: str) -> Change:
    return lambda sheet: f"{quoted(new if sheet.lower() == old.lower() else sheet)}!"


def gone(old: str) -> Change:
    # Source: "How to correct a #REF! error" (support.microsoft.com): references to a deleted sheet.
    return lambda sheet: "#REF!" if sheet.lower() == old.lower() else f"{quoted(sheet)}!"


def copy_sheet(sheet: Worksheet, near: Worksheet, offset: int) -> None:
    """Worksheet.Copy before (0) or after (1) another one, of this book or another."""
    from .worksheet import VERY_HIDDEN, VISIBLE, Worksheet

    home, book = sheet._book, near._book
    # Assumed: a very hidden sheet cannot be copied.
    if book._structure_locked or sheet._visible == VERY_HIDDEN:
        raise refused("类 Worksheet 的 Copy 方法无效")
    name, number = sheet._name, 1
    while book._named(name) is not None:
        number += 1
        name = f"{sheet._name[: 31 - len(f' ({number})')]} ({number})"
    twin = Worksheet(book, name, sheet._grid.copy(), visible=sheet._visible, paper=sheet._paper)
    taken = {one._label.lower() for one in book._names if one._scope is None}
    book._sheets.insert(book._sheets.index(near) + offset, twin)

    def moved(where: str) -> str:
        if where.lower() == sheet._name.lower():
            return f"{quoted(name)}!"
        # Source: "Move or copy worksheets" (support.microsoft.com): formulas that refer to other sheets refer to the first book.
        return f"{quoted(where)}!" if book is home or "[" in where else f"{quoted(f'[{home._name}]{where}')}!"

    for cell in twin._grid.cells.values():
        cell.formula = _rewritten(cell.formula, moved)
    _bring_names(sheet, twin, taken, moved)
    if twin._visible == VISIBLE:
        book._current = twin
    book._app._active = book
    book.Saved = False


def _bring_names(sheet: Worksheet, twin: Worksheet, taken: set[str], moved: Change) -> None:
    # Source: documentation of Worksheet.Copy; in the same book the copy gets the names of its sheet at sheet scope.
    # Assumed: copied into another book, names come at book scope where that book has none of the label.
    from .workbook import Name

    home, book = sheet._book, twin._book
    used = {word.lower() for cell in twin._grid.cells.values() for word in _WORD.findall(cell.formula)}
    own = {one._label.lower() for one in home._names if one._scope is sheet}
    for one in [one for one in home._names if one._scope in (None, sheet)]:
        label = one._label.lower()
        sheets = {
            (found[1] or found[2]).replace("''", "'").lower() for found in _SHEET.finditer(one._refers[1:])
        }
        points_here = sheet._name.lower() in sheets
        # Assumed: names that the sheet's formulas use come along too, as links to the first book, where the other book lacks them.
        needed = book is not home and label not in taken and label in used
        if one._scope is None and (label in own or not (points_here or needed)):
            continue
        wide = book is not home and one._scope is None and label not in taken
        book._names.append(
            Name(book, None if wide else twin, one._label, _rewritten(one._refers, moved), visible=True)
        )
    book._names.sort(key=lambda one: one._label.lower())


def _links(book: Workbook) -> dict[str, set[str]]:
    """The books that formulas and names of a book refer to, with the sheets of each."""
    found: dict[str, set[str]] = {}

    def note(where: str) -> str:
        if "[" in where:
            other, _, title = where.partition("[")[2].partition("]")
            found.setdefault(other, set()).add(title)
        return f"{quoted(where)}!"

    rewrite(book, note)
    return found


def link_sources(book: Workbook) -> tuple[str, ...] | None:
    """Source: documentation of Workbook.LinkSources: full names, Empty where there are none."""
    open_books = {one._name: one._full for one in book._app._books}
    return tuple(open_books.get(name, name) for name in sorted(_links(book))) or None


def change_link(book: Workbook, old: str, new: str) -> None:
    """Workbook.ChangeLink. Source: its documentation.

    Assumed: changed to the book itself, links become references of its own; where it lacks a sheet, the method fails.
    """
    name, wanted = (re.split(r"[\\/]", full)[-1] for full in (old, new))
    if name not in _links(book):
        raise refused("类 Workbook 的 ChangeLink 方法无效")
    to_itself = wanted.lower() == book._name.lower()
    if to_itself and any(book._named(title) is None for title in _links(book)[name]):
        raise refused("类 Workbook 的 ChangeLink 方法无效")

    def change(where: str) -> str:
        title = where.rpartition("]")[2]
        if f"[{name}]" not in where:
            return f"{quoted(where)}!"
        return f"{quoted(title if to_itself else f'[{wanted}]{title}')}!"

    rewrite(book, change)
    book.Saved = False
