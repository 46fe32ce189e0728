"""The parts of a .docx that are read, each guarded before it is parsed."""

from __future__ import annotations

import posixpath
from typing import Final

from lxml import etree

from ...errors import UnreadableFile
from ..spreadsheets.package import Package
from ..spreadsheets.refusal import Refused
from ..spreadsheets.xml_part import guard
from .docx_xml import Element, attribute, child, local
from .refusals import refusal

__all__ = ["DocxParts"]

#: The text of a 任务书 of 33 projects has 0.3 MB.
_LARGEST_PART: Final = 24 << 20
_RELATIONS: Final = "_rels/.rels"


class DocxParts:
    """``body`` is the document's body; ``numbering`` and ``styles`` are the roots of those parts, or None."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        try:
            self._package = Package(data)
            main = self._main_part()
            document = self._root(main)
            folder = posixpath.dirname(main)
            self.numbering = self._root(f"{folder}/numbering.xml")
            self.styles = self._root(f"{folder}/styles.xml")
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
