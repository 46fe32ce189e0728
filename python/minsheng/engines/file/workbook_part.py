"""The workbook's own parts: sheets in order, defined names, shared strings, styles, and what a save has to mend."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from ..errors import NotAWorkbook, NotSupportedByEngine
from .namespaces import MAIN, RELATION, WORKSHEET_TYPE
from .package_part import ContentTypes, Relations, serialised
from .rich_text import rich_text
from .sheet_part import SheetPart, without_stale_values
from .styles import Styles
from .zip_parts import ZipParts, parse_xml

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DefinedName", "WorkbookPart"]

_BAD_TITLE = re.compile(r"[\[\]:*?/\\]")
_EMPTY_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{MAIN[1:-1]}"><dimension ref="A1"/><sheetData/></worksheet>'
).encode()
#: The children of <workbook> that come after <definedNames> and before <calcPr>, by the schema's order.
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class DefinedName:
    """``sheet`` is the title for a name of sheet scope, None for one of the book's."""

    name: str
    refers_to: str
    sheet: str | None


class WorkbookPart:
    """The parts of one workbook that is open on the plain-file engine."""

    def __init__(self, path: Path) -> None:
        self.parts = ZipParts(path)
        self.part = self._main_part()
        self.root = self.parse(self.part)
        self.changed = False
        self.formulas_changed = False
        self._relations = Relations(self.parts, self.part)
        self._sheets: dict[str, SheetPart] = {}
        self._strings: list[str] | None = None
        self._styles: Styles | None = None
        properties = self.root.find(f"{MAIN}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in ("1", "true")

    def parse(self, part: str) -> etree._Element:
        return self.parse_bytes(self.parts.read(part))

    def parse_bytes(self, content: bytes) -> etree._Element:
        """The root of a part of this workbook; NotAWorkbook names the file."""
        return parse_xml(content, str(self.parts.path))

    def _main_part(self) -> str:
        found = Relations(self.parts, "").of_kind("officeDocument")
        if found is None:
            raise NotAWorkbook(f"“{self.parts.path.name}”不是 Excel 工作簿。", path=str(self.parts.path))
        return found

    # Sheets

    def _sheet_nodes(self) -> list[etree._Element]:
        sheets = self.root.find(f"{MAIN}sheets")
        if sheets is None:
            raise NotAWorkbook(f"“{self.parts.path.name}”里没有工作表。", path=str(self.parts.path))
        return list(sheets)

    @property
    def titles(self) -> list[str]:
        return [node.get("name", "") for node in self._sheet_nodes()]

    def sheet(self, title: str) -> SheetPart:
        part = self._part_of(title)
        if part not in self._sheets:
            self._sheets[part] = SheetPart(self, part)
        return self._sheets[part]

    def _part_of(self, title: str) -> str:
        return self._relations.target(self._node_of(title).get(f"{RELATION}id", ""))

    def _node_of(self, title: str) -> etree._Element:
        for node in self._sheet_nodes():
            if node.get("name") == title:
                return node
        raise KeyError(title)

    def state(self, title: str) -> str:
        return str(self._node_of(title).get("state", "visible"))

    def set_state(self, title: str, state: str) -> None:
        node = self._node_of(title)
        if state == "visible":
            node.attrib.pop("state", None)
        else:
            node.set("state", state)
        self.changed = True

    def add_sheet(self, title: str, position: int) -> None:
        """An empty sheet at ``position`` (from 0). Names of sheet scope keep pointing to their own sheets."""
        if not title or len(title) > 31 or _BAD_TITLE.search(title):
            raise ValueError(f"not a sheet name: {title!r}")
        folder = posixpath.dirname(self.part)
        number = 1
        while f"{folder}/worksheets/sheet{number}.xml" in self.parts:
            number += 1
        part = f"{folder}/worksheets/sheet{number}.xml"
        self.parts.write(part, _EMPTY_SHEET)
        relation = self._relations.add("worksheet", part)
        ContentTypes(self.parts).add_part(part, WORKSHEET_TYPE)
        nodes = self._sheet_nodes()
        identifier = max((int(node.get("sheetId", "0")) for node in nodes), default=0) + 1
        node = etree.Element(f"{MAIN}sheet", name=title, sheetId=str(identifier))
        node.set(f"{RELATION}id", relation)
        nodes[0].getparent().insert(position, node)
        for name in self.root.iter(f"{MAIN}definedName"):
            scope = name.get("localSheetId")
            if scope is not None and int(scope) >= position:
                name.set("localSheetId", str(int(scope) + 1))
        self.changed = True

    # Names

    def names(self) -> list[DefinedName]:
        titles = self.titles
        found = []
        for node in self.root.iter(f"{MAIN}definedName"):
            scope = node.get("localSheetId")
            sheet = titles[int(scope)] if scope is not None and int(scope) < len(titles) else None
            found.append(DefinedName(node.get("name", ""), f"={node.text or ''}", sheet))
        return found

    def set_name(self, name: str, refers_to: str, sheet: str | None = None) -> None:
        """Define a name, or change what it refers to."""
        node = self._name_node(name, sheet)
        if node is None:
            names = self.root.find(f"{MAIN}definedNames")
            if names is None:
                names = etree.Element(f"{MAIN}definedNames")
                before = next(
                    found for tag in _BEFORE_NAMES if (found := self.root.find(f"{MAIN}{tag}")) is not None
                )
                before.addnext(names)
            node = etree.SubElement(names, f"{MAIN}definedName", name=name)
            if sheet is not None:
                node.set("localSheetId", str(self.titles.index(sheet)))
        node.text = refers_to.removeprefix("=")
        self.changed = True

    def delete_name(self, name: str, sheet: str | None = None) -> None:
        node = self._name_node(name, sheet)
        if node is None:
            raise KeyError(name)
        names = node.getparent()
        names.remove(node)
        if not len(names):
            names.getparent().remove(names)
        self.changed = True

    def _name_node(self, name: str, sheet: str | None) -> etree._Element | None:
        scope = None if sheet is None else str(self.titles.index(sheet))
        for node in self.root.iter(f"{MAIN}definedName"):
            if node.get("name", "").casefold() == name.casefold() and node.get("localSheetId") == scope:
                return node
        return None

    # Strings and styles

    def shared_string(self, index: int) -> str:
        if self._strings is None:
            part = self._relations.of_kind("sharedStrings")
            self._strings = (
                [] if part is None else [rich_text(node) for node in self.parse(part).iter(f"{MAIN}si")]
            )
        if not 0 <= index < len(self._strings):
            raise NotAWorkbook(f"“{self.parts.path.name}”的文字表已损坏。", path=str(self.parts.path))
        return self._strings[index]

    @property
    def styles(self) -> Styles:
        if self._styles is None:
            part = self._relations.of_kind("styles")
            if part is None:
                raise NotSupportedByEngine(f"“{self.parts.path.name}”没有样式表。", path=str(self.parts.path))
            self._styles = Styles(self.parse(part))
        return self._styles

    # Saving

    @property
    def has_changes(self) -> bool:
        styled = self._styles is not None and self._styles.changed
        return (
            self.changed
            or styled
            or self.parts.has_changes
            or any(sheet.changed for sheet in self._sheets.values())
        )

    def save(self, target: Path) -> None:
        """Write what changed; after a change no formula that refers to a cell keeps its cached value."""
        if self.has_changes:
            self._drop_stale_values()
            self._recalculate_on_load()
            if self.formulas_changed:
                self._drop_calculation_chain()
            for part, sheet in self._sheets.items():
                if sheet.changed:
                    self.parts.write(part, sheet.to_bytes())
            styles = self._relations.of_kind("styles")
            if self._styles is not None and self._styles.changed and styles is not None:
                self.parts.write(styles, serialised(self._styles.root))
            self.parts.write(self.part, serialised(self.root))
        self.parts.save(target)
        self.changed = self.formulas_changed = False
        for sheet in self._sheets.values():
            sheet.changed = False
        if self._styles is not None:
            self._styles.changed = False

    def _drop_stale_values(self) -> None:
        for title in self.titles:
            part = self._part_of(title)
            if part in self._sheets:
                self._sheets[part].drop_stale_values()
                continue
            content = self.parts.read(part)
            if b"<sheetData" not in content:
                continue
            mended = without_stale_values(content)
            if mended is None:
                self.sheet(title).drop_stale_values()
            elif mended and mended != content:
                self.parts.write(part, mended)

    def _recalculate_on_load(self) -> None:
        node = self.root.find(f"{MAIN}calcPr")
        if node is None:
            node = etree.Element(f"{MAIN}calcPr")
            after = self.root.find(f"{MAIN}definedNames")
            (after if after is not None else self._sheet_nodes()[0].getparent()).addnext(node)
        node.set("fullCalcOnLoad", "1")

    def _drop_calculation_chain(self) -> None:
        """Excel makes the chain anew; one that names a cell without a formula it calls damage."""
        part = self._relations.of_kind("calcChain")
        if part is None:
            return
        self._relations.remove("calcChain")
        ContentTypes(self.parts).remove_part(part)
        self.parts.delete(part)
