"""How the overview sheets speak of the project sheets: by name, wherever their tabs and rows have gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...sheets import layout

if TYPE_CHECKING:
    from decimal import Decimal

    from ...domain.project import Project

__all__ = ["NO_TARGET", "as_of_line", "cancelled", "cell", "goal", "looked_up", "number", "text_of"]

#: What stands where a project without a target has no number.
NO_TARGET = "—"


def cell(project: Project, place: str) -> str:
    """The name of a place on the project's sheet."""
    return layout.project_name(project.number, place)


def text_of(project: Project, place: str) -> str:
    """The formula for a cell's words, nothing where it is blank."""
    return f'={cell(project, place)}&""'


def cancelled(project: Project) -> str:
    """The condition that the project was cancelled."""
    return f'{cell(project, layout.STANDING_CELL)}="{layout.CANCELLED}"'


def goal(project: Project) -> str:
    """The adjusted target where there is one, else the target."""
    adjusted, target = cell(project, layout.ADJUSTED_CELL), cell(project, layout.TARGET_CELL)
    return f'IF({adjusted}="",{target},{adjusted})'


def looked_up(table: str, key: str, label: str) -> str:
    """What a named table has under ``label`` in the row whose first cell is ``key``."""
    return f'INDEX({table},MATCH({key},INDEX({table},0,1),0),MATCH("{label}",INDEX({table},1,0),0))'


def as_of_line(words: str) -> str:
    """The formula of a line of words that ends in 截至日期."""
    return f'="{words}"&TEXT({layout.NAME_AS_OF},"yyyy-mm-dd")'


def number(value: Decimal | None) -> int | float | str:
    """What a cell shows of a number: whole ones as integers, nothing for None."""
    if value is None:
        return ""
    return int(value) if value == value.to_integral_value() else float(value)
