"""Rules on 填报表 that units send in: S1xx the file, S2xx its place, S3xx a value, S4xx a judgement."""

from __future__ import annotations

from ..finding import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

OTHER_MASTER = Rule(
    "S201", "不是本总表的填报表", ERROR,
    "“{file}”是另一本总表的填报表，没有汇总。", "请核对是否拿错了年度或县区的文件，退回{unit}改用本总表生成的填报表。",
)  # fmt: skip
NAMELESS = Rule(
    "S202", "看不出是谁、哪个月的", ERROR,
    "“{file}”里找不到填报单位或月份，没有汇总。", "请用“生成填报表”发出的原表重新填写，表头不要改动。",
)  # fmt: skip
UNKNOWN_UNIT = Rule(
    "S203", "填报单位不在名单里", ERROR,
    "“{file}”的填报单位“{unit}”不在总表的填报单位名单里，没有汇总。", "请核对单位名称；如果是同一单位的另一种写法，请加到“设置”的别名里。",
)  # fmt: skip
OTHER_YEAR = Rule(
    "S204", "年度不对", ERROR,
    "“{file}”是{year}年的填报表，总表是{expected}年的，没有汇总。", "请{unit}用{expected}年的填报表重新填写。",
)  # fmt: skip
OTHER_MONTH = Rule(
    "S205", "是别的月份的", WARNING,
    "“{file}”是{other}的填报表，本次汇总的是{asked}，已跳过。", "如果{other}还没有汇总过它，请另按{other}汇总一次。",
)  # fmt: skip
OTHER_MONTH_NEW = WARNING
UNSEALED = Rule(
    "S206", "没有原表标记", WARNING,
    "“{file}”没有原表的标记，按表头文字认作{unit}{period}的填报表。", "请核对单位和月份；下次请直接在发出的原表里填写。",
)  # fmt: skip
TWO_VERSIONS = Rule(
    "S207", "同一单位交了不同的几份", ERROR,
    "{unit}交了内容不同的几份填报表（{files}），分不清先后，都没有汇总。", "请向{unit}问清以哪份为准，只留那一份再汇总。",
)  # fmt: skip
SUPERSEDED = Rule(
    "S208", "被新的一份取代", WARNING,
    "“{file}”被{unit}较晚保存的“{newer}”取代，两份不同之处：{differs}。", "一般不用处理；如以旧的一份为准，请移走新的一份再汇总。",
)  # fmt: skip
NO_PART = Rule(
    "S401", "填了不承担的项目", ERROR,
    "“{file}”{cell}：{unit}不承担第{project}项，所填的数没有汇总。", "请与{unit}核对是否填错了行；如确实承担，请先在总表里补上全年任务。",
)  # fmt: skip
ROW_TWICE = Rule(
    "S402", "同一项目填了两行", ERROR,
    "“{file}”{cell}：第{project}项{unit}有两行，只取了第一行。", "请{unit}删去多余的一行后重新报送。",
)  # fmt: skip
FELL = Rule(
    "S403", "累计数比以前少", ERROR,
    "“{file}”{cell}：第{project}项{unit}本月累计{text}，比{before_month}月的{before}少。", "本月累计应包括以前各月；请{unit}核对，确需调减的请在进展说明里写明原因。",
)  # fmt: skip
OVER_TARGET = Rule(
    "S404", "超过全年任务", WARNING,
    "“{file}”{cell}：第{project}项{unit}本月累计{text}，超过全年任务{share}。", "超额完成不用处理；请留意是否多写了一位或单位写错。",
)  # fmt: skip
FRACTION = Rule(
    "S405", "应是整数", ERROR,
    "“{file}”{cell}：第{project}项按“{measured_in}”计，{unit}填了{text}，不是整数，没有汇总。", "请{unit}改成整数后重新报送。",
)  # fmt: skip
SHARE_AS_FRACTION = Rule(
    "S406", "百分数写成了小数", ERROR,
    "“{file}”{cell}：第{project}项按百分点填写，{unit}填了{text}，没有汇总。", "55%请填55；如果真的不到1%，请电话告知县级经办人。",
)  # fmt: skip
BEFORE_ALTERED = Rule(
    "S407", "上月累计被改过", WARNING,
    "“{file}”{cell}：第{project}项{unit}表里的上月累计是{stands}，总表是{before}。", "请与{unit}核对以前月份的数。",
)  # fmt: skip
LEAP = Rule(
    "S408", "本月新增特别多", INFO,
    "“{file}”{cell}：第{project}项{unit}本月新增{increase}，是以前各月的三倍以上。", "请留意是否多写了一位。",
)  # fmt: skip
UNKNOWN_NODE = Rule(
    "S409", "节点对不上", ERROR,
    "“{file}”{cell}：第{project}项没有“{text}”这个节点，没有汇总。", "请{unit}用原表“节点”工作表填写，节点时间和工作内容不要改。",
)  # fmt: skip
