"""What every --json prints, word for word as other programs were promised them; and how a reading is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from minsheng.domain.as_json import finding_json, judgement_json, master_json, plan_json, replies_json
from minsheng.domain.catalogue.refusals import TO_SENDER
from minsheng.domain.change import Change, NodeKey
from minsheng.domain.document import Containment, TaskDocument
from minsheng.domain.duties import NodeDuty, ReportDuty
from minsheng.domain.finding import Finding, Part, Severity
from minsheng.domain.history import MergedFile
from minsheng.domain.long_form import LongRow, long_form
from minsheng.domain.master import Master
from minsheng.domain.merging.plan import FileEntry, MergePlan
from minsheng.domain.open_refusals import OpenRefusal
from minsheng.domain.period import Period
from minsheng.domain.project import Allocation, Milestone, Project, Reporting, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.record import Received
from minsheng.domain.refusal import Refusal
from minsheng.domain.reply import FileState, Line, NextNode, NodeLine, Replies, Reply
from minsheng.domain.report import Report, ReportKey, Words
from minsheng.domain.review import NODES, PROJECTS, SHARES, Place, laid_out, places
from minsheng.domain.status import (
    CellStatus,
    Judgement,
    Light,
    NodeStatus,
    ProjectStatus,
    Schedule,
    Status,
)
from minsheng.domain.stored import (
    BookFacts,
    stored,
    stored_facts,
    stored_project,
    unstored,
    unstored_facts,
    unstored_project,
)
from small_county import county, report

FULL = Project(
    1, True, "免费接种疫苗", Quantity(Decimal("61600.0"), "人", ">="), "胡", "县卫健局", "朱",
    cooperating=("县财政局", "各镇乡"), more_targets=(Quantity(Decimal(60), "%"),),
    allocations=(Allocation("丹东", Decimal("8E+3"), "含山根"), Allocation("石浦", None)), allocation_total=Decimal(61600),
    milestones=(
        Milestone(1, 3, "1—3月份", "接种", Decimal("11600.50"), True, date(2024, 3, 1), date(2024, 8, 31), "批准"),
        Milestone(12, 12, "12月份", "完成"),
    ),
    adjusted_target=Decimal(50000), adjustment_note="会议纪要", reporting=Reporting.LEAD, cancelled=True,
)  # fmt: skip
PLAIN = Project(2, False, "新建公园", None, "李", "县住建局", "王")
UNITS = (
    ReportingUnit("丹东", UnitKind.TOWNSHIP, ("丹东街道",)),
    ReportingUnit("丹东、丹西", UnitKind.JOINT, (), ("丹东", "丹西")),
)
DOCUMENT = TaskDocument("某县任务书", 2024, UNITS, (FULL, PLAIN), (Containment(1, 2),))
FINDING = Finding(
    "S301",
    Severity.ERROR,
    "认不出",
    "请改正",
    1,
    "丹东",
    6,
    2,
    1,
    "合计",
    "甲.xlsx",
    "填报",
    "G4",
    "原文",
    "读作",
)


def test_the_whole_model_as_show_prints_it() -> None:
    words = Words("已开始", "缺地", "请协调", "8月底")
    reports = (
        Report(2, "县住建局", 3, 1, None, Words("筹备")),
        Report(1, "丹东", 9, 2, Decimal("1200.0"), words),
    )
    assert master_json(Master(DOCUMENT, reports=reports), [FINDING]) == {
        "year": 2024,
        "units": [
            {"name": "丹东", "kind": "township", "aliases": ["丹东街道"]},
            {"name": "丹东、丹西", "kind": "joint", "aliases": []},
        ],
        "projects": [
            {
                "number": 1, "starred": True, "title": "免费接种疫苗", "target": {"value": "61600", "unit": "人", "relation": ">="},
                "more_targets": [{"value": "60", "unit": "%", "relation": "="}], "leader": "胡", "lead_unit": "县卫健局",
                "owner": "朱", "cooperating": ["县财政局", "各镇乡"],
                "allocations": [{"unit": "丹东", "quantity": "8000", "note": "含山根"}], "allocation_total": "61600",
                "milestones": [
                    {"from": 1, "to": 3, "text": "接种", "cumulative": "11600.5", "done": True, "adjusted_to": "2024-08-31"},
                    {"from": 12, "to": 12, "text": "完成", "cumulative": None, "done": None, "adjusted_to": None},
                ],
                "adjusted_target": "50000", "approval": "会议纪要", "reporting": "lead", "cancelled": True,
                "reports": [
                    {"unit": "丹东", "month": 9, "measure": 2, "value": "1200", "progress": "已开始", "problem": "缺地",
                     "need": "请协调", "expected": "8月底"}
                ],
            },
            {
                "number": 2, "starred": False, "title": "新建公园", "target": None, "more_targets": [], "leader": "李",
                "lead_unit": "县住建局", "owner": "王", "cooperating": [], "allocations": [], "allocation_total": None,
                "milestones": [], "adjusted_target": None, "approval": "", "reporting": "units", "cancelled": False,
                "reports": [
                    {"unit": "县住建局", "month": 3, "measure": 1, "value": None, "progress": "筹备", "problem": "", "need": "",
                     "expected": None}
                ],
            },
        ],
        "findings": [finding_json(FINDING)],
    }  # fmt: skip
    assert finding_json(FINDING) == {
        "code": "S301", "severity": "error", "message": "认不出", "advice": "请改正", "project": 1, "unit": "丹东", "month": 6,
        "file": "甲.xlsx", "sheet": "填报", "cell": "G4",
    }  # fmt: skip


def test_a_judgement_as_colour_prints_it() -> None:
    judgement = Judgement(
        date(2024, 6, 30),
        (CellStatus(1, "丹东", 6, Status.BEHIND),),
        (NodeStatus(1, 2, "6月份", Status.OVERDUE, 0), NodeStatus(1, 1, "3月份", Status.DONE, None, 4, True)),
        (
            ProjectStatus(1, Status.OVERDUE, Light.RED, Schedule.BEHIND, Decimal("2.50"), Decimal(0), Decimal("0.3030")),
            ProjectStatus(2, Status.CANCELLED),
        ),
    )  # fmt: skip
    assert judgement_json(judgement) == {
        "as_of": "2024-06-30",
        "cells": [{"project": 1, "unit": "丹东", "month": 6, "status": "滞后"}],
        "nodes": [
            {"project": 1, "index": 2, "month": "6月份", "status": "逾期", "days_late": 0, "reached_month": None},
            {"project": 1, "index": 1, "month": "3月份", "status": "已完成", "days_late": None, "reached_month": 4},
        ],
        "projects": [
            {"project": 1, "status": "逾期", "light": "红", "schedule": "滞后", "plan": "2.5", "actual": "0", "rate": "0.303"},
            {"project": 2, "status": "已取消", "light": None, "schedule": None, "plan": None, "actual": None, "rate": None},
        ],
    }  # fmt: skip


def test_a_reply_as_reply_prints_it() -> None:
    refused = Refusal("S301", "甲.xlsx", "a", "读不准", "丹东", 6, 1, 1, "填报", "G7", "约30")
    whole = Refusal("S999", "乙.xlsx", "b", "空的")
    duty = ReportDuty(FULL, 1, "丹东", Decimal(8000), "人", False, True)
    second = ReportDuty(FULL, 2, "县卫健局", Decimal("60.0"), "%", True, False)
    day, behind = date(2024, 6, 30), Status.BEHIND
    lines = (
        Line(duty, Decimal("10.0"), False, False, Decimal(10), 6, Decimal("0.0013"), Decimal(20), Decimal("9.50"), behind,
             NextNode("接种", day, Decimal(30))),
        Line(second, None, False, False, None, None, None, None, None, None, NextNode("完成", day, None)),
        Line(second, Decimal(5), True, False, Decimal(5), 6, None, None, None, None, None),
    )  # fmt: skip
    node = NodeLine(
        NodeDuty(FULL, 2, FULL.milestones[1]),
        date(2024, 12, 31),
        NodeStatus(1, 2, "12月份", Status.OVERDUE, 3),
    )
    received = Received(1, day, MergedFile("丙.xlsx", "c", "丹东", Period(2024, 6)))
    reply = Reply(
        UNITS[0], FileState.TAKEN, (received,), lines, (node,), (refused, whole),
        ((3, FileState.MISSING), (4, FileState.REFUSED), (5, FileState.TAKEN)),
    )  # fmt: skip
    first, other = (
        {"project": 1, "measure": 1, "unit": "丹东"},
        {"project": 1, "measure": 2, "unit": "县卫健局"},
    )
    told = {
        "code": "S999", "file": "乙.xlsx", "sheet": None, "cell": None, "project": None, "text": "", "reason": "空的", "advice": "",
    }  # fmt: skip
    assert replies_json(Replies(Period(2024, 6), (reply,), (OpenRefusal(None, 6, whole),), ("墙头",))) == {
        "units": [
            {
                "unit": "丹东", "state": "taken", "files": ["丙.xlsx"], "taken": [{**first, "value": "10"}],
                "refused": [
                    {"code": "S301", "file": "甲.xlsx", "sheet": "填报", "cell": "G7", "project": 1, "text": "约30", "reason": "读不准",
                     "advice": TO_SENDER["S301"]},
                    told,
                ],
                "blank": [other], "missing_months": [3], "refused_months": [4],
                "standing": [
                    {**first, "value": "10", "by_hand": False, "share": "8000", "total": "10", "rate": "0.0013", "pace": "20",
                     "gap": "9.5", "status": "滞后", "next": {"text": "接种", "due": "2024-06-30", "amount": "30"}},
                    {**other, "value": None, "by_hand": False, "share": "60", "total": None, "rate": None, "pace": None, "gap": None,
                     "status": None, "next": {"text": "完成", "due": "2024-06-30", "amount": None}},
                    {**other, "value": "5", "by_hand": True, "share": "60", "total": "5", "rate": None, "pace": None, "gap": None,
                     "status": None, "next": None},
                ],
                "nodes": [{"project": 1, "index": 2, "due": "2024-12-31", "status": "逾期", "days_late": 3}],
            }
        ],
        "unknown": [told], "not_asked": ["墙头"],
    }  # fmt: skip


def test_a_plan_as_merge_prints_it() -> None:
    june, key, tick = Period(2024, 6), ReportKey(1, "丹东", 6), NodeKey(1, 2)
    kept = FileEntry("旧.xlsx", "d", "丹东", june, "已有更新的")
    plan = MergePlan(
        june,
        (MergedFile("丙.xlsx", "c", "丹东", june),),
        ("石浦",),
        (kept,),
        (FileEntry("坏.xlsx", "e", None, None, "打不开"),),
        (replace(kept, file="五月.xlsx"),),
        (
            Change(key, "value", Decimal("1.0"), None, "丙.xlsx"),
            Change(key, "progress", "", "在做", "丙.xlsx"),
            Change(tick, "done_on", None, date(2024, 6, 5), "丙.xlsx"),
            Change(tick, "done", None, True, "丙.xlsx"),
        ),
        (FINDING,),
    )
    file = {"file": "旧.xlsx", "sha256": "d", "unit": "丹东", "period": "2024-06", "reason": "已有更新的"}
    row = {"project": 1, "unit": "丹东", "month": 6, "measure": 1}
    assert plan_json(plan) == {
        "merged": [{"file": "丙.xlsx", "sha256": "c", "unit": "丹东", "period": "2024-06", "reason": ""}],
        "missing": ["石浦"], "superseded": [file],
        "rejected": [{"file": "坏.xlsx", "sha256": "e", "unit": None, "period": None, "reason": "打不开"}],
        "skipped": [{**file, "file": "五月.xlsx"}],
        "changes": [{**row, "old": "1", "new": None, "file": "丙.xlsx"}],
        "words": [{**row, "field": "progress", "old": "", "new": "在做", "file": "丙.xlsx"}],
        "ticks": [
            {"project": 1, "node": 2, "field": "done_on", "old": None, "new": "2024-06-05", "file": "丙.xlsx"},
            {"project": 1, "node": 2, "field": "done", "old": None, "new": True, "file": "丙.xlsx"},
        ],
        "findings": [finding_json(FINDING)],
    }  # fmt: skip


def test_the_long_table_is_in_the_order_of_the_sheets_and_leaves_out_what_is_cancelled() -> None:
    book = county(
        report(2, "石浦", 6, "0.5"), report(2, "丹东、石浦", 6, "0.1"), report(2, "丹东", 6, None, progress="在建"),
        report(1, "石浦", 7, "9"), report(1, "石浦", 6, "8"), report(1, "不在表里", 6, "1"), report(5, "县公安局", 6, "60", measure=2),
        report(5, "县公安局", 6, "7"), report(7, "县公安局", 6, "1"),
    )  # fmt: skip
    projects = tuple(replace(each, cancelled=each.number == 7) for each in book.document.projects)
    cells = (CellStatus(1, "丹东", 6, Status.MISSING), CellStatus(5, "县公安局", 6, Status.NORMAL))
    found = long_form(
        replace(book, document=replace(book.document, projects=projects)),
        Judgement(date(2024, 6, 30), cells, (), ()),
    )
    assert found == [
        LongRow(1, "丹东", 6, 1, None, Status.MISSING), LongRow(1, "石浦", 6, 1, Decimal(8), None),
        LongRow(1, "石浦", 7, 1, Decimal(9), None), LongRow(1, "不在表里", 6, 1, Decimal(1), None),
        LongRow(2, "丹东、石浦", 6, 1, Decimal("0.1"), None), LongRow(2, "石浦", 6, 1, Decimal("0.5"), None),
        LongRow(5, "县公安局", 6, 1, Decimal(7), Status.NORMAL), LongRow(5, "县公安局", 6, 2, Decimal(60), None),
    ]  # fmt: skip


# What a file carries along.

FACTS = BookFacts("4", "0123456789ab", "某县任务书", 2024, UNITS, (Containment(1, 2),))


def test_what_is_stored_comes_back_exactly() -> None:
    assert unstored(stored(DOCUMENT, (FINDING,))) == (DOCUMENT, (FINDING,))
    assert unstored_project(stored_project(FULL)) == FULL
    assert unstored_facts(stored_facts(FACTS)) == FACTS
    # One line, which any file takes, and the last two as a person reads them.
    assert stored(DOCUMENT, (FINDING,)).isascii()
    for text in (stored_project(FULL), stored_facts(FACTS)):
        assert not {"\n", "\\"} & set(text)
        assert ": " not in text


def test_what_an_earlier_version_did_not_store_has_its_usual_value() -> None:
    told = json.loads(stored_project(PLAIN))
    for name in ("reporting", "cancelled", "milestones"):
        del told[name]
    assert unstored_project(json.dumps(told)) == PLAIN
    del told["title"]
    assert unstored_project(json.dumps(told)) is None


def changed(text: str, *path: Any, to: Any) -> str:
    """Stored text with one thing in it otherwise."""
    whole = json.loads(text)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("number",), 0), (("number",), -1), (("number",), "1"), (("number",), True), (("number",), 1.0), (("starred",), 1),
        (("title",), None), (("title",), "a\x00"), (("title",), "a\x1f"), (("target", "relation"), "<"), (("target", "value"), "NaN"),
        (("target", "value"), "1e21"), (("target", "value"), "1e-21"), (("target", "value"), "一"), (("target", "value"), 5),
        (("cooperating",), "甲"), (("cooperating",), ["甲", None]), (("milestones", 0, "first_month"), 0),
        (("milestones", 0, "first_month"), 4), (("milestones", 1, "last_month"), 13), (("milestones", 0, "done_on"), "2024-02-30"),
        (("reporting",), "nobody"), (("allocations", 0), {}), (("allocations", 0), []),
    ],
)  # fmt: skip
def test_what_nobody_stored_is_not_taken(path: tuple[Any, ...], value: Any) -> None:
    """The text comes back from a file that anybody may have changed."""
    assert unstored_project(changed(stored_project(FULL), *path, to=value)) is None
    assert unstored(changed(stored(DOCUMENT, ()), 0, "projects", 0, *path, to=value)) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [(("target", "value"), "1e20"), (("target", "value"), "1e-20"), (("title",), "a\n\t\rb "), (("milestones", 1, "first_month"), 1)],
)  # fmt: skip
def test_what_is_just_possible_is_taken(path: tuple[Any, ...], value: Any) -> None:
    assert unstored_project(changed(stored_project(FULL), *path, to=value)) is not None
    assert unstored(changed(stored(DOCUMENT, ()), 0, "projects", 0, *path, to=value)) is not None


@pytest.mark.parametrize(
    ("year", "taken"), [(1999, False), (2000, True), (2099, True), (2100, False), ("2024", False)]
)
def test_the_years_of_an_office(year: Any, taken: bool) -> None:
    assert (unstored_facts(changed(stored_facts(FACTS), "year", to=year)) is not None) == taken
    assert (unstored(changed(stored(DOCUMENT, ()), 0, "year", to=year)) is not None) == taken


@pytest.mark.parametrize("text", ["", "null", "[]", "[1]", "{}", "[" * 100_000, '[{"title":', '"甲"'])
def test_any_other_text_is_none(text: str) -> None:
    assert unstored(text) is unstored_project(text) is unstored_facts(text) is None


def test_a_document_has_projects_each_by_a_number_of_its_own() -> None:
    for projects in ((), (FULL, replace(PLAIN, number=1))):
        assert unstored(stored(replace(DOCUMENT, projects=projects), ())) is None


# The 核对稿: where every word of a reading stands, and every doubt.


def test_a_reading_on_the_sheets_of_the_template() -> None:
    full = replace(
        FULL, title="接种\u0007\n疫苗" + "长" * 40_000, more_targets=FULL.more_targets * 2,
        allocations=(*FULL.allocations, Allocation("爵溪", Decimal("0.5"))),
    )  # fmt: skip
    rows = laid_out(replace(DOCUMENT, projects=(full, PLAIN)))
    assert rows[PROJECTS][:3] == [
        ["民生实事项目"], ["任务书标题", None, "某县任务书", None, None, None, None, None, "年度", 2024.0], [],
    ]  # fmt: skip
    assert rows[PROJECTS][3][:3] == ["序号", "省级", "项目名称"]
    assert rows[PROJECTS][4:] == [
        [1.0, "★", "接种\n疫苗" + "长" * 31_995, 61600.0, "人", "不低于", "60%；60%", "胡", "县卫健局", "朱", "县财政局，各镇乡"],
        [2.0, None, "新建公园", "无", None, None, None, "李", "县住建局", "王", None],
    ]  # fmt: skip
    assert rows[SHARES][3:] == [
        [1.0, "丹东", "8000（含山根）"],
        [1.0, "石浦", None],
        [1.0, "爵溪", 0.5],
        [1.0, "合计", 61600.0],
    ]
    assert rows[NODES][3:] == [[1.0, "1—3月份", "接种", 11600.5], [1.0, "12月份", "完成", "无"]]


def doubt(project: int | None, **where: Any) -> Finding:
    return Finding("D101", Severity.WARNING, "", "", project, **where)


@pytest.mark.parametrize(
    ("finding", "place"),
    [
        (doubt(None), None), (doubt(99), None), (doubt(1), Place(PROJECTS, 5, 3)), (doubt(2, part="别的"), Place(PROJECTS, 6, 3)),
        (doubt(1, part=Part.TARGET), Place(PROJECTS, 5, 4)), (doubt(1, part=Part.MEASURE), Place(PROJECTS, 5, 5)),
        (doubt(2, part=Part.LEADER), Place(PROJECTS, 6, 8)), (doubt(2, part=Part.LEAD_UNIT), Place(PROJECTS, 6, 9)),
        (doubt(2, part=Part.OWNER), Place(PROJECTS, 6, 10)),
        (doubt(1, unit="丹东"), Place(SHARES, 4, 3)), (doubt(1, unit="石浦", part=Part.SHARE), Place(SHARES, 5, 3)),
        (doubt(1, part=Part.TOTAL), Place(SHARES, 6, 3)), (doubt(1, unit="不在表里"), Place(PROJECTS, 5, 3)),
        (doubt(2, part=Part.TOTAL), Place(PROJECTS, 6, 3)), (doubt(3, part=Part.TOTAL), Place(SHARES, 8, 3)),
        (doubt(1, node=1, part=Part.NODE_TIME), Place(NODES, 4, 2)), (doubt(1, node=2), Place(NODES, 5, 4)),
        (doubt(3, node=1, part=Part.NODE_PLAN), Place(NODES, 6, 4)), (doubt(2, node=1), Place(PROJECTS, 6, 3)),
        (doubt(1, node=3), Place(PROJECTS, 5, 3)),
    ],
)  # fmt: skip
def test_where_a_doubt_stands(finding: Finding, place: Place | None) -> None:
    third = replace(FULL, number=3, allocations=(Allocation("丹东", Decimal(1)),))
    assert places(replace(DOCUMENT, projects=(FULL, PLAIN, third)), (finding,)) == [place]
