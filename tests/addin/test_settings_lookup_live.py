"""A workbook sent by anyone cannot name the interpreter: the settings look-up of the shipped module, run in LibreOffice.

xlwings' original goes the same way as the control: there the workbook does win.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from addin.macro_office import MacroBook, code, macro_book
from addin.vba_text import compiled_for, procedure
from live_office import live_office
from minsheng.addin import xlwings_module
from minsheng.addin.names import CONF_FILE, INTERPRETER_KEY, PROJECT_NAME, conf_text
from minsheng.addin.source import stored
from minsheng.addin.vba_project import Kind, Module

pytestmark = pytest.mark.libreoffice

LOOK_UP = ("GetConfig", "SheetExists", "GetConfigFromFile", "GetConfigFilePath", "GetDirectoryConfigFilePath")

#: What LibreOffice on this machine has not: file tests with Windows' separators, environment variables' expansion, and
#: Scripting.Dictionary, which the original fills from the sheet.
STAND_INS = """
Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = Dir(FileSpec) <> ""
End Function
Function GetFullName(wb As Workbook) As String
    GetFullName = wb.FullName
End Function
Function GetDirectoryPath(Optional wb As Variant) As String
    GetDirectoryPath = "{folder}"
End Function
Function GetConfigFromSheet(wb As Workbook) As Object
    Set GetConfigFromSheet = New OneSetting
End Function
Public Sub Ask()
    ThisWorkbook.Sheets(1).Range("A1").Value = GetConfig("{key}", "nothing", "")
    ThisWorkbook.Sheets(1).Range("A2").Value = GetConfig("TEMP DIR", "nothing", "")
End Sub
"""
ONE_SETTING = f"""Attribute VB_Name = "OneSetting"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Public Function Exists(key As String) As Boolean
    Exists = (key = ActiveWorkbook.Sheets("{PROJECT_NAME}.conf").Range("A1").Value)
End Function
Public Function Item(key As String) As String
    Item = ActiveWorkbook.Sheets("{PROJECT_NAME}.conf").Range("B1").Value
End Function
"""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A user's profile with the settings file of an installation, at the path that VBA puts together."""
    folder = tmp_path_factory.mktemp("profile")
    settings = Path(f"{folder}\\" + str(CONF_FILE).replace("/", "\\"))
    settings.write_bytes(conf_text("C:/installed/python.exe").encode("ascii"))
    before = os.environ.get("USERPROFILE")
    os.environ["USERPROFILE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["USERPROFILE"]
    else:
        os.environ["USERPROFILE"] = before


@pytest.fixture(scope="module")
def office(profile: Path) -> Iterator[xw.App]:
    with live_office() as app:
        yield app


def look_up(source: str, folder: Path) -> list[Module]:
    text = compiled_for(source, mac=False).replace('"myaddin"', f'"{PROJECT_NAME}"')
    # LibreOffice would take the function's own name for a call of itself.
    text = text.replace("GetConfig = ExpandEnvironmentStrings(GetConfig)", "")
    body = f'Public Const PROJECT_NAME As String = "{PROJECT_NAME}"\n'
    body += "\n".join(procedure(text, name) for name in LOOK_UP)
    body += STAND_INS.replace("{key}", INTERPRETER_KEY).replace("{folder}", str(folder))
    return [code("LookUp", body), Module("OneSetting", Kind.CLASS, stored(ONE_SETTING))]


def asked(book: MacroBook) -> list[str]:
    book.run("LookUp", "Ask")
    return book.column()


@pytest.mark.parametrize("key", [INTERPRETER_KEY, "TEMP DIR"])
def test_a_sheet_in_the_workbook_changes_nothing(office: xw.App, tmp_path: Path, key: str) -> None:
    hostile = {key: "C:/sent/evil.exe"}
    with macro_book(office, tmp_path / "数据.xlsm", look_up(xlwings_module.taken(), tmp_path)) as book:
        book.add_sheet(f"{PROJECT_NAME}.conf", hostile)
        assert asked(book) == ["C:/installed/python.exe", "nothing"]
    with macro_book(office, tmp_path / "对照.xlsm", look_up(xlwings_module.original(), tmp_path)) as book:
        book.add_sheet(f"{PROJECT_NAME}.conf", hostile)
        assert "C:/sent/evil.exe" in asked(book)


@pytest.mark.parametrize("key", [INTERPRETER_KEY, "TEMP DIR"])
def test_a_file_beside_the_workbook_changes_nothing(office: xw.App, tmp_path: Path, key: str) -> None:
    Path(f"{tmp_path}\\{PROJECT_NAME}.conf").write_text(f'"{key}","C:/sent/evil.exe"\r\n', "ascii")
    with macro_book(office, tmp_path / "数据.xlsm", look_up(xlwings_module.taken(), tmp_path)) as book:
        assert asked(book) == ["C:/installed/python.exe", "nothing"]
    with macro_book(office, tmp_path / "对照.xlsm", look_up(xlwings_module.original(), tmp_path)) as book:
        assert "C:/sent/evil.exe" in asked(book)


def test_the_shipped_module_asks_no_workbook_for_settings_or_code() -> None:
    source = xlwings_module.taken()
    assert "GetConfigFromSheet" not in source
    for word in ("ActiveWorkbook", "ThisWorkbook", "GetDirectoryConfigFilePath"):
        assert word not in procedure(source, "GetConfig")
        assert word in procedure(xlwings_module.original(), "GetConfig"), "the control"
    assert ".Worksheets" not in procedure(source, "RunPython")
    assert ".Worksheets" in procedure(xlwings_module.original(), "RunPython"), "the control"


def test_the_shell_is_named_in_full() -> None:
    """Windows looks for a bare cmd.exe in the current folder first, which is where a file was opened last."""
    run = procedure(xlwings_module.taken(), "ExecuteWindows")
    assert 'WScript.Run(Environ("SystemRoot") & "\\System32\\cmd.exe /C "' in run
    assert run.count("cmd.exe") == 1
