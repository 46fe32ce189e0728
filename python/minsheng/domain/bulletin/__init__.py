"""通报: what a month's circular says, figures and sentences. Pure; the page belongs to building/bulletin."""

from __future__ import annotations

from ..master import Master
from ..period import Period
from ..project import UnitKind
from ..reminder import Reminder
from ..status import Judgement
from .annexes import annex, ranking
from .page import AnnexRow, Bulletin, LateItem, RankRow, Section, ordinal
from .sections import adjustments, late_items, next_steps, overall, reporting

__all__ = ["AnnexRow", "Bulletin", "LateItem", "RankRow", "Section", "compose"]


def compose(master: Master, judgement: Judgement, reminder: Reminder) -> Bulletin:
    """The circular of the month that ``reminder`` is about, from a judgement at its end. A section without anything to
    say is left out."""
    period = reminder.period
    ranked = ranking(master, period)
    adjusted = (
        "节点和目标调整" if len(judgement.in_force) == len(judgement.projects) else "项目、节点和目标调整"
    )
    parts: tuple[tuple[str, list[str], tuple[LateItem, ...]], ...] = (
        ("总体情况", [overall(master, judgement)], ()),
        ("推进缓慢项目", [], late_items(master, judgement, period)),
        ("镇乡进度", list(ranked.sentences) if ranked else [], ()),
        ("报送情况", [reporting(master, reminder)], ()),
        (adjusted, adjustments(master), ()),
        ("下一步工作", next_steps(master, judgement, reminder), ()),
    )
    said = [part for part in parts if any(part[1]) or part[2]]
    has_townships = any(unit.kind is UnitKind.TOWNSHIP for unit in master.document.units)
    return Bulletin(
        title_lines=(f"关于{period.year}年{period.month}月民生实事项目", "进展情况的通报"),
        addressees=f"{'各镇乡人民政府、街道办事处，' if has_townships else ''}各有关单位：",
        sections=tuple(
            Section(f"{ordinal(place)}、{heading}", tuple(paragraphs), late)
            for place, (heading, paragraphs, late) in enumerate(said, start=1)
        ),
        annex=annex(master, judgement),
        ranking=ranked.rows if ranked else (),
        date=_issued(period),
    )


def _issued(period: Period) -> str:
    """The month after, its day left to whoever signs."""
    year, month = (period.year + 1, 1) if period.month == 12 else (period.year, period.month + 1)
    return f"{year}年{month}月　日"
