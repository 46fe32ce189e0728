"""The 反馈单 of any unit of any county: a page that opens, with all that the message says, the same each time."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from domain.masters import masters
from minsheng.building import reply as page
from minsheng.building import reply_words
from minsheng.domain.catalogue.refusals import TO_SENDER
from minsheng.domain.history import MergedFile
from minsheng.domain.master import Master
from minsheng.domain.period import Period
from minsheng.domain.quantity import plain
from minsheng.domain.record import Received, Record, Refused
from minsheng.domain.refusal import Refusal
from minsheng.domain.reply import Reply, replies
from small_county import county

JUNE = Period(2024, 6)
#: The tallest row that a spreadsheet program shows.
TALLEST = 409


def rows_of(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.title == "反馈单"
    assert all((sheet.row_dimensions[row].height or 0) <= TALLEST for row in range(1, sheet.max_row + 1))
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def built(reply: Reply, period: Period = JUNE) -> list[list[Any]]:
    return rows_of(page.build(reply, period, "表.xlsx", "任务书"))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Files of 甲镇 and 县某局 that were taken in, with refused cells and whole files beside them."""
    received, refused = [], []
    for unit in ("甲镇", "县某局"):
        sha = f"sha{unit}"
        if draw(st.booleans()):
            received.append(Received(1, date(2024, 7, 2), MergedFile(f"{unit}.xlsx", sha, unit, JUNE)))
        for code in draw(st.lists(st.sampled_from(sorted(TO_SENDER)), max_size=3, unique=True)):
            is_cell = draw(st.booleans())
            text = draw(st.sampled_from(["约30", "=1+1", "-3", "x" * 200, ""]))
            reason = draw(st.sampled_from(["读不准", "很长" * 400])) + "，没有汇总。"
            place = f"“{unit}.xlsx”填报!G7：" if is_cell else f"“{unit}.xlsx”"
            where: dict[str, Any] = {"sheet": "填报", "cell": "G7", "project": 1, "measure": 1, "text": text}
            told = Refusal(code, f"{unit}.xlsx", sha, place + reason, unit, 6, **(where if is_cell else {}))
            refused.append(Refused(1, JUNE, told))
    return Record(tuple(received), tuple(refused))


@settings(max_examples=12, deadline=None)
@given(masters(), records())
def test_page_and_message_say_the_same(master: Master, record: Record) -> None:
    for reply in replies(master, JUNE, record).replies:
        rows = built(reply)
        words = reply_words.message(reply, JUNE, "表.xlsx")
        assert rows[0] == [words.splitlines()[0]]
        assert [words.splitlines()[1]] in rows
        flat = [cell for row in rows for cell in row]
        for refusal in reply.refusals:
            assert TO_SENDER[refusal.code] in flat
            assert TO_SENDER[refusal.code] in words
            assert (
                refusal.reason.removeprefix("“甲镇.xlsx”")
                .removeprefix("“县某局.xlsx”")
                .removeprefix("填报!G7：")
                in words
            )
            assert not refusal.text or refusal.text in flat
        headings = [row[0][2:] for row in rows if len(row) == 1 and str(row[0])[1:2] == "、"]
        expected = [
            ("没有采用的", reply.refusals),
            ("到2024年6月底的进度", reply.lines),
            ("要打勾的节点", reply.nodes),
        ]
        assert headings == [title for title, found in expected if found]
        for line in reply.lines:
            share = pytest.approx(float(line.duty.share))
            (row, *_) = [row for row in rows if row[:1] == [line.duty.label] and row[3:4] == [share]]
            assert (row[5] == "—") == (line.total is None)
            assert line.total is None or row[5] == pytest.approx(float(line.total))
            assert row[9] == (str(line.status) if line.status else "—")
            assert not line.gap or f"还差{plain(line.gap)}" in words
        assert "None" not in words


def test_what_begins_like_a_formula_is_text() -> None:
    where: dict[str, Any] = {"sheet": "填报", "cell": "G7", "project": 1, "measure": 1, "text": "=1+1"}
    refusal = Refusal("S301", "石浦.xlsx", "a", "“石浦.xlsx”填报!G7：读不准。", "石浦", 6, **where)
    record = Record(
        (Received(1, None, MergedFile("石浦.xlsx", "a", "石浦", JUNE)),), (Refused(1, JUNE, refusal),)
    )
    (reply,) = [one for one in replies(county(), JUNE, record).replies if one.unit.name == "石浦"]
    sheet = load_workbook(io.BytesIO(page.build(reply, JUNE, "表.xlsx", "=任务书"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=任务书", "s"), ("=1+1", "s")]


def test_a_page_with_more_than_a_page_holds_runs_over_with_its_header() -> None:
    where: dict[str, Any] = {"sheet": "填报", "project": 1, "measure": 1, "text": "约30"}
    refusals = tuple(
        Refused(
            1, JUNE, Refusal("S301", "石浦.xlsx", "a", "很长的原因" * 20, "石浦", 6, cell=f"G{row}", **where)
        )
        for row in range(7, 40)
    )
    record = Record((Received(1, None, MergedFile("石浦.xlsx", "a", "石浦", JUNE)),), refusals)
    (reply,) = [one for one in replies(county(), JUNE, record).replies if one.unit.name == "石浦"]
    sheet = load_workbook(io.BytesIO(page.build(reply, JUNE, "表.xlsx", "任务书"))).active
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows is not None
