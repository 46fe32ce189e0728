"""The parts of a .docx that are read, each guarded before it is parsed, and what Word prints that is not in the text: the
automatic numbers of paragraphs (ECMA-376 part 1, 17.9).

Elements go by their local names: the transitional and the strict form of Office XML differ in namespaces alone.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from ....errors import UnreadableFile
from ...spreadsheets.package import Package, guard
from ...spreadsheets.refusal import Refused
from .kinds import refusal

__all__ = ["DocxParts", "Element", "Numbering", "attribute", "child", "is_on", "local"]

Element = Any  # lxml publishes no type for elements
#: The text of a 任务书 of 33 projects has 0.3 MB.
_LARGEST_PART: Final = 24 << 20
_RELATIONS: Final = "_rels/.rels"
_LEVELS: Final = 9
_DIGITS: Final = "零一二三四五六七八九"
_CHINESE_FORMATS: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "taiwaneseCounting", "japaneseCounting",
     "ideographTraditional", "taiwaneseCountingThousand", "koreanDigital2", "ideographDigital", "taiwaneseDigital"}
)  # fmt: skip
_CIRCLES: Final = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_SILENT: Final = frozenset({"bullet", "none"})
_STYLE_CHAIN: Final = 20


def local(element: Element) -> str:
    """The name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(parent: Element | None, name: str) -> Element | None:
    """The first child of that name; None without one or without a parent."""
    if parent is None:
        return None
    return next((element for element in parent if local(element) == name), None)


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of that local name, in whatever namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is on."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


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
