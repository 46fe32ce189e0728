"""How large a 填报表 may be. A real one has 30 KB; what is beyond these limits is refused with a sentence, never read."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ARCHIVED_FILES",
    "CELLS",
    "FILE_BYTES",
    "HASHED_BYTES",
    "PARTS",
    "PART_BYTES",
    "SHEETS",
    "UNPACKED_BYTES",
]

MB: Final = 1 << 20

#: A file, in an inbox or in an archive.
FILE_BYTES: Final = 32 * MB
#: Larger files are not even hashed.
HASHED_BYTES: Final = 512 * MB
#: One part of a package that has to be read, unpacked; all sheets together as much.
PART_BYTES: Final = 40 * MB
#: All parts of a package together, as it declares them.
UNPACKED_BYTES: Final = 512 * MB
PARTS: Final = 2000
#: Rows × columns of the rectangle that a sheet's contents span.
CELLS: Final = 200_000
SHEETS: Final = 40
#: Files in one archive.
ARCHIVED_FILES: Final = 500
