"""Areas of a master's sheets. Rows and columns count from 1, both ends are included."""

from __future__ import annotations

from dataclasses import dataclass

from xlengines.a1 import area_text, parse_reference
from xlengines.a1 import cell_text as cell_a1

__all__ = ["Area", "area_named", "cell_a1"]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """``B7`` or ``B7:D9``, without the sheet."""
        return area_text(self.top, self.left, self.bottom, self.right)

    @property
    def reference(self) -> str:
        """What a defined name refers to: ``='01'!$B$7:$D$9``."""
        sheet = self.sheet.replace("'", "''")
        return f"='{sheet}'!{area_text(self.top, self.left, self.bottom, self.right, absolute=True)}"


def area_named(refers_to: str) -> Area | None:
    """The area that a defined name refers to (``='01'!$A$8:$R$26``); None for formulas, constants and #REF!."""
    found = parse_reference(refers_to)
    return None if found is None else Area(found[0], *found[1])
