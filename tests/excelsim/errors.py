"""What Excel answers where it refuses: HRESULT and scode as they reach a COM client."""

from __future__ import annotations

__all__ = [
    "BAD_INDEX",
    "BUSY",
    "EDITING",
    "EXCEPTION",
    "RUNTIME_1004",
    "ComError",
    "busy",
    "editing",
    "refused",
]

#: DISP_E_EXCEPTION, DISP_E_BADINDEX, RPC_E_CALL_REJECTED. Source: WinError.h.
EXCEPTION, BAD_INDEX, BUSY = -2147352567, -2147352565, -2147418111
#: scode of run-time error 1004 (0x800A03EC), and VBA_E_IGNORE (0x800AC472), which Excel gives while a cell is edited.
#: Source: xlwings' COMRetryObjectWrapper; support.microsoft.com on 0x800AC472.
RUNTIME_1004, EDITING = -2146827284, -2146777998


class ComError(Exception):
    """A call that Excel refused; ``scode`` None where Excel was not reached at all."""

    def __init__(self, hresult: int, text: str = "", scode: int | None = None) -> None:
        super().__init__(hresult, text, scode)
        self.hresult, self.text, self.scode = hresult, text, scode


def refused(text: str) -> ComError:
    """Run-time error 1004 with its sentence."""
    return ComError(EXCEPTION, text, RUNTIME_1004)


def busy() -> ComError:
    """The call did not reach Excel: it is busy, or shows a dialog."""
    return ComError(BUSY)


def editing() -> ComError:
    """A cell is being edited."""
    return ComError(EXCEPTION, "", EDITING)
