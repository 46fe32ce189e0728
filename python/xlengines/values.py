"""Values between Python and cells, the same for every engine of ours."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import Any

from .a1 import Area, shifted

__all__ = ["CellError", "ValueExchange", "filled", "matrix"]


class CellError(str):
    """An error value such as ``#DIV/0!``, told apart from text of the same letters."""

    __slots__ = ()


class ValueExchange:
    """The two conversions that xlwings asks of an engine."""

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value on its way into a cell: exact decimals as numbers, NaN as a blank."""
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, float) and math.isnan(value):
            return None
        return value

    @staticmethod
    def clean_value_data(
        data: list[list[Any]], date_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Rows of values on their way out, as the range's options asked for them."""

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, CellError):
                return str(value) if err_to_str else None
            if isinstance(value, date):
                return _built(date_builder, value)
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]


def _built(builder: Any, value: Any) -> Any:
    return builder(
        month=value.month, day=value.day, year=value.year, hour=value.hour, minute=value.minute, second=value.second,
        microsecond=value.microsecond, tzinfo=None,
    )  # fmt: skip


def matrix(value: Any) -> list[list[Any]]:
    """A row, a column or rows of values as rows."""
    rows = value if value and isinstance(value[0], list | tuple) else [value]
    return [list(row) for row in rows]


def filled(value: Any, area: Area) -> list[list[Any]]:
    """One value in every cell of an area; a formula's relative references move along, as in Excel."""
    top, left, bottom, right = area
    rows, columns = range(bottom - top + 1), range(right - left + 1)
    if isinstance(value, str) and value.startswith("=") and len(value) > 1:
        return [["=" + shifted(value[1:], row, column) for column in columns] for row in rows]
    return [[value] * len(columns) for _ in rows]
