"""The use cases, one verb a module. Each takes an open book (any xlwings engine) or paths, and returns what it did.

Jobs plan everything before they write anything, and never save: saving belongs to whoever opened the book.
"""
