"""A master's long form as a file's bytes, through pandas: .csv, .xlsx, .parquet. pandas is imported here and nowhere else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from .domain.long_form import LongRow
from .domain.quantity import plain
from .errors import CannotSave

__all__ = ["COLUMNS", "KINDS", "as_bytes"]

COLUMNS = ("project", "unit", "month", "measure", "value", "status")
KINDS = (".csv", ".xlsx", ".parquet")
_SHEET = "数据"
#: A spreadsheet takes text that begins so for a formula, in a .csv too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Digits in all and, at least, behind the point: one schema for every month's file.
_PRECISION, _SCALE = 38, 6


def as_bytes(rows: Sequence[LongRow], kind: str) -> bytes:
    """The file of ``kind`` (one of KINDS): a column for each of COLUMNS, a row for each of ``rows``.

    Values are exact: in .csv the decimal's digits, in .parquet decimal128, in .xlsx a number with the 15 digits that
    spreadsheets know. .csv begins with a byte order mark, so that Excel reads it as UTF-8. Text in .csv and .xlsx that
    would be taken for a formula gets an apostrophe. CannotSave where pyarrow is missing.
    """
    if kind == ".parquet":
        return _parquet(_frame(rows))
    harmless = _frame([replace(row, unit=_harmless(row.unit)) for row in rows])
    if kind == ".csv":
        harmless["value"] = [None if row.value is None else plain(row.value) for row in rows]
        text: str = harmless.to_csv(index=False, lineterminator="\r\n")
        return text.encode("utf-8-sig")
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        harmless.to_excel(writer, sheet_name=_SHEET, index=False, freeze_panes=(1, 0))
        for cells in writer.sheets[_SHEET].iter_rows():
            for cell in cells:
                if cell.value == "":
                    cell.value = None  # pandas writes an empty text where a spreadsheet wants a blank
    return buffer.getvalue()


def _frame(rows: Sequence[LongRow]) -> pd.DataFrame:
    """Objects as they are: pandas' own numbers would round decimals, and its NaN is not a blank."""
    cells = [
        (row.project, row.unit, row.month, row.measure, row.value, row.status and str(row.status))
        for row in rows
    ]
    return pd.DataFrame(cells, columns=list(COLUMNS), dtype=object)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _parquet(frame: pd.DataFrame) -> bytes:
    try:
        import pyarrow as pa
    except ImportError as missing:
        raise CannotSave(
            "这台电脑没有装 pyarrow，写不了 .parquet 文件。",
            "请改用 .csv 或 .xlsx，或请维护人员加装 minsheng[parquet]。",
        ) from missing
    values: list[Decimal | None] = frame["value"].to_list()
    scale = max((_SCALE, *(_decimals(value) for value in values if value is not None)))
    schema = pa.schema(
        [
            ("project", pa.int64()),
            ("unit", pa.string()),
            ("month", pa.int64()),
            ("measure", pa.int64()),
            ("value", pa.decimal128(_PRECISION, scale)),
            ("status", pa.string()),
        ]
    )
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, engine="pyarrow", schema=schema)
    return buffer.getvalue()


def _decimals(value: Decimal) -> int:
    return len(plain(value).partition(".")[2])
