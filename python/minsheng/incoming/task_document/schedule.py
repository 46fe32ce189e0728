"""A 进度安排, as a text or as a table, cut into nodes: one per month phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ...cells.labels import fold
from ...domain.month_phrase import MONTH_PHRASE, read_month_phrase
from ..numbers import read_cell_number
from .blocks import Cell, Table

__all__ = ["NodeLine", "opens_with_months", "split_schedule", "table_nodes"]

_STEP: Final = r"(?:[（(]\d{1,2}[）)]|[①-⑳]|\d{1,2}[.)）]|[-•·●◆■])"
_LINE_STEP: Final = re.compile(rf"\s*{_STEP}?\s*(?={MONTH_PHRASE})")
_START: Final = re.compile(
    rf"(?:^|(?<=[。；;，,\s]))\s*(?:{_STEP}\s*(?={MONTH_PHRASE}))?(?P<phrase>{MONTH_PHRASE})(?!起)"
)
_ALL_YEAR: Final = re.compile(r"全年|年内")
_KEPT_UP: Final = re.compile(r"\s*(?:持续|保持|均|都|不|各|累计(?![^，。；;,\d]{0,12}\d))")
_NUMBERED_LINE: Final = re.compile(r"\s*(\d{1,2})、")
_ENDS: Final = "。；;，,、：: \t\n\u3000"


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node as printed: its month phrase and its text. ``stated`` is what a column of its own gives as the number
    reached by then ("无" for none); empty where the number, if any, is in the text."""

    phrase: str
    text: str
    stated: str = ""


def split_schedule(text: str) -> tuple[list[NodeLine], list[str]]:
    """The nodes of a text, in order, and what stands in it without a time."""
    text = _without_line_numbers(text)
    folded = fold(text)
    found = list(_START.finditer(folded))
    # "全年保持99%以上" alone is a when as well: there is no other.
    starts = [match for match in found if _begins_node(folded, match)] or found[:1]
    nodes: list[NodeLine] = []
    for index, match in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        phrase = text[match.start("phrase") : match.end("phrase")]
        nodes.append(NodeLine(phrase, _trimmed(text[match.end("phrase") : end])))
    before = _trimmed(text[: starts[0].start()] if starts else text)
    return nodes, [before] if before else []


def _without_line_numbers(text: str) -> str:
    """Lines numbered "1、", "2、" lose their numbers: "2、4月份" is step 2 and April, not February and April."""
    lines = text.splitlines()
    numbered = [
        (index, match) for index, line in enumerate(lines) if (match := _NUMBERED_LINE.match(fold(line)))
    ]
    if len(numbered) < 2 or [int(match[1]) for _, match in numbered] != list(range(1, len(numbered) + 1)):
        return text
    for index, match in numbered:
        lines[index] = lines[index][match.end() :]
    return "\n".join(lines)


def _begins_node(folded: str, match: re.Match[str]) -> bool:
    """ "全年持续保持" says how, not when; after a comma 全年 opens nothing."""
    if _ALL_YEAR.fullmatch(match["phrase"]) is None:
        return True
    before = folded[: match.start("phrase")].rstrip()
    return (not before or before[-1] in "。；;") and _KEPT_UP.match(folded, match.end("phrase")) is None


def _trimmed(text: str) -> str:
    return "".join(text.split("\n")).strip(_ENDS)


def opens_with_months(line: str) -> bool:
    """Whether a line opens with a month phrase, after a step's number perhaps."""
    return _LINE_STEP.match(fold(line)) is not None


def table_nodes(table: Table) -> list[NodeLine]:
    """The nodes of a table with months down its first column or along a row; empty where it is no such table."""
    return _down(table) or _along(table)


def _down(table: Table) -> list[NodeLine]:
    rows = [row for row in table.rows if len(row) >= 2]
    found = [row for row in rows if read_month_phrase(row[0].word) is not None]
    if not found or len(found) < len(rows) - 1:
        return []
    width = len(found[0])
    numeric = width > 2 and all(len(row) == width for row in found) and any(row[-1].word for row in found)
    if numeric and all(not row[-1].word or read_cell_number(row[-1].text) for row in found):
        return [NodeLine(row[0].word, _cells(row[1:-1]), row[-1].word or "无") for row in found]
    return [NodeLine(row[0].word, _cells(row[1:])) for row in found]


def _cells(cells: tuple[Cell, ...]) -> str:
    return _trimmed("，".join(filter(None, (cell.text.strip() for cell in cells))))


def _along(table: Table) -> list[NodeLine]:
    for header, below in zip(table.rows, table.rows[1:], strict=False):
        named = [read_month_phrase(cell.word) is not None for cell in header]
        if sum(named) >= 2 and sum(named) >= len(named) - 1 and len(below) == len(header):
            return [
                NodeLine(month.word, _trimmed(cell.text))
                for month, cell, is_month in zip(header, below, named, strict=True)
                if is_month and cell.word
            ]
    return []
