"""The stand-in of Excel as a Windows program of its own: Excel's windows as xlwings looks for them, the object model behind
IDispatch.

::

    python -m wine.server BOOK.xlsx FOLDER

``FOLDER/ready.json`` says window and process once it answers, ``calls.json`` every second how
many calls have come; when ``FOLDER/stop`` is there it writes ``FOLDER/left.json``
(what stands in the book, how its Excel was left, which calls came) and ends. Needs pywin32. Late bound: it has no type
library, so pywin32 asks for each member by its name.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
import time
import traceback
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pythoncom
import pywintypes
import win32api
import win32con
import win32event
import win32gui
import winerror
from win32com.client import VARIANT
from win32com.server.exception import COMException
from win32com.server.policy import BasicWrapPolicy
from win32com.server.util import NewEnum, wrap

from excelsim import application, entry, errors, ranges, standing, workbook, worksheet

_OBJID_NATIVEOM = -16
_WM_GETOBJECT = 0x003D
_IDISPATCH = "{00020400-0000-0000-C000-000000000046}"

CALLS: Counter[str] = Counter()
#: Members and arguments → the numbers that they are called by.
NUMBERS: dict[str, int] = {}


class NativeWindow:
    """What a window of class EXCEL7 hands out."""

    def __init__(self, app: application.Application) -> None:
        self._app = app

    Application = property(lambda self: self._app)


_MODEL = (
    NativeWindow,
    *(
        kind
        for module in (application, ranges, workbook, worksheet)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    ),
)


class Policy(BasicWrapPolicy):  # type: ignore[misc]
    """Names become numbers as they are asked for; a property is read, set or called by the flags of Invoke."""

    def _wrap_(self, thing: Any) -> None:
        self._obj_ = thing

    def _query_interface_(self, iid: Any) -> int:
        return 0

    def _getidsofnames_(self, names: tuple[str, ...], lcid: int) -> tuple[int, ...]:
        known = [one for one in (*dir(type(self._obj_)), *vars(self._obj_)) if not one.startswith("_")]
        member = next((one for one in known if one.lower() == names[0].lower()), None)
        if member is None:
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME, description=names[0])
        return tuple(NUMBERS.setdefault(one, len(NUMBERS) + 1) for one in (member, *names[1:]))

    def _invoke_(self, number: int, lcid: int, flags: int, args: tuple[Any, ...]) -> tuple[int, int, Any]:
        result = self._answered(number, flags, [_in(one) for one in args])
        return (
            0,
            -1,
            (result,) if isinstance(result, tuple) else result,
        )  # of a bare tuple pywin32 takes the first

    def _answered(self, number: int, flags: int, args: list[Any]) -> Any:
        try:
            return _out(self._done(number, flags, args))
        except errors.ComError as failure:
            if failure.hresult == errors.EXCEPTION:
                raise COMException(failure.text, failure.scode, "Microsoft Excel") from None
            raise COMException(failure.text, failure.hresult) from None
        except COMException:
            raise
        except Exception as failure:  # noqa: BLE001 - it goes to the caller
            traceback.print_exc()
            raise COMException(repr(failure), winerror.E_FAIL) from None

    def _done(self, number: int, flags: int, args: list[Any]) -> Any:
        thing, kind = self._obj_, type(self._obj_).__name__
        if number == pythoncom.DISPID_NEWENUM:
            CALLS[f"{kind}._NewEnum"] += 1
            return NewEnum([_out(one) for one in thing._each()], iid=pythoncom.IID_IEnumVARIANT)
        if number == pythoncom.DISPID_VALUE:
            CALLS[f"{kind}()"] += 1
            return thing._item(*args)
        name = next(known for known, its in NUMBERS.items() if its == number)
        if flags & (pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF):
            CALLS[f"{kind}.{name}="] += 1
            setattr(thing, name, args[-1])
            return None
        member = getattr(type(thing), name, None)
        if callable(member):
            asked = flags & pythoncom.DISPATCH_PROPERTYGET
            if not flags & pythoncom.DISPATCH_METHOD or (asked and not args and not _takes_nothing(member)):
                raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
            CALLS[f"{kind}.{name}()"] += 1
            return getattr(thing, name)(*args)
        CALLS[f"{kind}.{name}"] += 1
        found = getattr(thing, name)
        return found._item(*args) if args else found  # Cells(1, 2) in one Invoke


def _takes_nothing(member: Any) -> bool:
    return member.__code__.co_argcount - 1 <= len(member.__defaults__ or ())


def _in(value: Any) -> Any:
    if isinstance(value, pywintypes.TimeType):
        return datetime(value.year, value.month, value.day, value.hour, value.minute, value.second)
    if type(value).__name__ == "PyIDispatch":
        return pythoncom.UnwrapObject(value)._obj_
    if isinstance(value, list | tuple):
        return tuple(_in(one) for one in value)
    return value


def _out(value: Any) -> Any:
    if isinstance(value, _MODEL):
        return wrap(value, usePolicy=Policy)
    if isinstance(value, tuple):
        return tuple(_out(one) for one in value)
    if isinstance(value, int) and not isinstance(value, bool) and value in entry.ERROR_TEXTS:
        return VARIANT(pythoncom.VT_ERROR, value)
    return value


def windows(app: application.Application, title: str) -> int:
    """XLMAIN, in it XLDESK, in it EXCEL7, which answers WM_GETOBJECT for OBJID_NATIVEOM; the number of the outermost."""
    handed = ctypes.windll.oleacc.LresultFromObject  # type: ignore[attr-defined]
    handed.restype, handed.argtypes = ctypes.c_ssize_t, [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
    iid = (ctypes.c_byte * 16).from_buffer_copy(bytes(memoryview(pywintypes.IID(_IDISPATCH))))
    native = wrap(NativeWindow(app), usePolicy=Policy)

    def answer(hwnd: int, message: int, wparam: int, lparam: int) -> int:
        if ctypes.c_int32(lparam).value == _OBJID_NATIVEOM:
            return int(handed(ctypes.byref(iid), wparam, _address(native)))
        return int(win32gui.DefWindowProc(hwnd, message, wparam, lparam))

    outer, handle = 0, 0
    for name in ("XLMAIN", "XLDESK", "EXCEL7"):
        kind = win32gui.WNDCLASS()
        kind.lpszClassName, kind.hInstance = name, win32api.GetModuleHandle(None)
        kind.lpfnWndProc = {_WM_GETOBJECT: answer} if name == "EXCEL7" else {}
        win32gui.RegisterClass(kind)
        style = win32con.WS_VISIBLE | (win32con.WS_CHILD if handle else win32con.WS_OVERLAPPEDWINDOW)
        handle = win32gui.CreateWindow(name, title, style, 20, 20, 700, 400, handle, 0, kind.hInstance, None)
        outer = outer or handle
    return outer


def _address(dispatch: Any) -> int:
    """The interface pointer inside a PyIDispatch, which only its repr says."""
    found = re.search(r"with obj at (0x[0-9a-fA-F]+)", repr(dispatch))
    assert found
    return int(found[1], 16)


def main(path: str, folder: Path) -> None:
    """Hold the book open until it is told to stop."""
    pythoncom.CoInitialize()
    entry.TIME[0] = lambda *parts, tzinfo=None: pywintypes.Time(datetime(*parts))  # type: ignore[assignment,misc]
    app = application.Application(pid=win32api.GetCurrentProcessId())
    book = app.Workbooks.Open(path)
    app._hwnd = windows(app, f"{book._name} - Excel")
    write(folder / "ready.json", {"hwnd": app._hwnd, "pid": app._pid})
    before, noted = standing.state(app), 0.0
    while not (folder / "stop").exists():
        win32event.MsgWaitForMultipleObjects((), False, 200, win32event.QS_ALLINPUT)
        pythoncom.PumpWaitingMessages()
        if time.monotonic() - noted > 1:
            noted = time.monotonic()
            write(folder / "calls.json", {"calls": CALLS.total(), "status": app.StatusBar})
    cells = [[*place, value] for place, value in sorted(standing.standing(book).items())]
    left = {
        "cells": cells,
        "as it was": standing.state(app) == before,
        "saved": app._saved,
        "calls": dict(CALLS),
    }
    write(folder / "left.json", left)


def write(path: Path, told: dict[str, Any]) -> None:
    """Whole or not at all: somebody waits for it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
    fresh.replace(path)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
