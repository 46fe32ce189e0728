"""Putting the kit into the profile, over nothing, the same, an older or a newer version, or half of one; and taking it away
again, all of it and nothing else, finished or not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from .. import __version__
from ..addin.names import ADDIN_FILE, INTERPRETER_KEY, conf_text
from ..errors import CannotSave, UnreadableFile, UsageError, reason_of
from ..log import log_file
from . import environment
from .environment import Interpreter
from .profile import Profile
from .receipt import Receipt, half_written
from .windows import excel_is_running

__all__ = ["install", "uninstall"]

Say = Callable[[str], None]


def install(profile: Profile, kit: Path, say: Say) -> None:
    """Install and say each step. On failure what stood there before is back and one MinshengError says why."""
    _check(kit)
    before = Receipt.read(profile.receipt)
    say(_greeting(before))
    receipt = Receipt(
        __version__,
        folders=list(before.folders) if before else [],
        written={path: list(digests) for path, digests in before.written.items()} if before else {},
    )
    kept = {path: path.read_bytes() if path.is_file() else None for path in (profile.addin, profile.conf)}
    try:
        _put(profile, kit, receipt, say)
    except OSError as failure:
        _put_back(profile, before, receipt, kept)
        raise CannotSave(
            f"“{failure.filename or profile.home}”写不进去（{reason_of(failure)}）。",
            "请关闭 Excel，检查磁盘空间和权限后再试。",
        ) from failure
    except BaseException:
        _put_back(profile, before, receipt, kept)
        raise
    with suppress(CannotSave):  # the next installation or 卸载 takes it away
        environment.remove(profile.kept_environment)


def uninstall(profile: Profile, say: Say) -> None:
    """Remove what the receipt lists. A file that somebody changed, or put among ours, is kept and named."""
    receipt = Receipt.read(profile.receipt)
    if receipt is None:
        say("没有装过，不用卸载。")
        return
    _expect_no_excel()
    if sys.platform == "win32" and Path(sys.prefix) == profile.environment:
        raise UsageError("程序不能删除正在运行的自己。", "请关闭本窗口，双击安装包里的“卸载.cmd”。")
    _take_away(profile, receipt, say)
    say("已卸载。总表、填报表等文件不在卸载范围内，都没有动。")


def _expect_no_excel() -> None:
    if excel_is_running():
        raise UsageError("Excel 正在运行。", "请保存并关闭所有 Excel 窗口，再运行一次。")


def _put(profile: Profile, kit: Path, receipt: Receipt, say: Say) -> None:
    contents = {profile.addin: (kit / ADDIN_FILE).read_bytes()}
    if _settings_are_ours(profile, receipt):
        contents[profile.conf] = _settings(profile)
    for folder in (profile.home, profile.addin.parent, profile.conf.parent):
        receipt.will_make(folder)
    for path, content in contents.items():
        receipt.will_write(path, content)
    profile.home.mkdir(parents=True, exist_ok=True)
    receipt.write(profile.receipt)
    environment.set_aside(profile)
    say("正在安装程序和所需的库（一两分钟）……")
    environment.build(profile, kit)
    if environment.works(profile) != __version__:
        raise CannotSave(
            "装好的程序启动不了。", "可能被杀毒软件拦截，请放行“%LOCALAPPDATA%\\minsheng”后再试。"
        )
    for path, content in contents.items():
        _place(path, content)
    say(f"加载项已放到：{profile.addin}")
    say(f"设置已写到：{profile.conf}" if profile.conf in contents else _kept_settings(profile))
    receipt.complete = True
    receipt.write(profile.receipt)


def _check(kit: Path) -> None:
    complaint = Interpreter.this().complaint()
    if complaint:
        raise UsageError(complaint)
    for needed in ("wheels", "requirements-kit.txt", ADDIN_FILE):
        if not (kit / needed).exists():
            raise UnreadableFile(
                f"安装包不完整，缺少“{kit / needed}”。",
                "请先把整个压缩包解压到一个文件夹（不要在压缩包里直接双击），再运行“安装.cmd”。",
            )
    _expect_no_excel()


def _greeting(before: Receipt | None) -> str:
    if before is None:
        return f"安装民生实事台账 {__version__}。"
    if not before.complete:
        return f"上次没有装完，重新安装民生实事台账 {__version__}。"
    if before.version == __version__:
        return f"民生实事台账 {__version__} 已经装过，重新安装。"
    newer = _numbers(before.version) > _numbers(__version__)
    return f"民生实事台账从 {before.version} {'退回到' if newer else '升级到'} {__version__}。"


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _place(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = half_written(path)
    temporary.write_bytes(content)
    temporary.replace(path)


def _settings(profile: Profile) -> bytes:
    return conf_text(profile.interpreter_setting).encode("ascii")


def _settings_are_ours(profile: Profile, receipt: Receipt) -> bool:
    """Whether the settings file may be written: not where somebody has changed it."""
    conf = profile.conf
    return not conf.exists() or receipt.is_ours(conf) or conf.read_bytes() == _settings(profile)


def _kept_settings(profile: Profile) -> str:
    points_here = profile.interpreter_setting.encode("ascii").lower() in profile.conf.read_bytes().lower()
    hint = "" if points_here else f"其中的 {INTERPRETER_KEY} 不是本程序的，按钮用的是它指定的 Python。"
    return f"设置文件被人改过，保留不动：{profile.conf}。{hint}要恢复成默认的，请删除它再安装一次。"


def _put_back(
    profile: Profile, before: Receipt | None, receipt: Receipt, kept: Mapping[Path, bytes | None]
) -> None:
    """What stood there before; after a first installation, nothing. What cannot be put back waits for 卸载 or the next
    try, which the unfinished receipt tells of."""
    with suppress(OSError, CannotSave):
        if before is None:
            _take_away(profile, receipt, lambda _: None)
            return
        environment.bring_back(profile)
        for path, content in kept.items():
            half_written(path).unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content)
            elif receipt.is_ours(path):
                path.unlink()
        before.write(profile.receipt)


def _take_away(profile: Profile, receipt: Receipt, say: Say) -> None:
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
