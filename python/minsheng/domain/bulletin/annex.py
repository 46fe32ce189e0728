"""附件1: every project with its figures."""

from __future__ import annotations

from decimal import Decimal

from ..master import Master
from ..project import Project
from ..quantity import plain, round_half_up
from ..status import Judgement, ProjectStatus
from .page import AnnexRow
from .wording import amount

__all__ = ["annex"]

_NONE = "—"


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
        rate=_rate(status.actual, goal),
        status=str(status.status),
    )


def _rate(actual: Decimal | None, goal: Decimal | None) -> str:
    """Rounded once, from the exact quotient."""
    return f"{plain(round_half_up(100 * actual / goal, 1))}%" if actual is not None and goal else _NONE
