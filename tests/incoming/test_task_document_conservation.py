"""Nothing is lost: whatever stands in a document, its numbers and times are in the model or named in a finding."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from incoming.kinds_of_documents import CASES
from incoming.task_document_writers import SAMPLE, seed_text
from minsheng.cells.labels import fold
from minsheng.domain.as_json import master_json
from minsheng.domain.master import Master
from minsheng.errors import MinshengError
from minsheng.incoming.task_document import Reading, read

EACH = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
#: Numbers before a step or a title only part what follows.
SERIAL = re.compile(
    r"[（(]\d{1,3}[）)](?=20\d\d年|\d{1,2}月)|(?:^|(?<=\s))\d{1,3}\.(?=20\d\d年|\d月)|(?:^|(?<=[\s。；;：:，,★●]))[（(]?\d{1,3}[）)、.．：:。](?!\d)|^\s*\d{1,3}(?=[★☆*\s])|^\s*\d{1,2}\.\d{1,3}(?=、)"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
PIECES = [
    "6月底前完成10座", "预计9月底前建成15座", "新增30个", "约40户", "其中农村12座", "2023年", "13—14岁", "第3批", "每座200平方米", "总投资5000万元",
    "详见附件7", "东山镇8个", "完成一半", "合计77", "（含5个）", "8-10座", "Q3", "5.31前", "责任单位：县局", "责任人：李乙", "任务分解：", "进度安排：",
    "备注：9号文", "1.新建公厕20座", "2、改造小区9个", "（3）", "一是", "联系电话：65720011", "。", "；", "，", "、", "\n", "\t",
]  # fmt: skip


def numbers(text: str) -> set[str]:
    """The numbers of a text, without those of steps."""
    bare = SERIAL.sub(" ", fold(text).replace(",", ""))
    return {plain(number) for number in NUMBER.findall(bare) if len(number) < 16}


def plain(number: str) -> str:
    return number.lstrip("0").rstrip("0").rstrip(".") if "." in number else number.lstrip("0")


def told(reading: Reading) -> str:
    """Everything that came out, as one text."""
    model = json.dumps(master_json(Master(reading.document)), ensure_ascii=False)
    phrases = " ".join(node.phrase for project in reading.document.projects for node in project.milestones)
    said = " ".join(f"{finding.message} {finding.original}" for finding in reading.findings)
    return fold(f"{reading.document.title} {model} {phrases} {said}").replace(",", "")


def keeps_all(path: Path, lines: list[str]) -> None:
    try:
        reading = read(path, year=2024)
    except MinshengError:
        return
    out = told(reading)
    whole = {plain(number) for number in NUMBER.findall(out)}
    lost = {number for line in lines for number in numbers(line)} - whole - {""}
    assert sorted(lost) == []


@pytest.mark.parametrize("case", [case for case in CASES if case.text], ids=lambda case: case.name)
def test_of_every_kind_nothing_is_lost(tmp_path: Path, case) -> None:  # type: ignore[no-untyped-def]
    keeps_all(case.write(tmp_path), case.text.splitlines())


@EACH
@given(words=st.lists(st.sampled_from(PIECES), min_size=3, max_size=25))
def test_of_any_words_nothing_is_lost(tmp_path: Path, words: list[str]) -> None:
    text = (
        "2024年清河县民生实事项目\n1.新建公园12个\n责任单位：县住建局\n进度安排：11月完成12个。\n"
        + "".join(words)
    )
    path = tmp_path / "任务书.txt"
    path.write_text(text, encoding="utf-8")
    keeps_all(path, text.splitlines())


@EACH
@given(data=st.data())
def test_of_the_2024_document_torn_nothing_is_lost(tmp_path: Path, data: st.DataObject) -> None:
    lines = seed_text().split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 2))
        match data.draw(st.sampled_from(["drop", "double", "join", "word"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "join":
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
            case _:
                lines[at] += data.draw(st.sampled_from(PIECES))
    path = tmp_path / "任务书.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    keeps_all(path, "\n".join(lines).splitlines())


@EACH
@given(
    rows=st.lists(st.lists(st.sampled_from([*PIECES[:22], "", "1", "2", "王甲", "县住建局"]), min_size=5, max_size=5), min_size=1, max_size=5),
    heads=st.permutations(["序号", "项目名称", "责任单位", "完成时限", "受益面"]),
    form=st.sampled_from(["docx", "xlsx"]),
)  # fmt: skip
def test_of_any_list_nothing_is_lost(
    tmp_path: Path, rows: list[list[str]], heads: list[str], form: str
) -> None:
    table = [heads, *rows]
    path = tmp_path / f"清单.{form}"
    if form == "docx":
        document = Document()
        document.add_paragraph("2024年清河县民生实事清单")
        grid = document.add_table(rows=len(table), cols=5)
        for words, row in zip(table, grid.rows, strict=True):
            for text, cell in zip(words, row.cells, strict=True):
                cell.text = text
        document.save(str(path))
    else:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["2024年清河县民生实事清单"])
        for words in table:
            sheet.append(words)
        book.save(path)
    number = heads.index("序号")
    cells = [
        cell for row in rows for column, cell in enumerate(row) if column != number or not cell.isdecimal()
    ]
    keeps_all(path, [line for cell in cells for line in cell.splitlines()])


def test_the_2024_document_loses_no_token() -> None:
    assert [finding.original for finding in read(SAMPLE).findings if finding.code == "D12F"] == []
