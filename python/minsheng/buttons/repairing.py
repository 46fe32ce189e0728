"""修复 as the clerk goes through it: everything that is missing or damaged, then what was done and what cannot be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dialogs import MOST_LINES, bullets

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from ..dialogs import Dialogs
    from ..jobs import Progress
    from ..jobs.repairing import Repair

__all__ = ["repair"]


def repair(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """修复: list it page by page, and do it when the clerk agrees to all of it."""
    from ..jobs.repairing import repair as job

    done = job(book, agreed=lambda plan: all(dialogs.ask(page) for page in _pages(plan)), progress=progress)
    unknown = f"\n\n请注意：\n{bullets(done.unknown)}" if done.unknown else ""
    if not done.steps:
        return f"总表是完整的，没有要修复的。{unknown}"
    if not done.applied:
        return None
    return f"已修复{len(done.steps)}处。{unknown}\n\n总表还没有保存，核对无误后请保存；要退回的，不保存，关闭后重新打开。"


def _pages(plan: Repair) -> Iterator[str]:
    lines = plan.steps
    for start in range(0, len(lines), MOST_LINES):
        count = f"{start + 1}—{min(start + MOST_LINES, len(lines))}/{len(lines)}"
        yield f"要修复这些（{count}）：\n{bullets(lines[start : start + MOST_LINES])}\n\n填过的数不动。确定修复吗？"
    if plan.unknown:
        yield f"这些找不回来，或要您自己处理：\n{bullets(plan.unknown)}\n\n仍然修复吗？"
