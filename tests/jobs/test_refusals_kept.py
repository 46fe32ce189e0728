"""What a 汇总 refuses is kept in 汇总记录: once, whatever is merged again, and gone with the 汇总 that is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.clerk import type_into_master
from jobs.small_master import put_file, small_master, words_in
from minsheng.cli import main
from minsheng.domain.record import Refused
from minsheng.hosts import opened
from minsheng.sheets.open_master import OpenMaster

KEPT = ("批次", "动作", "文件", "项目", "单位", "月份", "指标", "内容", "原值")


def merge(master: Path, inbox: Path, period: str = "2024-06") -> int:
    return main(["merge", str(master), str(inbox), "--period", period])


def kept_in(master: Path) -> list[tuple[object, ...]]:
    """The rows of 汇总记录 that tell of refusals."""
    header, *rows = words_in(master, "汇总记录")[1:]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    return [tuple(row[label] for label in KEPT) for row in found if row["动作"] == "退回"]


def refused_in(master: Path) -> tuple[Refused, ...]:
    with opened("file", master) as book:
        return OpenMaster.read(book).needed_log().record().refused


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return small_master(tmp_path)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """丹东's number cannot be read, and 石浦's file is no workbook."""
    put_file(tmp_path / "收", "丹东", {("1", "丹东"): "约30", ("2", "丹东"): 0.4})
    (tmp_path / "收" / "石浦_2024年06月_填报表.xlsx").write_bytes(b"")
    return tmp_path / "收"


def test_a_file_and_a_number_are_kept_with_place_words_and_reason(master: Path, inbox: Path) -> None:
    assert merge(master, inbox) == 1
    file, number = sorted(kept_in(master), key=lambda row: str(row[7]))
    assert file == ("1", "退回", "石浦_2024年06月_填报表.xlsx", None, None, None, None, "S107", None)
    assert number[:7] == ("1", "退回", "丹东.xlsx", "1", "丹东", "6", "1")
    assert str(number[7]).startswith("S301 填报!G")
    assert number[8] == "约30"
    found = {refused.what.code: refused for refused in refused_in(master)}
    assert found["S107"].what.is_of_file
    assert "约30" in found["S301"].what.reason
    assert found["S301"].what.key == (1, "丹东", 6, 1)


def test_the_same_inbox_again_changes_nothing(master: Path, inbox: Path) -> None:
    merge(master, inbox)
    before = master.read_bytes()
    (inbox / "丹东.xlsx").rename(inbox / "改了名.xlsx")
    assert merge(master, inbox) == 1
    assert master.read_bytes() == before


def test_a_name_with_blanks_around_it_is_no_other_file(master: Path, inbox: Path) -> None:
    (inbox / " 表 .xlsx ").write_bytes(b"PK")
    merge(master, inbox)
    before = master.read_bytes()
    merge(master, inbox)
    assert master.read_bytes() == before


def test_a_file_refused_in_another_month_too_is_kept_for_that_month(master: Path, inbox: Path) -> None:
    merge(master, inbox)
    merge(master, inbox, "2024-07")
    assert [(refused.batch, str(refused.period)) for refused in refused_in(master) if refused.what.is_of_file] == [
        (1, "2024-06"), (2, "2024-07"),
    ]  # fmt: skip


def test_an_inbox_of_refused_files_alone_is_news_once_and_no_undo_step(master: Path, inbox: Path) -> None:
    (inbox / "丹东.xlsx").unlink()
    assert merge(master, inbox) == 1
    assert [refused.what.code for refused in refused_in(master)] == ["S107"]
    assert main(["undo", str(master)]) == 3


def test_what_is_taken_back_was_not_refused(master: Path, inbox: Path) -> None:
    merge(master, inbox)
    assert main(["undo", str(master)]) == 0
    assert refused_in(master) == ()
    merge(master, inbox)
    assert sorted(refused.what.code for refused in refused_in(master)) == ["S107", "S301"]


def test_a_dry_run_keeps_nothing(master: Path, inbox: Path) -> None:
    before = master.read_bytes()
    assert main(["merge", str(master), str(inbox), "--period", "2024-06", "--dry-run"]) == 1
    assert master.read_bytes() == before


@pytest.mark.parametrize(("label", "cell"), [("内容", "L"), ("项目", "H"), ("月份", "J")])
def test_a_row_that_somebody_edited_is_named(
    label: str, cell: str, master: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    merge(master, inbox)
    rows = words_in(master, "汇总记录")
    line = next(n for n, row in enumerate(rows, 1) if str(row[rows[1].index("内容")]).startswith("S301"))
    assert rows[1].index(label) == ord(cell) - ord("A")
    type_into_master(master, "汇总记录", f"{cell}{line}", "不知道")
    before = master.read_bytes()
    assert merge(master, inbox) == 3
    assert f"{cell}{line}" in capsys.readouterr().err
    assert master.read_bytes() == before
