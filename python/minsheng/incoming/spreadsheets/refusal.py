"""Refusing a file: an exception inside the readers, a sentence of theirs outside; and how large a workbook may be."""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["MB", "Limits", "Refusal", "Refused"]

MB: Final = 1 << 20


class Refusal(Enum):
    """Why nothing of a file can be used."""

    EMPTY = "empty"
    NOT_A_WORKBOOK = "not a workbook"
    TOO_OLD = "too old"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    HOSTILE = "hostile"
    TOO_LARGE = "too large"
    ARCHIVE = "archive"


class Refused(Exception):
    """The file cannot be used. ``reason`` says in Chinese what was seen (“是照片”, “XML 读不通”); of one that is
    TOO_LARGE ``limit`` says how much may be (“40MB”)."""

    def __init__(self, refusal: Refusal, reason: str = "", limit: str = "") -> None:
        super().__init__(refusal.value, reason)
        self.refusal = refusal
        self.reason = reason
        self.limit = limit


class Limits:
    """How large a workbook may be. What is beyond is refused with a sentence, never read."""

    #: One part of a package that is read, unpacked; all sheets together as much.
    PART_BYTES: Final = 40 * MB
    STRINGS_BYTES: Final = 16 * MB
    #: XML that is parsed element by element, because it is small or written in an unusual way; all of a file's sheets together.
    WALKED_BYTES: Final = 4 * MB
    #: Records of all sheets of an .xls or .xlsb, each of which is looked at.
    RECORDS: Final = 400_000
    #: All parts of a package together, as it declares them.
    UNPACKED_BYTES: Final = 512 * MB
    PARTS: Final = 2000
    #: Rows × columns of the rectangle that a sheet's contents span.
    CELLS: Final = 200_000
    #: Columns of a sheet.
    COLUMNS: Final = 16_384
    SHEETS: Final = 40
    #: Merged areas of a sheet.
    MERGED: Final = 20_000
    #: Spaces that an .ods may ask for by their number.
    SPACES: Final = 100_000
