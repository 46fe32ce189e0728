"""Rules of 校验 on an open master: M1xx sums and targets, M2xx units, M3xx nodes, M4xx reports, M5xx the sheets."""

from __future__ import annotations

from ..finding import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

SUM = Rule(
    "M101", "任务分解与合计不符", ERROR,
    "第{project}项各单位全年任务之和是{sum}，任务书合计是{total}，相差{gap}。", "请对照任务书原文改正有误的一格；任务书本身有误的，请与责任单位核实。",
    "任务分解表里各填报单位的全年任务相加，必须等于表中的合计。",
)  # fmt: skip
TOTAL_TARGET = Rule(
    "M102", "合计与年度目标不符", ERROR,
    "第{project}项任务书合计是{total}，年度目标是{target}。", "请核对标题里的目标和分解表的合计，改正有误的一处。",
    "分解表的合计应等于项目标题里的年度目标。",
)  # fmt: skip
LAST_NODE = Rule(
    "M103", "最后节点与年度目标不符", ERROR,
    "第{project}项最后一个有数的节点累计是{last}，年度目标是{target}。", "请核对进度安排最后一个节点的累计数和年度目标。",
    "按进度安排做到最后一个节点，应正好完成年度目标。",
)  # fmt: skip
UNSETTLED = Rule(
    "M104", "任务分解表对不上", ERROR,
    "第{project}项的任务分解表单位和数字个数对不上，各单位全年任务暂空，先由{unit}按合计{total}填报。", "请向责任单位问清每个单位的任务，填入“全年任务”；填齐且相加等于合计后自动按单位统计。",
    "任务书里单位与数字对不齐的表，程序不猜；在填齐之前由责任单位代为填报。",
)  # fmt: skip
SHARE_FRACTION = Rule(
    "M105", "全年任务不是整数", ERROR,
    "第{project}项按“{measured_in}”计，{unit}的全年任务是{text}，不是整数。", "请改成整数。",
    "人、台、个等按个数计的项目，任务和报数都应是整数。",
)  # fmt: skip
TARGET_UNAPPROVED = Rule(
    "M106", "调整目标没有批准依据", WARNING,
    "第{project}项有调整后目标{text}，但“调整批准”是空的。", "请在“调整批准”里写明批准文件或日期。",
    "年度目标的调整必须有批准依据，通报时一并列出。",
)  # fmt: skip
UNIT_UNKNOWN = Rule(
    "M201", "填报单位不在名单里", ERROR,
    "第{project}项的填报单位“{unit}”不在“设置”的填报单位名单里。", "请改成名单里的名称，或把它加进名单。",
    "只有名单里的单位才会收到填报表。",
)  # fmt: skip
UNIT_MISSING = Rule(
    "M202", "各镇乡项目缺少单位", WARNING,
    "第{project}项的配合单位写的是各镇乡（街道），分解表里却没有：{units}。", "请核对这些单位是否确实没有任务。",
    "配合单位写明各镇乡政府、街道办事处的项目，一般每个镇乡街道都有任务。",
)  # fmt: skip
CONTAINED = Rule(
    "M203", "超过了所属项目", WARNING,
    "第{project}项{unit}的{part}是{inner}，超过所属的第{outer_project}项的{outer}。", "第{project}项是第{outer_project}项的一部分，请核对两项的数。",
    "“设置”里列出的包含关系：前一项各单位的数不应超过后一项。",
)  # fmt: skip
NODE_ORDER = Rule(
    "M301", "节点次序颠倒", WARNING,
    "第{project}项第{node}个节点“{text}”的时间早于前一个节点。", "请核对节点时间。",
    "进度安排按月份先后排列。",
)  # fmt: skip
NODE_FALLS = Rule(
    "M302", "节点累计数下降", WARNING,
    "第{project}项第{node}个节点“{text}”的计划累计{value}比前一个节点的{before}少。", "请核对计划累计；累计数只增不减。",
    "计划累计是从年初算起的，不应减少。",
)  # fmt: skip
NODE_MONTH = Rule(
    "M303", "节点月份不对", ERROR,
    "第{project}项第{node}个节点的时间“{text}”不是一年里的月份。", "请对照任务书改正节点时间，例如 1—3月份。",
    "节点时间应在1月到12月之间，起止不能颠倒。",
)  # fmt: skip
NODE_GAP = Rule(
    "M304", "有月份没有安排", INFO,
    "第{project}项{months}没有进度安排。", "一般不用处理；请留意任务书是否漏了一段。",
    "前后两个节点之间有空缺的月份时提示。",
)  # fmt: skip
DEADLINE_UNAPPROVED = Rule(
    "M305", "调整时间没有批准依据", WARNING,
    "第{project}项第{node}个节点调整到{text}，但“备注”里没有批准依据。", "请在该节点的“备注”里写明批准文件或日期。",
    "节点时间的调整必须有批准依据，通报时一并列出。",
)  # fmt: skip
NUMBER_TWICE = Rule(
    "M306", "项目序号重复", ERROR,
    "第{project}项的序号出现了不止一次。", "请改正重复的序号，每个项目一个号。",
    "一个序号只能对应一个项目。",
)  # fmt: skip
REPORT_FUTURE = Rule(
    "M401", "填报数在截至日期之后", WARNING,
    "第{project}项{unit}{month}月已有数{text}，晚于截至日期{as_of}。", "请核对是否填错了月份。",
    "截至日期以后的月份不应有数，也不参与判断。",
)  # fmt: skip
REPORT_FALLS = Rule(
    "M402", "累计数比以前少", WARNING,
    "第{project}项{unit}{month}月累计{text}，比{before_month}月的{before}少。", "请与填报单位核对；累计数应包括以前各月。",
    "本月累计从年初算起，不应减少（百分率等保持类指标除外）。",
)  # fmt: skip
REPORT_OVER = Rule(
    "M403", "超过全年任务", WARNING,
    "第{project}项{unit}{month}月累计{text}，超过全年任务{share}。", "超额完成不用处理；请留意是否多写了一位。",
    "报数超过全年任务时提醒核对。",
)  # fmt: skip
REPORT_FRACTION = Rule(
    "M404", "填报数不是整数", ERROR,
    "第{project}项按“{measured_in}”计，{unit}{month}月填了{text}，不是整数。", "请与填报单位核对后改成整数。",
    "人、台、个等按个数计的项目，报数应是整数。",
)  # fmt: skip
REPORT_NO_PART = Rule(
    "M405", "不承担的单位有数", WARNING,
    "第{project}项{unit}没有全年任务，{month}月却有数{text}，没有计入合计。", "请补上全年任务，或删去这个数。",
    "没有全年任务的单位视为不承担，它的数不计入项目。",
)  # fmt: skip
NAME_MISSING = Rule(
    "M501", "位置名称丢失", ERROR,
    "工作表“{sheet}”找不到名称“{label}”，第{project}项的这部分读不出来。", "多半是整块删除或从别处粘贴造成的，请撤销，或从以前保存的总表恢复。",
    "程序靠名称找到各个表块，名称丢失就无法读取。",
)  # fmt: skip
LABEL_MISSING = Rule(
    "M502", "表头文字丢失", ERROR,
    "工作表“{sheet}”里找不到表头“{label}”。", "请把改过的表头文字改回“{label}”。",
    "程序靠表头文字找到各列，文字改动就无法读取。",
)  # fmt: skip
FORMULA_OVERWRITTEN = Rule(
    "M503", "公式被覆盖", WARNING,
    "工作表“{sheet}”{cell}的“{label}”应是公式，现在是“{text}”。", "请从相邻的行复制公式过来；在改回之前，这一格不会随数据更新。",
    "合计、最新累计、完成率、状态等由公式计算，被数值覆盖后就不再更新。",
)  # fmt: skip
INPUT_UNREADABLE = Rule(
    "M504", "填的内容认不出", ERROR,
    "工作表“{sheet}”{cell}填的是“{text}”，认不出是什么，没有采用。", "请改成规范的数、日期或选项。",
    "数要写成数字，日期写成 2024-06-30 的样子，完成情况从下拉框里选。",
)  # fmt: skip
FORMULA_IN_INPUT = Rule(
    "M505", "填数的格子里是公式", WARNING,
    "工作表“{sheet}”{cell}应填数，现在是公式“{text}”。", "请复制后“选择性粘贴—数值”，改成数值。",
    "填数的格子里放公式，数会在不知不觉中变化，也无法记录是谁改的。",
)  # fmt: skip
SHEET_MISSING = Rule(
    "M506", "项目工作表丢失", ERROR,
    "第{project}项的工作表（原名“{sheet}”）不见了，没有计入。", "请撤销删除，或从以前保存的总表恢复。",
    "每个项目一张工作表，缺了就不能统计。",
)  # fmt: skip
UNIT_ROW_TWICE = Rule(
    "M507", "同一单位有两行", ERROR,
    "第{project}项“{unit}”在工作表“{sheet}”{cell}又出现了一次，只取前一行。", "请合并成一行，删去多余的一行。",
    "一个单位在一个项目里只能有一行。",
)  # fmt: skip
