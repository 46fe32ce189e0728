"""修订总表 as the clerk goes through it: on whose decision, every difference old → new, then what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dialogs import MOST_LINES, bullets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import xlwings as xw

    from ..dialogs import Dialogs
    from ..jobs import Progress
    from ..jobs.amending import Amend

__all__ = ["amend"]


def amend(book: xw.Book, source: Path, dialogs: Dialogs, progress: Progress) -> str | None:
    """Bring the open master up to the changed document ``source``, when the clerk agrees to every page of what changes."""
    from ..jobs.amending import amend as job

    approval = dialogs.ask_text(
        "批准这次调整的依据（会议、文号），会记到“调整批准”里；没有调整目标、时间、也没有取消项目的，可以空着。",
        "",
    )
    if approval is None:
        return None
    done = job(
        book,
        source,
        approval.strip(),
        agreed=lambda plan: all(dialogs.ask(page) for page in _pages(plan)),
        progress=progress,
    )
    plan = done.amendment
    if not plan.differences:
        return f"“{source.name}”和总表没有不同，总表没有改动。"
    if not done.applied:
        return None
    words = (
        f"已修订：新增{len(plan.added)}项，取消{len(plan.cancelled)}项，修改{len(plan.changed) - len(plan.cancelled)}项，"
        f"共{len(plan.differences)}处，记入“汇总记录”，可以用“撤销汇总”恢复。\n\n总表还没有保存，核对无误后请保存。"
    )
    to_see = [finding.message for finding in done.findings if finding.severity != "info"]
    return f"{words}\n\n请再看一下：\n{bullets(to_see)}" if to_see else words


def _pages(done: Amend) -> Iterator[str]:
    """Every difference, then what follows from them."""
    plan = done.amendment
    lines = [str(difference) for difference in plan.differences]
    for start in range(0, len(lines), MOST_LINES):
        count = f"{start + 1}—{min(start + MOST_LINES, len(lines))}/{len(lines)}"
        yield f"按这份任务书，总表要改这些（{count}）：\n{bullets(lines[start : start + MOST_LINES])}\n\n同意改吗？不同意则这次不修订。"
    words = []
    if plan.cancelled:
        words.append(f"任务书里没有了的项目，标为“已取消”，不删除：{_numbers(plan.cancelled)}。")
    if done.rebuilt:
        words.append(
            f"行数有增减、要重新排版的工作表：{_numbers(done.rebuilt)}；已报的数、完成情况、备注、"
            "单位行和节点行上您涂的颜色都带过去；批注、图片、改过的列宽不带。"
        )
    if plan.renumbered:
        moved = [
            f"第{number}项（任务书第{printed}项）" for number, printed in sorted(plan.renumbered.items())
        ]
        words.append(
            "任务书里序号变了的项目，总表仍用原来的序号，已发出的填报表照样能收：\n" + bullets(moved)
        )
    if words:
        yield "\n".join(words) + "\n\n确定修订吗？"


def _numbers(numbers: tuple[int, ...]) -> str:
    return "、".join(f"第{number}项" for number in numbers)
