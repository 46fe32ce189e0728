"""How large a 填报表 may be. A real one has 30 KB; what is beyond these limits is refused with a sentence, never read."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ARCHIVED_BYTES",
    "ARCHIVED_FILES",
    "CELLS",
    "FILE_BYTES",
    "FORM_ROWS",
    "HASHED_BYTES",
    "PARTS",
    "PART_BYTES",
    "RECORDS",
    "RELATIONS_BYTES",
    "SHEETS",
    "SPACES",
    "STRINGS_BYTES",
    "STYLES_BYTES",
    "UNPACKED_BYTES",
    "WALKED_BYTES",
    "WORKBOOK_BYTES",
]

MB: Final = 1 << 20

#: A file, in an inbox or in an archive.
FILE_BYTES: Final = 32 * MB
#: Larger files are not even hashed.
HASHED_BYTES: Final = 512 * MB
#: One part of a package that has to be read, unpacked; all sheets together as much.
PART_BYTES: Final = 40 * MB
#: Parts that take more time or memory than their size says.
STRINGS_BYTES: Final = 16 * MB
STYLES_BYTES: Final = 8 * MB
WORKBOOK_BYTES: Final = 2 * MB
RELATIONS_BYTES: Final = 1 * MB
#: A sheet that has to be walked cell by cell because it is written in an unusual way or shows odd numbers.
WALKED_BYTES: Final = 2 * MB
#: Records of all sheets of an .xls or .xlsb, each of which is looked at.
RECORDS: Final = 400_000
#: All parts of a package together, as it declares them.
UNPACKED_BYTES: Final = 512 * MB
PARTS: Final = 2000
#: Rows × columns of the rectangle that a sheet's contents span.
CELLS: Final = 200_000
SHEETS: Final = 40
#: Rows of a form; a real one has a few dozen.
FORM_ROWS: Final = 2000
#: Spaces that an .ods may ask for by their number.
SPACES: Final = 100_000
#: Files in one archive, and what they may come to when unpacked, parts included.
ARCHIVED_FILES: Final = 500
ARCHIVED_BYTES: Final = 64 * MB
