"""LibreOffice compiles our macros and runs every callback; what would be started is what it writes into a cell."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from addin.macro_office import ROOT, code, macro_book
from addin.vba_text import compiled_for, public_subs
from live_office import live_office
from minsheng import buttons
from minsheng.addin.names import CLICK, INTERPRETER_KEY
from minsheng.addin.vba_project import Module

pytestmark = pytest.mark.libreoffice

CALLBACKS = sorted(public_subs((ROOT / "xlmacros" / "MinshengRibbon.bas").read_text("utf-8")))

#: In place of xlwings' module and of the message box: each call becomes a line of column A.
STAND_INS = """
Private Sub Note(words As String)
    Dim row As Long
    row = 1
    Do While ThisWorkbook.Sheets(1).Cells(row, 1).Value <> ""
        row = row + 1
    Loop
    ThisWorkbook.Sheets(1).Cells(row, 1).Value = words
End Sub

Public Function GetConfig(configKey As String, Optional default As String = "") As Variant
    GetConfig = IIf(configKey = "{key}", "{interpreter}", "")
End Function

Public Function RunFrozenPython(Executable As String, Optional Args As String)
    Note "frozen|" & Executable & "|" & Args
End Function

Public Function RunPython(PythonCommand As String)
    Note "python|" & PythonCommand
End Function

Public Sub MinshengSay(words As String)
    Note "says|" & words
End Sub
"""


@pytest.fixture(scope="module")
def office() -> Iterator[xw.App]:
    with live_office() as app:
        yield app


def modules(interpreter: str, *, mac: bool = False, clicks: str | None = None) -> list[Module]:
    """Our own macros as that platform compiles them, the stand-ins, and a Sub for each callback and for all of them."""
    ours = {
        name: (ROOT / "xlmacros" / f"{name}.bas").read_text("utf-8").partition("\n")[2]
        for name in ("MinshengRibbon", "MinshengClicks")
    }
    if clicks is not None:
        ours["MinshengClicks"] = clicks
    driver = "Public Sub PressAll()\n" + "".join(f"    {name} Nothing\n" for name in CALLBACKS) + "End Sub\n"
    driver += "Public Sub PressOne()\n    Minsheng_Merge Nothing\nEnd Sub\n"
    key = "INTERPRETER_MAC" if mac else INTERPRETER_KEY
    stand_ins = STAND_INS.replace("{key}", key).replace("{interpreter}", interpreter)
    return [
        *(code(name, compiled_for(source, mac=mac)) for name, source in ours.items()),
        code("StandIns", stand_ins),
        code("Driver", driver),
    ]


def pressed(office: xw.App, path: Path, sub: str, made: list[Module]) -> list[str]:
    with macro_book(office, path, made) as book:
        book.run("Driver", sub)
        return book.column()


def test_every_callback_starts_its_button_with_the_configured_interpreter(
    office: xw.App, tmp_path: Path
) -> None:
    lines = pressed(office, tmp_path / "按钮.xlsm", "PressAll", modules(sys.executable))
    assert len(lines) == len(CALLBACKS)
    started = [line.split("|") for line in lines]
    assert {interpreter for _, interpreter, _ in started} == {sys.executable}
    assert sorted(arguments for *_, arguments in started) == sorted(
        f"{CLICK} {name}" for name in buttons.WORKS
    )


def test_on_a_mac_the_same_button_is_reached_through_runpython(office: xw.App, tmp_path: Path) -> None:
    lines = pressed(office, tmp_path / "按钮.xlsm", "PressOne", modules("/usr/bin/python3", mac=True))
    assert lines == ["python|import minsheng.click; minsheng.click.press('merge')"]


def test_without_a_settings_file_a_click_says_so_and_starts_nothing(office: xw.App, tmp_path: Path) -> None:
    (line,) = pressed(office, tmp_path / "按钮.xlsm", "PressOne", modules(""))
    assert re.match(r"says\|没有找到安装设置。.*“安装\.cmd”", line)


def test_an_interpreter_that_is_gone_is_named_and_not_started(office: xw.App, tmp_path: Path) -> None:
    (line,) = pressed(office, tmp_path / "按钮.xlsm", "PressOne", modules("/不在/python.exe"))
    assert line.startswith("says|找不到 Python：")
    assert "/不在/python.exe" in line


@pytest.mark.parametrize(
    ("name", "started"),
    [("完成50%.xlsm", True), ("%PATH%&calc&.xlsm", False), ("a=b;c d.xlsm", True)],
)
def test_a_name_that_the_shell_would_rewrite_is_refused(
    office: xw.App, tmp_path: Path, name: str, started: bool
) -> None:
    (line,) = pressed(office, tmp_path / name, "PressOne", modules(sys.executable))
    assert line.startswith("frozen|" if started else "says|文件名里有两个或更多的百分号")


def test_no_open_workbook_gets_a_sentence(office: xw.App, tmp_path: Path) -> None:
    """LibreOffice runs macros only in an open book, so the question is put to a stand-in that has none."""
    clicks = (ROOT / "xlmacros" / "MinshengClicks.bas").read_text("utf-8").partition("\n")[2]
    assert clicks.count("ActiveWorkbook Is Nothing") == 1
    asked = clicks.replace("ActiveWorkbook Is Nothing", "NoBook() Is Nothing")
    asked += "\nPrivate Function NoBook() As Object\n    Set NoBook = Nothing\nEnd Function\n"
    (line,) = pressed(office, tmp_path / "按钮.xlsm", "PressOne", modules(sys.executable, clicks=asked))
    assert line.startswith("says|没有可以处理的工作簿。请先打开民生实事总表")


def test_a_broken_macro_is_seen(office: xw.App, tmp_path: Path) -> None:
    """The effect is what proves: LibreOffice itself reports nothing."""
    broken = modules(
        sys.executable, clicks="Public Sub MinshengClick(button As String)\n    Nonsense(\nEnd Sub\n"
    )
    assert pressed(office, tmp_path / "按钮.xlsm", "PressOne", broken) == []
