"""An .xlsx or .xlsm: an Office package (ECMA-376 part 2), its parts found by their relationships, sheets, strings and styles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from .package import Package, decoded, guard, read_time, unescaped, walk
from .refusal import MB, Limits, Refusal, Refused
from .sheet import Sheet, Styles, not_too_many
from .worksheet import CellKinds, WorksheetReader

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["OfficeFile", "XlsxFile", "main_part"]

_PROPERTIES_BYTES: Final = MB
_CUSTOM, _CORE = "docProps/custom.xml", "docProps/core.xml"
#: The kinds of sheets that have cells, and those that have macros.
_SHEETS: Final = ("worksheet", "dialogsheet")
_MACROS: Final = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")
#: One string as the usual programs write it; or all the rest.
_STRING: Final = re.compile(
    r"<si><t(?: xml:space=\"preserve\")?>([^<]*+)</t>(?:<phoneticPr [^<>]*+/>)?</si>"
    r"|<si/>|<si><t/>(?:<phoneticPr [^<>]*+/>)?</si>|([\s\S]++)"
)
_STRINGS_ROOT: Final = re.compile(rb"\s*+<sst(?=\s)[^<>]*+>")


def main_part(package: Package) -> str | None:
    """The part that the package is about; None where it does not say one."""
    for relation in _relations_of(package, "").values():
        if relation.kind == "officeDocument":
            return _target(package, "", relation)
    return None


class OfficeFile:
    """What .xlsx and .xlsb have in common: parts found by their relationships, properties, macros.

    Raises Refused for what is hostile, damaged or too large.
    """

    has_checksums = True

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._relations = _relations_of(package, part)
        self.has_macros = "xl/vbaProject.bin" in package or any(
            relation.kind in _MACROS for relation in self._relations.values()
        )
        self.properties = _properties(package)
        self.saved_at = _saved_at(package)

    def _sheet_part(self, title: str, identity: str, kinds: Collection[str]) -> str | None:
        """The part of a sheet by its relationship; None where that is none of ``kinds``.

        Raises Refused where it is not there.
        """
        relation = self._relations.get(identity)
        if relation is not None and relation.kind not in kinds:
            return None
        part = _target(self._package, self._part, relation)
        if part is None:
            raise Refused(Refusal.DAMAGED, f"工作表“{title[:40]}”的内容找不到")
        return part

    def _part_of_kind(self, kind: str) -> str | None:
        """The one part that the workbook needs of a ``kind`` (styles, sharedStrings), None where it has none.

        Raises Refused where it is named and not there: what it says would be missing in silence.
        """
        named = [relation for relation in self._relations.values() if relation.kind == kind]
        if not named:
            folder, _, name = self._part.rpartition("/")
            usual = f"{folder}/{kind}.{name.rpartition('.')[2]}"
            return usual if usual in self._package else None
        found = _target(self._package, self._part, named[0])
        if found is None:
            raise Refused(Refusal.DAMAGED, f"文件里少了一部分（{named[0].target[-40:]}）")
        return found


class XlsxFile(OfficeFile):
    """An .xlsx or .xlsm."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__(package, part)
        self._titles, since_1904 = _workbook(package.xml(part))
        not_too_many(len(self._titles))
        styles = self._part_of_kind("styles")
        strings = self._part_of_kind("sharedStrings")
        self._reader = WorksheetReader(
            _strings(package.xml(strings, Limits.STRINGS_BYTES) if strings else b""),
            _kinds(package.xml(styles) if styles else b""),
            since_1904=since_1904,
        )

    def sheets(self, without: Collection[str] = ()) -> Iterator[Sheet]:
        """Every sheet with cells, in order, read when its turn comes; those called as in ``without`` are passed over."""
        left = Limits.PART_BYTES
        for title, identity in self._titles:
            if title in without or (part := self._sheet_part(title, identity, _SHEETS)) is None:
                continue
            xml = self._package.read(part, left)
            left -= len(xml)
            yield self._reader.read(title, guard(xml))


@dataclass(frozen=True, slots=True)
class _Relation:
    """``kind`` is the last word of its type (``worksheet``), the same in the strict and the usual form of the standard."""

    kind: str
    target: str
    external: bool = False


def _relations_of(package: Package, part: str) -> dict[str, _Relation]:
    """Id → relation of a part, of the package itself where ``part`` is empty."""
    folder, slash, name = part.rpartition("/")
    return _relations(package.xml(f"{folder}{slash}_rels/{name}.rels", MB))


@lru_cache(maxsize=16)
def _relations(xml: bytes) -> dict[str, _Relation]:
    """Kept, because the files of an office have the very same ones."""
    found: dict[str, _Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            external = attributes.get("TargetMode", "").lower() == "external"
            found[attributes.get("Id", "")] = _Relation(kind, attributes.get("Target", ""), external)

    if xml:
        walk(xml, start)
    return found


def _target(package: Package, part: str, relation: _Relation | None) -> str | None:
    """The part that a relation of ``part`` leads to; None where it is not in the package."""
    if relation is None or relation.external or not relation.target:
        return None
    written = relation.target.replace("\\", "/")
    folder, slash, _ = part.rpartition("/")
    if (name := written[1:] if written.startswith("/") else f"{folder}{slash}{written}") in package:
        return name
    name = posixpath.normpath(f"/{name}").lstrip("/")
    return next((name for name in (name, unquote(name)) if name in package), None)


def _properties(package: Package) -> dict[str, str]:
    """Name → value of the custom properties, empty where there are none."""
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if element == "property":
            name = attributes.get("name", "")

    def text(characters: str) -> None:
        found[name] = found.get(name, "") + characters.strip()

    custom = package.xml(_CUSTOM, _PROPERTIES_BYTES)
    if custom:
        walk(custom, start, text=text)
    return found


def _saved_at(package: Package) -> datetime | None:
    """``dcterms:modified`` in UTC; None where it is missing or cannot be read."""
    core = package.xml(_CORE, _PROPERTIES_BYTES)
    before, mark, rest = core.partition(b"modified")
    if not mark or not before:
        return None
    value = rest.partition(b">")[2].partition(b"<")[0]
    return read_time(value.decode("utf-8", "replace"))


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
    if len(xml) > Limits.WALKED_BYTES:
        raise Refused(Refusal.TOO_LARGE, "文字太多", f"{Limits.WALKED_BYTES // MB}MB")
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
