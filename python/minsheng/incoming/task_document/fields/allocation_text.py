"""A 任务分解 told in words: "丹东50台、丹西20台，合计70台", and of a project with two measures "新建3所、改建5所，其中甲镇1所、2所，
乙镇2所、3所".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ....cells.labels import fold
from ....cells.names import parted
from ...numbers import CellNumber, Mention, find_mentions, one_unit, read_cell_number
from ..words.clauses import bare_words
from ..words.labels import is_total, unit_of_measure
from .allocation_table import Share, Shares

__all__ = ["line_up_text"]

#: "合计42.6公里：…": the sum first.
_SUM_FIRST: Final = re.compile(
    r"^(?P<sum>\s{0,4}(?:全[县市区])?(?:合计|总计|共计|共)\s{0,4}[：:]?\s{0,4}[\d.,]{1,24}[^\d\s：:，,；;。（(]{0,4})[：:]"
)
_AMONG_THEM: Final = re.compile(r"^(?:其中|包括|分别为|分别是)\s{0,4}[：:]?\s{0,4}")
#: What opens a line of a list: "—东山镇6个", "（2）龙口镇5个".
_BULLET: Final = re.compile(
    r"^[\s—–\-•·●◆■○□▪*]{0,8}(?:[（(]\d{1,2}[）)]|\d{1,2}[.、．](?!\d)|[①-⑳])?[ \t\u3000]{0,4}", re.MULTILINE
)
_SHARE: Final = re.compile(r"(?P<unit>[^\d：:]{0,40})(?:[：:]\s{0,4})?(?P<number>\d.{0,80})", re.DOTALL)
_EACH: Final = re.compile(r"(?P<unit>[^\d各]{1,40})各\s{0,4}(?P<number>\d.{0,80})", re.DOTALL)
#: A comma between thousands parts nothing.
_BETWEEN: Final = re.compile(r"[、，；;。\n]|,(?!\d{3}(?!\d))")
#: Words that name no unit: a pointer to another place, or units without their names.
_NO_UNIT: Final = re.compile(r"见|附件|附表|附后|各|其余|其他|每|均|等|另行|自行|由")
#: What a unit does with its share: 由东山镇承担5个, 石浦负责新建2所.
_BY: Final = re.compile(r"^由(?=[\u4e00-\u9fff]{2})")
_TAKES: Final = re.compile(r"(?:负责|承担|承建|分配|安排|任务|完成){1,3}$")
_TAKING: Final = re.compile(r"^(?:负责|承担|承建|分配|安排|完成){1,3}")
_PLACE: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,12}?(?:街道办事处|街道|[镇乡](?:人民政府|政府)?|苏木|管委会|开发区|园区|社区|村|农场|林场))(?P<thing>[\u4e00-\u9fff（）()]*)"
)
#: A number that nobody can be held to: the unit stays, its share is blank.
_VAGUE: Final = re.compile(
    r"(?P<unit>[\u4e00-\u9fff]{1,12}?(?:街道|[镇乡]|苏木|管委会|社区|村))[：:]?\s?(?P<number>(?:约|近|大约|不少于|至少|不低于)\s?\d.{0,20})"
)
_SUMS: Final = re.compile(r"(?:全[县市区年])?(?:总共|一共|共|计)+(?:安排|下达|完成|建设)?")


@dataclass
class _Part:
    """One number of the text: of whom (empty for nobody named: of the unit before, or a sum), and what it counts."""

    units: list[str]
    thing: str
    number: CellNumber
    printed: str
    is_sum: bool = False


@dataclass
class _Told:
    """A text taken apart: its parts, the unit of measure stated for all, and the units whose number is a rough one."""

    parts: list[_Part] = field(default_factory=list)
    measured_in: str = ""
    vague: list[Share] = field(default_factory=list)


def line_up_text(text: str, wording: str) -> Shares | None:
    """The shares of a text that names every unit with its number; ``wording`` is what the project is to reach. Of several
    measures that one whose shares sum to the project's first proven number; the others become notes. None where any part
    cannot be read."""
    told = _taken_apart(text, wording)
    if told is None:
        return None
    shares = [part for part in told.parts if not part.is_sum]
    sums = [part for part in told.parts if part.is_sum]
    counts = {unit: sum(unit in part.units for part in shares) for part in shares for unit in part.units}
    if not shares:
        return None
    several = max(counts.values()) > 1 or len({part.thing for part in shares if part.thing}) > 1
    if several and told.vague:
        return None
    if several:
        return _several(shares, sums, told.measured_in, wording)
    measured_in = told.measured_in or next((p.number.unit for p in shares if p.number.unit), "")
    total = sums[-1].number.value if sums else None
    if len({part.number.value for part in sums}) > 1:
        return None
    found = [
        Share(unit, part.number.value, part.number.note, part.printed)
        for part in shares
        for unit in part.units
    ]
    return Shares(
        (*found, *told.vague),
        total,
        names=len(found) + len(told.vague),
        values=len(found),
        measured_in=measured_in,
    )


def _taken_apart(text: str, wording: str) -> _Told | None:
    told = _Told()
    waiting: list[str] = []
    current: list[str] = []
    whole = bare_words(wording)
    words = _SUM_FIRST.sub(r"\g<sum>，", _BULLET.sub("", text))
    for printed in filter(None, map(_alone, parted(words, _BETWEEN)[0])):
        folded = fold(printed)
        if stated := unit_of_measure(folded):
            told.measured_in = stated
            continue
        if vague := _VAGUE.fullmatch(folded):
            told.vague.append(Share(vague["unit"], None, original=vague["number"]))
            continue
        each = _EACH.fullmatch(folded)
        match = each or _SHARE.fullmatch(folded)
        number = read_cell_number(printed[match.start("number") :]) if match else None
        if match is None or number is None:
            if any(letter.isdigit() for letter in folded):
                return None
            waiting.append(_BY.sub("", printed))
            continue
        said = "".join(printed[: match.end("unit")].split()).rstrip("：:")
        if is_total(said) or _SUMS.fullmatch(said):
            told.parts.append(_Part([], "", number, printed, is_sum=True))
            continue
        name, thing = _name_and_thing(said, whole)
        if name is None or (waiting and not each) or (waiting and not name):
            return None
        named = [*waiting, name] if name else []
        if any(_NO_UNIT.search(unit) or not unit for unit in named):
            return None
        if not named and not current:  # "新建3所、改建5所，其中…"
            told.parts.append(_Part([], thing, number, printed, is_sum=True))
            continue
        current = named or current
        told.parts.append(_Part(current, thing, number, printed))
        waiting = []
    return None if waiting else told


def _alone(part: str) -> str:
    return _AMONG_THEM.sub("", _BULLET.sub("", part.strip()))


def _name_and_thing(words: str, wording: str) -> tuple[str | None, str]:
    """The unit's name and the thing it has to do of the project's; no name where the words are the project's own, None where
    something else stands behind a place."""
    bare = _TAKES.sub("", _BY.sub("", words))
    place = _PLACE.fullmatch(bare)
    if place is not None and place["thing"] and not place["thing"].startswith(("（", "(")):
        thing = _TAKING.sub("", _TAKES.sub("", place["thing"]))
        return (place["name"], thing) if _in_order(thing, wording) else (None, "")
    if place is None and _in_order(bare, wording):
        return "", bare
    return bare, ""


def _in_order(words: str, wording: str) -> bool:
    """Whether words are the project's own, with some left out."""
    letters = iter(wording)
    return all(letter in letters for letter in words)


def _several(shares: list[_Part], sums: list[_Part], measured_in: str, wording: str) -> Shares | None:
    """Shares of several measures: by the things that they name, or by their places in the row of each unit."""
    by_unit: dict[str, list[_Part]] = {}
    for part in shares:
        for unit in part.units:
            by_unit.setdefault(unit, []).append(part)
    if all(part.thing for part in shares):
        names = list(dict.fromkeys(part.thing for part in shares))
        rows = {unit: {part.thing: part for part in parts} for unit, parts in by_unit.items()}
        if any(len(rows[unit]) != len(parts) for unit, parts in by_unit.items()):
            return None
    else:
        width = {len(parts) for parts in by_unit.values()}
        if len(width) != 1 or any(part.thing for part in shares):
            return None
        given = [part.thing for part in sums]
        names = (
            given
            if len(given) == max(width) and all(given)
            else [f"第{n}个数" for n in range(1, max(width) + 1)]
        )
        rows = {unit: dict(zip(names, parts, strict=True)) for unit, parts in by_unit.items()}
    main = _main(names, rows, wording)
    if main is None:
        return None
    others = [name for name in names if name != main]
    found = tuple(
        Share(unit, row[main].number.value, _note(row, others), row[main].printed)
        for unit, row in rows.items()
        if main in row
    )
    unit = measured_in or next((row[main].number.unit for row in rows.values() if main in row), "")
    return Shares(
        found,
        names=len(found),
        values=len(found),
        measured_in=unit,
        extra=tuple(f"{unit} {_note(row, others)}" for unit, row in rows.items() if main not in row),
        main=main,
        others="、".join([part.printed for part in sums if part.thing != main] or others),
    )


def _note(row: dict[str, _Part], others: list[str]) -> str:
    return "、".join(
        part.printed if part.thing and part.units[-1] not in part.printed else f"{name}{_amount(part)}"
        for name in others
        if (part := row.get(name)) is not None
    )


def _amount(part: _Part) -> str:
    """The number as printed, without the words before it."""
    match = _SHARE.fullmatch(fold(part.printed))
    return part.printed[match.start("number") :] if match else part.printed


def _main(names: list[str], rows: dict[str, dict[str, _Part]], wording: str) -> str | None:
    """The measure whose shares sum to a number of the project, the first of these."""
    for mention in find_mentions(fold(wording)):
        for name in names:
            parts = [row[name] for row in rows.values() if name in row]
            if _sums_to(parts, mention) and (_in_order(name, fold(wording)) or name.startswith("第")):
                return name
    return None


def _sums_to(parts: list[_Part], mention: Mention) -> bool:
    units = {one_unit(part.number.unit) for part in parts} - {""}
    same = not units or not mention.unit or units == {one_unit(mention.unit)}
    return same and sum((part.number.value for part in parts), Decimal(0)) == mention.value
