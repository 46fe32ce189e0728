"""The office's rules: pure values and functions. No Excel, no files, no clock; numbers are Decimal."""
