"""The parts of a .docx that are read, each guarded before it is parsed.

Elements go by their local names: the transitional and the strict form of Office XML differ in namespaces alone.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from ....errors import UnreadableFile
from ...spreadsheets.package import Package, guard
from ...spreadsheets.refusal import Refused
from .kinds import refusal

__all__ = ["DocxParts", "Element", "attribute", "child", "children", "integer", "is_on", "local"]

Element = Any  # lxml publishes no type for elements
#: The text of a 任务书 of 33 projects has 0.3 MB.
_LARGEST_PART: Final = 24 << 20
#: One of 999 projects and 50 units has half a million.
_MOST_ELEMENTS: Final = 1_000_000
_RELATIONS: Final = "_rels/.rels"


def local(element: Element) -> str:
    """The name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def child(parent: Element | None, name: str) -> Element | None:
    """The first child of that name; None without one or without a parent."""
    if parent is not None:
        for element in parent:
            if local(element) == name:
                return element
    return None


def children(parent: Element | None) -> dict[str, Element]:
    """The first child of each name; none without a parent."""
    return {} if parent is None else {local(element): element for element in reversed(parent)}


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of that local name, in whatever namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is on."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def integer(text: str | None, default: int = 0) -> int:
    """A small number as an attribute has it; ``default`` for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


class DocxParts:
    """``body`` is the document's body; ``numbering`` and ``styles`` are the roots of those parts, or None. ``notes`` has the
    footnotes, endnotes and comments by the name of what refers to them and by number."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        try:
            self._package = Package(data)
            main = self._main_part()
            document = self._root(main)
            folder = posixpath.dirname(main)
            self.numbering = self._root(f"{folder}/numbering.xml")
            self.styles = self._root(f"{folder}/styles.xml")
            kinds = {kind: self._root(f"{folder}/{kind}s.xml") for kind in ("footnote", "endnote", "comment")}
            self.notes: dict[tuple[str, str], Element] = {
                (f"{kind}Reference", attribute(note, "id") or ""): note
                for kind, notes in kinds.items()
                for note in (notes if notes is not None else ())
            }
        except Refused as refused:
            raise refusal(refused, file, ".docx") from refused
        body = child(document, "body")
        if body is None:
            raise UnreadableFile(
                f"“{file}”不是 Word 文档，或者已经损坏，里面没有正文。",
                "请用 Word 或 WPS 打开它，另存为新的 .docx 后再导入。",
            )
        self.body: Element = body

    def _main_part(self) -> str:
        relations = self._root(_RELATIONS)
        for relation in relations if relations is not None else ():
            kind = attribute(relation, "Type") or ""
            if local(relation) == "Relationship" and kind.endswith("/officeDocument"):
                return (attribute(relation, "Target") or "").replace("\\", "/").lstrip("/")
        return "word/document.xml"

    def _root(self, part: str) -> Element | None:
        content = self._package.read(part, _LARGEST_PART)
        if not content:
            return None
        if content.count(b"</") + content.count(b"/>") > _MOST_ELEMENTS:
            raise UnreadableFile(
                f"“{self._file}”的内容多得不合情理，不像一份任务书。", "请确认没有选错文件。"
            )
        content = guard(content)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
        )
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as failure:
            raise UnreadableFile(
                f"“{self._file}”已经损坏，正文读不通。",
                "请用 Word 或 WPS 打开它，另存为新的 .docx 后再导入。",
            ) from failure
