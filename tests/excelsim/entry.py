"""What Excel makes of a value that is written into a cell through COM (Range.Value), and what it gives back.

Source: the documentation of Range.Value, Range.Value2, Range.PrefixCharacter and CVErr.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

EPOCH = datetime(1899, 12, 30)
ERRORS = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265,
    "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip
ERROR_TEXTS = {number: text for text, number in ERRORS.items()}

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+|\d{1,3}(,\d{3})+(\.\d*)?)([eE][+-]?\d+)?")
_PERCENT = re.compile(r"([+-]?[\d.,]+)\s*%")
_MONEY = re.compile(r"[$¥￥]\s*([\d.,]+)|-[$¥￥]\s*([\d.,]+)")
_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})([-/.月](?P<d>\d{1,2})日?|月)?"),
    re.compile(r"(?P<m>\d{1,2})[-/月](?P<d>\d{1,2})日?"),
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(:(\d{2}))?")


#: The type that a VT_DATE becomes in Python; pywin32 has one of its own.
TIME: list[type] = [datetime]


class Error(str):
    """An error value; a plain str is text."""


def serial(moment: datetime) -> float:
    gap = moment.replace(tzinfo=None) - EPOCH
    return gap.days + gap.seconds / 86400 + gap.microseconds / 86400e6


def moment(number: float) -> datetime:
    return EPOCH + timedelta(days=int(number), seconds=round((number - int(number)) * 86400))


def bare(number_format: str) -> str:
    """The first section of a format without its literals, colours and locale marks."""
    found = re.sub(r'"[^"]*"|\\.|_.|\*.', "", number_format.split(";", maxsplit=1)[0])
    return re.sub(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", "", found, flags=re.IGNORECASE)


def is_date(number_format: str) -> bool:
    text = bare(number_format)
    return text.lower() != "general" and bool(re.search(r"[ymdhs]", text, re.IGNORECASE)) and "E+" not in text


def is_currency(number_format: str) -> bool:
    """Formats for which Range.Value gives a Currency (Value2 never does)."""
    # Source: documentation of Range.Value2: it knows neither Currency nor Date.
    # Assumed: Range.Value gives a Currency for any format that shows a currency sign, 会计专用 among them.
    first = number_format.split(";", maxsplit=1)[0]
    return bool(re.search(r"[$¥￥€£]|\[\$(?!-)[^\]]+\]", re.sub(r'"[^"$¥￥€£]*"', "", first)))


def typed(value: object, number_format: str) -> tuple[object, str, str]:
    """(content, formula, apostrophe) of a cell into which ``value`` is put; content is None, str, float, bool, Error."""
    # Assumed: text that comes through COM is read with US-English conventions, and 3月5日 as a date on a Chinese system.
    if value is None or value == "":
        return None, "", ""
    if isinstance(value, bool):
        return value, "", ""
    if isinstance(value, datetime):
        return serial(value), "", ""
    if isinstance(value, Decimal):
        return float(round(value, 4)), "", ""
    if isinstance(value, int | float):
        return float(value), "", ""
    text = str(value)
    if text.startswith("'"):
        return text[1:], "", "'"
    if number_format == "@":
        return text, "", ""
    if len(text) > 1 and text[0] in "=+-@" and not _NUMBER.fullmatch(text):
        if text[0] == "@":
            raise ValueError("not a formula")
        return None, text if text[0] == "=" else f"={text}", ""
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE", "", ""
    if text.upper() in ERRORS:
        return Error(text.upper()), "", ""
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        return float(stripped.replace(",", "")), "", ""
    if match := _PERCENT.fullmatch(stripped):
        return float(match[1].replace(",", "")) / 100, "", ""
    if match := _MONEY.fullmatch(stripped):
        return float((match[1] or f"-{match[2]}").replace(",", "")), "", ""
    for pattern in _DATES:
        if match := pattern.fullmatch(stripped):
            parts = match.groupdict()
            try:
                return (
                    serial(datetime(int(parts.get("y") or 2024), int(parts["m"]), int(parts["d"] or 1))),
                    "",
                    "",
                )
            except ValueError:
                break
    if match := _TIME.fullmatch(stripped):
        return int(match[1]) / 24 + int(match[2]) / 1440, "", ""
    return text, "", ""


def shown_format(value: object, number_format: str) -> str:
    """The number format after an entry."""
    # Source: "Number formats in Excel" (support.microsoft.com): a date, money or a share typed into 常规 sets the format.
    if number_format.lower() != "general":
        return number_format
    if isinstance(value, datetime):
        return "yyyy/m/d h:mm" if value.hour or value.minute or value.second else "yyyy/m/d"
    if isinstance(value, Decimal):
        return '"¥"#,##0.00;"¥"-#,##0.00'
    if isinstance(value, str) and not value.startswith("'"):
        stripped = value.strip()
        if _PERCENT.fullmatch(stripped):
            return "0.00%" if "." in stripped else "0%"
        if any(pattern.fullmatch(stripped) for pattern in _DATES):
            return "yyyy/m/d"
        if _MONEY.fullmatch(stripped):
            return '"¥"#,##0.00'
        if _TIME.fullmatch(stripped):
            return "h:mm"
    return number_format


def given(content: object, number_format: str) -> object:
    """Range.Value of one cell, as a VARIANT arrives in Python."""
    if content is None:
        return None
    if isinstance(content, Error):
        return ERRORS[content]
    if isinstance(content, bool | str):
        return content
    number = float(content)  # type: ignore[arg-type]
    if is_date(number_format) and 0 <= number < 2958466:
        at = moment(number)
        return TIME[0](at.year, at.month, at.day, at.hour, at.minute, at.second, tzinfo=UTC)
    if is_currency(number_format) and abs(number) < 922337203685477:
        return Decimal(repr(number)).quantize(Decimal("0.0001"))
    return number


def given2(content: object) -> object:
    """Range.Value2: neither dates nor money."""
    if isinstance(content, Error):
        return ERRORS[content]
    return content if content is None or isinstance(content, bool | str) else float(content)  # type: ignore[arg-type]


def in_formula(content: object) -> str:
    """Range.Formula of a constant."""
    if content is None:
        return ""
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    if isinstance(content, float):
        return repr(int(content)) if content.is_integer() and abs(content) < 1e15 else repr(content)
    return str(content)
