"""Opening a file without ever waiting for a dialog: what would make LibreOffice ask, or guess, is refused by name first."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import EngineError, FileLocked, NotAWorkbook, PasswordNeeded
from ..owner_files import refuse_when_held
from . import bridge

if TYPE_CHECKING:
    from .host import Host

__all__ = ["has_locked_structure", "load", "look_at"]

_SECONDS = 120
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_LOCKED_STRUCTURE = re.compile(
    rb"""<(?:\w+:)?workbookProtection\b[^>]*\slockStructure\s*=\s*["'](?:1|true)["']"""
)
_PLAIN_TEXT = frozenset({".csv", ".txt", ".fods", ".htm", ".html", ".xml"})
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


def load(host: Host, path: Path, *, read_only: bool = False, password: str | None = None) -> Any:
    """The document of ``path``; NotAWorkbook, PasswordNeeded or FileLocked in place of any question."""
    look_at(path, password)
    if not read_only:
        refuse_when_held(path)
    arguments = bridge.properties(
        Hidden=False,  # hidden, it would lose freeze panes and zoom when saved
        ReadOnly=read_only,
        MacroExecutionMode=0,  # never
        UpdateDocMode=0,  # links stay as they are
        **({} if password is None else {"Password": password}),
    )
    reason = ""
    document = None
    try:
        with host.allowing(_SECONDS):
            document = host.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, arguments)
    except Exception as failure:
        if not bridge.is_uno_failure(failure) or not host.alive():
            raise
        reason = f"{type(failure).__name__}: {failure}"
    if document is not None and document.supportsService(_SPREADSHEET):
        if document.isReadonly() and not read_only:
            document.close(True)
            raise FileLocked("open-elsewhere", path=str(path))
        return document
    if document is not None:
        document.close(True)
    refusal = _refused(path, password)
    if reason:
        refusal.add_note(reason)
    raise refusal


def _refused(path: Path, password: str | None) -> EngineError:
    if password is not None:
        return PasswordNeeded("wrong-password", path=str(path))
    if _is_encrypted_old_format(path):
        return PasswordNeeded("needs-password", path=str(path))
    return NotAWorkbook("not-a-workbook", path=str(path))


def look_at(path: Path, password: str | None) -> None:
    """Refuse what LibreOffice would take for text, or ask a password for."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        _look_into_package(path, password)
    elif start == _COMPOUND:
        if password is None and _ENCRYPTED_PACKAGE in path.read_bytes():
            raise PasswordNeeded("needs-password", path=str(path))
    elif path.suffix.lower() not in _PLAIN_TEXT or not start:
        raise NotAWorkbook("not-a-workbook", path=str(path))


def _look_into_package(path: Path, password: str | None) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as failure:
        raise NotAWorkbook("damaged-content", path=str(path)) from failure
    if "[Content_Types].xml" not in names and "content.xml" not in names and not manifest:
        raise NotAWorkbook("not-a-workbook", path=str(path))
    if b"encryption-data" in manifest and password is None:
        raise PasswordNeeded("needs-password", path=str(path))


def has_locked_structure(path: Path) -> bool:
    """Whether an Excel workbook's file protects its structure: LibreOffice forgets that while loading."""
    try:
        with zipfile.ZipFile(path) as package:
            return _LOCKED_STRUCTURE.search(package.read("xl/workbook.xml")) is not None
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def _is_encrypted_old_format(path: Path) -> bool:
    """An .xls with a FilePass record (MS-XLS 2.4.117) near the start of its stream."""
    content = path.read_bytes()
    return content.startswith(_COMPOUND) and b"\x2f\x00\x36\x00" in content[:8192]
