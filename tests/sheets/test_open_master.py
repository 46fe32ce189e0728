"""A master that was built is read back as the document it was built from, also after a clerk has moved things about."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from engines.plain_file import opened
from incoming.kinds_of_documents import CASES, Case
from minsheng.building import master as building
from minsheng.domain.finding import Finding, Part, Severity
from minsheng.errors import NotAMaster
from minsheng.incoming.task_document import Reading, read
from minsheng.jobs.settings import settings_of
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster
from xlengines.a1 import parse_cell
from xlengines.file.books import Name


def test_what_was_built_is_what_is_read(master_file: Path, reading: Reading) -> None:
    with opened(master_file) as book:
        found = OpenMaster.read(book)
    assert found.master.document.projects == reading.document.projects
    assert found.master.document.units == reading.document.units
    assert found.master.document.containments == reading.document.containments
    assert (found.master.id, found.master.year) == (reading.document.id, 2024)
    assert found.findings == []


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case.name)
def test_documents_of_every_kind_come_back_from_their_master(case: Case, tmp_path: Path) -> None:
    reading = read(case.write(tmp_path))
    path = tmp_path / "总表.xlsx"
    path.write_bytes(building.build_bytes(reading.document, reading.findings))
    with opened(path) as book:
        found = OpenMaster.read(book)
    assert found.master.document.projects == reading.document.projects
    assert found.master.document.units == reading.document.units


def test_rows_are_found_by_their_unit_wherever_they_were_sorted_to(master_file: Path) -> None:
    with opened(master_file) as book:
        page = book.sheets["03"]
        page.range("C8:C9").value = [[1], [2]]
        rows = page.range("A8:N9").options(ndim=2).value
        page.range("A8:N9").value = [rows[1], rows[0]]
        reports = {r.unit: int(r.value or 0) for r in OpenMaster.read(book).master.reports}
    assert reports == {"丹东": 1, "丹西": 2}


def test_a_renamed_heading_is_a_finding_with_the_sheet_and_nothing_is_shifted(master_file: Path) -> None:
    with opened(master_file) as book:
        book.sheets["03"].range("F7").value = "四月"
        found = OpenMaster.read(book)
    assert [(f.code, f.project, f.sheet) for f in found.findings] == [("M502", 3, "03")]
    assert "4月" in found.findings[0].message


def test_a_lost_name_is_a_finding(master_file: Path) -> None:
    with opened(master_file) as book:
        book.names["P03_节点"].delete()
        found = OpenMaster.read(book)
    assert [(f.code, f.project) for f in found.findings] == [("M501", 3)]


def test_a_formula_that_was_typed_over_is_a_finding_with_its_cell(master_file: Path) -> None:
    with opened(master_file) as book:
        book.sheets["03"].range("O11").value = 31
        found = OpenMaster.read(book).findings
    assert [(f.code, f.unit, f.cell) for f in found] == [("M503", "石浦", "O11")]


@pytest.mark.parametrize("text", ["约30", "'-5", "5O", "TRUE"])
def test_an_input_that_cannot_be_read_is_never_a_number(text: str, master_file: Path) -> None:
    with opened(master_file) as book:
        book.sheets["03"].range("H11").value = text
        found = OpenMaster.read(book)
    assert found.master.reports == ()
    assert [(f.code, f.cell) for f in found.findings] == [("M504", "H11")]


def test_a_book_that_is_no_master_is_named(tmp_path: Path) -> None:
    from openpyxl import Workbook

    path = tmp_path / "别的.xlsx"
    Workbook().save(path)
    with opened(path) as book, pytest.raises(NotAMaster, match="别的.xlsx"):
        OpenMaster.read(book)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were asked what they refer to: in Excel each question crosses a process."""
    names: list[str] = []
    standing = vars(Name)["refers_to"]

    def refers_to(name: Name) -> Any:
        names.append(name.name)
        return standing.fget(name)

    monkeypatch.setattr(Name, "refers_to", property(refers_to))
    return names


def test_the_names_of_single_cells_are_not_asked_where_they_stand(
    master_file: Path, reading: Reading, asked: list[str]
) -> None:
    with opened(master_file) as book:
        OpenMaster.read(book)
    of_projects = [name for name in asked if re.match(r"P\d+_", name)]
    assert len(of_projects) == len(set(of_projects)) <= 7 * len(reading.document.projects)
    assert {"P01_分解", "P33_分解2"} <= set(of_projects)
    assert "P01_目标" not in of_projects


def test_the_settings_alone_take_a_handful_of_names(master_file: Path, asked: list[str]) -> None:
    with opened(master_file) as book:
        assert settings_of(book)[1] == 2024
    assert sorted(asked) == sorted(layout.SETTINGS_NAMES)


@pytest.mark.parametrize("part", list(Part))
def test_every_part_that_rules_speak_of_has_its_cell(part: Part, master_file: Path) -> None:
    """Under its label in the row of the unit or node, beside its label, or the label itself."""
    in_row = (
        {"node": 1}
        if part.name.startswith("NODE")
        else {"unit": "石浦"}
        if part in (Part.UNIT, Part.SHARE)
        else {}
    )
    with opened(master_file) as book:
        master = OpenMaster.read(book)
    image = master.projects[3].image
    for subject in (in_row, {}):
        located = master.locate(Finding("M000", Severity.ERROR, "", "", project=3, part=part, **subject))
        row, column = parse_cell(located.cell or "")
        above = [image.text(up, column) for up in range(row + 1)]
        beside = [image.text(row, left) for left in range(column + 1)]
        assert part in {*above, *beside}
        assert located.cell != "A1"
