"""Lateness computed a second time, naively, from the text of the design alone: shares no code with minsheng.domain.lateness.

Everything is plain dicts: see ``judge_again``. ``named`` of it is what colour does not print: who is behind and by how much,
who never reported, who skipped the latest month.
"""

from __future__ import annotations

import calendar
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

MEASURED = {"公里", "米", "亩", "公顷", "平方米", "立方米", "吨", "元", "万元", "亿元", "千瓦", "小时", "%"}


def step_of(p: Any) -> Decimal:
    """Whole numbers unless the unit measures or the document prints a fraction; one share alone that adds up to nothing
    is a slip."""
    if p.target is None or p.target.unit in MEASURED:
        return Decimal("0.01")
    shares = [a.quantity for a in p.allocations if a.quantity is not None]
    broken = [q for q in shares if q != int(q)]
    proven = len(broken) > 1 or (bool(broken) and sum(shares) in (p.target.value, p.allocation_total))
    printed = [p.target.value, p.allocation_total] + [n.cumulative for n in p.milestones if "%" not in n.text]
    if proven or any(q is not None and q != int(q) for q in printed):
        return Decimal("0.01")
    return Decimal(1)


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def judge_again(master: Any, as_of: date) -> dict[str, Any]:
    """The document of ``colour --json``, lists in any order."""
    year = master.document.year
    month_of_as_of = 12 if as_of.year > year else (0 if as_of.year < year else as_of.month)
    collected = sorted({r.month for r in master.reports if r.value is not None})
    out: dict[str, Any] = {"cells": [], "nodes": [], "projects": [], "named": []}
    for p in master.document.projects:
        units = units_of(p)
        numeric = numeric_nodes(p)
        level = (p.target is not None and p.target.unit == "%") or any(
            "全年持续保持" in n.text for n in p.milestones
        )
        reported = {
            u: {r.month: r.value for r in master.reports
                if r.project == p.number and r.unit == u and r.measure == 1 and r.value is not None}
            for u in units
        }  # fmt: skip

        def actual_by(month: int, reported: dict = reported, level: bool = level) -> Decimal:
            values = []
            for months in reported.values():
                past = [m for m in months if m <= month]
                values.append(months[max(past)] if past else Decimal(0))
            if not values:
                return Decimal(0)
            return min(values) if level else sum(values, Decimal(0))

        cap = p.adjusted_target
        deadlines = [n.adjusted_to or last_day(year, n.last_month) for n in p.milestones]
        for u, share in units.items():
            for m in collected:
                if last_day(year, m) > as_of:
                    continue
                cumulative = Decimal(0)
                for i in numeric:
                    if deadlines[i] <= last_day(year, m):
                        cumulative = p.milestones[i].cumulative
                if cap is not None:
                    cumulative = min(cumulative, cap)
                pace = Decimal(0)
                if p.target is not None and p.target.value != 0:
                    step = step_of(p)
                    pace = (share * cumulative / p.target.value).quantize(step, rounding=ROUND_FLOOR)
                value = reported[u].get(m)
                earlier = [k for k in reported[u] if k < m]
                if value is None:
                    done = not level and earlier and reported[u][max(earlier)] >= share
                    status = "已完成" if done else "未报"
                elif value >= share:
                    status = "已完成"
                elif value >= pace:
                    status = "正常"
                elif numeric and deadlines[numeric[-1]] <= last_day(year, m):
                    status = "逾期"
                else:
                    status = "滞后"
                out["cells"].append({"project": p.number, "unit": u, "month": m, "status": status})
        actual = actual_by(month_of_as_of)
        statuses = []
        ticked = [
            t if n.done_on is None or n.done_on <= as_of else None
            for n, t in ((n, n.done) for n in p.milestones)
        ]
        for i, n in enumerate(p.milestones):
            due = deadlines[i] <= as_of
            near = (deadlines[i] - as_of).days <= master.settings.near_days
            days = None
            if i in numeric:
                need = n.cumulative if cap is None else min(n.cumulative, cap)
                if actual >= need:
                    status = "已完成"
                elif due:
                    status, since = "逾期", deadlines[i]
                    if level:
                        first = month_of_as_of
                        while first > 1 and actual_by(first - 1) < need:
                            first -= 1
                        if first >= 1:
                            since = max(since, last_day(year, first))
                    days = max(0, (as_of - since).days)
                else:
                    status = "临期" if near else "正常"
            elif ticked[i] is True:
                status = "已完成"
            elif due and ticked[i] is False:
                status, days = "逾期", (as_of - deadlines[i]).days
            elif due:
                status = "待确认"
            else:
                status = "临期" if near else "正常"
            statuses.append(status)
            out["nodes"].append(
                {"project": p.number, "index": i + 1, "month": n.phrase, "status": status, "days_late": days}
            )
        goal = cap if cap is not None else (p.target.value if p.target else None)
        repeats = [i for i, n in enumerate(p.milestones) if n.cumulative is not None and i not in numeric]
        if numeric or not p.milestones:
            finished = goal is not None and actual >= goal and all(ticked[i] is True for i in repeats)
        else:
            finished = all(t is True for t in ticked)
        if "逾期" in statuses:
            status = "逾期"
        elif finished:
            status = "已完成"
        elif "临期" in statuses:
            status = "临期"
        elif "待确认" in statuses:
            status = "待确认"
        else:
            status = "正常"
        row: dict[str, Any] = {
            "project": p.number,
            "status": status,
            "plan": None,
            "actual": None,
            "rate": None,
        }
        if p.target is not None:
            due_numbers = [p.milestones[i].cumulative for i in numeric if deadlines[i] <= as_of]
            plan = max(due_numbers) if due_numbers else Decimal(0)
            plan = plan if cap is None else min(plan, cap)
            row["plan"], row["actual"] = number(plan), number(actual)
            if goal:
                row["rate"] = number((actual / goal).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))
        out["projects"].append(row)
        out["named"].append(named(master, p, as_of, out["cells"], status))
    return out


def named(master: Any, p: Any, as_of: date, cells: list[dict[str, Any]], status: str) -> dict[str, Any]:
    """滞后单位 with their gaps, and the units that said nothing, ever or in the latest collected month."""
    year = master.document.year
    until = 12 if as_of.year > year else (0 if as_of.year < year else as_of.month)
    units = units_of(p)
    numeric = numeric_nodes(p)

    def share_of_plan(share: Decimal, day: date) -> Decimal:
        if p.target is None or p.target.value == 0:
            return Decimal(0)
        cumulative = Decimal(0)
        for i in numeric:
            deadline = p.milestones[i].adjusted_to or last_day(year, p.milestones[i].last_month)
            if deadline <= day:
                cumulative = p.milestones[i].cumulative
        if p.adjusted_target is not None and cumulative > p.adjusted_target:
            cumulative = p.adjusted_target
        return share * cumulative / p.target.value

    def said(unit: str) -> dict[int, Decimal]:
        return {
            r.month: r.value for r in master.reports
            if r.project == p.number and r.unit == unit and r.measure == 1 and r.value is not None and r.month <= until
        }  # fmt: skip

    ours = [cell for cell in cells if cell["project"] == p.number]
    behind = {}
    if ours:
        latest = max(cell["month"] for cell in ours)
        for cell in ours:
            if cell["month"] == latest and cell["status"] in ("滞后", "逾期"):
                step = step_of(p)
                required = share_of_plan(units[cell["unit"]], last_day(year, latest))
                required = required.quantize(step, rounding=ROUND_FLOOR)
                behind[cell["unit"]] = (cell["status"], required - said(cell["unit"])[latest])
    if not behind and status == "逾期":
        for unit, share in units.items():
            have = said(unit)
            gap = share_of_plan(share, as_of) - (have[max(have)] if have else Decimal(0))
            if gap > 0:
                behind[unit] = ("低于均值", gap.quantize(step_of(p), rounding=ROUND_CEILING))
    collected = [r.month for r in master.reports if r.value is not None and r.month <= until]
    return {
        "project": p.number,
        "behind": behind,
        "never": {unit for unit in units if not said(unit)},
        "skipped": {unit for unit in units if said(unit) and collected and max(collected) not in said(unit)},
    }


def breaches(master: Any) -> set[tuple[int, str, int | None]]:
    """(contained project, unit, month or None for the year's part) where it has more than the project around it."""
    found = set()
    by_number = {p.number: p for p in master.document.projects}
    for pair in master.document.containments:
        if pair.inner == pair.outer or not {pair.inner, pair.outer} <= set(by_number):
            continue
        around = {row.unit: row.quantity or Decimal(0) for row in by_number[pair.outer].allocations}
        for row in by_number[pair.inner].allocations:
            if row.quantity is not None and row.quantity > around.get(row.unit, Decimal(0)):
                found.add((pair.inner, row.unit, None))
            for one in master.reports:
                for other in master.reports:
                    if (
                        one.project == pair.inner and other.project == pair.outer and one.measure == other.measure == 1
                        and one.unit == other.unit == row.unit and one.month == other.month
                        and one.value is not None and other.value is not None and one.value > other.value
                    ):  # fmt: skip
                        found.add((pair.inner, row.unit, one.month))
    return found


def sums_that_differ(master: Any) -> set[int]:
    """Projects whose parts, where the table lined up, do not sum to 合计; percentages are not summed."""
    found = set()
    for p in master.document.projects:
        if p.allocations and p.stand_in is None and p.allocation_total is not None:
            total = Decimal(0)
            for row in p.allocations:
                total += row.quantity or 0
            if total != p.allocation_total and not (p.target is not None and p.target.unit == "%"):
                found.add(p.number)
    return found


def units_of(p: Any) -> dict[str, Decimal]:
    """Who has to do how much."""
    quantities = {row.unit: row.quantity for row in p.allocations}
    if p.stand_in is not None:
        complete = all(q is not None for q in quantities.values())
        if not complete or sum(quantities.values(), Decimal(0)) != p.stand_in.quantity:
            return {p.stand_in.unit: p.stand_in.quantity}
    if quantities:
        return {u: q for u, q in quantities.items() if q is not None}
    return {p.lead_unit: p.target.value} if p.target is not None else {}


def numeric_nodes(p: Any) -> list[int]:
    """Numbers above the number before; the others are repeats."""
    found, before = [], None
    for i, n in enumerate(p.milestones):
        if n.cumulative is None:
            continue
        if before is None or n.cumulative > before:
            found.append(i)
        before = n.cumulative
    return found


def number(value: Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
