"""More layouts as counties of thirteen provinces have them: how projects are numbered and grouped, tables with several measures,
allocations in running text. The facts come first, as in kinds_of_documents."""

from __future__ import annotations

from incoming.kinds_of_documents import HEAD, Case, Facts

TOILETS = Facts("新建公厕20座", ("20", "座"), "罗刚", "县住建局", nodes=((6, 6, "8"), (12, 12, "20")))
ROADS = Facts("改造农村公路60公里", ("60", "公里"), "谢燕", "县交通局", nodes=((6, 6, "25"), (12, 12, "60")))
BEDS = Facts("新增养老床位300张", ("300", "张"), "谢燕", "县民政局", nodes=((9, 9, "180"), (11, 11, "300")))
ALL = (TOILETS, ROADS, BEDS)


def schedule(facts: Facts) -> str:
    """The nodes in words."""
    unit = facts.target[1] if facts.target else ""
    return "；".join(f"{last}月底前完成{number}{unit}" for _, last, number in facts.nodes) + "。"


def lines(facts: Facts, mark: str, *, leader: bool = True) -> str:
    """A project with its labels, ``mark`` before its title."""
    named = f"责任领导：{facts.leader}\n" if leader else ""
    return f"{mark}{facts.title}\n{named}责任单位：{facts.lead_unit}\n进度安排：{schedule(facts)}\n"


def numbered() -> list[Case]:
    forms = ("No.{} ", "NO{}、", "№{} ", "事项{}：", "任务{}：", "民生实事{}：", "A{}、", "ZS-0{}：")
    return [
        Case(f"numbered {form}", ALL, HEAD + "".join(lines(f, form.format(n)) for n, f in enumerate(ALL, 1)))
        for form in forms
    ]


def numbered_by_chapter() -> list[Case]:
    forms = ("{}.{} ", "{}.{}、", "{}-{}、")
    return [
        Case(
            f"numbered {form}", ALL,
            HEAD + "1 城乡建设\n" + lines(TOILETS, form.format(1, 1)) + lines(ROADS, form.format(1, 2)) + "2 养老服务\n"
            + lines(BEDS, form.format(2, 1)),
        )
        for form in forms
    ]  # fmt: skip


def overview_in_lines() -> list[Case]:
    """A numbered list of the titles alone before each project in full."""
    found = []
    for first, second in (
        ("一、目标任务", "二、责任分解"),
        ("一、项目安排", "二、任务分解"),
        ("（一）项目名单", "（二）进度安排"),
    ):
        listed = "".join(f"{n}.{f.title}。\n" for n, f in enumerate(ALL, 1))
        told = "".join(lines(f, f"{n}.") for n, f in enumerate(ALL, 1))
        found.append(Case(f"overview under {first}", ALL, f"{HEAD}{first}\n{listed}{second}\n{told}"))
    return found


def chapters_of_comrades() -> list[Case]:
    found = []
    for form in (
        "{}同志牵头负责项目",
        "{}副书记领衔项目",
        "{}常委包抓项目",
        "城乡民生（牵头领导：{}）",
        "责任领导 {}",
    ):
        text = f"{HEAD}一、{form.format('罗刚')}\n" + lines(TOILETS, "1.", leader=False)
        text += (
            f"二、{form.format('谢燕')}\n"
            + lines(ROADS, "1.", leader=False)
            + lines(BEDS, "2.", leader=False)
        )
        found.append(Case(f"chapter {form}", ALL, text))
    return found


def labels_within_a_cell() -> list[Case]:
    """One column tells who leads and who helps."""
    facts = tuple(
        Facts(f.title, f.target, f.leader, f.lead_unit, cooperating=("县财政局", "各镇"), nodes=f.nodes)
        for f in ALL
    )
    found = []
    for lead, helps in (("牵头：", "配合："), ("牵头单位：", "配合单位："), ("主办：", "协办：")):
        for sign in ("\n", "；"):
            rows = (
                ("序号", "项目名称", "责任领导", "责任单位", "进度要求"),
                *(
                    (n, f.title, f.leader, f"{lead}{f.lead_unit}{sign}{helps}县财政局、各镇", schedule(f))
                    for n, f in enumerate(facts, 1)
                ),
            )
            found.append(Case(f"{lead}{sign!r}{helps}", facts, rows=rows, form="docx"))
    return found


def marks_with_a_meaning() -> list[Case]:
    """Only the mark of the provincial projects is a star."""
    starred = (Facts(**{**vars(TOILETS), "starred": True}), ROADS, BEDS)
    found = []
    for star, other, legend in (
        ("★", "▲", "（注：★为省级民生实事，▲为市级民生实事）"),
        ("▲", "★", "注：★为市级项目；▲为省政府民生实事项目"),
        ("★", "☆", "带★的为省级项目，带☆的为县人大票决项目"),
    ):
        text = lines(TOILETS, f"1.{star}") + lines(ROADS, f"2.{other}") + lines(BEDS, "3.")
        found.append(Case(f"marks {star} {other}", starred, f"{HEAD.strip()}\n{legend}\n{text}"))
    return found


def projects_side_by_side() -> list[Case]:
    """A project a column, its labels down the first."""
    rows = (
        ("项目名称", *(f.title for f in ALL)), ("责任领导", *(f.leader for f in ALL)), ("责任单位", *(f.lead_unit for f in ALL)),
        ("进度安排", *(schedule(f) for f in ALL)),
    )  # fmt: skip
    return [Case(f"side by side {form}", ALL, rows=rows, form=form) for form in ("docx", "xlsx")]


def lists_in_the_allocation() -> list[Case]:
    shares = (("东山镇", "6"), ("西河街道", "5"), ("南湖乡", "9"))
    facts = Facts(**{**vars(TOILETS), "shares": shares})
    rest = f"责任领导：罗刚\n责任单位：县住建局\n进度安排：{schedule(TOILETS)}\n"
    found = [
        Case(
            f"allocation lines {marks}", (facts,), f"{HEAD}1.新建公厕20座\n{rest}任务分解：\n"
            + "".join(f"{mark}{unit}{number}座\n" for mark, (unit, number) in zip(marks.split(), shares, strict=True)),
        )
        for marks in ("— — —", "● ● ●", "（1） （2） （3）", "① ② ③", "1、 2、 3、", "• • •")
    ]  # fmt: skip
    for words in (
        "由东山镇承担6座、西河街道承担5座、南湖乡承担9座，共计20座。",
        "共20座。其中，东山镇6座，西河街道5座，南湖乡9座。",
        "全县共20座：东山镇6座；西河街道5座；南湖乡9座。",
        "东山镇负责新建6座，西河街道负责新建5座，南湖乡负责新建9座。",
    ):
        found.append(Case(words, (facts,), f"{HEAD}1.新建公厕20座\n{rest}任务分解：{words}\n"))
        found.append(
            Case(f"各镇任务 {words}", (facts,), f"{HEAD}1.新建公厕20座\n{rest}各镇（街道）任务：{words}\n")
        )
    return found


def two_measures_in_the_allocation() -> list[Case]:
    """The shares of the measure that comes to the target are read, the others are notes."""
    facts = Facts(
        "新建幼儿园3所、改建5所", ("3", "所"), "罗刚", "县教育局", nodes=((12, 12, "3"),), more=(("5", "所"),),
        shares=(("东山镇", "1"), ("南湖乡", "2")),
    )  # fmt: skip
    before = (
        HEAD.strip(),
        "1.新建幼儿园3所、改建5所",
        "责任领导：罗刚",
        "责任单位：县教育局",
        "进度安排：12月底前新建3所、改建5所。",
    )
    found = [
        Case(words, (facts,), "\n".join(before) + f"\n任务分解：{words}\n")
        for words in (
            "新建3所、改建5所，其中东山镇1所、2所，南湖乡2所、3所。",
            "东山镇新建1所、改建2所；南湖乡新建2所、改建3所。",
            "东山镇1所、2所；南湖乡2所、3所",
            "东山镇改建2所、新建1所；南湖乡改建3所、新建2所",
        )
    ]
    for heads in (
        ("乡镇", "新建", "改建"),
        ("单位", "新建（所）", "改建（所）"),
        ("序号", "镇乡", "新建数", "改建数"),
    ):
        body = [("东山镇", 1, 2), ("南湖乡", 2, 3), ("合计", 3, 5)]
        rows = (heads, *((*([at] if len(heads) > 3 else []), *row) for at, row in enumerate(body, 1)))
        found.append(Case(f"table {heads}", (facts,), rows=rows, form="docx", before=(*before, "任务分解：")))
    return found


def villages() -> list[Case]:
    """A row a village: the townships report."""
    facts = Facts(**{**vars(TOILETS), "shares": (("东山镇", "13"), ("南湖乡", "7"))})
    before = (
        HEAD.strip(),
        "1.新建公厕20座",
        "责任领导：罗刚",
        "责任单位：县住建局",
        f"进度安排：{schedule(TOILETS)}",
        "任务分解：",
    )
    found = []
    for township, village, amount in (
        ("乡镇", "村", "任务数（座）"),
        ("镇街", "行政村", "数量"),
        ("单位", "建设地点", "公厕（座）"),
    ):
        rows = (
            ("序号", township, village, amount), (1, "东山镇", "前进村", 8), (2, "东山镇", "后屯村", 5), (3, "南湖乡", "桥头村", 7),
            ("合计", None, None, 20),
        )  # fmt: skip
        found.append(Case(f"villages under {village}", (facts,), rows=rows, form="docx", before=before))
    return found


def broken_lines() -> list[Case]:
    """Text that was copied from a page: every line is broken at the margin."""
    title = "对全县42个行政村的生活垃圾收集转运设施进行提升改造，新配分类垃圾转运车36辆"
    facts = Facts(
        title, ("36", "辆"), "罗刚", "县住建局", "", ("县财政局", "县交通运输局", "各镇人民政府"),
        ((5, 5, None), (9, 9, "20"), (11, 11, "36")),
    )  # fmt: skip
    words = (
        f"1.{title}", "责任领导：罗刚", "责任单位：县住建局", "配合单位：县财政局、县交通运输局、各镇人民政府",
        "进度安排：5月底前完成招标采购；9月底前累计配备到位20辆；11月底前累计配备到位36辆。",
    )  # fmt: skip
    found = []
    for width in (18, 22, 26):
        broken = "\n".join(line[at : at + width] for line in words for at in range(0, len(line), width))
        found.append(Case(f"lines of {width} letters", (facts,), f"{HEAD}{broken}\n"))
    return found


def times_without_a_date() -> list[Case]:
    facts = Facts("城乡低保对象应保尽保", None, "罗刚", "县民政局", nodes=((1, 12, None),))
    return [
        Case(
            words, (facts,), f"{HEAD}1.{facts.title}\n责任领导：罗刚\n责任单位：县民政局\n完成时限：{words}\n"
        )
        for words in ("长期坚持", "持续推进", "常态化开展", "全年", "全年推进")
    ]


FURTHER: tuple[Case, ...] = tuple(
    case
    for kind in (
        numbered, numbered_by_chapter, overview_in_lines, chapters_of_comrades, labels_within_a_cell, marks_with_a_meaning,
        projects_side_by_side, lists_in_the_allocation, two_measures_in_the_allocation, villages, broken_lines, times_without_a_date,
    )
    for case in kind()
)  # fmt: skip
