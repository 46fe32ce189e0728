"""Writing to an open book: blocks planned first, then what stands in their way looked for, then written, read back, and
restored where the host fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import CannotWrite, HostFailed
from ..hosts import in_words
from ..hosts.waiting import Insistence, SavedFlag
from .cells import literal_text
from .image import is_formula
from .places import Area, cell_a1

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .image import SheetImage
    from .pages import Pages

__all__ = ["Formula", "Write", "apply", "kept", "refuse_hindered"]

#: xlengines.obstacles' kinds → what is said of their places, and what to do.
_WORDS = {
    "protected": ("工作表{}受保护，", "请先撤销工作表保护"),
    "filtered": ("{}里有被筛选隐藏的行，", "请先清除筛选，让所有行都显示出来"),
    "merged": ("{}是合并单元格，", "请先取消合并"),
    "table": ("{}是表格（“插入—表格”）的标题行或汇总行，", "请先去掉表格的汇总行，或把表格转换为区域"),
}
_MOST_PLACES = 6


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
        """The rectangle that the values cover."""
        return Area(
            self.sheet,
            self.top,
            self.left,
            self.top + len(self.values) - 1,
            self.left + len(self.values[0]) - 1,
        )


def apply(pages: Pages, writes: Sequence[Write], images: Mapping[str, SheetImage]) -> None:
    """Write every block or none: what stands in the way is looked for first, each block is read back, and on any failure
    what stood there by ``images``, the sheets as the job read them, is put back.

    CannotWrite before anything is written; a failure that left nothing written as it is; else HostFailed, which says
    whether everything stands as before. The book is not saved.
    """
    refuse_hindered(pages, writes)
    saved = SavedFlag(pages.book, Insistence())
    kept: list[tuple[Area, list[list[Any]]]] = []
    try:
        for write in writes:
            kept.append((write.area, _standing(images[write.sheet], write.area)))
            _confirm(
                write, pages.put(write.area, [[_to_host(value) for value in row] for row in write.values])
            )
    except BaseException as failure:
        _take_back(pages, kept, saved, failure)
        raise


def refuse_hindered(pages: Pages, writes: Sequence[Write]) -> None:
    """CannotWrite where anything stands in the way of one of ``writes``; all of it is named at once."""
    from xlengines.obstacles import is_read_only, obstacles

    if is_read_only(pages.book):
        raise CannotWrite(
            f"“{pages.book.name}”是以只读方式打开的，写进去的内容存不回原文件。没有写入任何内容。",
            "请关闭它，以可以编辑的方式重新打开后再试。",
        )
    named: dict[str, dict[str, None]] = {}
    for sheet in dict.fromkeys(write.sheet for write in writes):
        own = [write for write in writes if write.sheet == sheet]
        areas = [(w.area.top, w.area.left, w.area.bottom, w.area.right) for w in own]
        for obstacle in obstacles(pages[sheet], areas):
            area = Area(sheet, *obstacle.area)
            place = f"“{sheet}”" if obstacle.kind == "protected" else f"工作表“{sheet}”的{area.a1}"
            if obstacle.kind == "merged":
                covered = _into_covered(own, area)
                if not covered:
                    continue
                place += f"（要填写的{covered}被它盖住）"
            named.setdefault(obstacle.kind, {})[place] = None
    if named:
        said = [(*_WORDS[kind], list(places)) for kind, places in named.items()]
        raise CannotWrite(
            "".join(words.format(_listed(places)) for words, _, places in said) + "没有写入任何内容。",
            "；".join(cure for _, cure, _ in said) + "，再试一次。",
        )


def _into_covered(writes: Sequence[Write], merged: Area) -> str:
    """The first cell of a merged area, beyond the one that it shows, that a write would fill; "" where there is none."""
    for write in writes:
        for row, values in enumerate(write.values, start=write.top):
            for column, value in enumerate(values, start=write.left):
                inside = merged.top <= row <= merged.bottom and merged.left <= column <= merged.right
                if inside and (row, column) != (merged.top, merged.left) and value not in (None, ""):
                    return cell_a1(row, column)
    return ""


def _listed(places: list[str]) -> str:
    rest = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
    return "、".join(places[:_MOST_PLACES]) + rest


def _confirm(write: Write, standing: list[list[Any]]) -> None:
    area = write.area
    for row, (want, have) in enumerate(zip(write.values, standing, strict=True), start=area.top):
        for column, (wanted, had) in enumerate(zip(want, have, strict=True), start=area.left):
            if not isinstance(wanted, Formula) and _same(wanted) != _same(had):
                raise HostFailed(
                    f"写入后核对不一致：工作表“{area.sheet}”{cell_a1(row, column)}应为“{wanted}”，实际为“{had}”。"
                )


def _take_back(
    pages: Pages, kept: list[tuple[Area, list[list[Any]]]], saved: SavedFlag, failure: BaseException
) -> None:
    """Put back what was written and read it again, waiting for a program that is busy. HostFailed, unless nothing had been
    written, or somebody interrupted the job and everything stands as before."""
    insist = Insistence()

    def stands(area: Area, values: list[list[Any]]) -> bool:
        """Whether an area reads as it stood before; not where the host cannot say."""
        try:
            image = insist(lambda: pages.image(area.sheet, area.a1))
        except Exception:  # noqa: BLE001 - whatever the host raises, nobody knows then
            return False
        return _standing(image, area) == values

    written = [(area, standing) for area, standing in reversed(kept) if not stands(area, standing)]
    if not written:
        return
    for area, standing in written:
        try:
            insist(partial(pages.put, area, standing))
        except Exception:  # noqa: BLE001 - the host is broken: go on with the rest, then say what does not stand
            continue
    lost = [f"“{area.sheet}”{area.a1}" for area, standing in written if not stands(area, standing)]
    reason = in_words(failure)
    said = f"写入总表时出错：{reason.message}" if reason else "写入总表时程序中断。"
    if lost:
        raise HostFailed(
            f"{said}下列区域和原来不一样：{'、'.join(lost)}，其余已恢复原状。",
            "请不要保存，关闭总表后重新打开；磁盘上的文件没有改动。",
        ) from failure
    saved.put_back()
    if not isinstance(failure, Exception):
        return
    raise HostFailed(f"{said}已恢复原状。", reason.advice if reason else "请再试一次。") from failure


def _standing(image: SheetImage, area: Area) -> list[list[Any]]:
    """What stood in an area, in the form that puts it back: formulas as formulas, text as literal text."""
    return [
        [_to_host(kept(image, row, column)) for column in range(area.left, area.right + 1)]
        for row in range(area.top, area.bottom + 1)
    ]


def kept(image: SheetImage, row: int, column: int) -> Any:
    """What a block write puts back into a cell that it does not mean to change."""
    formula = image.formula(row, column)
    return Formula(formula) if is_formula(formula) else image.value(row, column)


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
