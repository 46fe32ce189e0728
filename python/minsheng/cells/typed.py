"""Numbers as people type them: read exactly, or refused with the reason (design, section 6, rule 1)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from .labels import stripped
from .numbers import SCALES, SIGNIFICANT_DIGITS

__all__ = ["LARGEST", "PERCENT", "TypedNumberError", "read_typed_number"]

#: The sign and the unit of shares, typed in points: 55 for 55 %.
PERCENT: Final = "%"
#: Beyond a trillion a number is a slip: no county project is measured so.
LARGEST: Final = Decimal(10) ** 12
#: What is longer is no number whatever it says.
_LONGEST: Final = 40
_LONGEST_EXPLAINED: Final = 200
_DIGIT: Final = re.compile(r"\d")
_LINE_BREAKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")

_DIGITS = r"\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+"
_NUMBER = re.compile(
    rf"(?P<plus>\+)?(?P<digits>{_DIGITS})?(?P<decimals>\.\d*)?\s*(?P<scale>[十百千万]?[万亿]|[百千])?\s*(?P<rest>\D*)",
    re.ASCII,
)
_REASONS: Final = tuple(
    (reason, re.compile(form))
    for reason, form in (
        ("格子里不止一个数", r"\d\D{0,3}(?:\s\s|[、;；])\s*\d"),
        ("是负数", r"^-"),
        ("是错误值", r"^#"),
        ("是科学计数法", r"^[\d.,]++[eE][+-]?\d+$"),
        ("数字里混有字母", r"[OoQIl|]\d|\d[OoQIl|]"),
        ("不是确切的数", r"[约近超逾余多几]|左右|上下|以上|以下|不到|不足|大概|[<>≥≤≈~+]"),
        ("数字后面带有说明", r"^[\d.,]++\s*+\w*+\s*+[(\[【〔]"),
    )
)


class TypedNumberError(ValueError):
    """``reason`` says in Chinese why the text is not taken as a number."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_typed_number(text: str, measured_in: str = "") -> Decimal:
    """The number that ``text`` says of things measured in ``measured_in``, exactly: "１２０", "1,200", "120台", "1.2万人".

    A unit in the text must be ``measured_in``; money in another scale is converted ("2亿元" in 万元 is 20000).
    Raises TypedNumberError for everything else: "5O%", "约30", "-3", "12（含续建）", "1e400", two numbers in two lines.
    """
    if len(text) > _LONGEST_EXPLAINED:
        raise TypedNumberError("不是数字")
    plain = stripped(text)
    if sum(_DIGIT.search(line) is not None for line in _LINE_BREAKS.split(plain)) > 1:
        raise TypedNumberError("格子里不止一个数")
    plain = re.sub(r"\s", " ", plain).removeprefix("'").strip()
    unit = stripped(measured_in)
    if unit != PERCENT and unit and plain.endswith(unit):
        plain, typed_unit = plain.removesuffix(unit).rstrip(), unit
    else:
        typed_unit = ""
    match = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None or not ((match["digits"] or "") + (match["decimals"] or "")).strip("."):
        raise TypedNumberError(_reason(plain))
    scale, rest = match["scale"] or "", match["rest"].strip()
    if rest and typed_unit:
        raise TypedNumberError(_reason(plain))
    digits = re.sub(r"[ ,]", "", match["digits"] or "0") + (match["decimals"] or "").rstrip(".")
    if len(digits.replace(".", "").strip("0")) > SIGNIFICANT_DIGITS:
        raise TypedNumberError(f"有效数字超过{SIGNIFICANT_DIGITS}位，表格存不下")
    value = Decimal(digits) * (Decimal(SCALES[scale]) if typed_unit else _factor(plain, scale, rest, unit))
    if value > LARGEST:
        raise TypedNumberError("数太大")
    return value


def _factor(text: str, scale: str, rest: str, unit: str) -> Decimal:
    """What a number without the whole ``unit`` behind it is multiplied by: ``scale`` (万), ``rest`` the words after it."""
    own_scale = unit[0] if len(unit) > 1 and unit[0] in "万亿" else ""
    if rest == PERCENT and unit == PERCENT and not scale:
        return Decimal(1)
    if rest == PERCENT:
        raise TypedNumberError("不是百分数的项目填了百分号")
    if rest and not (own_scale and rest == unit.removeprefix(own_scale)):
        raise TypedNumberError(_reason(text))
    if scale and unit == PERCENT:
        raise TypedNumberError("百分数不能以万计")
    if scale and own_scale and not rest:
        raise TypedNumberError(f"单位是“{unit}”，看不清是几{unit}")
    return Decimal(SCALES[scale]) / (SCALES[own_scale] if rest else 1)


def _reason(text: str) -> str:
    """Why a text that is no number is refused, as precisely as can be told."""
    for reason, form in _REASONS:
        if form.search(text):
            return reason
    match = re.fullmatch(r"[\d.,]+\s*([^\d.,\s/:-]+)", text)
    return f"数字后面有别的字（“{match[1][:10]}”）" if match else "不是数字"
