"""导入任务书 in a new year: whether last year's units and settings go over, and which unit is which."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..errors import MasterDamaged
from ..hosts import opened

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..dialogs import Dialogs
    from ..domain.project import ReportingUnit
    from ..jobs.next_year import LastYear

__all__ = ["ask_last_year", "ask_same", "older_than"]


def older_than(book: xw.Book, year: int) -> bool | None:
    """Whether the open ``book`` is a master of a year before ``year``; None where it is no master. One whose 设置 is damaged
    is none of before: the next job says so."""
    from ..jobs.reading import is_master
    from ..jobs.settings import settings_of

    if not is_master(book):
        return None
    with suppress(MasterDamaged):
        return settings_of(book)[1] < year
    return False


def ask_last_year(book: xw.Book | None, folder: Path, year: int, dialogs: Dialogs) -> LastYear | None:
    """The open older master ``book``, else the only one that lies in ``folder``, if the clerk wants it to go over."""
    from ..jobs.next_year import last_year, older_masters

    if book is not None:
        return last_year(book) if _wanted(book.name, dialogs) else None
    older = older_masters(folder, year)
    if len(older) != 1 or not _wanted(older[0].name, dialogs):
        return None
    with opened("file", older[0]) as found:
        return last_year(found)


def _wanted(name: str, dialogs: Dialogs) -> bool:
    return dialogs.ask(
        f"是否沿用“{name}”的单位和设置？\n\n沿用的是：单位名单、别名、联合单位、项目包含关系，收件夹、报送日、红灯差距这些设置，"
        "校验规则的级别。去年报的数一个也不带过来。"
    )


def ask_same(dialogs: Dialogs, printed: str, unit: ReportingUnit) -> bool:
    """Whether the name that the document prints is this unit of last year."""
    aliases = f"（别名：{'、'.join(unit.aliases)}）" if unit.aliases else ""
    return dialogs.ask(
        f"任务书里的“{printed}”和去年总表里的“{unit.name}”{aliases}写法不同，是同一个单位吗？\n\n"
        f"选“是”就叫“{unit.name}”，把“{printed}”记作别名；选“否”就当作两个单位。"
    )
