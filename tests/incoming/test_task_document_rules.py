"""Rules on reading a 任务书, one by one: a plain document with one thing odd has a finding of that rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from incoming.task_document_writers import write_template
from minsheng.incoming.task_document import read

HEAD = "2024年某县民生实事项目目标任务责任分解"
NODES = "1—6月份完成4公里；7—12月份累计完成10公里。"
NO_NUMBER = "1—12月份推进建设。"
TABLE = "任务分解：\n甲镇\t乙镇\t合计\n6\t4\t10\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def project(
    title: str = "建设农村公路10公里",
    *,
    number: int = 1,
    unit: str = "县交通局",
    more: str = "",
    table: str = TABLE,
    nodes: str = NODES,
) -> str:
    return f"{number}.{title}。\n责任领导：张三\n责任单位：{unit}\n责任人：李四\n配合单位：各镇乡政府\n{more}{table}进度安排：{nodes}\n"


def codes(path: Path) -> list[str]:
    return [finding.code for finding in read(path).findings]


def codes_of(tmp_path: Path, *projects: str) -> list[str]:
    path = tmp_path / "任务书.txt"
    path.write_text("\n".join((HEAD, *projects)), encoding="utf-8")
    return codes(path)


def shares(names: str, numbers: str) -> str:
    """A 任务分解 of names and numbers separated by spaces."""
    return "任务分解：\n" + "\t".join(names.split()) + "\n" + "\t".join(numbers.split()) + "\n"


def test_a_plain_document_has_no_finding(tmp_path: Path) -> None:
    assert codes_of(tmp_path, project()) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("D124", project(more="责任人：王五\n")),
        ("D129", project(unit="县交通局、县住建局")),
        ("D134", project("建设农村公路")),
        ("D135", project(table="", nodes=NO_NUMBER)),
        ("D136", project("建设农村公路10公里、桥梁8公里", table="", nodes=NO_NUMBER)),
        ("D138", project("办事收费不超过100元", table="", nodes=NO_NUMBER)),
        ("D139", project("建设农村公路10公里、停车位200个")),
        ("D13A", project("建设农村公路10公里、每公里造价200万元")),
        ("D13B", project("建设农村公路约10公里")),
        ("D142", project(table=shares("甲镇 乙镇 合计", "6 5 10"))),
        ("D143", project(table=shares("甲镇 乙镇 合计", "6 5 11"))),
        ("D144", project(table=shares("甲镇 乙镇", "6 5"))),
        ("D146", project(table=shares("甲镇 乙镇 合计", "10 — 10"))),
        ("D149", project(table="任务分解：由各镇乡认领\n")),
        ("D14A", project(table=shares("合计 甲镇 乙镇", "— 6 4"))),
        ("D14B", project(more=shares("丙镇 丁镇 合计", "5 5 10"))),
        ("D157", project(nodes="1—6月份完成8公里选址；7—12月份累计完成10公里。")),
        ("D158", project(nodes="1—6月份完成4公里、5公里；7—12月份累计完成10公里。")),
        ("D15B", project(nodes="1—6月份完成6公里；7—12月份完成4公里。")),
        ("D15C", project(nodes="1—6月份完成4公里；7—9月份再增加2公里；10—12月份累计完成10公里。")),
        ("D15D", project("培训养老护理员800人", table="", nodes="1—6月份培训300名；7—12月份累计培训800名。")),
        ("D15E", project(nodes="1—6月份完成约4公里；7—12月份累计完成10公里。")),
        ("D15F", project(nodes="按计划有序推进。")),
        ("D15G", project(nodes="完成前期工作；1—6月份完成4公里；7—12月份累计完成10公里。")),
        ("D15H", project(nodes="6月15日前完成4公里；7—12月份累计完成10公里。")),
        ("D15M", project(nodes="1—6月份巡查公路4公里；7—12月份累计完成10公里。")),
        ("D15N", project(nodes="1—6月份完成4公里，为9月通车做好准备；12月份累计完成10公里。")),
        ("D15P", project(nodes="6月底前完成4公里、3月份的尾款支付；7—12月份累计完成10公里。")),
        ("D15K", project(nodes="1—6月份；7—12月份累计完成10公里。")),
        ("D161", project(table=shares("甲镇、丙镇 乙镇 合计", "6 4 10"))),
    ],
)
def test_what_is_odd_is_said(tmp_path: Path, code: str, text: str) -> None:
    assert set(codes_of(tmp_path, text)) == {code}


def test_chapters_that_number_anew_and_name_a_leader(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    lines = project(table="").replace("责任领导：张三\n", "")
    path.write_text(
        f"{HEAD}\n一、王甲副县长牵头项目\n{lines}二、张乙副县长牵头项目\n{lines}", encoding="utf-8"
    )
    found = {finding.code: finding for finding in read(path).findings}
    assert {"D117", "D12E"} <= found.keys()
    assert "D12A" not in found, "a heading that gave its leader was read"
    assert found["D12E"].reading in ("王甲", "张乙")


def listed(tmp_path: Path, *rows: tuple[str, ...]) -> list[str]:
    """The codes of a list of projects in a Word table."""
    document = Document()
    document.add_paragraph(HEAD)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for words, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "清单.docx"))
    return codes(tmp_path / "清单.docx")


def test_a_list_says_once_what_it_lacks_and_what_was_not_read(tmp_path: Path) -> None:
    names = ("序号", "项目名称", "受益面", "联系电话", "责任单位")
    rows = [(f"{n}", f"建设农村公路{n}0公里", "沿线的群众", "65720000", "县交通局") for n in range(1, 6)]
    found = listed(tmp_path, names, *rows)
    assert sorted(found) == ["D12B", "D12B", "D12C", "D12D", "D12G", "D13D"]


@pytest.mark.parametrize("written", ["0{}", "000{}", "ZS-{}", "MS00{}"])
def test_a_list_is_counted_in_the_offices_own_way(tmp_path: Path, written: str) -> None:
    """Zeros and letters before a number are the office's own: no project is said to lack its number (D118)."""
    names = ("序号", "项目名称", "责任单位")
    plain = [(f"{n}", f"建设农村公路{n}0公里", "县交通局") for n in range(1, 5)]
    own = [(written.format(number), *rest) for number, *rest in plain]
    assert sorted(listed(tmp_path, names, *own)) == sorted(listed(tmp_path, names, *plain))


def test_what_no_field_took_is_said_with_its_words(tmp_path: Path) -> None:
    """The check is independent of how the document was read: a reading that loses a cell is told on."""
    path = tmp_path / "任务书.txt"
    path.write_text("\n".join((HEAD, project())), encoding="utf-8")
    from minsheng.incoming.task_document import conservation, reading
    from minsheng.incoming.task_document.files.text import read_text
    from minsheng.incoming.task_document.sections import division
    from minsheng.incoming.task_document.sections.pieces import pieces_of

    blocks = read_text(path.read_bytes()).blocks
    divided = division.divide(pieces_of(blocks))
    found = reading.read(path)
    whole = conservation.claims(blocks, divided, found.document, found.findings)
    assert conservation.unclaimed_findings(whole) == []
    fewer = replace(found.document.projects[0], milestones=found.document.projects[0].milestones[:1])
    torn = replace(found.document, projects=(fewer,))
    lost = conservation.unclaimed_findings(conservation.claims(blocks, divided, torn, found.findings))
    assert [(f.code, f.project, "7—12月份" in f.original) for f in lost] == [("D12F", 1, True)]


def test_a_target_of_nothing(tmp_path: Path) -> None:
    """Neither the title nor the node says what the thousand are."""
    text = project("完成接种1000以上", table="", nodes="1—12月份完成1000。")
    assert set(codes_of(tmp_path, text)) == {"D133", "D159"}


def test_numbers_in_the_wrong_order(tmp_path: Path) -> None:
    assert codes_of(tmp_path, project(number=2), project(number=1)) == ["D115"]


def word(path: Path, body: str) -> Path:
    """A .docx of the plain document with ``body`` in raw WordprocessingML behind it."""
    from lxml import etree

    document = Document()
    for line in (HEAD, *project(table="").splitlines()):
        document.add_paragraph(line)
    wrapped = etree.fromstring(f'<w:x xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml">{body}</w:x>')
    for element in list(wrapped):
        document.element.body.insert(len(document.element.body) - 1, element)
    document.save(str(path))
    return path


RUN = "<w:r><w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("D172", f"<w:p><w:ins w:id='1' w:author='甲'>{RUN.format(words='')}</w:ins></w:p>"),
        (
            "D173",
            (
                f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{RUN.format(words='高度重视')}</w:p>"
                "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
            ),
        ),
        ("D174", "<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"),
        ("D175", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>原定8公里</w:t></w:r></w:p>"),
        ("D179", "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>原定8公里</w:t></w:r></w:p>"),
        ("D176", "<w:p><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>"),
    ],
)
def test_what_a_word_document_hides_is_said(tmp_path: Path, code: str, body: str) -> None:
    plain = codes(word(tmp_path / "一.docx", ""))
    assert code not in plain
    assert code in codes(word(tmp_path / "二.docx", body))


def test_a_label_that_is_not_known_is_asked_about(tmp_path: Path) -> None:
    """One that names what the model has no place for is a remark; one that may be a name is a question."""
    path = tmp_path / "任务书.txt"
    path.write_text(
        f"{HEAD}\n{project(more='联系电话：65720000' + chr(10) + '挂点人：王五' + chr(10))}", encoding="utf-8"
    )
    kept = {f.original: f.severity.value for f in read(path).findings if f.code == "D123"}
    assert kept == {"65720000": "info", "王五": "warning"}


def test_a_picture_where_the_table_should_be_is_an_error(tmp_path: Path) -> None:
    picture = "<w:p><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>"
    body = f"<w:p>{RUN.format(words='任务分解：')}</w:p>{picture}"
    found = {finding.code: finding for finding in read(word(tmp_path / "任务书.docx", body)).findings}
    assert (found["D17A"].project, found["D17A"].severity.value) == (1, "error")
    elsewhere = codes(word(tmp_path / "别处.docx", picture))
    assert "D17A" not in elsewhere


def test_a_table_of_years_and_money_is_no_allocation(tmp_path: Path) -> None:
    document = Document()
    for line in (HEAD, *project(table="").splitlines()):
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((*table.rows[0].cells, *table.rows[1].cells), ["1", "2", "3", "4"], strict=True):
        cell.text = words
    document.save(str(tmp_path / "任务书.docx"))
    assert "D128" in codes(tmp_path / "任务书.docx")


def test_projects_without_a_number_get_one_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(HEAD)
    rows = [
        ("项目名称", "责任领导", "责任单位", "责任人", "配合单位", "进度安排"),
        ("建设农村公路10公里", "张三", "县交通局", "李四", "各镇乡", NODES),
        ("建设停车位200个", "张三", "县住建局", "王五", "各镇乡", "1—12月份建成200个。"),
    ]
    table = document.add_table(rows=3, cols=6)
    for words, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "任务书.docx"))
    reading = read(tmp_path / "任务书.docx")
    assert [p.number for p in reading.document.projects] == [1, 2]
    assert [f.code for f in reading.findings] == ["D118"], "said once for all"


@pytest.mark.parametrize(
    ("code", "sheet", "cell", "value"),
    [
        ("D177", "进度安排", "D4", "若干"),
        ("D178", "任务分解", "A4", 35),
        ("D15J", "进度安排", "D4", 5),
    ],
)
def test_a_template_filled_in_wrongly(
    tmp_path: Path, code: str, sheet: str, cell: str, value: object
) -> None:
    source = tmp_path / "任务书.txt"
    source.write_text("\n".join((HEAD, project())), encoding="utf-8")
    path = write_template(read(source).document, tmp_path / "任务书模板.xlsx")
    assert codes(path) == []
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    assert code in codes(path)
