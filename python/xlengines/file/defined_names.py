"""The defined names of a workbook, in its own part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from ..errors import EngineError
from .namespaces import MAIN
from .rich_text import escaped, unescaped

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
        return [
            DefinedName(node.get("name", ""), f"={node.text or ''}", sheet) for node, sheet in self.elements()
        ]

    def elements(self) -> list[tuple[etree._Element, str | None]]:
        """The elements with the sheets that they belong to; those of sheets that are no more left out."""
        titles = self._titles()
        found: list[tuple[etree._Element, str | None]] = []
        for node in self._nodes():
            scope = node.get("localSheetId")
            if scope is None:
                found.append((node, None))
            elif scope.isdigit() and int(scope) < len(titles):
                found.append((node, titles[int(scope)]))
        return found

    def bring(self, node: etree._Element, refers_to: str, sheet: str | None) -> None:
        """Add a twin of another book's element, hidden or not as that is, in the scope of ``sheet``; None for the book's."""
        twin = etree.SubElement(self._container(), f"{MAIN}definedName", dict(node.attrib))
        twin.attrib.pop("localSheetId", None)
        if sheet is not None:
            twin.set("localSheetId", str(self._titles().index(sheet)))
        twin.text = escaped(refers_to)

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Put what each name refers to through ``change``, without its ``=``."""
        for node in self._nodes():
            if node.text:
                node.text = escaped(change(unescaped(node.text)))

    def put(self, name: str, refers_to: str, sheet: str | None) -> None:
        """Define a name, or change what it refers to. EngineError for what Excel takes for no name."""
        node = self._node(name, sheet)
        if node is None:
            if not _is_name(name):
                raise EngineError("bad-name", label=name)
            node = etree.SubElement(self._container(), f"{MAIN}definedName", name=name)
            if sheet is not None:
                node.set("localSheetId", str(self._titles().index(sheet)))
        node.text = escaped(refers_to.removeprefix("="))

    def delete(self, name: str, sheet: str | None) -> None:
        """Take a name out of the workbook. KeyError where there is none in that scope."""
        node = self._node(name, sheet)
        if node is None:
            raise KeyError(name)
        self._remove(node)

    def close_gap(self, position: int) -> None:
        """The sheet at ``position`` (from 0) goes: its names with it, those of later sheets go on pointing to their own."""
        for node in self._nodes():
            scope = node.get("localSheetId")
            if scope is not None and scope.isdigit():
                if int(scope) == position:
                    self._remove(node)
                elif int(scope) > position:
                    node.set("localSheetId", str(int(scope) - 1))

    def make_room(self, position: int) -> None:
        """A sheet was put in at ``position`` (from 0): names of sheet scope go on pointing to their own sheets."""
        for node in self._nodes():
            scope = node.get("localSheetId")
            if scope is not None and scope.isdigit() and int(scope) >= position:
                node.set("localSheetId", str(int(scope) + 1))

    def _container(self) -> etree._Element:
        names = self._root.find(f"{MAIN}definedNames")
        return put_after(self._root, BEFORE_NAMES, "definedNames") if names is None else names

    @staticmethod
    def _remove(node: etree._Element) -> None:
        names = node.getparent()
        assert names is not None
        names.remove(node)
        if not len(names):
            names.getparent().remove(names)

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
