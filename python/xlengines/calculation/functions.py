"""Functions of a sheet, as far as programs agree on them.

Each gets a Reader and its arguments as they are: values, areas, and arrays where the formula makes some.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..values import CellError
from .operands import REFERENCE, Area, Reader, Unsure, as_number, as_text, scalar

__all__ = ["ARRAYS", "ELEMENTWISE", "FUNCTIONS"]

_NOT_AVAILABLE = CellError("#N/A")
_EPOCH = date(1899, 12, 30)
#: Before it programs count days differently.
_FIRST_DAY = (date(1900, 3, 1) - _EPOCH).days


class _Failed(Exception):
    """Ends a function with an error value of one of its arguments."""


def _number(value: Any, reader: Reader) -> float:
    number = as_number(scalar(value, reader))
    if type(number) is CellError:
        raise _Failed(number)
    return float(number)


def _whole(value: Any, reader: Reader) -> int:
    return math.floor(_number(value, reader))


def _cells(value: Any, reader: Reader) -> Iterator[Any]:
    """All values of an area or an array."""
    for row in reader.rows(value) if type(value) is Area else value:
        yield from row


def _numbers(arguments: tuple[Any, ...], reader: Reader) -> Iterator[float]:
    """Of areas and arrays the numbers alone; single values must be numbers."""
    for value in arguments:
        if type(value) is Area or type(value) is list:
            for cell in _cells(value, reader):
                if type(cell) is float:
                    yield cell
                elif type(cell) is CellError:
                    raise _Failed(cell)
        elif type(value) is str:
            raise Unsure
        else:
            yield _number(value, reader)


# Totals


def _sum(reader: Reader, *arguments: Any) -> float:
    return math.fsum(_numbers(arguments, reader))


def _max(reader: Reader, *arguments: Any) -> float:
    return max(_numbers(arguments, reader), default=0.0)


def _min(reader: Reader, *arguments: Any) -> float:
    return min(_numbers(arguments, reader), default=0.0)


def _count(reader: Reader, *arguments: Any) -> float:
    found = 0
    for value in arguments:
        if type(value) is Area or type(value) is list:
            found += sum(type(cell) is float for cell in _cells(value, reader))
        elif type(value) is float:
            found += 1
        elif type(value) is not CellError:
            raise Unsure
    return float(found)


def _matching(criterion: Any) -> Callable[[Any], bool]:
    """Of the criteria of SUMIF and COUNTIF the plain ones: filled cells, or a text that is no number and no pattern."""
    if criterion == "<>":

        def is_filled(cell: Any) -> bool:
            if cell == "":  # filled to one program and not to another
                raise Unsure
            return cell is not None

        return is_filled
    if type(criterion) is not str or not criterion or any(ch in "<>=*?~" or ch.isdigit() for ch in criterion):
        raise Unsure
    folded = criterion.casefold()
    return lambda cell: type(cell) is str and cell.casefold() == folded


def _count_if(reader: Reader, area: Any, criterion: Any) -> float:
    if type(area) is not Area:
        raise Unsure
    matches = _matching(scalar(criterion, reader))
    return float(sum(matches(cell) for cell in _cells(area, reader)))


def _sum_if(reader: Reader, area: Any, criterion: Any, summed: Any) -> float:
    if type(area) is not Area or type(summed) is not Area:
        raise Unsure
    if (area.bottom - area.top, area.right - area.left) != (
        summed.bottom - summed.top,
        summed.right - summed.left,
    ):
        raise Unsure
    matches = _matching(scalar(criterion, reader))
    taken = [
        value
        for cell, value in zip(_cells(area, reader), _cells(summed, reader), strict=True)
        if matches(cell)
    ]
    return math.fsum(_numbers(([taken],), reader))


def _sum_product(reader: Reader, *arguments: Any) -> float:
    factors = []
    for value in arguments:
        if type(value) is not Area and type(value) is not list:
            value = [[scalar(value, reader)]]  # noqa: PLW2901
        factors.append(list(_cells(value, reader)))
    if len({len(cells) for cells in factors}) != 1:
        raise Unsure
    total = []
    for cells in zip(*factors, strict=True):
        product = 1.0
        for cell in cells:
            if type(cell) is CellError:
                raise _Failed(cell)
            if type(cell) is bool:
                raise Unsure
            product *= cell if type(cell) is float else 0.0
        total.append(product)
    return math.fsum(total)


# Looking up


def _rows(reader: Reader, area: Any) -> float:
    if type(area) is not Area:
        raise Unsure
    return float(area.bottom - area.top + 1)


def _index(reader: Reader, area: Any, row: Any, column: Any) -> Any:
    if type(area) is not Area:
        raise Unsure
    sheet, top, left, bottom, right = area
    row, column = _whole(row, reader), _whole(column, reader)
    if row < 0 or column < 0:
        raise Unsure
    if row > bottom - top + 1 or column > right - left + 1:
        return REFERENCE
    if row:
        top = bottom = top + row - 1
    if column:
        left = right = left + column - 1
    return Area(sheet, top, left, bottom, right)


def _match(reader: Reader, wanted: Any, area: Any, order: Any) -> Any:
    if type(area) is not Area or (area.top < area.bottom and area.left < area.right):
        raise Unsure
    if _number(order, reader) != 0:
        raise Unsure
    wanted = scalar(wanted, reader)
    if type(wanted) is CellError:
        return wanted
    if type(wanted) is str:
        if not wanted or any(ch in "*?~" for ch in wanted):
            raise Unsure
        wanted = wanted.casefold()
    elif type(wanted) is not float or not wanted.is_integer():
        raise Unsure
    place = reader.places(area).get(wanted)
    return _NOT_AVAILABLE if place is None else float(place)


def _lookup(reader: Reader, wanted: Any, looked: Any, given: Any = None) -> Any:
    """The last number, where ``wanted`` is larger than all of them: then no program needs them in order."""
    wanted = _number(wanted, reader)
    cells = list(_cells(looked, reader) if type(looked) in (Area, list) else [looked])
    found = [place for place, cell in enumerate(cells) if type(cell) is float]
    if any(cells[place] >= wanted for place in found):
        raise Unsure
    if not found:
        return _NOT_AVAILABLE
    if given is None:
        return cells[found[-1]]
    results = list(_cells(given, reader) if type(given) in (Area, list) else [given])
    if len(results) != len(cells):
        raise Unsure
    return results[found[-1]]


# Logic and single values


def _truths(arguments: tuple[Any, ...], reader: Reader) -> Iterator[bool]:
    for value in arguments:
        if type(value) is Area or type(value) is list:
            for cell in _cells(value, reader):
                if type(cell) is CellError:
                    raise _Failed(cell)
                if type(cell) in (float, bool):
                    yield bool(cell)
        elif type(value) is str:
            raise Unsure
        else:
            yield bool(_number(value, reader))


def _and(reader: Reader, *arguments: Any) -> bool:
    return all(list(_truths(arguments, reader)))


def _or(reader: Reader, *arguments: Any) -> bool:
    return any(list(_truths(arguments, reader)))


def _n(reader: Reader, value: Any) -> Any:
    if type(value) is Area:
        value = reader.cell(value.sheet, value.top, value.left)
    if type(value) is list:
        raise Unsure
    return 0.0 if value is None or type(value) is str else value if type(value) is CellError else float(value)


def _is_number(value: Any) -> bool:
    return type(value) is float


def _mod(reader: Reader, value: Any, divisor: Any) -> float:
    """The rest, with the sign of the divisor."""
    number, by = _number(value, reader), _number(divisor, reader)
    if not by:
        raise Unsure
    return float(number % by)


def _round(reader: Reader, value: Any, digits: Any) -> float:
    """To even tenths by the 15 digits that are shown, half away from zero, as programs do."""
    number, places = _number(value, reader), _whole(digits, reader)
    shown = Decimal(f"{number:.15g}")
    return float(shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) + 0.0


def _substitute(text: Any, old: Any, new: Any) -> Any:
    text, old, new = as_text(text), as_text(old), as_text(new)
    for given in (text, old, new):
        if type(given) is CellError:
            return given
    return text.replace(old, new) if old else text


def _hyperlink(reader: Reader, target: Any, shown: Any = None) -> Any:
    return scalar(target if shown is None else shown, reader)


def _not_available(reader: Reader) -> CellError:
    return _NOT_AVAILABLE


# Days


def _date(reader: Reader, year: Any, month: Any, day: Any) -> float:
    year, month, day = _whole(year, reader), _whole(month, reader), _whole(day, reader)
    if not 1901 <= year <= 9990 or not -1000 < month < 1000 or not -10000 < day < 10000:
        raise Unsure
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return float((first + timedelta(days=day - 1) - _EPOCH).days)


def _day(value: Any, reader: Reader) -> date:
    serial = _whole(value, reader)
    if not _FIRST_DAY <= serial < 2_900_000:
        raise Unsure
    return _EPOCH + timedelta(days=serial)


def _end_of_month(reader: Reader, day: Any, months: Any) -> float:
    start = _day(day, reader)
    return _date(reader, float(start.year), float(start.month + _whole(months, reader) + 1), 0.0)


def _text(reader: Reader, value: Any, code: Any) -> Any:
    value = scalar(value, reader)
    if type(value) is CellError:
        return value
    if scalar(code, reader) != "yyyy-mm-dd" or type(value) is not float:
        raise Unsure
    return _day(value, reader).isoformat()


def _part_of_day(part: str) -> Callable[..., float]:
    return lambda reader, day: float(getattr(_day(day, reader), part))


def _with_errors(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(reader: Reader, *arguments: Any) -> Any:
        try:
            return function(reader, *arguments)
        except _Failed as failed:
            return failed.args[0]
        except TypeError:  # another number of arguments than is known
            raise Unsure from None

    return call


#: Functions whose arguments are computed as arrays, whatever is around them: name → from which argument on.
ARRAYS = {"SUMPRODUCT": 0, "LOOKUP": 1}
#: Functions of single values, of which an array has one an element.
ELEMENTWISE: dict[str, Callable[..., Any]] = {"ISNUMBER": _is_number, "SUBSTITUTE": _substitute}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: _with_errors(function)
    for name, function in dict[str, Callable[..., Any]]({
        "AND": _and, "COUNT": _count, "COUNTIF": _count_if, "DATE": _date, "DAY": _part_of_day("day"), "EOMONTH": _end_of_month,
        "HYPERLINK": _hyperlink, "INDEX": _index, "LOOKUP": _lookup, "MATCH": _match, "MAX": _max, "MIN": _min, "MOD": _mod,
        "MONTH": _part_of_day("month"), "N": _n, "NA": _not_available, "OR": _or, "ROUND": _round, "ROWS": _rows, "SUM": _sum,
        "SUMIF": _sum_if, "SUMPRODUCT": _sum_product, "TEXT": _text, "YEAR": _part_of_day("year"),
    }).items()
}  # fmt: skip
