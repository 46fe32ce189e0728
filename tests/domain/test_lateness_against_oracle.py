"""Section 8 twice: the product and a naive second computation must agree on any book and any day."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from hypothesis import given, settings

from domain.masters import days, masters
from domain.oracle import breaches, judge_again, sums_that_differ
from minsheng.domain.as_json import judgement_json
from minsheng.domain.checks import check
from minsheng.domain.lateness.judge import judge
from minsheng.domain.master import Master

#: Thousands by hand: MINSHENG_EXAMPLES=20000 pytest tests/domain/test_lateness_against_oracle.py
EXAMPLES = int(os.environ.get("MINSHENG_EXAMPLES", "300"))


def ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))


@settings(max_examples=EXAMPLES)
@given(masters(), days)
def test_both_computations_agree(master: Master, as_of: date) -> None:
    judgement = judge(master, as_of)
    ours, theirs = judgement_json(judgement), judge_again(master, as_of)
    for part in ("cells", "nodes", "projects"):
        assert ordered(ours[part]) == ordered(theirs[part])
    assert [
        {
            "project": project.project,
            "behind": {laggard.unit: (str(laggard.status), laggard.gap) for laggard in project.laggards},
            "together": project.shortfall,
            "never": set(project.never_reported),
            "skipped": set(project.skipped_latest),
        }
        for project in judgement.projects
    ] == theirs["named"]
    for project in judgement.projects:
        gaps = [laggard.gap for laggard in project.laggards]
        assert gaps == sorted(gaps, reverse=True)
        assert all(gap > 0 for gap in gaps)


@settings(max_examples=EXAMPLES)
@given(masters(), days)
def test_sums_and_containments_agree(master: Master, as_of: date) -> None:
    found = check(master, as_of)
    assert {(f.project, f.unit, f.month) for f in found if f.code == "M203"} == breaches(master)
    assert {f.project for f in found if f.code == "M101"} == sums_that_differ(master)
