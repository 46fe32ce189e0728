"""The paper that a sheet is printed on, as its part says it (ECMA-376, 18.3.1.63 pageSetup)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree
from xlwings import base_classes

from ..base import complete
from .namespaces import MAIN

if TYPE_CHECKING:
    from .books import Sheet

__all__ = ["PageSetup"]

#: pageSetup follows the first of these that a sheet has.
_BEFORE = (
    "pageMargins",
    "printOptions",
    "hyperlinks",
    "dataValidations",
    "conditionalFormatting",
    "sheetData",
)


class PageSetup(base_classes.PageSetup):
    """Paper, orientation and margins of a sheet; what is not asked for stays as it is."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """The element, None where the sheet has none."""
        return self._sheet.part.root.find(f"{MAIN}pageSetup")

    @property
    def paper_size(self) -> int:
        """Excel's number of the paper: 8 is A3, 9 is A4; 1 (Letter) where the sheet says nothing."""
        node = self.api
        return 1 if node is None else int(node.get("paperSize", "1"))

    @paper_size.setter
    def paper_size(self, value: int) -> None:
        if value == self.paper_size:
            return
        part = self._sheet.part
        node = self.api
        if node is None:
            node = etree.Element(f"{MAIN}pageSetup")
            before = [part.root.findall(f"{MAIN}{tag}") for tag in _BEFORE]
            next(found for found in before if found)[-1].addnext(node)
        node.set("paperSize", str(value))
        part.changed = True


complete(PageSetup, "file")
