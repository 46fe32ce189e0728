"""A 任务分解 in words: "丹东50台、丹西20台，合计70台"."""

from __future__ import annotations

import re
from typing import Final

from ...cells.labels import fold
from ..numbers import CellNumber, read_cell_number
from .allocation_table import Share, Shares
from .blocks import Table
from .table_words import is_total, unit_of_measure

__all__ = ["line_up_text", "table_in_text"]

#: "合计42.6公里：…", "合计65公里，其中…": the sum first, and words that introduce the units.
_SUM_FIRST: Final = re.compile(
    r"^(?P<sum>\s{0,4}(?:全[县市区])?(?:合计|总计|共计)\s{0,4}[：:]?\s{0,4}[\d.,]{1,24}[^\d\s：:，,；;。（(]{0,4})[：:]"
)
_AMONG_THEM: Final = re.compile(r"^(?:其中|包括|分别为|分别是)\s{0,4}[：:]?\s{0,4}")
_SHARE: Final = re.compile(r"(?P<unit>[^\d：:]{1,40})(?:[：:]\s{0,4})?(?P<number>\d.{0,80})", re.DOTALL)
_EACH: Final = re.compile(r"(?P<unit>[^\d各]{1,40})各\s{0,4}(?P<number>\d.{0,80})", re.DOTALL)
#: A unit with the thing that is counted behind it: then the text has several measures.
_MORE_THAN_A_UNIT: Final = re.compile(
    r"(?:镇|乡|街道)(?!政府|办事处|人民政府|中心|[镇乡街])[\u4e00-\u9fff]{2,40}$"
)
_THOUSANDS: Final = re.compile(r",\d{3}(?!\d)")
_CELL_BREAK: Final = re.compile(r"\t|\s\s+|\|")
#: Words that name no unit: a pointer to another place, or units without their names.
_NO_UNIT: Final = re.compile(r"见|附件|附表|附后|各|其余|其他|每|均|等|另行|自行|由")


def table_in_text(text: str) -> tuple[Table | None, str]:
    """Lines that are a table without its rules (cells parted by blanks, or one a line), and the unit of measure above."""
    measured_in = ""
    rows: list[list[str]] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in _CELL_BREAK.split(line.strip().strip("|")) if cell.strip()]
        if len(cells) == 1 and unit_of_measure(cells[0]):
            measured_in = unit_of_measure(cells[0]) or ""
        elif cells:
            rows.append(cells)
    several = len(rows) >= 2 and all(len(cell) <= 12 for row in rows for cell in row)
    numbers = sum(1 for row in rows for cell in row if read_cell_number(cell))
    return (Table.of(rows) if several and numbers >= 2 else None), measured_in


def parted(text: str) -> list[str]:
    """A text at its ，、；。 and line ends outside brackets; a comma between thousands parts nothing."""
    found, depth, begin = [], 0, 0
    folded = fold(text)
    for at, letter in enumerate(folded):
        if letter in "（(":
            depth += 1
        elif letter in "）)":
            depth = max(0, depth - 1)
        elif depth == 0 and (letter in "、，；;。\n" or (letter == "," and not _THOUSANDS.match(folded, at))):
            found.append(text[begin:at])
            begin = at + 1
    return [*found, text[begin:]]


def _share_alone(part: str) -> str:
    return _AMONG_THEM.sub("", part.strip())


def line_up_text(text: str) -> Shares | None:
    """The shares of a text that names every unit with its number; None where any part of it cannot be read."""
    shares: list[Share] = []
    total: CellNumber | None = None
    waiting: list[str] = []
    measured_in = ""
    for part in filter(None, map(_share_alone, parted(_SUM_FIRST.sub(r"\g<sum>，", text)))):
        folded = fold(part)
        if stated := unit_of_measure(folded):
            measured_in = stated
            continue
        each = _EACH.fullmatch(folded)
        match = each or _SHARE.fullmatch(folded)
        number = read_cell_number(part[match.start("number") :]) if match else None
        if match is None or number is None:
            if any(ch.isdigit() for ch in folded):
                return None
            waiting.append(part)
            continue
        name = "".join(part[: match.end("unit")].split()).rstrip("：:")
        if any(_NO_UNIT.search(unit) or _MORE_THAN_A_UNIT.search(unit) for unit in [*waiting, name]):
            return None
        measured_in = measured_in or number.unit
        if is_total(name):
            total = number
        elif waiting and not each:
            return None
        shares += [
            Share(unit, number.value, number.note, part) for unit in [*waiting, name] if not is_total(name)
        ]
        waiting = []
    if waiting or not shares:
        return None
    return Shares(
        tuple(shares),
        total.value if total else None,
        names=len(shares),
        values=len(shares),
        measured_in=measured_in,
    )
