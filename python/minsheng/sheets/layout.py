"""The one place that knows what the sheets, names and labels of a master and of a 填报表 are called.

Places are book-scope defined names; columns are found by header label inside them. Looks (fonts, widths, fills) are the
templates' business; the few words that conditional formats test for are the domain's statuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..domain import fields, finding
from ..domain.finding import Part
from ..domain.status import Status

# Sheets that the product makes. A clerk may rename the tabs: code finds places by name, never by tab.
SHEET_HOME: Final = "首页"
SHEET_SUMMARY: Final = "汇总表"
SHEET_HEATMAP: Final = "镇乡进度"
SHEET_SETTINGS: Final = "设置"
SHEET_FACTS: Final = "底稿"
SHEET_BY_LEAD_UNIT: Final = "按责任单位"
SHEET_BY_LEADER: Final = "按责任领导"

#: The most units that one cell names, worst first.
MOST_NAMES: Final = 20

MONTHS: Final = tuple(f"{month}月" for month in range(1, 13))


def project_sheet(number: int) -> str:
    """The tab of a project as it is built: ``01`` … ``33``, ``100``."""
    return f"{number:02d}"


def listed(names: Sequence[str]) -> str:
    """Names in a row; a cell that held more than MOST_NAMES would be higher than a page allows: the rest is counted."""
    shown = "、".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}等{len(names)}家"


def shortened(text: str, most: int) -> str:
    """So much of a text as one line holds."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of ``width`` characters, a Chinese character being two wide."""
    usable = max(2.0, width - 1.5)
    lines, used = 1, 0.0
    for character in text:
        if character == "\n":
            lines, used = lines + 1, 0.0
            continue
        size = 2.05 if ord(character) > 0x2E7F or character in "“”—…" else 1.1
        if used + size > usable:
            lines, used = lines + 1, 0.0
        used += size
    return lines


def project_name(number: int, place: str) -> str:
    """The defined name of a place on a project's sheet: ``P01_分解``. Places are the constants below."""
    return f"P{number:02d}_{place}"


# Places of a project's sheet (design, sections 3 and 7).
OVERVIEW: Final = "概况"  # title line and the labelled cells over the tables
UNITS: Final = "分解"  # header row and unit rows; 合计 and 计划累计 stand outside, below
SECOND_UNITS: Final = "分解2"  # the same for a second measure, which is not judged
NODES: Final = "节点"  # header row and node rows
UNIT_MARKS: Final = "标记"  # mirror beside UNITS, same rows
NODE_MARKS: Final = "节点标记"  # mirror beside NODES, same rows
PROJECT_MARKS: Final = "项目标记"  # mirror of the project itself: header row, value row
#: All of them: what jobs read and write. The single cells below are for formulas.
PROJECT_BLOCKS: Final = frozenset(
    {OVERVIEW, UNITS, SECOND_UNITS, NODES, UNIT_MARKS, NODE_MARKS, PROJECT_MARKS}
)

# Single cells of a project's sheet that other sheets' formulas point to.
TARGET_CELL: Final = "目标"
ADJUSTED_CELL: Final = "调整目标"
PLAN_CELL: Final = "计划"
ACTUAL_CELL: Final = "实际"
RATE_CELL: Final = "率"
LEADER_CELL: Final = "领导"
LEAD_UNIT_CELL: Final = "单位"
OWNER_CELL: Final = "责任人"
MEASURE_CELL: Final = "计量"
STANDING_CELL: Final = "办理"  # masters of before 0.4 have neither it nor its label
COLLECTED_CELL: Final = "收到月"  # the latest month of which the sheet holds a number, 0 before the first
PROJECT_CELLS: Final = (
    TARGET_CELL, ADJUSTED_CELL, PLAN_CELL, ACTUAL_CELL, RATE_CELL, LEADER_CELL, LEAD_UNIT_CELL, OWNER_CELL, MEASURE_CELL,
    COLLECTED_CELL,
)  # fmt: skip
#: The names that every project has; SECOND_UNITS is for few.
PROJECT_NAMES: Final = (
    OVERVIEW,
    UNITS,
    NODES,
    UNIT_MARKS,
    NODE_MARKS,
    PROJECT_MARKS,
    *PROJECT_CELLS,
    STANDING_CELL,
)

# Labels inside OVERVIEW. The value is the first non-blank cell to the right of the label, before the next label.
# The title line is the block's first row, as printed: "1.★为6.16万……。"
LEADER: Final = Part.LEADER.value
LEAD_UNIT: Final = Part.LEAD_UNIT.value
OWNER: Final = Part.OWNER.value
COOPERATING: Final = "配合单位"
TARGET: Final = Part.TARGET.value  # a plain number
RELATION: Final = "目标要求"  # RELATION_WORDS
UNIT_OF_MEASURE: Final = Part.MEASURE.value
PRINTED_TOTAL: Final = "任务书合计"  # 合计 as printed, blank where there is no table
MORE_TARGETS: Final = "其他目标"  # "≥60%", several joined by ；
ADJUSTED_TARGET: Final = Part.ADJUSTED_TARGET.value
ADJUSTMENT_NOTE: Final = Part.ADJUSTMENT_NOTE.value
REPORTING: Final = Part.REPORTING.value  # REPORTING_WORDS; blank is 镇乡
STANDING: Final = Part.STANDING.value  # CANCELLED or blank; its approval is 调整批准
AS_OF: Final = "截至日期"
PLAN: Final = "截至计划"
ACTUAL: Final = "实际累计"
RATE: Final = "完成率"
STATUS: Final = "状态"
LIGHT: Final = "灯"  # a word; the template draws a coloured ● before it
OVERVIEW_LABELS: Final = (
    LEADER, LEAD_UNIT, OWNER, COOPERATING, TARGET, RELATION, UNIT_OF_MEASURE, PRINTED_TOTAL, MORE_TARGETS,
    ADJUSTED_TARGET, ADJUSTMENT_NOTE, REPORTING, STANDING, AS_OF, PLAN, ACTUAL, RATE, STATUS,
)  # fmt: skip
#: Those that older masters do not have.
NEWER_OVERVIEW_LABELS: Final = frozenset({REPORTING, STANDING})
RELATION_WORDS: Final = {"=": "达到", ">=": "不低于"}
REPORTING_WORDS: Final = {"units": "镇乡", "lead": "责任单位代报"}
CANCELLED: Final = Status.CANCELLED.value

# Columns of UNITS and SECOND_UNITS.
UNIT: Final = Part.UNIT.value
SHARE: Final = Part.SHARE.value
LATEST: Final = "最新累计"
REMARK: Final = "备注"
UNIT_COLUMNS: Final = (UNIT, SHARE, *MONTHS, LATEST, RATE, STATUS, REMARK)
TOTAL_ROW: Final = Part.TOTAL.value
PLAN_ROW: Final = "计划累计"

# Columns of NODES. The order of rows is the document's; 节点时间 is the month phrase as printed.
NODE_TIME: Final = Part.NODE_TIME.value
NODE_TEXT: Final = "工作内容"
NODE_PLAN: Final = Part.NODE_PLAN.value
NODE_ACTUAL: Final = "实际累计"
NODE_DONE: Final = Part.NODE_DONE.value  # DONE_WORDS or blank
NODE_DONE_ON: Final = Part.NODE_DONE_ON.value
NODE_STATUS: Final = "状态"
NODE_ADJUSTED: Final = Part.NODE_ADJUSTED.value  # a date: the new deadline
NODE_REMARK: Final = Part.NODE_REMARK.value  # the approval of a changed deadline
NODE_COLUMNS: Final = (
    NODE_TIME, NODE_TEXT, NODE_PLAN, NODE_ACTUAL, NODE_DONE, NODE_DONE_ON, NODE_STATUS, NODE_ADJUSTED, NODE_REMARK,
)  # fmt: skip
DONE_WORDS: Final = fields.DONE_WORDS

# Mirror columns: the first repeats the row's key and every conditional format requires it to match the row, so that a
# stale mark vanishes instead of moving when rows are sorted. Values are Status words and finding signs.
MARK_KEY: Final = "标记行"
MARK_STATUS: Final = "判定"  # of the row: a unit's latest collected month, a node, the project
MARK_DAYS: Final = "逾期天数"
MARK_LAGGARDS: Final = "滞后单位"
MARK_FINDING: Final = "问题"  # of the row as a whole
UNIT_MARK_COLUMNS: Final = (
    MARK_KEY, *(f"{month}判定" for month in MONTHS), MARK_STATUS, *(f"{month}问题" for month in MONTHS), MARK_FINDING,
)  # fmt: skip
NODE_MARK_COLUMNS: Final = (MARK_KEY, MARK_STATUS, MARK_DAYS, MARK_FINDING)
PROJECT_MARK_COLUMNS: Final = (MARK_KEY, MARK_STATUS, MARK_LAGGARDS, MARK_FINDING)
#: What stands in a 问题 column, by severity: a word, so that it reads in black-and-white print.
FINDING_SIGNS: Final = {"error": "错误", "warning": "提醒"}

# Book-scope names of single cells and tables.
NAME_AS_OF: Final = "截至日期"  # formula: 判定日期, else the clerk's 截至日期, else end of latest collected month, else 1 January
NAME_AS_OF_MONTH: Final = (
    "截至月"  # formula: the month of 截至日期 in the master's year, 12 after it, 0 before
)
NAME_JUDGED: Final = (
    "判定日期"  # written by 着色 and 刷新汇总表, blanked by 汇总: shown numbers and marks agree
)
NAME_ID: Final = "总表编号"  # the master's id; its presence makes a book a master
NAME_YEAR: Final = "年度"
NAME_PARAMETERS: Final = "设置_参数"  # 参数 | 值 | 说明
NAME_UNITS: Final = "设置_单位"  # 填报单位 | 类别 | 别名 | 成员
NAME_CONTAINMENTS: Final = "设置_包含"  # 项目 | 包含于 | 说明
NAME_RULES: Final = "设置_规则"  # 代码 | 名称 | 级别
SETTINGS_NAMES: Final = (NAME_ID, NAME_PARAMETERS, NAME_UNITS, NAME_CONTAINMENTS, NAME_RULES)
NAME_READINGS: Final = "导入核对"
NAME_FINDINGS: Final = "校验结果"
NAME_HISTORY: Final = "校验历史"  # beside 校验结果, the latest run on top
NAME_DETAILS: Final = "填报明细"
NAME_LOG: Final = "汇总记录"
NAME_FACTS: Final = "总表底稿"  # very hidden: what the document said, and what amendments changed
#: Tables that grow beyond their names: the rows below these are theirs.
GROWING: Final = frozenset({NAME_READINGS, NAME_FINDINGS, NAME_HISTORY, NAME_DETAILS, NAME_LOG})
NAME_SUMMARY: Final = "汇总表"
NAME_HEATMAP: Final = "镇乡进度"
NAME_HOME: Final = "首页"
NAME_COUNTS: Final = "首页_计数"
NAME_DUE: Final = "首页_到期"
NAME_SENT_BY_TOWNSHIPS: Final = "首页_镇乡报送"
NAME_SENT_BY_BUREAUS: Final = "首页_部门报送"
NAME_ON_TIME_DAY: Final = "按时报送日"
NAME_CYCLE_MONTHS: Final = "每期月数"
#: The views of 汇总表: name (and tab) → the label that they group by.
VIEWS: Final = {SHEET_BY_LEAD_UNIT: "责任单位", SHEET_BY_LEADER: "责任领导"}

PARAMETER_COLUMNS: Final = ("参数", "值", "说明")
PARAM_TITLE: Final = "任务书标题"
PARAM_YEAR: Final = "年度"
PARAM_AS_OF: Final = "截至日期"
PARAM_PERIOD: Final = "本期"  # "2024-06"
PARAM_INBOX: Final = "收件夹"
USUAL_INBOX: Final = "收件夹"
PARAM_NEAR_DAYS: Final = "临期天数"
PARAM_RED_GAP: Final = "红灯差距"  # in points of the target: 10
PARAM_RED_DAYS: Final = "红灯天数"
PARAM_ON_TIME_DAY: Final = "按时报送日"  # of the month after: 5
PARAM_PAPER: Final = "打印纸张"  # A4 or A3
PARAM_CYCLE: Final = "报送周期"  # 月, 季 or 半年; blank is 月
PARAM_CYCLE_MONTHS: Final = "每期月数"  # formula
PARAM_ID: Final = "总表编号"
PARAM_JUDGED: Final = "判定日期"
PARAM_AS_OF_USED: Final = "正在使用的截至日期"
PARAM_MONTH_USED: Final = "正在使用的月份"
#: Aliases, members and the units it became are joined by 、; the last two older masters do not have.
UNIT_SETTING_COLUMNS: Final = ("填报单位", "类别", "别名", "成员", "并入或拆为", "起始月份")
BECAME, SINCE = NEWER_UNIT_COLUMNS = UNIT_SETTING_COLUMNS[4:]
KIND_WORDS: Final = {"township": "镇乡街道", "joint": "联合单位", "bureau": "部门"}
CONTAINMENT_COLUMNS: Final = ("项目", "包含于", "说明")
RULE_COLUMNS: Final = ("代码", "名称", "级别")
SEVERITY_WORDS: Final = finding.SEVERITY_WORDS
SEVERITY_OFF: Final = "不检查"

# Tables that jobs fill. A table's name covers its header row and the rows in use (at least one below the header).
READING_COLUMNS: Final = ("序号", "级别", "代码", "项目", "位置", "任务书原文", "读作", "说明", "处理建议")
FINDING_COLUMNS: Final = ("序号", "级别", "代码", "项目", "单位", "月份", "问题", "处理建议", "位置")
HISTORY_COLUMNS: Final = ("校验时间", "截至日期", "错误", "提醒", "提示")
RUNS_KEPT: Final = 12  # rows of 校验历史
_WORD_LABELS: Final = tuple(field.label for field in fields.WORDS)
DETAIL_COLUMNS: Final = (
    "项目",
    "单位",
    "月份",
    "指标",
    fields.VALUE.label,
    *_WORD_LABELS,
    fields.SOURCE.label,
)
#: Columns that masters of 0.2.0 do not have: where they are missing, they are blank.
NEWER_COLUMNS: Final = frozenset({"需协调事项", "灯", "未报"})
#: Parameters that those do not have: where they are missing, the usual values hold.
NEWER_PARAMETERS: Final = frozenset({PARAM_RED_GAP, PARAM_RED_DAYS, PARAM_CYCLE, PARAM_CYCLE_MONTHS})
FACT_COLUMNS: Final = ("批次", "类别", "项目", "段", "内容")
LOG_COLUMNS: Final = (
    "批次", "时间", "操作人", "期次", "动作", "文件", "SHA-256", "项目", "单位", "月份", "指标", "内容", "原值", "新值",
)  # fmt: skip
SUMMARY_COLUMNS: Final = (
    "序号", "项目", "责任单位", "责任人", "单位", "全年目标", "截至计划", "实际累计", "完成率", "状态", LIGHT, "滞后单位", "备注",
)  # fmt: skip

HOME_COLUMNS: Final = ("序号", "★", "项目", "责任单位", "责任领导", "计划进度", "完成率", "状态", LIGHT)
COUNT_COLUMNS: Final = ("类别", "项目数", "已完成", "逾期", "临期", "待确认", "正常", "未报")
DUE_COLUMNS: Final = (
    "序号", "★", "项目", "责任单位", "责任领导", "节点内容", "应达累计", "单位", "到期时间", "状态",
)  # fmt: skip
SENT_COLUMNS: Final = ("填报单位", "应报月数", "已报月数", "报送率", "按时月数", "按时率")
#: Classes of 首页_计数 that are no names; the rows of 责任领导 and 责任单位 follow them.
COUNTED_ALL, COUNTED_STARRED, COUNTED_OTHERS = "全部", "★省级", "县级"


def view_columns(name: str) -> tuple[str, ...]:
    """The columns of a view of 汇总表: what it groups by stands first, beside the rest that tells projects apart."""
    group = VIEWS[name]
    other = OWNER if group == LEAD_UNIT else LEAD_UNIT
    return (
        group, "序号", "项目", other, "单位", "全年目标", "截至计划", "实际累计", "完成率", "状态", "滞后单位",
    )  # fmt: skip


#: Every table of our own sheets: name → the tab as it is built, the labels of its header in order.
TABLES: Final = {
    NAME_HOME: (SHEET_HOME, HOME_COLUMNS),
    NAME_COUNTS: (SHEET_HOME, COUNT_COLUMNS),
    NAME_DUE: (SHEET_HOME, DUE_COLUMNS),
    NAME_SENT_BY_TOWNSHIPS: (SHEET_HOME, SENT_COLUMNS),
    NAME_SENT_BY_BUREAUS: (SHEET_HOME, SENT_COLUMNS),
    NAME_SUMMARY: (SHEET_SUMMARY, SUMMARY_COLUMNS),
    **{name: (name, view_columns(name)) for name in VIEWS},
    NAME_HEATMAP: (SHEET_HEATMAP, ("单位",)),
    NAME_READINGS: ("导入核对", READING_COLUMNS),
    NAME_FINDINGS: ("校验结果", FINDING_COLUMNS),
    NAME_HISTORY: ("校验结果", HISTORY_COLUMNS),
    NAME_DETAILS: ("填报明细", DETAIL_COLUMNS),
    NAME_LOG: ("汇总记录", LOG_COLUMNS),
}

#: The book-scope names that are no project's, those of one sheet as it is built together.
NAMES_BY_TAB: Final = (
    (
        *SETTINGS_NAMES,
        NAME_YEAR,
        NAME_JUDGED,
        NAME_AS_OF,
        NAME_AS_OF_MONTH,
        NAME_ON_TIME_DAY,
        NAME_CYCLE_MONTHS,
    ),
    (NAME_FACTS,),
    *(
        tuple(name for name, (tab, _) in TABLES.items() if tab == sheet)
        for sheet in dict.fromkeys(tab for tab, _ in TABLES.values())
    ),
)

# The 填报表.
SUBMISSION_SHEET: Final = "填报"
SUBMISSION_NODE_SHEET: Final = "节点"
SUBMISSION_COLUMNS: Final = tuple(field.label for field in fields.FORM_FIELDS)
SUBMISSION_NODE_COLUMNS: Final = tuple(field.label for field in fields.NODE_FIELDS)
