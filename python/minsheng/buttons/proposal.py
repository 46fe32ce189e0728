"""The words in which a 汇总 is put to the clerk before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bullets import FEW_LINES, MOST_LINES, bullets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..domain.merging import MergePlan

__all__ = ["proposal"]


def proposal(plan: MergePlan, inbox: Path) -> Iterator[str]:
    """What a 汇总 is about to do, for the clerk to agree to: page by page what somebody typed by hand and would be
    changed, every one of it, then the whole."""
    from ..domain.merging import change_lines

    lines = change_lines(plan)
    for start in range(0, len(lines.by_hand), MOST_LINES):
        page = bullets(lines.by_hand[start : start + MOST_LINES])
        count = f"{start + 1}—{min(start + MOST_LINES, len(lines.by_hand))}/{len(lines.by_hand)}"
        yield f"下列内容是在总表里手工填的，这次汇总会改掉（{count}）：\n{page}\n\n同意改吗？不同意则这次不汇总。"
    parts = [
        f"{plan.period.label}汇总，收件夹：{inbox}",
        f"收到{len(plan.merged)}份，改动{len(plan.changes)}个数、{len(plan.word_changes) + len(plan.node_changes)}处文字和节点。",
    ]
    if plan.missing:
        parts.append(f"没有交的{len(plan.missing)}家：{'、'.join(plan.missing)}。")
    for title, files in (
        ("不能汇总的", plan.rejected),
        ("被取代的", plan.superseded),
        ("跳过的", plan.skipped),
    ):
        if files:
            parts.append(f"{title}{len(files)}份：\n" + bullets([file.reason for file in files], FEW_LINES))
    if lines.overwriting:
        parts.append(
            f"以前汇总过、这次会改的{len(lines.overwriting)}处：\n" + bullets(lines.overwriting, FEW_LINES)
        )
    yield "\n".join(parts) + "\n\n确定汇总吗？"
