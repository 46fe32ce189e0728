"""What Word prints before a paragraph that is not in its text: automatic numbers (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from .docx_parts import Element, attribute, child, integer, is_on, local
from .docx_styles import Styles

__all__ = ["Numbering"]

_LEVELS: Final = 9
_DIGITS: Final = "零一二三四五六七八九"
_CHINESE_FORMATS: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "taiwaneseCounting", "japaneseCounting",
     "ideographTraditional", "taiwaneseCountingThousand", "koreanDigital2", "ideographDigital", "taiwaneseDigital"}
)  # fmt: skip
_CIRCLES: Final = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_SILENT: Final = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class _Level:
    """``style`` is the paragraph style that counts on this level; ``digits`` says that all numbers are printed as digits."""

    form: str
    text: str
    start: int
    style: str
    digits: bool

    @classmethod
    def of(cls, level: Element) -> _Level:
        return cls(
            attribute(child(level, "numFmt"), "val") or "decimal",
            attribute(child(level, "lvlText"), "val") or "",
            integer(attribute(child(level, "start"), "val"), 1),
            attribute(child(level, "pStyle"), "val") or "",
            is_on(child(level, "isLgl")),
        )


class Numbering:
    """Counts along the document: ``label`` must be asked once for every paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._elsewhere: dict[str, str] = {}
        self._abstract: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = defaultdict(dict)
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[str] = set()
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        for element in numbering if numbering is not None else ():
            if local(element) == "abstractNum":
                self._define(element)
            elif local(element) == "num":
                self._use(element)

    def _define(self, element: Element) -> None:
        name = attribute(element, "abstractNumId") or ""
        self._elsewhere[name] = attribute(child(element, "numStyleLink"), "val") or ""
        self._levels[name] = {
            integer(attribute(level, "ilvl")): _Level.of(level) for level in element if local(level) == "lvl"
        }

    def _use(self, element: Element) -> None:
        number = attribute(element, "numId") or ""
        self._abstract[number] = attribute(child(element, "abstractNumId"), "val") or ""
        for override in element:
            depth = integer(attribute(override, "ilvl"))
            start = attribute(child(override, "startOverride"), "val")
            level = child(override, "lvl")
            if level is not None:
                self._own[number][depth] = _Level.of(level)
            if start is not None:
                self._starts[number][depth] = integer(start, 1)

    def label(self, own: Element | None, style: str | None) -> str:
        """What Word prints before a paragraph ("3.", "（三）") of this numPr and this style, empty without a number."""
        number, depth = self._place(own, style)
        abstract, levels = self._levels_of(number)
        if number in ("", "0") or depth not in levels:
            return ""
        counts = self._counts[abstract]
        if number not in self._started:
            self._started.add(number)
            counts.update({level: start - 1 for level, start in self._starts[number].items()})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        level = levels[depth]
        if level.form in _SILENT:
            return ""
        return re.sub(
            r"%([1-9])",
            lambda match: _shown(counts, levels, int(match[1]) - 1, digits=level.digits),
            level.text,
        )

    def _levels_of(self, number: str) -> tuple[str, dict[int, _Level]]:
        """The list that a numId counts in, and its levels; a list may leave them to a style of lists."""
        if number in self._lists:
            return self._lists[number]
        abstract = self._abstract.get(number, "")
        for _, style in self._styles.chain(self._elsewhere.get(abstract)):
            named = attribute(child(child(child(style, "pPr"), "numPr"), "numId"), "val")
            if named is not None:
                abstract = self._abstract.get(named, "")
                break
        self._lists[number] = abstract, self._levels.get(abstract, {}) | self._own.get(number, {})
        return self._lists[number]

    def _place(self, own: Element | None, style: str | None) -> tuple[str, int]:
        """numId and level: the paragraph's own, or its style's; there the level may be the one that names the style."""
        number, depth = attribute(child(own, "numId"), "val"), attribute(child(own, "ilvl"), "val")
        for name, element in self._styles.chain(style):
            if number is not None and depth is not None:
                break
            given = child(child(element, "pPr"), "numPr")
            depth = depth if depth is not None else attribute(child(given, "ilvl"), "val")
            if number is None and (number := attribute(child(given, "numId"), "val")) and depth is None:
                levels = self._levels_of(number)[1]
                depth = next((str(at) for at, level in levels.items() if level.style == name), None)
        return number or "", min(integer(depth), _LEVELS - 1)


def _shown(counts: dict[int, int], levels: dict[int, _Level], depth: int, *, digits: bool) -> str:
    if depth not in levels:
        return ""
    value, form = counts.get(depth, levels[depth].start), levels[depth].form
    if digits:
        return str(value)
    if form in _CHINESE_FORMATS:
        return _chinese(value)
    if form in _CIRCLES and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    return str(value)


def _chinese(value: int) -> str:
    """1 to 99 as headings count; beyond, in digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    words = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return words + (_DIGITS[ones] if ones else "")
