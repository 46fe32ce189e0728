"""xlwings engines for books that Excel does not hold: a plain file (lossless), LibreOffice (over UNO).

They know nothing of any particular workbook and could be published on their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["excel_engine", "file_engine", "libreoffice_engine"]


def file_engine() -> xw.Engine:
    """The engine "file": workbooks on disk, changed part by part, everything else kept byte for byte."""
    from .file import engine

    return _registered(engine.ENGINE_NAME, engine.Engine)


def libreoffice_engine() -> xw.Engine:
    """The engine "libreoffice": documents in a LibreOffice that is started here or runs already."""
    from .libreoffice import engine

    return _registered(engine.ENGINE_NAME, engine.Engine)


def excel_engine() -> xw.Engine | None:
    """xlwings' own engine "excel", settled for an Excel that a person works in; None where there is none (no Windows or macOS,
    or pywin32 cannot be loaded)."""
    import sys

    import xlwings as xw

    if "excel" not in xw.engines.engines_by_name:
        return None
    if windows := sys.modules.get("xlwings._xlwindows"):
        from .excel import settled

        settled(windows)
    return xw.engines["excel"]


def _registered(name: str, implementation: type) -> xw.Engine:
    """The engine of that name, added to xlwings once; never made the active one."""
    import xlwings as xw

    if name not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=implementation()))
    return xw.engines[name]
