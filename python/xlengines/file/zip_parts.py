"""The parts of a workbook file: read under guard, written so that untouched ones keep their very bytes."""

from __future__ import annotations

import copy
import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from ..errors import BookNotFound, EngineError, NotAWorkbook
from ..owner_files import refuse_when_held
from .replacement import replace_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ZipParts", "parse_xml"]

#: A workbook of an office is a few megabytes; past these limits a file is refused rather than read on.
MAX_PART_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
MAX_PARTS = 10_000

#: Comments, instructions and blanks before the root element, then a declaration; no byte is looked at twice.
_DECLARED = re.compile(rb"(?:[^<]*+<(?:\?(?:[^?]|\?(?!>))*+\?>|!--(?:[^-]|-(?!->))*+-->))*+[^<]*+<!")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)


def parse_xml(content: bytes, path: str) -> etree._Element:
    """The root of a part; a DOCTYPE or broken XML is NotAWorkbook."""
    seen = content.decode("utf-16", "replace").encode() if b"\0" in content[:4] else content
    if _DECLARED.match(seen):
        raise NotAWorkbook("doctype", path=path)
    try:
        return etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as failure:
        raise NotAWorkbook("damaged-content", path=path) from failure


class ZipParts:
    """The zip behind one workbook, read once. Changed parts are kept as bytes until ``save``; None deletes a part."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed: dict[str, bytes | None] = {}
        self._load(_content(path))

    def _load(self, content: bytes) -> None:
        self._content = content
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as failure:
            raise NotAWorkbook("damaged-or-encrypted", path=str(self.path)) from failure
        infos = self._archive.infolist()
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
            raise NotAWorkbook("too-large", path=str(self.path))
        self._infos = {info.filename: info for info in infos}
        # Names of parts are the same in upper and lower case (ECMA-376 part 2, 6.2.2.3), and some writers mix them.
        self._spelled = {name.casefold(): name for name in self._infos}

    def _own(self, name: str) -> str:
        """The name as this file spells it."""
        return name if name in self._infos else self._spelled.get(name.casefold(), name)

    def __contains__(self, name: str) -> bool:
        name = self._own(name)
        return self._changed[name] is not None if name in self._changed else name in self._infos

    @property
    def names(self) -> list[str]:
        """The parts as a save would write them, in the order of the package, new ones last."""
        standing = [name for name in self._infos if name in self]
        return standing + [name for name in self._changed if name not in self._infos and name in self]

    @property
    def has_changes(self) -> bool:
        """Whether a part was written or deleted."""
        return bool(self._changed)

    def read(self, name: str) -> bytes:
        """The content of a part as it stands, changes included."""
        name = self._own(name)
        changed = self._changed.get(name)
        if changed is not None:
            return changed
        if name not in self:
            raise NotAWorkbook("missing-part", part=name, path=str(self.path))
        if self._infos[name].file_size > MAX_PART_BYTES:
            raise NotAWorkbook("part-too-large", part=name, path=str(self.path))
        try:
            return self._archive.read(self._infos[name])
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as failure:
            raise NotAWorkbook("damaged-part", part=name, path=str(self.path)) from failure

    def write(self, name: str, content: bytes) -> None:
        """Keep the content that a part gets at the next save."""
        self._changed[self._own(name)] = content

    def delete(self, name: str) -> None:
        """Leave a part out at the next save."""
        self._changed[self._own(name)] = None

    def save(self, target: Path) -> None:
        """Put a new version in ``target``'s place in one step. ChangedOnDisk where the file is not what was opened."""
        refuse_when_held(target)
        content = self._packed()
        replace_file(target, content, standing=self._content if target == self.path else None)
        if target == self.path:
            self._changed = {}
            self._load(content)

    def _packed(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            target.comment = self._archive.comment
            for name in self.names:
                changed = self._changed.get(name)
                if changed is None:
                    _copy_raw(self._content, self._infos[name], target)
                else:
                    target.writestr(_entry(self._infos.get(name), name), changed)
        return out.getvalue()


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_TOTAL_BYTES:
            raise NotAWorkbook("too-large", path=str(path))
        return path.read_bytes()
    except FileNotFoundError as failure:
        raise BookNotFound("no-such-file", path=str(path)) from failure
    except OSError as failure:
        raise EngineError("unreadable-file", path=str(path)) from failure


def _copy_raw(source: bytes, info: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
    """Copy an entry without unpacking it."""
    names, extras = struct.unpack_from("<HH", source, info.header_offset + 26)
    start = info.header_offset + 30 + names + extras
    content = source[start : start + info.compress_size]
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
