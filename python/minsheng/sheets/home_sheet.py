"""首页: what no formula can say — whose projects are counted, what falls due next, who reports and who is on time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..domain.lateness.measures import node_goal
from ..domain.project import UnitKind
from ..domain.upcoming import due_next
from . import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.master import Master
    from ..domain.punctuality import UnitRecord
    from ..domain.status import Judgement
    from ..domain.upcoming import DueNode
    from .open_master import OpenMaster
    from .tables import Table
    from .writing import Write

__all__ = ["home_writes"]

#: Characters that one line holds under 项目 and under 节点内容.
_TITLE, _NODE = 27, 35
_FIXED = (layout.COUNTED_ALL, layout.COUNTED_STARRED, layout.COUNTED_OTHERS)


def home_writes(
    master: OpenMaster, changed: Master, judgement: Judgement, records: Sequence[UnitRecord]
) -> list[Write]:
    """The writes that bring 首页 up to ``judgement`` of ``changed``; a table that a clerk has deleted stays away."""
    due = [_due_row(node) for node in due_next(changed, judgement)]
    kinds = {unit.name: unit.kind for unit in changed.document.units}
    bureaus = [_sent_row(record) for record in records if kinds[record.unit] is UnitKind.BUREAU]
    townships = [_sent_row(record) for record in records if kinds[record.unit] is not UnitKind.BUREAU]
    writes = _count_writes(master, changed)
    for name, labels, rows, words in (
        (layout.NAME_DUE, layout.DUE_COLUMNS, due or [{"项目": "这段时间没有节点到期"}], ("项目", "个节点，见各项目工作表")),
        (layout.NAME_SENT_BY_TOWNSHIPS, layout.SENT_COLUMNS, townships, (layout.UNIT, "个单位")),
        (layout.NAME_SENT_BY_BUREAUS, layout.SENT_COLUMNS, bureaus, (layout.UNIT, "个单位")),
    ):  # fmt: skip
        table = master.table(name, labels)
        if table is not None:
            writes += table.fitted(_in_room(table, rows, *words))
    return writes


def _in_room(table: Table, rows: list[dict[str, Any]], label: str, words: str) -> list[dict[str, Any]]:
    """The rows that the table holds; where there are more, its last row says how many are not shown."""
    room = len(table.block.rows)
    if len(rows) <= room:
        return rows
    return [*rows[: room - 1], {label: f"另有{len(rows) - room + 1}{words}"}]


def _due_row(due: DueNode) -> dict[str, Any]:
    project, node = due.project, due.node
    return {
        "序号": project.number,
        "★": "★" if project.starred else None,
        "项目": layout.shortened(project.title, _TITLE),
        "责任单位": project.lead_unit,
        "责任领导": project.leader,
        "节点内容": layout.shortened(f"{node.phrase}：{node.text}", _NODE),
        "应达累计": None if node.cumulative is None else node_goal(project, node.cumulative),
        "单位": None if node.cumulative is None else project.unit,
        "到期时间": due.deadline,
        "状态": str(due.status),
    }


def _sent_row(record: UnitRecord) -> dict[str, Any]:
    return {
        layout.UNIT: record.unit, "应报月数": record.expected, "已报月数": record.sent, "报送率": record.sent_rate,
        "按时月数": record.on_time, "按时率": record.on_time_rate,
    }  # fmt: skip


def _count_writes(master: OpenMaster, changed: Master) -> list[Write]:
    """The names under 类别: as long as the projects name no others, nothing is written."""
    table = master.table(layout.NAME_COUNTS, layout.COUNT_COLUMNS[:1])
    if table is None:
        return []
    label = layout.COUNT_COLUMNS[0]
    standing = [table.block.image.text(row, table.columns[label]) for row in table.block.rows]
    projects = changed.document.projects
    names = dict.fromkeys(
        name for name in (*(p.leader for p in projects), *(p.lead_unit for p in projects)) if name
    )
    wanted = [name for name in standing if name in _FIXED] + list(names)
    if [name for name in standing if name] == wanted:
        return []
    rows: list[dict[str, Any]] = [{label: name} for name in wanted]
    return table.fitted(_in_room(table, rows, label, "个名称"))
