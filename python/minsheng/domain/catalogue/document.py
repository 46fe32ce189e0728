"""Rules on reading a 任务书: D11x the document, D12x words, D13x targets, D14x tables, D16x units and relations;
document_nodes has D15x, the 进度安排, and document_file D17x, how the file itself was found.

Constants are Rule objects, named for what is wrong.
"""

from __future__ import annotations

from ..finding import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# The document as a whole.
YEAR_FROM_TEXT = Rule(
    "D111", "标题里没有年度", WARNING,
    "任务书标题里没有写年度，按正文里出现的“{original}”认作{reading}。", "请核对年度；不对时请指定年度后重新导入。",
    "年度取自标题；标题没有时，正文只出现一个年份才用它。",
)  # fmt: skip
YEAR_DIFFERS = Rule(
    "D112", "指定的年度与标题不同", WARNING,
    "任务书标题写的是{original}，导入时指定的是{reading}，已按指定的年度导入。", "请确认没有拿错任务书。",
    "导入时指定的年度优先于标题里的年度。",
)  # fmt: skip
NUMBER_TWICE = Rule(
    "D113", "项目序号重复", ERROR,
    "序号{twice}在任务书里出现了不止一次，“{original}”这一项暂编为第{project}项。", "请核对任务书的序号；更正后重新导入，或沿用暂编的序号。",
    "每个项目一个序号；重复的第二项暂编为空缺的序号，没有空缺就接在最后。",
)  # fmt: skip
NUMBER_GAP = Rule(
    "D114", "项目序号不连续", ERROR,
    "任务书里没有第{missing}项：可能漏排了序号，也可能这一项没有读出来。", "请对照任务书；确有这一项的，请把它填进任务书模板.xlsx 再导入。",
    "序号应从小到大不间断；空缺处可能有没读出来的项目。",
)  # fmt: skip
NUMBER_ORDER = Rule(
    "D115", "项目序号次序颠倒", WARNING,
    "第{project}项排在了第{before}项后面。", "请核对任务书的序号。",
    "项目一般按序号从小到大排列，颠倒的可能是序号写错。",
)  # fmt: skip
NUMBER_FROM_ORDER = Rule(
    "D116", "项目没有序号", WARNING,
    "“{original}”没有写序号，按先后次序编为第{project}项。", "请核对序号。",
    "没有序号的项目按先后次序编号，填报表以这个号为准。",
)  # fmt: skip

# Words that have no place in the model, or are missing from it.
TEXT_UNREAD = Rule(
    "D121", "有文字没有读入", WARNING,
    "{where}有一段文字没有读入：“{original}”。", "请看这段话里有没有责任单位、任务数或时间节点；有的话请在总表里补上。",
    "读不懂的文字不会猜着读，也不会不声不响地丢掉，都列在这里。",
)  # fmt: skip
REMARK_KEPT_OUT = Rule(
    "D122", "备注不进总表", INFO,
    "{where}的备注没有对应的栏目，没有读入：“{original}”。", "一般不用处理。",
    "总表只收任务数、单位、节点这些要跟踪的内容。",
)  # fmt: skip
FIELD_KEPT_OUT = Rule(
    "D123", "总表里没有这一栏", INFO,
    "{where}的“{label}”在总表里没有对应的栏目，没有读入：“{original}”。", "需要的话请记在总表的备注里。",
    "任务书里多出来的栏目不影响跟踪，只告诉您没有读入。",
)  # fmt: skip
FIELD_TWICE = Rule(
    "D124", "同一栏出现两次", WARNING,
    "第{project}项的“{label}”出现了不止一次，取了第一个“{reading}”，没有取“{original}”。", "请核对任务书后在总表里更正。",
    "一个项目同一栏写了两遍，取先写的一个。",
)  # fmt: skip
LEAD_UNIT_MISSING = Rule(
    "D125", "没有责任单位", ERROR,
    "第{project}项没有读到责任单位。", "请在总表第{project}项的工作表里补上责任单位，或更正任务书后重新导入。",
    "没有任务分解的项目由责任单位填报，没有责任单位就没有人报。",
)  # fmt: skip
PERSON_MISSING = Rule(
    "D126", "没有责任领导或责任人", WARNING,
    "第{project}项没有读到{label}。", "请在总表第{project}项的工作表里补上{label}。",
    "汇总表、通报和按责任领导的统计都要用到。",
)  # fmt: skip
NOBODY_NAMED = Rule(
    "D12B", "任务书没有这一栏", INFO,
    "任务书里各项目都没有写{label}。", "需要的话请在总表各项目的工作表里补上{label}。",
    "整份任务书都没有这一栏，只说一次，不逐项提醒。",
)  # fmt: skip
SCHEDULE_MISSING = Rule(
    "D127", "没有进度安排", ERROR,
    "第{project}项没有读到进度安排，无法判断是否逾期。", "请把这一项的进度安排填进任务书模板.xlsx 后重新导入。",
    "逾期是按进度安排判断的，没有进度安排就判断不了。",
)  # fmt: skip
SCHEDULES_MISSING = Rule(
    "D12G", "任务书没有进度安排", WARNING,
    "任务书里各项目都没有写进度安排，无法判断是否逾期。", "请把进度安排填进任务书模板.xlsx 后重新导入。",
    "整份任务书都没有进度安排，只说一次，不逐项提醒。",
)  # fmt: skip
SCHEDULES_ELSEWHERE = Rule(
    "D12J", "进度安排可能在别的栏里", WARNING,
    "各项目都没有读到进度安排；“{label}”一栏里写了时间，没有当作进度安排。", "请看这一栏是不是进度安排；是的话请把进度安排填进任务书模板.xlsx 后重新导入。",
    "有一栏写了时间又看不出是进度安排的，不说任务书没有写，也不猜着读。",
)  # fmt: skip
TABLE_UNREAD = Rule(
    "D128", "有表格没有读入", WARNING,
    "{where}有一张表格没有读入：“{original}”。", "请看表里有没有任务数；有的话请填进任务书模板.xlsx 后重新导入。",
    "看不出是任务分解的表格不硬读。",
)  # fmt: skip
LEAD_UNITS_SEVERAL = Rule(
    "D129", "不止一个责任单位", INFO,
    "第{project}项的责任单位写了不止一个（{original}），作为一个填报单位处理。", "如需分开填报，请在总表里改成其中一个。",
    "并列的责任单位合成一个填报单位，只发一份填报表。",
)  # fmt: skip

COLUMN_UNREAD = Rule(
    "D12C", "有一栏没有读入", WARNING,
    "“{label}”一栏看不出是什么，没有读入：“{original}”。", "请看这一栏有没有任务数、单位或时间；有的话请填进任务书模板.xlsx 后重新导入。",
    "看不出含义的栏不猜着读；同一栏只说一次。",
)  # fmt: skip
COLUMN_KEPT_OUT = Rule(
    "D12D", "总表里没有这一栏", INFO,
    "“{label}”一栏在总表里没有对应的栏目，没有读入：“{original}”。", "需要的话请记在总表的备注里。",
    "表里多出来的栏目不影响跟踪，只告诉您没有读入；同一栏只说一次。",
)  # fmt: skip
NUMBERS_RESTART = Rule(
    "D117", "序号按次序连续编排", INFO,
    "任务书分章编号（每章从头编），各项目按先后次序连续编为第1—{last}项。", "请核对序号。",
    "每章重新编号的任务书，填报表以连续编排的序号为准。",
)  # fmt: skip
NUMBERS_FROM_ORDER = Rule(
    "D118", "项目都没有序号", WARNING,
    "任务书的各项目都没有写序号，按先后次序编为第1—{last}项。", "请核对序号。",
    "没有序号的项目按先后次序编号，填报表以这个号为准。",
)  # fmt: skip
OVERVIEW = Rule(
    "D12H", "总表与分项合为一份", INFO,
    "任务书前面的总表列了{count}个项目，后面又逐项写明，合为一份读入。", "请核对项目数。",
    "先列总表、再逐项分解的任务书，同一个项目只算一项。",
)  # fmt: skip
LEADER_FROM_CHAPTER = Rule(
    "D12E", "责任领导取自分组标题", INFO,
    "第{listed}项的责任领导“{reading}”取自分组标题“{original}”。", "请核对责任领导。",
    "分组标题写明由谁牵头的，适用于下面的各项目。",
)  # fmt: skip
WORDS_UNCLAIMED = Rule(
    "D12F", "有内容没有读到", WARNING,
    "{where}的“{original}”没有读进任何一栏。", "请对照任务书，在总表里补上；或填进任务书模板.xlsx 后重新导入。",
    "任务书里的每个数、每个月份、每个非空的格子都要有着落；没有着落的都列在这里。",
)  # fmt: skip
CHAPTERS = Rule(
    "D12A", "分组标题不进总表", INFO,
    "任务书的分组标题（{original}）在总表里没有对应的栏目，没有读入。", "一般不用处理。",
    "“一、教育”这样的分组标题只管排版。",
)  # fmt: skip

# Targets.
TARGET_MISSING = Rule(
    "D131", "没有数量目标", INFO,
    "第{project}项的标题里没有数量，按没有数量目标处理，只看节点是否完成。", "确有目标数的，请在总表第{project}项里填年度目标和计量单位。",
    "有的项目只有要办的事，没有要达到的数。",
)  # fmt: skip
TARGET_UNIT_BORROWED = Rule(
    "D132", "目标的单位取自别处", INFO,
    "第{project}项标题里的数没有紧跟单位，按进度安排或任务分解读作{reading}。", "请核对计量单位。",
    "标题“6.16万60岁以上老年人”里的数，与合计、末节点的“6.16万人”一致，单位取自后者。",
)  # fmt: skip
TARGET_UNIT_UNKNOWN = Rule(
    "D133", "目标没有计量单位", WARNING,
    "第{project}项的目标{reading}找不到计量单位。", "请在总表第{project}项里补上计量单位。",
    "没有计量单位，就不知道该不该是整数。",
)  # fmt: skip
TARGET_FROM_NODES = Rule(
    "D134", "目标取自合计或末节点", WARNING,
    "第{project}项的标题里没有能用的数量，目标按合计或末节点读作{reading}。", "请核对年度目标。",
    "标题没有数时，合计或末节点就是目标。",
)  # fmt: skip
TARGET_UNSUPPORTED = Rule(
    "D135", "目标没有别处印证", WARNING,
    "第{project}项的目标读作{reading}，合计和进度安排里都没有同样的数可以印证。", "请核对年度目标。",
    "目标要有别处的数印证才算读准。",
)  # fmt: skip
TARGETS_UNSUPPORTED = Rule(
    "D13D", "目标只写在标题里", WARNING,
    "第{reading}项的目标只写在标题里，合计和进度安排都没有同样的数可以印证。", "请核对这些项目的年度目标。",
    "目标要有别处的数印证才算读准；这样的项目多时只说一次。",
)  # fmt: skip
TARGET_AMBIGUOUS = Rule(
    "D136", "不止一个数，取了第一个", WARNING,
    "第{project}项写了不止一个数（{reading}），合计和进度安排都不能说明哪个是主要目标，取了第一个，其余记为其他目标。", "请核对哪一个是主要目标；不对的，请在总表里更正。",
    "有几个数又没有别处印证时取第一个，其余只填报、不判断。",
)  # fmt: skip
TARGET_AGAINST_NODES = Rule(
    "D137", "目标与末节点不符", ERROR,
    "第{project}项的目标是{target}，进度安排最后一个有数的节点却是{last}。", "请核对任务书，在总表里更正年度目标或节点的计划累计。",
    "标题的目标、任务分解的合计、进度安排的末节点应是同一个数。",
)  # fmt: skip
TARGET_IS_CEILING = Rule(
    "D138", "目标是上限", WARNING,
    "第{project}项的“{original}”是不得超过的上限，不作为要达到的目标读入。", "这类目标请用节点的完成情况来跟踪。",
    "“不超过”“控制在”说的是上限，不是越多越好的目标。",
)  # fmt: skip
SECOND_MEASURE = Rule(
    "D139", "还有第二个指标", INFO,
    "第{project}项除了主要目标，还有“{reading}”，记为第二个指标，只填报、不判断。", "请核对哪一个是主要目标。",
    "同一项目的第二个数（例如办理数之外的满意率）只填报，不判断逾期。",
)  # fmt: skip
TITLE_NUMBER_UNREAD = Rule(
    "D13A", "标题里还有别的数", INFO,
    "第{project}项“{original}”里的数没有作为目标读入。", "请核对；确是目标的，请在总表里更正。",
    "标题里不像目标的数（年龄、里程碑名称等）不读入，列出来请您过目。",
)  # fmt: skip
TARGET_ROUGH = Rule(
    "D13B", "目标是约数", WARNING,
    "第{project}项的目标写作“{original}”，按{reading}处理。", "请核对年度目标。",
    "“约”“左右”“余”不是确切的数，按写出的数处理。",
)  # fmt: skip
LEVEL = Rule(
    "D13C", "按水平值判断", INFO,
    "第{project}项是比例或要求全年持续保持，按最近一次填报的水平判断，不累加。", "一般不用处理。",
    "百分比和“全年持续保持”的项目不累加：多个单位时取最低的一个。",
)  # fmt: skip

# The 任务分解 table.
TABLE_OUT_OF_LINE = Rule(
    "D141", "任务分解表的单位与数对不齐", ERROR,
    "第{project}项的任务分解表有{names}个单位（含合计）、{values}个数，对不齐，各单位的任务数没有读入。",
    "请向{lead_unit}核实各单位的任务数，填进总表第{project}项；填齐之前由责任单位按总数填报。",
    "表头与数对不齐时从不挪位去凑，即使凑得出合计：各单位的全年任务留空，由责任单位按合计填报，直到各单位之和等于合计。",
)  # fmt: skip
SUM_DIFFERS = Rule(
    "D142", "各单位之和与合计不符", ERROR,
    "第{project}项各单位任务数之和是{total}，任务书的合计是{printed}。", "请对照任务书和责任单位的底稿更正。",
    "分解表各单位相加必须等于合计，差1也算错。",
)  # fmt: skip
TOTAL_DIFFERS = Rule(
    "D143", "合计与目标不符", ERROR,
    "第{project}项任务分解的合计是{printed}，标题的目标是{target}。", "请核对任务书，在总表里更正。",
    "合计应等于标题的目标。",
)  # fmt: skip
SUM_AGAINST_TARGET = Rule(
    "D144", "各单位之和与目标不符", ERROR,
    "第{project}项各单位任务数之和是{total}，标题的目标是{target}（任务书没有印合计）。", "请核对任务书，在总表里更正。",
    "表里没有印合计时，各单位相加应等于标题的目标。",
)  # fmt: skip
SHARE_UNREADABLE = Rule(
    "D145", "任务数读不出来", ERROR,
    "第{project}项{unit}的任务数写作“{original}”，读不出准确的数，留空。", "请在总表第{project}项里填上{unit}的全年任务。",
    "任务数要能准确读出，读不准的留空。",
)  # fmt: skip
SHARE_BLANK = Rule(
    "D146", "任务数空着", WARNING,
    "第{project}项的任务分解表里{unit}没有数（“{original}”），按没有任务处理。", "请核对；确有任务的，请在总表里填上。",
    "空格、横线按没有任务处理，请核对是不是漏印。",
)  # fmt: skip
UNIT_TWICE = Rule(
    "D147", "同一单位在表里出现两次", ERROR,
    "第{project}项的任务分解表里{unit}出现了不止一次（{original}），任务数没有读入。", "请核对任务书，在总表第{project}项里填上{unit}的全年任务。",
    "同一单位有两个数时不知道取哪个，都不取。",
)  # fmt: skip
TABLE_WITHOUT_LABEL = Rule(
    "D148", "表格前没有“任务分解”字样", INFO,
    "第{project}项有一张表格前面没有“任务分解”字样，按任务分解读入。", "请核对这一项的任务分解。",
    "有的任务书不写“任务分解”四个字，靠表里的单位名认出来。",
)  # fmt: skip
ALLOCATION_UNREADABLE = Rule(
    "D149", "任务分解读不懂", ERROR,
    "第{project}项的任务分解读不懂，没有读入：“{original}”。", "请把这一项的任务分解填进任务书模板.xlsx 后重新导入。",
    "分解写成了读不懂的样子，不硬读。",
)  # fmt: skip
TOTAL_BLANK = Rule(
    "D14A", "合计空着", WARNING,
    "第{project}项的任务分解表没有填合计；各单位之和是{total}。", "请核对任务书。",
    "合计空着就少了一道核对。",
)  # fmt: skip
SHARES_OF_SEVERAL = Rule(
    "D14E", "任务分解有几个指标", INFO,
    "第{project}项的任务分解有几个指标，各单位的全年任务取的是“{reading}”，其余（{original}）写在各单位的备注里。", "请核对哪一个是主要指标。",
    "一个项目只跟踪一个主要指标的分解；别的指标的任务数留在备注里备查。",
)  # fmt: skip
UNSHARED = Rule(
    "D14B", "分解表之外还有表", WARNING,
    "第{project}项有不止一张像任务分解的表格，只读了第一张，没有读“{original}”。", "请核对任务书，在总表里更正。",
    "一个项目只取一张任务分解表。",
)  # fmt: skip
SHARED_TABLE = Rule(
    "D14C", "取自各项目合用的表", INFO,
    "各项目的任务分解取自一张合用的表：{original}。", "请核对各栏说的是不是这个项目。",
    "有的任务书把各项目的分解合印成一张大表，按列或按行拆开。",
)  # fmt: skip
SHARED_TABLE_COLUMN = Rule(
    "D14D", "合用的表里有一栏对不上项目", WARNING,
    "各项目合用的任务分解表里“{original}”一栏对不上哪一个项目，没有读入。", "请在总表相应项目里填上各单位的全年任务。",
    "合用的大表里有一栏认不出是哪个项目的，不硬读。",
)  # fmt: skip

# Units, and projects that are part of one another.
JOINT_UNIT_MEMBER = Rule(
    "D161", "联合单位的成员没有单独任务", INFO,
    "联合单位“{unit}”里的{member}没有单独的任务，也列为填报单位。", "请在“设置”里核对填报单位。",
    "联合单位的任务由排在前面的成员填报，其他成员也列进名单备查。",
)  # fmt: skip
CONTAINMENT = Rule(
    "D162", "可能包含于另一项目", INFO,
    "第{project}项的任务数与第{outer}项相同，标题也只多了几个字，建议按“第{project}项包含于第{outer}项”核对。", "请在“设置”里确认；不是的话请删去这一行。",
    "被包含项目的任务数和完成数不应超过包含它的项目；超过时校验会提醒。",
)  # fmt: skip
