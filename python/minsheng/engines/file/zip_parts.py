"""The parts of a workbook file: read under guard, written so that untouched ones keep their very bytes."""

from __future__ import annotations

import copy
import errno
import os
import stat
import zipfile
from pathlib import Path
from typing import IO

from lxml import etree

from ..errors import ChangedOnDisk, DiskFull, EngineError, FileLocked, NotAWorkbook, ReadOnlyFile

__all__ = ["ZipParts", "parse_xml"]

#: A workbook of an office is a few megabytes; past these limits a file is refused rather than read on.
MAX_PART_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
MAX_PARTS = 10_000

_REASONS = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已用完", errno.EFBIG: "文件超过了系统允许的大小"}
#: Windows' numbers for a file that another process holds.
_SHARING_VIOLATIONS = (32, 33)

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)


def parse_xml(content: bytes, path: str) -> etree._Element:
    """The root of a part; a DOCTYPE or broken XML is NotAWorkbook."""
    if b"<!DOCTYPE" in content[:4096]:
        raise NotAWorkbook(f"“{path}”里含有不允许的 DOCTYPE 声明，没有打开。", path=path)
    try:
        return etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as failure:
        raise NotAWorkbook(f"“{path}”的内容已损坏，打不开。", path=path) from failure


class ZipParts:
    """The zip behind one workbook. ``changed`` parts are kept as bytes until ``save``; None deletes a part."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed: dict[str, bytes | None] = {}
        try:
            self._stamp = _stamp(path)
            with zipfile.ZipFile(path) as archive:
                infos = archive.infolist()
                if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
                    raise NotAWorkbook(f"“{path.name}”展开后过大，没有打开。", path=str(path))
                self._infos = {info.filename: info for info in infos}
        except zipfile.BadZipFile as failure:
            raise NotAWorkbook(
                f"“{path.name}”不是 .xlsx 工作簿，或已损坏、加密。", path=str(path)
            ) from failure
        except OSError as failure:
            raise EngineError(f"“{path.name}”打不开（{failure.strerror}）。", path=str(path)) from failure

    def __contains__(self, name: str) -> bool:
        return self._changed[name] is not None if name in self._changed else name in self._infos

    @property
    def names(self) -> list[str]:
        standing = [name for name in self._infos if name in self]
        return standing + [name for name in self._changed if name not in self._infos and name in self]

    @property
    def has_changes(self) -> bool:
        return bool(self._changed)

    def read(self, name: str) -> bytes:
        """The content of a part as it stands, changes included."""
        changed = self._changed.get(name)
        if changed is not None:
            return changed
        if name not in self:
            raise NotAWorkbook(f"“{self.path.name}”缺少部件 {name}，已损坏。", path=str(self.path))
        info = self._infos[name]
        if info.file_size > MAX_PART_BYTES:
            raise NotAWorkbook(f"“{self.path.name}”的部件 {name} 过大，没有打开。", path=str(self.path))
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as failure:
            raise NotAWorkbook(
                f"“{self.path.name}”的部件 {name} 已损坏或加密。", path=str(self.path)
            ) from failure

    def write(self, name: str, content: bytes) -> None:
        self._changed[name] = content

    def delete(self, name: str) -> None:
        self._changed[name] = None

    def save(self, target: Path) -> None:
        """Write everything to a new file beside ``target`` and put it in its place; the old one stands until then."""
        if target == self.path and _stamp(self.path) != self._stamp:
            raise ChangedOnDisk(
                f"“{target.name}”打开之后被别的程序改过，没有保存。请重新打开再做一次。", path=str(target)
            )
        _refuse_when_open(target)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
            if target.exists() and not os.access(target, os.W_OK):
                raise ReadOnlyFile(f"“{target.name}”是只读的，没有保存。", path=str(target))
            with temporary.open("wb") as out:
                self._write_archive(out)
                out.flush()
                os.fsync(out.fileno())
            temporary.chmod(mode)
            temporary.replace(target)
            _sync_folder(target.parent)
        except OSError as failure:
            raise _named(failure, target) from failure
        finally:
            temporary.unlink(missing_ok=True)
        if target == self.path:
            fresh = ZipParts(target)
            self._stamp, self._infos, self._changed = fresh._stamp, fresh._infos, {}

    def _write_archive(self, out: IO[bytes]) -> None:
        with self.path.open("rb") as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in self.names:
                changed = self._changed.get(name)
                if changed is None:
                    _copy_raw(source, self._infos[name], target)
                else:
                    target.writestr(_entry(self._infos.get(name), name), changed)


def _copy_raw(source: IO[bytes], info: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
    """Copy an entry without unpacking it."""
    source.seek(info.header_offset)
    header = source.read(30)
    source.seek(
        info.header_offset
        + 30
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )
    content = source.read(info.compress_size)
    mine = copy.copy(info)
    mine.flag_bits &= ~0x08  # sizes stand in the header, not behind the data
    mine.extra = b""
    out = target.fp
    if out is None:  # pragma: no cover - the archive is open here
        raise ValueError("closed archive")
    mine.header_offset = out.tell()
    out.write(mine.FileHeader(zip64=False))
    out.write(content)
    target.filelist.append(mine)
    target.NameToInfo[mine.filename] = mine
    target.start_dir = out.tell()
    target._didModify = True  # type: ignore[attr-defined]


def _entry(old: zipfile.ZipInfo | None, name: str) -> zipfile.ZipInfo:
    """A new entry with the old one's stamp, so that the same change gives the same bytes."""
    entry = zipfile.ZipInfo(name, old.date_time if old else (2000, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return (status.st_mtime_ns, status.st_size)


def _refuse_when_open(target: Path) -> None:
    """Excel leaves ``~$name`` and LibreOffice ``.~lock.name#`` beside a file that is open."""
    for mark, program in (
        (target.with_name(f"~${target.name}"), "Excel 或 WPS"),
        (target.with_name(f".~lock.{target.name}#"), "LibreOffice"),
    ):
        if mark.exists():
            raise FileLocked(
                f"“{target.name}”正在 {program} 里打开着，没有保存。请关闭它后再试。", path=str(target)
            )


def _named(failure: OSError, target: Path) -> EngineError:
    """Why a save did not come about; the old file stands in every case."""
    if getattr(failure, "winerror", None) in _SHARING_VIOLATIONS:
        return FileLocked(f"“{target.name}”正被别的程序打开着，没有保存。请关闭它后再试。", path=str(target))
    if isinstance(failure, PermissionError):
        return ReadOnlyFile(f"“{target}”没有写入权限，没有保存。", path=str(target))
    reason = _REASONS.get(failure.errno or 0, failure.strerror)
    return DiskFull(f"“{target.name}”没有保存（{reason}），原文件没有改动。", path=str(target))


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
