"""What an engine cannot do, by name. Messages are Chinese sentences, since they can reach a clerk.

::

    EngineError                  base; carries the path and the cell where they apply
    ├── NotSupportedByEngine     the engine has no such feature (never None, never silence)
    ├── NotAWorkbook             the file is no readable workbook, or one that would do harm if it were read on
    ├── BookNotFound             no such file, or no such open book
    ├── FileLocked               somebody has the file open
    ├── ReadOnlyFile             the file or its folder cannot be written to
    ├── DiskFull                 no room for the new file; the old one is intact
    ├── ChangedOnDisk            the file is not the one that was opened
    ├── ProtectedSheet           the sheet is protected against this change
    └── HostGone                 the program that held the book has ended or does not answer
"""

from __future__ import annotations

__all__ = [
    "BookNotFound",
    "ChangedOnDisk",
    "DiskFull",
    "EngineError",
    "FileLocked",
    "HostGone",
    "NotAWorkbook",
    "NotSupportedByEngine",
    "ProtectedSheet",
    "ReadOnlyFile",
]


class EngineError(Exception):
    """``path`` and ``cell`` say where, as far as they are known."""

    def __init__(self, message: str, *, path: str = "", cell: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.cell = cell


class NotSupportedByEngine(EngineError):
    pass


class NotAWorkbook(EngineError):
    pass


class BookNotFound(EngineError):
    pass


class FileLocked(EngineError):
    pass


class ReadOnlyFile(EngineError):
    pass


class DiskFull(EngineError):
    pass


class ChangedOnDisk(EngineError):
    pass


class ProtectedSheet(EngineError):
    pass


class HostGone(EngineError):
    pass
