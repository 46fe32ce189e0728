"""What formulas give without a spreadsheet program: what all of them agree on, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from engines.plain_file import opened
from xlengines.a1 import parse_cell
from xlengines.calculation import Calculation
from xlengines.values import CellError

NOT_AVAILABLE, DIVISION, VALUE = CellError("#N/A"), CellError("#DIV/0!"), CellError("#VALUE!")


class Sheets:
    """Cells by sheet and address; what begins with ``=`` is a formula."""

    def __init__(self, names: Mapping[tuple[str | None, str], str], **sheets: Mapping[str, Any]) -> None:
        self._names = names
        self._sheets = {
            title: {parse_cell(cell): value for cell, value in cells.items()}
            for title, cells in sheets.items()
        }

    def titles(self) -> list[str]:
        return list(self._sheets)

    def names(self) -> list[tuple[str | None, str, str]]:
        return [(sheet, name, refers_to) for (sheet, name), refers_to in self._names.items()]

    def formulas(self, sheet: str) -> dict[tuple[int, int], str]:
        return {
            place: value[1:]
            for place, value in self._sheets[sheet].items()
            if isinstance(value, str) and value.startswith("=")
        }

    def constant(self, sheet: str, row: int, column: int) -> Any:
        value = self._sheets[sheet].get((row, column))
        return float(value) if type(value) is int else value


CELLS = {
    "A1": 3, "A2": None, "A3": "9", "A4": 4, "A5": "丹东", "A6": NOT_AVAILABLE, "A7": True, "A8": 0.1, "A9": "9台",
    "B1": 10, "B2": 20, "B3": None, "B4": 40, "B5": "x",
    "C1": "1月", "D1": "2月", "E1": "备注", "C2": 5, "D2": 7, "E2": 9,
}  # fmt: skip
NAMES = {(None, "截至月"): "='甲'!$B$1", (None, "块"): "=甲!$A$1:$B$4", ("乙", "截至月"): "=甲!$A$1"}
UNSURE = object()


def computed(formula: str, sheet: str = "甲", **cells: Any) -> Any:
    """What a formula in Z9 gives; UNSURE where nobody says."""
    sheets = {"甲": dict(CELLS), "乙": {}}
    sheets[sheet] |= {"Z9": f"={formula}", **cells}
    found = Calculation(Sheets(NAMES, **sheets)).results(sheet)[9, 26]
    return UNSURE if found is None else found


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1+2*3", 7.0),
        ("-2^2", 4.0),
        ("(1+2)*3-4/8", 8.5),
        ("2-3-4", -5.0),
        ("A1+A2", 3.0),
        ("A3+1", 10.0),
        ("A5+1", VALUE),
        ("A1/A2", DIVISION),
        ("A6+1", NOT_AVAILABLE),
        ("A2", 0.0),
        ('A2=""', True),
        ("A2=0", True),
        ('A5="丹东"', True),
        ('"Abc"="aBC"', True),
        ('A1="3"', False),
        ('A1<""', True),
        ("A1>=3", True),
        ("A1<>3", False),
        ('A1&"人"', "3人"),
        ('A8&""', "0.1"),
        ('A2&"x"&A6', NOT_AVAILABLE),
        ('"a""b"&1', 'a"b1'),
        ("9E+99", 9e99),
        ("SUM(A1:A5)", 7.0),
        ("SUM(A1:A6)", NOT_AVAILABLE),
        ("COUNT(A1:B6)", 5.0),
        ("COUNT(C2:E2,B1:B4)", 6.0),
        ("MAX(B1:B5,25)", 40.0),
        ("MIN(B1:B5)", 10.0),
        ("MAX(A2:A3)", 0.0),
        ("ROWS(B1:B5)", 5.0),
        ('COUNTIF(A1:B5,"X")', 1.0),
        ('SUMIF(A1:A4,"<>",B1:B4)', 50.0),
        ('SUMPRODUCT((B1:B4>15)*(A1:A4<>""))', 1.0),
        ("SUMPRODUCT(C2:E2,C2:E2)", 155.0),
        ("SUMPRODUCT(A1:A5*1)", VALUE),
        ("SUMPRODUCT(MAX(ISNUMBER(B1:B4)*(B1:B4<=20)*B1:B4))", 20.0),
        ('SUMPRODUCT(MAX(-("0"&C2:E2)))', -5.0),
        ("LOOKUP(9E+99,B1:B5)", 40.0),
        ("LOOKUP(9E+99,A5:A5)", NOT_AVAILABLE),
        ('LOOKUP(2,1/(ISNUMBER(C2:E2)*(--SUBSTITUTE(C1:E1,"月","")<=2)),C2:E2)', 7.0),
        ("INDEX(A1:B4,4,2)", 40.0),
        ("INDEX(A1:B4,5,2)", CellError("#REF!")),
        ("SUM(INDEX(A1:B4,0,2))", 70.0),
        ("SUM(INDEX(块,1,0))", 13.0),
        ('MATCH("2月",C1:E1,0)', 2.0),
        ("MATCH(20,B1:B4,0)", 2.0),
        ('MATCH("没有",C1:E1,0)', NOT_AVAILABLE),
        ('IF(A1>2,"大","小")', "大"),
        ("IF(A2,1)", False),
        ('IF(A1=3,1,A7&"")', 1.0),
        ('IFERROR(A1/A2,"")', ""),
        ("IFERROR(A1,A7)", 3.0),
        ("AND(A1=3,B1=10)", True),
        ("OR(A1=4,B1=9)", False),
        ("N(A5)", 0.0),
        ("N(A6)", NOT_AVAILABLE),
        ("N(B1:B4)", 10.0),
        ("NA()", NOT_AVAILABLE),
        ("ISNUMBER(A3)", False),
        ("ISNUMBER(A6)", False),
        ("ROUND(2.5,0)", 3.0),
        ("ROUND(-2.5,0)", -3.0),
        ("ROUND(1.005,2)", 1.01),
        ("ROUND(1234,-2)", 1200.0),
        ("DATE(2024,13,1)", 45658.0),
        ("DATE(2024,3,0)", 45351.0),
        ("YEAR(45351)*10000+MONTH(45351)*100+DAY(45351)", 20240229.0),
        ("EOMONTH(45322,1)", 45351.0),
        ("MOD(-5,3)", 1.0),
        ("MOD(6,6)", 0.0),
        ('TEXT(45351,"yyyy-mm-dd")', "2024-02-29"),
        ('HYPERLINK("#A1","去")', "去"),
        ("截至月", 10.0),
        ("甲!A1+'甲'!B1", 13.0),
        ("截至月+TRUE", 11.0),
    ],
)
def test_what_every_program_agrees_on_is_computed(formula: str, value: Any) -> None:
    found = computed(formula)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(1,A1:B4,2,0)",  # not known
        "TODAY()",
        "SUM(A1:A5 B1:B4)",  # intersections
        "A:A",
        "1:3",
        "A1#",
        "@A1:A3",
        "{1,2}",
        "[1]甲!A1",
        "表1[数]",
        "没有这个名称",
        "丙!A1",
        "A1:A3+1",  # one of them, by the place of the formula
        'IF(A1:A3="",1,2)',
        "A7+1",  # a truth value in a cell: a number to one program only
        "SUM(A7:A8)",
        "ISNUMBER(A7)",
        "A9+1",  # by the language of the program
        '"50%"+1',
        '"a"<"b"',  # by the rules of a language
        "0.1+0.2=0.3",  # equal to one program and not to another
        "1E-7&\"\"",
        "LOOKUP(10,B1:B4)",  # on the order of what is looked through
        "MATCH(15,B1:B4,1)",
        'MATCH("丹*",A1:A5,0)',
        "MATCH(0.1,A1:A8,0)",
        'COUNTIF(A1:B5,">3")',
        'COUNTIF(A1:B5,"9")',
        'SUMIF(A1:A4,"<>",B1:B3)',
        "SUMPRODUCT(A1:A3,B1:B4)",
        "SUMPRODUCT(ISNUMBER(A1:A3))",
        'TEXT(A1,"0.0")',
        "YEAR(3)",  # before 1 March 1900
        "0^0",
        'SUM("3")',
        'AND("是")',
        "50%",
        "ROUND(A1)",
        "Z9+1",  # itself
        "",
    ],
)  # fmt: skip
def test_in_doubt_there_is_no_value(formula: str) -> None:
    assert computed(formula) is UNSURE


def test_doubt_goes_on_to_what_depends_on_it_alone() -> None:
    cells = {
        "A1": "=TODAY()",
        "A2": "=A1+1",
        "A3": "=IF(1=1,5,A2)",
        "A4": "=IFERROR(A2,0)",
        "A5": "=SUM(B1:B3)",
    }
    found = Calculation(Sheets({}, 甲=cells | {"B1": 1})).results("甲")
    assert list(found.values()) == [None, None, 5.0, None, 1.0]


def test_cells_that_wait_for_each_other_have_no_value() -> None:
    found = Calculation(Sheets({}, 甲={"A1": "=A2", "A2": "=A3+1", "A3": "=A1", "A4": "=1+1"})).results("甲")
    assert list(found.values()) == [None, None, None, 2.0]


def test_a_name_of_the_sheet_goes_before_one_of_the_book() -> None:
    assert computed("截至月", sheet="乙") == 3.0


def test_no_chain_of_cells_is_too_long() -> None:
    cells: dict[str, Any] = {"A1": 1} | {f"A{row}": f"=A{row - 1}+1" for row in range(2, 3000)}
    found = Calculation(Sheets({}, 甲=cells)).results("甲")
    assert all(value in (None, float(row)) for (row, _), value in found.items())
    assert found[3, 1] == 3.0


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    """Sheets 数 and 合, with values that are wrong by now."""
    path = tmp_path / "样本.xlsx"
    book = xlsxwriter.Workbook(path)
    numbers, totals = book.add_worksheet("数"), book.add_worksheet("合")
    numbers.write_column(0, 0, [1, 2, 3])
    totals.write_formula("A1", "=SUM(数!A1:A3)", None, 99)
    totals.write_formula("A2", '=A1&"人"', None, "99人")
    totals.write_formula("A3", "=A1>5", None, False)
    totals.write_formula("A4", "=A1/0", None, 99)
    totals.write_formula("A5", "=RAND()", None, 99)
    totals.write_formula("A6", "=100+20", None, 120)
    totals.write_array_formula("B1:B2", "{=TRANSPOSE(A1:B1)}", None, 99)
    book.close()
    return path


def values(path: Path) -> list[Any]:
    with opened(path) as book:
        cells = book.sheets["合"].range("A1:A6").options(err_to_str=True).value
        return [*cells, book.sheets["合"].range("B1").value]


def test_a_changed_file_carries_what_was_computed(book_file: Path) -> None:
    with opened(book_file) as book:
        book.sheets["数"].range("A2").value = 20
        book.sheets["合"].used_range.value  # noqa: B018 - the formulas of a sheet that was read
        book.app.calculate()
        assert book.sheets["合"].range("A1").value == 24, "known at once"
        book.save()
    assert values(book_file) == [24, "24人", True, "#DIV/0!", None, 120, None]


def test_what_is_written_after_the_calculation_makes_its_values_stale(book_file: Path) -> None:
    with opened(book_file) as book:
        book.sheets["数"].range("A2").value = 20
        book.sheets["合"].used_range.value  # noqa: B018
        book.app.calculate()
        book.sheets["数"].range("A2").value = 30
        book.save()
    assert values(book_file) == [None, None, None, None, None, 120, None]


def test_sheets_that_nobody_read_lose_their_values_as_before(book_file: Path) -> None:
    with opened(book_file) as book:
        book.sheets["数"].range("A2").value = 20
        book.app.calculate()
        book.save()
    assert values(book_file) == [None, None, None, None, None, 120, None]


def test_an_unchanged_file_is_not_computed_anew(book_file: Path) -> None:
    before = book_file.read_bytes()
    with opened(book_file) as book:
        book.sheets["合"].used_range.value  # noqa: B018
        book.app.calculate()
        book.save()
    assert book_file.read_bytes() == before
