"""What formulas give, computed without a spreadsheet program, where there is no doubt about it.

Not a spreadsheet engine: the functions and the uses of them that are known are those whose result Excel, WPS and LibreOffice
agree on. Whatever is unknown, ambiguous or depends on such a cell is ``Unsure`` and gets no value at all.
"""

from .workbook import Calculation, Cells

__all__ = ["Calculation", "Cells"]
