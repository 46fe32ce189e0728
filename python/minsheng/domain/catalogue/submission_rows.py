"""Rules on the rows of a 填报表 beside the master, S4xx."""

from __future__ import annotations

from ..finding import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

NO_PART = Rule(
    "S401", "填了不承担的项目", ERROR,
    "“{file}”{sheet}!{cell}：{sender}的填报表里填了第{project}项（承担单位“{unit}”），这不是它要报的数，没有汇总。",
    "请与{sender}核对是否填错了行；如确实承担，请先在总表里补上全年任务。",
    "填报表里只有本单位承担的项目，多出来的行不收。",
    fixed=True,
)  # fmt: skip
OF_CANCELLED = Rule(
    "S420", "填的项目已取消", INFO,
    "“{file}”{sheet}!{cell}：第{project}项已取消，{sender}这一行没有汇总。",
    "不用处理；表是取消以前发出的。",
    "项目取消以前发出的表里还有它的行，不算填错。",
    fixed=True,
)  # fmt: skip
BY_LEAD = Rule(
    "S421", "已改由责任单位代报", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项由{lead_unit}代报，{sender}填的这一行没有汇总。",
    "请与{lead_unit}核对这个数；表是改成代报以前发出的，下次发的表里没有这一行。",
    "填报方式改成“责任单位代报”以后，这个项目的数只从责任单位的表里收。",
    fixed=True,
)  # fmt: skip
ROW_TWICE = Rule(
    "S402", "同一项目填了两行", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项{unit}有两行，内容不同，都没有汇总。",
    "请{unit}删去多余的一行后重新报送。",
    "同一项目两行内容不同，不知道取哪一行。",
    fixed=True,
)  # fmt: skip
FELL = Rule(
    "S403", "累计数比以前少", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项{unit}本月累计{text}，比{before_month}月的{before}少；已照填报的数汇总。",
    "本月累计应包括以前各月；请{unit}核对，确需调减的请在进展说明里写明原因。",
    "本月累计从年初算起，一般只增不减；照填报的数汇总，但要核对。",
)  # fmt: skip
OVER_TARGET = Rule(
    "S404", "超过全年任务", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项{unit}本月累计{text}，超过全年任务{share}。",
    "超额完成不用处理；请留意是否多写了一位或单位写错。",
    "超额完成是好事，也可能是多写了一位。",
)  # fmt: skip
FRACTION = Rule(
    "S405", "应是整数", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项按“{measured_in}”计，{unit}填了{text}，不是整数，没有汇总。",
    "请{unit}改成整数后重新报送。",
    "人、台、个等按整数填。",
    fixed=True,
)  # fmt: skip
SHARE_AS_FRACTION = Rule(
    "S406", "百分数写成了小数", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项按百分点填写，{unit}填了{text}，没有汇总。",
    "55%请填55；如果真的不到1%，请电话告知县级经办人。",
    "百分数按百分点填，0.55 到底是 0.55% 还是 55%，不猜。",
    fixed=True,
)  # fmt: skip
BEFORE_ALTERED = Rule(
    "S407", "上月累计对不上", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项{unit}表里的上月累计是{stands}，总表是{before}。",
    "请与{unit}核对以前月份的数；总表在发表以后改过的不用处理。",
    "上月累计是发表时带出去的，改了说明两边对不上。",
)  # fmt: skip
LEAP = Rule(
    "S408", "本月新增特别多", INFO,
    "“{file}”{sheet}!{cell}：第{project}项{unit}本月新增{increase}，超过以前各月中位数{median}的三倍。",
    "请留意是否多写了一位。",
    "本月新增比平时多很多时提醒看一眼。",
)  # fmt: skip
UNKNOWN_NODE = Rule(
    "S409", "节点对不上", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项没有“{text}”这个要打勾的节点，没有汇总。",
    "请{unit}用原表“节点”工作表填写，节点时间和工作内容不要改。",
    "节点按时间和工作内容对应，改了就对不上。",
    fixed=True,
)  # fmt: skip
TITLE_DIFFERS = Rule(
    "S410", "序号和项目名称对不上", ERROR,
    "“{file}”{sheet}!{cell}：序号是第{project}项，项目名称却是第{other}项的，没有汇总。",
    "可能有的行移动过；请{unit}用原表重新填写报送。",
    "序号和名称各指一个项目，多半是行错位了。",
    fixed=True,
)  # fmt: skip
TITLE_CHANGED = Rule(
    "S411", "项目名称被改过", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项的项目名称和总表不一样（“{text}”），按序号汇总。",
    "请核对这一行是不是第{project}项的数。",
    "名称被改过但序号还对得上。",
)  # fmt: skip
MEASURE_DIFFERS = Rule(
    "S412", "计量单位对不上", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项按“{measured_in}”计，表里的单位却是“{stands}”，没有汇总。",
    "请{unit}按“{measured_in}”重新填写，单位一栏不要改。",
    "单位一改，数就差了几倍。",
    fixed=True,
)  # fmt: skip
SHARE_ALTERED = Rule(
    "S413", "全年任务对不上", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项{unit}表里的全年任务是{stands}，总表是{share}。",
    "以总表为准；总表在发表以后调整过的不用处理。",
    "全年任务以总表为准。",
)  # fmt: skip
KEPT = Rule(
    "S414", "这次空着，保留以前的数", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项{unit}这次空着，总表里已有的{before}保留不动。",
    "如果以前的数报错了，请{unit}填上正确的数，或在总表里手工删去。",
    "空着是未报，不是零报告：空格不会抹掉已经汇总的数。",
)  # fmt: skip
BY_HAND = Rule(
    "S415", "手工改过的数会被改掉", WARNING,
    "第{project}项{unit}{month}月的{before}是在总表里手工填的，这次按“{file}”改为{text}。",
    "请核对以哪个为准；要保留手工填的数，请撤销汇总，或移走这份填报表。",
    "总表里手工改过的数，汇总会按填报表改回去，先列出来。",
    fixed=True,
)  # fmt: skip
WORDS_BY_HAND = Rule(
    "S419", "手工写的内容会被改掉", WARNING,
    "第{project}项{unit}的{label}“{before}”是在总表里手工填的，这次按“{file}”改为“{text}”。",
    "请核对以哪个为准；要保留手工填的，请撤销汇总，或移走这份填报表。",
    "总表里手工写的内容，汇总会按填报表改掉，先列出来。",
    fixed=True,
)  # fmt: skip
MORE_THAN_LATER = Rule(
    "S416", "累计数比后面月份多", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项{unit}本月累计{text}，比{later_month}月已有的{later}还多；已照填报的数汇总。",
    "请{unit}核对这两个月的数。",
    "补报以前月份时，累计不应超过后面月份已有的数。",
)  # fmt: skip
NODE_TWICE = Rule(
    "S417", "同一节点填了两行", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项节点“{text}”有两行，内容不同，都没有汇总。",
    "请{unit}删去多余的一行后重新报送。",
    "同一节点两行内容不同，不知道取哪一行。",
    fixed=True,
)  # fmt: skip
TICK_KEPT = Rule(
    "S418", "这次没打勾，保留以前的", INFO,
    "“{file}”{sheet}!{cell}：第{project}项节点“{text}”这次没有填完成情况，总表里已有的保留不动。",
    "以前填错的，请在表里改选“未完成”。",
    "空着不会抹掉以前打的勾。",
)  # fmt: skip
