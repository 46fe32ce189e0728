"""Whatever document an office writes in plain form, each of its forms is read back to the very same model."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from incoming.task_document_writers import write_docx, write_template, write_text
from minsheng.domain.document import TaskDocument, bureaus_that_report
from minsheng.domain.finding import Severity
from minsheng.domain.month_phrase import read_month_phrase
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity, is_measured, plain
from minsheng.incoming.task_document import read

THINGS = st.text("河湖林田山石园院桥亭堂馆校舍管网桩灯泵闸坝渠", min_size=2, max_size=6)
NAMES = st.text("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", min_size=2, max_size=3)
TOWNS = ["东山", "西岭", "南浦", "北港", "中塘", "高桥", "白石", "青田", "黄坛", "下洋"]
BUREAUS = ["县教育局", "县住建局", "县卫生健康局", "县水利局", "县总工会", "县红十字会"]
UNITS = ["人", "个", "台", "处", "家", "座", "公里", "亩", "辆", "户"]
VERBS = ["新增", "新建", "改造", "修缮", "配置", "培训"]
WORK = ["制定实施方案", "完成前期调研，落实资金", "开展宣传发动", "确定建设名单", "组织验收"]


@st.composite
def amounts(draw: st.DrawFn, unit: str, most: int = 90_000) -> Decimal:
    whole = draw(st.integers(1, most))
    if not is_measured(unit) or draw(st.booleans()):
        return Decimal(whole)
    return Decimal(whole) + Decimal(draw(st.integers(1, 99))) / 100


@st.composite
def milestones(draw: st.DrawFn, target: Quantity | None, thing: str) -> tuple[Milestone, ...]:
    edges = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=6)))
    phrases = [
        _phrase(draw, first, last)
        for first, last in zip([1, *(edge + 1 for edge in edges)], edges, strict=False)
    ]
    numeric = draw(st.integers(0, len(phrases))) if target else 0
    below = int(target.value) if target else 0
    steps = sorted(draw(st.sets(st.integers(1, max(1, below - 1)), min_size=0, max_size=max(0, numeric - 1))))
    values: list[Decimal | None] = [Decimal(step) for step in steps if target and step < target.value]
    if target and numeric:
        values.append(target.value)
    values = [None] * (len(phrases) - len(values)) + values
    found = []
    for phrase, value in zip(phrases, values, strict=True):
        months = read_month_phrase(phrase)
        assert months is not None
        if value is None or target is None:
            text = draw(st.sampled_from(WORK))
        else:
            form = draw(
                st.sampled_from(
                    ["累计完成{}", "完成{thing}{}", "累计建成{thing}{}", "落实资金，完成{thing}{}"]
                )
            )
            text = form.format(f"{plain(value)}{target.unit}", thing=thing)
        found.append(Milestone(*months, phrase, text, value))
    return tuple(found)


def _phrase(draw: st.DrawFn, first: int, last: int) -> str:
    if first % 3 == 1 and last == first + 2 and draw(st.booleans()):
        return f"{'一二三四'[first // 3]}季度"
    if first == last or draw(st.booleans()):
        return draw(st.sampled_from(["{}月份", "{}月", "{}月底前", "{}月末"])).format(last)
    return draw(st.sampled_from(["{}—{}月份", "{}-{}月", "{}月至{}月", "{}～{}月底"])).format(first, last)


@st.composite
def projects(draw: st.DrawFn, number: int) -> Project:
    unit, thing = draw(st.sampled_from(UNITS)), draw(THINGS)
    target = Quantity(draw(amounts(unit)), unit) if draw(st.integers(0, 9)) else None
    verb = draw(st.sampled_from(VERBS))
    towns = draw(st.lists(st.sampled_from(TOWNS), unique=True, min_size=2, max_size=8)) if target else []
    if target and (target.value < len(towns) or draw(st.booleans())):
        towns = []
    allocations = []
    rest = target.value if target else Decimal(0)
    for index, town in enumerate(towns):
        left = len(towns) - index - 1
        share = Decimal(draw(st.integers(0, int(rest) - left))) if left else rest
        rest -= share
        note = draw(st.sampled_from(["", "", "续建", "含新区"]))
        allocations.append(Allocation(town, share, note if share else ""))
    return Project(
        number=number,
        starred=draw(st.booleans()),
        title=f"{verb}{thing}{plain(target.value)}{target.unit}" if target else f"{verb}{thing}",
        target=target,
        leader=draw(NAMES),
        lead_unit=draw(st.sampled_from(BUREAUS)),
        owner=draw(NAMES),
        cooperating=tuple(
            draw(st.lists(st.sampled_from(["县财政局", "各镇乡政府", "街道办事处"]), unique=True))
        ),
        allocations=tuple(allocations),
        allocation_total=target.value if target and allocations else None,
        milestones=draw(milestones(target, thing)),
    )


@st.composite
def documents(draw: st.DrawFn) -> TaskDocument:
    year = draw(st.integers(2020, 2035))
    found = tuple(draw(projects(number)) for number in range(1, draw(st.integers(1, 6)) + 1))
    towns = dict.fromkeys(row.unit for project in found for row in project.allocations)
    units = (*(ReportingUnit(town, UnitKind.TOWNSHIP) for town in towns), *bureaus_that_report(found))
    return TaskDocument(f"{year}年某县民生实事项目任务分解", year, units, found)


def agrees(path: Path, document: TaskDocument) -> None:
    reading = read(path)
    for got, wanted in zip(reading.document.projects, document.projects, strict=True):
        assert got == wanted
    assert (reading.document.title, reading.document.year) == (document.title, document.year)
    assert reading.document.units == document.units
    assert not [finding.message for finding in reading.findings if finding.severity is Severity.ERROR]


#: The folder of a test is written to again by every example: each overwrites the file before.
EACH = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW = settings(EACH, max_examples=15)


@EACH
@given(document=documents(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le"]))
def test_as_text(tmp_path: Path, document: TaskDocument, encoding: str) -> None:
    agrees(write_text(document, tmp_path / "任务书.txt", encoding), document)


@FEW
@given(document=documents())
def test_as_a_word_document(tmp_path: Path, document: TaskDocument) -> None:
    agrees(write_docx(document, tmp_path / "任务书.docx"), document)


@FEW
@given(document=documents(), down=st.booleans())
def test_as_the_filled_template(tmp_path: Path, document: TaskDocument, down: bool) -> None:
    agrees(write_template(document, tmp_path / "任务书模板.xlsx", down=down), document)


@EACH
@given(document=documents(), data=st.data())
def test_a_changed_share_is_always_found(tmp_path: Path, document: TaskDocument, data: st.DataObject) -> None:
    tabled = [project for project in document.projects if project.allocations]
    assume(tabled)
    project = data.draw(st.sampled_from(tabled))
    index = data.draw(st.integers(0, len(project.allocations) - 1))
    rows = list(project.allocations)
    rows[index] = Allocation(rows[index].unit, (rows[index].quantity or Decimal(0)) + 1, rows[index].note)
    wrong = TaskDocument(document.title, document.year, document.units, tuple(
        other if other is not project else _with_rows(project, tuple(rows)) for other in document.projects
    ))  # fmt: skip
    reading = read(write_text(wrong, tmp_path / "任务书.txt"))
    assert {f.project for f in reading.findings if f.severity is Severity.ERROR} == {project.number}


def _with_rows(project: Project, rows: tuple[Allocation, ...]) -> Project:
    from dataclasses import replace

    return replace(project, allocations=rows)
