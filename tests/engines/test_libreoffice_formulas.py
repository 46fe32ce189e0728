"""Formulas between Excel's notation and LibreOffice's: pure text both ways, and as a live LibreOffice takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

from live_office import live_office
from xlengines.errors import BadFormula
from xlengines.libreoffice.formulas import to_excel, to_native

PAIRS = [
    ("=SUM(A1:B2,Sheet1!$C3)", "=SUM(A1:B2;$Sheet1.$C3)"),
    ("=SUM((A1:B2,C3))", "=SUM((A1:B2~C3))"),
    ("=SUM(A1:C3 B2:D4)", "=SUM(A1:C3!B2:D4)"),
    ("=IF(A1>=2,{1,2;3,4},TRUE)", "=IF(A1>=2;{1;2|3;4};TRUE())"),
    ("='b c'!A1+'01'!$B$2:C9", "=$'b c'.A1+$'01'.$B$2:C9"),
    ("='it''s'!A:A", "=$'it''s'.A:A"),
    ("=SUM(一二!1:3)", "=SUM($一二.1:3)"),
    ("=SUM('S1:S3'!A1:B2)", "=SUM($S1.A1:$S3.B2)"),
    ('=A1&"x;y,""z!"', '=A1&"x;y,""z!"'),
    ('=IF(A1="",,1)', '=IF(A1="";;1)'),
    ("=#REF!+1", "=#REF!+1"),
    ("=CEILING(A1,5)", "=CEILING.XCL(A1;5)"),
    ("=P01_分解", "=P01_分解"),
    ("=-A1^2%", "=-A1^2%"),
    ('="TRUE()"', '="TRUE()"'),
]


@pytest.mark.parametrize(("excel", "native"), PAIRS)
def test_a_formula_reads_the_same_in_both_notations(excel: str, native: str) -> None:
    assert to_native(excel) == native
    assert to_excel(native) == excel


@pytest.mark.parametrize(
    ("typed", "read_back"),
    [
        ("=_xlfn.CONCAT(A1)", "=CONCAT(A1)"),
        ("=sum( A1 , B1 )", "=SUM(A1,B1)"),
        ("=true", "=TRUE"),
        ("=Sheet1!#REF!", "=#REF!"),
        ("=SUM(S1:S3!A1)", "=SUM('S1:S3'!A1)"),
        ("=S2!A1", "='S2'!A1"),  # a sheet that looks like a cell needs quotes
    ],
)
def test_what_is_typed_freely_is_read_back_in_one_form(typed: str, read_back: str) -> None:
    assert to_excel(to_native(typed)) == read_back


@pytest.mark.parametrize(
    ("native", "excel"),
    [
        ("=$S2.A#REF!+1", "='S2'!#REF!+1"),
        ("=$#REF!.B2", "=#REF!"),
        ("=COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETEOMONTH(A1;1)", "=EOMONTH(A1,1)"),
        ("='file:///tmp/a b.xlsx'#$一.A1", "='/tmp/[a b.xlsx]一'!A1"),
        ("=STDEV.S(Sheet1.A1;2)", "=STDEV.S(Sheet1!A1,2)"),
    ],
)
def test_what_only_the_host_writes_is_read(native: str, excel: str) -> None:
    assert to_excel(native) == excel


@pytest.mark.parametrize(
    "broken",
    [
        "=1+",
        "=SUM(",
        "=)",
        "=(1",
        "=A1 1",
        "=,1",
        "=SUM(1))",
        "=1,",
        "={1,}",
        '="abc',
        "=",
        "=()",
        "=1;2",
        "=*1",
        "=A1B 2",
    ],
)
def test_a_formula_that_breaks_off_is_refused(broken: str) -> None:
    with pytest.raises(BadFormula):
        to_native(broken)


def test_another_workbook_is_never_referred_to() -> None:
    with pytest.raises(BadFormula, match="another workbook"):
        to_native("='C:\\data\\[secret.xlsx]Sheet1'!A1")


references = st.sampled_from(["A1", "$B$2", "C$3:D9", "A:A", "一月!A1", "'b c'!$A$1:B2", "P01_分解"])
literals = st.one_of(
    st.integers(0, 10**6).map(str),
    st.sampled_from(["TRUE", "FALSE", "#N/A", "1.5", "2E-3"]),
    st.text("甲ab,;!'.()$ 1", max_size=6).map(lambda text: f'"{text}"'),
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "/", "&", "=", "<>", ">=", "^"])
    return st.one_of(
        st.tuples(inner, operators, inner).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"SUM({','.join(parts)})"),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"-{part}"),
        inner.map(lambda part: f"IF({part},,{part})"),
    )


formulas = st.recursive(st.one_of(references, literals), _combined, max_leaves=8).map(lambda text: f"={text}")


@given(formulas)
@settings(max_examples=200)
def test_every_formula_survives_the_way_there_and_back(formula: str) -> None:
    assert to_excel(to_native(formula)) == formula


@given(st.text("=A1(){},;!'\"$+%# x.", max_size=12))
@settings(max_examples=300)
def test_any_text_is_translated_or_refused_by_name(text: str) -> None:
    try:
        native = to_native(f"={text}")
    except BadFormula:
        return
    outside_text = re.sub(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'", "", native)
    assert outside_text.count("(") == outside_text.count(")")


@pytest.fixture(scope="module")
def sheet() -> Iterator[xw.Sheet]:
    with live_office() as app:
        book = app.books.add()
        book.sheets[0].name = "一月"
        book.sheets.add("b c", after=book.sheets[0])
        book.sheets.add("b d", after=book.sheets[1])
        for other in book.sheets:
            other["A1:B3"].value = [[1, 2], [3, 4], [5, 6]]
        book.names.add("P01_分解", "=一月!$A$1:$B$3")
        yield book.sheets["一月"]


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:B3)", 21.0),
        ("=SUM('b c'!A:A,'b c'!$B$2)", 13.0),
        ("=SUM('b c:b d'!A1:A2)", 8.0),
        ("=SUM((A1:A2,B3))", 10.0),
        ("=SUM(A1:B2 B2:C3)", 4.0),
        ("=SUM(P01_分解)", 21.0),
        ("=SUM({1,2;3,4})", 10.0),
        ('=IF(A1=1,"是,；""x""",)', '是,；"x"'),
        ("=CEILING(12,5)+FLOOR(12,5)", 25.0),
        ("=IFNA(VLOOKUP(9,A1:B3,2,FALSE),-1)", -1.0),
        ("=SUMPRODUCT((A1:A3>1)*B1:B3)", 10.0),
        ("=DAY(EOMONTH(DATE(2024,1,15),1))", 29.0),
        ("=AND(TRUE,1=1)", True),
    ],
)
def test_the_host_computes_what_was_meant_and_gives_the_formula_back(
    formula: str, value: object, sheet: xw.Sheet
) -> None:
    sheet["D1"].clear()
    sheet["D1"].value = formula
    assert sheet["D1"].formula == formula
    assert sheet["D1"].value == value


@pytest.mark.libreoffice
def test_a_deleted_reference_stays_visible_and_can_be_written_back(sheet: xw.Sheet) -> None:
    sheet["F5:F6"].value = [[1], [2]]
    sheet["G1"].value = "=F5+1"
    sheet["F5"].delete("up")
    assert sheet["G1"].formula == "=#REF!+1"
    sheet["G1"].formula = sheet["G1"].formula
    assert sheet["G1"].options(err_to_str=True).value == "#REF!"


@pytest.mark.libreoffice
def test_one_formula_for_a_whole_range_moves_its_references(sheet: xw.Sheet) -> None:
    sheet["J1:K2"].value = "=A1+$A$1+A$2"
    assert sheet["J1:K2"].formula == (("=A1+$A$1+A$2", "=B1+$A$1+B$2"), ("=A2+$A$1+A$2", "=B2+$A$1+B$2"))


@pytest.mark.libreoffice
def test_a_broken_formula_leaves_the_block_as_it_was(sheet: xw.Sheet) -> None:
    sheet["M1:M2"].value = [["旧"], [1]]
    with pytest.raises(BadFormula):
        sheet["M1:M2"].value = [["新"], ["=SUM("]]
    assert sheet["M1:M2"].value == ["旧", 1.0]
