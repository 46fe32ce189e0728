"""What 设置 takes in when the document gets other projects or units: its lists of units and of pairs, and the months of new
projects in the formula of the day in use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from . import layout
from .contents import pair_row, unit_row
from .image import is_formula
from .writing import Formula, Write, kept

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ..domain.document import TaskDocument
    from .open_master import OpenMaster
    from .settings_sheet import SettingsSheet

__all__ = ["carried_settings", "settings_writes"]

#: The projects' latest months, a hundred in a row, in two equal halves of the formula.
_MONTHS: Final = re.compile(
    r"P\d{2,}_" + layout.COLLECTED_CELL + r"(?:,P\d{2,}_" + layout.COLLECTED_CELL + ")*"
)


def settings_writes(master: OpenMaster, wanted: TaskDocument) -> list[Write]:
    """The writes; none where nothing of this changes."""
    known = master.master.document
    return [
        *_rows(
            master,
            layout.NAME_UNITS,
            layout.UNIT_SETTING_COLUMNS,
            {(unit.name,) for unit in known.units},
            {(unit.name,): unit_row(unit) for unit in wanted.units},
        ),
        *_rows(
            master,
            layout.NAME_CONTAINMENTS,
            layout.CONTAINMENT_COLUMNS,
            {(str(pair.inner), str(pair.outer)) for pair in known.containments},
            {(str(pair.inner), str(pair.outer)): pair_row(pair) for pair in wanted.containments},
        ),
        *_day_in_use(master, [project.number for project in wanted.projects]),
    ]


#: Parameters that are computed.
_COMPUTED: Final = (layout.PARAM_AS_OF_USED, layout.PARAM_MONTH_USED, layout.PARAM_CYCLE_MONTHS)


def carried_settings(old: SettingsSheet, new: SettingsSheet, tab: str) -> list[Write]:
    """The writes onto ``tab``, a copy of ``new``, that keep what a clerk has chosen: parameters and severities."""
    writes = [
        Write(tab, *new.cells[label], [[kept(old.image, *place)]])
        for label, place in old.cells.items()
        if label in new.cells and label not in _COMPUTED and old.image.value(*place) is not None
    ]
    chosen = old.settings.severities
    area = new.rules
    if area is None:
        return writes
    columns = new.image.block(area).columns()
    code, level = (columns[label] for label in layout.RULE_COLUMNS[::2])
    for row in new.image.block(area).rows:
        if (text := new.image.text(row, code)) in chosen:
            severity = chosen[text]
            word = layout.SEVERITY_OFF if severity is None else layout.SEVERITY_WORDS[severity]
            writes.append(Write(tab, row, level, [[word]]))
    return writes


def _rows(
    master: OpenMaster,
    name: str,
    labels: tuple[str, ...],
    standing: Collection[tuple[str, ...]],
    wanted: Mapping[tuple[str, ...], tuple[Any, ...]],
) -> list[Write]:
    """Rows of a list that is to hold what is ``wanted``, by the texts of its first columns: those that are there stay as
    they are, ``standing`` ones that are wanted no more are blanked, new ones go below; a row of remarks is the clerk's."""
    area = master.places.get(name)
    if area is None:
        return []
    image = master.settings.image
    block = image.block(area)
    columns = [column for label, column in block.columns().items() if label in labels]
    width = len(next(iter((*wanted, *standing)), ("",)))
    used = range(block.header_row + 1, max(block.rows_in_use(column).stop for column in columns))
    rows = {tuple(image.text(row, column) for column in columns[:width]): row for row in used}
    placed = {
        row: (None,) * len(labels) for key, row in rows.items() if key in standing and key not in wanted
    }
    new = [row for key, row in wanted.items() if key not in rows]
    placed |= dict(zip(range(used.stop, used.stop + len(new)), new, strict=True))
    return [
        Write(image.sheet, row, column, [[value]])
        for row, values in placed.items()
        for column, value in zip(columns, values, strict=False)
    ]


def _day_in_use(master: OpenMaster, numbers: Sequence[int]) -> list[Write]:
    place = master.settings.cells.get(layout.PARAM_AS_OF_USED)
    text = "" if place is None else master.settings.image.formula(*place)
    if place is None or not is_formula(text):
        return []
    names = [layout.project_name(number, layout.COLLECTED_CELL) for number in numbers]
    runs = [match[0].split(",") for match in _MONTHS.finditer(text)]
    listed = {name for run in runs for name in run}
    new = [name for name in names if name not in listed]
    kept = [[name for name in run if name in names] for run in runs]
    for last in {len(runs) // 2 - 1, len(runs) - 1} if new and runs else ():
        kept[last] += new
    lists = iter([",".join(run) or "0" for run in kept])
    changed = _MONTHS.sub(lambda _: next(lists), text)
    return [] if changed == text else [Write(master.settings.image.sheet, *place, [[Formula(changed)]])]
