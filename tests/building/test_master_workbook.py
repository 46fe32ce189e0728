"""The master as a file: clean by the schema, the same bytes again, right without and with a calculating program, one page a project."""

from __future__ import annotations

import io
import json
import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from minsheng.building import master as building
from minsheng.building import templates
from minsheng.domain.document import TaskDocument
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.errors import TargetExists
from minsheng.incoming.task_document import Reading
from minsheng.jobs.printing import printed_copy, printing_program, to_pdf


def valid(validator: str, path: Path) -> list[object]:
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, timeout=60, check=False)
    return list(json.loads(done.stdout)["errors"])


def converted(soffice: str, path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice, having computed every formula, writes it."""
    profile = folder / "profile"
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind, "--outdir", str(folder), str(path)],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return folder / f"{path.stem}.{kind}"


def test_a_rebuild_gives_the_same_bytes(reading: Reading, master_bytes: bytes) -> None:
    assert building.build_bytes(reading.document, reading.findings) == master_bytes


def test_a_master_that_stands_is_never_overwritten(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(TargetExists):
        building.build(reading.document, reading.findings, path)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.validator
def test_the_schema_has_nothing_to_say(validator: str, master_file: Path) -> None:
    assert valid(validator, master_file) == []


@pytest.mark.validator
def test_the_validator_is_awake(validator: str, master_file: Path, tmp_path: Path) -> None:
    import zipfile

    broken = tmp_path / "坏的.xlsx"
    with zipfile.ZipFile(master_file) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData>", b"<nonsense/><sheetData>")
            target.writestr(name, content)
    assert valid(validator, broken)


@pytest.mark.libreoffice
def test_cached_values_are_what_a_program_computes(soffice: str, master_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "computed"
    out.mkdir()
    # Without any value in it, so that the program has to compute instead of believing ours.
    bare = tmp_path / "无缓存.xlsx"
    load_workbook(master_file).save(bare)
    again = load_workbook(converted(soffice, bare, "xlsx", out), data_only=True)
    shown = load_workbook(master_file, data_only=True)
    formulas = load_workbook(master_file)
    different = []
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                ours, theirs = (
                    shown[sheet.title][cell.coordinate].value,
                    again[sheet.title][cell.coordinate].value,
                )
                if not same(ours, theirs):
                    different.append((sheet.title, cell.coordinate, ours, theirs))
    assert different == []


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < 1e-9
    return (ours or "") == (theirs or "") or str(ours) == str(theirs)


@pytest.mark.libreoffice
def test_every_project_is_one_page_and_nothing_overflows(
    soffice: str, master_file: Path, tmp_path: Path
) -> None:
    pdf = converted(soffice, master_file, "pdf", tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    pages = text.split("\f")
    sizes = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "60", str(pdf)], capture_output=True, text=True, timeout=60, check=True
    )
    assert "###" not in text
    titles = [page for page in pages if "任务书合计" in page]
    assert len(titles) == 33
    assert len([page for page in pages if "民生实事项目进展汇总表" in page]) <= 3
    # A4, landscape.
    assert all(
        "841.89 x 595.3" in line
        for line in sizes.stdout.splitlines()
        if line.startswith("Page ") and "size" in line
    )


def test_what_a_clerk_needs_is_on_a_project_sheet(master_file: Path) -> None:
    sheet = load_workbook(master_file)["18"]
    assert sheet["A1"].value == "18.新（改）建城市燃气管网35.3公里。"
    assert sheet.freeze_panes == "B8"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.value for cell in sheet["A"][7:14]] == [
        "大目湾",
        "丹东、丹西",
        "丹东",
        "丹西",
        "爵溪",
        "石浦",
        "东陈",
    ]
    assert any("已完成,未完成" in (v.formula1 or "") for v in sheet.data_validations.dataValidation)
    rules = [
        rule
        for area in sheet.conditional_formatting
        for rule in area.rules
        if "判定" not in str(rule.formula)
    ]
    assert any("$S8=$A8" in rule.formula[0] for rule in rules if rule.formula)
    assert sheet.column_dimensions["S"].hidden


names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=40)


@settings(max_examples=12)
@given(st.lists(st.tuples(names, st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=4), names)
def test_documents_of_any_shape_build(shapes: list[tuple[str, int, int]], unit: str) -> None:
    projects = tuple(
        Project(
            number, number % 2 == 0, title, Quantity(Decimal(3), "个") if nodes else None, "甲", unit, "乙",
            allocations=tuple(Allocation(f"{unit[:10]}{row}", Decimal(1)) for row in range(rows)),
            allocation_total=Decimal(rows) if rows else None,
            milestones=tuple(Milestone(m, m, f"{m}月份", title, Decimal(m)) for m in range(1, nodes + 1)),
        )
        for number, (title, rows, nodes) in enumerate(shapes, start=1)
    )  # fmt: skip
    document = TaskDocument("某县2031年任务", 2031, (ReportingUnit(unit, UnitKind.BUREAU),), projects)
    assert building.build_bytes(document, ())


def test_looks_are_the_templates(reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clerk colours a row, widens a column and reddens 逾期 in the template: every project sheet follows."""
    template = load_workbook(templates.template("总表.xlsx"))
    model = template["项目"]
    model["A8"].fill = PatternFill("solid", fgColor="FF123456")
    model.column_dimensions["R"].width = 33
    model.page_margins.left = 1.25
    restyled = tmp_path / "总表.xlsx"
    template.save(restyled)
    monkeypatch.setattr(building, "template", lambda name: restyled)
    built = load_workbook(io.BytesIO(building.build_bytes(reading.document, ())))
    for title in ("01", "18", "33"):
        sheet = built[title]
        assert sheet["A8"].fill.fgColor.rgb == "FF123456"
        assert sheet.column_dimensions["R"].width == 33
        assert sheet.page_margins.left == 1.25


def test_every_mark_needs_its_key(master_file: Path) -> None:
    """After a sort a stale mark vanishes: no conditional format of a mirror goes without comparing the row's key."""
    book = load_workbook(master_file)
    for title in ("01", "19", "28"):
        rules = [rule for area in book[title].conditional_formatting for rule in area.rules]
        mirror = [
            (rule.formula[0], row[1])
            for rule in rules
            if rule.formula and (row := re.search(r"\$?(?:T|V|AG|AS)(\d+)", rule.formula[0]))
        ]
        assert len(mirror) == 18
        assert all(f"$S{row}=$A{row}" in text for text, row in mirror)


def test_statuses_read_without_colour(master_file: Path) -> None:
    """逾期 and 滞后 put a sign before the number, a finding one behind it."""
    rules = [
        (rule.formula[0], rule.dxf.numFmt.formatCode if rule.dxf.numFmt else "")
        for area in load_workbook(master_file)["01"].conditional_formatting
        for rule in area.rules
    ]
    signs = {text: code for text, code in rules if "T8=" in text or "AG8=" in text}
    assert "▲" in signs['AND($S8=$A8,T8="逾期")']
    assert "△" in signs['AND($S8=$A8,T8="滞后")']
    assert "※" in signs['AND($S8=$A8,AG8="错误")']


def test_text_that_looks_like_a_formula_stays_text(reading: Reading) -> None:
    project = replace(reading.document.projects[0], lead_unit="=1+1", owner="@甲", leader="-乙")
    document = replace(reading.document, projects=(project,))
    sheet = load_workbook(io.BytesIO(building.build_bytes(document, ())))["01"]
    values = {cell.value: cell for row in sheet["A2:R5"] for cell in row if cell.value is not None}
    for text in ("=1+1", "@甲", "-乙"):
        assert values[text].data_type == "s"
        assert values[text].quotePrefix


@pytest.mark.libreoffice
def test_the_printed_summary_is_the_summary_alone(
    soffice: str, master_file: Path, reading: Reading, tmp_path: Path
) -> None:
    """At most three pages, every project on them, with the line to sign; no other sheet comes along."""
    target = tmp_path / "汇总表.pdf"
    with printing_program() as program, printed_copy(program, master_file) as book:
        to_pdf(book, target)
    text = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    pages = text.rstrip("\f").split("\f")
    assert len(pages) <= 3
    assert all("民生实事项目进展汇总表" in page for page in pages)
    assert "审核人" in pages[-1]
    flowing = re.sub(r"\s", "", text)
    assert all(project.owner in flowing for project in reading.document.projects)
