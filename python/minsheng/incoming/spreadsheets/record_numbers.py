"""Numbers and errors as the record formats .xls and .xlsb store them."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["ERRORS", "rk_number"]

#: MS-XLS 2.5.10, MS-XLSB 2.5.97.2.
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


def rk_number(raw: int) -> float:
    """A number packed into 32 bits (MS-XLS 2.5.217): two flags, then an integer or the upper bits of a float."""
    if raw & 2:
        value = float(raw >> 2 if raw < 1 << 31 else (raw >> 2) - (1 << 30))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    return value / 100 if raw & 1 else value
