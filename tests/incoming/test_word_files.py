"""A .docx as Word and WPS write it is read as it is printed: numbers that are not in the text, what is hidden, struck out or
deleted, what stands beside the text, and tables that a page's end cut in two."""

from __future__ import annotations

from pathlib import Path

import pytest

from incoming.word_files import (
    CHART,
    PICTURE,
    TITLE,
    box,
    cell,
    control,
    counted,
    level,
    lines,
    numbered,
    paragraph,
    row,
    run,
    table,
    used,
    word_file,
)
from minsheng.domain.finding import Finding
from minsheng.domain.project import Project
from minsheng.incoming.task_document import Reading, read

TITLES = ["新建口袋公园12个", "新建公厕8座", "改造道路3公里"]
PEOPLE = ("责任领导：王甲", "责任单位：县城管局", "责任人：李乙")
PLAN = "进度安排：6月底前建成6个；11月底前建成12个。"
PARKS = lines(TITLE, "1.新建口袋公园12个", *PEOPLE)
HEAD = row("序号", "项目名称", "责任领导", "责任单位", "责任人", "进度安排")
FIRST = ("1", TITLES[0], "王甲", "县城管局", "李乙", "11月底前建成12个")
SECOND = ("2", TITLES[1], "王甲", "县城管局", "李乙", "11月底前建成8座")
TRACKED = "<w:rPr><w:{kind} w:id='1'/></w:rPr>"


def only(reading: Reading) -> Project:
    (project,) = reading.document.projects
    return project


def shares(project: Project) -> dict[str, int]:
    return {share.unit: int(share.quantity or 0) for share in project.allocations}


def found(reading: Reading, code: str) -> list[Finding]:
    return [finding for finding in reading.findings if finding.code == code]


def whole(reading: Reading) -> None:
    """Nothing is doubted."""
    assert [finding.message for finding in reading.findings if finding.severity != "info"] == []


def projects(properties: list[str], chapters: tuple[str, str] = ("", "")) -> str:
    """Three projects whose titles' numbers are not in their text."""
    body = lines(TITLE)
    for at, (title, own) in enumerate(zip(TITLES, properties, strict=True)):
        body += paragraph("民生环境"[2 * at : 2 * at + 2], chapters[at]) if at < 2 and chapters[at] else ""
        body += paragraph(title, own) + lines(*PEOPLE, f"进度安排：11月底前完成{title[-3:].lstrip('路园')}。")
    return body


CHAPTERS = (counted(1, 0), counted(1, 0))
STYLED = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    for name in ("H1", "H2")
)
OF_STYLE = '<w:pStyle w:val="{}"/>'
LIST_STYLE = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'


@pytest.mark.parametrize(
    ("body", "numbering", "styles"),
    [
        *(
            (projects([counted()] * 3), numbered(level(0, form, text)) + used(), "")
            for form, text in [
                ("decimal", "第%1项"),
                ("chineseCountingThousand", "第%1项"),
                ("decimalEnclosedCircle", "%1"),
                ("upperRoman", "%1."),
                ("decimal", "（%1）"),
            ]
        ),
        (
            projects([counted(1, 1)] * 3, CHAPTERS),
            numbered(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.")) + used(),
            "",
        ),
        (
            projects([counted(1, 1)] * 3, CHAPTERS),
            numbered(level(0, "chineseCounting", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + used(),
            "",
        ),
        (
            projects([OF_STYLE.format("H2")] * 3, (OF_STYLE.format("H1"),) * 2),
            numbered(
                level(0, "chineseCounting", "%1、", OF_STYLE.format("H1")),
                level(1, "decimal", "%2.", OF_STYLE.format("H2")),
            )
            + used(),
            STYLED,
        ),
        (
            projects([counted()] * 3),
            numbered(before='<w:numStyleLink w:val="L"/>')
            + numbered(level(0, "decimal", "第%1项"), name=1)
            + used()
            + used(9, 1),
            LIST_STYLE,
        ),
        (
            projects([counted()] * 3),
            numbered(level(0, "bullet", "-"))
            + used(more=f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1.")}</w:lvlOverride>'),
            "",
        ),
    ],
)  # fmt: skip
def test_automatic_numbers_are_read_as_printed(
    tmp_path: Path, body: str, numbering: str, styles: str
) -> None:
    reading = read(word_file(tmp_path / "任务书.docx", body, numbering=numbering, styles=styles))
    assert [project.number for project in reading.document.projects] == [1, 2, 3]
    assert [project.title for project in reading.document.projects] == TITLES
    assert not {"D113", "D114", "D118"} & {finding.code for finding in reading.findings}


GONE = "旧项目5个"


@pytest.mark.parametrize(
    "between",
    [
        f"<w:p><w:pPr>{counted()}{TRACKED.format(kind='del')}</w:pPr><w:del><w:r><w:delText>{GONE}</w:delText></w:r></w:del></w:p>",
        f"<w:p><w:pPr>{counted()}{TRACKED.format(kind='moveFrom')}</w:pPr><w:moveFrom>{run(GONE)}</w:moveFrom></w:p>",
        f"<w:p><w:pPr>{counted()}<w:rPr><w:vanish/></w:rPr></w:pPr>{run(GONE, '<w:vanish/>')}</w:p>",
    ],
)
def test_a_paragraph_that_is_not_printed_is_not_counted(tmp_path: Path, between: str) -> None:
    body = projects([counted()] * 3)
    at = body.rindex("<w:p>", 0, body.index(TITLES[2]))
    reading = read(
        word_file(
            tmp_path / "任务书.docx",
            body[:at] + between + body[at:],
            numbering=numbered(level(0, "decimal", "%1.")) + used(),
        )
    )
    assert [(project.number, project.title) for project in reading.document.projects] == list(
        enumerate(TITLES, 1)
    )


def test_numbers_of_rows_are_automatic_too(tmp_path: Path) -> None:
    auto = cell(paragraph("", counted()))
    body = lines(TITLE) + table(HEAD, row(auto, *FIRST[1:]), row(auto, *SECOND[1:]))
    for text in ("%1", "第%1项"):
        numbering = numbered(level(0, "decimal", text)) + used()
        reading = read(word_file(tmp_path / "任务书.docx", body, numbering=numbering))
        assert [(p.number, p.title) for p in reading.document.projects] == list(enumerate(TITLES[:2], 1))
        whole(reading)


HIDING = (
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Secret"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:dstrike/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("D175", paragraph(run("任务分解：东山镇12个", '<w:rStyle w:val="Gone"/>'))),
        ("D175", paragraph("任务分解：东山镇12个", '<w:pStyle w:val="Secret"/>')),
        ("D179", paragraph(run("任务分解：东山镇12个", '<w:rStyle w:val="Struck"/>'))),
        ("D175", table(row("任务分解", "东山镇12个", properties="<w:hidden/>"))),
    ],
)
def test_what_a_style_or_a_row_hides_is_no_text(tmp_path: Path, code: str, body: str) -> None:
    reading = read(word_file(tmp_path / "任务书.docx", PARKS + body + lines(PLAN), styles=HIDING))
    assert only(reading).allocations == ()
    assert "东山镇12个" in found(reading, code)[0].original
    shown = paragraph(run("任务分解：东山镇12个", '<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>'))
    reading = read(word_file(tmp_path / "显示.docx", PARKS + shown + lines(PLAN), styles=HIDING))
    assert shares(only(reading)) == {"东山镇": 12}


def test_changes_are_read_as_accepted(tmp_path: Path) -> None:
    title = run("新建口袋公园") + "<w:del><w:r><w:delText>10</w:delText></w:r></w:del><w:ins>" + run("12")
    rows = (
        row("1", cell(f"<w:p>{title}</w:ins>{run('个')}</w:p>"), *FIRST[2:]),
        row(*SECOND, properties="<w:ins w:id='1'/>"),
        row("3", "旧项目5个", *FIRST[2:], properties="<w:del w:id='2'/>"),
        row("4", TITLES[2], cell("王丙", "<w:cellDel/>"), *FIRST[2:5], "11月底前建成3公里"),
    )
    reading = read(word_file(tmp_path / "任务书.docx", lines(TITLE) + table(HEAD, *rows)))
    assert [project.title for project in reading.document.projects] == TITLES
    assert {project.leader for project in reading.document.projects} == {"王甲"}
    assert len(found(reading, "D172")) == 1


def test_a_placeholder_is_no_content(tmp_path: Path) -> None:
    rows = (
        row(*FIRST[:2], control(cell("单击此处输入"), asks=True), control(cell("县城管局")), *FIRST[4:]),
        control(row(*["单击此处输入"] * 6), asks=True),
        control(row(*SECOND)),
    )
    reading = read(word_file(tmp_path / "任务书.docx", lines(TITLE) + table(HEAD, *rows)))
    parks, toilets = reading.document.projects
    assert (parks.leader, parks.lead_unit, toilets.leader) == ("", "县城管局", "王甲")
    assert [finding.project for finding in found(reading, "D126")] == [1]


def test_a_table_of_contents_says_nothing_of_its_own(tmp_path: Path) -> None:
    entry = lines("1.新建口袋公园12个\t1", "2.新建公厕8座\t3", properties='<w:pStyle w:val="T"/>')
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    body = lines(TITLE, "目　录") + entry + PARKS.removeprefix(lines(TITLE)) + lines(PLAN)
    reading = read(word_file(tmp_path / "任务书.docx", body, styles=styles))
    assert only(reading).title == TITLES[0]
    assert (reading.document.title, reading.findings) == (TITLE, ())


@pytest.mark.parametrize(
    "body",
    [
        lines("1.\t新建口袋公园12个", *PEOPLE, PLAN),
        lines("1\t新建口袋公园12个", *PEOPLE, PLAN),
        lines("第1项\t新建口袋公园12个", *PEOPLE, PLAN),
        lines("1.新建口袋公园12个", "\t".join(PEOPLE), PLAN),
        lines("1.新建口袋公园12个\t责任领导：王甲", "责任单位：\t县城管局\t责任人：\t李乙", f"\t{PLAN}"),
        lines("1.新建口袋公园12个", "责任领导\t王甲", "责任单位\t县城管局", "责任人\t李乙", PLAN),
    ],
)
def test_a_tab_stands_for_a_blank(tmp_path: Path, body: str) -> None:
    reading = read(word_file(tmp_path / "任务书.docx", lines(TITLE) + body))
    parks = only(reading)
    assert (parks.number, parks.title) == (1, TITLES[0])
    assert (parks.leader, parks.lead_unit, parks.owner) == ("王甲", "县城管局", "李乙")
    assert [node.cumulative for node in parks.milestones] == [6, 12]
    whole(reading)


def test_shares_parted_by_tabs(tmp_path: Path) -> None:
    for body in (
        lines("任务分解：\t东山镇5个\t西河街道7个"),
        lines("任务分解：", "单位\t东山镇\t西河街道", "任务数\t5\t7"),
    ):
        reading = read(word_file(tmp_path / "任务书.docx", PARKS + body + lines(PLAN)))
        assert shares(only(reading)) == {"东山镇": 5, "西河街道": 7}


@pytest.mark.parametrize("shown", [PICTURE, CHART])
@pytest.mark.parametrize(
    "body",
    [
        PARKS + lines("任务分解：") + "<picture/>" + lines(PLAN),
        PARKS + paragraph(run("任务分解：") + "<shown/>") + lines(PLAN),
        PARKS + lines("任务分解：") + table(row(cell("<picture/>"))) + lines(PLAN),
        lines(TITLE)
        + table(
            row("序号", "项目名称", "责任领导", "责任单位", "任务分解", "进度安排"),
            row("1", TITLES[0], "王甲", "县城管局", cell("<picture/>"), "11月底前建成12个"),
        ),
        lines(TITLE, "1.新建口袋公园12个")
        + table(
            row("责任领导", "王甲"),
            row("责任单位", "县城管局"),
            row("任务分解", cell("<picture/>")),
            row("进度安排", "11月底前建成12个"),
        ),
    ],
)
def test_a_picture_instead_of_a_table_is_an_error(tmp_path: Path, body: str, shown: str) -> None:
    written = body.replace("<picture/>", paragraph(shown)).replace("<shown/>", shown)
    reading = read(word_file(tmp_path / "任务书.docx", written))
    (error,) = found(reading, "D17A")
    assert (error.project, error.part, error.severity) == (1, "任务分解", "error")
    assert "\ufffc" not in "".join(finding.message for finding in reading.findings)


SHARES = table(row("单位", "东山镇", "西河街道", "合计"), row("任务数", "5", "7", "12"))


def test_a_text_box_is_read_once_and_where_it_stands(tmp_path: Path) -> None:
    second = lines("2.新建公厕8座", *PEOPLE, "进度安排：11月建成8座。")
    body = (
        paragraph(box(lines(TITLE)))
        + PARKS.removeprefix(lines(TITLE))
        + paragraph(run("任务分解：") + box(SHARES))
        + lines(PLAN)
        + paragraph(box(second))
    )
    reading = read(word_file(tmp_path / "任务书.docx", body))
    parks, toilets = reading.document.projects
    assert reading.document.title == TITLE
    assert (shares(parks), parks.allocation_total) == ({"东山镇": 5, "西河街道": 7}, 12)
    assert (toilets.title, toilets.lead_unit) == (TITLES[1], "县城管局")
    assert len(found(reading, "D17C")) == 2
    whole(reading)


def test_a_remark_in_a_text_box_is_told_once_beside_its_project(tmp_path: Path) -> None:
    words = "另有18个公园列入明年，" + "由各镇街落实，" * 20 + "其中西河街道13个。"
    inner = paragraph(run("联系电话65720000") + box(paragraph(words)))
    body = (
        PARKS + paragraph(run(PLAN) + box(inner)) + lines("2.新建公厕8座", *PEOPLE, "进度安排：11月建成8座。")
    )
    reading = read(word_file(tmp_path / "任务书.docx", body))
    (told,) = found(reading, "D173")
    assert told.project == 1
    assert (told.original.count(words), told.original.count("65720000")) == (1, 1)
    assert "18" not in str(reading.document)


def test_notes_are_told_with_their_words_beside_their_project(tmp_path: Path) -> None:
    def refers(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def note(kind: str, number: int, words: str) -> str:
        return f'<w:{kind} w:id="{number}">{paragraph(words)}</w:{kind}>'

    body = (
        lines(TITLE)
        + table(
            HEAD,
            row(*FIRST),
            row("2", cell(paragraph(run(TITLES[1]) + refers("footnote", 2))), *SECOND[2:]),
        )
        + paragraph(run("3.改造道路3公里") + refers("endnote", 5))
        + lines(*PEOPLE)
        + paragraph(run("进度安排：11月底前完成3公里") + refers("comment", 1) + run("。"))
    )
    reading = read(
        word_file(
            tmp_path / "任务书.docx",
            body,
            footnotes=note("footnote", 1, "无人引用9个") + note("footnote", 2, "含续建3座。"),
            endnotes=note("endnote", 5, "以交通局验收为准。"),
            comments=note("comment", 1, "改为4公里？"),
        )
    )
    told = {(finding.project, finding.original) for finding in found(reading, "D174")}
    assert told == {(2, "含续建3座。"), (3, "以交通局验收为准。"), (3, "改为4公里？")}
    assert [project.title for project in reading.document.projects] == TITLES
    assert [node.text for node in reading.document.projects[2].milestones] == ["完成3公里"]


DOWN = [("东山镇", "5"), ("西河街道", "4"), ("南园乡", "3"), ("合计", "12")]
NAMES = row("单位", "任务数")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((NAMES, row(*DOWN[0]), row(*DOWN[1])), (row(*DOWN[2]), row(*DOWN[3]))),
        ((NAMES, row(*DOWN[0])), (NAMES, *(row(*each) for each in DOWN[1:]))),
        (
            (row("单位", "东山镇", "西河街道"), row("任务数", "5", "4")),
            (row("单位", "南园乡", "合计"), row("任务数", "3", "12")),
        ),
    ],
)
@pytest.mark.parametrize("between", ["", paragraph(), lines("（续表）"), lines("续上表：")])
def test_a_table_cut_by_a_page_is_one(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], between: str
) -> None:
    body = PARKS + lines("任务分解：") + table(*first) + between + table(*second) + lines(PLAN)
    reading = read(word_file(tmp_path / "任务书.docx", body))
    assert shares(only(reading)) == {"东山镇": 5, "西河街道": 4, "南园乡": 3}
    assert (only(reading).allocation_total, reading.findings) == (12, ())


@pytest.mark.parametrize("again", [(), (HEAD,)])
def test_a_list_cut_amid_a_row(tmp_path: Path, again: tuple[str, ...]) -> None:
    cut = row(*FIRST[:5], "6月底前建成6个；")
    rest = row("", "", "", "", "", "11月底前建成12个")
    body = lines(TITLE) + table(HEAD, cut) + lines("（续表）") + table(*again, rest, row(*SECOND))
    reading = read(word_file(tmp_path / "任务书.docx", body))
    parks, toilets = reading.document.projects
    assert [(node.last_month, node.cumulative) for node in parks.milestones] == [(6, 6), (11, 12)]
    assert toilets.title == TITLES[1]
    whole(reading)


def test_two_tables_are_not_made_one(tmp_path: Path) -> None:
    months = table(row("时间", "内容"), row("6月底前", "建成6个"), row("11月底前", "建成12个"))
    units = table(NAMES, *(row(*each) for each in DOWN))
    body = PARKS + lines("任务分解：") + units + months
    reading = read(word_file(tmp_path / "任务书.docx", body))
    assert len(shares(only(reading))) == 3
    assert [node.last_month for node in only(reading).milestones] == [6, 11]
    whole(reading)
