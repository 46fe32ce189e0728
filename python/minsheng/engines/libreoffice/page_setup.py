"""What of a sheet is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..errors import NotSupportedByEngine
from ..file.a1 import area_text, parse_area
from .host import hosted
from .rectangles import address_of, area_of

if TYPE_CHECKING:
    from .host import Host
    from .sheets import Sheet

__all__ = ["PageSetup"]


@hosted
class PageSetup(base_classes.PageSetup):
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def host(self) -> Host:
        return self._sheet.host

    @property
    def api(self) -> Any:
        return self._sheet.api

    @property
    def print_area(self) -> str | None:
        """``$A$1:$D$20`` (several areas with commas); None where the whole sheet is printed."""
        areas = [area_of(address) for address in self._sheet.api.getPrintAreas()]
        return ",".join(area_text(*area, absolute=True) for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        self._sheet.refuse_when_protected()
        if value is None:
            # The host would take an empty list for "nothing of this sheet" and drop it from the PDF.
            raise NotSupportedByEngine("LibreOffice 不能取消打印区域，只能换成另一块。")
        position = self._sheet.position
        areas = [parse_area(part) for part in value.split(",")]
        self._sheet.api.setPrintAreas(tuple(address_of(position, area) for area in areas))
