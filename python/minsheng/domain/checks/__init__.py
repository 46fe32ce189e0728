"""校验: one small function a rule. Each takes a Case and gives its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from ..finding import Finding
from ..master import Master
from . import nodes, reports, targets, units
from .case import Case

__all__ = ["Case", "check"]

_RULES: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    *targets.RULES,
    *units.RULES,
    *nodes.RULES,
    *reports.RULES,
)


def check(master: Master, as_of: date) -> tuple[Finding, ...]:
    """Every finding about the values of ``master``, by project and code; severities as 设置 has them, rules that are
    switched off left out."""
    case = Case(master, as_of)
    found = master.settings.as_set(finding for rule in _RULES for finding in rule(case))
    return tuple(
        sorted(found, key=lambda f: (f.project or 0, f.code, f.unit or "", f.month or 0, f.node or 0))
    )
