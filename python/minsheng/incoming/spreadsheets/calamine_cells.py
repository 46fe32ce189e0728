"""Cells read by calamine, for the formats made of XML.

Only packages rebuilt from vetted parts come here: one value in the last cell of a sheet makes calamine ask for 550 GB and
abort the process. Its readers of binary records are not used at all: one flipped byte in an .xls does the same.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from ...domain.catalogue import submission as rules
from .refusal import Refused

__all__ = ["read_cells"]


def read_cells(package: bytes, known: Collection[str], wanted: Collection[str]) -> dict[str, list[list[Any]]]:
    """Title → rows of the ``wanted`` sheets, in order. Raises Refused where the sheets are not the ``known`` ones."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(package))
        titles = workbook.sheet_names
        if set(titles) != set(known):
            raise Refused(rules.DAMAGED, reason="工作表的目录不完整")
        return {
            title: workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for title in titles
            if title in wanted
        }
    except PasswordError as failure:
        raise Refused(rules.ENCRYPTED) from failure
    except (CalamineError, OSError, ValueError) as failure:
        raise Refused(rules.DAMAGED, reason="表格内容读不通") from failure
    except BaseException as failure:
        # The Rust library's own alarm does not derive from Exception.
        if type(failure).__name__ != "PanicException":
            raise
        raise Refused(rules.DAMAGED, reason="表格内容读不通") from failure
