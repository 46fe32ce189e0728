"""What a file remembers of computed results, and what has to be forgotten when something in it changes.

A reader that does not compute (a phone's preview, a PDF made without recalculation, another program) would show these
as if they were current.
"""

from __future__ import annotations

import re
from html import unescape

from ..a1 import refers_to_cells

__all__ = ["to_be_refreshed", "without_chart_caches", "without_stale_values"]

#: A formula with its cached value, as every known program writes it; parts of another shape go through the tree.
_CACHED = re.compile(
    rb"<c\b(?P<attributes>[^>]*)>\s*(?P<formula><f\b[^>]*?(?:/>|>(?P<text>[^<]*)</f>))\s*<v\b[^>]*>[^<]*</v>\s*</c>"
)
_ANY_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_BESIDE_FORMULA = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*<v\b|</v>\s*<f\b")
#: The kind of the value, and the index of what a value holds beyond its text (a picture, what an error spilled over).
_OF_VALUE = re.compile(rb"""\s(?:t|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
#: Where any of these stands, more than single formulas is cached, or the bytes are not to be read one by one.
_CALLS_FOR_TREE = (b"array", b"dataTable", b"<!", b"<?", b":f>", b":f ", b":f/")
_WIDE = (b"\xff\xfe", b"\xfe\xff")

_CHART_CACHE = re.compile(
    rb"(?P<reference><(?P<prefix>(?:[\w.-]+:)?)f>(?P<text>[^<]*)</(?P=prefix)f>)\s*"
    rb"<(?P=prefix)(?P<cache>numCache|strCache|multiLvlStrCache)\b.*?</(?P=prefix)(?P=cache)>",
    re.DOTALL,
)
_PIVOT_ROOT = re.compile(rb"<(?:[\w.-]+:)?pivotCacheDefinition\b[^>]*?(?=/?>)")
_REFRESH = re.compile(rb"""\srefreshOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")


def without_stale_values(content: bytes) -> bytes | None:
    """A sheet's bytes without the cached value of any formula that refers to a cell; None where its tree is called for."""
    if content.startswith(_WIDE):
        return None
    if not _ANY_FORMULA.search(content):
        return content
    if any(content.find(sign, 2) >= 0 for sign in _CALLS_FOR_TREE):  # 2: past the <? of the declaration
        return None

    def drop(match: re.Match[bytes]) -> bytes:
        text = match["text"]
        # A child of a shared formula has no text of its own; its parent's refers to cells or it would not be shared.
        if text and not refers_to_cells(unescape(text.decode("utf-8", "replace"))):
            return match[0]
        return b"<c" + _OF_VALUE.sub(b"", match["attributes"]) + b">" + match["formula"] + b"</c>"

    changed = _CACHED.sub(drop, content)
    kept = sum(1 for _ in _CACHED.finditer(changed))
    return changed if len(_BESIDE_FORMULA.findall(changed)) == kept else None


def without_chart_caches(content: bytes) -> bytes:
    """A chart's bytes without the numbers and words that it keeps of cells of its own workbook."""

    def drop(match: re.Match[bytes]) -> bytes:
        return (
            match[0] if b"[" in match["text"] else match["reference"]
        )  # another workbook's cells did not change

    return _CHART_CACHE.sub(drop, content)


def to_be_refreshed(content: bytes) -> bytes:
    """A pivot cache's bytes with the word that it is to be filled anew when the workbook is opened, if sheets fill it."""
    root = _PIVOT_ROOT.search(content)
    if root is None or b'type="worksheet"' not in content:
        return content
    bare = _REFRESH.sub(b"", root[0])
    return content[: root.start()] + bare + b' refreshOnLoad="1"' + content[root.end() :]
