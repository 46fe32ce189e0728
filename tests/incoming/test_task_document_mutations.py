"""A slip in the document is found in the project where it was made, and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incoming.task_document_writers import seed_text
from minsheng.domain.finding import Finding, Severity
from minsheng.incoming.task_document import Reading, read

Reader = Callable[[str], Reading]
HEADING = re.compile(r"^(\d+)\.", re.MULTILINE)


@pytest.fixture
def read_text(tmp_path: Path) -> Reader:
    def reader(text: str) -> Reading:
        path = tmp_path / "任务书.txt"
        path.write_text(text, encoding="utf-8")
        return read(path)

    return reader


def errors(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.severity is Severity.ERROR]


def table_numbers() -> Iterator[tuple[int, int, str]]:
    """(project, place in the text, number) of every cell with a number."""
    text = seed_text()
    headings = [(match.start(), int(match[1])) for match in HEADING.finditer(text)]
    for match in re.finditer(r"^\t(\d+(?:\.\d+)?)", text, re.MULTILINE):
        project = max(number for start, number in headings if start < match.start())
        yield project, match.start(1), match[1]


def changed(place: int, before: str, after: str) -> str:
    text = seed_text()
    assert text[place : place + len(before)] == before
    return text[:place] + after + text[place + len(before) :]


def one_more(number: str) -> str:
    """8112 → 8113, 13.6 → 14.6."""
    whole, point, rest = number.partition(".")
    return f"{int(whole) + 1}{point}{rest}"


def test_the_numbers_changed_below_are_all_that_the_tables_have() -> None:
    golden = json.loads((Path(__file__).parents[1] / "golden" / "2024.json").read_text(encoding="utf-8"))
    cells = [len(project["allocations"]) + 1 for project in golden["projects"] if project["allocation_total"]]
    assert len(list(table_numbers())) == sum(cells) + 2  # item 19 has two numbers that belong to no unit


def test_any_number_of_any_table_changed_by_one_is_an_error_of_that_project_alone(read_text: Reader) -> None:
    for project, place, number in table_numbers():
        found = errors(read_text(changed(place, number, one_more(number))))
        assert {finding.project for finding in found} == {project, 19}, (project, number)


def test_any_cell_taken_away_leaves_its_table_unread(read_text: Reader) -> None:
    """One cell short: nothing is shifted; the units stay, the numbers do not."""
    text = seed_text()
    for project, place, number in table_numbers():
        if project in (19, 26):
            continue
        reading = read_text(text[: place - 1] + text[place + len(number) + 1 :])
        mine = next(found for found in reading.document.projects if found.number == project)
        assert [row.quantity for row in mine.allocations] == [None] * len(mine.allocations), (project, number)
        assert mine.stand_in is not None
        assert {finding.project for finding in errors(reading)} == {project, 19}


def test_a_changed_title_is_an_error_of_that_project_alone(read_text: Reader) -> None:
    for before, after, project in [
        ("除颤仪160台", "除颤仪161台", 3),
        ("为6.16万60岁", "为6.17万60岁", 1),
        ("管网35.3公里", "管网35.4公里", 18),
        ("救护人员800人", "救护人员801人", 4),
        ("报销比例≥50%", "报销比例≥51%", 5),
        ("达1.3万起", "达1.4万起", 33),
        ("全覆盖（30个）", "全覆盖（31个）", 31),
    ]:
        found = errors(read_text(seed_text().replace(before, after, 1)))
        assert {finding.project for finding in found} == {project, 19}, after


def test_a_last_node_that_misses_the_target_is_an_error(read_text: Reader) -> None:
    found = errors(read_text(seed_text().replace("9月份累计完成160台", "9月份累计完成159台")))
    assert [(finding.code, finding.project) for finding in found] == [("D137", 3), ("D141", 19)]


def test_a_cumulative_that_leaps_and_falls_is_not_read(read_text: Reader) -> None:
    reading = read_text(seed_text().replace("6月份累计完成40台", "6月份累计完成400台"))
    nodes = reading.document.projects[2].milestones
    assert [node.cumulative for node in nodes] == [None, None, 20, None, 80, 120, 160]
    assert ("D153", 3) in [(finding.code, finding.project) for finding in errors(reading)]


def test_where_two_numbers_contradict_each_other_neither_is_believed(read_text: Reader) -> None:
    reading = read_text(
        seed_text().replace(
            "4月份累计完成2公里；5月份累计完成3公里", "4月份累计完成3公里；5月份累计完成2公里"
        )
    )
    nodes = reading.document.projects[24].milestones
    assert [node.cumulative for node in nodes][1:3] == [None, None]


def test_a_number_that_comes_twice_gets_the_free_one_and_an_error(read_text: Reader) -> None:
    reading = read_text(seed_text().replace("\n12.★新增残疾人", "\n11.★新增残疾人"))
    numbers = [project.number for project in reading.document.projects]
    assert numbers == list(range(1, 34))
    assert [(f.code, f.project) for f in errors(reading)] == [("D113", 12), ("D141", 19)]


def test_a_number_that_comes_twice_without_a_gap_goes_to_the_end(read_text: Reader) -> None:
    text = seed_text()
    extra = text[text.index("28.★实行") : text.index("29.完成病险")]
    reading = read_text(text.replace("29.完成病险", extra + "29.完成病险"))
    numbers = [project.number for project in reading.document.projects]
    assert sorted(numbers) == list(range(1, 35))
    assert ("D113", 34) in [(f.code, f.project) for f in errors(reading)]


def test_a_missing_number_is_an_error(read_text: Reader) -> None:
    text = seed_text()
    start, end = text.index("28.★实行"), text.index("29.完成病险")
    reading = read_text(text[:start] + text[end:])
    assert len(reading.document.projects) == 32
    gap = next(finding for finding in errors(reading) if finding.code == "D114")
    assert "28" in gap.message


@pytest.mark.parametrize("phrase", ["13月份", "0月份", "2025年3月份", "10—13月份"])
def test_a_month_that_is_none_of_the_year_is_said_and_left_out(read_text: Reader, phrase: str) -> None:
    reading = read_text(seed_text().replace("6月份累计完成40台", f"{phrase}累计完成40台"))
    project = reading.document.projects[2]
    assert [node.cumulative for node in project.milestones] == [None, None, 20, 80, 120, 160]
    wrong = next(finding for finding in errors(reading) if finding.code == "D151")
    assert (wrong.project, wrong.original) == (3, f"{phrase}累计完成40台")


def test_months_from_late_to_early_are_said_and_left_out(read_text: Reader) -> None:
    reading = read_text(seed_text().replace("5—6月份开展2024年", "6—5月份开展2024年"))
    assert [node.first_month for node in reading.document.projects[6].milestones] == [1, 7, 9]
    assert ("D152", 7) in [(finding.code, finding.project) for finding in errors(reading)]


def test_nodes_out_of_order_are_said(read_text: Reader) -> None:
    reading = read_text(seed_text().replace("5月份累计完成300人；6月份", "5月份累计完成300人；4月份"))
    assert ("D15I", 4) in [(finding.code, finding.project) for finding in reading.findings]


def test_an_unreadable_share_is_left_blank_and_said(read_text: Reader) -> None:
    for text in ("约18", "1O", "18～20"):
        reading = read_text(seed_text().replace("\t18\n\t27\n", f"\t{text}\n\t27\n"))
        project = reading.document.projects[2]
        assert (project.allocations[0].unit, project.allocations[0].quantity) == ("丹东", None)
        assert project.allocations[1].quantity == 27
        wrong = next(finding for finding in errors(reading) if finding.code == "D145")
        assert (wrong.project, wrong.unit, wrong.original) == (3, "丹东", text)


def test_a_unit_that_stands_twice_in_a_table_is_left_blank(read_text: Reader) -> None:
    text = seed_text()
    at = text.index("除颤仪160台")
    reading = read_text(text[:at] + text[at:].replace("\t丹西\n", "\t丹东\n", 1))
    project = reading.document.projects[2]
    assert [row.unit for row in project.allocations].count("丹东") == 1
    assert project.allocations[0].quantity is None
    assert ("D147", "丹东") in [(finding.code, finding.unit) for finding in errors(reading)]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("责任单位：县红十字会\n", "D125"),
        ("责任人：徐振裕\n", "D126"),
        ("责任领导：胡颖磊\n\n责任单位：县红", "D126"),
    ],
)
def test_a_missing_line_is_said(read_text: Reader, label: str, code: str) -> None:
    rest = "责任单位：县红" if label.endswith("县红") else ""
    reading = read_text(seed_text().replace(label, rest, 1))
    assert (code, 4) in [(finding.code, finding.project) for finding in reading.findings]


def test_a_missing_schedule_is_an_error(read_text: Reader) -> None:
    text = seed_text()
    start, end = text.index("进度安排：1—3月完成师资"), text.index("5.★基层")
    reading = read_text(text[:start] + text[end:])
    assert reading.document.projects[3].milestones == ()
    assert ("D127", 4) in [(finding.code, finding.project) for finding in errors(reading)]


def test_text_without_a_place_is_listed_and_changes_nothing_else(read_text: Reader) -> None:
    text = seed_text().replace("2.★为1.63万", "以上任务由各镇乡自行组织实施，不得延误。\n\n2.★为1.63万")
    reading = read_text(text)
    assert reading.document.projects[0].milestones[-1].text == "累计完成6.16万人"
    unread = next(finding for finding in reading.findings if finding.code == "D121")
    assert (unread.project, unread.original) == (1, "以上任务由各镇乡自行组织实施，不得延误。")


def test_the_year_can_be_given_and_goes_before_the_title(read_text: Reader, tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text(seed_text(), encoding="utf-8")
    reading = read(path, year=2025)
    assert reading.document.year == 2025
    assert "D112" in [finding.code for finding in reading.findings]
