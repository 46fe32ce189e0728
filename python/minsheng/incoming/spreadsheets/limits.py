"""How large a workbook may be. What is beyond these limits is refused with a sentence, never read."""

from __future__ import annotations

from typing import Final

__all__ = [
    "CELLS",
    "COLUMNS",
    "MB",
    "MERGED",
    "PARTS",
    "PART_BYTES",
    "RECORDS",
    "SHEETS",
    "SPACES",
    "STRINGS_BYTES",
    "UNPACKED_BYTES",
    "WALKED_BYTES",
]

MB: Final = 1 << 20

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
