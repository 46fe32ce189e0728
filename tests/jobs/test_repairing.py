"""修复: whatever of ours was lost or damaged in a master in use, and then every number and word that anything still knows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from jobs.amended_county import MINE, in_use
from jobs.as_a_program import rows_inserted
from jobs.small_master import cells_of
from minsheng.domain.as_json import master_json
from minsheng.errors import MasterDamaged
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.repairing import Repair, repair
from minsheng.jobs.undoing import Undo, undo
from minsheng.sheets import layout
from minsheng.sheets.log_entries import Repaired, Undone
from minsheng.sheets.open_master import OpenMaster

#: A small county's master of June, made and filled in by version 0.2.0.
OLD = Path(__file__).parents[1] / "golden" / "总表-0.2.0.xlsx"


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    return in_use(tmp_path)


def model(path: Path) -> Any:
    with opened("file", path) as book:
        master = OpenMaster.read(book)
        assert [gap.finding.message for gap in master.gaps] == []
        return master_json(master.master, [])


def repaired(path: Path) -> Repair:
    with opened("file", path, change=True) as book:
        return repair(book)


def damage(path: Path, how: Callable[[xw.Book], None]) -> None:
    with opened("file", path, change=True) as book:
        how(book)


def without(*tabs: str) -> Callable[[xw.Book], None]:
    def how(book: xw.Book) -> None:
        for tab in tabs:
            gone = [name for name, area in names_on(book, tab)]
            for name in gone:
                book.names[name].delete()
            book.sheets[tab].delete()

    return how


def names_on(book: xw.Book, tab: str) -> list[tuple[str, str]]:
    return [
        (label, name.refers_to)
        for label, name in book.names.impl.snapshot()
        if "!" not in label and f"'{tab}'!" in name.refers_to
    ]


def find(book: xw.Book, tab: str, words: str) -> xw.Range:
    """The first cell that reads so."""
    area = book.sheets[tab].used_range
    return next(cell for cell in area if cell.value == words)


def retyped(tab: str, words: str, new: Any) -> Callable[[xw.Book], None]:
    def how(book: xw.Book) -> None:
        find(book, tab, words).value = new

    return how


def nameless(*names: str) -> Callable[[xw.Book], None]:
    def how(book: xw.Book) -> None:
        for name in names:
            book.names[name].delete()

    return how


def copied(book: xw.Book) -> None:
    book.sheets["03"].copy(after=book.sheets["03"])


def test_a_sound_master_is_left_alone(worked: Path) -> None:
    data = worked.read_bytes()
    assert repaired(worked) == Repair((), ())
    assert worked.read_bytes() == data


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (without("首页"), "工作表“首页”没有了"),
        (without("汇总表"), "工作表“汇总表”没有了"),
        (without("按责任单位", "镇乡进度"), "工作表“镇乡进度”没有了"),
        (without("02"), "工作表“02”没有了"),
        (without("填报明细"), "工作表“填报明细”没有了"),
        (without("设置"), "工作表“设置”没有了"),
        (without("校验结果", "导入核对"), "工作表“校验结果”没有了"),
        (nameless("P01_分解", "P02_节点", "P03_概况"), "“02”恢复1处名称（P02_节点）"),
        (nameless("P01_目标", "P01_标记"), "“01”恢复2处名称"),
        (nameless("汇总记录", "填报明细"), "“汇总记录”恢复1处名称"),
        (nameless("设置_单位", "设置_参数"), "“设置”恢复2处名称"),
        (retyped("01", "全年任务", "任务"), "“01”恢复1处表头"),
        (retyped("01", "责任单位", "主办"), "“01”恢复1处表头"),
        (retyped("02", "计划累计", None), "“02”恢复1处表头"),
        (retyped("填报明细", "单位", "乡镇"), "“填报明细”恢复1处表头"),
        (retyped("设置", "填报单位", "名单"), "“设置”恢复1处表头"),
        (copied, "去掉它重复的名称"),
    ],
)
def test_what_was_lost_is_as_good_as_new(worked: Path, how: Callable[[xw.Book], None], words: str) -> None:
    before = model(worked)
    damage(worked, how)
    done = repaired(worked)
    assert any(words in step for step in done.steps), done.steps
    assert model(worked) == before
    assert not repaired(worked).steps
    with opened("file", worked) as book:
        assert book.sheets[MINE].range("A1").value == "自己的表"


def test_a_formula_that_was_typed_over_is_a_formula_again(worked: Path) -> None:
    def how(book: xw.Book) -> None:
        master = OpenMaster.read(book)
        table = master.projects[1].tables[1]
        book.sheets["01"].range((table.totals["合计"], table.columns["最新累计"])).value = 99

    damage(worked, how)
    assert any("“01”恢复1处公式" in step for step in repaired(worked).steps)
    assert not repaired(worked).steps


def test_a_master_of_0_2_0_is_brought_to_this_version(tmp_path: Path) -> None:
    """Made and worked in by 0.2.0: every fact, number, word and entry of its log stays, and it has what this version has."""
    path = Path(shutil.copy(OLD, tmp_path / "总表.xlsx"))
    before = model(path)
    assert repaired(path).applied
    assert model(path) == before
    assert not repaired(path).steps
    with opened("file", path) as book:
        master = OpenMaster.read(book)
        assert layout.STANDING in master.projects[1].labels
        assert {"红灯差距", "报送周期"} <= master.settings.cells.keys()
        assert "需协调事项" in master.needed_details().table.columns
    # Back to 0.2.0, and there the merge is taken back.
    assert [undone(path).what, undone(path).what] == ["修复", "汇总"]
    assert not model(path)["projects"][0]["reports"]


def test_a_header_that_moved_is_not_written_over(worked: Path) -> None:
    """The words of 填报明细 in other columns: carried by their labels, never called something else."""
    before = model(worked)

    def how(book: xw.Book) -> None:
        page = book.sheets["填报明细"]
        for row in range(2, 5):
            cells = page.range((row, 6)), page.range((row, 7))
            one, other = cells[0].value, cells[1].value
            cells[0].value, cells[1].value = other, one
        find(book, "填报明细", "单位").value = "乡镇"

    damage(worked, how)
    assert repaired(worked).applied
    assert model(worked) == before


def test_a_sheet_that_is_unreadable_and_moved_about_is_left_to_the_clerk(worked: Path) -> None:
    rows_inserted(worked, "01", 5)
    damage(worked, retyped("01", "填报单位", "名单"))
    done = repaired(worked)
    assert not any("“01”" in step for step in done.steps)
    assert any("“01”有读不出来的地方" in words for words in done.unknown)


def test_a_sheet_that_moved_and_lost_a_formula_is_laid_out_anew_with_all_that_stands(worked: Path) -> None:
    before = model(worked)
    rows_inserted(worked, "01", 5)

    def how(book: xw.Book) -> None:
        table = OpenMaster.read(book).projects[1].tables[1]
        book.sheets["01"].range((table.totals["合计"], table.columns["最新累计"])).value = 99

    damage(worked, how)
    assert any("“01”按原来的版式重新生成" in step for step in repaired(worked).steps)
    assert model(worked) == before


def test_saying_no_changes_nothing(worked: Path) -> None:
    damage(worked, without("02"))
    data = worked.read_bytes()
    with opened("file", worked) as book:
        done = repair(book, agreed=lambda _: False)
    assert done.steps
    assert not done.applied
    assert worked.read_bytes() == data


def test_without_settings_and_without_its_record_it_asks_for_the_document(worked: Path) -> None:
    before = model(worked)
    damage(worked, without("设置", "底稿"))
    with pytest.raises(MasterDamaged, match="--from"):
        repaired(worked)
    with opened("file", worked, change=True) as book:
        done = repair(book, worked.parent / "任务书.xlsx")
    assert done.applied
    assert model(worked)["projects"] == before["projects"]


def test_what_cannot_be_known_is_said(worked: Path) -> None:
    damage(worked, without("汇总记录"))
    assert any("以前的汇总不能再撤销" in words for words in repaired(worked).unknown)


def test_sheets_that_stood_side_by_side_stand_so_again(worked: Path) -> None:
    before = load_workbook(worked, read_only=True).sheetnames
    damage(worked, without("汇总表", "按责任单位", "镇乡进度", "03", "04"))
    assert repaired(worked).applied
    assert load_workbook(worked, read_only=True).sheetnames == before


def standing(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Every sheet's cells and every name but for what 汇总记录 adds; a name that points nowhere is none."""
    cells = {tab: rows for tab, rows in cells_of(path).items() if tab != "汇总记录"}
    with opened("file", path) as book:
        names = {
            label: name.refers_to.replace("'", "")
            for label, name in book.names.impl.snapshot()
            if "!" not in label
        }
    return cells, {
        label: place for label, place in names.items() if "#REF!" not in place and "汇总记录" not in place
    }


def undone(path: Path) -> Undo:
    with opened("file", path, change=True) as book:
        return undo(book)


@pytest.mark.parametrize(
    "how",
    [
        without("汇总表", "02"),
        without("设置"),
        nameless("P01_分解", "P02_节点", "P03_概况"),
        retyped("设置", "填报单位", "名单"),
    ],
)
def test_a_repair_is_taken_back(worked: Path, how: Callable[[xw.Book], None]) -> None:
    damage(worked, how)
    before = standing(worked)
    done = repaired(worked)
    assert (worked.parent / done.kept).is_file()
    assert done.kept.startswith("总表_修复前_")
    back = undone(worked)
    assert (back.what, back.left) == ("修复", ())
    assert standing(worked) == before
    # The log keeps both.
    with opened("file", worked) as book:
        log = OpenMaster.read(book).needed_log()
    told = [entry.what.step for entry in log.entries if isinstance(entry.what, Repaired) and entry.what.step]
    assert tuple(told) == done.steps
    assert any(isinstance(entry.what, Undone) for entry in log.entries)
    # And what was lost can be repaired once more.
    assert repaired(worked).steps == done.steps


def test_after_the_repair_the_merge_before_it_is_taken_back(worked: Path) -> None:
    damage(worked, nameless("P01_目标"))
    repaired(worked)
    assert [undone(worked).what, undone(worked).what] == ["修复", "汇总"]
    with pytest.raises(MasterDamaged, match="没有可以撤销的"):
        undone(worked)


def test_judging_after_a_repair_is_no_hindrance(worked: Path) -> None:
    """校验, 着色 and 刷新 are what the manual tells to do after it."""
    damage(worked, without("汇总表", "02"))
    repaired(worked)
    with opened("file", worked, change=True) as book:
        check(book)
        colour(book)
        summarise(book)
    back = undone(worked)
    assert back.left == ()
    assert {str(sheet) for sheet in back.restored} >= {"工作表“02”：修复前", "工作表“汇总表”：修复前"}


def test_a_sheet_that_was_worked_on_since_stays(worked: Path) -> None:
    damage(worked, without("02", "03"))
    repaired(worked)
    damage(worked, retyped("02", "推进工作", "推进改造"))
    back = undone(worked)
    assert [str(sheet) for sheet in back.left] == ["工作表“02”：修复后又改过的样子"]
    with opened("file", worked) as book:
        tabs = [sheet.name for sheet in book.sheets]
        assert "03" not in tabs
        assert any(cell.value == "推进改造" for cell in book.sheets["02"].used_range)


@pytest.mark.parametrize("how", ["gone", "changed"])
def test_without_the_copy_nothing_is_taken_back(worked: Path, how: str) -> None:
    damage(worked, without("02"))
    copy = worked.parent / repaired(worked).kept
    if how == "gone":
        copy.unlink()
    else:
        copy.write_bytes(copy.read_bytes() + b" ")
    data = worked.read_bytes()
    with pytest.raises(MasterDamaged, match="没有撤销：.*修复前留的"):
        undone(worked)
    assert worked.read_bytes() == data


def test_a_repair_that_fails_leaves_no_copy(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(worked, without("02"))
    files = sorted(worked.parent.iterdir())

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("minsheng.jobs.repairing.rejudged", broken)
    with pytest.raises(RuntimeError):
        repaired(worked)
    assert sorted(worked.parent.iterdir()) == files
