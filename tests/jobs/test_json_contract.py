"""``show --json``, ``check --json`` and ``colour --json``: other programs call these, so every field and form is held."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from jobs.county_book import county_file, typed
from minsheng.cli import main

#: An exact decimal without exponent, sign, or trailing zeros.
NUMBER = re.compile(r"0|[1-9]\d*|(?:0|[1-9]\d*)\.\d*[1-9]")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
RATE = re.compile(r"(?:0|[1-9]\d*)(?:\.\d{0,3}[1-9])?")
STATUSES = {"已完成", "正常", "滞后", "逾期", "临期", "待确认", "未报"}
QUANTITY = {"value": NUMBER, "unit": str, "relation": {"=", ">="}}
FINDING = {
    "code": re.compile(r"[DMS]\w{3}"), "severity": {"error", "warning", "info"}, "message": re.compile(".+"),
    "advice": str, "project": (int, None), "unit": (str, None), "month": (int, None), "file": (str, None),
    "sheet": (str, None), "cell": (re.compile(r"[A-Z]+\d+"), None),
}  # fmt: skip
SHOW = {
    "year": int,
    "units": [{"name": str, "kind": {"township", "joint", "bureau"}, "aliases": [str]}],
    "projects": [
        {
            "number": int, "starred": bool, "title": str, "target": (QUANTITY, None), "more_targets": [QUANTITY],
            "leader": str, "lead_unit": str, "owner": str, "cooperating": [str],
            "allocations": [{"unit": str, "quantity": NUMBER, "note": str}], "allocation_total": (NUMBER, None),
            "milestones": [
                {"from": int, "to": int, "text": str, "cumulative": (NUMBER, None), "done": (bool, None),
                 "adjusted_to": (DAY, None)}
            ],
            "adjusted_target": (NUMBER, None),
            "approval": str,
            "reporting": {"units", "lead"},
            "cancelled": bool,
            "reports": [
                {"unit": str, "month": int, "measure": int, "value": (NUMBER, None), "progress": str, "problem": str, "need": str,
                 "expected": (str, None)}
            ],
        }
    ],
    "findings": [FINDING],
}  # fmt: skip
COLOUR = {
    "as_of": DAY,
    "cells": [{"project": int, "unit": str, "month": int, "status": STATUSES - {"临期", "待确认"}}],
    "nodes": [
        {"project": int, "index": int, "month": str, "status": STATUSES - {"滞后"}, "days_late": (int, None),
         "reached_month": (int, None)}
    ],
    "projects": [
        {"project": int, "status": (STATUSES - {"滞后"}) | {"已取消"}, "light": ({"绿", "蓝", "黄", "红", "灰"}, None),
         "schedule": ({"提前", "按时", "滞后", "逾期完成"}, None), "plan": (NUMBER, None), "actual": (NUMBER, None),
         "rate": (RATE, None)}
    ],
}  # fmt: skip

ROW = {"project": int, "measure": {1, 2}, "unit": str}
REPLY = {
    "period": re.compile(r"2024-\d\d"), "written": [str], "unchanged": [str], "kept": [str],
    "units": [
        {
            "unit": str, "state": {"taken", "typed", "refused", "missing", "not_asked"}, "files": [str],
            "taken": [{**ROW, "value": NUMBER}],
            "refused": [
                {"code": re.compile(r"S\d{3}"), "file": str, "sheet": (str, None), "cell": (re.compile(r"[A-Z]+\d+"), None),
                 "project": (int, None), "text": str, "reason": re.compile(".+"), "advice": re.compile(".+")}
            ],
            "blank": [ROW], "missing_months": [int], "refused_months": [int],
            "standing": [
                {**ROW, "value": (NUMBER, None), "by_hand": bool, "share": NUMBER, "total": (NUMBER, None), "rate": (RATE, None),
                 "pace": (NUMBER, None), "gap": (NUMBER, None), "status": (STATUSES, None),
                 "next": ({"text": str, "due": DAY, "amount": (NUMBER, None)}, None)}
            ],
            "nodes": [{"project": int, "index": int, "due": DAY, "status": STATUSES - {"滞后"}, "days_late": (int, None)}],
        }
    ],
    "unknown": [dict], "not_asked": [str],
}  # fmt: skip


def held(value: Any, form: Any, where: str = "$") -> None:
    """``value`` has ``form``: a dict's very keys, a list of one form, one of a tuple or set, a type, a pattern."""
    if isinstance(form, dict):
        assert isinstance(value, dict), where
        assert list(value) == list(form), where
        for key, inner in form.items():
            held(value[key], inner, f"{where}.{key}")
    elif isinstance(form, list):
        assert isinstance(value, list), where
        for index, item in enumerate(value):
            held(item, form[0], f"{where}[{index}]")
    elif isinstance(form, tuple):
        assert None in form
        if value is not None:
            held(value, form[0], where)
    elif isinstance(form, set):
        assert value in form, where
    elif isinstance(form, re.Pattern):
        assert isinstance(value, str), where
        assert form.fullmatch(value), f"{where}: {value!r}"
    else:
        assert type(value) is form, f"{where}: {value!r}"


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    path = county_file(tmp_path / "总表.xlsx")
    typed(
        path,
        **{
            "01!C8": 0, "01!H8": 200, "01!H9": 310.5, "02!H8": 0.75, "02!H10": 0.25, "05!H8": 6000, "03!H8": 49,
            "01!K14": "未完成", "02!D8": "约3",
        },
    )  # fmt: skip

    def command(*words: str, code: int = 0) -> dict[str, Any]:
        assert main([words[0], str(path), *words[1:], "--json"]) == code
        document: dict[str, Any] = json.loads(capsys.readouterr().out)
        return document

    return command


def test_show(said: Any) -> None:
    model = said("show")
    held(model, SHOW)
    by_number = {project["number"]: project for project in model["projects"]}
    assert by_number[2]["reports"] == [
        {
            "unit": unit,
            "month": 6,
            "measure": 1,
            "value": value,
            "progress": "",
            "problem": "",
            "need": "",
            "expected": None,
        }
        for unit, value in (("丹东", "0.75"), ("石浦", "0.25"))
    ]
    # No table: no allocations. A table that did not line up: a total, and no part to list.
    assert (by_number[3]["allocations"], by_number[3]["allocation_total"]) == ([], None)
    assert (by_number[6]["allocations"], by_number[6]["allocation_total"]) == ([], "5")
    assert (by_number[7]["target"], by_number[3]["target"]["relation"]) == (None, ">=")
    assert {finding["code"] for finding in model["findings"]} == {"M504"}


def test_check(said: Any) -> None:
    document = said("check", code=1)
    held(document, {"findings": [FINDING]})
    assert {"M104", "M404", "M504"} <= {finding["code"] for finding in document["findings"]}
    assert said("check", "--clear") == {"findings": []}


def test_colour(said: Any) -> None:
    document = said("colour", "--as-of", "2024-07-15")
    held(document, COLOUR)
    assert document["as_of"] == "2024-07-15"
    for node in document["nodes"]:
        assert (node["days_late"] is not None) == (node["status"] == "逾期")
    projects = {project["project"]: project for project in document["projects"]}
    assert (projects[7]["plan"], projects[7]["actual"], projects[7]["rate"]) == (None, None, None)
    assert projects[4] == {
        "project": 4, "status": "未报", "light": "灰", "schedule": None, "plan": "590", "actual": None, "rate": None,
    }  # fmt: skip
    assert (projects[1]["actual"], projects[1]["rate"]) == ("510.5", "0.5105")
    # Half up: 1 of 3.3.
    assert projects[2]["rate"] == "0.303"
    assert [node["index"] for node in document["nodes"] if node["project"] == 1] == [1, 2, 3]
    assert document["nodes"][0]["month"] == "1—3月份"
    cleared = said("colour", "--clear")
    held(cleared, COLOUR)
    assert (cleared["cells"], cleared["nodes"], cleared["projects"]) == ([], [], [])


def test_before_anything_is_due_the_plan_is_nought_and_nothing_is_reached(said: Any) -> None:
    projects = said("colour", "--as-of", "2023-12-31")["projects"]
    assert {(p["plan"], p["actual"]) for p in projects if p["project"] != 7} == {("0", None)}


def test_reply(said: Any, tmp_path: Path) -> None:
    (tmp_path / "收").mkdir()
    (tmp_path / "收" / "石浦.xlsx").write_bytes(b"")
    said("merge", str(tmp_path / "收"), "--period", "2024-06", code=1)
    document = said("reply", "--period", "2024-06", "-o", str(tmp_path / "反馈"))
    held(document, REPLY)
    told = {unit["unit"]: unit for unit in document["units"]}
    # A number stands in the master that the county typed: what came besides is told all the same.
    assert told["石浦"]["state"] == "typed"
    assert [wrong["code"] for wrong in told["石浦"]["refused"]] == ["S107"]
    assert told["丹东"]["taken"] == []
    assert all(line["by_hand"] for line in told["丹东"]["standing"] if line["value"] is not None)
    assert len(document["written"]) == 2 * len(told)
