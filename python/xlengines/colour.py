"""Colours as xlwings takes them."""

from __future__ import annotations

from typing import Any

__all__ = ["Colour", "rgb"]

#: Red, green, blue: 0 to 255 each.
Colour = tuple[int, int, int]


def rgb(value: Any) -> Colour:
    """Of ``(255, 0, 0)``, ``#ff0000`` or xlwings' integer (blue first)."""
    if isinstance(value, str):
        value = bytes.fromhex(value.removeprefix("#"))
    elif isinstance(value, int):
        value = (value & 255, value >> 8 & 255, value >> 16 & 255)
    red, green, blue = value
    return int(red), int(green), int(blue)
