"""What clerks do to a master that means nothing to the numbers: after each of them every job gives what it gave before.

What means something, or breaks something, stands in test_needs and beside the rule it is about.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from incoming.form_files import filled
from jobs.as_a_program import columns_inserted, edited, rows_inserted
from jobs.county_book import county_file
from jobs.small_master import cells_of
from minsheng.cli import main

JUNE: dict[str, dict[tuple[str, str], Any]] = {
    "丹东": {("1", "丹东"): 180, ("2", "丹东"): 0.6, ("2", "丹东、石浦"): 0.3},
    "石浦": {("1", "石浦"): 260, ("2", "石浦"): 0.2},
}
JULY: dict[str, dict[tuple[str, str], Any]] = {
    "丹东": {("1", "丹东"): 240, ("2", "丹东"): 0.9},
    "石浦": {("1", "石浦"): 310},
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master with June merged, and an inbox with July's forms beside it."""
    folder = tmp_path_factory.mktemp("台账")
    master = county_file(folder / "总表.xlsx")
    for period, inbox, sent in (("2024-06", "收", JUNE), ("2024-07", "收七月", JULY)):
        assert main(["dispatch", str(master), "--period", period, "-o", str(folder / f"发{period}")]) == 0
        (folder / inbox).mkdir()
        for unit, values in sent.items():
            blank = next((folder / f"发{period}").glob(f"{unit}_*.xlsx"))
            (folder / inbox / blank.name).write_bytes(filled(values, unit, data=blank.read_bytes()))
        if inbox == "收":
            assert main(["merge", str(master), str(folder / inbox), "--period", period]) in (0, 1)
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    capsys.readouterr()
    code = main([str(word) for word in words])
    return code, capsys.readouterr().out


def results(master: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What each job says and makes, of the master as it stands; every job begins from the same file."""
    folder, kept = master.parent, master.read_bytes()
    found: dict[str, Any] = {}

    def of(name: str, *words: object, made: Callable[[], Any] | None = None) -> None:
        code, out = run(capsys, *words)
        shown = json.loads(out) if "--json" in words else None
        if isinstance(shown, dict):
            shown.pop("findings", None)
        found[name] = (code, in_any_order(shown), in_any_order(made()) if made and code in (0, 1) else None)
        master.write_bytes(kept)

    def model() -> Any:
        return json.loads(run(capsys, "show", master, "--json")[1])["projects"]

    of("show", "show", master, "--json")
    of("colour", "colour", master, "--json", "--as-of", "2024-07-31")
    of("merge", "merge", master, inbox, "--period", "2024-07", "--json", made=model)
    of("undo", "undo", master, made=model)
    of(
        "export",
        "export",
        master,
        "-o",
        folder / "表.csv",
        made=lambda: sorted((folder / "表.csv").read_text("utf-8-sig").splitlines()),
    )
    of(
        "bulletin",
        "bulletin",
        master,
        "--period",
        "2024-06",
        "-o",
        folder / "通报.docx",
        made=lambda: words_of(folder / "通报.docx"),
    )
    of(
        "dispatch",
        "dispatch",
        master,
        "--period",
        "2024-08",
        "-o",
        folder / "发",
        made=lambda: forms_in(folder / "发"),
    )
    of(
        "remind",
        "remind",
        master,
        "--period",
        "2024-06",
        "-o",
        folder / "催",
        made=lambda: sorted(each.name for each in (folder / "催").iterdir()),
    )
    of(
        "reply",
        "reply",
        master,
        "--period",
        "2024-06",
        "-o",
        folder / "反",
        made=lambda: {each.name: each.read_text("utf-8-sig") for each in (folder / "反").glob("*.txt")},
    )
    code, out = run(capsys, "check", master, "--json")
    findings = json.loads(out)["findings"]
    found["check"] = (
        code,
        sorted((f["code"], f["project"] or 0, f["unit"] or "", f["month"] or 0) for f in findings),
    )
    master.write_bytes(kept)
    return found


def in_any_order(said: Any) -> Any:
    """Lists of objects or rows sorted: a clerk's sorting of units is the order in which they are told."""
    if isinstance(said, dict):
        return {key: in_any_order(value) for key, value in said.items()}
    if isinstance(said, list) and said and isinstance(said[0], dict | tuple):
        return sorted(map(in_any_order, said), key=repr)
    return said


def words_of(path: Path) -> list[str]:
    document = Document(str(path))
    return [line.text for line in document.paragraphs] + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]


def forms_in(folder: Path) -> dict[str, Any]:
    return {path.name: cells_of(path)["填报"] for path in sorted(folder.iterdir())}


def place_of(page: Any, text: str) -> tuple[int, int]:
    return next((cell.row, cell.column) for row in page.iter_rows() for cell in row if cell.value == text)


def rows_above_and_columns_between(path: Path) -> None:
    rows_inserted(path, "01", 1, 2)
    columns_inserted(path, "02", 5)
    with edited(path) as book:
        book["01"]["A1"] = "内部资料"


def a_remark_row_between_units(path: Path) -> None:
    with edited(path) as book:
        row, _ = place_of(book["01"], "石浦")
    rows_inserted(path, "01", row)


def blank_rows_above_the_lists(path: Path) -> None:
    for sheet in ("汇总表", "设置", "填报明细", "汇总记录"):
        rows_inserted(path, sheet, 1)


def units_sorted(path: Path) -> None:
    """The two rows of 01 change places, with all that stands in them."""
    with edited(path) as book:
        page = book["01"]
        first, second = place_of(page, "丹东")[0], place_of(page, "石浦")[0]
        for column in range(1, page.max_column + 1):
            one, other = page.cell(first, column), page.cell(second, column)
            if not (isinstance(one.value, str) and one.value.startswith("=")):
                one.value, other.value = other.value, one.value


def log_newest_first(path: Path) -> None:
    with edited(path) as book:
        page = book["汇总记录"]
        top = place_of(page, "批次")[0] + 1
        last = max(row for row in range(top, page.max_row + 1) if page.cell(row, 1).value is not None)
        rows = [
            [page.cell(row, column).value for column in range(1, page.max_column + 1)]
            for row in range(top, last + 1)
        ]
        for row, values in zip(range(top, last + 1), reversed(rows), strict=True):
            for column, value in enumerate(values, 1):
                page.cell(row, column).value = value


def hidden(path: Path) -> None:
    with edited(path) as book:
        book["05"].sheet_state = "hidden"
        book["镇乡进度"].sheet_state = "hidden"
        book["01"].row_dimensions[place_of(book["01"], "石浦")[0]].hidden = True
        book["02"].column_dimensions["D"].hidden = True


def renamed_tabs(path: Path) -> None:
    _renamed(
        path,
        {
            "01": "流感疫苗",
            "汇总表": "进展汇总",
            "设置": "参数",
            "首页": "封面",
            "汇总记录": "日志",
            "校验结果": "问题清单",
            "填报明细": "明细",
        },
    )


def _renamed(path: Path, names: dict[str, str]) -> None:
    """Tabs renamed as a program does it: formulas and names follow."""
    with edited(path) as book:

        def followed(text: str) -> str:
            for old, new in names.items():
                text = (
                    text.replace(f"'{old}'!", f"'{new}'!")
                    .replace(f"={old}!", f"='{new}'!")
                    .replace(f"({old}!", f"('{new}'!")
                    .replace(f",{old}!", f",'{new}'!")
                )
            return text

        for page in book:
            for row in page.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = followed(cell.value)
            for local in page.defined_names.values():
                local.attr_text = followed(f"={local.attr_text}")[1:]
        for name in book.defined_names.values():
            name.attr_text = followed(f"={name.attr_text}")[1:]
        for old, new in names.items():
            book[old].title = new


def moved_tabs(path: Path) -> None:
    with edited(path) as book:
        book.move_sheet("设置", -len(book.sheetnames))
        book.move_sheet("03", 3)


def own_sheets_and_notes(path: Path) -> None:
    with edited(path) as book:
        book.create_sheet("领导批示", 0)["A1"] = "请住建局抓紧"
        book.create_sheet("08", 9)["A1"] = "不是项目"
        page = book["01"]
        row, _ = place_of(page, "石浦")
        page.cell(row, 5).comment = Comment("核实过", "办")
        page.cell(row, 5).fill = PatternFill("solid", fgColor="FFC0CB")
        page.cell(60, 1).value = "备忘：与卫健局电话"
        page.cell(row, 40).value = 5


def a_copied_tab(path: Path) -> None:
    with edited(path) as book:
        book.copy_worksheet(book["03"]).title = "03 (2)"


def own_columns_beside_the_lists(path: Path) -> None:
    with edited(path) as book:
        for sheet in ("填报明细", "汇总记录", "校验结果", "设置"):
            book[sheet].cell(2, book[sheet].max_column + 2).value = "我的记号"


def bold_and_wide(path: Path) -> None:
    with edited(path) as book:
        for page in book:
            page.column_dimensions["A"].width = 30
            page.sheet_view.zoomScale = 85
            page.freeze_panes = "B3"


def blanks_in_labels(path: Path) -> None:
    """A blank before a header and a line break within it: the same words to any reader."""
    with edited(path) as book:
        page = book["01"]
        for text in ("6月", "全年任务", "备注"):
            row, column = place_of(page, text)
            page.cell(row, column).value = f" {text[:1]}\n{text[1:]} "


HARMLESS = (
    rows_above_and_columns_between, a_remark_row_between_units, blank_rows_above_the_lists, units_sorted, log_newest_first, hidden,
    renamed_tabs, moved_tabs, own_sheets_and_notes, a_copied_tab, own_columns_beside_the_lists, bold_and_wide, blanks_in_labels,
)  # fmt: skip


@pytest.fixture(scope="module")
def before(
    base: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[pytest.CaptureFixture[str]], dict[str, Any]]:
    """The results of the master that nobody touched, worked out once."""
    kept: dict[str, Any] = {}

    def given(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
        if not kept:
            folder = tmp_path_factory.mktemp("原样")
            master = folder / "总表.xlsx"
            master.write_bytes((base / "总表.xlsx").read_bytes())
            kept.update(results(master, base / "收七月", capsys))
        return kept

    return given


@pytest.mark.parametrize("edit", HARMLESS, ids=lambda edit: edit.__name__)
def test_what_means_nothing_changes_nothing(
    base: Path,
    before: Callable[[pytest.CaptureFixture[str]], dict[str, Any]],
    edit: Callable[[Path], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    expected = before(capsys)
    assert [code for code, *_ in expected.values() if code == 3] == [], (
        "the untouched master is read by every job"
    )
    master = tmp_path / "总表.xlsx"
    master.write_bytes((base / "总表.xlsx").read_bytes())
    edit(master)
    found = results(master, base / "收七月", capsys)
    assert found.keys() == expected.keys()
    for job in expected:
        assert found[job] == expected[job], job


def test_what_means_something_is_seen(
    base: Path,
    before: Callable[[pytest.CaptureFixture[str]], dict[str, Any]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One number typed over: every job that tells of numbers tells another story."""
    master = tmp_path / "总表.xlsx"
    master.write_bytes((base / "总表.xlsx").read_bytes())
    with edited(master) as book:
        page = book["01"]
        row, column = place_of(page, "石浦")[0], place_of(page, "6月")[1]
        assert page.cell(row, column).value == 260
        page.cell(row, column).value = 20
    expected, found = before(capsys), results(master, base / "收七月", capsys)
    assert {job for job in expected if found[job] != expected[job]} >= {
        "show",
        "colour",
        "export",
        "bulletin",
        "dispatch",
    }
