"""Where formulas stand in the parts of a workbook beside its cells: rules, charts, drawings, tables, controls, pivots.

The text of a hyperlink is no formula: as in Excel it stays what it is when a sheet gets another name.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from lxml import etree

from .rich_text import escaped, unescaped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

__all__ = ["KINDS_WITH_FORMULAS", "may_mention", "rewrite_tree", "texts_of"]

#: Content types, by their last words, of the parts beside sheets that may hold formulas.
KINDS_WITH_FORMULAS = (
    "drawingml.chart+xml", "chartex+xml", "drawing+xml", "drawingml.chartshapes+xml", "table+xml",
    "controlproperties+xml", "vmldrawing", "pivotcachedefinition+xml",
)  # fmt: skip
_ELEMENTS = frozenset({
    "f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula",
    "FmlaLink", "FmlaRange", "FmlaTxbx", "FmlaGroup",
})  # fmt: skip
_ATTRIBUTES = frozenset({"textlink", "fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup"})
#: Elements that say a sheet's title by itself.
_WITH_TITLE = frozenset({"worksheetSource", "dataRef", "rangeSet"})


def texts_of(root: etree._Element) -> Iterator[str]:
    """Every formula of a part."""
    for _, text, _ in _places(root):
        yield text


def rewrite_tree(root: etree._Element, rewrite: Callable[[str], str]) -> bool:
    """Put each formula of a part through ``rewrite``; whether any is another one now."""
    changed = False
    for node, text, name in list(_places(root)):
        new = rewrite(text)
        if new == text:
            continue
        changed = True
        if name is None:
            node.text = escaped(new)
        elif name == "sheet":
            node.set(name, new.removesuffix("!A1").strip("'").replace("''", "'"))
        else:
            node.set(name, new)
    return changed


def _places(root: etree._Element) -> Iterator[tuple[etree._Element, str, str | None]]:
    """Node, formula, and the attribute that holds it, None for its text."""
    for node in root.iter(etree.Element):
        name = node.tag.rpartition("}")[2]
        if name in _ELEMENTS:
            if node.text:
                yield node, unescaped(node.text), None
        elif name == "cfvo" and node.get("type") == "formula":
            yield node, node.get("val", ""), "val"
        elif name in _WITH_TITLE and node.get("sheet") and not _has_relation(node):
            yield node, "'" + node.get("sheet", "").replace("'", "''") + "'!A1", "sheet"
        else:
            for attribute in _ATTRIBUTES.intersection(node.attrib):
                yield node, node.get(attribute, ""), attribute


def _has_relation(node: etree._Element) -> bool:
    """Whether a source lies in another book."""
    return any(key.rpartition("}")[2] == "id" for key in node.attrib)


def may_mention(content: bytes, titles: Collection[str], words: Collection[str] = ()) -> bool:
    """Whether a part may mention one of the sheets, or of the words: a look that spares most parts the parsing."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = content.decode("utf-16" if wide else "utf-8", "replace")
    text = (html.unescape(text) if "&" in text else text).casefold()
    return any(word.casefold() in text for word in words) or any(
        _mention(title.casefold()).search(text) for title in titles
    )


def _mention(title: str) -> re.Pattern[str]:
    in_formula = re.escape(title.replace("'", "''"))
    return re.compile(rf"{in_formula}(?:'?!|:[^<>\"]{{1,40}}!)|sheet=\"{re.escape(title)}\"")
