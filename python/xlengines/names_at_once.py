"""What the names of a book refer to, many of them in one question: xlwings asks Excel two or three for each of hundreds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .a1 import quoted, unquoted
from .excel import is_busy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import xlwings as xw

__all__ = ["NamesAtOnce"]

#: What Evaluate gives of a word that is no name (xlErrName); any other error is one that a name gives.
_NO_NAME = -2146826259
#: Names that Excel gives a sheet by itself: print area, print titles, filter.
_OF_EXCEL = 3
_AREAS = re.compile(r"(?P<where>'(?:[^']|'')+'|[^'!]+)!(?P<areas>.+)")


class NamesAtOnce:
    """The names of a book that is open in Excel, asked for by label from a sheet of it."""

    def __init__(self, book: xw.Book, sheet: Any) -> None:
        self._book, self._sheet, self._file = book, sheet, book.name
        self._hidden = {name.Name.rpartition("!")[2].casefold() for name in sheet.Names}

    @classmethod
    def of(cls, book: xw.Book, label: str) -> NamesAtOnce | None:
        """Asked from the sheet that the book-scope name ``label`` refers to; None where there is none, and of a host whose
        names cost little."""
        if book.app.engine.name != "excel" or label not in book.names:
            return None
        name = book.names[label]
        if "!" in name.name:
            return None
        try:
            return cls(book, name.api.RefersToRange.Worksheet)
        except Exception as failure:
            if is_busy(failure):
                raise
            return None

    def refer(self, labels: Sequence[str]) -> dict[str, str]:
        """Label → what it refers to, ``='01'!$B$7:$D$9``; a label that is no name is left out. Two calls where all are single
        areas of one sheet. LookupError where the sheet that is asked has a name of its own like that, which goes before the
        book's, and of a program that answers as Excel and cannot do it."""
        if not self._hidden.isdisjoint(label.casefold() for label in labels):
            raise LookupError(labels)
        try:
            answer = self._sheet.Evaluate(",".join(labels))
            is_range = not isinstance(answer, int | float | str | tuple | None)
            areas = self._areas(answer) if is_range else []
        except Exception as failure:
            if is_busy(failure):
                raise
            raise LookupError(labels) from failure
        if len(areas) == len(labels):
            return dict(zip(labels, areas, strict=True))
        if len(labels) == 1:
            known = is_range or answer != _NO_NAME
            return {labels[0]: self._book.names[labels[0]].refers_to or ""} if known else {}
        return {label: refers for one in labels for label, refers in self.refer([one]).items()}

    def _areas(self, answer: Any) -> list[str]:
        """The areas of a range, each as a name refers to it."""
        match = _AREAS.fullmatch(answer.GetAddress(True, True, 1, True))
        if match is None:
            return []
        title = unquoted(match["where"]).removeprefix(f"[{self._file}]")
        areas = match["areas"].replace(f",{match['where']}!", ",").split(",")
        return [f"={quoted(title)}!{area}" for area in areas]

    def at_book_scope(self, sheets: Iterable[xw.Sheet]) -> tuple[int, list[str]]:
        """How many names are the book's, not those of its ``sheets``; and the labels (``'01 (2)'!P01_分解``) of the names of
        those that have more than Excel gives one by itself."""
        of_sheets, labels = 0, list[str]()
        for sheet in sheets:
            own = sheet.api.Names
            of_sheets += (count := own.Count)
            if count > _OF_EXCEL:
                labels += [name.Name for name in own]
        return self._book.api.Names.Count - of_sheets, labels
