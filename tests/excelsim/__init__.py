"""A stand-in for Excel: the part of its object model that xlwings' Windows engine and the product touch.

xlwings' own ``_xlwindows`` runs unchanged upon it (``pywin32.engine``), on any system. It is somebody's knowledge of Excel,
not Excel: each behaviour names where it is known from, in a comment that begins with ``Source:``, or says ``Assumed:``; the
assumptions stand, word for word, in docs/not-seen-in-excel.md, and a test holds them there.

::

    errors       what Excel refuses, with its numbers
    entry        what Excel makes of a typed value, what Value, Value2 and Formula give back
    cells        the grid of a sheet: cells, merged areas, hidden rows, filters
    references   A1 text, and formulas that follow inserted rows
    application  Application, Workbooks, protected view
    workbook     Workbook, Worksheets, Names
    worksheet    Worksheet, PageSetup
    ranges       Range and what hangs on it
    loading      .xlsx to and from the model, by openpyxl, which the product's own engines do not share a line with
    pywin32      the modules that xlwings imports on Windows; counts every call, may reject it
"""
