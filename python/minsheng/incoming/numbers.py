"""Numbers as documents write them: ６.16万, 1,200, 13—14岁, 60%以上, 百分之五十, 三座.

Everything works on *folded* text: full-width letters, digits and signs turned into ASCII one by one, so that a place in
the folded text is the same place in the printed one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ..cells.labels import fold
from ..cells.numbers import chinese_integer
from ..domain.quantity import COUNTED_UNITS, PERCENT, Quantity, Relation

__all__ = ["CellNumber", "Mention", "find_mentions", "one_unit", "read_cell_number"]

_MANY: Final = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}

#: Units of measure that a document may write, besides the counted ones; longer ones first.
_MEASURED: Final = (
    "平方公里", "平方千米", "个百分点", "平方米", "立方米", "千瓦时", "公里", "千米", "公顷", "公斤", "千克", "千瓦", "兆瓦",
    "人次", "户次", "万元", "亿元", "km", "㎞", "m²", "m³", "m2", "米",
    "亩", "吨", "元", "项", "名", "位", "门", "本", "份", "支", "部", "艘", "株", "棵",
    "盏", "片", "段", "眼", "孔", "块", "组", "对", "床", "方", "台次", "场次", "件次", "批次", "剂次", "例次", "班次", "架次",
    "课时", "学时", "㎡", "平米", "立方", "延米", "幅", "册", "枚", "%", "‰",
)  # fmt: skip
_UNITS: Final = sorted({*_MEASURED, *COUNTED_UNITS}, key=lambda unit: (-len(unit), unit))
_UNIT: Final = "|".join(map(re.escape, _UNITS))

# At most 15 digits: what is longer is a telephone or an account number, or meant to break something.
_PLAIN: Final = r"(?:\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,15})(?!\d)(?:\.\d{1,9}(?!\d))?(?!\.\d)"
_JOIN: Final = r"\s{0,3}[-‐‑‒—–－―─~～∼至到]{1,3}\s{0,3}"
_BEFORE: Final = r"(?:(?P<before>≥|>=|>|大于等于|不低于|不少于|不小于|至少|≤|<=|<|不超过|不高于|不多于|小于|低于|约|近)\s{0,3})?"
_SPELLED: Final = "[零〇一二两三四五六七八九十百千]"
# A number with blanks for thousands ("1 200户") must have a unit; one behind a letter (AED50台) as well.
_SPACED: Final = r"\d{1,3}(?: \d{3}){1,4}(?![\d.])"
_MENTION: Final = re.compile(
    rf"{_BEFORE}(?<![\d./])"
    rf"(?:百分之(?P<hundredth>{_SPELLED}{{1,12}}|\d{{1,9}}(?:\.\d{{1,9}})?)"
    rf"|(?P<spaced>{_SPACED})(?=\s?(?:{_UNIT}))\s?(?P<spaced_unit>{_UNIT})"
    rf"|(?P<number>{_PLAIN})(?P<first>(?:{_UNIT})|岁)?(?P<range>{_JOIN}(?P<upper>{_PLAIN}))?\s{{0,3}}(?P<many>[万亿])?"
    rf"(?P<more>[余多])?\s{{0,3}}(?P<unit>{_UNIT})?"
    rf"|(?<!{_SPELLED})(?P<chinese>{_SPELLED}{{1,12}})(?P<chinese_many>[万亿])?(?P<chinese_more>[余多])?"
    rf"(?P<chinese_unit>{_UNIT}))"
    r"(?P<after>及以上|以上|以内|以下|左右)?"
)
# What a bare number may not be followed by: then it is a date, an age, a duration, a grade, a model …
_NOT_A_QUANTITY: Final = re.compile(
    r"\s{0,3}(?:年|月|日|号|周岁|岁|天|小时|分钟|秒|级|届|类|周(?!边)|星期|楼|层|版|期|批|班|[a-zA-Z×+:/])"
)
# … and what makes 个 a duration.
_DURATION: Final = re.compile(r"(?:月|工作日|自然日|小时|季度|星期|学期|年(?!级))")
_ORDINAL: Final = re.compile(r"(?:第|前|每|附件|表|No\.?)\s{0,3}$")
_AT_LEAST: Final = {"≥", ">=", "大于等于", "不低于", "不少于", "不小于", "至少", "及以上", "以上"}
_AT_MOST: Final = {"≤", "<=", "<", "不超过", "不高于", "不多于", "小于", "低于", "以内", "以下"}
_ROUGH: Final = {"约", "近", ">", "左右"}

_CELL: Final = re.compile(
    rf"(?P<number>{_PLAIN})(?P<many>[万亿])?(?P<unit>{_UNIT})?(?:[（(](?P<note>.*)[）)])?", re.DOTALL
)

_LONGEST_KEPT: Final = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text, from ``start`` to ``end``, with what stands around it.

    ``unit`` is empty where none follows; ``upper`` is the other end of a range (8-10座: at least 8).
    ``rough`` is 约, 近, 余; ``at_most`` is a ceiling (不超过, 以内), which is no
    target to reach; ``spelled`` was written in Chinese numerals.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    relation: Relation = "="
    rough: bool = False
    at_most: bool = False
    spelled: bool = False
    upper: Decimal | None = None

    @property
    def quantity(self) -> Quantity:
        """Value, unit and relation, without the place."""
        return Quantity(self.value, self.unit, self.relation)


#: Other spellings of a unit.
_SAME: Final = {"km": "公里", "㎞": "公里", "千米": "公里", "m²": "平方米", "m2": "平方米", "㎡": "平方米", "平米": "平方米",
                "m³": "立方米", "立方": "立方米", "方": "立方米"}  # fmt: skip


def one_unit(unit: str) -> str:
    """The unit under its first spelling, for comparing: 公里 for km."""
    return _SAME.get(unit, unit)


def find_mentions(folded: str) -> list[Mention]:
    """The quantities in a folded text, in order: no years, dates, ages, durations, ordinals, ranges or model names."""
    found: list[Mention] = []
    for match in _MENTION.finditer(folded):
        mention = _mention(match, folded)
        if mention is not None:
            found.append(mention)
    return found


def _mention(match: re.Match[str], folded: str) -> Mention | None:
    start = match.end("before") if match["before"] else match.start()
    unit = match["spaced_unit"] or match["unit"] or match["chinese_unit"] or match["first"] or ""
    if _ORDINAL.search(folded[max(0, start - 8) : start]) or _is_no_quantity(match, unit, folded):
        return None
    if start and folded[start - 1].isascii() and folded[start - 1].isalpha() and not unit:
        return None
    value = _value(match)
    if value is None:
        return None
    before, after = match["before"] or "", match["after"] or ""
    many = match["many"] or match["chinese_many"] or ""
    upper = Decimal(re.sub("[,，]", "", match["upper"])) if match["upper"] else None
    upper = _scaled(upper, many, unit)[0] if upper is not None else None
    value, unit = _scaled(value, many, unit)
    return Mention(
        value=value,
        unit=PERCENT if match["hundredth"] else unit,
        start=start,
        end=match.end(),
        relation=">=" if {before, after} & _AT_LEAST or upper is not None else "=",
        rough=bool({before, after} & _ROUGH or match["more"] or match["chinese_more"]),
        at_most=bool({before, after} & _AT_MOST),
        spelled=bool(match["chinese"]),
        upper=upper,
    )


def _is_no_quantity(match: re.Match[str], unit: str, folded: str) -> bool:
    if match["first"] == "岁" or (match["range"] and match["first"] not in (None, match["unit"])):
        return True
    if not unit:
        end = max(match.end(name) for name in ("hundredth", "number", "range", "many"))
        return not match["hundredth"] and bool(_NOT_A_QUANTITY.match(folded, end))
    end = max(match.end(name) for name in ("unit", "chinese_unit", "first"))
    if match["range"] and not match["unit"]:
        end = match.end("range")
        return bool(_NOT_A_QUANTITY.match(folded, end))
    return unit == "个" and bool(_DURATION.match(folded, end))


def _value(match: re.Match[str]) -> Decimal | None:
    if match["spaced"]:
        return Decimal(match["spaced"].replace(" ", ""))
    if match["number"]:
        return Decimal(re.sub("[,，]", "", match["number"]))
    spelled = match["hundredth"] or match["chinese"]
    if spelled[0].isdigit() and spelled.isascii():
        return Decimal(spelled)
    whole = chinese_integer(spelled)
    return None if whole is None else Decimal(whole)


def _scaled(value: Decimal, many: str, unit: str) -> tuple[Decimal, str]:
    """万 and 亿 multiply, except in 万元 and 亿元, which are units of their own."""
    if many and unit == "元":
        return value, many + unit
    if many:
        value *= _MANY[many]
    return (Decimal(int(value)) if value == int(value) else value), unit


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A table cell: "1（石屋及摩崖石刻）" is 1 with a note, "50台" is 50 in 台."""

    value: Decimal
    unit: str = ""
    note: str = ""


def read_cell_number(text: str) -> CellNumber | None:
    """The number of a table cell, exactly, or None where it is not one number and perhaps a unit and a note."""
    return _cell_number(text) if len(text) < _LONGEST_KEPT else _cell_number.__wrapped__(text)


@lru_cache(maxsize=8192)
def _cell_number(text: str) -> CellNumber | None:
    """Kept, because the tables of a document have the same units and many of the same numbers."""
    match = _CELL.fullmatch(re.sub(r"\s+", "", fold(text)))
    if match is None:
        return None
    value, unit = _scaled(
        Decimal(re.sub("[,，]", "", match["number"])), match["many"] or "", match["unit"] or ""
    )
    note = re.sub(r"\s+", "", text)[match.start("note") : match.end("note")] if match["note"] else ""
    return CellNumber(value, unit, note)
