"""What in a book would refuse a job's writes, or put them where nobody expects them: looked for before the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import CannotWrite
from .address import Area, cell_a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xlwings as xw

    from .writing import Write

__all__ = ["refuse_hindered"]

#: xlengines.obstacles' kinds → what is said of their places, and what to do.
_WORDS = {
    "protected": ("工作表{}受保护，", "请先撤销工作表保护"),
    "filtered": ("{}里有被筛选隐藏的行，", "请先清除筛选，让所有行都显示出来"),
    "merged": ("{}是合并单元格，", "请先取消合并"),
    "table": ("{}是表格（“插入—表格”）的标题行或汇总行，", "请先去掉表格的汇总行，或把表格转换为区域"),
}
_MOST_PLACES = 6


def refuse_hindered(book: xw.Book, writes: Sequence[Write]) -> None:
    """CannotWrite where anything stands in the way of one of ``writes``; all of it is named at once."""
    from xlengines.obstacles import is_read_only, obstacles

    if is_read_only(book):
        raise CannotWrite(
            f"“{book.name}”是以只读方式打开的，写进去的内容存不回原文件。没有写入任何内容。",
            "请关闭它，以可以编辑的方式重新打开后再试。",
        )
    named: dict[str, dict[str, None]] = {}
    for sheet in dict.fromkeys(write.sheet for write in writes):
        own = [write for write in writes if write.sheet == sheet]
        areas = [(w.area.top, w.area.left, w.area.bottom, w.area.right) for w in own]
        for obstacle in obstacles(book.sheets[sheet], areas):
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
