"""Words that stand in tables: sums, blanks, and the headers of columns that hold no unit."""

from __future__ import annotations

import re
from typing import Final

from ...cells.labels import fold

__all__ = ["is_blank", "is_column_of_units", "is_column_word", "is_subtotal", "is_total", "unit_of_measure"]

_TOTALS: Final = frozenset(
    ["合计", "总计", "总数", "共计", "全县合计", "全市合计", "全区合计", "全县", "全市", "全区", "总和"]
)
_BLANKS: Final = frozenset(["", "-", "—", "——", "–", "―", "─", "/", "\\", "无", "＼", "／"])
_COLUMN_WORDS: Final = re.compile(
    r"序号|片区|分片|组别|单位|单位名称|镇乡|乡镇|镇街|街道|镇乡街道|镇乡.{0,4}街道.{0,2}|乡镇.{0,4}街道.{0,2}|名称|区域|地区|承担单位|填报单位|"
    r"(?:全年|年度|分解|目标)?(?:任务|任务数|任务量|数量|指标|指标数|目标|目标数|计划|计划数|分配数|完成数)|备注|说明"
)
_OF_UNITS: Final = re.compile(r"单位(?:名称)?|(?:镇乡|乡镇|镇街|街道|镇).{0,6}|承担单位|填报单位")
_MEASURED_IN: Final = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:]\s*(?P<unit>[^\s）)]{1,5})\s*[）)]?")
_IN_BRACKETS: Final = re.compile(r"[（(](?P<unit>[^（()）]{1,5})[)）]$")


def is_total(word: str) -> bool:
    """Whether a cell heads the sum of all units: 合计, 总计, 全县合计（个）."""
    return re.sub(r"[（(][^（()）]*[)）]$", "", word) in _TOTALS


def is_subtotal(word: str) -> bool:
    """Whether a column adds up some of the others (小计, 街道小计)."""
    return word.endswith("小计")


def is_blank(word: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, a stroke, 无."""
    return fold(word) in _BLANKS


def is_column_word(word: str) -> bool:
    """Whether a cell is the header of a column or row and not a unit's name: 单位, 任务数（个）."""
    return bool(_COLUMN_WORDS.fullmatch(_IN_BRACKETS.sub("", word)))


def is_column_of_units(word: str) -> bool:
    """Whether a column's header says that the units' names stand below: 单位, 乡镇（街道）."""
    return is_column_word(word) and bool(_OF_UNITS.fullmatch(word))


def unit_of_measure(word: str) -> str | None:
    """公里 from 单位：公里; None from anything else."""
    match = _MEASURED_IN.fullmatch(word)
    return match["unit"] if match else None
