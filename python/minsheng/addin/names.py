"""What the add-in and whoever installs it must agree on: file names, settings, the command that a click runs.

xlwings' VBA module reads ``%USERPROFILE%\\.<PROJECT_NAME>\\<PROJECT_NAME>.conf``: lines of ``"KEY","VALUE"`` in the
system's ANSI code page, environment variables in a value expanded. The add-in reads this file alone: its packer takes
the look-ups in the open workbook and beside it out of the module.
"""

from __future__ import annotations

from pathlib import PurePath

__all__ = [
    "ADDIN_FILE",
    "CLICK",
    "CLICK_MODULE",
    "CONF_FILE",
    "CONF_FOLDER",
    "FALSE_KEYS",
    "INTERPRETER_KEY",
    "PROJECT_NAME",
    "conf_text",
]

#: Private to this add-in, so that settings of other xlwings add-ins and ours never meet.
PROJECT_NAME = "minsheng_ledger"

ADDIN_FILE = "民生实事.xlam"

#: Under ``%USERPROFILE%``.
CONF_FOLDER = PurePath(f".{PROJECT_NAME}")
CONF_FILE = CONF_FOLDER / f"{PROJECT_NAME}.conf"

#: The full path of python.exe. Without it a click says that the add-in is not installed.
INTERPRETER_KEY = "INTERPRETER_WIN"

#: Said in so many words: xlwings' defaults would put the data folder first on sys.path and let a console flash up.
FALSE_KEYS = ("ADD_WORKBOOK_TO_PYTHONPATH", "SHOW CONSOLE", "USE UDF SERVER", "DEBUG UDFS")

CLICK_MODULE = "minsheng.click"

#: What a click runs: ``INTERPRETER CLICK button --wb="…" --from_xl=1 --app="…" --hwnd="…"``. ``-I`` keeps the current
#: folder (Excel's: where the last file was opened), PYTHONPATH and the user's site-packages out, so the package must
#: stand in the interpreter's own site-packages (a virtual environment is fine, ``pip install --user`` is not).
CLICK = f"-I -m {CLICK_MODULE}"


def conf_text(interpreter: str) -> str:
    """The settings file for an interpreter's full path; ValueError for one that VBA would not read back.

    Plain ASCII only: a path under a Chinese user name is written with an environment variable, such as
    ``%LOCALAPPDATA%\\minsheng\\Scripts\\python.exe``.
    """
    if not interpreter.isascii() or not interpreter.isprintable() or '"' in interpreter:
        raise ValueError(f"not plain ASCII: {interpreter!r}")
    settings = [(INTERPRETER_KEY, interpreter), *((key, "False") for key in FALSE_KEYS)]
    return "".join(f'"{key}","{value}"\r\n' for key, value in settings)
