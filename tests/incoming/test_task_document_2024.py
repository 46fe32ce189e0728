"""The 2024 document gives the model that was worked out by hand from the print, in whatever form it comes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incoming.task_document_writers import SAMPLE, seed_text, write_seed_docx, write_template
from minsheng.domain.as_json import master_json
from minsheng.domain.document import Containment
from minsheng.domain.finding import Severity
from minsheng.domain.master import Master
from minsheng.incoming.task_document import Reading, read

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "2024.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(SAMPLE)


def model(reading: Reading) -> dict[str, Any]:
    return master_json(Master(reading.document))


def errors(reading: Reading) -> list[tuple[str, int | None]]:
    return [
        (finding.code, finding.project) for finding in reading.findings if finding.severity is Severity.ERROR
    ]


def test_every_project_is_read_as_it_is_printed(reading: Reading) -> None:
    read_as = model(reading)
    for got, wanted in zip(read_as["projects"], GOLDEN["projects"], strict=True):
        assert got == wanted
    assert read_as == GOLDEN


def test_the_title_is_joined_from_its_lines(reading: Reading) -> None:
    assert reading.document.title == "2024年象山县承担省政府民生实事项目目标任务责任分解"


def test_the_clean_document_has_exactly_one_error(reading: Reading) -> None:
    assert errors(reading) == [("D141", 19)]


def test_item_19_is_not_shifted_into_place(reading: Reading) -> None:
    project = reading.document.projects[18]
    assert [(row.unit, row.quantity) for row in project.allocations] == [
        ("丹东", None),
        ("丹西", None),
        ("石浦", None),
    ]
    assert project.stand_in is not None
    assert (project.stand_in.unit, project.stand_in.quantity) == ("县住建局", 5)
    assert not project.is_settled


def test_the_joint_unit_files_with_its_first_member(reading: Reading) -> None:
    joint = next(unit for unit in reading.document.units if unit.name == "丹东、丹西")
    assert joint.files_with == "丹东"


def test_24_is_proposed_as_part_of_23(reading: Reading) -> None:
    assert reading.document.containments == (Containment(24, 23),)


def test_every_reading_that_is_not_plain_is_listed_with_the_words(reading: Reading) -> None:
    listed = {(finding.project, finding.code) for finding in reading.findings}
    assert listed == {
        (1, "D132"), (2, "D132"),  # 6.16万60岁以上: the unit is that of the last node
        (5, "D159"), (11, "D159"),  # 最低为60%, 提高至80%
        (5, "D13C"), (6, "D13C"), (7, "D13C"), (9, "D13C"), (11, "D13C"),  # levels
        (8, "D156"), (26, "D156"), (30, "D156"),  # 启动, 开工
        (8, "D154"),  # 进度30%
        (10, "D15A"),  # the second dose
        (16, "D148"),  # the table without a label
        (19, "D141"),
        (24, "D162"),
        (28, "D131"),
        (29, "D155"),  # 太白岙
        (33, "D139"),
        (None, "D122"),  # 备注 at the end
    }  # fmt: skip
    borrowed = next(finding for finding in reading.findings if finding.code == "D132")
    assert ("6.16万60岁以上" in borrowed.original, borrowed.reading) == (True, "61600人")
    shares = [(f.original, f.reading) for f in reading.findings if f.code == "D154"]
    assert shares == [("30%", "3个"), ("60%", "6个")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_in_every_encoding_gives_the_same_model(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "任务书.txt"
    path.write_bytes(seed_text().replace("\n", line_end).encode(encoding))
    assert model(read(path)) == GOLDEN


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n\n", "\n\n\n"), id="more blank lines"),
        pytest.param(lambda text: text.replace("：", ":"), id="ASCII colons"),
        pytest.param(lambda text: text.replace("—", "-"), id="hyphens"),
        pytest.param(lambda text: text.replace("—", "～"), id="full-width tildes"),
        pytest.param(lambda text: text.replace(".★", "、★"), id="numbers with 、"),
        pytest.param(lambda text: text.replace("进度安排：", "进度计划："), id="进度计划"),
        pytest.param(lambda text: text.replace("责任单位：", "牵头单位："), id="牵头单位"),
        pytest.param(lambda text: text.replace("责任领导：", "责 任 领 导："), id="spaced labels"),
        pytest.param(lambda text: text.replace("\n责任", "\n\t责任").replace("\n进度", "\n\u3000\u3000进度"), id="indents"),
        pytest.param(lambda text: "\n".join(line.rstrip() + "  " if line.strip() else line for line in text.split("\n")),
                     id="trailing blanks"),
        pytest.param(lambda text: text.replace("合计", "总计"), id="总计"),
    ],
)  # fmt: skip
def test_another_office_style_changes_no_number(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text(change(seed_text()), encoding="utf-8")
    again = model(read(path))
    assert [shape(project) for project in again["projects"]] == [
        shape(project) for project in GOLDEN["projects"]
    ]
    assert again["units"] == GOLDEN["units"]


def shape(project: dict[str, Any]) -> dict[str, Any]:
    """A project without the words of its nodes (which keep their punctuation as printed)."""
    nodes = [{**node, "text": ""} for node in project["milestones"]]
    return {**project, "milestones": nodes, "title": project["title"].replace("—", "-").replace("～", "-")}


def test_full_width_digits_are_digits(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    wide = seed_text().translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789."})
    path.write_text(wide, encoding="utf-8")
    again = model(read(path))
    for got, wanted in zip(again["projects"], GOLDEN["projects"], strict=True):
        for key in ("number", "target", "allocations", "allocation_total"):
            assert got[key] == wanted[key]
        assert [node["cumulative"] for node in got["milestones"]] == [
            n["cumulative"] for n in wanted["milestones"]
        ]


def test_the_word_document_gives_the_same_model(tmp_path: Path, reading: Reading) -> None:
    again = read(write_seed_docx(tmp_path / "任务书.docx"))
    assert model(again) == GOLDEN
    assert again.document == reading.document
    assert errors(again) == [("D141", 19)]


@pytest.mark.parametrize("down", [False, True], ids=["tables across", "tables down"])
def test_the_filled_template_gives_the_same_model(tmp_path: Path, reading: Reading, down: bool) -> None:
    again = read(write_template(reading.document, tmp_path / "任务书模板.xlsx", down=down))
    assert model(again) == GOLDEN
    assert again.document == reading.document
    assert errors(again) == [("D141", 19)]


def test_a_document_in_big5_is_read(tmp_path: Path) -> None:
    """In traditional letters, as its office typed it: the labels are known, the words stay as they are."""
    text = (
        "2024年清河縣民生實事項目目標任務責任分解\n1.新建公園20座\n責任領導：王甲\n責任單位：縣住建局\n責任人：李乙\n"
        "進度安排：6月底前完成10座；12月底前完成20座。\n"
    )
    path = tmp_path / "任务书.txt"
    path.write_bytes(text.encode("big5"))
    (park,) = read(path).document.projects
    assert (park.title, park.leader, park.lead_unit, park.owner) == (
        "新建公園20座",
        "王甲",
        "縣住建局",
        "李乙",
    )
    assert [str(node.cumulative) for node in park.milestones] == ["10", "20"]
