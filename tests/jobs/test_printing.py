"""PDF through a real spreadsheet program: pages, paper, every word, and what happens where it cannot be."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jobs.clerk import type_into_master
from minsheng.building import master as building
from minsheng.cli import main
from minsheng.incoming.task_document import Reading
from minsheng.jobs.printing import printed_copy, printing_program, refuse_bad_target, to_pdf
from minsheng.sheets import layout
from small_county import county
from xlengines.libreoffice.installation import VARIABLE, soffice


def text_of(pdf: Path) -> list[str]:
    """The pages' words, without white space."""
    out = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, timeout=60, check=True
    )
    return [re.sub(r"\s", "", page) for page in out.stdout.rstrip("\f").split("\f")]


def papers(pdf: Path) -> set[tuple[int, int]]:
    """Width and height of the pages, in points."""
    out = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "999", str(pdf)], capture_output=True, text=True, timeout=60, check=True
    )
    return {
        (round(float(w)), round(float(h))) for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", out.stdout)
    }


@pytest.mark.libreoffice
def test_the_summary_and_the_whole_book(
    reading: Reading, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A3 by 设置: 汇总表 has titles, page numbers and every row on it; the book has every word of every sheet."""
    numbers = (1, 10, 18, 19, 26, 28, 33)
    master_file = tmp_path / "总表.xlsx"
    projects = tuple(project for project in reading.document.projects if project.number in numbers)
    building.build(replace(reading.document, projects=projects), (), master_file)
    book = load_workbook(master_file)
    sheet, reference = next(iter(book.defined_names[layout.NAME_PARAMETERS].destinations))
    rows = {row[0].value: row[1] for row in book[sheet][reference.replace("$", "")]}
    paper = rows[layout.PARAM_PAPER].coordinate
    type_into_master(master_file, sheet, paper, "A3")
    summary, whole = tmp_path / "汇总表.pdf", tmp_path / "新文件夹" / "整本.pdf"
    assert (
        main(
            [
                "summary",
                str(master_file),
                "--as-of",
                "2024-06-30",
                "--pdf",
                str(summary),
                "--pdf-all",
                str(whole),
            ]
        )
        == 0
    )
    capsys.readouterr()

    pages = text_of(summary)
    assert papers(summary) == {(1191, 842)}
    for number, page in enumerate(pages, start=1):
        assert "2024年民生实事项目进展汇总表" in page
        assert "滞后单位" in page
        assert f"第{number}页，共{len(pages)}页" in page
    assert "填报人" in pages[-1]
    assert "审核人" in pages[-1]
    assert "四舍五入" in pages[-1]
    everything = text_of(whole)
    assert papers(whole) == {(1191, 842), (842, 595)}
    assert len([page for page in everything if "任务书合计" in page]) == len(numbers), "a project is one page"
    assert not any("###" in page for page in (*pages, *everything))
    assert missing(load_workbook(master_file), "".join(pages), ["汇总表"]) == []
    leaders = ["首页", "汇总表", *layout.VIEWS]
    assert (
        missing(load_workbook(master_file), "".join(everything), [*leaders, *(f"{n:02d}" for n in numbers)])
        == []
    )


def missing(book: object, printed: str, titles: list[str]) -> list[str]:
    """The words typed into visible cells of the print area that are nowhere on the pages (a line break may stand inside
    a word, and a column beside it: a cell counts by its runs of letters)."""
    found = []
    for title in titles:
        sheet = book[title]  # type: ignore[index]
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or cell.data_type != "s":
                    continue
                if sheet.column_dimensions[cell.column_letter].hidden or cell.column > 18:
                    continue
                pieces = re.findall(r"[\u4e00-\u9fff]{2,6}", cell.value)
                found += [
                    f"{title}!{cell.coordinate} {piece}" for piece in pieces[:4] if piece[:2] not in printed
                ]
    return found


@pytest.mark.libreoffice
def test_long_rows_move_to_the_next_page_whole(tmp_path: Path, reading: Reading) -> None:
    """No row is cut: each project's number, owner and last words stand on one and the same page."""
    projects = tuple(
        replace(project, number=number, title=f"开头{number}号" + "很长的项目名称" * 14 + f"结尾{number}号", owner=f"责任{number}号")
        for number, project in enumerate(reading.document.projects[:12], start=1)
    )  # fmt: skip
    path, pdf = tmp_path / "总表.xlsx", tmp_path / "汇总表.pdf"
    building.build(replace(reading.document, projects=projects), (), path)
    with printing_program() as program, printed_copy(program, path) as book:
        to_pdf(book, pdf)
        to_pdf(book, tmp_path / "分组.pdf", "按责任单位")
    pages = text_of(pdf)
    assert len(pages) > 1
    for number in range(1, 13):
        on = [
            {index for index, page in enumerate(pages) if word in page}
            for word in (f"★开头{number}号", f"责任{number}号")
        ]
        if on[0]:
            assert on[0] == on[1]
            assert len(on[0]) == 1
    flowing = "".join(text_of(tmp_path / "分组.pdf"))
    assert all(project.lead_unit[:4] in flowing for project in projects)


def small(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    building.build(county().document, (), path)
    return path


def test_without_a_program_that_prints_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    master, out = small(tmp_path), tmp_path / "汇总表.pdf"
    before = master.read_bytes()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "没有装.exe"))
    soffice.cache_clear()
    try:
        code = main(["summary", str(master), "--pdf", str(out)])
    finally:
        soffice.cache_clear()
    said = capsys.readouterr().err
    assert code == 3, said
    assert "没有装.exe" in said
    assert master.read_bytes() == before
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "made", "code", "words"),
    [
        ("汇总表.docx", None, 2, "不是PDF文件名"),
        ("文件夹.pdf", "folder", 3, "是一个文件夹"),
        ("别的.pdf", b"PK not a pdf", 3, "不是PDF，没有覆盖"),
    ],
)
def test_a_bad_target_is_refused_before_anything_is_done(
    name: str,
    made: bytes | str | None,
    code: int,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    master, out = small(tmp_path), tmp_path / name
    if made == "folder":
        out.mkdir()
    elif isinstance(made, bytes):
        out.write_bytes(made)
    before = master.read_bytes()
    assert main(["summary", str(master), "--pdf", str(out)]) == code
    assert words in capsys.readouterr().err
    assert master.read_bytes() == before
    assert not isinstance(made, bytes) or out.read_bytes() == made


def test_an_older_pdf_may_be_replaced(tmp_path: Path) -> None:
    old = tmp_path / "汇总表.pdf"
    old.write_bytes(b"%PDF-1.7 of last month")
    refuse_bad_target(old)
