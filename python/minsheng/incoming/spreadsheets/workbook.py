"""A workbook of any kind, opened from its bytes: its content, never its name, says which kind it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

from .package import Entry, Package, root_name
from .refusal import Refusal, Refused
from .xlsx import XlsxFile, main_part

if TYPE_CHECKING:
    from .sheet import Sheet

__all__ = ["ENDINGS", "Kind", "Recognised", "Workbook", "open_workbook", "read_workbook", "recognise"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLD: Final = (b"\x09\x08", b"\x09\x04", b"\x09\x02")
_OTHERS: Final = {
    b"%PDF": "是 PDF 文件", b"\xff\xd8\xff": "是照片", b"\x89PNG": "是图片", b"GIF8": "是图片", b"BM": "是图片",
    b"II*\0": "是图片", b"MM\0*": "是图片", b"{\\rtf": "是文字文档", b"MZ": "是程序",
}  # fmt: skip
_SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_PAGES: Final = (b"<html", b"<!doc", b"<tabl", b"<head", b"<?xml", b"mime-")
#: What a package is about, by the folder of its main part or the root element of it.
_DOCUMENTS: Final = {
    "word": "是 Word 文档", "document": "是 Word 文档", "ppt": "是幻灯片", "presentation": "是幻灯片",
}  # fmt: skip
_USUAL_PARTS: Final = ("xl/workbook.xml", "xl/workbook.bin")
#: An entry by which a package of another kind is known.
_PACKAGES: Final = {"ofd.xml": "是 OFD 版式文件", "meta-inf/manifest.mf": "是程序"}
#: What names of workbooks end with, in lower case.
ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".xltx", ".xltm", ".xlt", ".ett")
_NO_WORKBOOK: Final = "里没有工作簿"


class Workbook(Protocol):
    """What every reader gives. It was guarded when it was made; a sheet is read when its turn comes, which may raise Refused.

    ``properties`` are the custom ones, name → text; ``saved_at`` is the time that its properties give, in UTC;
    ``has_checksums`` says that a damaged byte would have been noticed.
    """

    has_macros: bool
    has_checksums: bool
    properties: dict[str, str]
    saved_at: datetime | None

    def sheets(self, without: Collection[str] = ()) -> Iterator[Sheet]:
        """The sheets with cells, in order, but for those called as in ``without``."""
        ...


def open_workbook(data: bytes) -> Workbook:
    """The workbook in ``data``. Raises Refused for what is none, encrypted, damaged, hostile or too large."""
    recognised = recognise(data)
    if recognised.kind is Kind.ARCHIVE:
        raise Refused(Refusal.ARCHIVE, "是压缩包")
    return read_workbook(recognised)


def read_workbook(recognised: Recognised) -> Workbook:
    """The workbook that was recognised; the readers of rarer kinds are imported when they are met."""
    package = recognised.package
    if package is None:
        from .biff import BiffFile

        return BiffFile(recognised.data)
    if recognised.kind is Kind.XLSB:
        from .xlsb import XlsbFile

        return XlsbFile(package, recognised.part)
    if recognised.kind is Kind.ODS:
        from .ods import OdsFile

        return OdsFile(package)
    return XlsxFile(package, recognised.part)


class Kind(Enum):
    """The formats that are read, and archives, which hold files."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    BIFF = "biff"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Recognised:
    """``package`` is there for everything but BIFF, ``part`` (the workbook in it) for XLSX and XLSB."""

    kind: Kind
    data: bytes
    package: Package | None = None
    part: str = ""


def recognise(data: bytes) -> Recognised:
    """The kind of workbook in ``data``. Raises Refused for everything that is neither a workbook nor an archive."""
    if not data:
        raise Refused(Refusal.EMPTY)
    if data.startswith(_ZIP):
        return _in_package(Package(data), data)
    if data.startswith(_OLE):
        return _in_compound_file(data)
    if data.startswith(_ARCHIVES):
        raise Refused(Refusal.ARCHIVE, "是 rar、7z 之类的压缩包")
    if data.startswith(_OLD):
        raise Refused(Refusal.TOO_OLD, "是很旧的表格格式")
    for beginning, what in _OTHERS.items():
        if data.startswith(beginning):
            raise Refused(Refusal.NOT_A_WORKBOOK, what)
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        raise Refused(Refusal.NOT_A_WORKBOOK, "是网页或 XML，不是工作簿")
    raise Refused(Refusal.NOT_A_WORKBOOK, "不是认得的表格文件")


def _in_package(package: Package, data: bytes) -> Recognised:
    part = main_part(package) or next((name for name in _USUAL_PARTS if name in package), None)
    if part is not None:
        return _in_office_package(package, data, part)
    kind = package.read("mimetype", 200) if "mimetype" in package else b""
    if kind.startswith(_SPREADSHEET):
        return Recognised(Kind.ODS, data, package)
    if kind.startswith(b"application/"):
        raise Refused(Refusal.NOT_A_WORKBOOK, "是文字文档或幻灯片")
    for entry, what in _PACKAGES.items():
        if entry in package:
            raise Refused(Refusal.NOT_A_WORKBOOK, what)
    if any(entry.encrypted for entry in package.entries.values()):
        raise Refused(Refusal.ARCHIVE, "是加了密码的压缩包")
    if any(_is_file(package, entry) for entry in package.entries.values()):
        return Recognised(Kind.ARCHIVE, data, package)
    if "[content_types].xml" in package or "_rels/.rels" in package:
        raise Refused(Refusal.NOT_A_WORKBOOK, _NO_WORKBOOK)
    raise Refused(Refusal.ARCHIVE, "是压缩包，里面没有表格文件" if package.entries else "是空的压缩包")


def _in_office_package(package: Package, data: bytes, part: str) -> Recognised:
    folder, _, name = part.lower().partition("/")
    if name.endswith(".bin"):
        return Recognised(Kind.XLSB, data, package, part)
    if folder in _DOCUMENTS:
        raise Refused(Refusal.NOT_A_WORKBOOK, _DOCUMENTS[folder])
    root = "workbook" if part in _USUAL_PARTS else root_name(package.xml(part))
    if root != "workbook":
        raise Refused(Refusal.NOT_A_WORKBOOK, _DOCUMENTS.get(root, _NO_WORKBOOK))
    return Recognised(Kind.XLSX, data, package, part)


def _is_file(package: Package, entry: Entry) -> bool:
    """Whether an entry is one of the files that an archive is made for, and not a part that belongs to a package."""
    if "/embeddings/" in entry.name.lower():
        return False
    return entry.name.lower().endswith((*ENDINGS, ".zip")) or package.beginning(entry, 8).startswith(
        (*_ZIP, _OLE)
    )


def _in_compound_file(data: bytes) -> Recognised:
    from .biff import stream_names  # none of it is loaded for the usual files

    names = stream_names(data)
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise Refused(Refusal.ENCRYPTED)
    if "workbook" in names or "book" in names:
        return Recognised(Kind.BIFF, data)
    raise Refused(Refusal.NOT_A_WORKBOOK, "是 Word 文档" if "worddocument" in names else "不是认得的表格文件")
