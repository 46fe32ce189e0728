"""汇总记录: what is written there is read back, by batches wherever the rows stand, and strictly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.test_change import VALUES
from engines.plain_file import opened
from jobs.small_master import small_master
from minsheng.domain.catalogue.refusals import TO_SENDER
from minsheng.domain.change import FIELDS, Change, NodeKey
from minsheng.domain.fields import TICKS
from minsheng.domain.merging import MergedFile
from minsheng.domain.period import Period
from minsheng.domain.refusal import Refusal
from minsheng.domain.report import ReportKey
from minsheng.sheets import layout
from minsheng.sheets.image import SheetImage
from minsheng.sheets.log_entries import LogEntry, Logged, Undone
from minsheng.sheets.log_sheet import MergeLog, appended
from minsheng.sheets.open_master import OpenMaster
from minsheng.sheets.places import Area
from minsheng.sheets.tables import Table
from minsheng.sheets.writing import apply

JUNE = Period(2024, 6)
AT = "2024-07-01 09:00:00"
KEY = ReportKey(1, "丹东", 6)


def log_of(*rows: dict[str, Any]) -> MergeLog:
    """The log whose sheet shows these rows, as a host gives them: numbers as floats."""
    labels = layout.LOG_COLUMNS
    values = [list(labels)] + [
        [float(cell) if type(cell) is int else cell for cell in map(row.get, labels)] for row in rows
    ]
    formulas = [["" if cell is None else str(cell) for cell in row] for row in values]
    image = SheetImage("汇总记录", 2, 1, values, formulas)
    block = image.block(Area("汇总记录", 2, 1, 2, len(labels)))
    return MergeLog.of(Table(layout.NAME_LOG, block, labels, {label: i for i, label in enumerate(labels, 1)}))


def entry(what: Logged, batch: int = 1) -> LogEntry:
    return LogEntry(batch, AT, "县级经办人", JUNE, what)


def number(new: str | None, batch: int, old: str | None = None, file: str = "甲.xlsx") -> LogEntry:
    values = [None if text is None else Decimal(text) for text in (old, new)]
    return entry(Change(KEY, "value", *values, file), batch)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    field = draw(st.sampled_from(list(FIELDS.values())))
    key: Any = (
        st.builds(NodeKey, st.integers(1, 99), st.integers(1, 20))
        if field in TICKS
        else st.builds(
            ReportKey,
            st.integers(1, 99),
            st.sampled_from(["丹东", "丹东、石浦"]),
            st.integers(1, 12),
            st.integers(1, 2),
        )
    )
    old, new = draw(VALUES[field.name]), draw(VALUES[field.name])
    return Change(draw(key), field.name, old, new, draw(st.sampled_from(["", "收/丹东.xlsx"])))


@given(st.lists(changes(), max_size=4))
def test_every_change_is_read_as_it_was_logged(found: list[Change]) -> None:
    assert_read_as_logged([entry(change) for change in found])


NUMBERS = st.none() | st.integers(1, 99)
#: As a cell gives them back: no blanks at the ends.
CELLS = st.text(st.sampled_from("约3０=+'\"！!%年x \n"), max_size=8).map(str.strip)
REFUSALS = st.builds(
    Refusal, st.sampled_from(sorted(TO_SENDER)), st.just("收/丹东.xlsx"), st.just("0" * 64), CELLS, CELLS, NUMBERS,
    NUMBERS, NUMBERS, text=CELLS,
)  # fmt: skip
PLACES = st.tuples(st.sampled_from(["填报", "节点", "a b!c", " 填报"]), st.sampled_from(["G7", "XFD1048576"]))


@given(st.lists(REFUSALS, max_size=4), PLACES)
def test_every_refusal_is_read_as_it_was_logged(found: list[Refusal], place: tuple[str, str]) -> None:
    sheet, cell = place
    assert_read_as_logged([entry(each) for each in found])
    assert_read_as_logged([entry(replace(each, sheet=sheet, cell=cell)) for each in found])


def assert_read_as_logged(entries: list[LogEntry]) -> None:
    log = log_of(*(each.as_row() for each in entries))
    assert log.findings == ()
    assert list(log.entries) == entries


@pytest.mark.parametrize(
    "what",
    [
        MergedFile("收/丹东.xlsx", "0" * 64, "丹东", JUNE),
        MergedFile("收/丹东.xlsx", "0" * 64, "丹东", JUNE, date(2024, 6, 28)),
        MergedFile("收/丹东.xlsx", "0" * 64, "丹东", JUNE, None, datetime(2024, 6, 28, 8, 30, 1, 500, tzinfo=UTC)),
        MergedFile("收/丹东.xlsx", "0" * 64, "丹东", JUNE, date(2024, 6, 28), datetime(2024, 6, 28, tzinfo=UTC)),
        Undone(7),
    ],
    ids=["a file", "sent", "saved", "sent and saved", "an undo"],
)  # fmt: skip
def test_files_and_undos_are_read_as_they_were_logged(what: MergedFile | Undone) -> None:
    assert log_of(entry(what).as_row()).entries == (entry(what),)


@pytest.mark.parametrize(
    "words", ["=1+1", "'引号", "+86", "007", "2024-06-30", "第一行\n第二行", "1e5", "真" * 3000]
)
def test_words_come_back_from_a_real_sheet_as_they_are(words: str, tmp_path: Path) -> None:
    logged = [
        entry(MergedFile("=收/-丹东.xlsx", "0" * 64, "丹东", JUNE, date(2024, 6, 28))),
        entry(Change(KEY, "need", "", words, "=收/-丹东.xlsx")),
        entry(Change(KEY, "value", Decimal("0.1"), Decimal("13.6"), "甲.xlsx")),
        entry(Change(NodeKey(1, 1), "done_on", None, date(2024, 6, 1), "甲.xlsx")),
        entry(Refusal("S301", "甲.xlsx", "0" * 64, words, "丹东", 6, 1, 1, "填报", "G7", words), 1),
        entry(Refusal("S107", "乙.xlsx", "1" * 64, "是空的"), 1),
        entry(Undone(1), 2),
    ]
    with opened(small_master(tmp_path)) as book:
        master = OpenMaster.read(book)
        apply(master.pages, appended(master, logged), master.images)
        assert list(OpenMaster.read(book).needed_log().entries) == logged


class TestRowsOf020:
    """Written before nodes had a place of their own and files their times."""

    ROWS = (
        {"批次": 1, "时间": AT, "操作人": "a", "期次": "2024-06", "动作": "汇总", "文件": "甲.xlsx", "SHA-256": "0" * 64,
         "单位": "丹东", "内容": "收到文件"},
        {"批次": 1, "时间": AT, "操作人": "a", "期次": "2024-06", "动作": "汇总", "文件": "甲.xlsx", "项目": 1, "单位": "丹东",
         "月份": 6, "指标": 1, "内容": "本月累计", "新值": "0.6"},
        {"批次": 1, "时间": AT, "操作人": "a", "期次": "2024-06", "动作": "汇总", "文件": "甲.xlsx", "项目": 1, "单位": "丹东",
         "月份": 6, "指标": 1, "内容": "存在问题", "原值": "缺地", "新值": "缺人"},
        {"批次": 1, "时间": AT, "操作人": "a", "期次": "2024-06", "动作": "汇总", "文件": "甲.xlsx", "项目": 4, "月份": 2,
         "内容": "完成情况", "原值": "未完成", "新值": "已完成"},
        {"批次": 2, "时间": AT, "操作人": "a", "期次": "2024-06", "动作": "撤销", "月份": 1, "内容": "汇总"},
    )  # fmt: skip

    def test_are_read(self) -> None:
        log = log_of(*self.ROWS)
        assert log.findings == ()
        assert [each.what for each in log.entries] == [
            MergedFile("甲.xlsx", "0" * 64, "丹东", JUNE),
            Change(KEY, "value", None, Decimal("0.6"), "甲.xlsx"),
            Change(KEY, "problem", "缺地", "缺人", "甲.xlsx"),
            Change(NodeKey(4, 2), "done", False, True, "甲.xlsx"),
            Undone(1),
        ]
        assert log.standing() == []


class TestByItsBatches:
    ROWS = (
        number("100", 1),
        number("120", 2, "100"),
        entry(Undone(2), 3),
        number("130", 4, "100", "乙.xlsx"),
    )

    @given(st.permutations(ROWS))
    def test_wherever_its_rows_stand(self, rows: list[LogEntry]) -> None:
        log = log_of(*(each.as_row() for each in rows))
        assert [each.batch for each in log.standing()] == [1, 4]
        assert log.history().written == {(KEY, "value"): Decimal(130), (KEY, "file"): "乙.xlsx"}
        assert [each.batch for each in log.last_batch()] == [4]
        assert log.sources_before(4) == {KEY: "甲.xlsx"}
        assert log.next_batch == 5

    def test_rows_of_the_clerks_are_passed_over(self) -> None:
        notes = (
            {"批次": "说明：七月核对过"},
            {"期次": "2024-06", "内容": "补报"},
            {},
            {"批次": 9, "操作人": "老王"},
        )
        log = log_of(notes[0], number("100", 1).as_row(), *notes[1:], number("120", 2, "100").as_row())
        assert log.findings == ()
        assert [each.batch for each in log.entries] == [1, 2]

    def test_a_batch_that_changed_nothing_is_none_to_take_back(self) -> None:
        log = log_of(
            number("100", 1).as_row(), entry(MergedFile("乙.xlsx", "1" * 64, "石浦", JUNE), 2).as_row()
        )
        assert [each.batch for each in log.last_batch()] == [1]


class TestEdited:
    NUMBER, TICK = number("100", 1).as_row(), entry(Change(NodeKey(4, 2), "done", None, True)).as_row()
    FILE, UNDO = entry(MergedFile("甲.xlsx", "0" * 64, "丹东", JUNE)).as_row(), entry(Undone(1), 2).as_row()

    @pytest.mark.parametrize(
        ("row", "label", "text", "cell"),
        [
            (NUMBER, "批次", "第一批", "A3"), (NUMBER, "时间", "上周", "B3"), (NUMBER, "期次", "六月", "D3"),
            (NUMBER, "期次", datetime(2024, 6, 15), "D3"), (NUMBER, "动作", "汇总表", "E3"), (NUMBER, "项目", "二", "H3"),
            (NUMBER, "月份", None, "J3"), (NUMBER, "月份", "²", "J3"), (NUMBER, "指标", "第二", "K3"),
            (NUMBER, "内容", "累计", "L3"), (NUMBER, "新值", "abc", "N3"), (NUMBER, "新值", float("nan"), "N3"),
            (NUMBER, "原值", "1.2.3", "M3"), (TICK, "新值", "做完了", "N3"), (TICK, "内容", "第二个节点完成情况", "L3"),
            (FILE, "新值", "报送日期昨天", "N3"), (UNDO, "内容", "上一批", "L3"),
        ],
    )  # fmt: skip
    def test_a_cell_that_cannot_be_read_is_named(
        self, row: dict[str, Any], label: str, text: Any, cell: str
    ) -> None:
        log = log_of(row | {label: text})
        assert log.entries == ()
        assert [(finding.code, finding.sheet, finding.cell) for finding in log.findings] == [
            ("M504", "汇总记录", cell)
        ]

    @pytest.mark.parametrize(
        ("label", "value"), [("期次", datetime(2024, 6, 1)), ("新值", 100.0), ("批次", "1"), ("指标", None)]
    )
    def test_what_a_program_makes_of_the_same_words_is_read(self, label: str, value: Any) -> None:
        assert log_of(self.NUMBER | {label: value}).entries == (number("100", 1),)
