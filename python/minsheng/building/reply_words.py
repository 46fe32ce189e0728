"""反馈 in words: what the page says over and in its tables, and the message to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.catalogue.refusals import TO_SENDER
from ..domain.quantity import PERCENT, plain, round_half_up
from ..domain.reply import FileState
from ..sheets.layout import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ..domain.period import Period
    from ..domain.refusal import Refusal
    from ..domain.reply import Line, NextNode, NodeLine, Reply

__all__ = [
    "advice", "filled_in", "heading", "lacking", "message", "next_step", "node_place", "place", "project", "reason", "request",
    "state", "status", "title",
]  # fmt: skip

_TITLE, _NODE = 36, 24


def heading(reply: Reply, period: Period) -> str:
    """The title of the page and the first line of the message."""
    return f"{reply.unit.name}{period.label}民生实事填报反馈单"


def state(reply: Reply, form: str) -> str:
    """What became of the unit's file; ``form`` is what it is called."""
    if reply.state is FileState.NOT_ASKED:
        return f"没有向本单位要过这个月的填报表（“{form}”）。"
    if reply.state is FileState.MISSING:
        return f"还没有收到填报表（“{form}”）。"
    if reply.state is FileState.REFUSED:
        return "交来的填报表没有能采用，原因见下面。"
    came = "没有收到填报表，县里登记了数"
    if reply.state is FileState.TAKEN:
        last = reply.received[-1] if reply.received else None
        day = f"，{_day(last.day)}汇总" if last and last.day else ""
        came = f"填报表已收到（“{last.file.file}”{day}）" if last else "填报表已收到"
    counts = []
    if reply.lines:
        counts.append(f"采用{len(reply.taken)}个数")
    if by_hand := sum(line.by_hand for line in reply.lines):
        counts.append(f"县里登记{by_hand}个数")
    if reply.refusals:
        counts.append(f"没有采用{len(reply.refusals)}处")
    if reply.blank:
        counts.append(f"没有填{len(reply.blank)}个数")
    return "，".join([came, *counts]) + "。"


def request(reply: Reply) -> str:
    """What is asked of the unit, the months that it owes among it; empty where nothing is."""
    wanted = {
        FileState.MISSING: "请尽快填好报来；",
        FileState.REFUSED: "请改正后重新报送；",
        FileState.TYPED: "请补交填报表；",
    }.get(reply.state, "")
    if reply.state is FileState.TAKEN and (reply.refusals or reply.blank):
        wanted = "请把没有采用和没有填的改好、补齐后重新报送；"
    told = f"{wanted}确实没有进展的填0，不要空着。" if wanted else ""
    if reply.missing_months:
        told += f"今年还没有报的月份：{_months(reply.missing_months)}，请补报。"
    if reply.refused_months:
        told += f"退回以后还没有补的月份：{_months(reply.refused_months)}，请改正后重新报送。"
    return told


def place(refusal: Refusal) -> str:
    """Where it stands: the file, and the cell where there is one."""
    return f"“{refusal.file}”" + (f"{refusal.sheet}!{refusal.cell}" if refusal.cell else "")


def reason(refusal: Refusal) -> str:
    """The sentence of the finding without the place, which stands beside it."""
    return refusal.reason.removeprefix(place(refusal)).removeprefix("：")


def advice(refusal: Refusal) -> str:
    """What the unit is to do; of a rule that this version does not know, the plain request."""
    return TO_SENDER.get(refusal.code, "请改正后重新报送。")


def title(line: Line) -> str:
    """A row's project, with the joint unit or the second measure that it is of."""
    words = shortened(line.duty.project.title, _TITLE)
    if line.duty.unit not in ("", line.duty.project.lead_unit) and "、" in line.duty.unit:
        words += f"（{line.duty.unit}）"
    return f"{words}（另一项指标）" if line.duty.measure > 1 else words


def filled_in(line: Line, state: FileState) -> str:
    """What stands in place of the month's number where there is none of the unit's own."""
    if line.is_refused:
        return "退回"
    if not line.is_blank or state is FileState.NOT_ASKED:
        return "—"
    return "未填" if state is FileState.TAKEN else "未报"


def lacking(line: Line) -> str:
    """The gap to pace in words, 还差30人; nothing where there is none."""
    return f"还差{plain(line.gap)}{line.duty.measured_in}" if line.gap else ""


def status(line: Line) -> str:
    """The row's status, — where it is not judged."""
    return str(line.status) if line.status else "—"


def next_step(node: NextNode | None, line: Line) -> str:
    """The next node in a phrase, — where there is none."""
    if node is None:
        done = line.total is not None and line.total >= line.duty.share and not line.duty.is_level
        if done:
            return "全年任务已完成"
        return "节点都已到期" if line.gap else "—"
    words = shortened(node.text, _NODE)
    if node.amount is None:
        return f"{_day(node.due)}前：{words}"
    verb = "保持" if line.duty.is_level else "累计达到"
    return f"{_day(node.due)}前{verb}{plain(node.amount)}{line.duty.measured_in}：{words}"


def node_place(line: NodeLine) -> str:
    """A node to tick: its time and its words."""
    return f"{line.duty.node.phrase}{line.duty.node.text}"


def project(line: NodeLine) -> str:
    """What a node to tick is a node of."""
    return shortened(line.duty.project.title, _NODE)


def message(reply: Reply, period: Period, form: str) -> str:
    """The words to send, lines ended by ``\\n``."""
    lines = [heading(reply, period), state(reply, form)]
    if asked := request(reply):
        lines.append(asked)
    if reply.refusals:
        lines += ["", "没有采用的："]
        lines += [
            f"{number}. {place(refusal)}：{reason(refusal)}{advice(refusal)}"
            for number, refusal in enumerate(reply.refusals, start=1)
        ]
    if reply.lines:
        lines += ["", f"到{_day(period.last_day)}的进度：", *_standing(reply)]
    if reply.nodes:
        lines += ["", "要打勾的节点：", *_ticks(reply.nodes)]
    return "\n".join(lines) + "\n"


def _standing(reply: Reply) -> Iterator[str]:
    for line in reply.lines:
        measured_in = line.duty.measured_in
        parts = [f"全年{plain(line.duty.share)}{measured_in}"]
        if line.value is None and (told := filled_in(line, reply.state)) != "—":
            parts.append(f"本月{told}")
        if line.total is not None:
            late = f"（{line.total_month}月）" if line.value is None else ""
            rate = "" if line.rate is None else f"，完成率{_percent(line)}"
            parts.append(f"累计{plain(line.total)}{measured_in}{late}{rate}")
        if line.status:
            parts.append(str(line.status))
        if gap := lacking(line):
            parts.append(gap)
        if line.next_node or line.gap:
            parts.append(
                f"下一节点{next_step(line.next_node, line)}" if line.next_node else next_step(None, line)
            )
        yield f"第{line.duty.label}项 {title(line)}：{'，'.join(parts)}。"


def _percent(line: Line) -> str:
    """The rate in hundredths, half up to one decimal."""
    return "" if line.rate is None else f"{plain(round_half_up(line.rate * 100, 1))}{PERCENT}"


def _ticks(nodes: Iterable[NodeLine]) -> Iterator[str]:
    for line in nodes:
        late = f"，逾期{line.status.days_late}天" if line.status.days_late else ""
        words = shortened(line.duty.node.text, _NODE)
        yield (
            f"第{line.duty.project.number}项 {line.duty.node.phrase}{words}（{_day(line.due)}到期）："
            f"{line.status.status}{late}。"
        )


def _months(months: Iterable[int]) -> str:
    return "、".join(f"{month}月" for month in months)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
