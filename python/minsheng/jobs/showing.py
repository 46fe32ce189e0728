"""show: the whole model of a master."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..domain.as_json import master_json
from ..sheets import findings_sheet
from ..sheets.looks import looks_of_inputs
from .reading import read_for

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["show"]


def show(book: xw.Book) -> dict[str, Any]:
    """The document for ``show --json``: the model and what the import and the sheets themselves have to say."""
    master = read_for(book)
    master.findings += looks_of_inputs(book, master)
    of_sheets = map(master.locate, master.master.settings.as_set(master.findings))
    findings = (*findings_sheet.readings(master), *of_sheets)
    return master_json(master.master, findings)
