"""A sheet of one document in another: what LibreOffice's own import takes along, and what it leaves behind or lets point elsewhere.

The import makes formulas that speak of other sheets links to the first document, lets rules, validations and charts point to whatever
sheet has the same place in the second one, and forgets names that no formula uses, the page's look and the frozen panes. Here all of
that is said again, in the words that the sheet has in the first document.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..base import title_of_copy
from ..errors import BadFormula, ProtectedSheet
from ..sheet_mentions import is_elsewhere, rewritten, sheets_in, words_in
from . import bridge
from .chart_sources import point_to
from .formulas import to_excel, to_native
from .names import in_one_go
from .page_import import bring_page, bring_panes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .book import Book
    from .sheets import Sheet

__all__ = ["SheetImport"]

_FORMULAS = 16  # CellFlags.FORMULA


class SheetImport:
    """One sheet, copied into ``target`` at an index from 0. ``missing`` are the sheets that it speaks of and the target lacks."""

    def __init__(self, source: Sheet, target: Book) -> None:
        self._source, self._target = source.api, target
        self._document = source.book.api
        self._title = source.name
        self.title = self._title
        self.missing: set[str] = set()
        self._own_names: set[str] = set()
        self._taken: set[str] = set()

    def put(self, place: int) -> None:
        """Import the sheet, dress it and let it speak of the sheets that are there."""
        sheets = self._target.sheets_api
        self._taken = {label.casefold() for label in _labels(self._target.api)}
        self.title = title_of_copy(self._title, self._target.sheets.names())
        self._sheet = sheets.getByIndex(sheets.importSheet(self._document, self._title, place))
        if self._sheet.getName() != self.title:
            self._sheet.setName(self.title)
        if not self._source.getPropertyValue("IsVisible"):
            self._sheet.setPropertyValue("IsVisible", False)
        bring_page(self._source, self._document, self._sheet, self._target.api)
        self.settle()
        # Shown last: until then its charts have ranges of other sheets.
        bring_panes(self._document, self._title, self._target.api, self._sheet)

    def settle(self) -> None:
        """Let names, formulas, rules, validations and charts speak of the target's own sheets, as far as these are there."""
        self.missing = set()
        self._settle_names()
        with self._unlocked():
            self._settle_cells()
            self._settle_validations()
            self._settle_rules()
        point_to(self._source, self._sheet, self._local)

    @contextmanager
    def _unlocked(self) -> Iterator[None]:
        """The copy of a protected sheet, open for what has to be said anew. ProtectedSheet where a password keeps it closed."""
        if not self._sheet.isProtected():
            yield
            return
        self._sheet.unprotect("")
        if self._sheet.isProtected():
            self._target.sheets_api.removeByName(self.title)
            raise ProtectedSheet("protected-sheet", sheet=self._title, path=self._target.fullname)
        try:
            yield
        finally:
            self._sheet.protect("")

    def _local(self, native: str) -> str | None:
        """A formula of the first document (without ``=``) as it reads in the target; None where it cannot be said there yet."""
        excel = to_excel(f"={native}")[1:]
        if is_elsewhere(excel):
            return None
        mine = self._title.casefold()
        there = {name.casefold() for name in self._target.sheets.names()} | {mine}
        missing = {title for title in sheets_in(excel) if title.casefold() not in there}
        if missing:
            self.missing |= missing
            return None
        try:
            return to_native(f"={rewritten(excel, {mine: self.title})}")[1:]
        except BadFormula:
            return None

    def _speaks_of_others(self, native: str) -> bool:
        titles = {title.casefold() for title in sheets_in(to_excel(f"={native}"))}
        return bool(titles - {self._title.casefold()})

    # Names

    def _settle_names(self) -> None:
        mine, books = (owner.getPropertyValue("NamedRanges") for owner in (self._sheet, self._target.api))
        with in_one_go(mine, self._target.api), in_one_go(books, self._target.api):
            own = dict(_names(self._source))
            for label, name in own.items():
                self._put_name(mine, label, name)
            own_labels = {label.casefold() for label in own}
            brought = frozenset(_labels(self._target.api))
            for label, name in _names(self._document):
                taken = label.casefold() in self._taken
                if taken and label.casefold() in own_labels:
                    continue
                titles = {title.casefold() for title in sheets_in(to_excel(f"={name.getContent()}"))}
                if self._title.casefold() in titles:
                    if taken:
                        self._own_names.add(label.casefold())
                    self._put_name(mine if taken else books, label, name)
                elif not taken and label in brought:
                    self._put_name(books, label, name)

    def _put_name(self, names: Any, label: str, like: Any) -> None:
        content = self._local(like.getContent())
        if content is None:
            return
        if not names.hasByName(label):
            position = bridge.struct("table.CellAddress", Sheet=self._sheet.getRangeAddress().Sheet)
            names.addNewByName(label, content, position, like.getType())
        elif (standing := names.getByName(label)).getContent() != content:
            standing.setContent(content)

    # Cells

    def _settle_cells(self) -> None:
        for area in self._source.queryContentCells(_FORMULAS).getRangeAddresses():
            corners = (area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
            texts = self._source.getCellRangeByPosition(*corners).getFormulaArray()
            if any(self._is_to_be_said(text) for row in texts for text in row):
                self._say(corners, texts)

    def _is_to_be_said(self, text: str) -> bool:
        return self._speaks_of_others(text.strip("{}")[1:]) or bool(
            self._own_names and self._own_names & words_in(to_excel(text.strip("{}")))
        )

    def _say(self, corners: tuple[int, int, int, int], texts: tuple[tuple[str, ...], ...]) -> None:
        target = self._sheet.getCellRangeByPosition(*corners)
        standing = target.getFormulaArray()
        if any(text.startswith("{") for row in texts for text in row):
            self._say_singly(target, texts)
            return
        new = [
            tuple(
                old if (local := self._local(text[1:])) is None else f"={local}"
                for text, old in zip(row, olds, strict=True)
            )
            for row, olds in zip(texts, standing, strict=True)
        ]
        target.setFormulaArray(tuple(new))

    def _say_singly(self, target: Any, texts: tuple[tuple[str, ...], ...]) -> None:
        """Where formulas of several cells at once stand among others."""
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                if not self._is_to_be_said(text) or (local := self._local(text.strip("{}")[1:])) is None:
                    continue
                cell = target.getCellByPosition(column, row)
                if not text.startswith("{"):
                    cell.setFormula(f"={local}")
                    continue
                cursor = self._sheet.createCursorByRange(cell)
                cursor.collapseToCurrentArray()
                found, place = cursor.getRangeAddress(), cell.getCellAddress()
                if (found.StartRow, found.StartColumn) == (place.Row, place.Column):
                    cursor.setArrayFormula(f"={local}")

    # Rules

    def _settle_validations(self) -> None:
        groups = self._source.getUniqueCellFormatRanges()
        for group in map(groups.getByIndex, range(groups.getCount())):
            rule = group.getPropertyValue("Validation")
            texts = (rule.getFormula1(), rule.getFormula2())
            if rule.getPropertyValue("Type").value == "ANY" or not any(
                text and sheets_in(to_excel(f"={text}")) for text in texts
            ):
                continue
            first, second = (self._local(text) if text else "" for text in texts)
            if first is None or second is None:
                continue
            for area in group.getRangeAddresses():
                cells = self._sheet.getCellRangeByPosition(
                    area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
                )
                twin = cells.getPropertyValue("Validation")
                position = rule.getSourcePosition()
                position.Sheet = self._sheet.getRangeAddress().Sheet
                twin.setSourcePosition(position)
                twin.setFormula1(first)
                twin.setFormula2(second)
                cells.setPropertyValue("Validation", twin)

    def _settle_rules(self) -> None:
        ours, theirs = (
            sheet.getPropertyValue("ConditionalFormats").getConditionalFormats()
            for sheet in (self._sheet, self._source)
        )
        for mine, like in zip(ours, theirs, strict=False):
            for number in range(min(mine.getCount(), like.getCount())):
                entry, model = mine.getByIndex(number), like.getByIndex(number)
                for name in ("Formula1", "Formula2"):
                    if not entry.getPropertySetInfo().hasPropertyByName(name):
                        continue
                    text = model.getPropertyValue(name)
                    if text and sheets_in(to_excel(f"={text}")) and (local := self._local(text)) is not None:
                        entry.setPropertyValue(name, local)


def _labels(owner: Any) -> list[str]:
    """The names of a document or a sheet, without those that the host makes for itself."""
    found = owner.getPropertyValue("NamedRanges").getElementNames()
    return [label for label in found if not label.startswith("_xlnm")]


def _names(owner: Any) -> Iterator[tuple[str, Any]]:
    found = owner.getPropertyValue("NamedRanges")
    return ((label, found.getByName(label)) for label in _labels(owner))
