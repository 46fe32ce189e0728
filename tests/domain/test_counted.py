"""What is counted in whole numbers and what is measured: by the unit, or because the document prints a fraction of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from minsheng.building.submission_rows import check_formula, number_validations
from minsheng.domain.document import TaskDocument
from minsheng.domain.duties import report_duties
from minsheng.domain.lateness.judge import judge
from minsheng.domain.lateness.measures import Goal, pace
from minsheng.domain.master import Master
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity, is_measured, number_words
from minsheng.domain.report import Report

D = Decimal
SHARES = (Allocation("甲镇", D(5)), Allocation("乙镇", D(5)))
PROJECT = Project(
    1, False, "做10件事", Quantity(D(10), "件"), "张", "县某局", "李", allocations=SHARES, allocation_total=D(10),
    milestones=(Milestone(1, 6, "1—6月份", "完成3件", D(3)), Milestone(7, 12, "7—12月份", "全部完成", D(10))),
)  # fmt: skip
JUNE = (Goal(0, date(2024, 6, 30), D(3)),)


def master(*projects: Project, reports: tuple[Report, ...] = ()) -> Master:
    units = tuple(ReportingUnit(share.unit, UnitKind.TOWNSHIP) for share in SHARES)
    return Master(TaskDocument("某县2024年任务", 2024, units, projects), reports=reports)


def of(unit: str, **changes: object) -> Project:
    return replace(PROJECT, target=Quantity(D(10), unit), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "unit",
    [
        "公里",
        "米",
        "亩",
        "公顷",
        "平方米",
        "立方米",
        "吨",
        "元",
        "万元",
        "亿元",
        "千瓦",
        "小时",
        "%",
        "万吨",
        "万平方米",
        "亿千瓦时",
        "万人",
    ],
)
def test_units_of_measure_have_fractions(unit: str) -> None:
    assert is_measured(unit)
    assert not of(unit).is_counted
    assert pace(of(unit), SHARES[0], JUNE, 2024, 6) == D("1.5")


@pytest.mark.parametrize(
    "unit", ["人", "个", "名", "部", "盏", "项", "份", "株", "场次", "人次", "标段", "网格"]
)
def test_every_other_unit_is_counted_without_a_list(unit: str) -> None:
    assert of(unit).is_counted
    assert pace(of(unit), SHARES[0], JUNE, 2024, 6) == 1


def test_an_odd_number_is_whole_too() -> None:
    odd = replace(
        PROJECT, target=Quantity(D(7), "件"), allocation_total=D(7), allocations=(Allocation("甲镇", D(7)),)
    )
    assert odd.is_counted
    assert not replace(odd, allocation_total=D("7.5")).is_counted


def test_without_a_unit_nothing_is_known_to_be_whole() -> None:
    assert not of("").is_counted
    assert not replace(PROJECT, target=None).is_counted


@pytest.mark.parametrize(
    "changes",
    [
        {"target": Quantity(D("10.5"), "标段")},
        {"allocation_total": D("10.5")},
        {"allocations": (Allocation("甲镇", D("4.5")), Allocation("乙镇", D("5.5")))},
        {"allocations": (Allocation("甲镇", D("4.5")), Allocation("乙镇", D("5.25")))},
        {"allocations": (Allocation("甲镇", D("10")), Allocation("乙镇", D("0.5"))), "allocation_total": D("10.5")},
        {"milestones": (Milestone(1, 6, "6月份", "完成2.5个", D("2.5")),)},
        {"milestones": (Milestone(1, 6, "6月份", "完成2.5个，占25%", D("2.5")),)},
        {"milestones": (Milestone(1, 6, "6月份", "按计划推进", D("2.5")),)},
    ],
)  # fmt: skip
def test_a_fraction_that_the_document_prints_makes_its_unit_one_of_measure(
    changes: dict[str, object],
) -> None:
    assert not replace(PROJECT, **changes).is_counted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"milestones": (Milestone(1, 6, "6月份", "完成进度25%", D("2.5")),)},
        {"milestones": (Milestone(1, 6, "6月份", "完成进度12.5%", D("2.5")),)},
        {"milestones": (Milestone(1, 6, "6月份", "完成百分之二十五", D("2.5")),)},
        {"allocations": (Allocation("甲镇", D("4.5")), Allocation("乙镇", D("5")))},
        {"adjusted_target": D("7.5")},
    ],
)  # fmt: skip
def test_a_fraction_that_it_does_not_print_makes_none(changes: dict[str, object]) -> None:
    assert replace(PROJECT, **changes).is_counted  # type: ignore[arg-type]


def test_forms_take_whole_numbers_of_what_is_counted() -> None:
    cells = {"本月累计": "G7", "上月累计": "F7", "全年任务": "E7"}
    for unit, kind in (("盏", "whole"), ("公里", "decimal")):
        book = master(of(unit))
        (duty,) = report_duties(book, book.document.units[0])
        assert ("应为整数" in check_formula(duty, cells)) == (kind == "whole")
        assert [validation.type for validation in number_validations([(duty, "G7")])] == [kind]


def test_one_unit_counted_in_one_project_and_measured_in_another() -> None:
    """The forms of both stand in one sheet."""
    both = master(of("标段"), replace(of("标段"), number=2, target=Quantity(D("10.5"), "标段")))
    duties = report_duties(both, both.document.units[0])
    validations = number_validations([(duty, f"G{row}") for row, duty in enumerate(duties, start=7)])
    assert sorted(str(validation.type) for validation in validations) == ["decimal", "whole"]


def test_a_gap_is_never_printed_as_nothing() -> None:
    assert number_words(D("0.0003")) == "0.0003"
    assert [number_words(D(text)) for text in ("0.745", "12", "3.10", "0")] == ["0.75", "12", "3.1", "0"]


def test_what_units_lack_together_is_whole_where_counted_and_never_nothing() -> None:
    for unit, plan, said, gap in (("盏", "3", "1", "1"), ("公里", "3.004", "1.5", "0.004")):
        project = of(unit, milestones=(Milestone(1, 3, "3月份", f"完成{plan}", D(plan)),))
        reports = tuple(Report(1, share.unit, 3, 1, D(said)) for share in SHARES)
        found = judge(master(project, reports=reports), date(2024, 3, 31)).projects[0]
        assert (found.laggards, found.shortfall) == ((), D(gap))
