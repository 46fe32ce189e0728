"""首页: what no formula can say — whose projects are counted, what falls due next, who reports and who is on time."""

from __future__ import annotations

import re
from itertools import takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..cells.numbers import whole_number
from ..domain.home import due_next
from ..domain.project import UnitKind
from . import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.home import DueNode, UnitRecord
    from ..domain.master import Master
    from ..domain.status import Judgement
    from .open_master import OpenMaster
    from .tables import Row
    from .writing import Write

__all__ = ["home_writes"]

#: Characters that one line holds under 项目 and under 节点内容.
_TITLE, _NODE = 27, 35
#: 状态 of a node that is due no more but keeps its row for the clerk's words beside it.
_EARLIER = "已移出"
_NOTHING_DUE = "这段时间没有节点到期"
_REST = re.compile(r"另有[0-9]+个.+")
_DAY = len("2024-06-30")
_FIXED = (layout.COUNTED_ALL, layout.COUNTED_STARRED, layout.COUNTED_OTHERS)


def home_writes(
    master: OpenMaster, changed: Master, judgement: Judgement, records: Sequence[UnitRecord]
) -> list[Write]:
    """The writes that bring 首页 up to ``judgement`` of ``changed``; a table that a clerk has deleted stays away."""
    kinds = {unit.name: unit.kind for unit in changed.document.units}
    bureaus = [record for record in records if kinds[record.unit] is UnitKind.BUREAU]
    townships = [record for record in records if kinds[record.unit] is not UnitKind.BUREAU]
    return [
        *_count_writes(master, changed),
        *_due_writes(master, changed, judgement),
        *_sent_writes(master, layout.NAME_SENT_BY_TOWNSHIPS, townships),
        *_sent_writes(master, layout.NAME_SENT_BY_BUREAUS, bureaus),
    ]


def _due_writes(master: OpenMaster, changed: Master, judgement: Judgement) -> list[Write]:
    table = master.table(layout.NAME_DUE, layout.DUE_COLUMNS)
    if table is None:
        return []
    due = [_due_row(node) for node in due_next(changed, judgement)]
    rows: dict[Any, Row] = {
        (str(row["序号"]), row["节点内容"], row["到期时间"].isoformat()): row for row in due
    }
    if not rows:
        rows[_NOTHING_DUE] = {"项目": _NOTHING_DUE}
    whose: dict[int, Any] = {}
    for row in table.block.rows:
        texts = table.texts(row)
        if whole_number(texts["序号"]) is not None and texts["到期时间"]:
            whose[row] = (texts["序号"], texts["节点内容"], texts["到期时间"][:_DAY])
        elif texts["项目"] == _NOTHING_DUE or _REST.fullmatch(texts["项目"]):
            whose[row] = texts["项目"]
    return table.writes(
        table.fitted(
            rows,
            whose,
            lambda row: table.kept(row) | {"状态": _EARLIER},
            lambda number: {"项目": f"另有{number}个节点，见各项目工作表"},
        )
    )


def _sent_writes(master: OpenMaster, name: str, records: Sequence[UnitRecord]) -> list[Write]:
    table = master.table(name, layout.SENT_COLUMNS)
    if table is None:
        return []
    whose: dict[int, str] = {}
    for row in table.block.rows:
        texts = table.texts(row)
        if texts["应报月数"] or _REST.fullmatch(texts[layout.UNIT]):
            whose[row] = texts[layout.UNIT]
    return table.writes(
        table.fitted(
            {record.unit: _sent_row(record) for record in records},
            whose,
            lambda row: {layout.UNIT: table.texts(row)[layout.UNIT]},
            lambda number: {layout.UNIT: f"另有{number}个单位"},
        )
    )


def _due_row(due: DueNode) -> Row:
    project, node = due.project, due.node
    return {
        "序号": project.number,
        "★": "★" if project.starred else None,
        "项目": layout.shortened(project.title, _TITLE),
        "责任单位": project.lead_unit,
        "责任领导": project.leader,
        "节点内容": layout.shortened(f"{node.phrase}：{node.text}", _NODE),
        "应达累计": due.goal,
        "单位": None if due.goal is None else project.unit,
        "到期时间": due.deadline,
        "状态": str(due.status),
    }


def _sent_row(record: UnitRecord) -> Row:
    return {
        layout.UNIT: record.unit, "应报月数": record.expected, "已报月数": record.sent, "报送率": record.sent_rate,
        "按时月数": record.on_time, "按时率": record.on_time_rate,
    }  # fmt: skip


def _count_writes(master: OpenMaster, changed: Master) -> list[Write]:
    """The names under 类别: as long as the projects name no others, nothing is written. Names below a blank row are the
    clerk's."""
    label = layout.COUNT_COLUMNS[0]
    table = master.table(layout.NAME_COUNTS, (label,))
    if table is None:
        return []
    names = {row: table.texts(row)[label] for row in table.block.rows}
    standing = dict(takewhile(itemgetter(1), names.items()))
    projects = changed.document.in_force
    wanted = dict.fromkeys(
        [
            *(name for name in standing.values() if name in _FIXED),
            *(project.leader for project in projects if project.leader),
            *(project.lead_unit for project in projects if project.lead_unit),
        ]
    )
    if list(standing.values()) == list(wanted):
        return []
    return table.writes(
        table.fitted(
            {name: {label: name} for name in wanted},
            dict(standing),
            table.kept,
            lambda number: {label: f"另有{number}个名称"},
        )
    )
