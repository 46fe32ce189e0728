"""The sheets of an open master, read and written through the public xlwings API."""
