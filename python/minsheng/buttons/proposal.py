"""The words in which a 汇总 is put to the clerk: what it will do, or that there is nothing to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..dialogs import FEW_LINES, MOST_LINES, bullets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..domain.merging import MergePlan

__all__ = ["nothing_new", "proposal"]


def proposal(plan: MergePlan, inbox: Path) -> Iterator[str]:
    """What a 汇总 is about to do, for the clerk to agree to: page by page what somebody typed by hand and would be
    changed, every one of it, then the whole."""
    (_, by_hand), (_, overwriting), _ = plan.listed()
    for start in range(0, len(by_hand), MOST_LINES):
        page = bullets([str(change) for change in by_hand[start : start + MOST_LINES]])
        count = f"{start + 1}—{min(start + MOST_LINES, len(by_hand))}/{len(by_hand)}"
        yield f"下列内容是在总表里手工填的，这次汇总会改掉（{count}）：\n{page}\n\n同意改吗？不同意则这次不汇总。"
    parts = [
        *_received(plan, inbox),
        f"改动{len(plan.numbers)}个数、{len(plan.words) + len(plan.ticks)}处文字和节点。",
    ]
    if overwriting:
        lines = bullets([str(change) for change in overwriting], FEW_LINES)
        parts.append(f"以前汇总过、这次会改的{len(overwriting)}处：\n{lines}")
    yield "\n".join(parts) + "\n\n确定汇总吗？"


def nothing_new(plan: MergePlan, inbox: Path) -> str:
    """What lies in the inbox where none of it is news to the master."""
    return "\n".join([*_received(plan, inbox), "没有新的变化，总表没有改动。"])


def _received(plan: MergePlan, inbox: Path) -> list[str]:
    """Which files came, by what becomes of them."""
    from ..domain.catalogue.submission import OTHER_MONTH

    parts = [f"{plan.period.label}汇总，收件夹：{inbox}", f"收到{len(plan.merged)}份。"]
    if plan.missing:
        parts.append(f"没有交的{len(plan.missing)}家：{'、'.join(plan.missing)}。")
    for title, files in (("不能汇总的", plan.rejected), ("被取代的", plan.superseded)):
        if files:
            parts.append(f"{title}{len(files)}份：\n" + bullets([file.reason for file in files], FEW_LINES))
    if plan.skipped:
        by_month = Counter(str(file.period) for file in plan.skipped)
        months = "、".join(f"{month}的{count}份" for month, count in sorted(by_month.items()))
        parts.append(f"别的月份的{len(plan.skipped)}份，这次跳过：{months}。")
    if waiting := sum(
        finding.code == OTHER_MONTH.code and finding.severity == "warning" for finding in plan.findings
    ):
        parts.append(f"其中{waiting}份在它们自己的月份里还没有汇总过，请把那几个月也汇总一次。")
    return parts
