"""Libraries that xlwings, openpyxl and others import only where they can be had, and that our processes do without.

They take longer to load than most jobs do. xlwings.pro is under another licence; unused here.
"""

from __future__ import annotations

import sys

__all__ = ["forgo_libraries"]

_NAMES = ("numpy", "pandas", "polars", "matplotlib", "plotly", "PIL", "xlwings.pro")


def forgo_libraries() -> None:
    """Let them not exist in this process. To be called before anything imports xlwings."""
    for name in _NAMES:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
