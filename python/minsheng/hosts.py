"""Which program holds a book: the one place that knows the engines by name and turns their errors into sentences."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import xlwings as xw

__all__ = ["ENGINES", "opened", "opened_for_change"]

ENGINES = ("file", "libreoffice", "excel")
