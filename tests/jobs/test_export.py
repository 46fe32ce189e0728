"""export: every number and judgement, exact, harmless in a spreadsheet, never over a file that stands."""

from __future__ import annotations

import csv
import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jobs.county_book import county_file, typed
from minsheng.cli import main
from minsheng.domain.long_form import LongRow
from minsheng.domain.quantity import plain
from minsheng.domain.status import Status
from minsheng.export import COLUMNS, as_bytes
from needed import needed_module

ODD = [
    LongRow(1, "=1+1", 1, 1, Decimal("0.1"), Status.NORMAL),
    LongRow(1, "+电话", 2, 1, Decimal("123456789012.123"), None),
    LongRow(1, "-减", 3, 1, None, Status.MISSING),
    LongRow(1, "@某", 4, 2, Decimal(0), None),
    LongRow(1, "丹东、丹西", 5, 1, Decimal("13.60"), Status.DONE),
]
numbers = st.decimals(0, Decimal(10) ** 12, places=6)


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    path = county_file(tmp_path / "总表.xlsx")
    typed(path, **{"01!C8": 0, "01!H8": 200, "02!H8": 0.75, "02!H10": 0.25, "05!H8": 6000})
    return path


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_rows_are_the_numbers_of_show_and_the_statuses_of_colour(
    book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(book_file), "-o", str(tmp_path / "长表.csv")]) == 0
    capsys.readouterr()
    assert main(["show", str(book_file), "--json"]) == 0
    model = json.loads(capsys.readouterr().out)
    assert main(["colour", str(book_file), "--json"]) == 0
    judged = json.loads(capsys.readouterr().out)
    rows = lines((tmp_path / "长表.csv").read_bytes())
    assert list(rows[0]) == list(COLUMNS) == ["project", "unit", "month", "measure", "value", "status"]
    assert {
        (row["project"], row["unit"], row["month"], row["measure"]): row["value"]
        for row in rows
        if row["value"]
    } == {
        (str(project["number"]), report["unit"], str(report["month"]), str(report["measure"])): report[
            "value"
        ]
        for project in model["projects"]
        for report in project["reports"]
        if report["value"] is not None
    }
    assert {(row["project"], row["unit"], row["month"]): row["status"] for row in rows if row["status"]} == {
        (str(cell["project"]), cell["unit"], str(cell["month"])): cell["status"] for cell in judged["cells"]
    }
    # A unit that said nothing in a collected month has its row, with a blank and not a 0.
    silent = next(row for row in rows if (row["project"], row["unit"], row["month"]) == ("1", "石浦", "6"))
    assert (silent["value"], silent["status"]) == ("", "未报")


def test_excel_reads_the_csv_as_utf8() -> None:
    assert as_bytes(ODD, ".csv").startswith(b"\xef\xbb\xbfproject,unit,month,measure,value,status\r\n")


def test_nothing_in_a_csv_or_a_workbook_is_a_formula() -> None:
    wanted = ["'=1+1", "'+电话", "'-减", "'@某", "丹东、丹西"]
    assert [row["unit"] for row in lines(as_bytes(ODD, ".csv"))] == wanted
    sheet = load_workbook(io.BytesIO(as_bytes(ODD, ".xlsx"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} == {"n", "s"}
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == wanted
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == [0.1, 123456789012.123, None, 0, 13.6]


@given(st.lists(numbers, max_size=5))
def test_decimals_are_exact(values: list[Decimal]) -> None:
    rows = [LongRow(1, "甲镇", 1, 1, value, None) for value in values]
    assert [row["value"] for row in lines(as_bytes(rows, ".csv"))] == [plain(value) for value in values]


def test_parquet_keeps_decimals_and_blanks() -> None:
    parquet = needed_module("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(as_bytes(ODD, ".parquet")))
    assert table.column_names == list(COLUMNS)
    assert str(table.schema.field("value").type) == "decimal128(38, 6)"
    assert table.column("value").to_pylist() == [row.value for row in ODD]
    assert table.column("unit").to_pylist() == [row.unit for row in ODD]
    assert table.column("status").to_pylist() == ["正常", None, "未报", None, "已完成"]
    finer = [LongRow(1, "甲镇", 1, 1, Decimal("0.12345678"), None)]
    assert parquet.read_table(io.BytesIO(as_bytes(finer, ".parquet"))).column("value").to_pylist() == [
        Decimal("0.12345678")
    ]


def test_an_empty_master_gives_a_heading_alone(tmp_path: Path) -> None:
    path = county_file(tmp_path / "总表.xlsx")
    assert main(["export", str(path), "-o", str(tmp_path / "长表.csv")]) == 0
    assert lines((tmp_path / "长表.csv").read_bytes()) == []
    needed_module("pyarrow")
    assert main(["export", str(path), "-o", str(tmp_path / "长表.parquet")]) == 0


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("有了.csv", 3, "已经存在，没有覆盖"),
        ("长表.json", 2, "不认识的文件类型"),
        ("长表", 2, "不认识的文件类型"),
    ],
)
def test_what_cannot_be_written_is_said(
    book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, code: int, says: str
) -> None:
    (tmp_path / "有了.csv").write_text("旧的", encoding="utf-8")
    assert main(["export", str(book_file), "-o", str(tmp_path / name)]) == code
    assert says in capsys.readouterr().err
    assert (tmp_path / "有了.csv").read_text(encoding="utf-8") == "旧的"


def test_without_pyarrow_parquet_is_refused_in_a_sentence(
    book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["export", str(book_file), "-o", str(tmp_path / "长表.parquet")]) == 3
    assert "没有装 pyarrow" in capsys.readouterr().err
    assert not (tmp_path / "长表.parquet").exists()
