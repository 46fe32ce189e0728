"""检查: what stands in the way of the buttons, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..addin.names import ADDIN_FILE, INTERPRETER_KEY
from . import environment
from .environment import Interpreter
from .profile import Profile
from .receipt import Receipt
from .windows import Registry, excel_is_running, has_mark_of_the_web

__all__ = ["Check", "examine"]

#: What cmd.exe or Excel's macro may take for something else in a path.
_ODD = "%;&=!^"
_OFFICE = "Software\\Microsoft\\Office\\16.0\\Excel"
_POLICY = "Software\\Policies\\Microsoft\\Office\\16.0\\Excel\\Security"
_ASR = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules"
#: Defender's rules "block all Office applications from creating child processes".
_NO_CHILDREN = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"


@dataclass(frozen=True, slots=True)
class Check:
    """``good`` None is a hint."""

    good: bool | None
    words: str
    advice: str = ""

    def __str__(self) -> str:
        sign = {True: "[正常]", False: "[不行]", None: "[提示]"}[self.good]
        return f"{sign} {self.words}{self.advice}"


def examine(profile: Profile, registry: Registry, kit: Path | None = None) -> list[Check]:
    """Every check that this computer allows; ``kit`` is the unpacked kit where 检查.cmd runs from one."""
    return [
        *_python(profile),
        *_placed(profile),
        *_paths(profile, kit),
        *_excel(registry),
    ]


def _python(profile: Profile) -> Iterator[Check]:
    this = Interpreter.this()
    complaint = this.complaint()
    yield Check(not complaint, complaint or f"{this.label}可以用。")
    receipt = Receipt.read(profile.receipt)
    if receipt is None:
        yield Check(False, "还没有安装。", "请运行“安装.cmd”。")
        return
    if not receipt.complete:
        yield Check(False, "上次安装没有做完。", "请再运行一次“安装.cmd”。")
        return
    found = environment.works(profile)
    if found:
        yield Check(True, f"程序能启动，版本 {found}。")
        if found != __version__:
            yield Check(
                None, f"安装包是 {__version__}，装着的是 {found}。", "要换成安装包里的，请运行“安装.cmd”。"
            )
    else:
        yield Check(
            False,
            f"程序启动不了：{profile.python}。",
            "可能被杀毒软件删除，或原来的 Python 已卸载；请放行后再运行“安装.cmd”。",
        )


def _placed(profile: Profile) -> Iterator[Check]:
    receipt = Receipt.read(profile.receipt)
    if receipt is None or not receipt.complete:
        return
    if not profile.addin.is_file():
        yield Check(
            False, f"加载项不见了：{profile.addin}。", "请运行“安装.cmd”；若又不见，请查杀毒软件的隔离区。"
        )
    elif not receipt.is_ours(profile.addin):
        yield Check(False, f"加载项不是安装时的那一个：{profile.addin}。", "请运行“安装.cmd”换回来。")
    else:
        yield Check(True, "加载项在，没有被改动。")
    if has_mark_of_the_web(profile.addin):
        yield Check(
            False,
            "加载项带着“来自互联网”的标记，Excel 会不声不响地停用它的宏。",
            f"请右键点“{ADDIN_FILE}”，属性，勾选“解除锁定”。",
        )
    if not profile.conf.is_file():
        yield Check(False, f"设置文件不见了：{profile.conf}。", "请运行“安装.cmd”。")
    elif profile.interpreter_setting.lower() not in profile.conf.read_text(errors="replace").lower():
        yield Check(
            False,
            f"设置文件里的 {INTERPRETER_KEY} 不是本程序的：{profile.conf}。",
            "请删除它，再运行“安装.cmd”。",
        )
    else:
        yield Check(True, "设置文件在，指向装好的程序。")


def _paths(profile: Profile, kit: Path | None) -> Iterator[Check]:
    for what, path in (("用户文件夹", profile.user), ("程序文件夹", profile.home)):
        odd = sorted(set(str(path)) & set(_ODD))
        if odd:
            yield Check(
                False,
                f"{what}“{path}”的路径里有“{''.join(odd)}”，Excel 的按钮可能启动不了程序。",
                "请换一个用户名不含这些符号的 Windows 账户，或改用 安装包里的“打开窗口.cmd”。",
            )
    if kit is not None and set(str(kit)) & set(_ODD):
        yield Check(
            None,
            f"安装包所在的路径“{kit}”里有特殊符号。",
            "安装出问题时，请换到没有 % ; & = ! ^ 的文件夹再试。",
        )


def _excel(registry: Registry) -> Iterator[Check]:
    if excel_is_running():
        yield Check(None, "Excel 正在运行。", "安装或卸载之前请先关闭。")
    name = ADDIN_FILE.encode("utf-16-le")
    disabled = registry.values(f"HKCU\\{_OFFICE}\\Resiliency\\DisabledItems").values()
    if any(isinstance(value, bytes) and name in value for value in disabled):
        yield Check(
            False,
            "加载项被 Excel 停用了（以前启动时出过错）。",
            "请在 Excel 里点：文件，选项，加载项，下方“管理”选“禁用项目”，转到，选中它，启用，再重开 Excel。",
        )
    if 4 in (
        registry.values(f"HKCU\\{_POLICY}").get("VBAWarnings"),
        registry.values(f"HKLM\\{_POLICY}").get("VBAWarnings"),
    ):
        yield Check(False, "单位的策略禁止了所有宏。", "请联系信息中心，或改用 安装包里的“打开窗口.cmd”。")
    trusted = f"{_OFFICE}\\Security\\Trusted Locations"
    policy = f"{_POLICY}\\Trusted Locations"
    if 1 in (registry.values(f"HKCU\\{key}").get("AllLocationsDisabled") for key in (trusted, policy)):
        yield Check(
            False,
            "Excel 的“受信任位置”被全部停用，加载项的宏可能不运行。",
            "请联系信息中心放行 XLSTART 文件夹，或改用 安装包里的“打开窗口.cmd”。",
        )
    rule = {key.strip("{}").upper(): value for key, value in registry.values(_ASR).items()}.get(_NO_CHILDREN)
    if str(rule) in ("1", "6"):
        yield Check(
            False,
            "安全规则不许 Office 启动别的程序，按钮点了没有反应。",
            "请改用 安装包里的“打开窗口.cmd”，或请信息中心为本程序放行。",
        )
    number = registry.values("HKCR\\Excel.Application\\CLSID").get("")
    server = str(registry.values(f"HKCR\\CLSID\\{number}\\LocalServer32").get("", "")) if number else ""
    if any(word in server.lower() for word in ("wps", "kingsoft", "et.exe")):
        yield Check(
            False,
            "WPS 占用了 Excel 的程序接口，按钮会找到 WPS 而不是 Excel。",
            "请在 WPS 的“配置工具，高级，兼容设置”里取消与 Microsoft Office 的关联，再修复 Office。",
        )
