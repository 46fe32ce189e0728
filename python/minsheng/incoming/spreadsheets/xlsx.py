"""An .xlsx or .xlsm: its sheets, strings and styles, each found by its relationship."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from . import limits, ooxml
from .refusal import Refusal, Refused
from .sheet import Sheet, not_too_many
from .styles import Styles
from .worksheet import CellKinds, WorksheetReader
from .xml_part import decoded, guard, unescaped, walk

if TYPE_CHECKING:
    from .package import Package

__all__ = ["XlsxFile"]

#: The kinds of sheets that have cells, and those that have macros.
_SHEETS: Final = ("worksheet", "dialogsheet")
_MACROS: Final = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")
#: One string as the usual programs write it; or all the rest.
_STRING: Final = re.compile(
    r"<si><t(?: xml:space=\"preserve\")?>([^<]*+)</t>(?:<phoneticPr [^<>]*+/>)?</si>"
    r"|<si/>|<si><t/>(?:<phoneticPr [^<>]*+/>)?</si>|([\s\S]++)"
)
_STRINGS_ROOT: Final = re.compile(rb"\s*+<sst(?=\s)[^<>]*+>")


class XlsxFile:
    """Raises Refused for what is hostile, damaged or too large."""

    has_checksums = True

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._relations = ooxml.relations(package, part)
        self.has_macros = "xl/vbaProject.bin" in package or any(
            relation.kind in _MACROS for relation in self._relations.values()
        )
        self.properties = ooxml.properties(package)
        self.saved_at = ooxml.saved_at(package)
        self._titles, since_1904 = _workbook(package.xml(part))
        not_too_many(len(self._titles))
        styles = ooxml.part_of_kind(package, part, self._relations, "styles")
        strings = ooxml.part_of_kind(package, part, self._relations, "sharedStrings")
        self._reader = WorksheetReader(
            _strings(guard(package.read(strings, limits.STRINGS_BYTES)) if strings else b""),
            _kinds(package.xml(styles) if styles else b""),
            since_1904=since_1904,
        )

    def sheets(self, without: Collection[str] = ()) -> Iterator[Sheet]:
        """Every sheet with cells, in order, read when its turn comes; those called as in ``without`` are passed over."""
        left = limits.PART_BYTES
        for title, identity in self._titles:
            relation = self._relations.get(identity)
            if title in without or (relation is not None and relation.kind not in _SHEETS):
                continue
            part = ooxml.target(self._package, self._part, relation)
            if part is None:
                raise Refused(Refusal.DAMAGED, f"工作表“{title[:40]}”的内容找不到")
            xml = self._package.read(part, left)
            left -= len(xml)
            yield self._reader.read(title, guard(xml))


@lru_cache(maxsize=16)
def _workbook(xml: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Title and relationship of each sheet, and whether days are counted from 1904. Kept: an office's files are alike."""
    titles: list[tuple[str, str]] = []
    since_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal since_1904
        if name == "sheet":
            identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            titles.append((attributes.get("name", ""), identity))
        elif name == "workbookPr":
            since_1904 = attributes.get("date1904") in ("1", "true")

    walk(xml, start)
    return titles, since_1904


@lru_cache(maxsize=16)
def _kinds(xml: bytes) -> CellKinds:
    """What the styles part makes of the attributes of cells. Kept: an office's files have the very same one."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[_number(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            formats.append(_number(attributes.get("numFmtId", "")))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    if xml:
        walk(xml, start, end)
    return CellKinds(Styles(formats, codes))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _strings(xml: bytes) -> list[str]:
    """The shared strings, without the reading aids that some programs add."""
    start, end = _STRINGS_ROOT.match(xml), xml.find(b"</sst>")
    if start is None or end < start.end():
        return _parsed_strings(xml) if xml else []
    strings: list[str] = []
    for match in _STRING.finditer(decoded(xml[start.end() : end])):
        if match.lastindex == 2:
            return _parsed_strings(xml)
        strings.append(unescaped(match[1] or ""))
    return strings


def _parsed_strings(xml: bytes) -> list[str]:
    if len(xml) > limits.WALKED_BYTES:
        raise Refused(Refusal.TOO_LARGE, "文字太多", f"{limits.WALKED_BYTES // limits.MB}MB")
    strings: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        if name in ("t", "rPh"):
            inside.append(name)

    def text(characters: str) -> None:
        if inside == ["t"]:
            pieces.append(characters)

    def end(name: str) -> None:
        if inside and name == inside[-1]:
            inside.pop()
        elif name == "si":
            strings.append("".join(pieces))

    walk(xml, start, end, text)
    return strings
