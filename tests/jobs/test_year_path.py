"""The year's path on the 2024 document, through the command line, as an IT person runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jobs.clerk import fill_in, type_into_master
from minsheng.cli import main
from minsheng.jobs.importing import sample_document


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    """(exit code, JSON document if any, what was said to the person)."""
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out.startswith("{") else None, captured.err


@pytest.fixture
def inbox(master_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The June files as they were sent out."""
    folder = tmp_path / "收件夹"
    assert main(["dispatch", str(master_file), "--period", "2024-06", "-o", str(folder)]) == 0
    capsys.readouterr()
    return folder


def test_import_ends_with_1_for_item_19_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "总表.xlsx"
    code, document, _ = run(capsys, "import", sample_document(), "-o", target, "--json")
    assert code == 1
    assert [finding["project"] for finding in document["findings"] if finding["severity"] == "error"] == [19]
    before = target.read_bytes()
    code, _, words = run(capsys, "import", sample_document(), "-o", target)
    assert code == 3
    assert "已经存在" in words
    assert target.read_bytes() == before


def test_check_on_the_clean_document_finds_item_19_alone(
    master_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, document, _ = run(capsys, "check", master_file, "--json")
    errors = [finding for finding in document["findings"] if finding["severity"] == "error"]
    assert code == 1
    assert [(finding["project"], finding["sheet"]) for finding in errors] == [(19, "19")]


def test_a_number_changed_in_a_table_is_an_error_of_that_project_alone(
    master_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    type_into_master(master_file, "18", "B9", 1.8)  # 丹东、丹西: 1.7
    _, document, _ = run(capsys, "check", master_file, "--json")
    errors = [finding for finding in document["findings"] if finding["severity"] == "error"]
    assert [finding["project"] for finding in errors] == [18, 19]
    assert "35.4" in errors[0]["message"]
    assert "35.3" in errors[0]["message"]


def test_dispatch_writes_33_files_once_and_keeps_one_that_was_filled_in(
    master_file: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(list(inbox.iterdir())) == 33
    filled = inbox / "石浦_2024年06月_填报表.xlsx"
    fill_in(filled, {("3", "石浦"): 12})
    before = filled.read_bytes()
    code, document, words = run(capsys, "dispatch", master_file, "--period", "2024-06", "-o", inbox, "--json")
    assert (code, document["kept"], len(document["unchanged"])) == (0, [filled.name], 32)
    assert "没有覆盖" in words
    assert filled.read_bytes() == before


def test_merge_writes_what_was_reported_and_a_second_time_nothing(
    master_file: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 12, ("18", "石浦"): "1.2公里"})
    fill_in(inbox / "丹东_2024年06月_填报表.xlsx", {("18", "丹东、丹西"): 0.85, ("18", "丹东"): 4})
    files = {path: path.read_bytes() for path in inbox.iterdir()}
    code, document, _ = run(capsys, "merge", master_file, inbox, "--period", "2024-06", "--json")
    assert code == 0
    assert [(c["project"], c["unit"], c["old"], c["new"]) for c in document["changes"]] == [
        (3, "石浦", None, "12"),
        (18, "丹东", None, "4"),
        (18, "丹东、丹西", None, "0.85"),
        (18, "石浦", None, "1.2"),
    ]
    _, model, _ = run(capsys, "show", master_file, "--json")
    reports = {(p["number"], r["unit"]): r["value"] for p in model["projects"] for r in p["reports"]}
    assert reports == {(3, "石浦"): "12", (18, "丹东"): "4", (18, "丹东、丹西"): "0.85", (18, "石浦"): "1.2"}
    merged = master_file.read_bytes()
    _, again, _ = run(capsys, "merge", master_file, inbox, "--period", "2024-06", "--json")
    assert again["changes"] == []
    assert len(again["merged"]) == len(document["merged"])
    assert master_file.read_bytes() == merged
    assert files == {path: path.read_bytes() for path in inbox.iterdir()}


def test_a_dry_run_writes_nothing(master_file: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 12})
    before = master_file.read_bytes()
    _, document, _ = run(capsys, "merge", master_file, inbox, "--period", "2024-06", "--dry-run", "--json")
    assert len(document["changes"]) == 1
    assert master_file.read_bytes() == before


def test_a_bad_value_is_refused_with_its_place_and_the_rest_is_taken(
    master_file: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): "约30", ("12", "石浦"): "１０"})
    code, document, _ = run(capsys, "merge", master_file, inbox, "--period", "2024-06", "--json")
    assert code == 1
    assert [(c["project"], c["new"]) for c in document["changes"]] == [(12, "10")]
    error = next(finding for finding in document["findings"] if finding["severity"] == "error")
    assert (error["project"], error["unit"], error["sheet"]) == (3, "石浦", "填报")
    assert "约30" in error["message"]
    assert error["cell"]


def test_undo_brings_back_what_stood_and_leaves_what_was_typed_since(
    master_file: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, before, _ = run(capsys, "show", master_file, "--json")
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 12, ("12", "石浦"): 9})
    run(capsys, "merge", master_file, inbox, "--period", "2024-06")
    code, _, _ = run(capsys, "undo", master_file)
    _, after, _ = run(capsys, "show", master_file, "--json")
    assert code == 0
    assert after == before
    code, _, words = run(capsys, "undo", master_file)
    assert code == 3
    assert "没有可以撤销的汇总" in words
    run(capsys, "merge", master_file, inbox, "--period", "2024-06")
    type_into_master(master_file, "03", "H11", 13)  # 石浦, June
    _, _, words = run(capsys, "undo", master_file)
    _, model, _ = run(capsys, "show", master_file, "--json")
    assert "手工改过" in words
    assert [(p["number"], r["value"]) for p in model["projects"] for r in p["reports"]] == [(3, "13")]


def test_colour_says_and_shows_the_same(
    master_file: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 7, ("12", "石浦"): 10})
    run(capsys, "merge", master_file, inbox, "--period", "2024-06")
    code, document, _ = run(capsys, "colour", master_file, "--json")
    assert (code, document["as_of"]) == (0, "2024-06-30")
    cells = {(c["project"], c["unit"]): c["status"] for c in document["cells"]}
    # 31 × 40 ÷ 160 = 7.75, rounded down to 7.
    assert (cells[3, "石浦"], cells[12, "石浦"], cells[3, "丹东"]) == ("正常", "已完成", "未报")
    shown = marks_of(master_file, "12")
    assert shown["石浦"] == "已完成"
    assert run(capsys, "colour", master_file, "--clear")[0] == 0
    assert marks_of(master_file, "12") == {}


def marks_of(master_file: Path, sheet: str) -> dict[str, str]:
    """Unit → its June mark, as the mirror block has it."""
    from openpyxl import load_workbook

    page = load_workbook(master_file)[sheet]
    header = next(row for row in page.iter_rows() if any(cell.value == "6月判定" for cell in row))
    columns = {cell.value: cell.column for cell in header if cell.value}
    return {
        str(page.cell(row, columns["标记行"]).value): str(page.cell(row, columns["6月判定"]).value)
        for row in range(header[0].row + 1, header[0].row + 19)
        if page.cell(row, columns["6月判定"]).value
    }


def test_summary_writes_the_judged_columns(master_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import load_workbook

    assert run(capsys, "summary", master_file, "--as-of", "2024-04-10")[0] == 0
    page = load_workbook(master_file)["汇总表"]
    rows = {row[0].value: row for row in page.iter_rows(min_row=4, max_row=36)}
    assert (rows[18][9].value, rows[18][10].value) == ("未报", "灰")
    assert (rows[28][9].value, rows[28][10].value) == ("待确认", "黄")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["dispatch", "{master}", "--period", "2025-06", "-o", "{out}"], 2),
        (["merge", "{master}", "{out}", "--period", "2025-06"], 2),
        (["check", "{out}/没有.xlsx"], 2),
        (["show", "{document}"], 3),
    ],
)
def test_wrong_words_end_in_a_sentence(
    words: list[str], code: int, master_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    before = master_file.read_bytes()
    places = {"master": str(master_file), "out": str(out), "document": str(sample_document())}
    found, _, said = run(capsys, *[word.format(**places) for word in words])
    assert found == code
    assert said.strip().endswith(("。", "！"))
    assert "Traceback" not in said
    assert master_file.read_bytes() == before


@pytest.mark.parametrize("formula", ["=G11+5", "=SUM(30:31)", "=DAY(TODAY())", "=去年+5"])
def test_a_formula_with_references_in_an_input_cell_stops_a_change(
    formula: str, master_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plain file has no value of it that could be trusted: taken for a blank, what was reported would be lost."""
    type_into_master(master_file, "03", "H11", formula)
    before = master_file.read_bytes()
    code, _, words = run(capsys, "colour", master_file)
    assert code == 3
    assert "03!H11" in words
    assert master_file.read_bytes() == before


def test_a_formula_of_literals_is_read_and_reported(
    master_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from openpyxl import load_workbook

    book = load_workbook(master_file)
    assert book["03"]["A11"].value == "石浦"
    _write_literal_formula(master_file, "03", "H11")
    _, document, _ = run(capsys, "check", master_file, "--json")
    assert ("M505", "H11") in [(finding["code"], finding["cell"]) for finding in document["findings"]]


def _write_literal_formula(path: Path, sheet: str, cell: str) -> None:
    type_into_master(path, sheet, cell, "=100+20")


def test_no_formula_keeps_a_stale_value(master_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import load_workbook

    assert load_workbook(master_file, data_only=True)["汇总表"]["F4"].value == 61600
    type_into_master(master_file, "01", "C8", 5)
    book = load_workbook(master_file, data_only=True)
    assert book["汇总表"]["F4"].value is None
    assert book["01"]["B26"].value is None
