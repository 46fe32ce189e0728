"""What an engine cannot do, by name. Messages are Chinese sentences, since they can reach a clerk.

::

    EngineError                  base; carries the path and the cell where they apply
    ├── NotSupportedByEngine     the engine has no such feature (never None, never silence)
    ├── NotAWorkbook             the file is no readable workbook, or one that would do harm if it were read on
    │   └── PasswordNeeded       the file opens with a password only, or the one given is wrong
    ├── BookNotFound             no such file, or no such open book
    ├── FileLocked               somebody has the file open
    ├── ReadOnlyFile             the file or its folder cannot be written to
    ├── DiskFull                 no room for the new file; the old one is intact
    ├── ChangedOnDisk            the file is not the one that was opened
    ├── ProtectedSheet           the sheet is protected against this change
    ├── BadFormula               the host does not understand the formula; it stands in no cell
    ├── HostMissing              the program, or its bridge to Python, is not installed here
    └── HostGone                 the program that held the book has ended or does not answer
"""

from __future__ import annotations

__all__ = [
    "BadFormula",
    "BookNotFound",
    "ChangedOnDisk",
    "DiskFull",
    "EngineError",
    "FileLocked",
    "HostGone",
    "HostMissing",
    "NotAWorkbook",
    "NotSupportedByEngine",
    "PasswordNeeded",
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


class PasswordNeeded(NotAWorkbook):
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


class BadFormula(EngineError):
    pass


class HostMissing(EngineError):
    pass


class HostGone(EngineError):
    pass
