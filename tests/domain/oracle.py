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
    collected = sorted(collected_by(master))
    months_of = {"月": 1, "季": 3, "半年": 6}[str(master.settings.cycle)]

    def falls_due(n: Any) -> date:
        own = n.adjusted_to or last_day(year, n.last_month)
        if months_of == 1:
            return own
        for last in range(months_of, 13, months_of):
            if own.month <= last:
                return last_day(own.year, last)
        raise AssertionError(own)

    out: dict[str, Any] = {"cells": [], "nodes": [], "projects": [], "named": []}
    for p in master.document.projects:
        if p.cancelled:
            nothing = dict.fromkeys(("light", "schedule", "plan", "actual", "rate"))
            out["projects"].append({"project": p.number, "status": "已取消", **nothing})
            nobody: dict[str, Any] = {"behind": {}, "together": None, "never": set(), "skipped": set()}
            out["named"].append({"project": p.number, **nobody})
            continue
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
        deadlines = [falls_due(n) for n in p.milestones]
        goals = goals_of(p, numeric)
        shared = sum(units.values(), Decimal(0))
        divisor = cap if cap is not None and shared == cap else (p.target.value if p.target else None)

        def silent_by(month: int, reported: dict = reported) -> bool:
            return not any(m <= month for months in reported.values() for m in months)

        silent = bool(numeric) and silent_by(month_of_as_of)
        for u, share in units.items():
            for m in collected:
                if last_day(year, m) > as_of:
                    continue
                cumulative = Decimal(0)
                for i in numeric:
                    if deadlines[i] <= last_day(year, m):
                        cumulative = goals[i]
                pace = Decimal(0)
                if divisor:
                    step = step_of(p)
                    pace = (share * cumulative / divisor).quantize(step, rounding=ROUND_FLOOR)
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
            days = reached_month = None
            if i in numeric:
                need = goals[i]
                if silent:
                    status = "未报" if due else ("临期" if near else "正常")
                elif actual >= need:
                    status = "已完成"
                    if not level:
                        reached_month = next(
                            m for m in collected if not silent_by(m) and actual_by(m) >= need
                        )
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
                {
                    "project": p.number,
                    "index": i + 1,
                    "month": n.phrase,
                    "status": status,
                    "days_late": days,
                    "reached_month": reached_month,
                }
            )
        goal = cap if cap is not None else (p.target.value if p.target else None)
        repeats = [i for i, n in enumerate(p.milestones) if n.cumulative is not None and i not in numeric]
        if numeric or not p.milestones:
            finished = (
                goal is not None and not silent and actual >= goal and all(ticked[i] is True for i in repeats)
            )
        else:
            finished = all(t is True for t in ticked)
        if "逾期" in statuses:
            status = "逾期"
        elif "未报" in statuses:
            status = "未报"
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
            "light": "",
            "schedule": None,
            "plan": None,
            "actual": None,
            "rate": None,
        }
        if p.target is not None:
            due_numbers = [goals[i] for i in numeric if deadlines[i] <= as_of]
            plan = max(due_numbers) if due_numbers else Decimal(0)
            row["plan"] = number(plan)
            if not silent:
                row["actual"] = number(actual)
                if goal:
                    row["rate"] = number((actual / goal).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))
        ours = [node for node in out["nodes"] if node["project"] == p.number]
        most_days = max([node["days_late"] or 0 for node in ours], default=0)
        wide = (
            p.target is not None and goal and not silent
            and (plan - actual) / goal * 100 >= master.settings.red_gap
        )  # fmt: skip
        if status == "未报":
            row["light"] = "灰"
        elif status == "逾期" and (wide or most_days >= master.settings.red_days):
            row["light"] = "红"
        elif status == "逾期" or ("待确认" in statuses and status != "已完成"):
            row["light"] = "黄"
        elif status == "临期":
            row["light"] = "蓝"
        else:
            row["light"] = "绿"
        if numeric and not level and not silent:
            until = [m for m in collected if m <= month_of_as_of]
            last = numeric[-1]
            when = ours[last]["reached_month"]
            if status == "逾期":
                row["schedule"] = "滞后"
            elif when is not None:
                below = [
                    m for m in until if m < when and last_day(year, m) >= deadlines[last] and not silent_by(m)
                ]
                if below:
                    row["schedule"] = "逾期完成"
                elif (year, when) < (deadlines[last].year, deadlines[last].month):
                    row["schedule"] = "提前"
                else:
                    row["schedule"] = "按时"
            else:
                after = [i for i in numeric if deadlines[i] > last_day(year, until[-1])]
                row["schedule"] = "提前" if after and actual >= goals[after[0]] else "按时"
        out["projects"].append(row)
        out["named"].append(named(master, p, as_of, out["cells"], row, falls_due))
    return out


def named(
    master: Any, p: Any, as_of: date, cells: list[dict[str, Any]], row: dict[str, Any], falls_due: Any
) -> dict[str, Any]:
    """滞后单位 with their gaps, what lacks where none is, and the units that said nothing, ever or in the latest month."""
    year = master.document.year
    until = 12 if as_of.year > year else (0 if as_of.year < year else as_of.month)
    units = units_of(p)
    numeric = numeric_nodes(p)

    def share_of_plan(share: Decimal, day: date) -> Decimal:
        recut = p.adjusted_target is not None and p.adjusted_target == sum(units.values(), Decimal(0))
        whole = p.adjusted_target if recut else (p.target.value if p.target else Decimal(0))
        if not whole:
            return Decimal(0)
        cumulative = Decimal(0)
        for i in numeric:
            if falls_due(p.milestones[i]) <= day:
                cumulative = goals_of(p, numeric)[i]
        return (share * cumulative / whole).quantize(step_of(p), rounding=ROUND_FLOOR)

    def in_full(lacking: Decimal) -> Decimal:
        return lacking.quantize(Decimal(1), rounding=ROUND_CEILING) if step_of(p) == 1 else lacking

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
                required = share_of_plan(units[cell["unit"]], last_day(year, latest))
                behind[cell["unit"]] = (cell["status"], in_full(required - said(cell["unit"])[latest]))
    together = None
    if not behind and row["status"] == "逾期" and row["plan"] is not None and row["actual"] is not None:
        lacking = Decimal(row["plan"]) - Decimal(row["actual"])
        have = {unit: said(unit)[max(said(unit))] if said(unit) else Decimal(0) for unit in units}
        if lacking > 0 and all(have[unit] >= share_of_plan(share, as_of) for unit, share in units.items()):
            together = in_full(lacking)
    collected = [month for month in collected_by(master) if month <= until]
    return {
        "project": p.number,
        "behind": behind,
        "together": together,
        "never": {unit for unit in units if not said(unit)},
        "skipped": {unit for unit in units if said(unit) and collected and max(collected) not in said(unit)},
    }


def collected_by(master: Any) -> set[int]:
    """The months with a number of a project that was not cancelled."""
    gone = [p.number for p in master.document.projects if p.cancelled]
    return {r.month for r in master.reports if r.value is not None and r.project not in gone}


def breaches(master: Any) -> set[tuple[int, str, int | None]]:
    """(contained project, unit, month or None for the year's part) where it has more than the project around it."""
    found = set()
    by_number = {p.number: p for p in master.document.projects if not p.cancelled}
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
    """Projects whose parts, where the table lined up, sum neither to 合计 nor, cut anew, to an adjusted target;
    percentages are not summed."""
    found = set()
    for p in master.document.projects:
        if not p.cancelled and p.allocations and p.stand_in is None and p.allocation_total is not None:
            total = Decimal(0)
            for row in p.allocations:
                total += row.quantity or 0
            is_cut_anew = p.adjusted_target is not None and total == p.adjusted_target
            is_rate = p.target is not None and p.target.unit == "%"
            if total != p.allocation_total and not is_cut_anew and not is_rate:
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


def goals_of(p: Any, numeric: list[int]) -> dict[int, Decimal]:
    """What each numeric node asks for: an adjusted target caps all of them and is the last one's own."""
    found = {i: p.milestones[i].cumulative for i in numeric}
    if p.adjusted_target is not None:
        found = {i: min(amount, p.adjusted_target) for i, amount in found.items()}
        for i in numeric[-1:]:
            found[i] = p.adjusted_target
    return found


def number(value: Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
