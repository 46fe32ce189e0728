"""The tables behind a 通报: every project with its figures, and the townships by how far they keep pace."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from ..lateness.measures import goals_of, last_report, pace, series_of
from ..master import Master
from ..period import Period
from ..project import Project, UnitKind
from ..quantity import plain, round_half_up
from ..status import Judgement, ProjectStatus
from .page import AnnexRow, RankRow, amount, share

__all__ = ["Ranking", "annex", "ranking"]

_NONE = "—"
_FULL = Decimal(100)
#: Up to so many townships all stand in the text; of more, the first and the last three.
_FEW, _ENDS = 6, 3


def annex(master: Master, judgement: Judgement) -> tuple[AnnexRow, ...]:
    """The annex: a row for every judged project, in the order of their numbers."""
    projects = {project.number: project for project in master.document.projects}
    return tuple(_row(projects[status.project], status) for status in judgement.projects)


def _row(project: Project, status: ProjectStatus) -> AnnexRow:
    goal, unit = project.goal, project.unit
    least = "≥" if project.target is not None and project.target.relation == ">=" else ""
    return AnnexRow(
        number=project.number,
        title=f"{'★' if project.starred else ''}{project.title}",
        lead_unit=project.lead_unit,
        target=_NONE if goal is None else least + amount(goal, unit),
        plan=_NONE if status.plan is None else amount(status.plan, unit),
        actual=_NONE if status.actual is None else amount(status.actual, unit),
        rate=share(status.actual, goal) if status.actual is not None and goal else _NONE,
        status=str(status.status),
    )


@dataclass(frozen=True, slots=True)
class _Score:
    unit: str
    percent: Decimal
    projects: int
    behind: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """``rows`` from first to last."""

    rows: tuple[RankRow, ...]
    sentences: tuple[str, ...]


def ranking(master: Master, period: Period) -> Ranking | None:
    """Townships ranked by how far they keep pace; None where fewer than two owe anything yet, or nobody has reported.

    The measure, as the text states it: a township's last report ÷ its pace (section 8) in each project that it carries,
    at most 100 %, averaged over those projects. Levels, joint rows and rows that owe nothing yet are left out. Ties are
    judged by the rounded figure that is printed.
    """
    if not any(month <= period.month for month in master.collected_months()):
        return None
    scores, projects = _scores(master, period)
    if len(scores) < 2:
        return None
    rows = tuple(
        RankRow(
            1 + sum(other.percent > score.percent for other in scores),
            score.unit,
            score.projects,
            score.behind,
            _percent(score.percent),
        )
        for score in scores
    )
    averaged = "每个项目最高按100%计，再取各项目的平均" if projects > 1 else "最高按100%计"
    how = (
        f"对{len(scores)}个镇乡（街道）承担的{projects}个项目，按实际累计与应达进度之比计算进度得分"
        f"（{averaged}；比例类、全年保持类项目和联合承担的任务不参加）。"
    )
    return Ranking(rows, (how, _order(scores)))


def _scores(master: Master, period: Period) -> tuple[list[_Score], int]:
    """Best first, equals in the document's order; and the number of projects that count."""
    townships = {unit.name for unit in master.document.units if unit.kind is UnitKind.TOWNSHIP}
    series = series_of(master)
    ratios: dict[str, list[Decimal]] = defaultdict(list)
    projects = 0
    for project in master.document.in_force:
        if project.is_level:
            continue
        goals = goals_of(master, project)
        owed = [
            (row.unit, required)
            for row in project.shares
            if row.unit in townships
            and (required := pace(project, row, goals, master.year, period.month)) > 0
        ]
        projects += bool(owed)
        for unit, required in owed:
            reported = last_report(series.get((project.number, unit), {}), period.month) or Decimal(0)
            ratios[unit].append(min(_FULL, 100 * reported / required))
    scores = [
        _Score(
            unit.name,
            round_half_up(sum(found, Decimal(0)) / len(found), 1),
            len(found),
            sum(ratio < _FULL for ratio in found),
        )
        for unit in master.document.units
        if (found := ratios.get(unit.name))
    ]
    return sorted(scores, key=lambda score: -score.percent), projects


def _order(scores: list[_Score]) -> str:
    groups: dict[Decimal, list[str]] = defaultdict(list)
    for score in scores:
        groups[score.percent].append(score.unit)
    tied = list(groups.items())
    if len(tied) == 1:
        percent = tied[0][0]
        return f"{len(scores)}个镇乡（街道）{'均达到应达进度' if percent == _FULL else f'进度得分均为{_percent(percent)}'}。"
    if len(scores) <= _FEW:
        return f"从高到低依次为：{_listed(tied)}。"
    first = _end(tied)
    last = _end(tied[len(first) :][::-1])[::-1]
    return f"进度靠前的是：{_listed(first)}。进度靠后的是：{_listed(last)}。"


def _end(tied: list[tuple[Decimal, list[str]]]) -> list[tuple[Decimal, list[str]]]:
    """The groups that make up one end: the outermost whole, further ones while they fit into three units."""
    taken = tied[:1]
    for group in tied[1:]:
        if sum(len(units) for _, units in [*taken, group]) > _ENDS:
            break
        taken.append(group)
    return taken


def _listed(tied: list[tuple[Decimal, list[str]]]) -> str:
    return "，".join(
        f"{'、'.join(units)}（{'均为' if len(units) > 1 else ''}{_percent(percent)}）"
        for percent, units in tied
    )


def _percent(value: Decimal) -> str:
    return f"{plain(value)}%"
