"""The buttons that judge the master, and their counts in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dialogs import bullets

if TYPE_CHECKING:
    import xlwings as xw

    from ..dialogs import Dialogs
    from ..jobs import Progress

__all__ = ["check", "clear_colour", "colour", "summarise"]


def check(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str:
    """校验: list what is wrong; how much of it there is."""
    from ..domain.finding import Severity
    from ..jobs.checking import check as job

    done = job(book, progress=progress)
    errors = [finding.message for finding in done.findings if finding.severity is Severity.ERROR]
    words = f"校验完成：错误{len(errors)}个，提醒{done.count(Severity.WARNING)}个，提示{done.count(Severity.INFO)}个。"
    return f"{words}\n{bullets(errors)}\n\n详见“校验结果”，点“位置”可以跳到单元格。" if errors else words


def colour(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str:
    """逾期着色: judge and mark every project sheet; how many projects have which status."""
    from ..domain.status import Status
    from ..jobs.judging import colour as job

    judgement = job(book, progress=progress)
    counts = {status: sum(project.status is status for project in judgement.projects) for status in Status}
    return f"着色完成，截至{judgement.as_of}：" + "，".join(
        f"{status}{counts[status]}个"
        for status in (
            Status.OVERDUE,
            Status.MISSING,
            Status.NEAR,
            Status.UNCONFIRMED,
            Status.DONE,
            Status.NORMAL,
        )
    )


def clear_colour(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str:
    """清除着色: take the marks away."""
    from ..jobs.judging import clear_colour as job

    job(book, progress)
    return "已清除着色。"


def summarise(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str:
    """刷新汇总表: 首页, 汇总表 with its views, 镇乡进度."""
    from ..jobs.judging import summarise as job

    return f"首页、汇总表、镇乡进度已刷新，截至{job(book, progress=progress).as_of}。"
