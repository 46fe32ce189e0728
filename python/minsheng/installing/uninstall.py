"""Taking it away again, all of it and nothing else, finished installation or not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from ..errors import CannotSave, UsageError, reason_of
from ..log import log_file
from . import environment
from .profile import Profile
from .receipt import Receipt, half_written
from .windows import excel_is_running

__all__ = ["take_away", "uninstall"]

Say = Callable[[str], None]


def uninstall(profile: Profile, say: Say) -> None:
    """Remove what the receipt lists. A file that somebody changed, or put among ours, is kept and named."""
    receipt = Receipt.read(profile.receipt)
    if receipt is None:
        say("没有装过，不用卸载。")
        return
    if excel_is_running():
        raise UsageError("Excel 正在运行。", "请保存并关闭所有 Excel 窗口，再运行一次。")
    if sys.platform == "win32" and Path(sys.prefix) == profile.environment:
        raise UsageError("程序不能删除正在运行的自己。", "请关闭本窗口，双击安装包里的“卸载.cmd”。")
    take_away(profile, receipt, say)
    say("已卸载。总表、填报表等文件不在卸载范围内，都没有动。")


def take_away(profile: Profile, receipt: Receipt, say: Say) -> None:
    """Everything that ``receipt`` stands for, the receipt itself last but for the empty folders. CannotSave."""
    for file in (profile.addin, profile.conf):
        _remove_file(file, receipt, say)
    for folder in (profile.environment, profile.kept_environment):
        environment.remove(folder)
    noted = log_file()
    for log in (noted, noted.with_suffix(".old.log")) if noted is not None else ():
        if log.parent == profile.home:
            log.unlink(missing_ok=True)
    for receipt_file in (profile.receipt, profile.receipt.with_name(f"{profile.receipt.name}.new")):
        receipt_file.unlink(missing_ok=True)
    for folder in (profile.addin.parent, profile.conf.parent, profile.home):
        _remove_made(folder, receipt, say)


def _remove_file(path: Path, receipt: Receipt, say: Say) -> None:
    temporary = half_written(path)
    try:
        temporary.unlink(missing_ok=True)
        if receipt.is_ours(path):
            path.unlink()
        elif path.exists():
            say(f"“{path}”在安装以后被人改过或不是安装时放的，保留不动；不需要时请自行删除。")
    except OSError as failure:
        raise CannotSave(f"“{path}”删不掉（{reason_of(failure)}）。", "请关闭 Excel 后再试。") from failure


def _remove_made(folder: Path, receipt: Receipt, say: Say) -> None:
    """The folder and the ancestors that were made for it, as far as they are empty now."""
    for each in (folder, *folder.parents):
        if str(each) not in receipt.folders:
            return
        if not each.exists():
            continue
        if any(each.iterdir()):
            say(f"“{each}”里还有别的文件，保留不动。")
            return
        each.rmdir()
