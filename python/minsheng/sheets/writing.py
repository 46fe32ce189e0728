"""Writing to an open book: blocks planned first, then written, read back, and restored where the host fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import HostFailed
from .address import Area
from .cells import literal_text
from .image import is_formula, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import xlwings as xw

    from .image import SheetImage

__all__ = ["Formula", "Write", "apply"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to write, told apart from text that merely begins with ``=``."""

    text: str


@dataclass(frozen=True, slots=True)
class Write:
    """One block: ``values`` are rows of None, str (always literal text), Decimal, int, bool, date or Formula."""

    sheet: str
    top: int
    left: int
    values: list[list[Any]]

    @property
    def area(self) -> Area:
        return Area(
            self.sheet,
            self.top,
            self.left,
            self.top + len(self.values) - 1,
            self.left + len(self.values[0]) - 1,
        )


def apply(book: xw.Book, writes: Sequence[Write], images: Mapping[str, SheetImage]) -> None:
    """Write every block or none: each block is read back, and on any failure what stood there by ``images``, the sheets
    as the job read them, is put back.

    Raises HostFailed. The book is not saved.
    """
    kept: list[tuple[Write, list[list[Any]]]] = []
    try:
        for write in writes:
            kept.append((write, _standing(images[write.sheet], write.area)))
            _put(book, write.area, [[_to_host(value) for value in row] for row in write.values])
            _confirm(book, write)
    except Exception as failure:  # noqa: BLE001 - whatever broke, what stood there goes back
        _restore(book, kept, failure)


def _confirm(book: xw.Book, write: Write) -> None:
    area = write.area
    height, width = len(write.values), len(write.values[0])
    standing = rows_of(book.sheets[area.sheet].range(area.a1).options(ndim=2).value, height, width)
    for row, (want, have) in enumerate(zip(write.values, standing, strict=True)):
        for column, (wanted, had) in enumerate(zip(want, have, strict=True)):
            if not isinstance(wanted, Formula) and _same(wanted) != _same(had):
                where = Area(
                    area.sheet, area.top + row, area.left + column, area.top + row, area.left + column
                ).a1
                raise HostFailed(
                    f"写入后核对不一致：工作表“{area.sheet}”{where}应为“{wanted}”，实际为“{had}”。"
                )


def _restore(book: xw.Book, kept: list[tuple[Write, list[list[Any]]]], failure: Exception) -> None:
    lost: list[str] = []
    for write, standing in reversed(kept):
        try:
            _put(book, write.area, standing)
        except Exception:  # noqa: BLE001 - the host is broken: go on restoring what can be, then say what could not
            lost.append(f"{write.sheet}!{write.area.a1}")
    if lost:
        raise HostFailed(
            f"写入总表时程序中断，下列区域未能恢复：{'、'.join(lost)}。",
            "请不要保存，关闭总表后重新打开；磁盘上的文件没有改动。",
        ) from failure
    raise HostFailed("写入总表时程序中断，已全部恢复原状。", "请重新打开总表后再试一次。") from failure


def _put(book: xw.Book, area: Area, values: list[list[Any]]) -> None:
    book.sheets[area.sheet].range(area.a1).value = values


def _standing(image: SheetImage, area: Area) -> list[list[Any]]:
    """What stood in an area, in the form that puts it back: formulas as formulas, text as literal text."""
    return [
        [
            formula
            if is_formula(formula := image.formula(row, column))
            else _to_host(image.value(row, column))
            for column in range(area.left, area.right + 1)
        ]
        for row in range(area.top, area.bottom + 1)
    ]


def _to_host(value: Any) -> Any:
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, str):
        return literal_text(value) or None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else float(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a sheet knows no time zones
    return value


def _same(value: Any) -> Any:
    """Values as a host gives them back, made comparable."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.date()
    return value
