"""Which of last year's units a name means: by itself, by the one alias, by its members; what is only alike is asked, and told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from minsheng.domain.document import Containment, TaskDocument
from minsheng.domain.next_year import Following, following
from minsheng.domain.project import Allocation, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.unit_names import called, named, owners
from small_county import shares

FILE = "2024总表.xlsx"


def town(name: str, *aliases: str) -> ReportingUnit:
    return ReportingUnit(name, UnitKind.TOWNSHIP, aliases)


def bureau(name: str, *aliases: str) -> ReportingUnit:
    return ReportingUnit(name, UnitKind.BUREAU, aliases)


def joint(*members: str) -> ReportingUnit:
    return ReportingUnit("、".join(members), UnitKind.JOINT, (), members)


def test_a_name_is_owned_by_one_unit_and_an_own_name_by_nobody_else() -> None:
    units = [town("丹东", "丹东街道", "老城"), town("石浦", "老城"), town("鹤浦", "丹东", "鹤浦")]
    assert owners(iter(units)) == {"丹东街道": "丹东", "丹东": "丹东", "石浦": "石浦", "鹤浦": "鹤浦"}


@pytest.mark.parametrize(
    ("units", "names"),
    [
        ([town("丹东"), town("丹东街道"), town("爵溪")], {"丹东": "丹东", "丹东街道": "丹东"}),
        ([town("新名", "爵溪", "丹东街道")], {"新名": "丹东"}),
        ([town("新名", "丹东街道", "石浦镇")], {}),
        ([town("石浦", "丹东街道")], {"石浦": "石浦"}),
        ([joint("石浦", "丹东")], {"石浦、丹东": "丹东、石浦"}),
        ([joint("石浦镇", "丹东街道"), town("石浦镇"), town("丹东街道")],
         {"石浦镇": "石浦", "丹东街道": "丹东", "石浦镇、丹东街道": "丹东、石浦"}),
        ([joint("石浦", "爵溪")], {}),
        ([replace(town("村"), members=("丹东", "石浦"))], {}),
    ],
)  # fmt: skip
def test_what_a_name_means(units: list[ReportingUnit], names: dict[str, str]) -> None:
    known = [
        town("丹东", "丹东街道"),
        town("石浦", "石浦镇"),
        joint("丹东", "石浦"),
        replace(town("村"), name="组"),
    ]
    assert named(units, known) == names


def project(number: int, title: str, lead: str, **parts: str) -> Project:
    return Project(
        number, False, title, Quantity(Decimal(9), "公里"), "林", lead, "方", allocations=shares(**parts)
    )


def document(*projects: Project, units: tuple[ReportingUnit, ...] = ()) -> TaskDocument:
    return TaskDocument("2025年", 2025, units, projects)


def test_a_document_in_other_words() -> None:
    one = replace(
        project(1, "建公路", "县卫健局", 丹东街道="1", 爵溪="2"), stand_in=Allocation("县卫健局", Decimal(3))
    )
    units = (
        town("丹东街道", "城东"),
        town("丹东城区", "城东"),
        town("爵溪"),
        joint("丹东街道", "爵溪"),
        bureau("县卫健局"),
    )
    names = {
        "丹东街道": "丹东",
        "丹东城区": "丹东",
        "县卫健局": "县卫生健康局",
        "丹东街道、爵溪": "丹东、爵溪",
    }
    found = called(document(one, units=units), names)
    assert found.units == (
        town("丹东", "丹东街道", "城东", "丹东城区"), town("爵溪"), joint("丹东", "爵溪"), bureau("县卫生健康局", "县卫健局"),
    )  # fmt: skip
    assert found.projects == (
        replace(
            one, lead_unit="县卫生健康局", allocations=shares(丹东="1", 爵溪="2"), stand_in=Allocation("县卫生健康局", Decimal(3))
        ),
    )  # fmt: skip


LAST = TaskDocument(
    "2024年", 2024,
    (town("鹤浦", "鹤浦镇"), town("丹东", "丹东街道"), town("石浦", "石浦镇"), joint("丹东", "石浦"),
     bureau("县卫生健康局", "县卫健局"), town("县公安局")),
    (project(1, "接种疫苗100人", "县卫生健康局"), project(4, "接种二针疫苗50人", "县卫生健康局"), project(5, "修路3公里", "县公安局"),
     project(6, "修路4公里", "县公安局")),
    (Containment(4, 1), Containment(5, 1), Containment(1, 99)),
)  # fmt: skip
THIS = document(
    project(1, "接种二针疫苗60人", "县卫健局", 爵溪="1", 石浦街道="2"),
    project(2, "接种疫苗120人", "县卫健局", 丹东街道="3", **{"丹东街道、石浦街道": "1"}),
    project(3, "修路5公里", "县公安局"),
    project(4, "建桥1座", "县公安局"),
    project(5, "建桥2座", "县公安局"),
    units=(bureau("县公安局"), bureau("县卫健局"), town("爵溪"), town("丹东街道"), town("石浦街道"), joint("丹东街道", "石浦街道"), bureau("县交通局")),
)  # fmt: skip


def told(found: Following) -> list[tuple[str, str]]:
    """Codes, and what the sentences leave open."""
    return [(finding.code, finding.original or finding.reading) for finding in found.findings]


def test_last_years_units_in_last_years_order_and_what_is_new_behind_them() -> None:
    asked: list[tuple[str, str]] = []

    def nobody(printed: str, other: ReportingUnit) -> None:
        asked.append((printed, other.name))

    found = following(THIS, LAST, FILE, nobody)
    assert asked == [("石浦街道", "石浦")]
    # Who is known by an alias is asked about nobody else, however alike.
    more = replace(LAST, units=(*LAST.units, town("丹东镇")))
    following(THIS, more, FILE, nobody)
    assert asked == [("石浦街道", "石浦")] * 2
    # A clerk has made the police a township: the kind is kept.
    assert found.document.units == (
        town("丹东", "丹东街道"), town("县公安局"), town("爵溪"), town("石浦街道"),
        ReportingUnit("丹东街道、石浦街道", UnitKind.JOINT, (), ("丹东", "石浦街道")),
        bureau("县卫生健康局", "县卫健局"), bureau("县交通局"),
    )  # fmt: skip
    assert [each.lead_unit for each in found.document.projects[:2]] == ["县卫生健康局"] * 2
    assert [row.unit for row in found.document.projects[1].allocations] == ["丹东", "丹东街道、石浦街道"]
    # 修路 was two projects, 建桥 is two: those are nobody's.
    assert found.document.containments == (Containment(1, 2),)
    assert told(found) == [
        ("D181", "县卫健局＝县卫生健康局、丹东街道＝丹东"), ("D182", "石浦街道"),
        ("D183", "爵溪，丹东街道、石浦街道，县交通局"), ("D184", "鹤浦，丹东、石浦"), ("D187", ""),
    ]  # fmt: skip
    messages = [finding.message for finding in found.findings]
    assert all(f"“{FILE}”" in message and "None" not in message for message in messages)
    assert "“石浦街道”和" in messages[1]
    assert "的“石浦”写法" in messages[1]
    assert "有3个" in messages[2]
    assert "有2个" in messages[3]
    assert "第1项包含于第2项" in messages[4]


@pytest.mark.parametrize("answer", [True, False])
def test_what_somebody_says_is_done(answer: bool) -> None:
    found = following(THIS, LAST, FILE, lambda *_: answer).document
    units = {unit.name: unit for unit in found.units}
    if answer:
        assert units["石浦"] == town("石浦", "石浦镇", "石浦街道")
        assert units["丹东、石浦"] == joint("丹东", "石浦")
        assert [row.unit for row in found.projects[0].allocations] == ["爵溪", "石浦"]
    else:
        assert units["石浦街道"] == town("石浦街道")
        assert "石浦" not in units


def test_a_pair_that_the_document_proposes_itself_is_told_once() -> None:
    found = following(replace(THIS, containments=(Containment(1, 2),)), LAST, FILE, lambda *_: True)
    assert found.document.containments == (Containment(1, 2),)
    assert "D187" not in dict(told(found))


def test_two_rows_of_one_table_stay_two_and_one_unit_of_last_year_is_nobody_elses() -> None:
    units = (
        town("丹东街道"),
        town("丹东"),
        town("石浦街道"),
        town("石浦乡"),
        bureau("县公安局"),
        bureau("县 卫健局"),
    )
    table = project(1, "修路", "县公安局", 丹东街道="1", 丹东="2", 石浦街道="3")
    asked: list[tuple[str, str]] = []

    def is_same(printed: str, other: ReportingUnit) -> bool:
        asked.append((printed, other.name))
        return True

    found = following(document(table, units=units), LAST, FILE, is_same)
    assert asked == [("石浦街道", "石浦"), ("县 卫健局", "县卫生健康局")]
    assert [row.unit for row in found.document.projects[0].allocations] == ["丹东街道", "丹东", "石浦"]
    assert [unit.name for unit in found.document.units] == [
        "丹东", "石浦", "县公安局", "丹东街道", "石浦乡", "县卫生健康局",
    ]  # fmt: skip
    # The name of a row that stands by itself is no alias of another's.
    assert found.document.units[0].aliases == ()
    assert [code for code, _ in told(found)] == ["D181", "D182", "D183", "D184"]
    assert dict(told(found))["D182"] == "丹东街道"


def test_of_two_that_are_alike_the_second_may_be_meant() -> None:
    last = replace(LAST, units=(joint("石浦", "丹东"), town("石浦镇"), town("石浦乡")), containments=())
    this = document(units=(town("石浦街道"),))
    found = following(this, last, FILE, lambda _, other: other.name == "石浦乡")
    assert found.document.units == (town("石浦乡", "石浦街道"),)
    undecided = following(this, last, FILE, lambda *_: None)
    assert [finding.message.split("”写法")[0][-3:] for finding in undecided.findings[:2]] == [
        "石浦镇",
        "石浦乡",
    ]
    assert [finding.code for finding in undecided.findings] == ["D182", "D182", "D184"]
