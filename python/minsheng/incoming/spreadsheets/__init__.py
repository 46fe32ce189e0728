"""Any workbook from outside as guarded cells: .xlsx .xlsm .xlsb .xls .et .ods, read as bytes, never opened in a program."""
