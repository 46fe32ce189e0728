"""What a click in Excel starts: ``python -I -m minsheng.click BUTTON --wb="…" --from_xl=1 --app="…" --hwnd="…"``.

xlwings imports pandas, numpy and polars where it can, which takes longer than most buttons do; no button needs them,
so in this process they do not exist. What it imports of the standard library for its rarer methods is loaded when one of
those is called. Both have to be settled before anything imports xlwings: nothing heavy is imported at the head of this
module.

What goes wrong in a button is told in a window. stderr is for the case that none can be shown: Excel's macro shows it,
read in the system's code page, when the exit code is not 0. So it is ASCII.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

__all__ = ["FOREGONE", "LATER", "main", "press"]

#: Imported by xlwings, openpyxl and others only where they can be had. xlwings.pro is under another licence; unused here.
FOREGONE = ("numpy", "pandas", "polars", "matplotlib", "plotly", "PIL", "xlwings.pro")

#: Imported at the head of modules that rarely use them, xlwings' and ours; loaded here at their first use.
LATER = ("hashlib", "json", "subprocess", "tempfile", "traceback", "uuid")


def main(arguments: list[str]) -> int:
    """Press the button named first; the rest are xlwings' own arguments, which it reads itself. The exit code."""
    try:
        press(*arguments[:1])
    except Exception as failure:  # noqa: BLE001 - not even a window: a line for the macro to show, the details for the log
        from .log import log_file, note_failure

        note_failure(failure)
        words = f"minsheng could not start ({type(failure).__name__}). Please run the check script of the install kit.\n{log_file()}"
        print(words.encode("ascii", "backslashreplace").decode(), file=sys.stderr)
        return 1
    return 0


def press(button: str) -> None:
    """Run the function of ``buttons`` that has this name. LookupError where there is none."""
    if "xlwings" not in sys.modules:  # on a Mac it is here already
        _travel_light()
    from . import buttons

    if button not in buttons.__all__:
        raise LookupError(f"no such button: {button}")
    _name_the_caller(sys.argv)
    getattr(buttons, button)()


def _travel_light() -> None:
    for name in FOREGONE:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    for name in LATER:
        sys.modules.setdefault(name, _Later(name))


class _Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = import_module(self.__name__)
        vars(self).update(vars(module))
        return getattr(module, name)


def _name_the_caller(arguments: list[str]) -> None:
    """xlwings cuts a workbook's name at its first ``=``; such a book is looked up here, in the Excel of that window."""
    said = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    name = said.get("--wb", "")
    if "=" not in name:
        return
    import xlwings as xw

    for app in xw.apps:
        if str(app.hwnd) == said.get("--hwnd"):
            app.books[name].set_mock_caller()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
