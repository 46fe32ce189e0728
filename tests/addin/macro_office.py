"""A workbook with macros, open in LibreOffice, whose Subs are run and whose effects are read from its first sheet.

LibreOffice says nothing when a macro fails: only an effect proves that one has run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

from minsheng.addin.package import MACRO_WORKBOOK, package
from minsheng.addin.source import stored
from minsheng.addin.vba_project import Kind, Module
from xlengines.libreoffice import bridge

__all__ = ["MacroBook", "code", "macro_book"]

ROOT = Path(__file__).parents[2]


def code(name: str, source: str) -> Module:
    return Module(name, Kind.CODE, stored(f'Attribute VB_Name = "{name}"\n{source}', name))


class MacroBook:
    def __init__(self, document: object) -> None:
        self.document = document

    def run(self, module: str, sub: str) -> None:
        script = self.document.getScriptProvider().getScript(  # type: ignore[attr-defined]
            f"vnd.sun.star.script:MinshengLedger.{module}.{sub}?language=Basic&location=document"
        )
        script.invoke((), (), ())

    def column(self, sheet: int = 0) -> list[str]:
        """The texts in column A, down to the first blank."""
        cells = self.document.Sheets.getByIndex(sheet).getCellRangeByName("A1:A99").getDataArray()  # type: ignore[attr-defined]
        texts = [str(row[0]) for row in cells]
        return texts[: texts.index("")]

    def add_sheet(self, name: str, rows: dict[str, str]) -> None:
        """A sheet with keys in column A and values in column B."""
        sheets = self.document.Sheets  # type: ignore[attr-defined]
        sheets.insertNewByName(name, sheets.Count)
        cells = sheets.getByName(name).getCellRangeByPosition(0, 0, 1, len(rows) - 1)
        cells.setDataArray(tuple(rows.items()))


@contextmanager
def macro_book(app: xw.App, path: Path, modules: list[Module]) -> Iterator[MacroBook]:
    """``modules`` beside the add-in's own two documents, in a book at ``path``."""
    documents = [
        Module(name, Kind.DOCUMENT, stored((ROOT / "xlmacros" / f"{name}.cls").read_text("utf-8")))
        for name in ("ThisWorkbook", "Sheet1")
    ]
    ribbon = (ROOT / "workbook" / "ribbon.xml").read_bytes()
    path.write_bytes(package([*documents, *modules], ribbon, MACRO_WORKBOOK))
    document = app.impl.host.desktop.loadComponentFromURL(
        path.as_uri(), "_blank", 0, bridge.properties(Hidden=False, MacroExecutionMode=4)
    )
    try:
        yield MacroBook(document)
    finally:
        document.close(True)
