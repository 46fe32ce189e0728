"""The defined names of a workbook, in its own part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from ..errors import EngineError
from .namespaces import MAIN
from .rich_text import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["BEFORE_NAMES", "DefinedName", "DefinedNames", "put_after"]

_NAME = re.compile(r"(?:[^\W\d]|\\)[\w.\\?]{0,254}")
#: What a formula would take for a cell.
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*|[Cc]\d*")
#: The children of <workbook> that stand before <definedNames>, nearest first, by the schema's order.
BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class DefinedName:
    """``sheet`` is the title for a name of sheet scope, None for one of the book's."""

    name: str
    refers_to: str
    sheet: str | None


class DefinedNames:
    """``titles`` gives all sheets in order: a name of sheet scope points to one by its place."""

    def __init__(self, root: etree._Element, titles: Callable[[], Sequence[str]]) -> None:
        self._root = root
        self._titles = titles

    def all(self) -> list[DefinedName]:
        """All defined names, those of sheets among them, in the order of the file."""
        titles = self._titles()
        found = []
        for node in self._nodes():
            scope = node.get("localSheetId")
            if scope is None:
                sheet = None
            elif scope.isdigit() and int(scope) < len(titles):
                sheet = titles[int(scope)]
            else:
                continue  # of a sheet that is no more
            found.append(DefinedName(node.get("name", ""), f"={node.text or ''}", sheet))
        return found

    def put(self, name: str, refers_to: str, sheet: str | None) -> None:
        """Define a name, or change what it refers to. EngineError for what Excel takes for no name."""
        node = self._node(name, sheet)
        if node is None:
            if not _is_name(name):
                raise EngineError("bad-name", label=name)
            names = self._root.find(f"{MAIN}definedNames")
            if names is None:
                names = put_after(self._root, BEFORE_NAMES, "definedNames")
            node = etree.SubElement(names, f"{MAIN}definedName", name=name)
            if sheet is not None:
                node.set("localSheetId", str(self._titles().index(sheet)))
        node.text = escaped(refers_to.removeprefix("="))

    def delete(self, name: str, sheet: str | None) -> None:
        """Take a name out of the workbook. KeyError where there is none in that scope."""
        node = self._node(name, sheet)
        if node is None:
            raise KeyError(name)
        names = node.getparent()
        names.remove(node)
        if not len(names):
            names.getparent().remove(names)

    def make_room(self, position: int) -> None:
        """A sheet was put in at ``position`` (from 0): names of sheet scope go on pointing to their own sheets."""
        for node in self._nodes():
            scope = node.get("localSheetId")
            if scope is not None and scope.isdigit() and int(scope) >= position:
                node.set("localSheetId", str(int(scope) + 1))

    def _nodes(self) -> list[etree._Element]:
        return list(self._root.iter(f"{MAIN}definedName"))

    def _node(self, name: str, sheet: str | None) -> etree._Element | None:
        scope = None if sheet is None else str(self._titles().index(sheet))
        for node in self._nodes():
            if node.get("name", "").casefold() == name.casefold() and node.get("localSheetId") == scope:
                return node
        return None


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and not _CELL_LIKE.fullmatch(text)


def put_after(root: etree._Element, nearest_first: tuple[str, ...], tag: str) -> etree._Element:
    """A new child of ``root`` behind the first of these that stands there."""
    node = etree.Element(f"{MAIN}{tag}")
    next(found for name in nearest_first if (found := root.find(f"{MAIN}{name}")) is not None).addnext(node)
    return node
