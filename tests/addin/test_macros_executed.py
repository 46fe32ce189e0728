"""Every callback of the packed add-in, run by an interpreter of VBA, with xlwings' module as packed, down to the command that
Windows would be given.

The interpreter has no Windows under it: a module of ours stands in for what VBA asks of the system, reading the settings file
among it (that loop runs in LibreOffice, see test_settings_lookup_live). It does not read a remark behind a directive.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from addin.addin_files import OURS, AddinFile
from addin.vba_text import public_subs
from minsheng import buttons
from minsheng.addin.names import CLICK, INTERPRETER_KEY
from needed import needed_module

PYTHON, CONF = r"C:\Users\clerk\minsheng\pythonw.exe", r"C:\Users\clerk\.minsheng_ledger\minsheng_ledger.conf"
SYSTEM = f"""
Public Function Environ(key As String) As String
    Select Case key
        Case "USERPROFILE": Environ = "C:\\Users\\clerk"
        Case "SystemRoot": Environ = "C:\\Windows"
        Case "Temp": Environ = "C:\\Temp"
    End Select
End Function

Public Function GetAttr(path As String) As Long
    If path = "{CONF}" Or path = "{PYTHON}" Then
        GetAttr = 32
    Else
        Err.Raise 53
    End If
End Function

Public Function CreateObject(kind As String) As Object
    If kind = "WScript.Shell" Then Set CreateObject = New Shell
End Function

Public Sub Remove(path As String)
End Sub

Public Function WindowNumber() As Long
    WindowNumber = 4711
End Function

' SHOW CONSOLE is asked for with a Boolean in place of a text, which this interpreter does not compare.
Public Function KeptSetting(key As String, ByRef value As String) As Boolean
    KeptSetting = True
    Select Case key
        Case "{INTERPRETER_KEY}": value = Interpreter
        Case "SHOW CONSOLE": value = "0"
        Case Else: KeptSetting = False
    End Select
    If value = "" Then KeptSetting = False
End Function
"""
SHELL = """
Public Function Run(command As String, style As Integer, waits As Boolean) As Long
    Debug.Print command
End Function

Public Function ExpandEnvironmentStrings(text As String) As String
    ExpandEnvironmentStrings = text
End Function
"""


def once(source: str, pattern: str, put: str) -> str:
    source, times = re.subn(pattern, lambda _: put, source, flags=re.DOTALL)
    assert times == 1, f"stands {times} times: {pattern}"
    return source


def packed() -> dict[str, str]:
    """The standard modules of the add-in, as olevba reads them."""
    addin = AddinFile(OURS)
    sources = {name.removesuffix(".bas"): text.replace("\r\n", "\n") for name, text in addin.sources.items()}
    return {name: text for name, text in sources.items() if name in ("xlwings", *ours())}


def ours() -> tuple[str, ...]:
    return ("MinshengClicks", "MinshengRibbon", "MinshengWords")


def excel(interpreter: str) -> Any:
    """An Excel without Windows, with a book in it and the add-in's macros."""
    app = needed_module("pyopenvba.apps.excel").ExcelApplication()
    app.add_workbook()
    sources = packed()
    assert sorted(sources) == sorted(("xlwings", *ours()))
    theirs = re.sub(r"(?m)^(\s*#[^'\n]*?)\s*'.*$", r"\1", sources.pop("xlwings"))
    theirs = once(
        theirs,
        r"    iFileNum = FreeFile\n    Open sFile For Input As iFileNum\n.*?    Close #iFileNum\n"
        r"(?=  End If\n\nEnd Function)",
        "    GetConfigFromFile = KeptSetting(sName, sValue)\n",
    )
    theirs = theirs.replace("Application.Hwnd", "WindowNumber()").replace("Kill LOG_FILE", "Remove LOG_FILE")
    for name, source in {**sources, "xlwings": theirs}.items():
        app.add_module(source, name=name)
    app.add_module(f'Const Interpreter = "{interpreter}"\n{SYSTEM}', name="System")
    app.add_module(SHELL, name="Shell", kind="class")
    return app


CALLBACKS = public_subs(packed()["MinshengRibbon"])


def test_there_is_a_callback_for_every_button() -> None:
    assert len(CALLBACKS) == len(buttons.WORKS)


def test_every_callback_gives_windows_one_command_with_its_button() -> None:
    app = excel(PYTHON)
    started = set()
    for name in CALLBACKS:
        app.run(name, app.workbook)
    assert app.dialogs == []
    assert len(app.console) == len(CALLBACKS)
    # xlwings goes to the drive of the program first; of a program that it holds for frozen, to no folder there.
    for command in app.console:
        found = re.fullmatch(
            rf'C:\\Windows\\System32\\cmd\.exe /C C: & cd "" & "{re.escape(PYTHON)}" {re.escape(CLICK)} (\w+)  '
            rf'--wb="{re.escape(app.workbook.name)}" --from_xl=1 --app="[^"]*" --hwnd="4711" '
            r'2> "C:\\Temp\\xlwings-[0-9A-F-]{36}\.log" ',
            command,
        )
        assert found, command
        started.add(found[1])
    assert started == set(buttons.WORKS)


@pytest.mark.parametrize(
    ("interpreter", "words"), [("", "没有找到安装设置"), (r"C:\gone\python.exe", r"找不到 Python：")]
)
def test_without_an_interpreter_every_callback_says_so_and_starts_nothing(
    interpreter: str, words: str
) -> None:
    app = excel(interpreter)
    for name in CALLBACKS:
        app.run(name, app.workbook)
    assert app.console == []
    assert len(app.dialogs) == len(CALLBACKS)
    assert all(any(words in str(part) for part in dialog) for dialog in app.dialogs)
