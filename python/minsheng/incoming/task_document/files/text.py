"""A 任务书 as plain text: which encoding it is in, and its lines as paragraphs and tables.

Text saved from a word processor keeps a table as one line a cell, each opened by a tab; rows are parted by blank lines,
and a name broken over two lines goes on in a line without a tab ("\\t石", "", "浦"). Text that was copied keeps a row a
line, its cells parted by tabs. Both are read.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from ....errors import UnreadableFile
from ...numbers import read_cell_number
from ..words.labels import Label
from ..words.lines import opens_with_label, read_heading, split_labels
from .blocks import Block, Paragraph, Source, Table
from .cut_tables import rejoined

__all__ = ["decode", "read_text", "text_blocks"]

_BREAKS: Final = str.maketrans(
    {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\u200b": None, "\ufeff": None}
)
_INVISIBLE: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200c-\u200f\u202a-\u202e\u2060]")
#: Blanks that only move words across the page; two still part columns.
_BLANKS: Final = re.compile("[ \u3000\xa0]{9,}")
_READABLE: Final = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffefA-Za-z0-9\s.,;:()%★—–\-]")
_COMMON: Final = frozenset(
    "的年月日县縣市区區镇鎮乡鄉街道责責任单單位领領导導人项項目标標务務进進度安排完成建设設新改造个個万萬合计計划劃分解"
    "民生实實事工程局配配合全底前累季，。：；、0123456789"
)
_LONGEST_CELL: Final = 16
_NUMBER_ALONE: Final = re.compile(
    r"[（(【]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)】]?[、.．]?|第.{1,3}[项件][：:、]?"
)
_COLON_GAP: Final = re.compile(r"([：:])(?:\u3000\u3000|，)")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes) -> Source:
    """Blocks of a text file. UnreadableFile where the encoding cannot be told."""
    return Source(tuple(rejoined(text_blocks(decode(data)))))


def decode(data: bytes) -> str:
    """Text from UTF-8 (with or without a mark), UTF-16, GBK, GB18030 or Big5 bytes, line ends made plain."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            candidates: tuple[str, ...] = (encoding,)
            break
    else:
        candidates = ("utf-16-le", "utf-16-be") if _has_nul_halves(data) else ("utf-8", "gb18030", "big5")
    best = ""
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _share_readable(text) > 0.8 and _share_common(text) > (_share_common(best) if best else -1):
            best = text
    if not best:
        raise UnreadableFile(
            "这个文本文件的编码认不出来，里面不是正常的中文文字。",
            "请用记事本打开任务书，另存为 UTF-8 编码的 .txt，或直接用 .docx 导入。",
        )
    plain = best.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    return _BLANKS.sub("  ", _INVISIBLE.sub("", plain))


def _has_nul_halves(data: bytes) -> bool:
    """Whether every other byte is often zero: UTF-16 without its mark (spaces, digits and line ends)."""
    sample = data[:4000]
    return len(sample) >= 2 and len(data) % 2 == 0 and sample.count(0) > len(sample) / 50


def _share_readable(text: str) -> float:
    sample = text[:20_000]
    return len(_READABLE.findall(sample)) / len(sample) if sample else 0.0


def _share_common(text: str) -> float:
    """How many of its letters are the commonest of such documents: bytes read in the wrong way give rare ones."""
    sample = text[:20_000]
    return sum(letter in _COMMON for letter in sample) / len(sample) if sample else 0.0


def text_blocks(text: str) -> list[Block]:
    """Paragraphs and tables of a text, in order."""
    blocks: list[Block] = []
    table = _OpenTable()
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not line.strip():
            table.blank_line(line)
        elif (words := _in_a_line(lines, index, in_table=bool(table.rows))) is not None:
            blocks += table.closed()
            blocks.append(Paragraph(words))
        elif _is_row(line):
            table.add(line)
        elif table.rows and _goes_on_after(lines, index):
            table.go_on(line.strip())
        else:
            blocks += table.closed()
            blocks.append(Paragraph(line.strip()))
    blocks += table.closed()
    return blocks


def _in_a_line(lines: list[str], index: int, *, in_table: bool) -> str | None:
    """A line whose tabs stand for blanks, "1.→新建公厕" or "责任领导：王甲→责任单位：县城管局", without them; None for any other."""
    if "\t" not in (line := lines[index].strip()):
        return None
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    if not (labelled := "：" in line or ":" in line) and not _NUMBER_ALONE.fullmatch(cells[0]):
        return None
    following = next((other for other in lines[index + 1 : index + 4] if other.strip()), "")
    label = split_labels(cells[0])[0][0] if labelled else None
    if label is not None and label is not Label.OTHER:
        heads = label in (Label.ALLOCATION, Label.SCHEDULE) and "\t" in following.strip()
        gap = "，" if label is Label.ALLOCATION else "\u3000\u3000"
        return None if heads else _COLON_GAP.sub(r"\1", gap.join(cells))
    if len(cells) == 2 and not in_table and _NUMBER_ALONE.fullmatch(cells[0]):
        words = f"{cells[0]}{' ' if cells[0][-1].isalnum() else ''}{cells[1]}"
        is_title = not cells[0].isdecimal() or opens_with_label(following)
        return words if is_title and read_heading(words) is not None else None
    if read_heading(cells[0]) is not None and all(opens_with_label(cell) for cell in cells[1:]):
        return "\u3000\u3000".join(cells)
    return None


def _is_row(line: str) -> bool:
    """Whether a line holds cells of a table: it has a tab and is neither labelled nor numbered."""
    if "\t" not in line.rstrip():
        return False
    words = line.strip()
    if "\t" in words or read_cell_number(words) is not None:
        return True
    if read_heading(words) is not None or split_labels(words)[0][0] is not None:
        return False
    return len(words) <= _LONGEST_CELL  # else an indented paragraph


def _goes_on_after(lines: list[str], index: int) -> bool:
    """Whether a line without a tab is the rest of a cell: short, no label, and the table goes on after it."""
    words = lines[index].strip()
    if len(words) > 12 or split_labels(words)[0][0] is not None or read_heading(words) is not None:
        return False
    for line in lines[index + 1 : index + 12]:
        if not line.strip():
            continue
        if _is_row(line):
            return True
        if len(line.strip()) > 12 or split_labels(line.strip())[0][0] is not None:
            return False
    return False


class _OpenTable:
    """Rows as they are gathered from lines."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._one_cell_a_line = True
        self._row_ended = False

    def add(self, line: str) -> None:
        cells = line.rstrip().split("\t")
        if len(cells) > 1 and not cells[0].strip():
            cells = cells[1:]
        if len(cells) > 1:
            self.rows.append([cell.strip() for cell in cells])
            self._one_cell_a_line = False
        elif self.rows and self._one_cell_a_line and not self._row_ended:
            self.rows[-1].append(cells[0].strip())
        else:
            self.rows.append([cells[0].strip()])
            self._one_cell_a_line = True
        self._row_ended = False

    def blank_line(self, line: str) -> None:
        """A blank line ends a row of single cells; one that is a lone tab is an empty cell."""
        if "\t" in line and self.rows and not self._row_ended:
            self.rows[-1].append("")
        else:
            self._row_ended = True

    def go_on(self, words: str) -> None:
        self.rows[-1][-1] += "\n" + words
        self._row_ended = False

    def closed(self) -> list[Block]:
        rows, self.rows = self.rows, []
        self._one_cell_a_line, self._row_ended = True, False
        return [Table.of(rows)] if rows else []
