"""What a file is, by its content and never by its name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ...domain.catalogue import submission as rules
from ...domain.finding import Severity
from .package import Package
from .refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Kind", "Recognised", "recognise"]


class Kind(Enum):
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    BIFF = "biff"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Recognised:
    """``package`` is there for everything but BIFF."""

    kind: Kind
    package: Package | None = None


_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLD = "是很旧的表格格式"
_OTHERS: Final = {
    b"%PDF": "是 PDF 文件", b"\xff\xd8\xff": "是照片", b"\x89PNG": "是图片", b"GIF8": "是图片", b"BM": "是图片",
    b"II*\0": "是图片", b"MM\0*": "是图片", b"{\\rtf": "是文字文档", b"MZ": "是程序",
    b"\x09\x08": _OLD, b"\x09\x04": _OLD, b"\x09\x02": _OLD,
}  # fmt: skip
_TABLE_NAMES: Final = frozenset(
    {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".xltx", ".xltm", ".xlt", ".ett"}
)
_SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_PAGES: Final = (b"<html", b"<!doc", b"<tabl", b"<head", b"<?xml", b"mime-")


def recognise(data: bytes, file: str) -> Recognised:
    """The kind of table in ``data``. Raises Refused for everything that is no table; ``file`` only tells how seriously
    that is to be taken: an .xlsx that is none is an error, a photo beside the tables is not."""
    if not data:
        raise Refused(rules.EMPTY_FILE)
    if data.startswith(_ZIP):
        return _in_package(Package(data), file)
    if data.startswith(_OLE):
        return _in_compound_file(data, file)
    if data.startswith(_ARCHIVES):
        raise Refused(rules.OTHER_ARCHIVE, reason="是 rar、7z 之类的压缩包")
    for beginning, what in _OTHERS.items():
        if data.startswith(beginning):
            raise _not_a_table(what, file)
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        raise _not_a_table("是网页或 XML，不是工作簿", file)
    raise _not_a_table("不是认得的表格文件", file)


def _in_package(package: Package, file: str) -> Recognised:
    if "xl/workbook.xml" in package:
        return Recognised(Kind.XLSX, package)
    if "xl/workbook.bin" in package:
        return Recognised(Kind.XLSB, package)
    if package.read("mimetype", 200).startswith(_SPREADSHEET):
        return Recognised(Kind.ODS, package)
    for part, what in (
        ("word/document.xml", "是 Word 文档"), ("ppt/presentation.xml", "是幻灯片"), ("mimetype", "是文字文档或幻灯片"),
    ):  # fmt: skip
        if part in package:
            raise _not_a_table(what, file)
    if any(entry.encrypted for entry in package.entries.values()):
        raise Refused(rules.OTHER_ARCHIVE, reason="是加了密码的压缩包")
    return Recognised(Kind.ARCHIVE, package)


def _in_compound_file(data: bytes, file: str) -> Recognised:
    from .compound import stream_names

    names = stream_names(data)
    if _any_of(("encryptedpackage", "encryptioninfo"), names):
        raise Refused(rules.ENCRYPTED)
    if _any_of(("workbook", "book"), names):
        return Recognised(Kind.BIFF)
    if _any_of(("worddocument",), names):
        raise _not_a_table("是 Word 文档", file)
    raise _not_a_table("不是认得的表格文件", file)


def _any_of(wanted: Sequence[str], names: Sequence[str]) -> bool:
    return any(name in names for name in wanted)


def _not_a_table(reason: str, file: str) -> Refused:
    claims_to_be = PurePosixPath(file).suffix.lower() in _TABLE_NAMES
    return Refused(rules.NOT_A_TABLE, reason=reason, severity=Severity.ERROR if claims_to_be else None)
