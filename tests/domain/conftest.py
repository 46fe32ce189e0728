"""What holds of every plan of a 汇总, asked of each that a test makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from minsheng.domain import merging
from minsheng.domain.catalogue import submission as rules
from minsheng.domain.catalogue import submission_rows
from minsheng.domain.finding import Finding
from minsheng.domain.submission import Submission

__all__ = ["every_plan_is_whole"]

#: Whose file it is cannot be said of these.
_OF_NOBODY = {"S202", "S210"}
#: What is told of a change of something that somebody typed comes first.
_HAND_MADE = {submission_rows.BY_HAND.code, submission_rows.WORDS_BY_HAND.code}


@pytest.fixture(autouse=True)
def every_plan_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = merging.plan

    def plan(
        master: Any, submissions: Sequence[Submission], period: Any, *others: Any, **named: Any
    ) -> merging.MergePlan:
        found = standing(master, submissions, period, *others, **named)
        assert found.period == period
        _each_file_is_in_one_list(found, submissions)
        for finding in found.findings:
            _says_all(finding, {each.file for each in submissions})
        _knows_when_each_was_made(found, submissions)
        by_hand = [finding.code in _HAND_MADE for finding in found.findings]
        assert by_hand == sorted(by_hand, reverse=True)
        for change in found.changes:
            assert change.file in {each.file for each in found.merged}
        return found

    monkeypatch.setattr(merging, "plan", plan)


def _each_file_is_in_one_list(found: merging.MergePlan, submissions: Sequence[Submission]) -> None:
    """Nothing is dropped, and what is not merged says why."""
    left = (*found.superseded, *found.rejected, *found.skipped)
    listed = Counter((entry.file, entry.sha256) for entry in (*found.merged, *left))
    assert listed == Counter((each.file, each.sha256) for each in submissions)
    assert all(entry.reason and "None" not in entry.reason for entry in left)
    for entry in (*found.superseded, *found.skipped):
        assert (entry.unit is None, entry.period is None) == (False, False)


def _says_all(finding: Finding, files: set[str]) -> None:
    """A finding of a file names it, the unit and the month, and its sentence has all of its words."""
    assert finding.file in files
    assert "None" not in finding.message
    assert "None" not in finding.advice
    assert finding.unit or finding.code in _OF_NOBODY
    # A word that is missing leaves nothing between what stands around it.
    assert not re.search("“”|（）|是，|的。|、。|填了，|：。", finding.message)


def _knows_when_each_was_made(found: merging.MergePlan, submissions: Sequence[Submission]) -> None:
    """The times that a file says, but those that are yet to come."""
    doubted = {finding.file for finding in found.findings if finding.code == rules.MADE_IN_FUTURE.code}
    said = {each.sha256: (each.sent_on, each.saved_at) for each in submissions}
    for entry in found.merged:
        assert (entry.sent_on, entry.saved_at) == said[entry.sha256] or entry.file in doubted
