"""What a clerk does on the Windows computer, and what must come of it."""

from __future__ import annotations

import getpass
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlengines
from excelsim.application import Application
from excelsim.standing import standing
from jobs.clerk import Clerk, half_done, press
from minsheng import hosts
from minsheng.addin.names import CLICK
from minsheng.dialogs.looks import TITLE
from minsheng.domain.period import Period
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.importing import import_document, sample_document
from minsheng.jobs.settings import remember
from wine.machine import USER, Machine, Ran, told, wait_until

__all__ = ["Play", "played"]

JUNE = Period(2024, 6)
KIT, DOCUMENTS = "Downloads/民生实事 (1)", "Documents/实事 (2024) & 附件"
#: The buttons in the order in which they are pressed; the first once more, in the panel.
BUTTONS = ("check", "merge", "colour")
TESTS = Path(__file__).parents[1]


@dataclass
class Play:
    """One thing that was done: whether all came of it that must, what was seen, how long it took."""

    name: str
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def must(self, holds: object, words: str) -> None:
        """Note what holds, or what does not."""
        (self.seen if holds else self.wrong).append(words)


def played(on: Machine, kit: Path) -> Iterator[Play]:
    """Every play, one after the other; ``kit`` is the .zip. What follows on a play that went wrong is tried all the same."""
    folder = on.user / KIT
    shutil.unpack_archive(kit, folder.parent / "kit")
    (inner,) = (folder.parent / "kit").iterdir()
    inner.rename(folder)
    yield _checked(on, "检查.cmd（安装以前）", "还没有安装")
    yield _installed(on)
    yield _checked(
        on, "检查.cmd（安装以后）", "程序能启动，版本", "加载项在，没有被改动", "设置文件在，指向装好的程序"
    )
    master, expected = _county(on)
    with _excel(on, master) as excel:
        yield _panel(on, excel)
        for does in BUTTONS:
            yield _clicked(on, excel, does)
        yield _compared(excel, expected)
    yield _uninstalled(on)


def _script(on: Machine, name: str, seconds: float = 900) -> Ran:
    return on.run("cmd", "/c", "call", on.inside(on.user / KIT / name), seconds=seconds)


def _lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.strip() and "按任意键" not in line]


def _checked(on: Machine, name: str, *words: str) -> Play:
    ran = _script(on, "检查.cmd", 120)
    play = Play(name, _lines(ran.said), seconds=ran.seconds)
    for word in words:
        if word not in ran.said:
            play.wrong.append(f"没有说“{word}”")
    # The user's name has a sign in it that Excel may trip over: that it is said is right.
    bad = [line for line in play.seen if line.startswith("[不行]") and "路径里有“&”" not in line]
    play.wrong += [line for line in bad if not any(word in line for word in words)]
    return play


def _installed(on: Machine) -> Play:
    ran = _script(on, "安装.cmd", 1800)
    play = Play("安装.cmd", _lines(ran.said), seconds=ran.seconds)
    addin = on.user / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "民生实事.xlam"
    conf = on.user / ".minsheng_ledger" / "minsheng_ledger.conf"
    play.must("安装完成" in ran.said, "说了“安装完成”")
    play.must(addin.is_file(), "加载项在 XLSTART")
    play.must(conf.is_file() and conf.read_bytes().isascii(), "设置文件是纯 ASCII")
    return play


def _county(on: Machine) -> tuple[Path, dict[str, Any]]:
    """The 2024 master with June's forms beside it, on that computer; what the buttons make of it on a plain file."""
    folder = on.user / DOCUMENTS
    folder.mkdir(parents=True)
    master = folder / "总表.xlsx"
    import_document(sample_document(), master)
    with hosts.opened("file", master, change=True) as book:
        remember(book, period=JUNE)
        dispatch(book, JUNE, folder / "收件夹")
    for form in sorted((folder / "收件夹").iterdir()):
        half_done(form)
    twin = on.folder / "文件"
    shutil.rmtree(twin, ignore_errors=True)
    shutil.copytree(folder, twin)
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(twin / "总表.xlsx"))
        for does in (BUTTONS[0], *BUTTONS):
            press(book, does, Clerk(period=str(JUNE)))
        hosts.save(book)
    finally:
        app.quit()
    cells = standing(Application().Workbooks.Open(str(twin / "总表.xlsx")))
    return master, _as_told(cells)


def _as_told(cells: dict[tuple[str, int, int], Any]) -> dict[str, Any]:
    """Cells as the server tells them, with one name for whoever worked."""
    return {f"{sheet} R{row}C{column}": _nameless(value) for (sheet, row, column), value in cells.items()}


def _nameless(value: object) -> object:
    plain = json.loads(json.dumps(value, ensure_ascii=False, default=str))
    return plain.replace(USER, "…").replace(getpass.getuser(), "…") if isinstance(plain, str) else plain


@dataclass
class Excel:
    """The stand-in as it runs there."""

    folder: Path
    process: subprocess.Popen[bytes]
    hwnd: int

    def calls(self) -> tuple[int, object]:
        """How many calls have come, and what its status bar says."""
        said = told(self.folder / "calls.json") or {}
        return said.get("calls", 0), said.get("status")


@contextmanager
def _excel(on: Machine, master: Path) -> Iterator[Excel]:
    folder = on.folder / "excel"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = [_python(on), "-X", "utf8", "-m", "wine.server", on.inside(master), on.inside(folder)]
    process = on.start(*command, PYTHONPATH=on.inside(TESTS))
    try:
        ready = wait_until(lambda: told(folder / "ready.json") or process.poll(), "the stand-in", 300)
        if not isinstance(ready, dict):
            raise RuntimeError(process.stdout.read().decode("utf-8", "replace"))  # type: ignore[union-attr]
        yield Excel(folder, process, ready["hwnd"])
    finally:
        (folder / "stop").touch()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def _python(on: Machine) -> str:
    return on.inside(on.local / "minsheng" / "env" / "Scripts" / "python.exe")


def _windows(on: Machine) -> list[str]:
    """The visible windows with our title, by xdotool's numbers."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", f"^{TITLE}"],
        env={"DISPLAY": on.screen.name, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return found.stdout.split()


def _keys(on: Machine, window: str, *keys: str) -> None:
    subprocess.run(
        ["xdotool", "windowfocus", window, "key", "--clearmodifiers", *keys],
        env={"DISPLAY": on.screen.name, "PATH": "/usr/bin:/bin"}, capture_output=True, check=False,
    )  # fmt: skip


def _panel(on: Machine, excel: Excel) -> Play:
    play = Play("打开窗口.cmd，在窗口里点“校验”")
    began = time.monotonic()
    _script(on, "打开窗口.cmd", 60)
    try:
        (window,) = wait_until(lambda: _windows(on), "the panel", 180)
        wait_until(lambda: excel.calls()[0], "the panel to look for books", 120)
        before = _settled(excel)
        on.screen.picture(on.folder / "窗口.png")
        play.must(True, "窗口打开，连上了正在运行的（仿造的）Excel")
        _keys(on, window, "alt+j")
        wait_until(lambda: excel.calls()[0] > before + 50, "the panel's button", 120)
        _settled(excel)
        on.screen.picture(on.folder / "窗口-校验.png")
        play.must(True, f"“校验”做完，{excel.calls()[0] - before} 次调用，没有别的窗口")
        _keys(on, window, "alt+F4")
        wait_until(lambda: not _windows(on), "the panel to close", 60)
        play.must(True, "窗口关得掉")
    except TimeoutError as failure:
        on.screen.picture(on.folder / "窗口-不对.png")
        play.wrong.append(f"等不到：{failure}")
    play.seconds = time.monotonic() - began
    return play


def _settled(excel: Excel) -> int:
    """Calls, once no more come and the status bar is Excel's own again."""
    seen: list[tuple[int, object]] = []

    def still() -> bool:
        seen.append(excel.calls())
        return len(seen) > 15 and len(set(seen[-15:])) == 1 and seen[-1][1] is False

    wait_until(still, "calls to end", 300)
    return excel.calls()[0]


def _clicked(on: Machine, excel: Excel, does: str) -> Play:
    """The command that the add-in's macro gives Windows (tests/addin runs the macro down to it), every window answered by
    Enter."""
    play = Play(f"按钮 {does}")
    began, before = time.monotonic(), excel.calls()[0]
    log = "C:\\users\\Public\\xlwings.log"
    line = (
        rf'C:\Windows\System32\cmd.exe /C C: & cd "" & "{_python(on)}" {CLICK} {does}  --wb="总表.xlsx" --from_xl=1 '
        rf'--app="C:\Program Files\Microsoft Office\root\Office16\Microsoft Excel" --hwnd="{excel.hwnd}" 2> "{log}" '
    )
    command = excel.folder / "click.txt"
    command.write_text(line, encoding="utf-8")
    process = on.start(
        _python(on), "-X", "utf8", "-m", "wine.excel_click", on.inside(command), PYTHONPATH=on.inside(TESTS)
    )
    shown: set[str] = set()
    try:
        wait_until(lambda: _answered(on, process, does, shown), does, 600)
    except TimeoutError:
        on.screen.picture(on.folder / f"{does}-不对.png")
        process.kill()
        play.wrong.append("没有做完")
    play.must(process.returncode == 0, f"退出码 {process.returncode}")
    complaint = (on.folder / "prefix/drive_c/users/Public/xlwings.log").read_text("gbk", "replace").strip()
    play.must(not complaint, complaint or "没有报错")
    play.must(shown, f"弹出 {len(shown)} 个窗口，用回车答完")
    play.must(True, f"{_settled(excel) - before} 次调用")
    play.seconds = time.monotonic() - began
    return play


def _answered(on: Machine, process: subprocess.Popen[bytes], does: str, shown: set[str]) -> bool:
    """Whether the button has ended; whatever it asks is answered."""
    for window in _windows(on):
        if window not in shown:
            shown.add(window)
            time.sleep(1)
            on.screen.picture(on.folder / f"{does}-{len(shown)}.png")
        _keys(on, window, "Return")
        time.sleep(0.5)
    return process.poll() is not None


def _compared(excel: Excel, expected: dict[str, Any]) -> Play:
    play = Play("与直接处理文件逐格比较")
    (excel.folder / "stop").touch()
    left = wait_until(lambda: told(excel.folder / "left.json"), "what is left", 120)
    found = {f"{sheet} R{row}C{column}": _nameless(value) for sheet, row, column, value in left["cells"]}
    differing = [
        place for place in sorted(found.keys() | expected.keys()) if found.get(place) != expected.get(place)
    ]
    play.must(not differing, f"{len(found)} 格，{len(differing)} 格不同")
    play.wrong += [f"{place}：{found.get(place)!r}，应为 {expected.get(place)!r}" for place in differing[:5]]
    play.must(left["as it was"], "选中的格子、前面的工作表、计算方式、状态栏、屏幕刷新都是原样")
    play.must(not left["saved"], "没有替人保存")
    return play


def _uninstalled(on: Machine) -> Play:
    ran = _script(on, "卸载.cmd", 600)
    play = Play("卸载.cmd", _lines(ran.said), seconds=ran.seconds)
    play.must("已卸载" in ran.said, "说了“已卸载”")
    for path in (
        on.local / "minsheng",
        on.user / ".minsheng_ledger",
        on.user / "AppData/Roaming/Microsoft/Excel",
    ):
        play.must(not path.exists(), f"没有留下 {on.inside(path)}")
    play.must((on.user / DOCUMENTS / "总表.xlsx").is_file(), "总表还在")
    return play
