"""通报: every figure can be worked out again from what show and colour print; quiet months and odd counties read naturally;
nothing that was typed elsewhere gets a hold on the document."""

from __future__ import annotations

import json
import random
import re
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Length
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.masters import masters
from domain.records import asked, logged
from jobs import bulletin_oracle as oracle
from jobs.clerk import fill_in
from minsheng.building import bulletin as building
from minsheng.cli import main
from minsheng.domain.as_json import judgement_json, master_json
from minsheng.domain.bulletin import compose
from minsheng.domain.document import TaskDocument
from minsheng.domain.lateness.judge import judge
from minsheng.domain.master import Master
from minsheng.domain.period import Cycle, Period
from minsheng.domain.project import UnitKind
from minsheng.domain.reminder import reminder
from minsheng.domain.report import Report
from minsheng.errors import TargetExists
from minsheng.incoming import task_document
from small_county import HEALTH, WATER, county, report

HEADING = re.compile(r"[一二三四五六]、(\S+)")


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    assert main([str(word) for word in words]) in (0, 1)
    return dict(json.loads(capsys.readouterr().out))


def written(master: Master, month: int, folder: Path) -> Path:
    path = folder / "通报.docx"
    path.unlink(missing_ok=True)
    period = Period(master.year, month)
    # Everybody was asked for every month that anybody reported, and for this one.
    record = asked(master, *{*master.collected_months(), month})
    building.build(master, judge(master, period.last_day), reminder(master, period, record), path)
    return path


def sections_of(path: Path) -> dict[str, list[str]]:
    """Heading → its paragraphs, as a reader of the finished document finds them."""
    found: dict[str, list[str]] = {}
    heading = ""
    for paragraph in docx.Document(str(path)).paragraphs:
        if paragraph.text.startswith("附件"):
            break
        if paragraph.style.name == "公文一级标题":
            heading = HEADING.fullmatch(paragraph.text)[1]  # type: ignore[index]
            found[heading] = []
        elif heading and paragraph.text:
            found[heading].append(paragraph.text)
    return found


def words_of(master: Master, month: int, folder: Path) -> str:
    return "\n".join(text for part in sections_of(written(master, month, folder)).values() for text in part)


def check_every_figure(path: Path, show: dict[str, Any], colour: dict[str, Any], month: int) -> None:
    expected = oracle.figures(show, colour, month)
    titles = sorted((project["title"] for project in show["projects"]), key=len, reverse=True)
    found: dict[str, list[str]] = {}
    for heading, paragraphs in sections_of(path).items():
        text = "\n".join(paragraphs)
        for title in titles:
            text = text.replace(title, "")
        found[heading] = oracle.numbers_in(re.sub("（批准：[^）]*）", "", text))
    assert {heading: numbers for heading, numbers in found.items() if numbers} == expected
    tables = docx.Document(str(path)).tables
    shown = [[[cell.text for cell in row.cells] for row in table.rows[1:]] for table in tables]
    ranked = oracle.rank_rows(show, colour, month) if "镇乡进度" in expected else []
    assert shown == [oracle.annex_rows(show, colour), *([ranked] if ranked else [])]


def as_printed(master: Master, month: int) -> tuple[dict[str, Any], dict[str, Any]]:
    judgement = judge(master, Period(master.year, month).last_day)
    return master_json(master), judgement_json(judgement)


def a_year(document: TaskDocument, months: int, seed: int) -> Master:
    """Reports for every row of the document: most keep pace, some lag, some stay silent."""
    dice = random.Random(seed)
    reports = []
    for project in document.projects:
        for share in project.shares:
            for month in range(1, months + 1):
                if share.quantity is not None and dice.random() < 0.8:
                    done = share.quantity * Decimal(min(month * dice.randint(5, 14), 110)) / 100
                    reports.append(
                        Report(project.number, share.unit, month, 1, done.quantize(Decimal("0.01")))
                    )
    return Master(document, reports=tuple(reports))


@settings(max_examples=40)
@given(masters(), st.integers(1, 12))
def test_every_figure_of_any_county_is_worked_out_again(
    tmp_path_factory: pytest.TempPathFactory, master: Master, month: int
) -> None:
    # Without a number the model does not show who would have reported; those months have tests of their own.
    assume(any(report.value is not None and report.month <= month for report in master.reports))
    # Nor does it say how often the units report.
    master = replace(master, settings=replace(master.settings, cycle=Cycle.MONTH))
    path = written(master, month, tmp_path_factory.mktemp("any"))
    check_every_figure(path, *as_printed(master, month), month)


@pytest.mark.parametrize(("month", "seed"), [(4, 1), (9, 2), (12, 3)])
def test_every_figure_of_the_2024_document_is_worked_out_again(
    reading: task_document.Reading, tmp_path: Path, month: int, seed: int
) -> None:
    master = a_year(reading.document, month, seed)
    check_every_figure(written(master, month, tmp_path), *as_printed(master, month), month)


def test_from_the_files_of_the_units_to_the_finished_document(
    master_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox, out = tmp_path / "收件夹", tmp_path / "通报.docx"
    main(["dispatch", str(master_file), "--period", "2024-06", "-o", str(inbox)])
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 31, ("12", "石浦"): 10})
    fill_in(inbox / "县红十字会_2024年06月_填报表.xlsx", {("4", "县红十字会"): 650})
    for form in inbox.iterdir():
        if form.name.split("_")[0] not in ("石浦", "县红十字会"):
            form.unlink()
    main(["merge", str(master_file), str(inbox), "--period", "2024-06"])
    capsys.readouterr()
    assert main(["bulletin", str(master_file), "--period", "2024-06", "-o", str(out)]) == 0
    capsys.readouterr()
    show = printed(capsys, "show", master_file, "--json")
    check_every_figure(
        out, show, printed(capsys, "colour", master_file, "--as-of", "2024-06-30", "--json"), 6
    )
    before = out.read_bytes()
    assert main(["bulletin", str(master_file), "--period", "2024-06", "-o", str(out)]) == 3
    assert "已经存在" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert main(["bulletin", str(master_file), "--period", "2024-06", "-o", str(tmp_path / "通报.doc")]) == 2


# What it says, read as the office reads it.


def test_a_month_without_any_report(tmp_path: Path) -> None:
    text = words_of(county(), 1, tmp_path)
    assert "目前还没有到期的节点。" in text
    assert "1月份尚未收到任何单位的填报。" in text
    assert "进度靠前" not in text
    assert "镇乡" not in text
    assert "附件1" not in text


def test_a_silent_month_after_others_stands_on_the_earlier_reports(tmp_path: Path) -> None:
    text = words_of(county(report(1, "丹东", 5, "100"), report(1, "石浦", 5, "10")), 6, tmp_path)
    assert "6月份尚未收到任何单位的填报，以上按此前的报数统计。" in text


def test_all_late_is_said_in_one_sentence_and_each_is_named(tmp_path: Path) -> None:
    projects = county().document.projects
    zeros = [report(project.number, share.unit, 12, "0") for project in projects for share in project.shares]
    master = county(*zeros)
    late = tuple(
        replace(project, milestones=tuple(replace(node, done=False) for node in project.milestones))
        for project in master.document.projects
    )
    master = replace(master, document=replace(master.document, projects=late))
    found = sections_of(written(master, 12, tmp_path))
    # 其他 are the rate of item 3, which is no sum, and item 7, which no number judges.
    assert found["总体情况"] == [
        (
            "截至12月31日，全年7个民生实事项目均有节点逾期、推进缓慢。"
            "对照计划，提前的0个、按时的0个、滞后的5个、其他2个。"
        )
    ]
    assert len(found["推进缓慢项目"]) == 7
    assert found["推进缓慢项目"][6] == (
        "（七）实行群众“身后事”基本服务免费（第7项，县公安局）。4—6月份节点“确定实施方案”未完成，已逾期184天；"
        "8月份节点“完成实行”未完成，已逾期122天。"
    )
    assert "6个百分点" not in found["推进缓慢项目"][2]
    assert "任务分解表尚未核定，按责任单位合计数统计。" in found["推进缓慢项目"][5]
    assert "后续节点" not in "".join(found["下一步工作"])


def test_a_rate_is_short_by_percentage_points(tmp_path: Path) -> None:
    text = words_of(county(report(3, HEALTH, 4, "44.5")), 4, tmp_path)
    assert "应达到50%，目前44.5%，差5.5个百分点；1—3月份节点已逾期30天" in text


def test_missing_files_by_how_many_months_they_have_been_missing(tmp_path: Path) -> None:
    reports = [report(1, "丹东", month, "400") for month in (4, 5, 6)]
    master = county(*reports, report(1, "石浦", 5, "600"), report(5, "县公安局", 4, "9000"))
    text = words_of(master, 6, tmp_path)
    assert (
        f"5个填报单位中，1个已报送6月份数据，报送率20%；4个未报送：{HEALTH}、{WATER}（连续第3个月未报）；"
        "县公安局（连续第2个月未报）；石浦（今年第2次未报）。"
    ) in text


def test_a_file_without_a_number_is_no_missing_file(tmp_path: Path) -> None:
    master = county(report(1, "丹东", 6, "5"))
    period = Period(2024, 6)
    late = reminder(master, period, logged({6: {"丹东", "石浦", HEALTH, WATER}}))
    text = compose(master, judge(master, period.last_day), late).sections[3].paragraphs[0]
    assert "1个未报送：县公安局。" in text
    assert f"其中3个报来的表中没有填数：石浦、{HEALTH}、{WATER}。" in text


def test_changed_nodes_and_targets_are_a_class_of_their_own(tmp_path: Path) -> None:
    master = county(report(1, "丹东", 6, "100"))
    first, second, *rest = master.document.projects
    first = replace(first, adjusted_target=Decimal(900), adjustment_note="县政府第5次常务会议")
    moved = replace(second.milestones[0], adjusted_to=date(2024, 8, 31))
    same = replace(second.milestones[1], adjusted_to=date(2024, 12, 31))
    document = replace(master.document, projects=(first, replace(second, milestones=(moved, same)), *rest))
    assert sections_of(written(replace(master, document=document), 6, tmp_path))["节点和目标调整"] == [
        "共有2处调整，进度按调整后的节点和目标判定。",
        f"{first.title}（第1项），年度目标：原定1000人，调整为900人（批准：县政府第5次常务会议）。",
        f"{second.title}（第2项），6月份节点：原定2024年6月30日，调整为2024年8月31日（批准依据未注明）。",
    ]


def test_a_county_without_townships_addresses_none(tmp_path: Path) -> None:
    master = county(report(5, "县公安局", 6, "7000"))
    document = replace(
        master.document,
        units=tuple(unit for unit in master.document.units if unit.kind is UnitKind.BUREAU),
        projects=master.document.projects[4:5],
    )
    path = written(replace(master, document=document), 6, tmp_path)
    text = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert "各有关单位：" in text
    assert "填报单位已报送6月份数据。" in text
    assert not any("镇" in line for line in text)
    assert not any("均" in line for line in text if line.startswith("截至"))


def test_december_looks_into_the_next_year(tmp_path: Path) -> None:
    path = written(county(report(1, "丹东", 12, "400")), 12, tmp_path)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "2025年1月　日" in text
    assert "13月" not in text


# The document itself.

HOSTILE = "{{ bulletin.date }}{% for x in y %}<w:br/>&amp;&lt;“]]>”\x07\x0b\x00\x1b\n换行\t\a\ufffe尾"
HOSTILE_SHOWN = "{{ bulletin.date }}{% for x in y %}<w:br/>&amp;&lt;“]]>”  换行 尾"


def test_text_from_outside_stays_text(tmp_path: Path, validator: str) -> None:
    master = county(report(1, "丹东", 6, "100"), report(1, "石浦", 6, "10"))
    units = tuple(
        replace(unit, name=unit.name.replace("石浦", f"石浦{HOSTILE}"), members=())
        for unit in master.document.units
    )
    first = master.document.projects[0]
    first = replace(
        first,
        title=HOSTILE,
        lead_unit=HOSTILE,
        adjusted_target=Decimal(900),
        adjustment_note=HOSTILE,
        allocations=tuple(
            replace(row, unit=row.unit.replace("石浦", f"石浦{HOSTILE}")) for row in first.allocations
        ),
    )
    document = replace(master.document, units=units, projects=(first, *master.document.projects[1:]))
    path = written(replace(master, document=document), 6, tmp_path)
    paragraphs = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert f"（一）{HOSTILE_SHOWN}（第1项，{HOSTILE_SHOWN}）。" in next(
        line for line in paragraphs if line.startswith("（一）")
    )
    assert any(f"石浦{HOSTILE_SHOWN}" in line for line in paragraphs if "未报送" in line)
    assert docx.Document(str(path)).tables[0].rows[1].cells[1].text == f"★{HOSTILE_SHOWN}"
    run = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_page_is_that_of_gb_t_9704(tmp_path: Path) -> None:
    document = docx.Document(str(written(county(), 6, tmp_path)))
    (section,) = document.sections
    millimetres = [
        round(side.mm)
        for side in (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    ]
    assert millimetres == [37, 28, 26, 35]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    styles = document.styles
    body = styles["Normal"]
    assert (body.font.name, body.font.size.pt) == ("仿宋", 16)
    line = body.paragraph_format.line_spacing.pt
    text_height = section.page_height - section.top_margin - section.bottom_margin
    text_width = section.page_width - section.left_margin - section.right_margin
    spacing = body.element.rPr.find(docx.oxml.ns.qn("w:spacing")).get(docx.oxml.ns.qn("w:val"))
    assert round(line) == 29
    assert Length(text_height).pt // line == 22
    assert Length(text_width).pt // (16 + int(spacing) / 20) == 28
    assert (styles["公文标题"].font.name, styles["公文标题"].font.size.pt) == ("方正小标宋简体", 22)
    assert (styles["公文一级标题"].font.name, styles["公文二级标题"].font.name) == ("黑体", "楷体")
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert (str(odd.alignment), str(even.alignment)) == ("RIGHT (2)", "LEFT (0)")
    assert odd.text.startswith("— ")
    assert odd.text.endswith(" —")
    assert odd.style.font.size.pt == 14
    rows = document.tables[0]._tbl.tr_lst
    assert "w:tblHeader" in rows[0].xml
    assert all("w:cantSplit" in row.xml for row in rows)


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(county(), 6, tmp_path).read_bytes()
    assert written(county(), 6, tmp_path).read_bytes() == first
    judgement = judge(county(), date(2024, 6, 30))
    late = reminder(county(), Period(2024, 6), asked(county(), 6))
    with pytest.raises(TargetExists):
        building.build(county(), judgement, late, tmp_path / "通报.docx")
    assert compose(county(), judgement, late).title == ("关于2024年6月民生实事项目进展情况的通报")
