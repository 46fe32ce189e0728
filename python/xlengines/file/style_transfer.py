"""Styles of one workbook in another: equal ones are found, others added, none is changed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from .namespaces import MAIN
from .styles import FIRST_CUSTOM, shape

if TYPE_CHECKING:
    from lxml import etree

    from .styles import Styles

__all__ = ["StyleTransfer"]

#: What a style says by number, and the table that the number counts in.
_TABLES = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))


class StyleTransfer:
    """Numbers of ``source``'s styles → those of the same looks in ``target``, which gets what it lacks."""

    def __init__(self, source: Styles, target: Styles) -> None:
        self._source, self._target = source, target
        self._cells: dict[int, int] = {
            0: 0
        }  # what nobody dressed looks as the other book's undressed cells do
        self._named: dict[int, int] = {}
        self._known: dict[str, dict[Any, int]] = {}

    def cell(self, style: int) -> int:
        """A cell's style (an index of cellXfs)."""
        if style not in self._cells:
            xfs = self._source.table("cellXfs")
            found = self._moved(xfs[style]) if 0 <= style < len(xfs) else None
            self._cells[style] = 0 if found is None else self._target.number_of(found)
        return self._cells[style]

    def differential(self, index: int) -> int:
        """What a rule or a table lays over the looks of a cell (an index of dxfs)."""
        dxf = copy.deepcopy(self._source.table("dxfs")[index])
        for node in dxf.iter(f"{MAIN}numFmt"):
            if int(node.get("numFmtId", "0")) >= FIRST_CUSTOM:
                node.set("numFmtId", str(self._target.number_in_rules(node.get("formatCode", "General"))))
        return self._number("dxfs", dxf)

    def font(self, index: int) -> int:
        """A font (an index of fonts)."""
        return self._carried("fonts", index)

    def _moved(self, xf: etree._Element) -> etree._Element:
        new = copy.deepcopy(xf)
        for name, table in _TABLES:
            if name in xf.attrib:
                new.set(name, str(self._carried(table, int(xf.get(name, "0")))))
        code = self._source.own_format(int(xf.get("numFmtId", "0")))
        if code is not None:
            new.set("numFmtId", str(self._target.number_of_format(code)))
        if "xfId" in xf.attrib:
            new.set("xfId", str(self._named_style(int(xf.get("xfId", "0")))))
        return new

    def _named_style(self, index: int) -> int:
        """The style that a person picks by name: where the target has one of that name, its own look stays, as in Excel."""
        if index not in self._named:
            self._named[index] = self._found_by_name(index)
        return self._named[index]

    def _found_by_name(self, index: int) -> int:
        xfs = self._source.table("cellStyleXfs")
        mine = next((one for one in self._source.table("cellStyles") if one.get("xfId") == str(index)), None)
        if mine is None or not 0 <= index < len(xfs):
            return 0
        for theirs in self._target.table("cellStyles"):
            if _is_same(mine, theirs):
                return int(theirs.get("xfId", "0"))
        number = self._append("cellStyleXfs", self._moved(xfs[index]))
        new = copy.deepcopy(mine)
        new.set("xfId", str(number))
        self._append("cellStyles", new)
        return number

    def _carried(self, table: str, index: int) -> int:
        item, theirs = self._source.table(table)[index], self._target.table(table)
        # The same number where both books mean the same by it: of one writer's books no style is new then.
        if index < len(theirs) and shape(theirs[index]) == shape(item):
            return index
        return self._number(table, item)

    def _number(self, table: str, item: etree._Element) -> int:
        if table not in self._known:
            self._known[table] = {}
            for number, known in enumerate(self._target.table(table)):
                self._known[table].setdefault(shape(known), number)
        found = self._known[table].get(shape(item))
        if found is None:
            found = self._known[table][shape(item)] = self._append(table, copy.deepcopy(item))
        return found

    def _append(self, table: str, item: etree._Element) -> int:
        node = self._target.table(table)
        node.append(item)
        node.set("count", str(len(node)))
        self._target.changed = True
        return len(node) - 1


def _is_same(mine: etree._Element, theirs: etree._Element) -> bool:
    """Whether two named styles are one for Excel: built in under one number, else of one name."""
    if mine.get("builtinId") is not None and theirs.get("builtinId") is not None:
        return all(mine.get(name) == theirs.get(name) for name in ("builtinId", "iLevel"))
    return str(mine.get("name", "")).casefold() == str(theirs.get("name", "")).casefold()
