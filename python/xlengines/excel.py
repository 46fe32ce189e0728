"""xlwings' own Excel engine, made fit for an Excel that a person works in.

``settled`` changes seven things in xlwings' Windows module, once a process:

- nothing of it ends an Excel: xlwings' exit handler ends every EXCEL.EXE that shows no workbook window, whoever started it;
- a call that Excel rejects, because it is busy or a cell is being edited, is tried again for ``PATIENCE`` seconds and then
  raised, whichever way the call was made (xlwings tries some for ever and others not at all);
- a money format does not round: where Range.Value gives a Currency, the number comes from Range.Value2;
- Range.Formula, which refuses a block that holds a text of over 8,221 characters, is asked in halves there;
- a range is asked where it stands and how large it is in one call, not in seven;
- a collection of sheets knows whether it has one of a title, where xlwings compares sheets with it and never finds any;
- a book on the web, or in a cloud folder of which no place on this computer is known, has its address for a full name.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable
from decimal import Decimal
from types import MethodType
from typing import Any

from .a1 import parse_area

__all__ = [
    "CALL_REJECTED",
    "CELL_EDITED",
    "PATIENCE",
    "RETRY_LATER",
    "is_busy",
    "is_gone",
    "is_not_installed",
    "settled",
]

#: RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, and the scode VBA_E_IGNORE of a cell being edited.
CALL_REJECTED, RETRY_LATER, CELL_EDITED = -2147418111, -2147417846, -2146777998
#: Seconds that a rejected call is tried again, and between two tries.
PATIENCE, PAUSE = 20.0, 0.05


def is_busy(failure: BaseException) -> bool:
    """Whether a com_error says that Excel did not take the call, rather than that the call was wrong."""
    if getattr(failure, "hresult", None) in (CALL_REJECTED, RETRY_LATER):
        return True
    told = getattr(failure, "excepinfo", None) or (None,) * 6
    return told[5] in (CELL_EDITED, CALL_REJECTED)


def is_gone(failure: BaseException) -> bool:
    """Whether a com_error says that Excel has ended: RPC_S_SERVER_UNAVAILABLE, RPC_E_DISCONNECTED, CO_E_OBJNOTCONNECTED."""
    return getattr(failure, "hresult", None) in (-2147023174, -2147417848, -2147220995)


def is_not_installed(failure: BaseException) -> bool:
    """Whether a com_error says that there is no Excel here to start: REGDB_E_CLASSNOTREG, CO_E_CLASSSTRING, or a program that is
    registered and gone (ERROR_FILE_NOT_FOUND, CO_E_SERVER_EXEC_FAILURE)."""
    return getattr(failure, "hresult", None) in (-2147221164, -2147221005, -2147024894, -2146959355)


def settled(windows: Any) -> None:
    """Make the changes in ``windows``, xlwings' module ``_xlwindows``; a second time changes nothing."""
    if getattr(windows, "_settled", False):
        return
    windows._settled = True
    atexit.unregister(windows.cleanup)
    windows.Apps.cleanup = staticmethod(lambda: None)
    _retry_alike(windows)
    windows.Range.raw_value = property(_exact_value, windows.Range.raw_value.fset)
    windows.Book.fullname = property(_place_of(windows.Book.fullname.fget))
    windows.Range.formula = property(_whole_formula(windows), windows.Range.formula.fset)
    windows.Sheets.__contains__ = _has_sheet(windows.pywintypes.com_error)
    windows.Range.row = property(lambda one: _bounds(one, windows)[0])
    windows.Range.column = property(lambda one: _bounds(one, windows)[1])
    windows.Range.shape = property(lambda one: _bounds(one, windows)[2:])


def _retry_alike(windows: Any) -> None:
    """One policy for reading a property, setting one, calling and stepping through a collection."""
    error = windows.pywintypes.com_error
    plain = (windows.CDispatch, windows.CoClassBaseClass, windows.DispatchBaseClass)

    def wrapped(found: Any) -> Any:
        if isinstance(found, plain):
            return Patient(found)
        return _PatientMethod(found) if isinstance(found, MethodType) else found

    def tried(call: Callable[[], Any]) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return wrapped(call())
            except error as failure:
                if not is_busy(failure) or time.monotonic() > until:
                    raise
            time.sleep(PAUSE)

    class _PatientMethod:
        def __init__(self, method: Any) -> None:
            self._method = method

        def __call__(self, *args: Any, **named: Any) -> Any:
            return tried(lambda: self._method(*args, **named))

    class Patient(windows.COMRetryObjectWrapper):  # type: ignore[misc]
        """Excel's object; xlwings tells it by its class."""

        def __getattr__(self, name: str) -> Any:
            return tried(lambda: self._read(name))

        def _read(self, name: str) -> Any:
            try:
                return getattr(self._inner, name)
            except AttributeError:
                # pywin32 says so of a busy Excel too; asked again by name, it gives the true reason.
                self._inner._oleobj_.GetIDsOfNames(0, name)
                raise

        def __setattr__(self, name: str, value: Any) -> None:
            tried(lambda: setattr(self._inner, name, value))

        def __call__(self, *args: Any, **named: Any) -> Any:
            return tried(lambda: self._inner(*args, **named))

        def __iter__(self) -> Any:
            steps = tried(lambda: [iter(self._inner)])[0]
            while True:
                found = tried(lambda: next(steps, _END))
                if found is _END:
                    return
                yield found

    windows.COMRetryObjectWrapper = Patient
    windows.COMRetryMethodWrapper = _PatientMethod


_END = object()


def _place_of(local: Callable[[Any], str]) -> Callable[[Any], str]:
    """xlwings' ``local``, which raises where it finds no place on this computer for a web address."""

    def fullname(book: Any) -> str:
        address = str(book.xl.FullName)
        if "://" not in address:
            return address
        try:
            return local(book)
        except Exception:  # noqa: BLE001 - xlwings raises plain ones there
            return address

    return fullname


def _bounds(owner: Any, windows: Any) -> tuple[int, int, int, int]:
    """Row, column, height and width, of the first of several areas; asked once, as xlwings does."""
    if owner._coords is not windows.missing:
        return owner._coords[1:]  # type: ignore[no-any-return]
    if not hasattr(owner, "_bounds"):
        top, left, bottom, right = parse_area(owner.xl.Address.split(",")[0])
        owner._bounds = (top, left, bottom - top + 1, right - left + 1)
    return owner._bounds  # type: ignore[no-any-return]


def _has_sheet(error: type[Exception]) -> Callable[[Any, str], bool]:
    def has(sheets: Any, title: str) -> bool:
        try:
            sheets.xl(title)
        except error as failure:
            if is_busy(failure):
                raise
            return False
        return True

    return has


def _exact_value(owner: Any) -> Any:
    """Range.Value, with the numbers of money formats from Range.Value2, which does not cut them to four decimals."""
    if owner.xl is None:
        return None
    value = owner.xl.Value
    if isinstance(value, Decimal):
        return owner.xl.Value2
    if not isinstance(value, tuple) or not any(isinstance(one, Decimal) for row in value for one in row):
        return value
    exact = owner.xl.Value2
    return tuple(
        tuple(new if isinstance(old, Decimal) else old for old, new in zip(*rows, strict=True))
        for rows in zip(value, exact, strict=True)
    )


def _whole_formula(windows: Any) -> Callable[[Any], Any]:
    def formula(owner: Any) -> Any:
        if owner.xl is None:
            return None
        try:
            return owner.xl.Formula
        except windows.pywintypes.com_error as failure:
            height, width = owner.shape
            if is_busy(failure):
                raise
            if (height, width) == (1, 1):
                return owner.xl.Value2
            return _halves(owner, height, width)

    def _halves(owner: Any, height: int, width: int) -> Any:
        sheet, top, left = owner.coords[0], owner.row, owner.column
        if height > 1:
            half = height // 2
            parts = [(top, left, half, width), (top + half, left, height - half, width)]
        else:
            half = width // 2
            parts = [(top, left, 1, half), (top, left + half, 1, width - half)]
        read = [_as_rows(formula(windows.Range((sheet, *part)))) for part in parts]
        if height > 1:
            return (*read[0], *read[1])
        return tuple((*one, *other) for one, other in zip(*read, strict=True))

    return formula


def _as_rows(block: Any) -> tuple[tuple[Any, ...], ...]:
    return block if isinstance(block, tuple) else ((block,),)
