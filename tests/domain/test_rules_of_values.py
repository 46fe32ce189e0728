"""校验, rule by rule: a clean county with one thing wrong has one finding, of that rule, at that place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from domain.masters import days, masters
from minsheng.domain.catalogue import RULES
from minsheng.domain.checks import Case, check
from minsheng.domain.checks.units import units_without_a_form
from minsheng.domain.document import Containment
from minsheng.domain.finding import Finding, Part, Severity
from minsheng.domain.master import Master, Settings
from minsheng.domain.project import Allocation, Reporting, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.report import Report
from small_county import HEALTH, POLICE, WATER, county, node, report, shares

JUNE = date(2024, 6, 30)


def without(*numbers: int, reports: tuple[Report, ...] = ()) -> Master:
    """The small county, its unsettled table and its holes in the schedule made good, some projects left out."""
    book = county(*reports)
    projects = []
    for project in book.document.projects:
        if project.number in numbers:
            continue
        found = replace(
            project,
            milestones=tuple(replace(n, first_month=1) for n in project.milestones)
            if not project.repeats()
            else project.milestones,
        )
        if project.number == 6:
            found = replace(found, allocations=shares(丹东="2", 石浦="3"))
        projects.append(found)
    return replace(book, document=replace(book.document, projects=tuple(projects)))


def changed(number: int, reports: tuple[Report, ...] = (), **fields: Any) -> Master:
    """The clean county with fields of one project changed."""
    book = without(reports=reports)
    projects = tuple(
        replace(project, **fields) if project.number == number else project
        for project in book.document.projects
    )
    return replace(book, document=replace(book.document, projects=projects))


def with_node(number: int, index: int, **fields: Any) -> Master:
    """The clean county with fields of one node (from 1) changed."""
    nodes = list(next(p for p in without().document.projects if p.number == number).milestones)
    nodes[index - 1] = replace(nodes[index - 1], **fields)
    return changed(number, milestones=tuple(nodes))


#: Where a clerk has to look, by rule: the part of the project's sheet; the others point at a month's cell or at 设置.
PLACES = {
    "M101": {Part.TOTAL}, "M102": {Part.TARGET}, "M103": {Part.TARGET}, "M104": {Part.SHARE}, "M105": {Part.SHARE},
    "M106": {Part.ADJUSTMENT_NOTE}, "M107": {Part.ADJUSTED_TARGET}, "M108": {Part.TARGET}, "M109": {Part.MEASURE},
    "M110": {Part.MEASURE}, "M112": {Part.ADJUSTMENT_NOTE}, "M113": {Part.STANDING}, "M114": {Part.TOTAL},
    "M201": {Part.UNIT, Part.LEAD_UNIT}, "M202": {Part.UNIT}, "M203": {Part.SHARE, None}, "M206": {Part.LEAD_UNIT},
    "M207": {Part.LEADER, Part.OWNER}, "M301": {Part.NODE_TIME}, "M302": {Part.NODE_PLAN}, "M304": {Part.NODE_TIME},
    "M305": {Part.NODE_REMARK}, "M307": {Part.NODE_ADJUSTED}, "M308": {Part.NODE_ADJUSTED}, "M309": {Part.NODE_ADJUSTED},
    "M310": {Part.NODE_DONE_ON}, "M311": {Part.NODE_DONE_ON}, "M312": {Part.NODE_DONE}, "M313": {Part.NODE_DONE},
    "M314": {Part.NODE_DONE_ON},
}  # fmt: skip


def found(book: Master, as_of: date = JUNE) -> list[Finding]:
    """What 校验 finds. Each says all of its words, and points where a clerk has to look and its words speak of; what is wrong
    with a project does not depend on what stands before it."""
    findings = list(check(book, as_of))
    document = book.document
    turned = replace(document, projects=document.projects[::-1], containments=document.containments[::-1])
    assert Counter(check(replace(book, document=turned), as_of)) == Counter(findings)
    order = [(f.project or 0, f.code, f.unit or "", f.month or 0, f.node or 0) for f in findings]
    assert order == sorted(order)
    for finding in findings:
        assert finding.part in PLACES.get(finding.code, {None})
        for name, word in said(finding).items():
            assert word == str(getattr(finding, name, word))
    return findings


def said(finding: Finding) -> dict[str, str]:
    """The words in the finding's sentence that its rule leaves open, none of which may be missing."""
    pattern, seen = "", set()
    for part in re.split(r"(\{\w+\})", RULES[finding.code].message):
        name = part[1:-1]
        if not part.startswith("{"):
            pattern += re.escape(part)
        elif name in seen:
            pattern += f"(?P={name})"
        else:
            word = "[0-9]+" if name in ("project", "month", "node") else ".+?"
            pattern += f"(?P<{name}>{word})"
            seen.add(name)
    match = re.fullmatch(pattern, finding.message)
    assert match, finding.message
    assert "None" not in finding.message + finding.advice
    return match.groupdict()


def only(book: Master, code: str, as_of: date = JUNE) -> Finding:
    """The one finding, which must be of ``code``."""
    findings = found(book, as_of)
    assert [finding.code for finding in findings] == [code]
    assert findings[0].severity is RULES[code].severity
    return findings[0]


def codes(book: Master, as_of: date = JUNE) -> set[str]:
    return {finding.code for finding in found(book, as_of)}


def test_the_clean_county_has_no_finding() -> None:
    assert found(without()) == []


def test_m101_parts_that_do_not_add_up() -> None:
    finding = only(changed(1, allocations=shares(丹东="400", 石浦="601")), "M101")
    assert (finding.project, finding.part) == (1, "合计")
    assert "之和是1001，任务书合计是1000，相差1" in finding.message


def test_m114_parts_are_cut_anew_for_an_adjusted_target_or_it_is_said() -> None:
    approved = {"adjusted_target": Decimal(800), "adjustment_note": "县长办公会5月6日"}
    message = next(f.message for f in found(changed(1, **approved)) if f.code != "M107")
    assert "年度目标调整为800，各单位全年任务仍按原来的1000分解" in message
    anew = changed(1, **approved, allocations=shares(丹东="300", 石浦="500"))
    assert [finding.code for finding in found(anew)] == ["M107"]
    wrong = changed(1, **approved, allocations=shares(丹东="300", 石浦="501"))
    assert [finding.code for finding in found(wrong) if finding.code != "M107"] == ["M101"]


def test_a_document_that_adjusts_a_target_prints_the_new_one_everywhere() -> None:
    nodes = (node(3, None, "制定接种工作方案", 1), node(6, "500"), node(12, "1200"))
    fields = {
        "title": "为0.12万人免费接种流感疫苗", "adjusted_target": Decimal(1200), "adjustment_note": "县长办公会5月6日",
        "allocations": shares(丹东="500", 石浦="700"), "allocation_total": Decimal(1200), "milestones": nodes,
    }  # fmt: skip
    assert codes(changed(1, **fields)) - {"M304"} == {"M107"}
    # But no third number.
    other = replace(nodes[2], cumulative=Decimal(1100))
    assert codes(changed(1, **fields | {"milestones": (*nodes[:2], other)})) - {"M304"} == {"M103", "M107"}
    assert codes(changed(1, **fields | {"title": "为0.13万人免费接种流感疫苗"})) - {"M304"} == {
        "M107",
        "M108",
    }


def test_m101_percentages_are_not_added_up() -> None:
    rate = Quantity(Decimal(95), "%")
    nodes = (node(12, "95", first=1),)
    book = changed(1, title="就读比例达95%", target=rate, allocations=shares(丹东="95", 石浦="95"),
                   allocation_total=Decimal(95), milestones=nodes)  # fmt: skip
    assert found(book) == []


def test_m101_without_a_table_or_a_total_there_is_nothing_to_compare() -> None:
    assert found(changed(2, allocation_total=None, allocations=shares(丹东="1", 石浦="1"))) == []
    assert found(changed(5, allocation_total=Decimal(13000))) == []


def test_m102_a_total_that_is_not_the_target() -> None:
    book = changed(2, allocation_total=Decimal("3.4"), allocations=shares(丹东="1.7", 石浦="1.7"))
    assert "合计是3.4，年度目标是3.3" in only(book, "M102").message


def test_m103_a_last_node_that_is_not_the_target() -> None:
    assert "累计是12000，年度目标是13000" in only(with_node(5, 2, cumulative=Decimal(12000)), "M103").message


def test_m104_a_table_that_did_not_line_up() -> None:
    finding = only(changed(6, allocations=shares(丹东=None, 石浦=None)), "M104")
    assert WATER in finding.message


def test_m104_and_no_total_either() -> None:
    blank = {"allocations": shares(丹东=None), "stand_in": Allocation(WATER, None), "allocation_total": None}
    (finding,) = check(changed(6, **blank), JUNE)
    assert f"先由{WATER}按合计填报" in finding.message


def test_m105_a_part_of_a_person() -> None:
    findings = found(changed(1, allocations=shares(丹东="399.5", 石浦="600")))
    assert [(f.code, f.unit, f.part) for f in findings if f.code != "M101"] == [("M105", "丹东", "全年任务")]
    shared = changed(1, allocations=shares(丹东="399.5", 石浦="600.5"))
    assert found(shared) == [], "two halves that add up are what the document says"


def test_m106_a_target_adjusted_without_approval() -> None:
    assert only(changed(5, adjusted_target=Decimal(12000)), "M106").part == "调整批准"


def test_m107_an_adjusted_target_is_listed_with_what_it_was_and_who_agreed() -> None:
    message = only(
        changed(5, adjusted_target=Decimal(12000), adjustment_note="县长办公会5月6日"), "M107"
    ).message
    assert all(words in message for words in ("原定13000起", "调整为12000起", "批准：县长办公会5月6日"))


def test_m107_a_target_that_the_document_did_not_have() -> None:
    approved = {"adjusted_target": Decimal(3), "adjustment_note": "县长办公会5月6日"}
    assert "原定无，调整为3；" in only(changed(7, **approved), "M107").message


@pytest.mark.parametrize(
    ("title", "speaks"),
    [
        ("新（改）建城市燃气管网3.2公里", True),
        ("新（改）建城市燃气管网33公里", True),
        ("新（改）建城市燃气管网３.３公里", False),
        ("新（改）建城市燃气管网1,003.3公里", True),
        ("建成15分钟燃气服务圈", False),
        ("新（改）建城市燃气管网", False),
    ],
)
def test_m108_a_title_with_another_number(title: str, speaks: bool) -> None:
    assert codes(changed(2, title=title)) == ({"M108"} if speaks else set())


def test_m108_ten_thousands_are_read() -> None:
    # The target is what 合计 and the last node say, but the title says 6.16万.
    for title in ("为0.11万人免费接种流感疫苗", "为0.11万 人免费接种流感疫苗"):
        assert "标题里写的是0.11万" in only(changed(1, title=title), "M108").message
    right = changed(1, title="为1,000人免费接种流感疫苗").document
    assert found(Master(right)) == []
    wrong = replace(right.projects[1], title="新（改）建城市燃气管网3.2公里")
    second = only(Master(replace(right, projects=(right.projects[0], wrong, *right.projects[2:]))), "M108")
    assert second.project == 2


def test_m109_a_target_of_nothing() -> None:
    assert only(changed(5, target=Quantity(Decimal(13000), ""), title="建立平台"), "M109").part == "计量单位"


@pytest.mark.parametrize(("text", "speaks"), [("累计建成1.5千米", True), ("累计建成1.5公里", False), ("累计1.5", False), ("启动2处，累计建成1.5千米", True), ("建成1.5处、1.5公里", False)])  # fmt: skip
def test_m110_a_node_in_another_unit(text: str, speaks: bool) -> None:
    assert codes(with_node(2, 1, text=text)) == ({"M110"} if speaks else set())


def test_m110_is_told_once_of_each_project() -> None:
    book = changed(1, title="为1000户免费接种流感疫苗").document
    two = replace(
        book.projects[1],
        title="新（改）建城市燃气管网3.3千米",
        milestones=(node(12, "3.3", "建成3.3千米", 1),),
    )
    findings = found(Master(replace(book, projects=(book.projects[0], two))))
    assert [(finding.code, finding.project) for finding in findings] == [("M110", 1), ("M110", 2)]


def test_m112_and_m113_a_cancelled_project() -> None:
    assert only(changed(1, cancelled=True), "M112").project == 1
    listed = only(changed(1, cancelled=True, adjustment_note="县长办公会5月6日"), "M113")
    assert "批准：县长办公会5月6日" in listed.message


def test_m201_a_unit_that_nobody_knows() -> None:
    finding = only(changed(1, allocations=shares(丹东="400", 石埔="600")), "M201")
    assert finding.unit == "石埔"


def test_m201_a_lead_unit_that_reports_and_gets_no_form() -> None:
    assert only(changed(3, lead_unit="县卫健委"), "M201").part == "填报单位", "it has the project's only row"
    for book in (
        changed(1, lead_unit="县卫健委"),
        changed(2, lead_unit="县卫健委", reporting=Reporting.LEAD),
    ):
        finding = only(book, "M201")
        assert (finding.unit, finding.part) == ("县卫健委", "责任单位")
    assert found(changed(2, lead_unit="县卫健委")) == [], "it has nothing to report"


@pytest.mark.parametrize(("reporting", "missed"), [(Reporting.UNITS, ["甲"]), (Reporting.LEAD, [])])
def test_m201_whoever_files_for_a_joint_unit(reporting: Reporting, missed: list[str]) -> None:
    book = changed(2, allocations=shares(**{"甲、丹东": "3.3"}), reporting=reporting)
    units = (*book.document.units, ReportingUnit("甲、丹东", UnitKind.JOINT, (), ("甲", "丹东")))
    findings = found(replace(book, document=replace(book.document, units=units)))
    assert [(finding.code, finding.unit) for finding in findings] == [("M201", unit) for unit in missed]


@pytest.mark.parametrize(
    ("fields", "missed"),
    [
        ({}, []), ({"lead_unit": ""}, [None]), ({"lead_unit": "县卫健委"}, ["县卫健委"]),
        ({"allocations": shares(丹东="400", 石埔="600")}, ["石埔"]),
        ({"allocations": shares(丹东="400", 石浦="600", 石埔=None)}, []),
    ],
)  # fmt: skip
def test_who_has_a_part_and_is_not_known_would_get_no_form(fields: Any, missed: list[str | None]) -> None:
    case = Case(changed(1, **fields), JUNE)
    assert [finding.unit for finding in units_without_a_form(case)] == missed


def test_m202_a_township_that_all_others_of_its_kind_have() -> None:
    everywhere = ("各镇乡政府", "街道办事处")
    book = without()
    projects = tuple(
        replace(p, cooperating=everywhere, allocations=p.allocations if p.number != 6 else shares(丹东="5"))
        if p.number in (1, 2, 6)
        else p
        for p in book.document.projects
    )
    document = replace(book.document, projects=projects)
    finding = only(replace(book, document=document), "M202")
    assert finding.project == 6
    assert "石浦" in finding.message
    # Two of three are most, one of two is not; and 各镇乡 alone are not the 街道.
    for left in (projects[1:], tuple(replace(p, cooperating=everywhere[:1]) for p in projects)):
        assert found(replace(book, document=replace(document, projects=left))) == []


def test_m203_a_part_larger_than_the_whole() -> None:
    book = without(reports=(report(6, "石浦", 5, "2"), report(2, "石浦", 5, "1")))
    pair = replace(book.document, containments=(Containment(6, 2), Containment(2, 2)))
    findings = [each for each in found(replace(book, document=pair)) if each.code != "M204"]
    assert [(f.code, f.project, f.unit, f.month) for f in findings] == [
        ("M203", 6, "丹东", None), ("M203", 6, "石浦", None), ("M203", 6, "石浦", 5),
    ]  # fmt: skip
    assert [finding.part for finding in findings] == ["全年任务", "全年任务", None]
    assert "石浦的5月累计是2，超过所属的第2项的1。" in findings[2].message


@pytest.mark.parametrize(("inner", "outer"), [("1", "1"), ("0", "0"), ("0", "1"), (None, "0"), ("2", None)])
def test_m203_as_much_as_the_whole_or_nothing_to_compare(inner: str | None, outer: str | None) -> None:
    book = changed(6, (report(6, "石浦", 5, inner), report(2, "石浦", 5, outer)),
                   allocations=shares(丹东="1.6", 石浦="1", **{"丹东、石浦": None}), stand_in=None, allocation_total=None)  # fmt: skip
    book = replace(book, reports=(*book.reports, report(2, "石浦", 5, "0.5", measure=2)))
    pair = replace(book.document, containments=(Containment(6, 2),))
    assert "M203" not in codes(replace(book, document=pair))


@pytest.mark.parametrize(("inner", "outer", "why"), [(6, 99, "总表里没有第99项"), (99, 6, "总表里没有第99项"), (2, 2, "两边是同一个项目")])  # fmt: skip
def test_m204_a_pair_of_what_is_not_there(inner: int, outer: int, why: str) -> None:
    book = without()
    document = replace(book.document, containments=(Containment(inner, outer),))
    finding = only(replace(book, document=document), "M204")
    assert said(finding)["reason"] == why
    assert finding.project == (None if inner == 99 else inner)


def test_m205_one_name_for_two_units() -> None:
    book = without()
    units = (*book.document.units, ReportingUnit("东门", UnitKind.TOWNSHIP, ("丹东街道",)))
    finding = only(replace(book, document=replace(book.document, units=units)), "M205")
    assert (finding.unit, "丹东街道" in finding.message) == ("东门", True)


def test_m206_a_project_without_a_lead_unit() -> None:
    assert only(changed(1, lead_unit=""), "M206").part == "责任单位"


def test_m207_a_project_without_its_people() -> None:
    findings = found(changed(1, leader="", owner=""))
    assert [(f.code, f.part) for f in findings] == [("M207", "责任领导"), ("M207", "责任人")]


def test_m301_nodes_out_of_order() -> None:
    nodes = (node(12, None, first=1), node(6, None, first=1))
    assert only(changed(7, milestones=nodes), "M301").node == 2


def test_m302_a_plan_that_falls() -> None:
    nodes = (node(3, "800", first=1), node(6, "500", first=1), node(12, "1000", first=1))
    finding = only(changed(1, milestones=nodes), "M302")
    assert (finding.node, finding.part) == (2, "计划累计")


def test_m304_months_without_a_node() -> None:
    nodes = (node(3, None, first=1), node(12, None, first=6))
    assert "4月、5月没有进度安排" in only(changed(7, milestones=nodes), "M304").message


def test_m305_a_deadline_moved_without_approval() -> None:
    finding = only(with_node(7, 1, adjusted_to=date(2024, 8, 31)), "M305")
    assert (finding.node, finding.part) == (1, "备注")


def test_m307_a_moved_deadline_is_listed_with_what_it_was_and_who_agreed() -> None:
    message = only(with_node(7, 1, adjusted_to=date(2024, 8, 31), note="县政府函〔2024〕5号"), "M307").message
    assert "原定2024-06-30，调整到2024-08-31；批准：县政府函〔2024〕5号" in message


def test_m308_a_deadline_moved_out_of_the_year() -> None:
    book = with_node(7, 1, adjusted_to=date(2025, 8, 31), note="批准")
    assert codes(book) == {"M307", "M308"}


def test_m309_a_deadline_moved_forward() -> None:
    assert codes(with_node(7, 1, adjusted_to=date(2024, 5, 31), note="批准")) == {"M307", "M309"}


def test_m310_done_on_a_day_to_come() -> None:
    finding = only(with_node(7, 1, done=True, done_on=date(2024, 7, 1)), "M310")
    assert (finding.node, finding.part) == (1, "完成日期")
    assert codes(with_node(7, 1, done=True, done_on=JUNE)) == set()


def test_m311_done_without_a_day_is_told_once_a_project() -> None:
    nodes = tuple(replace(n, done=True) for n in without().document.projects[6].milestones)
    finding = only(changed(7, milestones=nodes), "M311")
    assert "、".join(n.phrase for n in nodes) in finding.message


@pytest.mark.parametrize(("done", "words"), [(None, "是空的"), (False, "选的是“未完成”")])
def test_m312_a_day_without_its_tick(done: bool | None, words: str) -> None:
    finding = only(with_node(7, 1, done=done, done_on=date(2024, 5, 1)), "M312")
    assert said(finding)["stands"] == words


def test_m313_a_tick_against_the_number() -> None:
    book = with_node(5, 1, done=True, done_on=date(2024, 6, 1))
    assert "实际累计0还没有达到6000" in only(book, "M313").message
    reached = replace(book, reports=(report(5, POLICE, 6, "6000"),))
    assert found(reached) == []


def test_m314_done_in_another_year() -> None:
    finding = only(with_node(7, 1, done=True, done_on=date(2023, 6, 1)), "M314")
    assert (finding.node, finding.part) == (1, "完成日期")
    assert "2023-06-01" in finding.message
    assert codes(with_node(7, 1, done=True, done_on=date(2024, 1, 1))) == set()
    assert codes(with_node(7, 1, done=True, done_on=date(2042, 6, 1))) == {"M310"}, "one cause is told once"


def test_m401_a_report_of_a_month_to_come() -> None:
    finding = only(without(reports=(report(1, "丹东", 7, "10"),)), "M401")
    assert (finding.unit, finding.month) == ("丹东", 7)
    second = only(without(reports=(report(5, POLICE, 7, "60", measure=2),)), "M401")
    assert second.measure == 2


def test_m402_a_total_that_falls() -> None:
    book = without(reports=(report(1, "丹东", 4, "10"), report(1, "丹东", 6, "9")))
    assert "6月累计9，比4月的10少" in only(book, "M402").message
    level = without(reports=(report(3, HEALTH, 4, "50"), report(3, HEALTH, 6, "49")))
    assert found(level) == []
    assert found(without(reports=(report(1, "丹东", 4, "10"), report(1, "丹东", 6, "10")))) == []


def test_m403_more_than_the_part() -> None:
    assert only(without(reports=(report(1, "丹东", 4, "401"),)), "M403").month == 4
    assert found(without(reports=(report(1, "丹东", 4, "400"),))) == []


def test_m404_half_a_person() -> None:
    assert only(without(reports=(report(1, "丹东", 4, "9.5"),)), "M404").unit == "丹东"
    assert found(without(reports=(report(2, "丹东", 4, "0.5"),))) == []


def test_m405_a_report_of_a_unit_without_a_part() -> None:
    assert only(without(reports=(report(1, POLICE, 4, "9"),)), "M405").unit == POLICE


def test_m406_more_than_a_hundred_percent() -> None:
    assert only(without(reports=(report(3, HEALTH, 4, "101"),)), "M406").month == 4
    assert only(without(reports=(report(5, POLICE, 4, "100.1", measure=2),)), "M406").measure == 2
    assert found(without(reports=(report(3, HEALTH, 4, "100"),))) == []


def test_m407_a_percentage_as_a_fraction() -> None:
    assert only(without(reports=(report(3, HEALTH, 4, "0.55"),)), "M407").unit == HEALTH
    assert only(without(reports=(report(5, POLICE, 4, "1", measure=2),)), "M407").measure == 2
    for value in ("0", "1.5"):
        assert found(without(reports=(report(3, HEALTH, 4, value),))) == []


@given(masters(), days)
def test_every_finding_of_any_county_says_all_and_points_where_it_speaks_of(book: Master, day: date) -> None:
    found(book, day)


def test_a_rule_is_as_grave_as_the_settings_say_or_silent() -> None:
    book = without(reports=(report(1, "丹东", 4, "9.5"),))

    def judged(severity: Severity | None) -> list[Severity]:
        settings = Settings(severities={"M404": severity})
        return [finding.severity for finding in check(replace(book, settings=settings), JUNE)]

    assert judged(Severity.INFO) == [Severity.INFO]
    assert judged(None) == []
