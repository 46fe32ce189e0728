"""A sheet of one workbook as a new sheet of another, or of its own: cells, looks, rules, names, and the parts that hang on it.

As in Excel a taken title gets `` (2)``, and what the sheet says of itself follows. Unlike in Excel, what it says of other sheets
keeps its text, and so speaks of the target's sheets of these names, whether they are there already or come later; what is
still missing when the book is saved reads ``#REF!``.
"""

from __future__ import annotations

import copy
import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from ..base import title_of_copy
from ..errors import EngineError, NotSupportedByEngine
from ..sheet_mentions import is_elsewhere, rewritten, sheets_in, words_in
from .formula_places import KINDS_WITH_FORMULAS, may_mention, rewrite_tree, texts_of
from .namespaces import MAIN, TABLE_TYPE
from .package_part import Relations, serialised
from .part_transfer import PartTransfer, reachable
from .style_transfer import StyleTransfer
from .table_parts import free_table_id, table_names

if TYPE_CHECKING:
    from .workbook_part import WorkbookPart

__all__ = ["copy_sheet"]

_UID = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid"
#: What hangs on a workbook as a whole, so that a sheet cannot take it along; within its own book a pivot table can go.
_BOUND = frozenset({"slicer", "timeline"})
_BOUND_TO_BOOK = _BOUND | {"pivotTable", "queryTable"}


def copy_sheet(source: WorkbookPart, title: str, target: WorkbookPart, position: int) -> str:
    """Put a copy of ``source``'s sheet into ``target`` at ``position`` (from 0); its title there.

    ProtectedSheet, NotSupportedByEngine or EngineError where it cannot be done, with nothing changed.
    """
    target.refuse_when_protected()
    return _Copy(source, title, target).put(position)


class _Copy:
    """One sheet on its way."""

    def __init__(self, source: WorkbookPart, title: str, target: WorkbookPart) -> None:
        self._source, self._title, self._target = source, title, target
        self._within = source is target
        self._sheet = source.sheet(title)
        self._new_title = title_of_copy(title, target.all_titles)
        self._formulas = list(texts_of(self._sheet.root))
        self._refuse()
        self._styles = None if self._within else StyleTransfer(source.styles, target.styles)
        self._sheets: dict[str, str | None] = (
            {} if self._new_title == title else {title.casefold(): self._new_title}
        )
        self._tables = self._new_tables()
        #: The sheets that formulas of the copy speak of.
        self._mentioned: set[str] = set()

    def _refuse(self) -> None:
        where = {"path": str(self._source.parts.path), "sheet": self._title}
        hanging = reachable(self._source.parts, self._sheet.part)
        kinds = set[str]().union(
            *(Relations(self._source.parts, part).kinds().values() for part in (self._sheet.part, *hanging))
        )
        bound = sorted(kinds & (_BOUND if self._within else _BOUND_TO_BOOK))
        if bound:
            raise NotSupportedByEngine("sheet-not-copied", reason=bound[0], **where)
        if self._within:
            return
        if self._source.since_1904 != self._target.since_1904:
            raise NotSupportedByEngine("sheet-not-copied", reason="date1904", **where)
        charts = [part for part in hanging if posixpath.basename(posixpath.dirname(part)) == "charts"]
        in_charts = [
            text for part in charts if part.endswith(".xml") for text in texts_of(self._source.parse(part))
        ]
        for formula in self._formulas + in_charts:
            if is_elsewhere(formula):
                raise EngineError("formula-elsewhere", formula=formula[:80], **where)

    def _new_tables(self) -> dict[str, str | None]:
        """The sheet's tables by name in lower case, each with a name that the target has not."""
        taken = {name.name.casefold() for name in self._target.names.all()} | {
            name.casefold() for name in table_names(self._target)
        }
        found: dict[str, str | None] = {}
        for old in table_names(self._source, self._sheet.part):
            new = old
            number = 1
            while new.casefold() in taken:
                number += 1
                new = f"{old}_{number}"
            taken.add(new.casefold())
            found[old.casefold()] = new
        return found

    def put(self, position: int) -> str:
        """Write sheet, parts and names into the target; the title of the copy."""
        names = self._names()
        root = copy.deepcopy(self._sheet.root)
        self._settle(root)
        if self._styles is not None:
            self._dress(root, self._styles)
        rewrite_tree(root, self._changed)
        part = self._target.insert_sheet(self._new_title, position, self._source.state(self._title))
        self._target.parts.write(part, serialised(root))
        PartTransfer(self._source.parts, self._target.parts, self._part).relations(self._sheet.part, part)
        for node, refers_to, is_local in names:
            self._target.names.bring(node, self._changed(refers_to), self._new_title if is_local else None)
        self._target.await_sheets(self._mentioned)
        return self._new_title

    def _changed(self, formula: str) -> str:
        new = rewritten(formula, self._sheets, self._tables)
        self._mentioned |= sheets_in(new)
        return new

    # The sheet's own part

    def _settle(self, root: etree._Element) -> None:
        """What one sheet of a book alone may have: to be selected, its macro module, its mark among revisions."""
        root.attrib.pop(_UID, None)
        for node in root.iterchildren(f"{MAIN}sheetPr"):
            node.attrib.pop("codeName", None)
        for number, view in enumerate(list(root.iter(f"{MAIN}sheetView"))):
            view.attrib.pop("tabSelected", None)
            if number and not self._within:  # of another window, which the target may not have
                view.getparent().remove(view)
            elif not self._within:
                view.set("workbookViewId", "0")
        if not self._within:
            for node in list(root.iterchildren(f"{MAIN}customSheetViews")):
                root.remove(node)

    def _dress(self, root: etree._Element, styles: StyleTransfer) -> None:
        for node in root.iterfind(f"{MAIN}cols/{MAIN}col"):
            _translate(node, "style", styles)
        for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
            _translate(row, "s", styles)
            for cell in row.iterchildren(f"{MAIN}c"):
                _translate(cell, "s", styles)
                for name in ("cm", "vm"):  # of tables that the other book has for itself
                    cell.attrib.pop(name, None)
                if cell.get("t") == "s":
                    self._write_out(cell, styles)
        for child in root:
            if child.tag != f"{MAIN}sheetData":
                _translate_rules(child, styles)

    def _write_out(self, cell: etree._Element, styles: StyleTransfer) -> None:
        """A shared text, written into its cell: the target's table of texts stays as it is."""
        node = cell.find(f"{MAIN}v")
        if node is None:
            return
        text = etree.Element(f"{MAIN}is")
        text.extend(copy.deepcopy(child) for child in self._source.strings.item(int(node.text or "0")))
        for hint in text.iterchildren(f"{MAIN}phoneticPr"):
            hint.set("fontId", str(styles.font(int(hint.get("fontId", "0")))))
        cell.replace(node, text)
        cell.set("t", "inlineStr")

    # What hangs on it

    def _part(self, part: str, kind: str, content: bytes) -> bytes:
        kind = kind.casefold()
        if not kind.endswith(KINDS_WITH_FORMULAS):
            return content
        if kind.endswith("vmldrawing") and not may_mention(content, [*self._sheets]):
            return content  # not always XML
        root = self._source.parse_bytes(content)
        changed = rewrite_tree(root, self._changed)
        if kind == TABLE_TYPE.casefold():
            changed = True
            self._settle_table(root)
        return serialised(root) if changed else content

    def _settle_table(self, root: etree._Element) -> None:
        new = self._tables[root.get("displayName", "").casefold()]
        for name in ("name", "displayName"):
            root.set(name, new or "")
        root.set("id", str(free_table_id(self._target)))
        root.attrib.pop(_UID, None)
        if self._styles is not None:
            _translate_rules(root, self._styles)

    # Names

    def _names(self) -> list[tuple[etree._Element, str, bool]]:
        """Element, what it refers to, and whether it comes as the sheet's own: what was its own; what points into it, where
        the target has such a name; at the book what points into it else, and what its formulas need and the target lacks."""
        taken = {name.name.casefold() for name in self._target.names.all() if name.sheet is None}
        found, others = [], {}
        for node, scope in self._source.names.elements():
            label, text = node.get("name", ""), node.text or ""
            if is_elsewhere(text) and not self._within:
                continue
            points_here = any(title.casefold() == self._title.casefold() for title in sheets_in(text))
            if scope == self._title:
                found.append((node, text, True))
            elif scope is None and points_here:
                found.append((node, text, self._within or label.casefold() in taken))
            elif scope is None and not self._within and label.casefold() not in taken:
                others[label.casefold()] = (node, text, False)
        return _unique(found) + self._needed(others, [text for _, text, _ in found])

    def _needed(
        self, others: dict[str, tuple[etree._Element, str, bool]], texts: list[str]
    ) -> list[tuple[etree._Element, str, bool]]:
        found = []
        waiting = self._formulas + texts
        while waiting and others:
            for word in words_in(waiting.pop()):
                if word in others:
                    found.append(others.pop(word))
                    waiting.append(found[-1][1])
        return found


def _unique(names: list[tuple[etree._Element, str, bool]]) -> list[tuple[etree._Element, str, bool]]:
    """The sheet's own name goes before one of the book that would come as its own too."""
    own = {
        node.get("name", "").casefold()
        for node, _, is_local in names
        if is_local and node.get("localSheetId") is not None
    }
    return [
        (node, text, is_local)
        for node, text, is_local in names
        if not is_local or node.get("localSheetId") is not None or node.get("name", "").casefold() not in own
    ]


def _translate(node: etree._Element, name: str, styles: StyleTransfer) -> None:
    if (style := node.get(name)) is not None:
        node.set(name, str(styles.cell(int(style))))


def _translate_rules(root: etree._Element, styles: StyleTransfer) -> None:
    """Whatever names a differential style: rules, filters by colour, the areas of a table."""
    for node in root.iter(etree.Element):
        for name in node.attrib:
            if str(name).casefold().endswith("dxfid"):
                node.set(name, str(styles.differential(int(node.get(name, "0")))))
