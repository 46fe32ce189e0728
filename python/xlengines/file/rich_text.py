"""Text items of a workbook's XML: runs put together, escapes undone (ECMA-376 part 1, 18.4 and 22.9.2.19)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .namespaces import MAIN

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["escaped", "rich_text", "unescaped"]

_TEXT, _RUN = f"{MAIN}t", f"{MAIN}r"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: What XML cannot hold; a carriage return, which it would turn into a line feed, is escaped instead.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def rich_text(node: etree._Element | None) -> str:
    """The text of a string item, phonetic hints left out."""
    if node is None:
        return ""
    parts = []
    for child in node:
        tag = child.tag
        if tag == _TEXT:
            parts.append(child.text or "")
        elif tag == _RUN:
            parts += [text.text or "" for text in child.iter(_TEXT)]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """``_x000D_`` is how a sheet writes a control character."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """The text as XML may hold it: control characters dropped, what would read as an escape marked as itself."""
    return _LOOKS_ESCAPED.sub("_x005F_", _CONTROL.sub("", text)).replace("\r", "_x000D_")
