"""The workbook's own parts: sheets in order, defined names, shared strings, styles, and what a save has to mend."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from ..calculation import Calculation
from ..errors import EngineError, NotAWorkbook, NotSupportedByEngine, ProtectedSheet
from .cached_values import to_be_refreshed, without_chart_caches, without_stale_values
from .calculating import CellsOnDisk
from .defined_names import BEFORE_NAMES, DefinedNames, put_after
from .namespaces import CHART_TYPE, MAIN, PIVOT_CACHE_TYPE, RELATION, STYLES_TYPE, WORKSHEET_TYPE
from .package_part import ContentTypes, Relations, serialised
from .part_transfer import free_name, remove_with_what_hangs_on_it
from .shared_strings import SharedStrings
from .sheet_part import SheetPart
from .sheet_references import rewrite_everywhere
from .styles import Styles
from .table_parts import table_names
from .zip_parts import ZipParts, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["WorkbookPart"]

_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_NO_STYLES = (
    f'<styleSheet xmlns="{MAIN[1:-1]}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)
_EMPTY_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{MAIN[1:-1]}"><dimension ref="A1"/><sheetData/></worksheet>'
).encode()


class WorkbookPart:
    """The parts of one workbook that is open on the plain-file engine."""

    def __init__(self, path: Path) -> None:
        self.parts = ZipParts(path)
        self.part = self._main_part()
        self.root = self.parse(self.part)
        self.changed = False
        self.formulas_changed = False
        #: The parts whose formulas show what is computed of the cells as they are now.
        self.calculated: set[str] = set()
        self._relations = Relations(self.parts, self.part)
        self.names = DefinedNames(self.root, lambda: self.all_titles)
        self._sheets: dict[str, SheetPart] = {}
        self._awaited: set[str] = set()
        self._strings: SharedStrings | None = None
        self._styles: Styles | None = None
        properties = self.root.find(f"{MAIN}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in ("1", "true")

    def parse(self, part: str) -> etree._Element:
        """A part of the package as XML. NotAWorkbook where it is damaged or missing."""
        return self.parse_bytes(self.parts.read(part))

    def parse_bytes(self, content: bytes) -> etree._Element:
        """The root of a part of this workbook; NotAWorkbook names the file."""
        return parse_xml(content, str(self.parts.path))

    def _main_part(self) -> str:
        relations = Relations(self.parts, "")
        if relations.are_strict:
            raise NotSupportedByEngine(
                "strict-workbook",
                path=str(self.parts.path),
            )
        found = relations.of_kind("officeDocument")
        if found is None:
            raise NotAWorkbook("not-a-workbook", path=str(self.parts.path))
        return found

    # Sheets

    def _sheets_node(self) -> etree._Element:
        node = self.root.find(f"{MAIN}sheets")
        if node is None:
            raise NotAWorkbook("no-sheets", path=str(self.parts.path))
        return node

    def _sheet_nodes(self) -> list[etree._Element]:
        return list(self._sheets_node().iterchildren(f"{MAIN}sheet"))

    @property
    def all_titles(self) -> list[str]:
        """Of all sheets, charts among them, in the order of the tabs."""
        return [node.get("name", "") for node in self._sheet_nodes()]

    @property
    def titles(self) -> list[str]:
        """Of the worksheets: a sheet that is a chart has no cells."""
        with_cells = self._relations.ids_of_kind("worksheet")
        return [
            node.get("name", "") for node in self._sheet_nodes() if node.get(f"{RELATION}id") in with_cells
        ]

    def sheet(self, title: str) -> SheetPart:
        """The part of the sheet with a title, read once. KeyError where there is none."""
        part = self._part_of(title)
        if part not in self._sheets:
            self._sheets[part] = SheetPart(self, part)
        return self._sheets[part]

    def _part_of(self, title: str) -> str:
        return self._relations.target(self.tab_of(title))

    def _node_of(self, title: str) -> etree._Element:
        for node in self._sheet_nodes():
            if node.get("name") == title:
                return node
        raise KeyError(title)

    def tab_of(self, title: str) -> str:
        """What tells a sheet whatever its title is. KeyError where there is none of that title."""
        return str(self._node_of(title).get(f"{RELATION}id", ""))

    def title_of(self, tab: str) -> str:
        """The title of the sheet with that tab. KeyError where it was deleted."""
        for node in self._sheet_nodes():
            if node.get(f"{RELATION}id") == tab:
                return str(node.get("name", ""))
        raise KeyError(tab)

    def position(self, title: str) -> int:
        """The sheet's place among all sheets, from 0."""
        return self.all_titles.index(title)

    @property
    def active_title(self) -> str:
        """The worksheet that is in front, the first one where that is a chart or nothing."""
        titles, view = self.all_titles, self._view()
        place = int(view.get("activeTab", "0")) if view is not None else 0
        in_front = titles[place] if place < len(titles) else ""
        return in_front if in_front in self.titles else next(iter(self.titles), "")

    def _view(self) -> etree._Element | None:
        return self.root.find(f"{MAIN}bookViews/{MAIN}workbookView")

    def refuse_when_protected(self) -> None:
        """The structure of a protected book: sheets are neither added nor hidden."""
        node = self.root.find(f"{MAIN}workbookProtection")
        if node is not None and node.get("lockStructure") in ("1", "true"):
            raise ProtectedSheet("protected-structure", path=str(self.parts.path))

    def state(self, title: str) -> str:
        """ "visible", "hidden" or "veryHidden"."""
        return str(self._node_of(title).get("state", "visible"))

    def set_state(self, title: str, state: str) -> None:
        """Show or hide a sheet. Raises where the structure is protected or no visible sheet would be left."""
        if state == self.state(title):
            return
        self.refuse_when_protected()
        node = self._node_of(title)
        if state == "visible":
            node.attrib.pop("state", None)
        else:
            self._bring_another_to_front(title)
            node.set("state", state)
        self.changed = True

    def _bring_another_to_front(self, title: str) -> None:
        """A hidden sheet must not stay selected: what a person types would go to it too."""
        shown = [other for other in self.titles if other != title and self.state(other) == "visible"]
        if not shown:
            raise NotSupportedByEngine("last-visible-sheet", path=str(self.parts.path))
        view = self._view()
        if view is not None and self.active_title == title:
            view.set("activeTab", str(self.position(shown[0])))
            self.sheet(shown[0]).select_tab(True)
        self.sheet(title).select_tab(False)

    def add_sheet(self, title: str, position: int) -> None:
        """An empty sheet at ``position`` (from 0) among all sheets. EngineError for what can be no title."""
        self.refuse_when_protected()
        self._refuse_title(title)
        self.parts.write(self.insert_sheet(title, position), _EMPTY_SHEET)

    def _refuse_title(self, title: str) -> None:
        if not 0 < len(title) <= 31 or _BAD_TITLE.search(title):
            raise EngineError("bad-sheet-name", sheet=title, path=str(self.parts.path))
        if title.casefold() in (other.casefold() for other in self.all_titles):
            raise EngineError("sheet-exists", sheet=title, path=str(self.parts.path))

    def insert_sheet(self, title: str, position: int, state: str = "visible") -> str:
        """A sheet that is still to be written, at ``position`` (from 0) among all; the name of its part."""
        folder = posixpath.dirname(self.part)
        part = free_name(self.parts, posixpath.join(folder, "worksheets/sheet.xml"))
        relation = self._relations.add("worksheet", part)
        ContentTypes(self.parts).add_part(part, WORKSHEET_TYPE)
        identifier = max((int(node.get("sheetId", "0")) for node in self._sheet_nodes()), default=0) + 1
        node = etree.Element(f"{MAIN}sheet", name=title, sheetId=str(identifier))
        if state != "visible":
            node.set("state", state)
        node.set(f"{RELATION}id", relation)
        nodes = self._sheet_nodes()
        if position < len(nodes):
            nodes[position].addprevious(node)
        else:
            self._sheets_node().append(node)
        self.names.make_room(position)
        self._shift_tabs(position, 1)
        self.touch()
        return part

    def _shift_tabs(self, position: int, by: int) -> None:
        view = self._view()
        for tab in ("activeTab", "firstSheet") if view is not None else ():
            if view is not None and int(view.get(tab, "0")) >= position:
                view.set(tab, str(max(int(view.get(tab, "0")) + by, 0)))

    def rename_sheet(self, title: str, new: str) -> None:
        """Give a sheet another title, and all that refers to it with it. EngineError for what can be no title."""
        if new == title:
            return
        self.refuse_when_protected()
        if new.casefold() != title.casefold():
            self._refuse_title(new)
        self._node_of(title).set("name", new)
        rewrite_everywhere(self, {title.casefold(): new})
        if title.casefold() in self._awaited:
            self._awaited = self._awaited - {title.casefold()} | {new.casefold()}

    def remove_sheet(self, title: str) -> None:
        """Delete a sheet with all that hangs on it alone; what refers to it reads ``#REF!`` from then on."""
        self.refuse_when_protected()
        part, node = self._part_of(title), self._node_of(title)
        if any(
            "slicer" in kind or "timeline" in kind for kind in Relations(self.parts, part).kinds().values()
        ):
            raise NotSupportedByEngine(
                "sheet-not-deleted", reason="slicer", sheet=title, path=str(self.parts.path)
            )
        self._bring_another_to_front(title)
        tables = dict.fromkeys(name.casefold() for name in table_names(self, part))
        position = self.position(title)
        self.names.close_gap(position)
        self._shift_tabs(position + 1, -1)
        self._relations.forget(node.get(f"{RELATION}id", ""))
        self._sheets_node().remove(node)
        self._sheets.pop(part, None)
        remove_with_what_hangs_on_it(self.parts, part)
        rewrite_everywhere(self, {title.casefold(): None}, tables)
        self.formulas_changed = True

    def is_read(self, title: str) -> bool:
        """Whether the sheet's tree is held, and may differ from what the package holds."""
        return self._part_of(title) in self._sheets

    def content_of(self, title: str) -> bytes:
        """The bytes of a sheet in the package."""
        return self.parts.read(self._part_of(title))

    def await_sheets(self, titles: Iterable[str]) -> None:
        """Note what a copied sheet speaks of; those that are not here when the book is saved are taken for deleted."""
        self._awaited |= {title.casefold() for title in titles}

    def _give_up_waiting(self) -> None:
        gone = self._awaited - {title.casefold() for title in self.all_titles}
        if gone:
            rewrite_everywhere(self, dict.fromkeys(gone))
        self._awaited = set()

    # Strings and styles

    def shared_string(self, index: int) -> str:
        """A shared string without its formatting, by its index. NotAWorkbook where the index is beyond the table."""
        try:
            return self.strings.text(index)
        except IndexError as failure:
            raise NotAWorkbook("damaged-part", part="sharedStrings", path=str(self.parts.path)) from failure

    @property
    def strings(self) -> SharedStrings:
        """The table of shared strings, read once; an empty one where the file has none."""
        if self._strings is None:
            part = self._relations.of_kind("sharedStrings")
            self._strings = SharedStrings(None if part is None else self.parse(part))
        return self._strings

    @property
    def styles(self) -> Styles:
        """The styles of the workbook, read once; the default one where the file has none."""
        if self._styles is None:
            part = self._relations.of_kind("styles")
            self._styles = Styles(etree.fromstring(_NO_STYLES) if part is None else self.parse(part))
        return self._styles

    # Saving

    @property
    def has_changes(self) -> bool:
        """Whether a save would write anything other than what was read."""
        styled = self._styles is not None and self._styles.changed
        return (
            self.changed
            or styled
            or self.parts.has_changes
            or any(sheet.changed for sheet in self._sheets.values())
        )

    def save(self, target: Path) -> None:
        """Write what changed; after a change no formula that refers to a cell keeps its cached value, but for those that
        ``calculate`` has computed since."""
        self._give_up_waiting()
        if self.has_changes:
            self._drop_stale_values()
            self._recalculate_on_load()
            if self.formulas_changed:
                self._drop_calculation_chain()
            for part, sheet in self._sheets.items():
                if sheet.changed:
                    self.parts.write(part, sheet.to_bytes())
            if self._styles is not None and self._styles.changed:
                self.parts.write(self._styles_part(), serialised(self._styles.root))
            self.parts.write(self.part, serialised(self.root))
        self.parts.save(target)
        self.changed = self.formulas_changed = False
        for sheet in self._sheets.values():
            sheet.changed = False
        if self._styles is not None:
            self._styles.changed = False

    def _styles_part(self) -> str:
        """The part's name, made where the file came without one."""
        part = self._relations.of_kind("styles")
        if part is None:
            part = posixpath.join(posixpath.dirname(self.part), "styles.xml")
            self._relations.add("styles", part)
            ContentTypes(self.parts).add_part(part, STYLES_TYPE)
        return part

    def calculate(self) -> None:
        """Compute the formulas of the sheets that have been read, where something has changed since the file was."""
        if not self.has_changes:
            return
        self._give_up_waiting()
        calculation = Calculation(CellsOnDisk(self))
        values = {title: calculation.results(title) for title in self._read_sheets()}
        for title, sheet in self._read_sheets().items():  # with those that the calculation has read
            sheet.show_values(values.get(title))
        self.calculated = set(self._sheets)

    def _read_sheets(self) -> dict[str, SheetPart]:
        parts = {title: self._part_of(title) for title in self.titles}
        return {title: self._sheets[part] for title, part in parts.items() if part in self._sheets}

    def touch(self) -> None:
        """Note that something of the workbook itself has changed: a name, a sheet."""
        self.changed = True
        self.calculated.clear()

    def _drop_stale_values(self) -> None:
        for title in self.titles:
            part = self._part_of(title)
            content = None if part in self._sheets else without_stale_values(self.parts.read(part))
            if content is None:
                if part not in self.calculated:
                    self.sheet(title).show_values()
            else:
                self._replace(part, content)
        types = ContentTypes(self.parts)
        for part in types.parts_of(CHART_TYPE):
            self._replace(part, without_chart_caches(self.parts.read(part)))
        for part in types.parts_of(PIVOT_CACHE_TYPE):
            self._replace(part, to_be_refreshed(self.parts.read(part)))

    def _replace(self, part: str, content: bytes) -> None:
        if content != self.parts.read(part):
            self.parts.write(part, content)

    def _recalculate_on_load(self) -> None:
        node = self.root.find(f"{MAIN}calcPr")
        if node is None:
            node = put_after(self.root, ("definedNames", *BEFORE_NAMES), "calcPr")
        node.set("fullCalcOnLoad", "1")

    def _drop_calculation_chain(self) -> None:
        """Excel makes the chain anew; one that names a cell without a formula it calls damage."""
        part = self._relations.of_kind("calcChain")
        if part is None:
            return
        self._relations.remove("calcChain")
        ContentTypes(self.parts).remove_part(part)
        self.parts.delete(part)
