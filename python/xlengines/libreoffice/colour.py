"""Colours: red, green, blue in xlwings, 0xRRGGBB in the host."""

from __future__ import annotations

from typing import Any

from ..colour import Colour
from ..colour import rgb as rgb_of

__all__ = ["Colour", "native_colour", "rgb"]


def native_colour(value: Any) -> int:
    """Of a colour as xlwings takes it."""
    red, green, blue = rgb_of(value)
    return red << 16 | green << 8 | blue


def rgb(native: int) -> Colour:
    """Red, green and blue, 0 to 255, of a colour as LibreOffice keeps it."""
    return (native >> 16 & 255, native >> 8 & 255, native & 255)
