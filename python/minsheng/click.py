"""What a click in Excel starts: ``python -I -m minsheng.click BUTTON --wb="…" --from_xl=1 --app="…" --hwnd="…"``.

What xlwings imports where it can be had, and no button needs, does not exist in this process (forgone.py): it takes longer
to load than most buttons do. So nothing that imports xlwings stands at the head of this module.

What goes wrong in a button is told in a window. stderr is for the case that none can be shown: Excel's macro shows it,
read in the system's code page, when the exit code is not 0. So it is ASCII.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .forgone import forgo_libraries

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["calling_book", "main", "press"]


def main(arguments: list[str]) -> int:
    """Press the button named first; the rest are xlwings' own arguments, which it reads itself. The exit code."""
    try:
        press(*arguments[:1])
    except Exception as failure:  # noqa: BLE001 - not even a window: a line for the macro to show, the details for the log
        from .log import note_failure

        note_failure(failure)
        words = f"minsheng could not start ({type(failure).__name__}). Please run the check script of the install kit."
        print(words, file=sys.stderr)
        return 1
    return 0


def press(does: str) -> None:
    """Do the work of the button that has this ``does``, on the book that was clicked in.

    LookupError where there is no such button, NoWindow where nothing can be said.
    """
    if "xlwings" not in sys.modules:  # on a Mac it is here already
        forgo_libraries()
    from . import buttons
    from .dialogs.windows import WindowDialogs
    from .errors import MinshengError
    from .log import note_failure
    from .tab import BUTTONS

    button = next((button for button in BUTTONS if button.does == does), None)
    if button is None:
        raise LookupError(f"no such button: {does}")
    dialogs = WindowDialogs()
    try:
        book = calling_book()
    except MinshengError as failure:
        note_failure(failure)
        if button.needs_book:
            dialogs.warn(f"{button.label}没有完成。\n\n{failure}")
            return
        book = None
    buttons.press(button, book, dialogs)


def calling_book() -> xw.Book:
    """The book whose button was clicked. UsageError where it is not open any more, HostFailed where Excel cannot be
    reached, each with what is the matter."""
    import xlwings as xw

    import xlengines

    from .errors import HostFailed, UsageError

    said = dict(argument.split("=", 1) for argument in sys.argv if "=" in argument)
    name = said.get("--wb", "")
    if xlengines.excel_engine() is None:
        raise HostFailed(
            f"这个 Python（{sys.executable}）缺少 {_LIBRARY}，连不上 Excel。",
            "请重新运行安装包里的“安装.cmd”；还是不行，请运行“检查.cmd”，把结果发给维护人员。",
        )
    try:
        if "=" in name:  # xlwings cuts a name at its first "="
            return next(app for app in xw.apps if str(app.hwnd) == said.get("--hwnd")).books[name]
        return xw.Book.caller()
    except KeyError as failure:
        raise UsageError(
            f"Excel 里没有打开的工作簿“{name}”。", "请先打开民生实事总表，再点按钮。"
        ) from failure
    except Exception as failure:
        raise HostFailed(
            "找不到点按钮的那个 Excel 窗口，它可能刚刚关闭，或者正忙着没有回答。",
            "请关掉 Excel 里开着的对话框，结束正在编辑的单元格，再点一次按钮。",
        ) from failure


#: What xlwings reaches Excel with.
_LIBRARY = "appscript" if sys.platform == "darwin" else "pywin32"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
