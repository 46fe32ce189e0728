"""xlwings' own Windows engine on any system: the modules it imports there, upon the model, every call counted.

::

    with pywin32.running(Application()) as engine:     # the xw.Engine "excel", with these Excels running
        pywin32.CALLS.start()                          # what crosses from now on is counted
        pywin32.CALLS.reject = lambda number, name: pywin32.rejected(errors.busy())

A call is what crosses to Excel's process: a property read or set, a method, a step of an enumeration. Values cross as VARIANTs
do: tuples of tuples, floats alone, dates with a zone, errors as numbers, money as Decimal; what pywin32 could not pass is
refused. Source: pywin32's PyCom_VariantFromPyObject; xlwings' ``_xlwindows``.
"""

from __future__ import annotations

import ctypes
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cache
from types import ModuleType, SimpleNamespace

import xlwings as xw

from . import application, entry, errors, ranges, workbook, worksheet

__all__ = ["APPS", "CALLS", "Calls", "com_error", "rejected", "running"]

#: The Excels that run.
APPS: list[application.Application] = []
_MODEL = (
    SimpleNamespace,
    *(
        kind
        for module in (application, ranges, workbook, worksheet)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    ),
)


class com_error(Exception):  # noqa: N801 - pywintypes' own name
    def __init__(self, hresult: int, text: str, exc: object, arg: object) -> None:
        super().__init__(hresult, text, exc, arg)
        self.hresult, self.strerror, self.excepinfo, self.argerror = hresult, text, exc, arg


class TimeType(datetime):
    """pywintypes.datetime."""


class _Utc(tzinfo):
    def utcoffset(self, at: datetime | None) -> timedelta:
        return timedelta(0)

    def dst(self, at: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, at: datetime | None) -> str:
        return "UTC"


class Calls(Counter[str]):
    """Member → times. ``reject`` may give an error for a call, by its number from the last ``start`` and its name."""

    reject: Callable[[int, str], Exception | None] = staticmethod(lambda number, name: None)
    number = 0

    def start(self) -> None:
        """Count from nothing; nothing is rejected."""
        self.clear()
        self.number = 0
        self.reject = lambda number, name: None

    def note(self, owner: object, member: str, verb: str = "") -> None:
        name = f"{type(owner).__name__}.{member}{verb}"
        self.number += 1
        problem = self.reject(self.number, name)
        if problem is not None:
            raise problem
        self[name] += 1


CALLS = Calls()


def rejected(failure: errors.ComError) -> com_error:
    """The error as pywin32 raises it."""
    if failure.hresult == errors.BUSY:
        return com_error(failure.hresult, "被呼叫方拒绝接收呼叫。", None, None)
    told = (0, "Microsoft Excel", failure.text, "xlmain11.chm", 0, failure.scode or failure.hresult)
    return com_error(failure.hresult, "发生意外。", told, None)


def _in(value: object) -> object:
    """Towards Excel: what pywin32 makes a VARIANT of."""
    if isinstance(value, CDispatch):
        return value._oleobj_.thing
    if hasattr(value, "_inner"):  # xlwings' wrapper
        return _in(value._inner)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise TypeError("a datetime for COM needs a time zone")
    if value is None or isinstance(value, bool | int | float | str | datetime | Decimal):
        if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**64:
            raise OverflowError("int too big to convert")
        return value
    if isinstance(value, list | tuple):
        return tuple(_in(one) for one in value)
    raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")


def _out(value: object) -> object:
    return CDispatch(value) if isinstance(value, _MODEL) else value


class _OleObject:
    def __init__(self, thing: object) -> None:
        self.thing = thing

    def GetIDsOfNames(self, _: int, name: str) -> int:
        if not hasattr(type(self.thing), name) and name not in vars(self.thing):
            raise com_error(-2147352570, "未知名称。", None, None)
        return 1


class CDispatch:
    """Late-bound dispatch, as win32com.client.dynamic gives it."""

    def __init__(self, thing: object) -> None:
        object.__setattr__(self, "_oleobj_", _OleObject(thing))

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        other = getattr(other, "_inner", other)
        return isinstance(other, CDispatch) and other._oleobj_.thing is self._oleobj_.thing

    def __hash__(self) -> int:
        return id(self._oleobj_.thing)

    def __getattr__(self, name: str) -> object:
        thing = self._oleobj_.thing
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(type(thing), name, None)
        if found is None and name not in vars(thing):
            raise AttributeError(f"{type(thing).__name__}.{name}")
        if callable(found):
            return types.MethodType(lambda _, *args, **named: self._call(name, args, named), self)
        CALLS.note(thing, name)
        return self._done(lambda: getattr(thing, name))

    def __setattr__(self, name: str, value: object) -> None:
        thing = self._oleobj_.thing
        if not hasattr(type(thing), name) and name not in vars(thing):
            # pywin32 raises AttributeError, upon which xlwings tries again for ever: a test is to end instead.
            raise NotImplementedError(f"the stand-in has no {type(thing).__name__}.{name} to set")
        passed = _in(value)
        CALLS.note(thing, name, "=")
        self._done(lambda: setattr(thing, name, passed))

    def __call__(self, *args: object) -> object:
        return self._call("_item", args, {})

    def _call(self, name: str, args: tuple[object, ...], named: dict[str, object]) -> object:
        thing = self._oleobj_.thing
        passed, passed_named = [_in(one) for one in args], {key: _in(one) for key, one in named.items()}
        CALLS.note(thing, "()" if name == "_item" else f"{name}()")
        return self._done(lambda: getattr(thing, name)(*passed, **passed_named))

    def __iter__(self) -> Iterator[object]:
        thing = self._oleobj_.thing
        CALLS.note(thing, "_NewEnum")
        return _Enumeration(thing)

    @staticmethod
    def _done(work: Callable[[], object]) -> object:
        try:
            return _out(work())
        except errors.ComError as failure:
            raise rejected(failure) from None
        except AttributeError as gap:  # xlwings would take it for a busy Excel and try again for ever
            raise NotImplementedError(f"the stand-in lacks something: {gap}") from gap


class _Enumeration:
    """IEnumVARIANT: a step that was rejected can be taken again."""

    def __init__(self, thing: object) -> None:
        self._thing, self._rest = thing, thing._each()

    def __iter__(self) -> _Enumeration:
        return self

    def __next__(self) -> object:
        CALLS.note(self._thing, "Next()")
        return _out(next(self._rest))


class _Any(ModuleType):
    """A module of which nothing is needed but that it is there."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **named: 0


@contextmanager
def running(*apps: application.Application) -> Iterator[xw.Engine]:
    """xlwings' Windows engine as the xw.Engine "excel", with these Excels running; no trace of it afterwards."""
    before = {name: sys.modules.get(name) for name in _MODULES}
    sys.modules.update(_MODULES)
    module = _engine_module()
    APPS[:] = apps
    CALLS.start()
    engine = xw.Engine(impl=module.engine)
    xw.engines.add(engine)
    active, xw.engines.active = xw.engines.active, engine
    try:
        yield engine
    finally:
        APPS.clear()
        CALLS.start()
        xw.engines.active = active
        xw.engines.engines.remove(engine)
        del xw.engines.engines_by_name[engine.name]
        for name, standing in before.items():
            if standing is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = standing


def _started(name: str) -> CDispatch:
    """DispatchEx: another Excel, without a book."""
    app = application.Application(hwnd=4711 + len(APPS), pid=815 + len(APPS))
    APPS.append(app)
    return CDispatch(app)


def _active(name: str) -> CDispatch:
    """GetActiveObject. Source: its documentation: MK_E_UNAVAILABLE where nothing of that name runs."""
    for app in APPS:
        if app._prog_id.lower() == name.lower():
            return CDispatch(app)
    raise com_error(-2147221021, "操作无法使用", None, None)


def _app_of(hwnd: int) -> application.Application:
    return next(app for app in APPS if app._hwnd == hwnd)


@cache
def _engine_module() -> ModuleType:
    """xlwings._xlwindows, loaded upon the stand-ins of pywin32's modules."""
    entry.TIME[0] = TimeType
    real = ctypes.PyDLL
    ctypes.windll = ctypes.oledll = _dlls()  # type: ignore[attr-defined]
    ctypes.PyDLL = lambda _: SimpleNamespace(PyCom_PyObjectFromIUnknown=SimpleNamespace())  # type: ignore[assignment,misc]
    try:
        import xlwings._xlwindows as module
    finally:
        ctypes.PyDLL = real  # type: ignore[misc]
        del ctypes.windll, ctypes.oledll
    module.get_excel_hwnds = lambda: iter([app._hwnd for app in APPS if app._has_windows])
    module.get_xl_app_from_hwnd = lambda hwnd: module.COMRetryObjectWrapper(CDispatch(_app_of(hwnd)))
    return module


def _stand_ins() -> dict[str, ModuleType]:
    pywintypes, pythoncom = _Any("pywintypes"), _Any("pythoncom")
    pywintypes.com_error = pythoncom.com_error = pythoncom.ole_error = com_error
    pywintypes.error, pywintypes.TimeType, pywintypes.IID = OSError, TimeType, str
    pythoncom.__file__ = "pythoncom"
    win32com, client = ModuleType("win32com"), _Any("win32com.client")
    client.CDispatch, client.CoClassBaseClass = CDispatch, object
    client.DispatchBaseClass = type("DispatchBaseClass", (), {})
    client.DispatchEx, client.GetActiveObject = _started, _active
    win32com.client = client
    zones = _Any("win32timezone")
    zones.TimeZoneInfo = SimpleNamespace(utc=_Utc)
    process = _Any("win32process")
    process.GetWindowThreadProcessId = lambda hwnd: (
        1,
        next((app._pid for app in APPS if app._hwnd == hwnd), 0),
    )
    plain = {name: _Any(name) for name in ("win32api", "win32con", "win32gui")}
    return {
        "pywintypes": pywintypes, "pythoncom": pythoncom, "win32com": win32com, "win32com.client": client,
        "win32timezone": zones, "win32process": process, **plain,
    }  # fmt: skip


def _dlls() -> SimpleNamespace:
    user = SimpleNamespace(
        GetTopWindow=lambda _: 0, GetWindow=lambda *_: 0, GetForegroundWindow=lambda: 0, SetForegroundWindow=lambda _: 1,
        SetWindowPos=lambda *_: 1,
    )  # fmt: skip
    return SimpleNamespace(ole32=_Any("ole32"), oleacc=_Any("oleacc"), user32=user)


_MODULES = _stand_ins()
