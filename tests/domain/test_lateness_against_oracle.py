"""Section 8 twice: the product and a naive second computation must agree on any book and any day."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings

from domain.masters import days, masters
from domain.oracle import judge_again
from minsheng.domain.lateness.as_json import as_json
from minsheng.domain.lateness.judge import judge
from minsheng.domain.master import Master


def ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))


@settings(max_examples=400)
@given(masters(), days)
def test_both_computations_agree(master: Master, as_of: date) -> None:
    ours, theirs = as_json(judge(master, as_of)), judge_again(master, as_of)
    for part in ("cells", "nodes", "projects"):
        assert ordered(ours[part]) == ordered(theirs[part])
