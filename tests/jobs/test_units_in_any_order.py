"""Units renamed, merged, divided and added one after the other, by hand in a plain file: every project stands as before, what is
printed is what is judged, and every report is found under the unit that has it now."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.small_master import words_in
from jobs.unit_hand import half_a_year, hand, row_above_total
from minsheng.domain.lateness.judge import judge
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.judging import summarise
from minsheng.jobs.repairing import repair
from minsheng.jobs.undoing import undo
from minsheng.sheets.open_master import OpenMaster

__all__ = ["half_a_year"]

#: The tabs of the projects in which 丹东 and 石浦 have parts, and their parts.
TABS = {"01": {"丹东": 400.0, "石浦": 600.0}, "02": {"丹东": 1.6, "石浦": 1.0}}


@dataclass
class County:
    """The clerk's own idea of it: whose parts are which, and what each unit of the beginning is called."""

    path: Path
    parts: dict[str, dict[str, float]] = field(
        default_factory=lambda: {tab: dict(own) for tab, own in TABS.items()}
    )
    called: dict[str, str] = field(default_factory=lambda: {name: name for name in ("丹东", "石浦")})
    gone: set[str] = field(default_factory=set)
    made: int = 0

    def living(self) -> list[str]:
        return [name for name in self.parts["01"] if name not in self.gone]

    def new_name(self) -> str:
        self.made += 1
        return f"新设{self.made}镇"

    def rename(self, which: int) -> None:
        old, new = self.living()[which % len(self.living())], self.new_name()
        with hand(self.path) as clerk:
            cell = clerk.find("设置", old)
            aliases = cell.offset(0, 2).value
            cell.value, cell.offset(0, 2).value = new, f"{aliases}、{old}" if aliases else old
            if self.made % 2:  # on one sheet by hand, on the others not
                clerk.type("01", old, new)
        for own in self.parts.values():
            own[new] = own.pop(old)
        self.called = {first: new if now == old else now for first, now in self.called.items()}

    def row_of(self, clerk: Any, tab: str, name: str) -> Any:
        """The row by the name that it says still."""
        names = [old for old, now in self.called.items() if now == name]
        aliases = str(clerk.find("设置", name).offset(0, 2).value or "").split("、")
        for each in (name, *reversed(aliases), *names):
            try:
                return clerk.find(tab, each)
            except LookupError:
                continue
        raise LookupError(name)

    def listed(self, clerk: Any, name: str) -> None:
        """A line of 设置 for a new unit."""
        cell = clerk.find("设置", "填报单位")
        while cell.value:
            cell = cell.offset(1, 0)
        cell.value = name
        cell.offset(0, 1).value = "镇乡街道"

    def end(self, which: int, into: list[str]) -> None:
        """A unit's parts go to others in equal shares, and its row of 设置 says so."""
        name = self.living()[which % len(self.living())]
        heirs = into or [other for other in self.living() if other != name][:1]
        if not heirs:
            return
        with hand(self.path) as clerk:
            for heir in into:
                self.listed(clerk, heir)
            clerk.type("设置", name, "、".join(heirs), right=4)
            clerk.type("设置", name, 7, right=5)
        for tab, own in self.parts.items():
            each = round(own[name] / len(heirs), 3)
            for heir in heirs:
                if heir not in own:
                    row_above_total(self.path, tab, heir, each)
                own[heir] = round(own.get(heir, 0) + each, 3)
            with hand(self.path) as clerk:
                for heir in heirs:
                    self.row_of(clerk, tab, heir).offset(0, 1).value = own[heir]
                self.row_of(clerk, tab, name).offset(0, 1).value = 0
            own[name] = 0
        self.gone.add(name)

    def merge(self, which: int) -> None:
        self.end(which, [])

    def divide(self, which: int) -> None:
        self.end(which, [self.new_name(), self.new_name()])

    def add(self, which: int) -> None:
        name = self.new_name()
        with hand(self.path) as clerk:
            self.listed(clerk, name)
        row_above_total(self.path, "01", name, 0)
        for own in self.parts.values():
            own.setdefault(name, 0)
        row_above_total(self.path, "02", name, 0)

    def repair(self, which: int) -> None:
        with opened("file", self.path, change=True) as book:
            repair(book)


def shown(path: Path) -> dict[str, str]:
    """序号 → 实际累计 of 汇总表, as a preview of the file shows it."""
    from openpyxl import load_workbook

    rows = [*load_workbook(path, data_only=True)["汇总表"].iter_rows(values_only=True)]
    at = next(row for row in rows if "实际累计" in row).index("实际累计")
    return {str(row[0]): str(row[at]) for row in rows if str(row[0]) in ("1", "2")}


STEPS = st.lists(
    st.tuples(st.sampled_from(["rename", "merge", "divide", "add", "repair"]), st.integers(0, 3)),
    min_size=1,
    max_size=4,
)


@pytest.mark.usefixtures("half_a_year")
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_becomes_of_the_units(
    half_a_year: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    county = County(Path(shutil.copy(half_a_year, tmp_path_factory.mktemp("县"))))
    for step, which in steps:
        getattr(county, step)(which)
    with opened("file", county.path, change=True) as book:
        master = OpenMaster.read(book).master
        actuals = {each.project: each.actual for each in judge(master, master.as_of()).projects}
        assert (actuals[1], actuals[2]) == (Decimal(500), Decimal("1.1")), steps
        found = {(r.project, r.unit): r for r in master.reports if r.month == 6}
        for first, value in (("丹东", 180), ("石浦", 320)):
            assert found[1, county.called[first]].value == value, steps
        assert found[1, county.called["石浦"]].words.progress == "已进场"
        told = [
            (f.code, f.message)
            for f in check(book).findings
            if f.code in ("M201", "M210", "M403", "M405", "M507")
        ]
        assert told == [], steps
        summarise(book)
    assert shown(county.path) == {"1": "500", "2": "1.1"}, steps
    with opened("file", county.path, change=True) as book:
        found = undo(book)
        while found.what == "修复":
            found = undo(book)
        assert not found.left, steps
        assert not any(report.value for report in OpenMaster.read(book).master.reports)
    assert words_in(county.path, "汇总记录")
