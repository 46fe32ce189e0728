"""What an engine cannot do, by code.

::

    EngineError                  base; ``code`` is stable, ``path``, ``sheet``, ``cell`` say where, ``facts`` holds the rest
    ├── NotSupportedByEngine     the engine has no such feature (never None, never silence)
    ├── NotAWorkbook             the file is no readable workbook, or one that would do harm if it were read on
    │   └── PasswordNeeded       the file opens with a password only, or the one given is wrong
    ├── BookNotFound             no such file, or no such open book
    ├── FileLocked               somebody has the file open
    │   └── JobRunning           another job works on the book; ``facts``: user, machine, since, job
    ├── ReadOnlyFile             the file or its folder cannot be written to
    ├── DiskFull                 no room for the new file; the old one is intact
    ├── ChangedOnDisk            the file is not the one that was opened
    ├── ProtectedSheet           the sheet, or the structure of the book, is protected against this change
    ├── BadFormula               the host does not understand the formula; it stands in no cell
    ├── HostMissing              the program, or its bridge to Python, is not installed here
    └── HostGone                 the program that held the book has ended or does not answer
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "MESSAGES",
    "BadFormula",
    "BookNotFound",
    "ChangedOnDisk",
    "DiskFull",
    "EngineError",
    "FileLocked",
    "HostGone",
    "HostMissing",
    "JobRunning",
    "NotAWorkbook",
    "NotSupportedByEngine",
    "PasswordNeeded",
    "ProtectedSheet",
    "ReadOnlyFile",
]

#: Code → sentence, to be filled in with path, sheet, cell and facts. Who speaks another language has a table of their own.
MESSAGES: Final = {
    "no-open-book": "no workbook is open",
    "no-such-file": "{path} does not exist",
    "unreadable-file": "{path} cannot be read",
    "not-a-workbook": "{path} is no workbook, or is damaged",
    "damaged-or-encrypted": "{path} is no .xlsx package, or is damaged or encrypted",
    "damaged-content": "the content of {path} is damaged",
    "damaged-part": "part {part} of {path} is damaged",
    "missing-part": "{path} lacks part {part}",
    "wrong-content": "cell {cell} of {path} holds {text!r}, which is not of its type",
    "doctype": "{path} holds a DOCTYPE declaration",
    "too-large": "{path} is too large when unpacked",
    "part-too-large": "part {part} of {path} is too large",
    "strict-workbook": "{path} is a Strict Open XML workbook",
    "not-a-worksheet": "{part} is no ordinary worksheet",
    "no-sheets": "{path} has no worksheet",
    "needs-password": "{path} opens with a password only",
    "wrong-password": "the password of {path} is wrong",
    "open-elsewhere": "somebody else has {path} open, or it cannot be written to",
    "open-in-program": "{path} is open in {program} ({who})",
    "job-running": "{user} on {machine} has worked on {path} since {since} ({job})",
    "file-held": "another program holds {path}",
    "file-changed": "{path} was changed since it was opened",
    "file-gone": "{path} was moved or deleted since it was opened",
    "read-only-file": "{path} is read-only",
    "read-only-book": "{path} was opened for reading only",
    "no-folder": "the folder {folder} does not exist",
    "no-permission": "{path} cannot be written to: {reason}",
    "disk-full": "no room for {path}: {reason}",
    "save-failed": "{path} was not saved: {reason}",
    "other-ending": "a plain file {old} is not saved as {new}",
    "unknown-ending": "LibreOffice does not save {new}",
    "no-encryption": "a plain file is not saved with a password",
    "protected-sheet": "sheet {sheet} is protected {cell}",
    "protected-structure": "the structure of {path} is protected",
    "part-of-array": "{cell} is part of an array formula or data table",
    "table-header": "{cell} is in the header or totals row of a table",
    "off-grid": "{cell} is not on the sheet",
    "text-too-long": "{cell}: {length} characters, a cell holds {longest}",
    "not-finite": "a cell holds no infinity and no nan",
    "no-such-value": "a cell holds no {kind}",
    "ragged-rows": "the rows to write are not of one length",
    "formula-too-long": "a formula has 8,192 characters at most",
    "bad-formula": "formula {formula!r} is not understood",
    "formula-elsewhere": "formula {formula!r} refers to another workbook",
    "bad-name": "{label!r} cannot be a name",
    "name-is-no-area": "name {label!r} refers to no area",
    "bad-sheet-name": "{sheet!r} cannot be a sheet's name",
    "sheet-exists": "there is a sheet {sheet!r} already",
    "last-visible-sheet": "a workbook keeps one visible sheet",
    "several-areas": "this takes one area, not several",
    "too-many-cells": "{area} has {count} cells: name the area",
    "no-new-book": "the plain-file engine makes no new workbook",
    "no-pdf-here": "a plain file is not printed",
    "sheet-not-copied": "sheet {sheet} of {path} cannot be copied: {reason}",
    "sheet-not-deleted": "sheet {sheet} of {path} cannot be deleted: {reason}",
    "no-renaming-names": "the plain-file engine renames no names",
    "no-window": "there is no window here",
    "no-clipboard": "there is no clipboard: name the target",
    "no-copy-elsewhere": "cells are not copied into another workbook",
    "unknown-setting": "{value!r} is not known here",
    "no-dialog": "a program in the background shows no dialog",
    "no-callback": "a dialog takes no callback",
    "not-ours-to-end": "this LibreOffice was not started here",
    "stays-hidden": "a LibreOffice in the background cannot be shown",
    "stays-visible": "a visible LibreOffice cannot be hidden",
    "no-libreoffice": "no LibreOffice was found",
    "no-such-program": "{variable} names {path}, which does not exist",
    "no-bridge": "Python {version} has no bridge to LibreOffice: {refused}",
    "folder-not-ours": "the folder {path} belongs to somebody else",
    "no-screen": "there is no screen (DISPLAY is not set)",
    "host-unreachable": "LibreOffice does not answer {where}",
    "host-gone": "LibreOffice has ended or does not answer",
    "host-busy": "LibreOffice is busy",
    "host-refused": "LibreOffice refused this step",
    "print-timeout": "LibreOffice did not print within {seconds} s",
    "print-failed": "{path} was not printed",
    "convert-timeout": "LibreOffice did not convert within {seconds} s",
    "convert-failed": "{path} was not converted",
    "folder-closed": "nothing can be written into {path}",
    "target-closed": "{path} cannot be replaced",
    "paper-refused": "Excel did not set sheet {sheet} to {paper}",
    "lacking": "the engine {engine!r} has no {feature}",
}


class EngineError(Exception):
    """``code`` is a key of MESSAGES; ``path``, ``sheet`` and ``cell`` are empty where they do not apply."""

    def __init__(
        self, code: str, *, path: str = "", sheet: str = "", cell: str = "", **facts: object
    ) -> None:
        self.code, self.path, self.sheet, self.cell, self.facts = code, path, sheet, cell, facts
        super().__init__(MESSAGES[code].format(path=path, sheet=sheet, cell=cell, **facts))


class NotSupportedByEngine(EngineError):
    """The engine has no such feature."""


class NotAWorkbook(EngineError):
    """The file is no readable workbook."""


class PasswordNeeded(NotAWorkbook):
    """The file opens with a password only, or the one given is wrong."""


class BookNotFound(EngineError):
    """No such file, or no such open book."""


class FileLocked(EngineError):
    """Somebody has the file open."""


class JobRunning(FileLocked):
    """Another job works on the book."""

    def __init__(self, path: str, **facts: str) -> None:
        super().__init__("job-running", path=path, **facts)


class ReadOnlyFile(EngineError):
    """The file or its folder cannot be written to."""


class DiskFull(EngineError):
    """No room for the new file; the old one is intact."""


class ChangedOnDisk(EngineError):
    """The file is not the one that was opened."""


class ProtectedSheet(EngineError):
    """The sheet, or the structure of the book, is protected against this change."""


class BadFormula(EngineError):
    """The host does not understand the formula; it stands in no cell."""


class HostMissing(EngineError):
    """The program, or its bridge to Python, is not installed here."""


class HostGone(EngineError):
    """The program that held the book has ended or does not answer."""
