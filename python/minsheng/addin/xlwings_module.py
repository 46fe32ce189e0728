"""xlwings' own VBA module for add-ins, taken from the installed package and changed where this add-in must differ.

What is changed, each change in its own place below and each held to stand exactly once in the original:

- the project's name is ours, so settings of other add-ins do not apply;
- settings come from the user's own file alone. The original asks a sheet of the open workbook first, then the
  add-in's, then a file beside the workbook: a workbook sent by anyone could name the interpreter, and ``TEMP DIR``
  goes into a shell command;
- sheets named ``*.py`` in the open workbook are no programs;
- the open workbook's folder is not put on ``sys.path``;
- cmd.exe is named in full: Windows would look for it in the current folder too, which is where a file was opened last.

xlwings is BSD-licensed; its notice stands at the head of the module and stays there.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.resources import files

from .names import PROJECT_NAME

__all__ = ["NAME", "changed", "original", "taken"]

#: The module's name in the project.
NAME = "xlwings"

_CHANGES = (
    (r'(?<=Public Const PROJECT_NAME As String = ")myaddin(?=")', PROJECT_NAME),
    (
        r"    ' Check for embedded Python code\n    uses_embedded_code = False\n    For i = 1 To 2\n.*?    Next i\n",
        "    uses_embedded_code = False\n",
    ),
    (
        r"    ' Sheet\n    #If App = \"Microsoft Excel\" Then\n    If source = \"\" .*?(?=    ' User Config\n)",
        "",
    ),
    (
        r"#If App = \"Microsoft Excel\" Then\nFunction GetConfigFromSheet\(.*?\nEnd Function\n#End If\n\n",
        "",
    ),
    (
        r'(?<=WScript\.Run\()"cmd\.exe /C "(?= & DriveCommand)',
        r'Environ("SystemRoot") & "\\System32\\cmd.exe /C "',
    ),
)
_DATA_FOLDER_ON_PATH = (
    'GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")',
    'GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "false")',
)
_HEAD = "'Version: {version}\n"
_NOTE = """'Changed for this add-in: settings come from the user's own file alone, never from the open workbook or its folder;
'no code embedded in sheets; the open workbook's folder is not on the Python path.
"""


def taken() -> str:
    """The module for the add-in, LF line ends. LookupError if the installed xlwings is not the one this was made for."""
    return changed(original())


def original() -> str:
    """The module as the installed xlwings carries it, LF line ends."""
    return (
        files("xlwings")
        .joinpath("xlwings_custom_addin.bas")
        .read_bytes()
        .decode("ascii")
        .replace("\r\n", "\n")
    )


def changed(text: str) -> str:
    """``text`` with this add-in's changes. LookupError where one of them does not find its place exactly once."""
    head = _HEAD.format(version=version("xlwings"))
    if text.count(head) != 1:
        raise LookupError("the VBA module and the package of xlwings are of different versions")
    text = text.replace(head, head + _NOTE)
    for pattern, put in _CHANGES:
        text, times = re.subn(pattern, put, text, flags=re.DOTALL)
        if times != 1:
            raise LookupError(f"stands {times} times in xlwings' module: {pattern}")
    default, put = _DATA_FOLDER_ON_PATH
    if text.count(default) != 2:
        raise LookupError(f"stands {text.count(default)} times in xlwings' module: {default}")
    return text.replace(default, put)
