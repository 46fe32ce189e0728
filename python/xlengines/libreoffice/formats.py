"""Number formats of a document: their codes in Excel's English, and which cells show a date or TRUE and FALSE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..a1 import Area
from ..ranges import gathered, inside
from . import bridge
from .bridge import address_of, area_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .book import Book

__all__ = ["Formats"]

# com.sun.star.util.NumberFormat
_DATE, _TIME, _DATETIME, _TEXT, _LOGICAL = 2, 4, 6, 256, 1024
# com.sun.star.sheet.CellFlags, com.sun.star.sheet.FormulaResult
_DATE_CONSTANTS, _NUMBER_RESULTS = 2, 1

_DATE_CODE, _DATETIME_CODE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"

Place = tuple[int, int]


class Formats:
    """One document's formats. Few objects are fetched, since each new one costs as much as ten calls on a known one."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._formats = book.api.getNumberFormats()
        self._english = bridge.struct("lang.Locale", Language="en", Country="US")
        self._kinds: dict[int, int] = {}
        self._codes: dict[int, str] = {}
        self._ranges: Any = None
        self._truth_words: str | None = None

    # Codes

    def key(self, code: str) -> int:
        """The document's key of an Excel format code, added if it has none yet."""
        found = int(self._formats.queryKey(code, self._english, False))
        return found if found >= 0 else int(self._formats.addNew(code, self._english))

    def code(self, key: int) -> str:
        """The Excel format code of a key, in English whatever the document's language."""
        if key not in self._codes:
            self._codes[key] = self._english_code(key)
        return self._codes[key]

    def _english_code(self, key: int) -> str:
        known = self._formats.getByKey(key)
        code, locale = known.getPropertyValue("FormatString"), known.getPropertyValue("Locale")
        if locale.Language not in ("", "en"):
            converted = self._formats.addNewConverted(code, locale, self._english)
            code = self._formats.getByKey(converted).getPropertyValue("FormatString")
        return str(code)

    def truth_key(self) -> int:
        """The key of the format that shows TRUE and FALSE."""
        return int(self._formats.getStandardFormat(_LOGICAL, self._english))

    def moment_key(self, *, with_time: bool) -> int:
        """The key of a format that shows a date, with its time where asked for."""
        return self.key(_DATETIME_CODE if with_time else _DATE_CODE)

    def _kind(self, key: int) -> int:
        if key not in self._kinds:
            self._kinds[key] = int(self._formats.getByKey(key).getPropertyValue("Type"))
        return self._kinds[key]

    # Formats of cells

    def keys_of(self, sheet: int, areas: Iterable[Area]) -> list[tuple[Area, int]]:
        """Areas of one format each with its key, together covering ``areas``; few calls where the format is the same."""
        whole = list(areas)
        if not whole:
            return []
        found: list[tuple[Area, int]] = []
        waiting = [whole]
        ranges = self.ranges(sheet, whole)
        held = tuple(address_of(sheet, area) for area in whole)
        while waiting:
            together = waiting.pop()
            if together is not whole:
                ranges.removeRangeAddresses(held)
                held = tuple(address_of(sheet, area) for area in together)
                ranges.addRangeAddresses(held, False)
            key = self._common(ranges)
            if key is not None:
                found.extend((area, key) for area in together)
            elif len(together) > 1:
                middle = len(together) // 2
                waiting += [together[:middle], together[middle:]]
            else:
                waiting += [[half] for half in _halves(together[0])]
        return found

    def common(self, sheet: int, areas: list[Area]) -> int | None:
        """The format that all areas share, None if they do not."""
        return self._common(self.ranges(sheet, areas))

    @staticmethod
    def _common(with_areas: Any) -> int | None:
        key = int(with_areas.getPropertyValue("NumberFormat"))
        # Where the formats differ the host gives the standard one's 0: only then it must be asked again.
        if key == 0 and with_areas.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            return None
        return key

    def ranges(self, sheet: int, areas: Iterable[Area]) -> Any:
        """The one SheetCellRanges of this document, holding ``areas`` until the next call."""
        if self._ranges is None:
            self._ranges = self._book.api.createInstance("com.sun.star.sheet.SheetCellRanges")
        held = self._ranges.getRangeAddresses()  # as they are now: rows may have been inserted above them
        if held:
            self._ranges.removeRangeAddresses(held)
        self._ranges.addRangeAddresses(tuple(address_of(sheet, area) for area in areas), False)
        return self._ranges

    def put(self, sheet: int, areas: Iterable[Area], key: int) -> None:
        """Give the cells of some areas a number format by its key, in one call."""
        self.ranges(sheet, areas).setPropertyValue("NumberFormat", key)

    # What numbers stand for

    def moments(self, sheet: int, cells: Any, data: tuple[tuple[Any, ...], ...], area: Area) -> set[Place]:
        """Cells (sheet rows and columns) whose number is shown as a date or a time."""
        numbers = _numbers(data, area)
        if not numbers:
            return set()
        found = _cells_of(cells.queryContentCells(_DATE_CONSTANTS)) & numbers
        results = _cells_of(cells.queryFormulaCells(_NUMBER_RESULTS)) & numbers
        for part, key in self.keys_of(sheet, gathered(results)):
            if self._kind(key) & _DATETIME:
                found.update(inside(part))
        return found

    def truths(self, cells: Any, data: tuple[tuple[Any, ...], ...], area: Area) -> set[Place]:
        """Cells that show a 0 or a 1 as FALSE or TRUE: constants carry no type of their own here."""
        candidates = {place for place in _numbers(data, area) if _at(data, area, place) in (0.0, 1.0)}
        return self.shown_as_truth(cells) & candidates if candidates else set()

    def truths_in(self, sheet: int, cells: Any, area: Area) -> set[Place]:
        """Cells of an area whose format makes TRUE or FALSE of a number."""
        whole = self.common(sheet, [area])
        if whole is not None:
            return set(inside(area)) if self._kind(whole) == _LOGICAL else set()
        shown = gathered(self.shown_as_truth(cells))
        return {
            place
            for part, key in self.keys_of(sheet, shown)
            if self._kind(key) == _LOGICAL
            for place in inside(part)
        }

    def undated(self, sheet: int, areas: list[Area]) -> list[Area]:
        """The parts of ``areas`` that would show a date as a bare number."""
        return [part for part, key in self.keys_of(sheet, areas) if not self._kind(key) & _DATETIME]

    def shown_as_truth(self, cells: Any) -> set[Place]:
        """Cells whose display is the word for TRUE or FALSE, text included."""
        search = cells.createSearchDescriptor()
        search.setSearchString(self._words())
        for name in ("SearchRegularExpression", "SearchWords"):  # "words" means the whole cell
            search.setPropertyValue(name, True)
        search.setPropertyValue("SearchType", 1)  # what is shown, not the formula
        found = cells.findAll(search)
        return _cells_of(found) if found is not None else set()

    def _words(self) -> str:
        if self._truth_words is None:
            formatter = self._book.host.create("com.sun.star.util.NumberFormatter")
            formatter.attachNumberFormatsSupplier(self._book.api)
            key = self.truth_key()
            self._truth_words = "|".join(
                formatter.convertNumberToString(key, float(truth)) for truth in (True, False)
            )
        return self._truth_words


def _cells_of(ranges: Any) -> set[Place]:
    return {place for address in ranges.getRangeAddresses() for place in inside(area_of(address))}


def _numbers(data: tuple[tuple[Any, ...], ...], area: Area) -> set[Place]:
    top, left = area[:2]
    return {
        (row, column)
        for row, values in enumerate(data, start=top)
        for column, value in enumerate(values, start=left)
        if isinstance(value, float)
    }


def _at(data: tuple[tuple[Any, ...], ...], area: Area, place: Place) -> Any:
    return data[place[0] - area[0]][place[1] - area[1]]


def _halves(area: Area) -> tuple[Area, Area]:
    """Cut the longer side: formats run in columns of tall blocks and in rows of wide ones."""
    top, left, bottom, right = area
    if right - left >= 1 and (right - left <= bottom - top or bottom == top):
        middle = (left + right) // 2
        return (top, left, bottom, middle), (top, middle + 1, bottom, right)
    middle = (top + bottom) // 2
    return (top, left, middle, right), (middle + 1, left, bottom, right)
