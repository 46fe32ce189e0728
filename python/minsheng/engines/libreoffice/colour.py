"""Colours: red, green, blue in xlwings, 0xRRGGBB in the host."""

from __future__ import annotations

from typing import Any

__all__ = ["Colour", "native_colour", "rgb"]

Colour = tuple[int, int, int]


def native_colour(value: Any) -> int:
    """Of ``(255, 0, 0)``, ``#ff0000`` or xlwings' integer (blue first)."""
    if isinstance(value, str):
        value = bytes.fromhex(value.removeprefix("#"))
    elif isinstance(value, int):
        value = (value & 255, value >> 8 & 255, value >> 16 & 255)
    red, green, blue = value
    return int(red) << 16 | int(green) << 8 | int(blue)


def rgb(native: int) -> Colour:
    return (native >> 16 & 255, native >> 8 & 255, native & 255)
