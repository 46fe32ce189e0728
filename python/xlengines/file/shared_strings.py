"""The texts that the cells of a workbook share, by their index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .namespaces import MAIN
from .rich_text import rich_text

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["SharedStrings"]


class SharedStrings:
    """``root`` is the table's own, None where the workbook has none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._items = [] if root is None else list(root.iter(f"{MAIN}si"))
        self._texts = [rich_text(item) for item in self._items]

    def text(self, index: int) -> str:
        """Without its formatting. IndexError beyond the table."""
        return self._texts[self._checked(index)]

    def item(self, index: int) -> etree._Element:
        """The element with its runs and their looks. IndexError beyond the table."""
        return self._items[self._checked(index)]

    def _checked(self, index: int) -> int:
        if not 0 <= index < len(self._items):
            raise IndexError(index)
        return index
