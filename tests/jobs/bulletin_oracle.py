"""The figures of a 通报 worked out a second time, naively, from what ``show --json`` and ``colour --json`` print."""

from __future__ import annotations

import calendar
import re
from datetime import date
from fractions import Fraction
from typing import Any

__all__ = ["annex_rows", "figures", "numbers_in", "rank_rows", "tenth"]

Json = dict[str, Any]


def numbers_in(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


def rounded(value: Fraction, places: int) -> str:
    """Half up, trailing zeros dropped."""
    whole = (value * 10**places * 2 + 1).__floor__() // 2
    return plain(Fraction(whole, 10**places))


def tenth(value: Fraction) -> str:
    return rounded(value, 1)


def plain(value: Fraction) -> str:
    for places in range(12):
        if (value * 10**places).denominator == 1:
            digits = str(int(value * 10**places)).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}" if places else digits
    raise AssertionError(f"not a decimal: {value}")


def gap_words(value: Fraction) -> str:
    return rounded(value, 2)


class Year:
    """Both documents side by side, asked about one month."""

    def __init__(self, show: Json, colour: Json, month: int) -> None:
        self.show, self.colour, self.month = show, colour, month
        self.as_of = date.fromisoformat(colour["as_of"])
        self.projects = {p["number"]: p for p in show["projects"] if not p["cancelled"]}
        self.cancelled = [p["number"] for p in show["projects"] if p["cancelled"]]
        self.judged = {p["project"]: p for p in colour["projects"] if p["project"] in self.projects}

    def unit_of(self, number: int) -> str:
        target = self.projects[number]["target"]
        return str(target["unit"]) if target else ""

    def is_level(self, number: int) -> bool:
        return self.unit_of(number) == "%" or any(
            "全年持续保持" in node["text"] for node in self.projects[number]["milestones"]
        )

    def deadline(self, node: Json) -> date:
        if node["adjusted_to"]:
            return date.fromisoformat(node["adjusted_to"])
        return self.month_end(node["to"])

    def month_end(self, month: int) -> date:
        return date(self.show["year"], month, calendar.monthrange(self.show["year"], month)[1])

    def numeric(self, number: int) -> list[bool]:
        found, before = [], None
        for node in self.projects[number]["milestones"]:
            value = None if node["cumulative"] is None else Fraction(node["cumulative"])
            found.append(value is not None and (before is None or value > before))
            before = before if value is None else value
        return found

    def carriers(self, number: int) -> dict[str, Fraction]:
        """Who is judged in a project, from the cells that colour prints, and what each has to do."""
        project = self.projects[number]
        shares = {row["unit"]: Fraction(row["quantity"]) for row in project["allocations"]}
        units = dict.fromkeys(cell["unit"] for cell in self.colour["cells"] if cell["project"] == number)
        whole = Fraction(project["allocation_total"] or (project["target"] or {"value": "0"})["value"])
        return {unit: shares.get(unit, whole) for unit in units}

    def last(self, number: int, unit: str) -> Fraction | None:
        found = [
            (report["month"], Fraction(report["value"]))
            for report in self.projects[number]["reports"]
            if report["unit"] == unit and report["measure"] == 1 and report["value"] is not None
            and report["month"] <= self.month
        ]  # fmt: skip
        return max(found)[1] if found else None

    def pace(self, number: int, unit: str, month: int) -> Fraction:
        return self.rounded(number, self.exact_pace(number, unit, self.month_end(month)))

    def rounded(self, number: int, exact: Fraction) -> Fraction:
        """Down to what is told apart."""
        step = self.step(number)
        return Fraction((exact * step).__floor__(), step)

    def in_full(self, number: int, lacking: Fraction) -> Fraction:
        """Of things that are counted, nobody lacks a part of one."""
        return Fraction(lacking.__ceil__()) if self.step(number) == 1 else lacking

    def step(self, number: int) -> int:
        """So many parts of one are told apart: the unit measures, or the document prints a fraction of it."""
        project = self.projects[number]
        if project["target"] is None:
            return 100
        shares = [Fraction(a["quantity"]) for a in project["allocations"]]
        total = project["allocation_total"]
        printed = [project["target"]["value"], total or 0]
        printed += [n["cumulative"] or 0 for n in project["milestones"] if "%" not in n["text"]]
        broken = [q for q in shares if q.denominator > 1]
        proven = len(broken) > 1 or (
            broken and sum(shares) in (Fraction(printed[0]), total and Fraction(total))
        )
        whole = all(Fraction(value).denominator == 1 for value in printed) and not proven
        return 1 if whole and self.unit_of(number) not in ("公里", "%") else 100

    def exact_pace(self, number: int, unit: str, day: date) -> Fraction:
        project = self.projects[number]
        if not project["target"] or not Fraction(project["target"]["value"]):
            return Fraction(0)
        reached = Fraction(0)
        nodes = zip(project["milestones"], self.numeric(number), strict=True)
        last = next((node for node, numeric in reversed([*nodes]) if numeric), None)
        for node, numeric in zip(project["milestones"], self.numeric(number), strict=True):
            if numeric and self.deadline(node) <= day:
                reached = Fraction(node["cumulative"])
                if project["adjusted_target"] is not None:
                    adjusted = Fraction(project["adjusted_target"])
                    reached = adjusted if node is last else min(reached, adjusted)
        whole = Fraction(project["target"]["value"])
        if project["adjusted_target"] is not None:
            adjusted = Fraction(project["adjusted_target"])
            whole = adjusted if adjusted == sum(self.carriers(number).values()) else whole
        return self.carriers(number)[unit] * reached / whole if whole else Fraction(0)

    def latest_judged(self) -> int:
        return max((cell["month"] for cell in self.colour["cells"]), default=self.month)


def figures(show: Json, colour: Json, month: int) -> dict[str, list[str]]:
    """Heading → every number of that section, in the order of the text. Project titles are not part of it."""
    year = Year(show, colour, month)
    found = {
        "总体情况": _overall(year),
        "推进缓慢项目": _late(year),
        "镇乡进度": _ranking(year),
        "报送情况": _reporting(year),
        ("项目、" if year.cancelled else "") + "节点和目标调整": [*_cancelled(year), *_adjusted(year)],
        "下一步工作": _next(year),
    }
    return {heading: numbers for heading, numbers in found.items() if numbers}


def _overall(year: Year) -> list[str]:
    total = len(year.judged)
    groups = {
        status: [str(number) for number, project in year.judged.items() if project["status"] == status]
        for status in ("已完成", "正常", "临期", "待确认", "未报", "逾期")
    }
    found = [str(year.as_of.month), str(year.as_of.day), str(total)]
    schedules = [project["schedule"] for project in year.judged.values()]
    against = [schedules.count(word) for word in ("提前", "按时", "滞后")]
    against_plan = [str(count) for count in (*against, total - sum(against))] if sum(against) else []
    if not total:
        return found[:2]
    if total in map(len, groups.values()):
        return found + against_plan
    for status, numbers in groups.items():
        if numbers:
            found += [
                str(len(numbers)),
                *(numbers if status in ("已完成", "待确认", "未报", "逾期") else []),
                tenth(Fraction(100 * len(numbers), total)),
            ]
    return found + against_plan


def _late(year: Year) -> list[str]:
    found: list[str] = []
    for number, judged in year.judged.items():
        if judged["status"] != "逾期":
            continue
        found.append(str(number))
        carriers = year.carriers(number)
        silent = [unit for unit in carriers if year.last(number, unit) is None]
        if judged["plan"] not in (None, "0") and judged["actual"] is None:
            found.append(judged["plan"])
        elif None not in (judged["plan"], judged["actual"]) and Fraction(judged["actual"]) < Fraction(
            judged["plan"]
        ):
            short = gap_words(Fraction(judged["plan"]) - Fraction(judged["actual"]))
            found += [judged["plan"], judged["actual"], short]
        late = [
            node for node in year.colour["nodes"] if node["project"] == number and node["status"] == "逾期"
        ]
        numeric = [node for node in late if year.numeric(number)[node["index"] - 1]]
        if numeric:
            worst = max(numeric, key=lambda node: node["days_late"])
            found += [
                *numbers_in(worst["month"]),
                *_days(worst),
                *([str(len(numeric))] if numeric[1:] else []),
            ]
        for node in late:
            if node not in numeric:
                text = re.split("[。；]", year.projects[number]["milestones"][node["index"] - 1]["text"])[0]
                found += [*numbers_in(node["month"]), *numbers_in(text), *_days(node)]
        found += _units(year, number, carriers, silent)
    return found


def _days(node: Json) -> list[str]:
    return [str(node["days_late"])] if node["days_late"] else []


def _units(year: Year, number: int, carriers: dict[str, Fraction], silent: list[str]) -> list[str]:
    if len(carriers) < 2:
        return []
    found = [str(len(carriers)), str(len(silent))] if 0 < len(silent) < len(carriers) else []
    month = year.latest_judged()
    behind = []
    for cell in year.colour["cells"]:
        if cell["project"] == number and cell["month"] == month and cell["status"] in ("滞后", "逾期"):
            value = next(
                Fraction(report["value"])
                for report in year.projects[number]["reports"]
                if (report["unit"], report["month"], report["measure"]) == (cell["unit"], month, 1)
            )
            behind.append(year.in_full(number, year.pace(number, cell["unit"], month) - value))
    if behind and month < year.month:
        found.append(str(month))
    judged = year.judged[number]
    if not behind and None not in (judged["plan"], judged["actual"]):
        lacking = Fraction(judged["plan"]) - Fraction(judged["actual"])
        keeps_pace = all(
            (year.last(number, unit) or 0) >= year.rounded(number, year.exact_pace(number, unit, year.as_of))
            for unit in carriers
        )
        if lacking > 0 and keeps_pace:
            return [gap_words(year.in_full(number, lacking))]
    behind.sort(reverse=True)
    return found + [gap_words(gap) for gap in behind[:5]] + ([str(len(behind))] if behind[5:] else [])


def _scores(year: Year) -> tuple[dict[str, list[Fraction]], int]:
    towns = [unit["name"] for unit in year.show["units"] if unit["kind"] == "township"]
    ratios: dict[str, list[Fraction]] = {town: [] for town in towns}
    projects = set()
    for number in year.projects:
        for unit in year.carriers(number):
            if (
                unit in ratios
                and not year.is_level(number)
                and (owed := year.pace(number, unit, year.month)) > 0
            ):
                ratios[unit].append(min(Fraction(100), 100 * (year.last(number, unit) or Fraction(0)) / owed))
                projects.add(number)
    return {town: found for town, found in ratios.items() if found}, len(projects)


def rank_rows(show: Json, colour: Json, month: int) -> list[list[str]]:
    ratios, _ = _scores(Year(show, colour, month))
    if len(ratios) < 2:
        return []
    scores = {town: Fraction(tenth(sum(found, Fraction(0)) / len(found))) for town, found in ratios.items()}
    return [
        [
            str(1 + sum(other > scores[town] for other in scores.values())), town, str(len(ratios[town])),
            str(sum(ratio < 100 for ratio in ratios[town])), f"{tenth(scores[town])}%",
        ]
        for town in sorted(scores, key=lambda town: -scores[town])
    ]  # fmt: skip


def _ranking(year: Year) -> list[str]:
    rows = rank_rows(year.show, year.colour, year.month)
    if not rows:
        return []
    found = [str(len(rows)), str(_scores(year)[1]), "100"]
    percents = [row[4].rstrip("%") for row in rows]
    groups = [(percent, percents.count(percent)) for percent in dict.fromkeys(percents)]
    if len(groups) == 1:
        return [*found, str(len(rows)), *([] if percents[0] == "100" else [percents[0]])]
    if len(rows) <= 6:
        return found + [percent for percent, _ in groups]
    first = _end(groups)
    last = _end(groups[len(first) :][::-1])[::-1]
    return found + [percent for percent, _ in first + last]


def _end(groups: list[tuple[str, int]]) -> list[tuple[str, int]]:
    taken = groups[:1]
    while len(taken) < len(groups) and sum(count for _, count in groups[: len(taken) + 1]) <= 3:
        taken = groups[: len(taken) + 1]
    return taken


def _files(year: Year) -> dict[str, set[tuple[int, str, int]]]:
    """Unit → the rows that its file carries; a 责任单位 with nodes to tick has a file too."""
    joint = {
        unit["name"]: unit["name"].split("、")[0] for unit in year.show["units"] if unit["kind"] == "joint"
    }
    files: dict[str, set[tuple[int, str, int]]] = {}
    for number, project in year.projects.items():
        if not all(year.numeric(number)):
            files.setdefault(project["lead_unit"], set())
        if project["target"] is None:
            continue
        rows = [(number, unit, 1) for unit in year.carriers(number)]
        if project["reporting"] == "lead":
            files.setdefault(project["lead_unit"], set()).update(rows)
            rows = []
        rows += [
            (number, project["lead_unit"], measure + 2) for measure in range(len(project["more_targets"]))
        ]
        for row in rows:
            files.setdefault(joint.get(row[1], row[1]), set()).add(row)
    return files


def _reporting(year: Year) -> list[str]:
    files = _files(year)
    if not files:
        return []
    reported = {
        (report["month"], (number, report["unit"], report["measure"]))
        for number, project in year.projects.items()
        for report in project["reports"]
        if report["value"] is not None
    }
    asked = sorted({month for month, _ in reported if month < year.month} | {year.month}, reverse=True)
    silent: list[tuple[int, int]] = []
    for rows in files.values():
        owed = [month for month in asked if not any((month, row) in reported for row in rows)]
        if year.month in owed:
            in_a_row = next((at for at, month in enumerate(asked) if month not in owed), len(asked))
            silent.append((in_a_row, len(owed)))
    if len(silent) == len(files):
        return [str(year.month)]
    if not silent:
        return [*([str(len(files))] if len(files) > 1 else []), str(year.month)]
    arrived = len(files) - len(silent)
    # 连续第N个月 where the silence has lasted, else 今年第N次; a first miss bears no number.
    remarks = dict.fromkeys(
        (in_a_row > 1, in_a_row if in_a_row > 1 else times)
        for in_a_row, times in sorted(silent, reverse=True)
    )
    return [
        str(len(files)), str(arrived), str(year.month), tenth(Fraction(100 * arrived, len(files))), str(len(silent)),
        *(str(remark) for _, remark in remarks if remark > 1),
    ]  # fmt: skip


def _cancelled(year: Year) -> list[str]:
    return [str(len(year.cancelled)), *map(str, year.cancelled)] if year.cancelled else []


def _adjusted(year: Year) -> list[str]:
    found: list[str] = []
    count = 0
    for number, project in year.projects.items():
        target = project["target"]
        if target and project["adjusted_target"] not in (None, target["value"]):
            found += [str(number), target["value"], project["adjusted_target"]]
            count += 1
        for index, node in enumerate(project["milestones"]):
            original = year.month_end(node["to"])
            if node["adjusted_to"] and date.fromisoformat(node["adjusted_to"]) != original:
                phrase = next(
                    at["month"]
                    for at in year.colour["nodes"]
                    if (at["project"], at["index"]) == (number, index + 1)
                )
                day = date.fromisoformat(node["adjusted_to"])
                found += [str(number), *numbers_in(phrase)]
                found += [str(part) for each in (original, day) for part in (each.year, each.month, each.day)]
                count += 1
    return [str(count), *found] if count else []


def _next(year: Year) -> list[str]:
    due = []
    for node in year.colour["nodes"]:
        deadline = year.deadline(year.projects[node["project"]]["milestones"][node["index"] - 1])
        if node["status"] != "已完成" and (deadline.year, deadline.month) == (
            year.show["year"],
            year.month + 1,
        ):
            due.append(str(node["project"]))
    return [str(year.month + 1), str(len(due)), *dict.fromkeys(due)] if due else []


def annex_rows(show: Json, colour: Json) -> list[list[str]]:
    rows = []
    for project, judged in zip(show["projects"], colour["projects"], strict=True):
        target = project["target"]
        unit = target["unit"] if target else ""
        goal = project["adjusted_target"] or (target["value"] if target else None)
        rate = "—"
        if judged["actual"] is not None and goal is not None and Fraction(goal):
            rate = f"{tenth(100 * Fraction(judged['actual']) / Fraction(goal))}%"
        least = "≥" if target and target["relation"] == ">=" else ""
        rows.append(
            [
                str(project["number"]), ("★" if project["starred"] else "") + project["title"], project["lead_unit"],
                "—" if goal is None else f"{least}{goal}{unit}",
                *("—" if judged[key] is None else f"{judged[key]}{unit}" for key in ("plan", "actual")),
                rate, judged["status"],
            ]
        )  # fmt: skip
    return rows
