"""A 任务分解 table lined up: which number belongs to which unit, by place alone and never by guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ....sheets import layout
from ...numbers import CellNumber, read_cell_number
from ..files.blocks import Cell, Table
from ..words.labels import (
    is_blank,
    is_column_of_units,
    is_column_word,
    is_subtotal,
    is_total,
    unit_of_measure,
)
from .village_rows import by_township

__all__ = ["Share", "Shares", "line_up"]


@dataclass(frozen=True, slots=True)
class Share:
    """One unit's cell: ``quantity`` None where it is blank or cannot be read (then ``original`` says what stands there)."""

    unit: str
    quantity: Decimal | None
    note: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """A table as read. ``lined_up`` False: the header has ``names`` cells and the values ``values``, and the shares are
    without quantities; ``total`` is then the number at the end where 合计 stands (``last`` in any table).

    ``total_blank`` says that there is a 合计 without a number; ``extra`` are texts of the table that were not used. Of
    several measures ``main`` is the one whose numbers these are, and ``others`` stand in the notes.
    """

    shares: tuple[Share, ...]
    total: Decimal | None = None
    last: Decimal | None = None
    lined_up: bool = True
    total_blank: bool = False
    names: int = 0
    values: int = 0
    measured_in: str = ""
    extra: tuple[str, ...] = ()
    main: str = ""
    others: str = ""

    @property
    def sum(self) -> Decimal:
        """What the units' numbers come to."""
        return sum((share.quantity for share in self.shares if share.quantity is not None), Decimal(0))

    @property
    def is_complete(self) -> bool:
        """Whether every unit has a number."""
        return all(share.quantity is not None for share in self.shares)


@dataclass(frozen=True, slots=True)
class _Band:
    """A row of names over a row of values (a wide table is printed in several)."""

    names: tuple[Cell, ...]
    values: tuple[Cell, ...]

    @property
    def lined_up(self) -> bool:
        """Whether every value stands under one name: as many cells, of the same breadth."""
        if [cell.span for cell in self.names] != [cell.span for cell in self.values]:
            return False
        return all(
            name.word or is_blank(value.word) for name, value in zip(self.names, self.values, strict=True)
        )


def line_up(table: Table) -> Shares | None:
    """The table's units and numbers; None where it has no names or no numbers and so is no such table."""
    measured_in, extra, rows = _without_captions(table)
    rows, others = _one_measure(by_township(rows))
    main = layout.TOTAL_ROW if others else ""
    bands, more, measures = _bands(rows)
    names = [cell for band in bands for cell in band.names if cell.word]
    numbers = [cell for band in bands for cell in band.values if read_cell_number(cell.text)]
    if not names or not numbers:
        return None
    extra += more
    totals = [cell for cell in names if is_total(cell.word)]
    last = read_cell_number(numbers[0 if totals and totals[0] is names[0] else -1].text)
    if all(band.lined_up for band in bands):
        pairs = [pair for band in bands for pair in zip(band.names, band.values, strict=True) if pair[0].word]
        found = _paired(pairs, measured_in, extra)
        if measures:
            main, others = measures[0], "、".join(measures[1:])
        return replace(found, last=last.value if totals and last else None, main=main, others=others)
    units = [cell.word for cell in names if not is_total(cell.word)]
    return Shares(
        shares=tuple(Share(unit, None) for unit in dict.fromkeys(units)),
        total=last.value if totals and last else None,
        lined_up=False,
        names=len(names),
        values=len(numbers),
        measured_in=measured_in,
        extra=tuple(extra),
    )


def _paired(pairs: list[tuple[Cell, Cell]], measured_in: str, extra: list[str]) -> Shares:
    shares: list[Share] = []
    total: CellNumber | None = None
    has_total = False
    for name, value in pairs:
        number = read_cell_number(value.text)
        if is_total(name.word):
            has_total = True
            total = total or number
        elif is_subtotal(name.word):
            extra.append(f"{name.word} {value.word}")
        elif number is None:
            shares.append(Share(name.word, None, original=value.text.strip()))
        else:
            shares.append(Share(name.word, number.value, number.note, value.text.strip()))
            measured_in = measured_in or number.unit
    if total is not None:
        heads = _group_sums(shares, total.value)
        extra += [f"{head.unit} {head.original}" for head in heads]
        shares = [share for share in shares if share not in heads]
    return Shares(
        shares=tuple(shares),
        total=total.value if total else None,
        total_blank=has_total and total is None,
        names=len(pairs),
        values=sum(1 for _, value in pairs if read_cell_number(value.text)),
        measured_in=measured_in or (total.unit if total else ""),
        extra=tuple(extra),
    )


def _group_sums(shares: list[Share], total: Decimal) -> list[Share]:
    """The rows that add up those after them ("一、平原片" over its townships), where all rows together come to twice the
    合计 and fall into such groups without a rest; empty where the numbers do not show it."""
    heads: list[Share] = []
    left = Decimal(0)
    for share in shares:
        if share.quantity is None or share.quantity <= 0:
            return []
        if left == 0:
            heads.append(share)
            left = share.quantity
        else:
            left -= share.quantity
        if left < 0:
            return []
    whole = sum((head.quantity or Decimal(0) for head in heads), Decimal(0))
    return heads if left == 0 and whole == total and len(heads) > 1 else []


def _without_captions(table: Table) -> tuple[str, list[str], list[tuple[Cell, ...]]]:
    """The unit of measure over a table, other captions, and the rows without them."""
    rows = [row for row in table.rows if any(cell.word for cell in row)]
    measured_in, extra = "", []  # type: str, list[str]
    kept: list[tuple[Cell, ...]] = []
    for row in rows:
        own = [cell for cell in row if cell.word]
        is_caption = len(own) == 1 and not read_cell_number(own[0].text) and len(rows) > 2
        if is_caption and (
            len(row) == 1 < max(map(len, rows)) or own[0].span > 1 or unit_of_measure(own[0].word)
        ):
            measured_in = measured_in or unit_of_measure(own[0].word) or ""
            if (
                not unit_of_measure(own[0].word)
                and not is_column_word(own[0].word)
                and "分解" not in own[0].word
            ):
                extra.append(own[0].word)
            continue
        kept.append(row)
    return measured_in, extra, kept


def _one_measure(rows: list[tuple[Cell, ...]]) -> tuple[list[tuple[Cell, ...]], str]:
    """Of a table with several columns of numbers that add up to one headed 合计, row by row, that one with the others as
    notes; and what these come to in all."""
    if len(rows) < 3 or len(rows[0]) < 4 or any(len(row) != len(rows[0]) for row in rows):
        return rows, ""
    totals = [index for index, cell in enumerate(rows[0]) if is_total(cell.word)]
    if len(totals) != 1 or totals[0] == 0 or any(read_cell_number(cell.text) for cell in rows[0]):
        return rows, ""
    total = totals[0]
    parts = [
        index
        for index in range(1, len(rows[0]))
        if index != total and any(read_cell_number(row[index].text) for row in rows[1:])
    ]
    for row in rows[1:]:
        whole = read_cell_number(row[total].text)
        numbers = [number.value for index in parts if (number := read_cell_number(row[index].text))]
        if (
            whole is None
            or not numbers
            or sum(numbers, Decimal(0)) != whole.value
            or read_cell_number(row[0].text)
        ):
            return rows, ""
    if len(parts) < 2:
        return rows, ""
    others, kept = "", [_named(rows[0], parts, total)]
    for row in rows[1:]:
        note = "、".join(f"{_bare(rows[0][at].word)}{row[at].word}" for at in parts if row[at].word)
        others = note if is_total(row[0].word) else others
        noted = (
            row
            if is_total(row[0].word)
            else tuple(_noted(cell, note) if at == total else cell for at, cell in enumerate(row))
        )
        kept.append(tuple(cell for at, cell in enumerate(noted) if at not in parts))
    return kept, others or "、".join(_bare(rows[0][at].word) for at in parts)


def _named(header: tuple[Cell, ...], parts: list[int], total: int) -> tuple[Cell, ...]:
    """The header without the columns ``parts``; 合计 at its end heads a column of numbers now."""
    kept = [
        Cell("任务数") if at == total == len(header) - 1 else cell
        for at, cell in enumerate(header)
        if at not in parts
    ]
    return tuple(kept)


def _bare(header: str) -> str:
    """A column's header without its unit of measure: 改造提升 of 改造提升（个）."""
    return re.sub(r"[（(][^（()）]{1,5}[)）]$", "", header)


def _noted(value: Cell, note: str) -> Cell:
    """A number with a note behind it, as a cell has it: 12（新建5、改造7）."""
    return replace(value, text=f"{value.text.strip()}（{note}）") if note else value


def _bands(rows: list[tuple[Cell, ...]]) -> tuple[list[_Band], list[str], list[str]]:
    """The bands of a table, what is left over, and its measures where it has several, the one that is read first; a table
    that runs downwards is turned first."""
    if not rows:
        return [], [], []
    if len(rows) == 1 or all(len(row) == 1 for row in rows):
        return _sequence([cell for row in rows for cell in row]), [], []
    return _turned(rows) if _runs_down(rows) else (*_across(rows), [])


def _sequence(cells: list[Cell]) -> list[_Band]:
    """Cells without any rows: all names, then all numbers."""
    first = next((index for index, cell in enumerate(cells) if read_cell_number(cell.text)), len(cells))
    return [_Band(tuple(cells[:first]), tuple(cells[first:]))]


def _runs_down(rows: list[tuple[Cell, ...]]) -> bool:
    """Whether units stand one below the other."""
    if any(is_total(cell.word) for cell in rows[0]):
        return False
    if any(is_total(cell.word) for row in rows[1:] for cell in row[:2]):
        return True
    body = rows[1:] if all(is_column_word(cell.word) for cell in rows[0] if cell.word) else rows
    paired = [row for row in body if len(row) >= 2 and _is_name(row[-2 if len(row) == 2 else 0])]
    numbered = [row for row in paired if any(read_cell_number(cell.text) for cell in row[1:])]
    return len(rows) > 2 and len(rows[0]) <= 6 and len(numbered) * 2 > len(body)


def _is_name(cell: Cell) -> bool:
    return bool(cell.word) and not is_blank(cell.word) and read_cell_number(cell.text) is None


def _turned(rows: list[tuple[Cell, ...]]) -> tuple[list[_Band], list[str], list[str]]:
    """A table that runs downwards (name, number, perhaps 备注; perhaps several side by side) as one band. What stands under
    another header beside a number becomes its note."""
    header = [cell.word for cell in rows[0]]
    has_header = all(is_column_word(word) for word in header if word) or _heads_units(rows[0])
    skipped = _first_of_units(header) if has_header else 0
    heads = header[skipped:] if has_header else []
    names: list[Cell] = []
    values: list[Cell] = []
    extra: list[str] = []
    measures: dict[str, str] = {}
    for row in rows[1:] if has_header else rows:
        cells = _from_column(row, skipped)
        whole = len(cells)
        while cells:
            name, cells = cells[0], cells[1:]
            value, cells = (cells[0], cells[1:]) if cells else (Cell(""), [])
            beside: list[tuple[str, str]] = []
            while cells and not (_is_name(cells[0]) and len(cells) > 1 and read_cell_number(cells[1].text)):
                if cells[0].word:
                    beside.append((heads[whole - len(cells)] if whole == len(heads) else "", cells[0].word))
                cells = cells[1:]
            number = read_cell_number(value.text)
            if number is None or number.note or not all(head for head, _ in beside):
                extra += [f"{name.word} {word}" for _, word in beside]
            else:
                counted = {_bare(head): word for head, word in beside if read_cell_number(word)}
                measures |= {head: f"{head}{word}" for head, word in counted.items()}
                value = _noted(
                    value, "、".join(f"{_bare(h)}{w}" if _bare(h) in counted else w for h, w in beside)
                )
            if name.word or value.word:
                names.append(Cell(name.text))
                values.append(Cell(value.text))
    told = [_bare(heads[1]), *measures.values()] if measures else []
    return [_Band(tuple(names), tuple(values))], extra, told


def _heads_units(row: tuple[Cell, ...]) -> bool:
    """Whether a row without numbers opens with 乡镇 or 单位, after 序号 perhaps: then the words beside it head columns too
    (面积（亩）)."""
    first = 1 if row[0].word in ("序号", "编号") and len(row) > 2 else 0
    return is_column_of_units(row[first].word) and not any(read_cell_number(cell.text) for cell in row)


def _first_of_units(header: list[str]) -> int:
    """The column of the units' names: after 序号, and after 片区 where a column 乡镇 stands beside it."""
    named = [index for index, word in enumerate(header) if is_column_of_units(word)]
    return named[0] if named else int(header[0] in ("序号", "编号"))


def _from_column(row: tuple[Cell, ...], first: int) -> list[Cell]:
    """The cells of a row from a column on; a 合计 that stands before it, or is merged over it, keeps its number."""
    if first and is_total(row[0].word):
        return [row[0], *[cell for cell in row[1:] if cell.word]]
    return list(row[first:])


def _across(rows: list[tuple[Cell, ...]]) -> tuple[list[_Band], list[str]]:
    bands: list[_Band] = []
    extra: list[str] = []
    header: tuple[Cell, ...] | None = None
    used = True
    for row in rows:
        if not any(read_cell_number(cell.text) for cell in row):
            header, used = row, False
        elif header is None or used:
            extra += [" ".join(cell.word for cell in row)]
        else:
            bands.append(_Band(*_without_row_label(header, row)))
            used = True
    return bands, extra


def _without_row_label(
    header: tuple[Cell, ...], values: tuple[Cell, ...]
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """A band without its first cells where these are "单位" and "任务数" rather than a unit and its number."""
    label = values[0].word
    labelled = (
        bool(label)
        and not is_blank(label)
        and read_cell_number(values[0].text) is None
        and is_column_word(label)
    )
    if is_column_word(header[0].word) or (not header[0].word and labelled):
        return header[1:], values[1:] if labelled or not label or len(values) == len(header) else values
    return header, values[1:] if labelled else values
