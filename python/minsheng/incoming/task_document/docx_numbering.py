"""Automatic numbers of paragraphs (ECMA-376 part 1, 17.9): Word prints them, but they are not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from .docx_xml import Element, attribute, child, local

__all__ = ["Numbering"]

_LEVELS: Final = 9
_DIGITS: Final = "零一二三四五六七八九"
_CHINESE_FORMATS: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "taiwaneseCounting", "japaneseCounting",
     "ideographTraditional", "taiwaneseCountingThousand", "koreanDigital2", "ideographDigital", "taiwaneseDigital"}
)  # fmt: skip
_CIRCLES: Final = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_SILENT: Final = frozenset({"bullet", "none"})
_STYLE_CHAIN: Final = 20


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """Counts along the document: ``label`` must be asked once for every paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._started: set[str] = set()
        self._styles: dict[str, tuple[str, Element | None]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for element in numbering if numbering is not None else ():
            self._define(element)
        for style in styles if styles is not None else ():
            if local(style) == "style":
                based = attribute(child(style, "basedOn"), "val") or ""
                self._styles[attribute(style, "styleId") or ""] = (based, child(child(style, "pPr"), "numPr"))

    def _define(self, element: Element) -> None:
        if local(element) == "abstractNum":
            self._levels[attribute(element, "abstractNumId") or ""] = {
                _integer(attribute(level, "ilvl")): _Level(
                    attribute(child(level, "numFmt"), "val") or "decimal",
                    attribute(child(level, "lvlText"), "val") or "",
                    _integer(attribute(child(level, "start"), "val"), 1),
                )
                for level in element
                if local(level) == "lvl"
            }
        elif local(element) == "num":
            number = attribute(element, "numId") or ""
            self._abstract[number] = attribute(child(element, "abstractNumId"), "val") or ""
            for override in element:
                start = attribute(child(override, "startOverride"), "val")
                if local(override) == "lvlOverride" and start is not None:
                    self._overrides[number, _integer(attribute(override, "ilvl"))] = _integer(start, 1)

    def label(self, paragraph: Element) -> str:
        """What Word prints before the paragraph ("3.", "（三）"), empty without a number."""
        number, level = self._place(paragraph)
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if number in ("", "0") or level not in levels:
            return ""
        counts = self._counts[abstract]
        if number not in self._started:
            self._started.add(number)
            for (owner, depth), start in self._overrides.items():
                if owner == number:
                    counts[depth] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            del counts[deeper]
        if levels[level].form in _SILENT:
            return ""
        return re.sub(
            r"%([1-9])", lambda match: self._shown(counts, levels, int(match[1]) - 1), levels[level].text
        )

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """numId and level: the paragraph's own, or its style's."""
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        number, level = attribute(child(own, "numId"), "val"), attribute(child(own, "ilvl"), "val")
        style = attribute(child(properties, "pStyle"), "val") or ""
        for _ in range(_STYLE_CHAIN):
            if (number is not None and level is not None) or style not in self._styles:
                break
            style, given = self._styles[style]
            number = number if number is not None else attribute(child(given, "numId"), "val")
            level = level if level is not None else attribute(child(given, "ilvl"), "val")
        return number or "", min(_integer(level), _LEVELS - 1)

    @staticmethod
    def _shown(counts: dict[int, int], levels: dict[int, _Level], depth: int) -> str:
        if depth not in levels:
            return ""
        value, form = counts.get(depth, levels[depth].start), levels[depth].form
        if form in _CHINESE_FORMATS:
            return _chinese(value)
        if form in _CIRCLES and 1 <= value <= 20:
            return chr(0x2460 + value - 1)
        return str(value)


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _chinese(value: int) -> str:
    """1 to 99 as headings count; beyond, in digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    words = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return words + (_DIGITS[ones] if ones else "")
