"""No text makes the reader slow: runs of one thing in every field take as long as their length says, or are refused."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from incoming.word_files import lines, row, table, word_file
from minsheng.errors import MinshengError, UnreadableFile
from minsheng.incoming.task_document import read

#: On a slow machine with others at work; a quadratic reader needs minutes.
LIMIT = 12
#: Where the time of the processor alone is counted: three times what it takes.
OF_THE_PROCESSOR = 4
RUNS = [" ", "\u3000", "1", "（", "）", "，", "、", "；", "：", "。", "万", "月", "1月", "1万", "1—", "十", "★", "责任单位：", "【", "（1）", "2024-1-",
        "\t", "其中", "各", "一季度", "1 ", "1,", "≥1", "完成1人", "镇1个、"]  # fmt: skip
FIELDS = {
    "title": "为1000人{}接种疫苗",
    "allocation": "丹东{}人",
    "schedule": "6月完成1人{}完",
    "names": "王{}甲",
    "head": "注{}意",
}


def document(field: str, run: str) -> str:
    words = dict.fromkeys(FIELDS, "") | {field: FIELDS[field].format(run)}
    return (
        f"2024年某县民生实事项目\n{words['head']}\n1.新建公园10个{words['title']}\n责任领导：甲{words['names']}\n责任单位：县住建局\n"
        f"任务分解：东镇10个{words['allocation']}\n进度安排：12月底前建成10个。{words['schedule']}\n"
    )


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("length", [19_000, 100_000])
def test_runs_of_anything_in_any_field(tmp_path: Path, field: str, length: int) -> None:
    path = tmp_path / "任务书.txt"
    for run in RUNS if length < 50_000 else RUNS[:12]:
        path.write_text(document(field, run * (length // len(run))), encoding="utf-8")
        began = time.monotonic()
        with contextlib.suppress(MinshengError):
            read(path)
        assert time.monotonic() - began < LIMIT, f"{run!r} in {field}"


COLUMNS = {
    "项目名称": "新建公园10个", "目标任务": "10个", "责任领导": "王甲", "责任单位": "县住建局", "责任人": "李乙", "配合单位": "县农业局", "任务分解": "东镇10个",
    "进度安排": "6月建成5个", "备注": "省级", "东山镇": "3", "9月": "建成8个", "投资（万元）": "30",
}  # fmt: skip


def test_runs_of_anything_in_every_cell(tmp_path: Path) -> None:
    """In the cells of all columns at once."""
    for run in ["（", "月", "责任单位：", *(run for run in RUNS if "1" in run)]:
        text = run * (6_000 // len(run))
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["2024年某县民生实事项目清单"])
        sheet.append(["序号", *COLUMNS])
        sheet.append([1, *(f"{words}{text}" for words in COLUMNS.values())])
        book.save(tmp_path / "任务书.xlsx")
        began = time.process_time()
        with contextlib.suppress(MinshengError):
            read(tmp_path / "任务书.xlsx")
        assert time.process_time() - began < OF_THE_PROCESSOR, repr(run)


def seconds(path: Path, projects: int) -> float:
    shares = "".join(f"\t清河{at}镇\t20\n" for at in range(50))
    path.write_text(
        "2024年某县民生实事项目目标任务责任分解\n"
        + "".join(
            f"{at}.新建公园1000个第{at}批\n责任领导：王甲\n责任单位：县住建局\n责任人：李乙\n任务分解：\n\t单位\t任务数\n{shares}\t合计\t1000\n"
            "进度安排：1—6月完成500个；7—12月累计完成1000个。\n"
            for at in range(1, projects + 1)
        ),
        encoding="utf-8",
    )
    began = time.process_time()
    assert len(read(path).document.projects) == projects
    return time.process_time() - began


def test_twice_the_projects_take_twice_the_time(tmp_path: Path) -> None:
    seconds(tmp_path / "0.txt", 5)  # imports
    assert seconds(tmp_path / "2.txt", 160) < 5 * seconds(tmp_path / "1.txt", 80)


def test_the_largest_document_is_read_whole(tmp_path: Path) -> None:
    """999 projects, the most that there may be, of 50 units each: nothing is lost and nothing doubted."""
    taken = seconds(tmp_path / "任务书.txt", 999)
    assert taken < LIMIT
    reading = read(tmp_path / "任务书.txt")
    assert sum(len(project.allocations) for project in reading.document.projects) == 999 * 50
    assert not reading.findings


@pytest.mark.parametrize(
    ("piece", "says"),
    [
        ("<w:p/>", "多得不合情理"),
        ("<w:p><w:r><w:footnoteReference/></w:r></w:p>", "脚注"),
        (
            "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
            "文本框",
        ),
        (lines("由县城管局负责落实各项工作要求"), "七十多万字"),
        (table(row("东山镇", "1"), row("西河镇", "2")), "个单位"),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>", None),
    ],
)
def test_ten_megabytes_of_one_thing_in_a_word_file(tmp_path: Path, piece: str, says: str | None) -> None:
    """Refused in a sentence, or read: in seconds either way."""
    body = lines("2024年某县民生实事项目", "1.新建公园10个", "责任单位：县住建局")
    path = word_file(tmp_path / "任务书.docx", body + piece * ((10 << 20) // len(piece.encode())))
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=says) if says else contextlib.suppress(MinshengError):
        read(path)
    assert time.process_time() - began < OF_THE_PROCESSOR


def test_a_list_with_a_column_for_each_of_500_villages(tmp_path: Path) -> None:
    units = [
        f"{first}{second}{third}村"
        for first in "东南西北上"
        for second in "山河田林湖沟桥塘坪岭"
        for third in "青白安宁康泰和兴旺隆"
    ]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2024年某县民生实事项目任务分解表"])
    sheet.append(
        ["序号", "项目名称", "目标任务", "责任领导", "责任单位", "责任人", "进度安排", *units, "合计"]
    )
    for at in range(1, 34):
        shares = [at + number % 7 for number in range(500)]
        sheet.append(
            [
                at,
                f"新建公园第{at}批",
                f"{sum(shares)}个",
                "王甲",
                "县住建局",
                "李乙",
                f"12月底前完成{sum(shares)}个",
                *shares,
                sum(shares),
            ]
        )
    book.save(tmp_path / "任务书.xlsx")
    reading = read(tmp_path / "任务书.xlsx")
    assert not reading.findings
    for at, project in enumerate(reading.document.projects, 1):
        assert [(row.unit, row.quantity) for row in project.allocations] == [
            (unit, at + number % 7) for number, unit in enumerate(units)
        ]
        assert project.allocation_total == sum(at + number % 7 for number in range(500))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("字" * 30_000, "30000"),
        ("进度安排：" + "1月完成1个；" * 1500, "节点"),
        ("1、" * 10 + "\n" + "1 2 3 4 5 6 7 8 9\n" * 14_000, "数"),
    ],
)
def test_what_is_far_too_much_is_refused_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text(f"2024年实事\n1.新建公园10个\n责任单位：县住建局\n{text}\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=words):
        read(path)
