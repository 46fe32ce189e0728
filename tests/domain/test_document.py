"""What a document and a master are asked by everybody: who reports, on which day, under which id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from minsheng.domain.document import bureaus_that_report, master_id, with_leads
from minsheng.domain.duties import duties_by_unit, node_duties, report_duties
from minsheng.domain.finding import Severity
from minsheng.domain.master import Master, Settings
from minsheng.domain.period import Cycle
from minsheng.domain.project import Allocation, Project, Reporting, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from small_county import HEALTH, POLICE, WATER, county, node, report, unit

ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN = county().document.projects


@pytest.mark.parametrize(
    ("projects", "names"),
    [
        # A table and numbers alone: the townships report. Without a table, with one that did not line up, with a node to be
        # ticked, or for all of them: the bureau.
        ((TWO,), []), ((THREE,), [HEALTH]), ((SIX,), [WATER]), ((ONE,), [HEALTH]), ((FOUR,), [HEALTH]), ((SEVEN,), [POLICE]),
        ((replace(TWO, reporting=Reporting.LEAD),), [WATER]), ((replace(THREE, lead_unit=""), FIVE), [POLICE]),
        ((SEVEN, THREE, FIVE, ONE), [POLICE, HEALTH]),
    ],
)  # fmt: skip
def test_which_bureaus_send_a_file(projects: tuple[Project, ...], names: list[str]) -> None:
    assert bureaus_that_report(projects) == tuple(ReportingUnit(name, UnitKind.BUREAU) for name in names)


@pytest.mark.parametrize(
    ("lead", "added"), [("县水务局", ["县水务局"]), (WATER, []), ("", []), ("石浦镇", [])]
)
def test_who_reports_for_others_is_a_unit(lead: str, added: list[str]) -> None:
    units = county().document.units
    led = replace(TWO, reporting=Reporting.LEAD, lead_unit=lead)
    new = tuple(ReportingUnit(name, UnitKind.BUREAU) for name in added)
    assert with_leads(units, (ONE, led, replace(led, number=9))) == (*units, *new)
    assert with_leads(units, (replace(led, reporting=Reporting.UNITS),)) == units


def test_an_id_is_of_year_numbers_and_titles_in_any_order_and_punctuation() -> None:
    titles = [(1, "建公园（二期）"), (2, "修路3公里")]
    known = master_id(2024, titles)
    assert len(known) == 12
    assert set(known) <= set("0123456789abcdef")
    assert master_id(2024, [(2, "修路 3公里。"), (1, "建公园二期")]) == known
    others = [
        (2025, titles),
        (2024, [(1, "建公园"), titles[1]]),
        (2024, [(3, titles[0][1]), titles[1]]),
        (2024, titles[:1]),
    ]
    assert known not in {master_id(year, each) for year, each in others}
    assert (
        county().id
        == county().document.id
        == master_id(2024, [(p.number, p.title) for p in county().document.projects])
    )
    assert replace(county(), stored_id="abc").id == "abc"


@pytest.mark.parametrize(
    ("settings", "reports", "asked", "day"),
    [
        ({"as_of": date(2024, 5, 5)}, (6,), date(2024, 4, 4), date(2024, 4, 4)),
        ({"as_of": date(2024, 5, 5)}, (6,), None, date(2024, 5, 5)),
        ({}, (2, 6, 4), None, date(2024, 6, 30)), ({}, (), None, date(2024, 1, 1)),
    ],
)  # fmt: skip
def test_the_day_in_use(
    settings: dict[str, Any], reports: tuple[int, ...], asked: date | None, day: date
) -> None:
    book = county(*(report(1, "丹东", month, "1") for month in reports))
    assert replace(book, settings=Settings(**settings)).as_of(asked) == day


def test_words_alone_and_cancelled_projects_collect_no_month() -> None:
    book = county(
        report(1, "丹东", 7, "1"), report(1, "丹东", 5, None, progress="在做"), report(2, "丹东", 3, "0"), report(7, POLICE, 9, "1"),
    )  # fmt: skip
    projects = (*book.document.projects[:6], replace(SEVEN, cancelled=True))
    assert replace(book, document=replace(book.document, projects=projects)).collected_months() == (3, 7)


@pytest.mark.parametrize(
    ("cycle", "adjusted", "day"),
    [
        (Cycle.MONTH, None, date(2024, 4, 30)), (Cycle.QUARTER, None, date(2024, 6, 30)), (Cycle.HALF_YEAR, None, date(2024, 6, 30)),
        (Cycle.MONTH, date(2024, 8, 15), date(2024, 8, 15)), (Cycle.QUARTER, date(2024, 8, 15), date(2024, 9, 30)),
        (Cycle.HALF_YEAR, date(2025, 1, 15), date(2025, 6, 30)),
    ],
)  # fmt: skip
def test_when_a_node_falls_due(cycle: Cycle, adjusted: date | None, day: date) -> None:
    book = Master(county().document, Settings(cycle=cycle))
    assert book.due(replace(node(4, "1"), adjusted_to=adjusted)) == day


def test_findings_are_as_grave_as_the_settings_say() -> None:
    from minsheng.domain.catalogue import master as rules

    usual = [
        rules.LEAD_UNIT_MISSING.finding(project=1),
        rules.PERSON_MISSING.finding(project=1, part="责任人"),
    ]
    settings = Settings(severities={"M206": Severity.INFO, "M207": None})
    assert list(settings.as_set(usual)) == [replace(usual[0], severity=Severity.INFO)]
    assert list(Settings().as_set(usual)) == usual


def test_what_each_unit_has_to_report() -> None:
    book = county()
    duties = {
        name: [(duty.label, duty.unit, str(duty.share), duty.measured_in, duty.is_level, duty.is_counted) for duty in own]
        for name, own in duties_by_unit(book).items()
        if own
    }  # fmt: skip
    assert duties == {
        "丹东": [("1", "丹东", "400", "人", False, True), ("2", "丹东", "1.6", "公里", False, False),
               ("2", "丹东、石浦", "0.7", "公里", False, False)],
        "石浦": [("1", "石浦", "600", "人", False, True), ("2", "石浦", "1", "公里", False, False)],
        HEALTH: [("3", HEALTH, "50", "%", True, False), ("4", HEALTH, "590", "人", False, True)],
        POLICE: [("5", POLICE, "13000", "起", False, True), ("5-2", POLICE, "60", "%", True, False)],
        WATER: [("6", WATER, "5", "公里", False, False)],
    }  # fmt: skip
    assert [duty.label for duty in report_duties(book, unit(book, POLICE))] == ["5", "5-2"]
    assert report_duties(book, ReportingUnit("墙头", UnitKind.TOWNSHIP)) == ()
    assert [(duty.project.number, duty.index) for duty in node_duties(book, unit(book, HEALTH))] == [
        (1, 1),
        (4, 2),
    ]


@pytest.mark.parametrize(
    ("target", "is_level", "is_counted"),
    [
        (Quantity(Decimal(30), "件"), False, True), (Quantity(Decimal("30.5"), "件"), False, False),
        (Quantity(Decimal(30), "公里"), False, False), (Quantity(Decimal(30), ""), False, False),
        (Quantity(Decimal(30), "%"), True, False),
    ],
)  # fmt: skip
def test_what_a_second_measure_is(target: Quantity, is_level: bool, is_counted: bool) -> None:
    book = county()
    five = replace(FIVE, more_targets=(target, Quantity(Decimal(9), "个")))
    book = replace(book, document=replace(book.document, projects=(five,)))
    second = duties_by_unit(book)[POLICE][1:]
    assert [(duty.measure, duty.share, duty.is_level, duty.is_counted) for duty in second] == [
        (2, target.value, is_level, is_counted)
    ]


def test_rows_that_the_lead_unit_gives_stand_in_its_file() -> None:
    book = county()
    led = replace(TWO, reporting=Reporting.LEAD)
    book = replace(
        book,
        document=replace(
            book.document, projects=(led, replace(ONE, allocations=(Allocation("石浦", None),)))
        ),
    )
    own = {name: [duty.unit for duty in duties] for name, duties in duties_by_unit(book).items() if duties}
    assert own == {WATER: ["丹东", "丹东、石浦", "石浦"]}
