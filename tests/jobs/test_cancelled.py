"""办理情况 已取消: the project stands in its sheet as it was, is judged no more and counted nowhere, and says so."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from incoming.form_files import saved
from jobs.clerk import fill_in
from jobs.county_book import county_file, typed
from jobs.small_master import put_file, reports_of
from minsheng.building import master as building
from minsheng.cli import main
from minsheng.domain.finding import Severity
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.notices import bulletin, remind
from minsheng.jobs.noting import note
from minsheng.jobs.undoing import undo
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster
from minsheng.sheets.overview_inputs import overview_writes
from small_county import HEALTH, POLICE, WATER, county

JUNE, DAY = Period(2024, 6), date(2024, 6, 30)


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


def cancel(path: Path, number: int, approval: str = "县政府〔2024〕8号") -> None:
    with opened("file", path, change=True) as book:
        master = OpenMaster.read(book)
        values = {layout.STANDING: layout.CANCELLED, layout.ADJUSTMENT_NOTE: approval or None}
        master.apply(book, overview_writes(book, master.projects[number], values))


def shown(path: Path, sheet: str, *cells: str) -> list[Any]:
    with opened("file", path) as book:
        return [book.sheets[sheet].range(cell).value for cell in cells]


def table(path: Path, name: str, labels: tuple[str, ...]) -> list[dict[str, str]]:
    with opened("file", path) as book:
        found = OpenMaster.read(book).needed_table(name, labels)
        return [{label: row[label] for label in labels} for row in found.rows()]


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    assert main([*map(str, words), "--json"]) in (0, 1)
    return json.loads(capsys.readouterr().out)


def test_it_is_written_beside_its_labels_and_read_back(book_file: Path) -> None:
    cancel(book_file, 1)
    assert shown(book_file, "01", "E6", "G6", "C5", "E5") == [
        "办理情况",
        "已取消",
        "调整批准",
        "县政府〔2024〕8号",
    ]
    with opened("file", book_file, change=True) as book:
        master = OpenMaster.read(book)
        assert [p.number for p in master.master.document.projects if p.cancelled] == [1]
        master.apply(book, overview_writes(book, master.projects[1], {layout.STANDING: None}))
        assert not OpenMaster.read(book).master.document.projects[0].cancelled


def test_another_word_is_refused_by_its_cell_and_cancels_nothing(book_file: Path) -> None:
    typed(book_file, **{"01!G6": "取消", "02!B6": "代报"})
    with opened("file", book_file) as book:
        master = OpenMaster.read(book)
    told = {(f.sheet, f.cell): f.message for f in master.findings if f.code == "M504"}
    assert set(told) == {("01", "G6"), ("02", "B6")}
    assert "取消" in told["01", "G6"]
    assert not any(project.cancelled for project in master.master.document.projects)


def test_a_master_of_before_reads_as_not_cancelled_and_a_lost_label_as_lost(book_file: Path) -> None:
    with opened("file", book_file, change=True) as book:
        book.names["P01_办理"].delete()
        for cell in ("A6", "B6", "E6", "G6"):
            book.sheets["01"].range(cell).value = None
        book.sheets["02"].range("E6").value = "情况"
        master = OpenMaster.read(book)
    assert {(f.project, f.code) for f in master.findings if f.code in ("M501", "M502")} == {(2, "M502")}
    assert master.projects[1].project is not None
    assert not master.projects[1].project.cancelled
    assert master.projects[2].project is None


def test_what_the_models_say(book_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(book_file, **{"01!H8": 120, "02!H8": 0.6})
    cancel(book_file, 2)
    projects = printed(capsys, "show", book_file)["projects"]
    assert [(p["cancelled"], p["approval"]) for p in projects[:2]] == [
        (False, ""),
        (True, "县政府〔2024〕8号"),
    ]
    assert [report["value"] for report in projects[1]["reports"]] == ["0.6"]
    judged = printed(capsys, "colour", book_file, "--as-of", DAY)
    assert judged["projects"][1] == {
        "project": 2, "status": "已取消", "light": None, "schedule": None, "plan": None, "actual": None, "rate": None,
    }  # fmt: skip
    assert {place["project"] for part in ("cells", "nodes") for place in judged[part]} == {1, 3, 4, 5, 6, 7}


def test_a_month_that_only_it_reported_is_not_collected(book_file: Path) -> None:
    typed(book_file, **{"01!H8": 120, "02!K8": 0.6})
    cancel(book_file, 2)
    with opened("file", book_file) as book:
        assert OpenMaster.read(book).master.as_of() == DAY
    summary = shown(book_file, "设置", "B12")
    with opened("file", book_file, change=True) as book:
        summarise(book)
    assert summary != [None]
    assert str(shown(book_file, "设置", "B12")[0])[:10] == "2024-06-30"


def test_it_is_listed_in_the_summary_and_counted_nowhere(book_file: Path) -> None:
    typed(book_file, **{"01!H8": 120, "02!H8": 0.6, "02!H9": 0.1, "04!H8": 590})
    cancel(book_file, 2)
    with opened("file", book_file, change=True) as book:
        colour(book, DAY)
        summarise(book, DAY)
    labels = ("序号", "截至计划", "实际累计", "完成率", "状态", "灯", "滞后单位")
    row = next(row for row in table(book_file, layout.NAME_SUMMARY, labels) if row["序号"] == "2")
    assert row == {**dict.fromkeys(labels, ""), "序号": "2", "状态": "已取消"}
    counts = {row["类别"]: row for row in table(book_file, layout.NAME_COUNTS, layout.COUNT_COLUMNS)}
    assert counts["全部"]["项目数"] == "6"
    # 周 leads 2 and 6.
    assert counts["周"]["项目数"] == "1"
    for view in layout.VIEWS:
        listed = [row["序号"] for row in table(book_file, view, layout.view_columns(view)) if row["序号"]]
        assert sorted(listed) == ["1", "3", "4", "5", "6", "7"]
    assert [row["序号"] for row in table(book_file, layout.NAME_DUE, layout.DUE_COLUMNS)].count("2") == 0
    assert shown(book_file, "02", "Q2", "Q3", "Q4", "Q5") == ["已取消", None, None, None]
    with opened("file", book_file) as book:
        heat = OpenMaster.read(book).tables[layout.NAME_HEATMAP].block
        column = next(c for text, c in heat.columns().items() if text.startswith("2"))
        assert {heat.image.text(row, column) for row in heat.rows} == {"／"}


def test_it_has_no_row_in_any_form_and_nobody_is_reminded_of_it(book_file: Path, tmp_path: Path) -> None:
    for number in (2, 6):
        cancel(book_file, number)
    with opened("file", book_file, change=True) as book:
        done = dispatch(book, JUNE, tmp_path / "发")
        note(book, done.unnoted)
        # All that 县住建局 had to do.
        assert not any(WATER in name for name in done.placed.written)
        late = [unit.unit.name for unit in remind(book, JUNE, tmp_path / "催").reminder.late]
        assert (WATER in late, "丹东" in late) == (False, True)
    with pytest.raises(KeyError):
        fill_in(tmp_path / "发" / "丹东_2024年06月_填报表.xlsx", {("2", "丹东"): 0.6})


def test_a_form_that_was_out_is_taken_without_its_row(
    book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cancel(book_file, 2)
    put_file(tmp_path / "收", "丹东", {("1", "丹东"): 120, ("2", "丹东"): "好多", ("2", "丹东、石浦"): 0.1})
    assert main(["merge", str(book_file), str(tmp_path / "收"), "--period", "2024-06", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["unit"] for entry in told["merged"]] == ["丹东"]
    assert told["rejected"] == []
    assert {(f["code"], f["severity"], f["project"]) for f in told["findings"]} == {("S420", "info", 2)}
    assert reports_of(book_file) == {(1, "丹东", 6): Decimal(120)}
    with opened("file", book_file, change=True) as book:
        undo(book)
    assert reports_of(book_file) == {}


def test_a_tick_of_it_is_not_taken_either(book_file: Path, tmp_path: Path) -> None:
    with opened("file", book_file) as book:
        dispatch(book, JUNE, tmp_path / "收")
    for path in (tmp_path / "收").iterdir():
        if POLICE not in path.name:
            path.unlink()
    (form,) = (tmp_path / "收").iterdir()
    typed_in(form, "节点", "已完成")
    cancel(book_file, 7)
    with opened("file", book_file, change=True) as book:
        plan = merge(book, tmp_path / "收", JUNE).plan
        assert [f.code for f in plan.findings if f.severity is not Severity.WARNING] == ["S420", "S420"]
        assert all(node.done is None for node in OpenMaster.read(book).master.document.projects[6].milestones)


def typed_in(form: Path, sheet: str, word: str) -> None:
    """A word under 完成情况 in every row of a form's sheet."""
    import xlengines
    from minsheng.sheets.image import SheetImage

    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(form))
        image = SheetImage.read(book.sheets[sheet])
        header = next(row for row in range(image.top, image.bottom + 1) if image.label(row, 1) == "序号")
        column = next(c for c in range(1, image.right + 1) if image.label(header, c) == "完成情况")
        for row in range(header + 1, image.bottom + 1):
            if image.text(row, 1).isdigit():
                book.sheets[sheet].range((row, column)).value = word
        book.save()
    finally:
        app.quit()


@pytest.mark.parametrize(("approval", "code"), [("", "M112"), ("县政府〔2024〕8号", "M113")])
def test_it_is_approved_or_found(book_file: Path, approval: str, code: str) -> None:
    typed(book_file, **{"02!H8": 99})
    cancel(book_file, 2, approval)
    with opened("file", book_file, change=True) as book:
        found = [finding for finding in check(book, DAY).findings if finding.project == 2]
    assert [(f.code, f.sheet) for f in found] == [(code, "02")]
    assert approval in found[0].message


def test_the_circular_lists_it_and_counts_the_others(book_file: Path, tmp_path: Path) -> None:
    import docx

    typed(book_file, **{"01!H8": 120, "02!H8": 0.6})
    cancel(book_file, 2)
    with opened("file", book_file) as book:
        bulletin(book, JUNE, tmp_path / "通报.docx")
    paragraphs = [p.text for p in docx.Document(str(tmp_path / "通报.docx")).paragraphs]
    assert any("全年6个民生实事项目" in text for text in paragraphs)
    assert [text for text in paragraphs if "第2项" in text] == [
        "新（改）建城市燃气管网3.3公里（第2项，县住建局）已取消（批准：县政府〔2024〕8号）。"
    ]


def test_a_master_built_of_it_shows_it_at_once(tmp_path: Path) -> None:
    from dataclasses import replace

    document = county().document
    projects = tuple(replace(p, cancelled=p.number == 3) for p in document.projects)
    path = tmp_path / "总表.xlsx"
    path.write_bytes(building.build_bytes(replace(document, projects=projects), ()))
    with opened("file", path) as book:
        read = OpenMaster.read(book).master.document
        assert read.projects == projects
        assert HEALTH in {unit.name for unit in read.units}
    counts = {row["类别"]: row for row in table(path, layout.NAME_COUNTS, layout.COUNT_COLUMNS)}
    assert (counts["全部"]["项目数"], "潘" in counts) == ("6", False)


def test_a_row_that_was_shifted_into_its_place_is_told(book_file: Path, tmp_path: Path) -> None:
    """序号 of the cancelled project beside the name of another: the number is that one's, and nobody's to lose."""
    form = put_file(tmp_path / "收", "丹东", {("1", "丹东"): 120, ("2", "丹东"): 0.6})
    first = county().document.projects[0].title

    def shift(workbook: Any) -> None:
        for row in workbook["填报"].iter_rows(min_row=7):
            if (row[0].value, row[2].value) == ("2", "丹东"):
                row[1].value = first

    form.write_bytes(saved(form.read_bytes(), shift))
    cancel(book_file, 2)
    with opened("file", book_file, change=True) as book:
        plan = merge(book, tmp_path / "收", JUNE).plan
    assert [(f.code, f.project) for f in plan.findings] == [("S410", 2)]
    assert reports_of(book_file) == {(1, "丹东", 6): Decimal(120)}
