"""The font of a range: set for Western and Chinese text alike, as Excel does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import bridge
from .colour import Colour, native_colour, rgb
from .host import hosted

if TYPE_CHECKING:
    from collections.abc import Callable

    from .host import Host

__all__ = ["Font"]

_SCRIPTS = ("", "Asian", "Complex")
_NORMAL, _BOLD = 100.0, 150.0  # com.sun.star.awt.FontWeight


@hosted
class Font(base_classes.Font):
    """``get`` and ``put`` read and write one property of all the cells; None means that they differ."""

    def __init__(self, host: Host, get: Callable[[str], Any], put: Callable[[str, Any], None]) -> None:
        self.host = host
        self._get = get
        self._put = put

    def _put_for_all_scripts(self, name: str, value: Any) -> None:
        for script in _SCRIPTS:
            self._put(name + script, value)

    @property
    def bold(self) -> bool | None:
        weight = self._get("CharWeight")
        return None if weight is None else weight > _NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._put_for_all_scripts("CharWeight", _BOLD if value else _NORMAL)

    @property
    def italic(self) -> bool | None:
        posture = self._get("CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._put_for_all_scripts("CharPosture", bridge.enum("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        size = self._get("CharHeight")
        return None if size is None else float(size)

    @size.setter
    def size(self, value: float) -> None:
        self._put_for_all_scripts("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        name = self._get("CharFontName")
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._put_for_all_scripts("CharFontName", value)

    @property
    def color(self) -> Colour | None:
        colour = self._get("CharColor")
        if colour is None or colour == -1:  # -1: the automatic one
            return None if colour is None else (0, 0, 0)
        return rgb(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self._put("CharColor", native_colour(value))
