"""Saved workbooks become PDF with one start of LibreOffice; what cannot be printed is named, nothing is left behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

from live_office import live_office
from needed import needed_program
from xlengines.errors import BookNotFound, HostGone, NotAWorkbook, ReadOnlyFile
from xlengines.libreoffice.convert import to_pdf, to_pdfs

pytestmark = pytest.mark.libreoffice


def workbook(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = text
    sheet["A2"] = "=20*21"
    book.save(path)
    return path


@pytest.fixture(scope="module", autouse=True)
def _office() -> None:
    with live_office():
        pass  # or skipped


def printed(pdf: Path) -> str:
    reader = needed_program("pdftotext")
    return subprocess.run([reader, str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def test_a_pdf_shows_results_that_the_file_does_not_hold(tmp_path: Path) -> None:
    source = workbook(tmp_path / "汇总 表.xlsx", "六月汇总")
    before = source.read_bytes()
    target = tmp_path / "六月.pdf"
    assert to_pdf(source, target) == target
    assert "六月汇总" in printed(target)
    assert "420" in printed(target)
    assert source.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["六月.pdf", "汇总 表.xlsx"]


def test_workbooks_of_one_name_get_a_pdf_each_in_order(tmp_path: Path) -> None:
    sources = [
        workbook(tmp_path / "石浦" / "表.xlsx", "石浦的"),
        workbook(tmp_path / "丹东" / "表.xlsx", "丹东的"),
        workbook(tmp_path / "其他.xlsx", "其他的"),
    ]
    made = to_pdfs(sources, tmp_path / "新" / "页")
    assert [pdf.name for pdf in made] == ["表.pdf", "表 (2).pdf", "其他.pdf"]
    assert [text in printed(pdf) for pdf, text in zip(made, ("石浦的", "丹东的", "其他的"), strict=True)] == [
        True
    ] * 3


def test_a_file_that_is_not_there_or_damaged_is_named_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(BookNotFound, match="没有"):
        to_pdf(tmp_path / "没有.xlsx", tmp_path / "页.pdf")
    source = workbook(tmp_path / "坏.xlsx", "x")
    source.write_bytes(source.read_bytes()[:900])
    with pytest.raises(NotAWorkbook, match="坏"):
        to_pdf(source, tmp_path / "页.pdf")
    assert not (tmp_path / "页.pdf").exists()


def test_a_print_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    source = workbook(tmp_path / "表.xlsx", "x")
    with pytest.raises(HostGone):
        to_pdf(source, tmp_path / "页.pdf", seconds=0.05)
    assert not (tmp_path / "页.pdf").exists()


def test_a_target_that_cannot_be_written_keeps_what_is_there(tmp_path: Path) -> None:
    source = workbook(tmp_path / "表.xlsx", "x")
    (tmp_path / "页.pdf").mkdir()
    with pytest.raises(ReadOnlyFile, match="页.pdf"):
        to_pdf(source, tmp_path / "页.pdf")
    assert [path.name for path in tmp_path.glob(".*")] == []
