"""What a clerk is told of a package that the guard refused to open."""

from __future__ import annotations

from ...errors import HostileFile, UnreadableFile
from ..spreadsheets.refusal import Refusal, Refused

__all__ = ["refusal"]


def refusal(refused: Refused, file: str, extension: str) -> UnreadableFile:
    """The error for a package of a 任务书; ``extension`` is the form to save it in anew."""
    advice = f"请用 Word、Excel 或 WPS 打开它，另存为新的 {extension} 后再导入；打不开的请重新取得文件。"
    if refused.refusal is Refusal.HOSTILE:
        return HostileFile(
            f"“{file}”的内容不安全（{refused.reason}），没有打开。",
            "请不要打开它，向发来的人问清楚，重新取得任务书。",
        )
    if refused.refusal is Refusal.ENCRYPTED:
        return UnreadableFile(f"“{file}”设有打开密码，不能读取。", "请输入密码打开，去掉密码另存后再导入。")
    if refused.refusal is Refusal.TOO_LARGE:
        return UnreadableFile(f"“{file}”{refused.reason}，超过{refused.limit}的上限，没有读取。", advice)
    return UnreadableFile(f"“{file}”已经损坏或不完整（{refused.reason}），不能读取。", advice)
