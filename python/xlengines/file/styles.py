"""The style table: which cells show dates, and new styles for a colour, a number format or literal text."""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree

from .namespaces import MAIN

__all__ = ["FIRST_CUSTOM", "Styles", "shape"]

_BUILTIN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
#: ECMA-376 part 1, 18.8.30; 27 to 58 as Excel shows them in China.
_BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
FIRST_CUSTOM = 164
#: The tables of <styleSheet> in the order of the schema.
_TABLES = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip


class Styles:
    """``styles.xml`` as a tree; ``changed`` says that it has to be written."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.changed = False
        self._formats = {
            int(node.get("numFmtId", "0")): node.get("formatCode", "")
            for node in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
        }
        found = root.find(f"{MAIN}cellXfs")
        self._xfs = found if found is not None else etree.SubElement(root, f"{MAIN}cellXfs")
        self._dates: dict[int, bool] = {}
        self._derived: dict[tuple[Any, ...], int] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}

    def is_date(self, style: int) -> bool:
        """Whether a style shows its number as a date or a time."""
        if style not in self._dates:
            self._dates[style] = self._shows_date(style)
        return self._dates[style]

    def _shows_date(self, style: int) -> bool:
        number = self._number_format_id(style)
        if number in _BUILTIN_DATES:
            return True
        bare = _QUOTED.sub("", self._formats.get(number, "")).lower()
        return any(letter in bare for letter in "ymdhs") and "general" not in bare

    def _xf(self, style: int) -> etree._Element | None:
        return self._xfs[style] if 0 <= style < len(self._xfs) else None

    def _number_format_id(self, style: int) -> int:
        xf = self._xf(style)
        return int(xf.get("numFmtId", "0")) if xf is not None else 0

    def number_format(self, style: int) -> str:
        """The number format code of a style; "General" where it has none."""
        number = self._number_format_id(style)
        return self._formats.get(number) or _BUILTIN.get(number, "General")

    def colour(self, style: int) -> tuple[int, int, int] | None:
        """The solid fill's RGB, None without one or where a theme gives it."""
        xf = self._xf(style)
        fills = self.root.find(f"{MAIN}fills")
        if xf is None or fills is None:
            return None
        fill = fills[int(xf.get("fillId", "0"))]
        pattern = fill.find(f"{MAIN}patternFill")
        if pattern is None or pattern.get("patternType") != "solid":
            return None
        colour = pattern.find(f"{MAIN}fgColor")
        rgb = colour.get("rgb") if colour is not None else None
        return None if rgb is None else (int(rgb[-6:-4], 16), int(rgb[-4:-2], 16), int(rgb[-2:], 16))

    def is_locked(self, style: int) -> bool:
        """Whether a cell of this style is closed on a protected sheet: closed unless it says otherwise."""
        xf = self._xf(style)
        protection = xf.find(f"{MAIN}protection") if xf is not None else None
        return protection is None or protection.get("locked", "1") not in ("0", "false")

    def table(self, tag: str) -> etree._Element:
        """The list of a kind (``fonts``, ``dxfs`` …), made in its place where there is none."""
        found = self.root.find(f"{MAIN}{tag}")
        if found is None:
            found = etree.Element(f"{MAIN}{tag}")
            later = _TABLES[_TABLES.index(tag) + 1 :]
            following = next(
                (node for name in later for node in self.root.iterchildren(f"{MAIN}{name}")), None
            )
            if following is None:
                self.root.append(found)
            else:
                following.addprevious(found)
        return found

    def own_format(self, number: int) -> str | None:
        """The code that this workbook gives a number format; None for one that every workbook has."""
        return self._formats.get(number)

    def number_of_format(self, code: str) -> int:
        """The number of a format that this workbook defines, added where it has none of that code."""
        number = next((known for known, text in self._formats.items() if text == code), None)
        if number is None:
            number = self._free_number()
            formats = self.table("numFmts")
            etree.SubElement(formats, f"{MAIN}numFmt", numFmtId=str(number), formatCode=code)
            formats.set("count", str(len(formats)))
            self._formats[number] = code
            self.changed = True
        return number

    def number_in_rules(self, code: str) -> int:
        """A number for a format that a rule defines for itself (``dxfs``): one that means this code, or means nothing yet."""
        for node in self.root.iter(f"{MAIN}numFmt"):
            if node.get("formatCode") == code:
                return int(node.get("numFmtId", "0"))
        return self._free_number()

    def _free_number(self) -> int:
        taken = (int(node.get("numFmtId", "0")) for node in self.root.iter(f"{MAIN}numFmt"))
        return max([FIRST_CUSTOM - 1, *taken]) + 1

    def with_number_format(self, style: int, code: str) -> int:
        """The index of the style that differs in its number format alone."""
        return self._derive(style, ("format", code), lambda xf: self._set_format(xf, code))

    def with_colour(self, style: int, rgb: tuple[int, int, int] | None) -> int:
        """The index of the style that differs in its fill alone; None takes the fill away."""
        return self._derive(style, ("colour", rgb), lambda xf: self._set_fill(xf, rgb))

    def with_quote_prefix(self, style: int, quoted: bool) -> int:
        """The style that marks text as typed with a leading apostrophe, or no longer so."""
        xf = self._xf(style)
        has = xf is not None and xf.get("quotePrefix") in ("1", "true")
        if has == quoted:
            return style
        return self._derive(style, ("quote", quoted), lambda new: _flag(new, "quotePrefix", quoted))

    def _derive(self, style: int, key: tuple[Any, ...], change: Any) -> int:
        if (style, *key) not in self._derived:
            base = self._xf(style)
            xf = copy.deepcopy(base) if base is not None else etree.Element(f"{MAIN}xf")
            change(xf)
            self._derived[style, *key] = self.number_of(xf)
        return self._derived[style, *key]

    def number_of(self, xf: etree._Element) -> int:
        """The number of an equal style that stands already, else of ``xf`` as a new one: a book that is marked and cleared
        every week must not grow by it."""
        if not self._numbers:
            for number, known in enumerate(self._xfs):
                self._numbers.setdefault(shape(known), number)
        look = shape(xf)
        if look not in self._numbers:
            self._xfs.append(xf)
            self._xfs.set("count", str(len(self._xfs)))
            self._numbers[look] = len(self._xfs) - 1
            self.changed = True
        return self._numbers[look]

    def _set_format(self, xf: etree._Element, code: str) -> None:
        number = next((known for known, text in {**_BUILTIN, **self._formats}.items() if text == code), None)
        if number is None:
            number = self.number_of_format(code)
        xf.set("numFmtId", str(number))
        xf.set("applyNumberFormat", "1")

    def _set_fill(self, xf: etree._Element, rgb: tuple[int, int, int] | None) -> None:
        if rgb is None:
            xf.set("fillId", "0")
            return
        fills = self.root.find(f"{MAIN}fills")
        if fills is None:
            raise ValueError("a style table without fills")
        fill = etree.SubElement(fills, f"{MAIN}fill")
        pattern = etree.SubElement(fill, f"{MAIN}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{MAIN}fgColor", rgb="FF{:02X}{:02X}{:02X}".format(*rgb))
        etree.SubElement(pattern, f"{MAIN}bgColor", indexed="64")
        fills.set("count", str(len(fills)))
        xf.set("fillId", str(len(fills) - 1))
        xf.set("applyFill", "1")


def shape(xf: etree._Element) -> tuple[Any, ...]:
    """What makes two entries of a style table the same: attributes, but for flags that are off, and what stands in them."""
    attributes = {
        name: value
        for name, value in xf.attrib.items()
        if not (name in ("quotePrefix", "pivotButton") and value in ("0", "false"))
    }
    return (frozenset(attributes.items()), *((child.tag, shape(child)) for child in xf))


def _flag(xf: etree._Element, name: str, on: bool) -> None:
    if on:
        xf.set(name, "1")
    else:
        xf.attrib.pop(name, None)
