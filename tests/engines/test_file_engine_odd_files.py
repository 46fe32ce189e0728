"""Workbooks as other programs write them: whatever the form, every cell but the changed one stays what it was."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.plain_file import opened
from engines.rich_workbook import parts, write_parts
from xlengines.a1 import cell_text
from xlengines.errors import NotAWorkbook, NotSupportedByEngine

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass
class Form:
    """How a program writes a workbook."""

    prefix: str = ""
    rows_say: bool = True
    cells_say: bool = True
    space: str = ""
    quote: str = '"'
    remark: str = ""
    encoding: str = "UTF-8"
    absolute: bool = False
    shouted: bool = False
    kept_by: int = zipfile.ZIP_DEFLATED
    streamed: bool = False
    zip64: bool = False
    styles: bool = True


FORMS = st.builds(
    Form, prefix=st.sampled_from(["", "x:"]), rows_say=st.booleans(), cells_say=st.booleans(),
    space=st.sampled_from(["", "\n  "]), quote=st.sampled_from(['"', "'"]),
    remark=st.sampled_from(["", "<!-- a remark -->", "<?a remark?>"]),
    encoding=st.sampled_from(["UTF-8", "UTF-8", "UTF-16"]), absolute=st.booleans(), shouted=st.booleans(),
    kept_by=st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]), streamed=st.booleans(), zip64=st.booleans(),
    styles=st.booleans(),
)  # fmt: skip

#: What stands in a cell → its attributes, its content without prefixes, value and formula as they read after a change.
CONTENTS: dict[str, tuple[str, str, Any, str]] = {
    "number": ("", "<v>1.5</v>", 1.5, "1.5"),
    "text": ('t="str"', "<v>文 字</v>", "文 字", "文 字"),
    "inline": ('t="inlineStr"', '<is><t xml:space="preserve"> 行 </t></is>', " 行 ", " 行 "),
    "runs": ('t="inlineStr"', "<is><r><t>半</t></r><r><rPr><b/></rPr><t>粗</t></r></is>", "半粗", "半粗"),
    "shared text": ('t="s"', "<v>1</v>", "共用", "共用"),
    "truth": ('t="b"', "<v>1</v>", True, "TRUE"),
    "error": ('t="e"', "<v>#N/A</v>", None, "#N/A"),
    "literal": ("", "<f>100+20</f><v>120</v>", 120.0, "=100+20"),
    "literal text": ('t="str"', '<f>"A1"&amp;"b"</f><v>A1b</v>', "A1b", '="A1"&"b"'),
    "sum": ("", "<f>SUM(E:E)</f><v>7</v>", None, "=SUM(E:E)"),
    "rows": ("", "<f>SUM(1:1)</f><v>7</v>", None, "=SUM(1:1)"),
    "name": ('t="str"', "<f>名称</f><v>旧</v>", None, "=名称"),
    "macro": ('t="str"', "<f>MyFunction()</f><v>旧</v>", None, "=MyFunction()"),
    "picture": ('t="e" vm="1"', "<f>IMAGE(A1)</f><v>#VALUE!</v>", None, "=IMAGE(A1)"),
    "escaped": ("", "<f>&#65;1+1</f><v>2</v>", None, "=A1+1"),
    "data table": ("", '<f t="dataTable" ref="{here}" r1="A1"/><v>3</v>', None, "="),
    "array": ("", '<f t="array" ref="{here}">SUM(A1:A2*2)</f><v>3</v>', None, "=SUM(A1:A2*2)"),
    "shared": ("", '<f t="shared" ref="{here}" si="{place}">A$1+1</f><v>3</v>', None, "=A$1+1"),
    "shown style": ('s="0"', "<v>2</v>", 2.0, "2"),
}  # fmt: skip
STYLES = "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/></cellXfs>"
ROWS, COLUMNS = 4, 5
CELLS = st.dictionaries(
    st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)), st.sampled_from(sorted(CONTENTS)), min_size=1
)


def write_odd(path: Path, cells: dict[tuple[int, int], str], form: Form) -> None:
    """A workbook of two equal sheets in that form; gaps are filled with empty cells where places are not said."""
    grid: list[str] = []
    for row in range(1, ROWS + 1):
        said = f' r="{row}"' if form.rows_say else ""
        inside: list[str] = []
        for column in range(1, COLUMNS + 1):
            if (row, column) not in cells and form.cells_say:
                continue
            attributes, content, _, _ = CONTENTS.get(cells.get((row, column), ""), ("", "", None, ""))
            here = cell_text(row, column)
            content = content.replace("{here}", here).replace("{place}", str(row * 10 + column))
            content = content.replace("><", f">{form.space}{form.remark}<")
            place = f' r="{here}"' if form.cells_say else ""
            inside.append(f"<c{place} {attributes}>{content}</c>")
        if inside or not form.rows_say:
            grid.append(f"<row{said}>{form.space.join(inside)}</row>")
    sheet = f"<sheetData>{form.space.join(grid)}{form.remark}</sheetData>"
    shared = "<si><t>别的</t></si><si><r><t>共</t></r><r><t>用</t></r></si>"
    book = "".join(
        f'<sheet name="{title}" sheetId="{number}" r:id="rId{number}" xmlns:r="{DOCUMENT}"/>'
        for number, title in enumerate(("表", "另"), start=1)
    )
    targets = {"worksheet": "xl/worksheets/Sheet1.xml", "worksheet ": "xl/worksheets/Sheet2.xml"}
    targets["sharedStrings"] = "xl/SharedStrings.xml"
    if form.styles:
        targets["styles"] = "xl/styles.xml"
    content = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
        ),
        "_rels/.rels": relations(form, "", officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": part("workbook", f"<sheets>{book}</sheets>", form),
        "xl/_rels/workbook.xml.rels": relations(form, "xl/", **targets),
        "xl/sharedstrings.xml" if form.shouted else "xl/SharedStrings.xml": part("sst", shared, form),
        "xl/worksheets/sheet1.xml" if form.shouted else "xl/worksheets/Sheet1.xml": part("worksheet", sheet, form),
        "xl/worksheets/Sheet2.xml": part("worksheet", sheet, form),
        "xl/media/图.bin": bytes(range(256)),
    }  # fmt: skip
    if form.styles:
        content["xl/styles.xml"] = part("styleSheet", STYLES, form)
    path.write_bytes(zipped(content, form))


def part(root: str, inside: str, form: Form) -> bytes:
    if form.prefix:
        body = f'<{root} xmlns:{form.prefix[:-1]}="{MAIN}">{inside}</{root}>'
        body = re.sub(r"<(/?)([A-Za-z])", rf"<\1{form.prefix}\2", body)
    else:
        body = f'<{root} xmlns="{MAIN}">{inside}</{root}>'
    body = re.sub(r'="([^"<>]*)"', rf"={form.quote}\1{form.quote}", body)
    return f'<?xml version="1.0" encoding="{form.encoding}"?>{body}'.encode(form.encoding)


def relations(form: Form, folder: str, **targets: str) -> str:
    kinds = "".join(
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/{kind.strip()}" '
        f'Target="{"/" + target if form.absolute else target.removeprefix(folder)}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{kinds}</Relationships>'


def zipped(content: dict[str, str | bytes], form: Form) -> bytes:
    """As a program that streams its files writes them, too: sizes behind the data, 64-bit fields."""
    out = io.BytesIO()
    with zipfile.ZipFile(_Stream(out) if form.streamed else out, "w", form.kept_by) as archive:
        for name, data in content.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=form.zip64) as entry:
                entry.write(data.encode() if isinstance(data, str) else data)
    return out.getvalue()


class _Stream(io.RawIOBase):
    """What cannot be wound back."""

    def __init__(self, out: io.BytesIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data: Any) -> int:
        return self._out.write(data)


def read(path: Path, title: str) -> dict[tuple[int, int], tuple[Any, str]]:
    with opened(path) as book:
        block = book.sheets[title].range("A1").resize(ROWS, COLUMNS)
        values, formulas = block.options(ndim=2).value, block.formula
        return {
            (row, column): (values[row - 1][column - 1], formulas[row - 1][column - 1])
            for row in range(1, ROWS + 1)
            for column in range(1, COLUMNS + 1)
        }


@given(CELLS, FORMS, st.tuples(st.integers(1, ROWS + 1), st.integers(1, COLUMNS + 1)))
@settings(max_examples=80)
def test_whatever_the_form_one_changed_cell_changes_one_cell(
    tmp_path_factory: pytest.TempPathFactory,
    cells: dict[tuple[int, int], str],
    form: Form,
    place: tuple[int, int],
) -> None:
    path = tmp_path_factory.mktemp("odd") / "异.xlsx"
    write_odd(path, cells, form)
    before = parts(path)
    with opened(path) as book:
        book.sheets["表"].range(place).value = "'新"
        book.save()
    want = {
        (row, column): CONTENTS[cells[row, column]][2:] if (row, column) in cells else (None, "")
        for row in range(1, ROWS + 1)
        for column in range(1, COLUMNS + 1)
    }
    assert read(path, "另") == want, "a sheet that nobody touched"
    if place in want:
        want[place] = ("新", "新")
    assert read(path, "表") == want
    after = parts(path)
    changing = ("sheet1.xml", "sheet2.xml", "workbook.xml", "styles.xml")
    # A file without a style table gets one for the mark of literal text.
    growing = () if form.styles else ("[content_types].xml", "workbook.xml.rels")
    for name in before:
        assert after[name] == before[name] or name.casefold().endswith((*changing, *growing)), name
    assert list(after)[: len(before)] == list(before)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert not any(info.flag_bits & 0x08 for info in archive.infolist()), "sizes stand before the data"


def odd_book(path: Path, sheet: str, *, book: str = "", more: dict[str, bytes] | None = None) -> Path:
    """A workbook whose sheet 另 holds ``sheet`` (children of <worksheet>), beside a plain sheet 表."""
    write_odd(path, {(1, 1): "number"}, Form())
    content = parts(path)
    content["xl/worksheets/Sheet2.xml"] = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{sheet}</worksheet>'.encode()
    )
    if book:
        content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
            b"<sheets>", book.encode() + b"<sheets>"
        )
    write_parts(path, content | (more or {}))
    return path


def change_elsewhere(path: Path) -> dict[str, bytes]:
    with opened(path) as book:
        book.sheets["表"].range("A1").value = 9
        book.save()
    return parts(path)


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_what_one_formula_fills_goes_with_it_and_is_changed_with_it_alone(kind: str, tmp_path: Path) -> None:
    cells = f'<c r="A1"><f t="{kind}" ref="A1:A2" r1="C1">C1:C2*2</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c>'
    path = odd_book(tmp_path / "组.xlsx", f'<sheetData><row r="1">{cells}</row></sheetData>')
    assert b"<v>" not in change_elsewhere(path)["xl/worksheets/Sheet2.xml"]
    with opened(path) as book:
        with pytest.raises(NotSupportedByEngine, match="A2.*part"):
            book.sheets["另"].range("A2:A3").value = [[1], [2]]
        assert book.sheets["另"].range("A3").value is None, "all or nothing"
        book.sheets["另"].range("A1:A2").value = [[1], [2]]
        assert book.sheets["另"].range("A1:A2").value == [1.0, 2.0]


def test_what_a_cell_held_beyond_its_text_goes_with_it(tmp_path: Path) -> None:
    """``vm`` points to a picture in the cell or to what an error spilled over."""
    cells = (
        '<c r="A1" t="e" vm="1"><v>#VALUE!</v></c><c r="B1" t="e" vm="2"><f>IMAGE(A1)</f><v>#VALUE!</v></c>'
    )
    path = odd_book(tmp_path / "图.xlsx", f'<sheetData><row r="1">{cells}</row></sheetData>')
    assert change_elsewhere(path)["xl/worksheets/Sheet2.xml"].count(b"vm=") == 1, "that of a constant stays"
    with opened(path) as book:
        book.sheets["另"].range("A1").value = 5
        book.save()
    assert b"vm=" not in parts(path)["xl/worksheets/Sheet2.xml"]


def test_a_formula_in_the_middle_of_shared_ones_is_replaced_and_the_others_read_as_before(
    tmp_path: Path,
) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="B{row}"><f t="shared" si="0"{ref}</f><v>1</v></c></row>'
        for row, ref in ((1, ' ref="B1:B4">SUM(A:A)+A1+$C$1+1:1'), (2, ">"), (3, ">"), (4, ">"))
    )
    path = odd_book(tmp_path / "共享.xlsx", f"<sheetData>{rows}</sheetData>")
    for changed in (2, 1):
        with opened(path) as book:
            book.sheets["另"].range((changed, 2)).value = 5
            book.save()
    with opened(path) as book:
        assert book.sheets["另"].range("B1:B4").formula == (
            ("5",), ("5",), ("=SUM(A:A)+A3+$C$1+3:3",), ("=SUM(A:A)+A4+$C$1+4:4",),
        )  # fmt: skip


def test_a_blank_cell_takes_the_look_of_its_row_or_column(tmp_path: Path) -> None:
    styles = STYLES.replace("<xf/>", '<xf/><xf numFmtId="14"/><xf numFmtId="10"/>')
    sheet = '<cols><col min="2" max="3" style="1"/></cols><sheetData><row r="2" s="2" customFormat="1"/></sheetData>'
    more = {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'.encode()}
    path = odd_book(tmp_path / "列.xlsx", sheet, more=more)
    with opened(path) as book:
        page = book.sheets["另"]
        page.range("A1:C2").value = [[45473] * 3] * 2
        assert [page.range(cell).number_format for cell in ("A1", "B1", "B2", "A2")] == [
            "General", "m/d/yyyy", "0.00%", "0.00%",
        ]  # fmt: skip


def test_days_count_from_1904_where_the_book_says_so(tmp_path: Path) -> None:
    path = odd_book(tmp_path / "旧.xlsx", "<sheetData/>", book='<workbookPr date1904="1"/>')
    with opened(path) as book:
        book.sheets["另"].range("A1").value = datetime(2024, 6, 30, 8, 30)
        book.save()
    assert b"<v>44011.354166666664</v>" in parts(path)["xl/worksheets/Sheet2.xml"]
    with opened(path) as book:
        assert book.sheets["另"].range("A1").value == datetime(2024, 6, 30, 8, 30)
        assert book.sheets["另"].range("A1").number_format == "yyyy-mm-dd hh:mm:ss"


def test_a_strict_workbook_is_told_how_to_become_a_plain_one(tmp_path: Path) -> None:
    path = odd_book(tmp_path / "严.xlsx", "<sheetData/>")
    content = parts(path)
    content["_rels/.rels"] = content["_rels/.rels"].replace(
        DOCUMENT.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    write_parts(path, content)
    with pytest.raises(NotSupportedByEngine, match="Strict"), opened(path):
        pass


@pytest.mark.parametrize(
    "sheet",
    ['<row r="1"><c r="A1"><v>x</v></c></row>', '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
     '<row r="1"><c r="A1" t="s"><v>x</v></c></row>', '<row r="1"><c r="?"><v>1</v></c></row>',
     '<row r="x"><c r="A1"><v>1</v></c></row>', '<row r="1"><c r="A1" t="d"><v>昨天</v></c></row>'],
)  # fmt: skip
def test_a_cell_that_makes_no_sense_is_named(sheet: str, tmp_path: Path) -> None:
    path = odd_book(tmp_path / "坏.xlsx", f"<sheetData>{sheet}</sheetData>")
    with opened(path) as book, pytest.raises(NotAWorkbook, match="damaged|not of its type"):
        book.sheets["另"].range("A1").value  # noqa: B018


def test_a_cell_off_the_sheet_is_none(tmp_path: Path) -> None:
    path = odd_book(tmp_path / "边.xlsx", "<sheetData/>")
    with opened(path) as book:
        page = book.sheets["另"]
        for address in ("A1048577", "XFE1"):
            with pytest.raises(KeyError):
                page.range(address)
        with pytest.raises(NotSupportedByEngine, match="not on the sheet"):
            page.range("XFD1048576").value = [[1, 2]]
        with pytest.raises(NotSupportedByEngine, match="name the area"):
            page.cells.color = (1, 2, 3)
        page.cells.clear_contents()  # only what is there


def test_the_chart_sheet_that_a_person_added_is_no_worksheet(tmp_path: Path) -> None:
    path = odd_book(tmp_path / "图表.xlsx", "<sheetData><row><c><f>表!A1</f><v>1</v></c></row></sheetData>")
    content = parts(path)
    content["xl/chartsheets/sheet1.xml"] = f'<chartsheet xmlns="{MAIN}"/>'.encode()
    relation = f'<Relationship Id="rId9" Type="{DOCUMENT}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>'
    _replaced(content, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    chart = f'<sheets><sheet name="图" sheetId="9" r:id="rId9" xmlns:r="{DOCUMENT}"/>'
    _replaced(
        content, "xl/workbook.xml", "<sheets>", f'<bookViews><workbookView activeTab="2"/></bookViews>{chart}'
    )
    _replaced(
        content, "xl/workbook.xml", "</sheets>",
        '</sheets><externalReferences/><definedNames><definedName name="甲" localSheetId="2">1</definedName></definedNames>',
    )  # fmt: skip
    write_parts(path, content)
    with opened(path) as book:
        assert [sheet.name for sheet in book.sheets] == ["表", "另"]
        assert book.sheets.active.name == "另"
        assert [name.name for name in book.names] == ["'另'!甲"]
        book.sheets.add("新", before=book.sheets["表"])
        book.save()
    with opened(path) as book:
        assert [sheet.name for sheet in book.sheets] == ["新", "表", "另"]
        assert [name.name for name in book.names] == ["'另'!甲"], "a name goes on pointing to its own sheet"
        assert book.sheets.active.name == "另", "two tabs must not be selected at once"


def _replaced(content: dict[str, bytes], name: str, old: str, new: str) -> None:
    assert old.encode() in content[name]
    content[name] = content[name].replace(old.encode(), new.encode())
