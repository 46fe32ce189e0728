"""What was played and seen, as text to be kept."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import minsheng
from wine import parts
from wine.machine import USER, Machine
from wine.plays import DOCUMENTS, KIT, Play

__all__ = ["report"]

#: What nobody sees here, whatever is played.
_NOT_SEEN = (
    "真的 Windows、真的 Excel：Windows 是 Wine，Excel 是测试里的仿造品（tests/excelsim）。",
    "宏启动程序用的 WScript.Shell：Wine 的不会返回，同一行命令改由 CreateProcess 启动；宏本身由另一个 VBA 解释器运行到这一行为止（tests/addin）。",
    "Excel 是否正在运行：Wine 的 tasklist 什么也不列。",
    "杀毒软件、Defender 规则、组策略、来自互联网的标记、XLSTART 的自动打开。",
    "python.org 的安装程序和它的 python.exe：解释器的 python311.dll 和编译过的模块来自 PyPI 的 panda3d，python.exe 是测试里的二十来行 C。",
    "numpy 的复数函数：Wine 8 的 ucrtbase.dll 缺 crealf 等六个，由测试补上，其余照转 Wine 自己的。",
    "简体中文 Windows 的字体、缩放和窗口外观；对话框里的字由截图看，不由程序核对。",
)


def report(on: Machine, plays: list[Play]) -> str:
    """The text of docs/wine-report.txt."""
    bad = [play for play in plays if play.wrong]
    lines = [
        "民生实事台账：在 Wine 里演练安装包和三个按钮的记录",
        "由 make wine 写成，请勿手改。",
        "",
        f"日期：{datetime.now().astimezone():%Y-%m-%d}",
        f"程序：minsheng {minsheng.__version__}",
        f"Wine：{_first_line('wine-stable', '--version')}；{_windows_python(on)}；代码页 {_code_page(on)}",
        f"库：{_libraries(on)}",
        f"另用：{parts.versions(on.folder / 'parts')}",
        f"用户：“{USER}”；安装包在 {on.inside(on.user / KIT)}；总表在 {on.inside(on.user / DOCUMENTS)}",
        f"结果：{len(plays)} 项，{len(bad)} 项不对" if bad else f"结果：{len(plays)} 项都对",
    ]
    for play in plays:
        lines += ["", f"[{'不对' if play.wrong else '对'}] {play.name}（{play.seconds:.0f} 秒）"]
        lines += [f"    {one}" for words in play.seen for one in words.splitlines()]
        lines += [f"    不对：{one}" for one in play.wrong]
    lines += ["", "没有演到的", *(f"    {words}" for words in _NOT_SEEN)]
    return "\n".join(lines) + "\n"


def _first_line(*command: str) -> str:
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return next((line for line in found if line.startswith("wine-")), "?")


def _windows_python(on: Machine) -> str:
    asked = "import platform; print(platform.python_implementation(), platform.python_version(), platform.python_compiler())"
    return on.run(on.inside(on.python), "-c", asked, seconds=120).said.splitlines()[-1]


def _code_page(on: Machine) -> str:
    asked = "import ctypes; print(ctypes.windll.kernel32.GetACP())"
    return on.run(on.inside(on.python), "-c", asked, seconds=120).said.splitlines()[-1]


def _libraries(on: Machine) -> str:
    """As the kit's list has them: they are off the computer again by now."""
    asked = (Path(minsheng.__file__).parents[2] / "kit" / "requirements-kit.txt").read_text("utf-8")
    found = [line.split()[0].replace("==", " ") for line in asked.splitlines() if "==" in line]
    wanted = ("xlwings", "pywin32", "openpyxl", "lxml", "numpy", "pandas")
    return ", ".join(one for one in found if one.split()[0] in wanted)
