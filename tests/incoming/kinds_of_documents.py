"""Documents of many counties, written for the tests: each kind of layout in several variations, with what it says.

The facts come first and the text is made from them, so that what is expected never comes from the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from openpyxl import Workbook

#: (first month, last month, cumulative or None)
Node = tuple[int, int, str | None]


@dataclass(frozen=True)
class Facts:
    """What a project of a document says; ``target`` is (value, unit)."""

    title: str
    target: tuple[str, str] | None = None
    leader: str = ""
    lead_unit: str = ""
    owner: str = ""
    cooperating: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    shares: tuple[tuple[str, str], ...] = ()
    starred: bool = False
    relation: str = "="


@dataclass(frozen=True)
class Case:
    """A document with its facts. ``year`` is that of its title."""

    name: str
    facts: tuple[Facts, ...]
    text: str = ""
    rows: tuple[tuple[object, ...], ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    form: str = "txt"
    year: int = 2025
    units: tuple[str, ...] | None = None
    before: tuple[str, ...] = field(default=("2025年清河县民生实事项目任务分解表",))

    def write(self, folder: Path) -> Path:
        """The document as a file in ``folder``."""
        path = folder / f"任务书.{self.form}"
        if self.form == "txt":
            path.write_text(self.text, encoding="utf-8")
        elif self.form == "docx":
            self._word(path)
        else:
            self._sheet(path)
        return path

    def _word(self, path: Path) -> None:
        document = Document()
        for line in self.before:
            document.add_paragraph(line)
        table = document.add_table(rows=len(self.rows), cols=max(map(len, self.rows)))
        for words, row in zip(self.rows, table.rows, strict=True):
            for text, cell in zip(words, row.cells, strict=False):
                cell.text = str(text or "")
        for top, left, bottom, right in self.merges:
            keep = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = keep
        document.save(str(path))

    def _sheet(self, path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for line in self.before:
            sheet.append([line])
        for row in self.rows:
            sheet.append(list(row))
        for top, left, bottom, right in self.merges:
            at = len(self.before) + 1
            sheet.merge_cells(
                start_row=top + at, start_column=left + 1, end_row=bottom + at, end_column=right + 1
            )
        book.save(path)


HEAD = "2025年清河县民生实事项目目标任务责任分解\n"
#: Things that offices promise: verb, thing, number, unit.
THINGS = (
    ("新建", "口袋公园", "12", "个"),
    ("改造", "老旧小区", "8", "个"),
    ("新增", "公共停车泊位", "600", "个"),
    ("建设", "农村公路", "45", "公里"),
    ("培训", "养老护理员", "300", "人"),
)
LEADER, UNIT, OWNER = "周文", "县城管局", "何敏"


def half(number: str) -> str:
    return str(int(number) // 2)


def named(facts: Facts, at: int = 1, schedule: str = "") -> str:
    """A project as lines with the common labels."""
    return (
        f"{at}.{facts.title}\n责任领导：{facts.leader}\n责任单位：{facts.lead_unit}\n责任人：{facts.owner}\n"
        f"进度安排：{schedule}\n"
    )


def promise(at: int, **more: object) -> tuple[Facts, str, str, str]:
    """The facts of the thing ``at`` with the verb, number and unit it is promised in."""
    verb, thing, number, unit = THINGS[at % len(THINGS)]
    facts = Facts(f"{verb}{thing}{number}{unit}", (number, unit), LEADER, UNIT, OWNER, **more)  # type: ignore[arg-type]
    return facts, verb, number, unit


def one(
    name: str, at: int, schedule: Callable[[str, str, str], str], nodes: Callable[[str], tuple[Node, ...]]
) -> Case:
    """A document of one project whose schedule is made of verb, number and unit."""
    facts, verb, number, unit = promise(at)
    facts = Facts(facts.title, facts.target, LEADER, UNIT, OWNER, nodes=nodes(number))
    return Case(name, (facts,), HEAD + named(facts, schedule=schedule(verb, number, unit)))


# A time after words that say how sure it is.
MODALS = ("预计", "力争", "确保", "争取于", "拟于", "务必在", "最迟", "原则上", "计划到", "力求")


def modal_words() -> list[Case]:
    return [
        one(
            f"month after {word}",
            at,
            lambda v, n, u, word=word: (
                f"3月底前完成选址，{word}8月底前{v}{half(n)}{u}；11月底前累计完成{n}{u}。"
            ),  # type: ignore[misc]
            lambda n: ((3, 3, None), (8, 8, half(n)), (11, 11, n)),
        )
        for at, word in enumerate(MODALS)
    ]


def joined_nodes() -> list[Case]:
    found = []
    for at, sign in enumerate(("、", "，", "；", "/", " ")):
        found.append(
            one(
                f"nodes joined by {sign!r}",
                at,
                lambda v, n, u, sign=sign: (
                    f"一季度选址{sign}二季度开工{sign}三季度完成{half(n)}{u}{sign}四季度完成{n}{u}。"
                ),  # type: ignore[misc]
                lambda n: ((1, 3, None), (4, 6, None), (7, 9, half(n)), (10, 12, n)),
            )
        )
    return found


#: What is done to the places or papers of a thing before it is there.
PREPARED = (
    "确定{n}{u}{t}", "完成{n}{u}{t}征地", "签订{n}{u}{t}施工合同", "落实{n}{u}{t}资金", "完成{n}{u}{t}可研批复", "{n}{u}{t}完成桩基",
    "梳理{n}{u}{t}清单", "完成{n}{u}{t}初步验槽", "储备{n}{u}{t}", "完成{n}{u}{t}图纸会审",
)  # fmt: skip


def prepared() -> list[Case]:
    found = []
    for at, words in enumerate(PREPARED):
        _, thing, number, unit = THINGS[at % 4]
        early = words.format(n=number, u=unit, t=thing)
        found.append(
            one(
                early,
                at % 4,
                lambda v, n, u, early=early: f"3月底前{early}；11月底前{v}{n}{u}。",  # type: ignore[misc]
                lambda n: ((3, 3, None), (11, 11, n)),
            )
        )
    return found


def dates() -> list[Case]:
    forms = [
        ("5.31前", "11.30前", (5, 5), (11, 11)),
        ("2025.5.31前", "2025.11.30前", (5, 5), (11, 11)),
        ("2025-05-31前", "2025-11-30前", (5, 5), (11, 11)),
        ("2025/5/31前", "2025/11/30前", (5, 5), (11, 11)),
        ("5 月底前", "11 月底前", (5, 5), (11, 11)),
        ("2025 年 5 月底前", "2025 年 11 月底前", (5, 5), (11, 11)),
        ("Q1", "Q4", (1, 3), (10, 12)),
        ("第一季度", "第四季度", (1, 3), (10, 12)),
        ("第一阶段（1—5月）：", "第二阶段（6—11月）：", (1, 5), (6, 11)),
        ("推进阶段（1—5月）", "收尾阶段（6—11月）", (1, 5), (6, 11)),
        ("一是5月底前", "二是11月底前", (5, 5), (11, 11)),
        ("①5月底前", "②11月底前", (5, 5), (11, 11)),
        ("五月底前", "十一月底前", (5, 5), (11, 11)),
        ("5月31日前", "11月30日前", (5, 5), (11, 11)),
    ]  # fmt: skip
    return [
        one(
            f"dates {early}",
            at,
            lambda v, n, u, early=early, late=late: f"{early}完成{half(n)}{u}；{late}完成{n}{u}。",  # type: ignore[misc]
            lambda n, first=first, last=last: ((*first, half(n)), (*last, n)),  # type: ignore[misc]
        )
        for at, (early, late, first, last) in enumerate(forms)
    ]


def last_done() -> list[Case]:
    return [
        one(
            f"last node {words}",
            at,
            lambda v, n, u, words=words: f"6月底前完成招标；11月底前{words}。",  # type: ignore[misc]
            lambda n: ((6, 6, None), (11, 11, n)),
        )
        for at, words in enumerate(
            ("完工", "竣工", "建成投用", "全部完成", "全面完成", "竣工验收", "建成并投入使用")
        )
    ]


def two_measures() -> list[Case]:
    rows = [
        ("新增路灯300盏、充电桩40盏", "300", "盏", "40", "新增充电桩40盏", "新增路灯300盏"),
        ("新建公厕12座，改造公厕25座", "12", "座", "25", "改造25座", "新建12座"),
        ("种植乔木800株、灌木900株", "800", "株", "900", "种植灌木900株", "种植乔木800株"),
        ("新建幼儿园3所、改造小学4所", "3", "所", "4", "改造小学4所", "新建幼儿园3所"),
        ("修建堤防6公里、渠道15公里", "6", "公里", "15", "修建渠道15公里", "修建堤防6公里"),
    ]
    return [
        Case(
            title,
            (Facts(title, (main, unit), LEADER, UNIT, OWNER, nodes=((6, 6, None), (12, 12, main)), more=((other, unit),)),),
            HEAD + named(Facts(title, None, LEADER, UNIT, OWNER), schedule=f"6月底前{early}；12月底前{late}。"),
        )
        for title, main, unit, other, early, late in rows
    ]  # fmt: skip


def label_shapes() -> list[Case]:
    facts = Facts("新建公厕20座", ("20", "座"), "王甲", "县住建局", "李乙", nodes=((12, 12, "20"),))
    shapes = [
        "责任领导：王甲，责任单位：县住建局，责任人：李乙\n",
        "责任领导：王甲、责任单位：县住建局、责任人：李乙\n",
        "责任领导：王甲；责任单位：县住建局；责任人：李乙\n",
        "责任领导:王甲 责任单位:县住建局 责任人:李乙\n",
        "责任领导 王甲\n责任单位 县住建局\n责任人 李乙\n",
        "●责任领导：王甲\n●责任单位：县住建局\n●责任人：李乙\n",
        "◆责任领导：王甲\n◆责任单位：县住建局\n◆责任人：李乙\n",
        "【责任领导】王甲\n【责任单位】县住建局\n【责任人】李乙\n",
        "〔责任领导〕王甲\n〔责任单位〕县住建局\n〔责任人〕李乙\n",
        "（1）责任领导：王甲\n（2）责任单位：县住建局\n（3）责任人：李乙\n",
        "①责任领导：王甲\n②责任单位：县住建局\n③责任人：李乙\n",
        "一、责任领导：王甲\n二、责任单位：县住建局\n三、责任人：李乙\n",
        "县级领导：王甲\n牵头单位：县住建局\n项目责任人：李乙\n",
        "包保领导：王甲\n主责单位：县住建局\n具体负责人：李乙\n",
        "挂点县领导：王甲\n承办部门：县住建局\n直接责任人：李乙\n",
        "责 任 领 导：王甲\n责 任 单 位：县住建局\n责 任 人：李乙\n",
        "责任领导 王甲 责任单位 县住建局 责任人 李乙\n",
        "分管领导：王甲\n责任单位及责任人：县住建局 李乙\n",
        "分管领导：王甲\n责任单位（责任人）：县住建局（李乙）\n",
    ]
    return [
        Case(f"labels {shape[:12]}", (facts,), f"{HEAD}1.新建公厕20座\n{shape}进度安排：12月底前完成20座。\n")
        for shape in shapes
    ]


def numbering() -> list[Case]:
    projects = [promise(at)[0] for at in range(3)]
    facts = tuple(
        Facts(p.title, p.target, LEADER, UNIT, OWNER, nodes=((11, 11, p.target[0] if p.target else ""),))
        for p in projects
    )
    forms = [
        "一是 二是 三是", "1： 2： 3：", "1。 2。 3。", "（一） （二） （三）", "一、 二、 三、", "第1项： 第2项： 第3项：", "1、 2、 3、", "① ② ③",
        "项目一： 项目二： 项目三：", "1) 2) 3)",
    ]  # fmt: skip
    found = []
    for form in forms:
        text = HEAD
        for mark, p in zip(form.split(), facts, strict=True):
            schedule = f"11月底前完成{p.target[0]}{p.target[1]}。" if p.target else ""
            text += named(p, 1, schedule).replace("1.", mark, 1)
        found.append(Case(f"numbered {form}", facts, text))
    return found


def stars() -> list[Case]:
    forms = ["★{}", "☆{}", "*{}", "{}（★）", "【省】{}", "（省级）{}", "{}★"]
    found = []
    for form in forms:
        p = promise(0)[0]
        schedule = "11月底前完成12个。"
        facts = (
            Facts(p.title, p.target, LEADER, UNIT, OWNER, nodes=((11, 11, "12"),), starred=True),
            Facts("改造桥梁2座", ("2", "座"), LEADER, UNIT, OWNER, nodes=((11, 11, "2"),)),
        )
        text = (
            HEAD
            + named(p, 1, schedule).replace(p.title, form.format(p.title))
            + named(facts[1], 2, "11月底前完成2座。")
        )
        found.append(Case(f"star {form}", facts, text))
    return found


def titles() -> list[Case]:
    rows = [
        ("新建学校五所", ("5", "所")),
        ("新增LED路灯300盏", ("300", "盏")),
        ("新增养老床位（含护理床位）450张", ("450", "张")),
        ("改造农户2 300户", ("2300", "户")),
        ("新建日处理3000吨污水厂2座", ("2", "座")),
        ("新建停车场3个，每个不少于50个车位", ("3", "个")),
        ("全年新增城镇就业1500人", ("1500", "人")),
        ("2025年底前改造小区7个", ("7", "个")),
        ("6月底前完成道路改造9条", ("9", "条")),
        ("总投资3000万元，新建公园4个", ("4", "个")),
    ]
    return [
        Case(
            title,
            (Facts(title, target, LEADER, UNIT, OWNER, nodes=((12, 12, target[0]),)),),
            HEAD + named(Facts(title, target, LEADER, UNIT, OWNER), schedule="12月底前全部完成。"),
        )
        for title, target in rows
    ]


def allocations_in_words() -> list[Case]:
    facts = Facts("改造小区18个", ("18", "个"), LEADER, UNIT, OWNER, nodes=((12, 12, "18"),))
    words = ("详见附件2", "各镇各2个", "东山镇8个，其余各镇各2个", "见附表", "由各镇自行上报", "每镇2个")
    return [
        Case(
            f"allocation {text}", (facts,),
            HEAD + named(facts, schedule="12月底前完成18个。").replace("进度安排", f"任务分解：{text}\n进度安排"),
            units=(UNIT,),
        )
        for text in words
    ]  # fmt: skip


def brackets_in_names() -> list[Case]:
    lists = [
        "各县（市、区）政府、县财政局（国资中心、金融办）", "县教育局、各镇（街道、开发区）", "县水利局（河长办），县农业农村局", "各乡（镇、街道）",
        "县公安局(交警大队、治安大队)、县城管局",
    ]  # fmt: skip
    wanted = [
        ("各县（市、区）政府", "县财政局（国资中心、金融办）"), ("县教育局", "各镇（街道、开发区）"), ("县水利局（河长办）", "县农业农村局"),
        ("各乡（镇、街道）",), ("县公安局(交警大队、治安大队)", "县城管局"),
    ]  # fmt: skip
    return [
        Case(
            words,
            (Facts("新建公厕20座", ("20", "座"), LEADER, UNIT, OWNER, names, ((12, 12, "20"),)),),
            HEAD
            + named(Facts("新建公厕20座", None, LEADER, UNIT, OWNER), schedule="12月底前完成20座。").replace(
                "进度安排", f"配合单位：{words}\n进度安排"
            ),
        )
        for words, names in zip(lists, wanted, strict=True)
    ]


def chapters() -> list[Case]:
    forms = ["{}副县长牵头项目", "县长{}牵头", "副县长{}负责项目", "县委常委、副县长{}牵头", "责任领导：{}"]
    found = []
    for form in forms:
        facts = (
            Facts("新建公厕20座", ("20", "座"), "王甲", "县住建局", nodes=((12, 12, "20"),)),
            Facts("改造小区9个", ("9", "个"), "王甲", "县建设局", nodes=((12, 12, "9"),)),
            Facts("改造道路5条", ("5", "条"), "张三", "县交通局", nodes=((12, 12, "5"),)),
        )
        text = HEAD + f"一、{form.format('王甲')}\n"
        for number, project in zip((1, 2, 1), facts, strict=True):
            if project.leader == "张三":
                text += f"二、{form.format('张三')}\n"
            assert project.target is not None
            text += (
                f"{number}.{project.title}\n责任单位：{project.lead_unit}\n"
                f"进度安排：12月底前完成{project.target[0]}{project.target[1]}。\n"
            )
        found.append(Case(f"chapters {form}", facts, text))
    return found


def lead_and_responsible() -> list[Case]:
    shapes = [
        ("牵头单位：县住建局\n责任单位：县财政局、各镇\n", ("县财政局", "各镇")),
        ("责任单位：县财政局、各镇\n牵头单位：县住建局\n", ("县财政局", "各镇")),
        ("牵头部门：县住建局\n配合单位：县水利局\n责任单位：县财政局\n", ("县财政局", "县水利局")),
        ("主办单位：县住建局\n承办单位：县财政局\n协办单位：各镇\n", ("县财政局", "各镇")),
        ("牵头单位：县住建局；责任单位：县财政局\n", ("县财政局",)),
    ]
    return [
        Case(
            f"lead beside {shape[:10]}",
            (Facts("新建公厕20座", ("20", "座"), "王甲", "县住建局", "", names, ((12, 12, "20"),)),),
            f"{HEAD}1.新建公厕20座\n牵头领导：王甲\n{shape}进度安排：12月底前完成20座。\n",
        )
        for shape, names in shapes
    ]


def descriptions() -> list[Case]:
    forms = [
        ("公厕提升工程", "新建公厕20座，完善标识。"), ("公厕革命（票决项目）", "新建公厕20座。"), ("城乡公厕提档升级", "主要内容：新建公厕20座。"),
        ("推进公厕建设", "建设内容：新建公厕20座，配齐设施。"), ("公厕改善行动", "年度目标：新建公厕20座。"),
    ]  # fmt: skip
    return [
        Case(
            f"description under {title}",
            (Facts(title, ("20", "座"), LEADER, UNIT, OWNER, nodes=((12, 12, "20"),)),),
            HEAD
            + named(Facts(title, None, LEADER, UNIT, OWNER), schedule="12月底前完成20座。").replace(
                title, f"{title}\n{below}"
            ),
        )
        for title, below in forms
    ]


def halves_and_ranges() -> list[Case]:
    rows = [
        ("新建公厕20座", ("20", "座"), "=", "6月底前建成8-10座；12月底前建成20座。", ((6, 6, "8"), (12, 12, "20"))),
        ("新建公厕20座", ("20", "座"), "=", "6月底前完成一半；12月底前建成20座。", ((6, 6, "10"), (12, 12, "20"))),
        ("新建管网30公里", ("30", "公里"), "=", "6月底前新建10km；12月底前新建30km。", ((6, 6, "10"), (12, 12, "30"))),
        ("培养能手400名至500名", ("400", "名"), ">=", "12月底前全部完成。", ((12, 12, "400"),)),
        ("新建绿地6000平方米", ("6000", "平方米"), "=", "6月底前新建2000㎡；12月底前新建6000㎡。", ((6, 6, "2000"), (12, 12, "6000"))),
    ]  # fmt: skip
    return [
        Case(
            f"{title} {schedule[:12]}",
            (Facts(title, target, LEADER, UNIT, OWNER, nodes=nodes, relation=relation),),
            HEAD + named(Facts(title, None, LEADER, UNIT, OWNER), schedule=schedule),
        )
        for title, target, relation, schedule, nodes in rows
    ]


def lists() -> list[Case]:
    """Tables that list projects, as Word and as Excel has them."""
    found = []
    plain = (
        Facts("新建公厕20座", ("20", "座"), "王甲", "县住建局"),
        Facts("改造小区9个", ("9", "个"), "王甲", "县建设局"),
    )
    for heads in (
        ("序号", "目标任务", "牵头市领导", "责任单位"), ("编号", "主要任务", "分管县领导", "牵头部门"), ("序号", "指标任务", "包案领导", "主办单位"),
        ("序号", "实事项目名称", "责任领导", "实施单位"), ("序号", "重点民生实事事项", "领导", "承办单位"),
    ):  # fmt: skip
        rows = (heads, *((at, p.title, p.leader, p.lead_unit) for at, p in enumerate(plain, start=1)))
        found += [Case(f"list {heads[1]} {form}", plain, rows=rows, form=form) for form in ("docx", "xlsx")]
    bare = tuple(Facts(p.title, p.target, "", p.lead_unit) for p in plain)
    for heads, values in (
        (("总投资（万元）", "建设时间", "完成率（%）"), (("500", "2025", "80"), ("300", "2025", "60"))),
        (("受益人口", "权重", "联系电话"), (("5000", "10", "65720001"), ("800", "5", "65720002"))),
        (("2024年完成数", "资金安排", "备注"), (("15", "200", "续建"), ("7", "100", "新建"))),
    ):
        rows = (
            ("序号", "项目名称", *heads, "责任单位"),
            *(
                (at, p.title, *value, p.lead_unit)
                for at, (p, value) in enumerate(zip(bare, values, strict=True), start=1)
            ),
        )
        found.append(
            Case(f"number columns {heads[0]}", bare, rows=rows, form="docx", units=("县住建局", "县建设局"))
        )
    for sub in ("子项目", "具体内容", "目标任务", "实事内容"):
        rows = (
            ("序号", "项目名称", sub, "责任单位"),
            (1, "环境提升", "新建公厕20座", "县住建局"),
            (2, None, "改造小区9个", "县建设局"),
        )
        found.append(Case(f"category over {sub}", bare, rows=rows, merges=((1, 1, 2, 1),), form="docx"))
    for chapter in ("城市建设", "一、城市建设", "住房保障类"):
        rows = (("序号", "项目名称", "责任单位"), ("一", chapter, None), (1, "新建公厕20座", "县住建局"), ("二", "其他方面", None),
                (2, "改造小区9个", "县建设局"))  # fmt: skip
        found.append(Case(f"chapter row {chapter}", bare, rows=rows, form="docx"))
    dated = tuple(
        Facts(p.title, p.target, "", p.lead_unit, nodes=((11, 11, p.target[0] if p.target else ""),))
        for p in plain
    )
    for head in ("完成时限", "办结时间", "计划完成时间", "时间要求"):
        rows = (
            ("序号", "项目名称", "责任单位", head),
            *((at, p.title, p.lead_unit, "11月底前") for at, p in enumerate(plain, start=1)),
        )
        found.append(Case(f"one date {head}", dated, rows=rows, form="xlsx"))
    shared = (
        Facts(
            "新建公厕20座",
            ("20", "座"),
            "",
            "县住建局",
            shares=(("东山镇", "8"), ("西河街道", "12")),
            nodes=((1, 6, "10"), (12, 12, "20")),
        ),
    )
    for half_year in ("上半年", "上半年目标", "1-6月"):
        rows = (("序号", "项目名称", "责任单位", "东山镇", "西河街道", half_year, "完成时限"),
                (1, "新建公厕20座", "县住建局", 8, 12, "完成10座", "12月底前完成20座"))  # fmt: skip
        found.append(Case(f"units and {half_year}", shared, rows=rows, form="xlsx"))
    proven = (Facts("新建公厕20座", ("20", "座"), "", "县住建局", shares=(("丹东", "8"), ("石浦", "12"))),)
    rows = (("序号", "项目名称", "责任单位", "丹东", "石浦"), (1, "新建公厕20座", "县住建局", 8, 12))
    found.append(Case("units proven by their sum", proven, rows=rows, form="xlsx"))
    helped = (Facts("新建公厕20座", ("20", "座"), "", "县住建局", "李乙", ("各镇乡（街道）", "县财政局")),)
    rows = (
        ("序号", "项目名称", "牵头单位", "责任单位", "责任人"),
        (1, "新建公厕20座", "县住建局", "各镇乡（街道）、县财政局", "李乙"),
    )
    found.append(Case("lead and responsible columns", helped, rows=rows, form="docx"))
    both = (Facts("新建公厕20座", ("20", "座"), "", "县住建局", "李乙"),)
    for head in ("牵头单位及主要负责人", "责任单位和责任人", "责任单位、责任人"):
        rows = (("序号", "项目名称", head), (1, "新建公厕20座", "县住建局\n李乙"))
        found.append(Case(f"joined column {head}", both, rows=rows, form="docx"))
    for head in ("工作举措及实施计划", "推进计划", "月度工作计划", "主要工作"):
        planned = (
            Facts("改造公路100公里", ("100", "公里"), "", "县交通局", nodes=((7, 7, None), (11, 11, "100"))),
        )
        rows = (
            ("序号", "实事项目", head, "责任单位"),
            (1, "改造公路100公里", "7月底前开工；11月底前建成。", "县交通局"),
        )
        found.append(Case(f"nodes in {head}", planned, rows=rows, form="docx"))
    titled = (Facts("新建公厕20座", ("20", "座"), "", "县住建局"),)
    rows = (
        ("2025年清河县民生实事清单", None, None),
        ("序号", "项目名称", "责任单位"),
        (1, "新建公厕20座", "县住建局"),
    )
    found.append(
        Case("year in the table", titled, rows=rows, merges=((0, 0, 0, 2),), form="docx", before=("附件1",))
    )
    return found


def cards() -> list[Case]:
    """A project a table, label beside value, a time beside its work; one pair a row or two."""
    facts = (
        Facts(
            "农村危房改造", ("136", "户"), "何平", "县住建局", "王芳", ("各镇",),
            nodes=((1, 3, None), (4, 6, "40"), (7, 9, "100"), (10, 12, "136")),
        ),
    )  # fmt: skip
    head = (
        ("项目名称", "农村危房改造", "项目编号", "1"), ("责任领导", "何平", "责任单位", "县住建局"),
        ("责任人", "王芳", "配合单位", "各镇"), ("年度目标", "完成农村危房改造136户", None, None),
    )  # fmt: skip
    work = ("开工30户", "竣工40户", "竣工100户", "竣工136户")
    found = []
    for times in (
        ("第一季度", "第二季度", "第三季度", "第四季度"),
        ("1-3月", "4-6月", "7-9月", "10-12月"),
        ("一季度", "二季度", "三季度", "四季度"),
    ):
        pairs = tuple(zip(times, work, strict=True))
        found.append(
            Case(
                f"card, {times[0]} a row",
                facts,
                rows=(*head, *((*pair, None, None) for pair in pairs)),
                form="docx",
            )
        )
        found.append(
            Case(
                f"card, {times[0]} two a row",
                facts,
                form="docx",
                rows=(*head, (*pairs[0], *pairs[1]), (*pairs[2], *pairs[3])),
            )
        )
    return found


def numbered_labels_of_any_kind() -> list[Case]:
    """The labels of a project are numbered, also those that nobody knows."""
    facts = (
        Facts(
            "道路提升", ("28.6", "公里"), "林海", "交通运输分局",
            nodes=((4, 6, "8"), (7, 9, "20"), (10, 12, "28.6")), shares=(("前洋村", "6.2"), ("后山村", "10.4"), ("西溪村", "12")),
        ),
        Facts("安全饮水", ("15", "千米"), "林海", "水利站", nodes=((6, 6, "6"), (10, 10, "15"))),
    )  # fmt: skip
    found = []
    for name in ("任务分工", "任务分解", "目标分工"):
        for marks in (
            ("（一）", "（二）", "（三）", "（四）", "（五）"),
            ("1.", "2.", "3.", "4.", "5."),
            ("1、", "2、", "3、", "4、", "5、"),
        ):
            road = ("建设内容：改造提升农村公路28.6公里", "责任领导：林海", "责任部门：交通运输分局", "进度计划：二季度完成8公里，三季度完成20公里，四季度完成28.6公里",
                    f"{name}：前洋村6.2公里、后山村10.4公里、西溪村12公里")  # fmt: skip
            water = (
                "建设内容：铺设供水管网15千米",
                "责任领导：林海",
                "责任部门：水利站",
                "进度计划：6月底前完成铺设6千米；10月底前完成铺设15千米",
            )
            lines = ["2025年宁海乡民生实事任务分工"]
            for title, labels in (("一、道路提升", road), ("二、安全饮水", water)):
                lines += [title, *(f"{mark}{label}" for mark, label in zip(marks, labels, strict=False))]
            found.append(Case(f"{name} numbered {marks[0]}", facts, "\n".join(lines) + "\n"))
    return found


def asides() -> list[Case]:
    """What stands in brackets behind a number says nothing against it."""
    return [
        Case(
            f"aside {aside}",
            (
                Facts(
                    "改造教室1200间",
                    ("1200", "间"),
                    "叶青",
                    "县教育局",
                    "钱二",
                    nodes=((6, 6, "400"), (8, 8, "1200")),
                ),
            ),
            f"2025年清河县民生实事项目\n1.改造教室1200间\n责任领导：叶青\n责任单位：县教育局\n责任人：钱二\n进度安排：6月改造400间；8月改造1200间{aside}。\n",
        )
        for aside in ("（利用暑期全部完成）", "（含农村学校）", "（暑期集中施工）")
    ]


def people_at_the_end() -> list[Case]:
    """Who leads and who helps is told in a sentence below the schedule, the leader last: it is the project's own."""
    found = []
    for label in ("责任分工：由", "工作分工：", ""):
        for leader in ("市领导：", "分管领导：", "责任领导："):
            facts = tuple(
                Facts(title, target, name, unit, "", helping, ((6, 6, half), (12, 12, target[0])))
                for title, target, name, unit, helping, half in (
                    ("改造农村公路120公里", ("120", "公里"), "郑洁", "市交通运输局", ("各区政府",), "70"),
                    ("新建社区食堂18家", ("18", "家"), "吴刚", "市民政局", ("市财政局", "市住建局"), "6"),
                    ("修缮校舍9栋", ("9", "栋"), "郑洁", "市教育局", ("市财政局",), "4"),
                )
            )
            lines = ["2025年临江市为民办实事项目责任清单"]
            for number, each in enumerate(facts, 1):
                assert each.target is not None
                (_, _, half), (_, _, whole) = each.nodes
                lines += [
                    f"{number}.{each.title}", f"时间要求：6月底前完成{half}{each.target[1]}；12月底前完成{whole}{each.target[1]}。",
                    f"{label}{each.lead_unit}牵头，{'、'.join(each.cooperating)}配合。", f"{leader}{each.leader}",
                ]  # fmt: skip
            found.append(Case(f"sentence {label}{leader}", facts, "\n".join(lines) + "\n"))
    return found


def months_in_a_column() -> list[Case]:
    """A row a node: a column of months under any name, the work beside it, the project merged over its rows."""
    facts = (
        Facts(
            "校园食堂改造", ("26", "个"), "曹斌", "县教育局", nodes=((4, 4, None), (7, 7, None), (9, 9, "26"))
        ),
        Facts("乡村公路", ("45", "公里"), "曹斌", "县交通局", nodes=((6, 6, "15"), (12, 12, "45"))),
    )
    found = []
    for month in ("月份", "时间", "时间节点", "完成月份"):
        for work in ("工作进度", "工作内容", "推进计划", "阶段任务"):
            rows = (
                ("项目", "主要内容", month, work, "责任单位", "县领导"),
                ("校园食堂改造", "改造学校食堂26个", "4月", "完成设计招标", "县教育局", "曹斌"), (None, None, "7月", "开工改造26个", None, None),
                (None, None, "9月", "改造完成26个", None, None), ("乡村公路", "新改建公路45公里", "6月", "完成15公里", "县交通局", "曹斌"),
                (None, None, "12月", "完成45公里", None, None),
            )  # fmt: skip
            merges = tuple((first, at, last, at) for first, last in ((1, 3), (4, 5)) for at in (0, 1, 4, 5))
            found += [
                Case(f"{month} beside {work}, {form}", facts, rows=rows, merges=merges, form=form)
                for form in ("docx", "xlsx")
            ]
    return found


def boxed_numbers() -> list[Case]:
    """【1】 and 〔1〕 before a title."""
    facts = (
        Facts("新建公厕20座", ("20", "座"), "葛军", "县住建局", "范丽", nodes=((6, 6, "8"), (11, 11, "20"))),
        Facts(
            "供水受益5.8万人",
            ("58000", "人"),
            "葛军",
            "县水利局",
            "石磊",
            nodes=((6, 6, "20000"), (11, 11, "58000")),
        ),
    )
    return [
        Case(
            f"numbers in {left}{right}", facts,
            f"2025年民生实事任务分解\n{left}1{right}新建公厕20座\n责任领导：葛军\n责任单位：县住建局（负责人：范丽）\n阶段目标：6月底建成8座、11月底建成20座\n"
            f"{left}2{right}供水受益5.8万人\n责任领导：葛军\n责任单位：县水利局（负责人：石磊）\n阶段目标：6月底受益2万人、11月底受益5.8万人\n",
        )
        for left, right in ("【】", "〔〕", "[]", "（）")
    ]  # fmt: skip


def units_of_measure_in_a_column() -> list[Case]:
    """The number of a target in one column, its unit in the next or the one before, under one head or two."""
    facts = (
        Facts("新建农村公路", ("60", "公里"), "", "县交通局", "胡明", nodes=((11, 11, "60"),)),
        Facts("改造危旧房", ("300", "户"), "", "县住建局", "林峰", nodes=((10, 10, "300"),)),
    )
    found = []
    for unit in ("单位", "计量单位"):
        for order in ((unit, "数量"), ("数量", unit)):
            amounts = [("公里", 60), ("户", 300)]
            pairs = [pair if order[0] == unit else pair[::-1] for pair in amounts]
            rows = (
                ("序号", "项目名称", "责任单位", "责任人", "目标任务", None, "完成期限"), (None, None, None, None, *order, None),
                (1, "新建农村公路", "县交通局", "胡明", *pairs[0], "11月底前"), (2, "改造危旧房", "县住建局", "林峰", *pairs[1], "10月底前"),
            )  # fmt: skip
            merges = (*((0, at, 1, at) for at in (0, 1, 2, 3, 6)), (0, 4, 0, 5))
            found += [
                Case(f"{' '.join(order)}, {form}", facts, rows=rows, merges=merges, form=form)
                for form in ("docx", "xlsx")
            ]
    return found


def areas_that_are_results() -> list[Case]:
    """绿地面积 is a size, but not where the nodes count it."""
    return [
        Case(
            f"area {words}",
            (
                Facts(
                    "城区绿化提升",
                    ("350000", "平方米"),
                    "彭涛",
                    "县城管局",
                    "李乙",
                    nodes=((6, 6, "150000"), (10, 10, "350000")),
                ),
            ),
            f"2025年清河县民生实事项目\n1.城区绿化提升\n年度目标：{words}35万平方米。\n责任领导：彭涛\n责任单位：县城管局\n责任人：李乙\n"
            "进度安排：6月底前新增绿地15万平方米；10月底前新增绿地35万平方米。\n",
        )
        for words in ("新增绿地面积", "新增绿地总面积", "新增绿地")
    ]


KINDS: tuple[Callable[[], list[Case]], ...] = (
    modal_words, joined_nodes, prepared, dates, last_done, two_measures, label_shapes, numbering, stars, titles, allocations_in_words,
    brackets_in_names, chapters, lead_and_responsible, descriptions, halves_and_ranges, lists,
    cards, numbered_labels_of_any_kind, asides, people_at_the_end, months_in_a_column, boxed_numbers, units_of_measure_in_a_column, areas_that_are_results,
)  # fmt: skip
CASES: tuple[Case, ...] = tuple(case for kind in KINDS for case in kind())
