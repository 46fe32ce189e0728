"""What a file is, by its content and never by its name; and a sentence for each that is no 任务书, or says more than one can."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ....errors import HostileFile, OldDocument, UnreadableFile
from ...spreadsheets.refusal import Refusal, Refused
from .blocks import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .blocks import Block

__all__ = ["FileKind", "kind_of", "refusal", "refuse_too_much"]


class FileKind(StrEnum):
    """The kinds that are read; the value is what a clerk calls them."""

    TEXT = "文本文件"
    DOCX = "Word 文档（.docx）"
    XLSX = "Excel 工作簿（.xlsx）"


_SAVE_AS: Final = "请用 Word 或 WPS 打开它，另存为 .docx 格式后再导入。"
_TEMPLATE: Final = "请把内容填进任务书模板.xlsx 后导入。"
_PICTURES: Final = (
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG", "PNG"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"),
)  # fmt: skip
_ARCHIVES: Final = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7Z"), (b"\x1f\x8b", "GZ"))
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN: Final = 1024
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!DOCTYPE html|<html|<\?xml|<\?mso)", re.IGNORECASE)
#: The 2024 document has 12,000 letters, 900 numbers, and 500 letters in its longest paragraph.
_MOST_LETTERS: Final = 700_000
_MOST_NUMBERS: Final = 120_000
_LONGEST: Final = 20_000
_NUMBER: Final = re.compile(r"\d+")
_ADVICE: Final = "请确认没有选错文件。"


def kind_of(data: bytes, file: str) -> FileKind:
    """The kind of a file that can be read. UnreadableFile, with what to do, for every other."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(
            f"“{file}”是空文件，里面没有任何内容。", "请确认传来的文件完整，重新取得任务书后再导入。"
        )
    if data.startswith(b"PK"):
        return _packaged(data, file)
    if data.startswith(_COMPOUND):
        raise _compound(data, file)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        raise UnreadableFile(
            f"“{file}”是 PDF 文件，不能直接读取。",
            "请找 Word 原稿另存为 .docx 后导入；没有原稿的，请把内容填进任务书模板.xlsx 后导入。",
        )
    for mark, name in _PICTURES:
        if data.startswith(mark) and _is_picture(data, name):
            raise UnreadableFile(
                f"“{file}”是一张图片（{name}），里面没有可以读取的文字。",
                f"请找 Word 原稿另存为 .docx 后导入；没有原稿的，{_TEMPLATE}",
            )
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") or data[8:12] == b"WEBP":
        raise UnreadableFile(
            f"“{file}”是一张图片，里面没有可以读取的文字。",
            f"请找 Word 原稿另存为 .docx 后导入；没有原稿的，{_TEMPLATE}",
        )
    if data.startswith(b"{\\rtf"):
        raise OldDocument(f"“{file}”是 RTF 文档，不能直接读取。", _SAVE_AS)
    for mark, name in _ARCHIVES:
        if data.startswith(mark):
            raise UnreadableFile(
                f"“{file}”是 {name} 压缩包，不能直接读取。", "请先解压，再导入里面的任务书。"
            )
    if _MARKUP.match(data):
        raise UnreadableFile(f"“{file}”是网页或 XML 格式的文件，不能直接读取。", _SAVE_AS)
    return FileKind.TEXT


def _is_picture(data: bytes, name: str) -> bool:
    """ "BM" may also open a text; a bitmap tells its own size."""
    return name != "BMP" or int.from_bytes(data[2:6], "little") == len(data)


def _packaged(data: bytes, file: str) -> FileKind:
    """A zip package, by the names of its parts: they stand in its directory, at the end."""
    if b"word/document" in data:
        return FileKind.DOCX
    if b"xl/workbook.bin" in data:
        raise UnreadableFile(
            f"“{file}”是 .xlsb 工作簿，不能直接读取。", "请用 Excel 打开它，另存为 .xlsx 格式后再导入。"
        )
    if b"xl/workbook" in data:
        return FileKind.XLSX
    if b"ppt/presentation" in data:
        raise UnreadableFile(f"“{file}”是演示文稿，不是任务书。", _TEMPLATE)
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        raise UnreadableFile(
            f"“{file}”是 OpenDocument 格式的文件，不能直接读取。",
            "请另存为 .docx（文字）或 .xlsx（表格）格式后再导入。",
        )
    if b"[Content_Types].xml" in data:
        return FileKind.DOCX  # named strangely: the reader looks for its main part
    raise UnreadableFile(
        f"“{file}”是压缩包或损坏的文件，不能直接读取。",
        "请先解压，再导入里面的任务书；文件损坏的请重新取得。",
    )


def _compound(data: bytes, file: str) -> UnreadableFile:
    """The sentence for a compound file: an old format, or a new one under a password."""
    if _stream(data, "EncryptedPackage"):
        return UnreadableFile(
            f"“{file}”设有打开密码，不能读取。", "请用 Word 或 Excel 输入密码打开，去掉密码另存后再导入。"
        )
    # The words of a document may name a Book too.
    if not _stream(data, "WordDocument") and (_stream(data, "Workbook") or _stream(data, "Book")):
        return UnreadableFile(
            f"“{file}”是旧版 Excel（.xls 或 .et）文件，不能直接读取。",
            "请用 Excel 或 WPS 打开它，另存为 .xlsx 格式后再导入。",
        )
    if _stream(data, "PowerPoint Document"):
        return UnreadableFile(f"“{file}”是演示文稿，不是任务书。", _TEMPLATE)
    return OldDocument(f"“{file}”是旧版 Word 或 WPS（.doc、.wps）文件，不能直接读取。", _SAVE_AS)


def _stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def refuse_too_much(blocks: tuple[Block, ...], file: str) -> None:
    """UnreadableFile for a text that is too long for a 任务书, altogether or in one place, or has too many numbers."""
    letters = numbers = 0
    for text in _texts(blocks):
        if len(text) > _LONGEST:
            raise UnreadableFile(f"“{file}”里有一段文字长达{len(text)}字，不像一份任务书。", _ADVICE)
        letters += len(text)
        if letters > _MOST_LETTERS:
            raise UnreadableFile(f"“{file}”有七十多万字，不像一份任务书。", _ADVICE)
        numbers += len(_NUMBER.findall(text))
        if numbers > _MOST_NUMBERS:
            raise UnreadableFile(f"“{file}”里有十二万多个数，不像一份任务书。", _ADVICE)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                if not cell.from_above:
                    yield cell.text


def refusal(refused: Refused, file: str, extension: str) -> UnreadableFile:
    """The error for a package of a 任务书; ``extension`` is the form to save it in anew."""
    advice = f"请用 Word、Excel 或 WPS 打开它，另存为新的 {extension} 后再导入；打不开的请重新取得文件。"
    if refused.refusal is Refusal.HOSTILE:
        return HostileFile(
            f"“{file}”的内容不安全（{refused.reason}），没有打开。",
            "请不要打开它，向发来的人问清楚，重新取得任务书。",
        )
    if refused.refusal is Refusal.ENCRYPTED:
        return UnreadableFile(f"“{file}”设有打开密码，不能读取。", "请输入密码打开，去掉密码另存后再导入。")
    if refused.refusal is Refusal.TOO_LARGE:
        return UnreadableFile(f"“{file}”{refused.reason}，超过{refused.limit}的上限，没有读取。", advice)
    return UnreadableFile(f"“{file}”已经损坏或不完整（{refused.reason}），不能读取。", advice)
