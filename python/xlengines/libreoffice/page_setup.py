"""What of a sheet is printed, and on which paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import area_text, parse_area
from ..errors import NotSupportedByEngine
from .bridge import address_of, area_of
from .host import hosted

if TYPE_CHECKING:
    from .host import Host
    from .sheets import Sheet

__all__ = ["PageSetup"]

#: Excel's number → short and long side in hundredths of a millimetre.
_PAPERS = {8: (29700, 42000), 9: (21000, 29700)}
_MILLIMETRE = 100


@hosted
class PageSetup(base_classes.PageSetup):
    """Paper, orientation and margins of a sheet, through the style of its page."""

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
            self._print_everything()
            return
        position = self._sheet.position
        areas = [parse_area(part) for part in value.split(",")]
        self._sheet.api.setPrintAreas(tuple(address_of(position, area) for area in areas))

    @property
    def paper_size(self) -> int:
        """Excel's number of the paper: 8 is A3, 9 is A4; 0 for another."""
        style = self._style()
        sides = sorted((style.getPropertyValue("Width"), style.getPropertyValue("Height")))
        for number, paper in _PAPERS.items():
            # Programs round to twips or to points: within a millimetre it is that paper.
            if all(abs(side - known) <= _MILLIMETRE for side, known in zip(sides, paper, strict=True)):
                return number
        return 0

    @paper_size.setter
    def paper_size(self, value: int) -> None:
        short, long = _PAPERS[value]
        style = self._style()
        width, height = (long, short) if style.getPropertyValue("IsLandscape") else (short, long)
        style.setPropertyValue("Width", width)
        style.setPropertyValue("Height", height)

    def _style(self) -> Any:
        """The page style: in a book read from a file every sheet has its own."""
        styles = self._sheet.book.api.getStyleFamilies().getByName("PageStyles")
        return styles.getByName(self._sheet.api.getPropertyValue("PageStyle"))

    def _print_everything(self) -> None:
        """The command of the menu: an empty list of areas means "nothing of this sheet", which then is not in the PDF."""
        controller = self._sheet.book.api.getCurrentController()
        if controller is None:
            raise NotSupportedByEngine("no-window", path=self._sheet.book.fullname)

        def printed() -> None:
            active = controller.getActiveSheet()
            controller.setActiveSheet(self._sheet.api)
            dispatcher = self.host.create("com.sun.star.frame.DispatchHelper")
            dispatcher.executeDispatch(controller.getFrame(), ".uno:DeletePrintArea", "", 0, ())
            controller.setActiveSheet(active)

        self.host.in_its_thread(printed)
