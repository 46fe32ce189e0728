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
TARGET_ADJUSTED = Rule(
    "M107", "年度目标已调整", INFO,
    "第{project}项的年度目标原定{target}，调整为{text}；批准：{approval}。", "不用处理；逾期判断和完成率已按调整后的目标计算。",
    "调整过的年度目标逐项列出：原定、调整、批准。",
)  # fmt: skip
TITLE_TARGET = Rule(
    "M108", "年度目标与标题不符", WARNING,
    "第{project}项的年度目标是{target}，标题里写的是{text}。", "请核对标题和年度目标，改正有误的一处；批准调减的，请填“调整后目标”，年度目标保留原数。",
    "年度目标应与项目标题里的数一致。",
)  # fmt: skip
MEASURE_MISSING = Rule(
    "M109", "没有计量单位", WARNING,
    "第{project}项有年度目标{target}，但“计量单位”是空的。", "请补上计量单位；百分率填“%”，人、台、个等按整数核对。",
    "没有计量单位，就不知道该不该是整数、能不能相加。",
)  # fmt: skip
MEASURE_DIFFERS = Rule(
    "M110", "计量单位与文字不符", WARNING,
    "第{project}项的计量单位是“{measured_in}”，“{text}”里用的却是“{stands}”。", "请核对计量单位；确是两种叫法的，可以不处理。",
    "同一个数在标题、节点里的单位应与“计量单位”一致。",
)  # fmt: skip
SECOND_WITHOUT_ROW = Rule(
    "M111", "其他目标没有填报行", WARNING,
    "第{project}项写了其他目标“{text}”，表里却没有第二项指标的填报行，收不到它的数。", "请把它写进任务书后重新导入；只作说明的，可以写在备注里。",
    "第二项指标的填报行在导入时生成，事后补写的其他目标没有地方填。",
)  # fmt: skip
CANCELLED_UNAPPROVED = Rule(
    "M112", "取消项目没有批准依据", WARNING,
    "第{project}项的“办理情况”是已取消，但“调整批准”是空的。", "请在“调整批准”里写明批准文件或日期；没有取消的，请清空“办理情况”。",
    "项目取消以后不再统计，必须有批准依据，通报时一并列出。",
)  # fmt: skip
CANCELLED = Rule(
    "M113", "项目已取消", INFO,
    "第{project}项已取消，不再统计；批准：{approval}。", "不用处理；已经报的数留在表里，恢复办理时清空“办理情况”即可。",
    "取消的项目逐项列出，写明批准。",
)  # fmt: skip
SHARES_NOT_CUT_ANEW = Rule(
    "M114", "调整目标后没有重新分解", WARNING,
    "第{project}项的年度目标调整为{target}，各单位全年任务仍按原来的{total}分解。", "已经重新分解的，请改“全年任务”；不重新分解的可以不处理，各单位仍按原任务折算进度。",
    "目标调整以后，各单位的全年任务应重新分解，相加等于调整后的目标。",
)  # fmt: skip
UNIT_UNKNOWN = Rule(
    "M201", "填报单位不在名单里", ERROR,
    "第{projects}项的填报单位“{unit}”不在“设置”的填报单位名单里。", "{way}请改成名单里的名称，或把它加进名单。",
    "只有名单里的单位才会收到填报表。单位改了名的，旧名要写进它的别名。",
)  # fmt: skip
UNIT_MISSING = Rule(
    "M202", "各镇乡项目缺少单位", WARNING,
    "第{project}项的配合单位写的是各镇乡（街道），分解表里却没有：{units}。", "请核对这些单位是否确实没有任务。",
    "配合单位写明各镇乡政府、街道办事处的项目，一般每个镇乡街道都有任务。",
)  # fmt: skip
CONTAINED = Rule(
    "M203", "超过了所属项目", WARNING,
    "第{project}项{unit}的{what}是{inner}，超过所属的第{outer_project}项的{outer}。", "第{project}项是第{outer_project}项的一部分，请核对两项的数。",
    "“设置”里列出的包含关系：前一项各单位的数不应超过后一项。",
)  # fmt: skip
CONTAINMENT_LOOSE = Rule(
    "M204", "包含关系里的项目不对", WARNING,
    "“设置”里写着第{number}项包含于第{outer_project}项，{reason}，没有核对。", "请改正“设置”里的项目序号，或删去这一行。",
    "包含关系的两边必须是两个不同的、总表里有的项目。",
)  # fmt: skip
NAME_SHARED = Rule(
    "M205", "两个填报单位同名", ERROR,
    "“设置”里“{unit}”和“{other}”都用了“{text}”这个名称，收到的填报表分不清是谁的。", "请改掉其中一个的名称或别名。",
    "填报单位的名称和别名都不能重复。",
)  # fmt: skip
LEAD_UNIT_MISSING = Rule(
    "M206", "没有责任单位", ERROR,
    "第{project}项的“责任单位”是空的。", "请补上责任单位。",
    "没有任务分解的项目由责任单位填报，空着就没有人报。",
)  # fmt: skip
PERSON_MISSING = Rule(
    "M207", "没有责任领导或责任人", WARNING,
    "第{project}项的“{part}”是空的。", "请补上。",
    "汇总表、通报和按责任领导的统计都要用到。",
)  # fmt: skip
OLDER_NAME = Rule(
    "M208", "单位还写着旧名", WARNING,
    "“{unit}”{places}还写着“{text}”；数照样算在“{unit}”名下。", "请改成“{unit}”，或点“修复”一次改好。",
    "单位改名以后，旧名写在“设置”的别名里，以前的数和填报表就都认得。各项目的行、责任单位和镇乡进度里的旧名也要改：镇乡进度按名称取数，名称不一致时显示“／”。",
)  # fmt: skip
HEATMAP_ROWS = Rule(
    "M209", "镇乡进度的行与名单不符", WARNING,
    "“{sheet}”{problem}。", "点“修复”按“设置”的填报单位重新排行；自己加行的，把相邻一行的公式也复制过来。",
    "镇乡进度一行一个镇乡街道或联合单位，按“设置”的填报单位排列。",
)  # fmt: skip
ENDED_UNIT = Rule(
    "M210", "撤并的单位没有交接完", WARNING,
    "第{project}项“{unit}”从{since}月起归“{heirs}”，{problem}。", "{way}",
    "单位并入别的单位或拆分以后，“设置”里写明“并入或拆为”和“起始月份”；它的行留着，全年任务填0，任务加到接收的单位那里。以前各月的数照样计入，直到接收的单位报来起始月份以后的数。",
)  # fmt: skip
ENDED_MEMBER = Rule(
    "M211", "联合单位的成员已撤并", WARNING,
    "“设置”里联合单位“{unit}”的成员“{member}”从{since}月起已归“{heirs}”。", "请改“成员”；现在由接收的单位一并填报这一行。",
    "联合单位的行填在第一个成员的填报表里。",
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
    "第{project}项的节点时间“{text}”不是一年里的月份，这个节点没有采用。", "请对照任务书改正节点时间，例如 1—3月份。",
    "节点时间应在1月到12月之间，起止不能颠倒。", fixed=True,
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
TITLE_NUMBER = Rule(
    "M306", "标题序号与工作表不符", ERROR,
    "第{project}项工作表的标题写的序号是{text}。", "请核对这张表是不是第{project}项的；标题改错的请改回。",
    "填报表按序号对应项目，标题的序号改了，看表的人会对错项目。",
)  # fmt: skip
DEADLINE_ADJUSTED = Rule(
    "M307", "节点时间已调整", INFO,
    "第{project}项第{node}个节点原定{original}，调整到{text}；批准：{approval}。", "不用处理；是否逾期已按调整后的时间判断。",
    "调整过的节点逐个列出：原定、调整、批准。",
)  # fmt: skip
DEADLINE_OTHER_YEAR = Rule(
    "M308", "调整后时间不在本年度", WARNING,
    "第{project}项第{node}个节点调整到{text}，不在{year}年内。", "请核对年份是否写错；确实跨年的，请在“备注”里写明批准。",
    "节点应在年度内完成，跨年要特别批准。",
)  # fmt: skip
DEADLINE_EARLIER = Rule(
    "M309", "调整后时间早于原定", WARNING,
    "第{project}项第{node}个节点原定{original}，调整后反而提前到{text}。", "请核对是否填错了日期。",
    "调整一般是推迟；提前的多半是填错了。",
)  # fmt: skip
TICK_FUTURE = Rule(
    "M310", "完成日期在截至日期之后", WARNING,
    "第{project}项第{node}个节点“{text}”已选已完成，完成日期{done_on}却晚于截至日期{as_of}，暂不算完成。", "请核对完成日期。",
    "到了完成日期才算完成。",
)  # fmt: skip
TICK_UNDATED = Rule(
    "M311", "已完成的节点没有日期", INFO,
    "第{project}项已选已完成的节点没有填完成日期：{text}。", "知道日期的请补上；不填的从选中时起就算完成。",
    "完成日期用来判断截至某日是否已经完成。",
)  # fmt: skip
DATE_WITHOUT_TICK = Rule(
    "M312", "有完成日期没有选已完成", WARNING,
    "第{project}项第{node}个节点“{text}”填了完成日期{done_on}，“完成情况”却{stands}。", "已经完成的请选“已完成”，没有完成的请删去日期。",
    "节点是否完成只看“完成情况”，单填日期不算。",
)  # fmt: skip
TICK_AGAINST_NUMBER = Rule(
    "M313", "选了已完成但数没有达到", WARNING,
    "第{project}项第{node}个节点“{text}”选了已完成，实际累计{actual}还没有达到{goal}；这个节点按数判断。", "请核对填报数；有数的节点不用选完成情况。",
    "有计划累计的节点按填报数判断，打勾不起作用。",
)  # fmt: skip
TICK_OTHER_YEAR = Rule(
    "M314", "完成日期不在本年度", WARNING,
    "第{project}项第{node}个节点“{text}”的完成日期是{done_on}，不在{year}年内。", "请核对年份是否写错。",
    "节点的完成日期一般在本年度内。",
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
PERCENT_OVER = Rule(
    "M406", "百分率超过100", WARNING,
    "第{project}项按百分率计，{unit}{month}月填了{text}。", "请与填报单位核对；百分率一般不超过100。",
    "比例、覆盖率、开通率等不会超过百分之百。",
)  # fmt: skip
PERCENT_AS_FRACTION = Rule(
    "M407", "百分数像是写成了小数", WARNING,
    "第{project}项按百分点填写，{unit}{month}月填了{text}，不到或只有1%。", "55%请填55；确实不到1%的可以不处理。",
    "百分数按百分点填写；在总表里手工填的数由这条提醒。",
)  # fmt: skip
NAME_MISSING = Rule(
    "M501", "位置名称丢失", ERROR,
    "工作表“{sheet}”上找不到名称“{label}”，这部分读不出来。", "多半是整块删除或从别处粘贴造成的，请撤销，或从以前保存的总表恢复。",
    "程序靠名称找到各个表块，名称丢失就无法读取。", fixed=True,
)  # fmt: skip
LABEL_MISSING = Rule(
    "M502", "表头文字丢失", ERROR,
    "工作表“{sheet}”里找不到表头“{label}”{stands}。", "请把改过的表头文字改回“{label}”；这一列被删掉的，请撤销删除，或从以前保存的总表恢复。",
    "程序靠表头文字找到各列，文字改动就无法读取。", fixed=True,
)  # fmt: skip
FORMULA_OVERWRITTEN = Rule(
    "M503", "公式被覆盖", WARNING,
    "工作表“{sheet}”{cell}的“{label}”应是公式，现在是“{text}”。", "请从相邻的行复制公式过来；在改回之前，这一格不会随数据更新。",
    "合计、最新累计、完成率、状态等由公式计算，被数值覆盖后就不再更新。",
)  # fmt: skip
INPUT_UNREADABLE = Rule(
    "M504", "填的内容认不出", ERROR,
    "工作表“{sheet}”{cell}填的是“{text}”，{reason}，没有采用。", "请改成规范的数、日期或选项。",
    "数要写成数字，日期写成 2024-06-30 的样子，完成情况从下拉框里选。", fixed=True,
)  # fmt: skip
FORMULA_IN_INPUT = Rule(
    "M505", "填数的格子里是公式", WARNING,
    "工作表“{sheet}”{cell}应填数，现在是公式“{text}”。", "请复制后“选择性粘贴—数值”，改成数值。",
    "填数的格子里放公式，数会在不知不觉中变化，也无法记录是谁改的。",
)  # fmt: skip
SHEET_MISSING = Rule(
    "M506", "项目工作表丢失", ERROR,
    "第{project}项的工作表（原名“{sheet}”）不见了，没有计入。", "请撤销删除，或从以前保存的总表恢复。",
    "每个项目一张工作表，缺了就不能统计。", fixed=True,
)  # fmt: skip
UNIT_ROW_TWICE = Rule(
    "M507", "同一单位有两行", ERROR,
    "第{project}项“{unit}”在工作表“{sheet}”{cell}又出现了一次，只取前一行。", "请合并成一行，删去多余的一行。",
    "一个单位在一个项目里只能有一行。", fixed=True,
)  # fmt: skip
RULE_FIXED = Rule(
    "M508", "这条规则不能调", WARNING,
    "“设置”{cell}把规则{named}改成了“{text}”，这条规则不能调级别，也不能关闭，仍按“{level}”处理。", "请把级别改回“{level}”。",
    "说明有内容没有读入、没有采用的规则不能关闭，否则会不声不响地漏掉。", fixed=True,
)  # fmt: skip
RULE_UNKNOWN = Rule(
    "M509", "没有这条规则", WARNING,
    "“设置”{cell}的规则代码“{text}”不在规则目录里，这一行没有采用。", "请对照手册的“校验规则”改正代码，或删去这一行。",
    "设置里只能调规则目录里有的规则。", fixed=True,
)  # fmt: skip
SHEET_COPIED = Rule(
    "M510", "工作表是复制出来的", WARNING,
    "工作表“{sheet}”是项目工作表的副本，上面的数不计入。", "数填在副本里的，请移到原来的工作表；不用的副本请删去。",
    "复制工作表不会多出一个项目，程序只认原来的那张。",
)  # fmt: skip
TABLE_LOST = Rule(
    "M521", "工作表丢失", ERROR,
    "总表的工作表“{sheet}”不见了。", "请撤销删除，或从以前保存的总表恢复这张工作表。",
    "首页、汇总表、填报明细、汇总记录、校验结果、设置等工作表各有用处，删掉以后相关的功能不能用。", fixed=True,
)  # fmt: skip
LABEL_TWICE = Rule(
    "M522", "两列用了同一个表头", ERROR,
    "工作表“{sheet}”{cell}又有一列“{label}”，分不清该用哪一列。", "请给自己加的那一列换一个表头。",
    "程序靠表头文字找到各列，同一张表里不能有两列同名。", fixed=True,
)  # fmt: skip
NAME_ASTRAY = Rule(
    "M523", "位置名称指错了地方", ERROR,
    "名称“{label}”指到了{where}，第{project}项的这部分读不出来。", "请撤销移动表块的操作，或从以前保存的总表恢复。",
    "一个项目的各个表块要在同一张工作表上，标记块要与它旁边的表块同行。", fixed=True,
)  # fmt: skip
ROW_OUTSIDE = Rule(
    "M524", "表块外面多了一行", ERROR,
    "工作表“{sheet}”{cell}这一行（“{text}”）在{block}下面，{reason}，没有读入。", "{way}",
    "紧挨在“合计”上面加的一行，写了名单里的单位名称就会计入；其他内容程序不猜。", fixed=True,
)  # fmt: skip
ROW_NAMELESS = Rule(
    "M525", "有数的行没有单位名称", ERROR,
    "工作表“{sheet}”{cell}是空的，这一行却有数，不知道是谁的。", "请补上填报单位的名称，或清空这一行的数。",
    "分解表里一行一个单位，名称空着的行没法计入。", fixed=True,
)  # fmt: skip
ROW_MISPLACED = Rule(
    "M526", "行的位置不对", ERROR,
    "工作表“{sheet}”{cell}的“{text}”{reason}。", "多半是排序时多选了行，请撤销排序，或把这一行移回原处。",
    "“合计”和“计划累计”在各单位的下面；对不上的分解表里，责任单位代报的一行在最后。", fixed=True,
)  # fmt: skip
ROW_TAKEN = Rule(
    "M527", "公式还没有跟上", INFO,
    "工作表“{sheet}”{cell}{what}，判断时已经算上；表里的公式会在下一次汇总、着色、刷新或校验时补齐。", "不用处理。",
    "新加的单位行、新加的节点和改过的节点时间，公式由程序补上。",
)  # fmt: skip
MONTHS_ASTRAY = Rule(
    "M530", "月份列的次序变了", ERROR,
    "工作表“{sheet}”{cell}的“{label}”排到了“{before}”的左边，表里的“最新累计”和汇总表会取错月份。", "请撤销移动，或把月份的列按1月到12月的次序移回。",
    "“最新累计”取最右边一个有数的月份，月份的列要从左到右按次序排列；中间可以插自己的列。", fixed=True,
)  # fmt: skip
NAMES_MISSING = Rule(
    "M529", "项目的位置名称全部丢失", ERROR,
    "工作表“{sheet}”还在，第{project}项的位置名称却都没有了，没有计入。", "请撤销删除名称的操作，或从以前保存的总表恢复这张工作表。",
    "程序靠名称找到各个表块；用别的表盖住、或在名称管理器里删除，都会丢失名称。", fixed=True,
)  # fmt: skip
SUMMARY_ROWS = Rule(
    "M528", "汇总表的行与项目不符", ERROR,
    "汇总表{problem}第{project}项的行。", "请撤销删除或复制的行；每个项目在汇总表里有且只有一行。",
    "汇总表按序号找项目，缺了或重复了，打印出来的就不全、不对。", fixed=True,
)  # fmt: skip
NUMBER_AS_TEXT = Rule(
    "M511", "数存成了文字", ERROR,
    "工作表“{sheet}”{cell}的“{text}”是看起来是数字的文字，公式不会把它算进去，判断也没有算。", "请把单元格格式改成“常规”，再把这个数重新输入一次（单位写在“计量单位”里，不写在数后面）。",
    "从微信、网页粘贴来的，或前面带单引号的，常是文字；合计、完成率、汇总表都不算它。", fixed=True,
)  # fmt: skip
SHOWN_OTHERWISE = Rule(
    "M512", "显示的数和存的数不一样", ERROR,
    "工作表“{sheet}”{cell}显示的是{text}，存的数是{stands}；公式和判断都按{stands}算。", "请把单元格格式改成“常规”，再核对这个数；百分数按百分点填，55%填55。",
    "单元格格式把数显示成百分数、万、千时，看的人和算的数对不上。",
)  # fmt: skip
MERGED_INPUT = Rule(
    "M513", "填数的格子被合并", ERROR,
    "工作表“{sheet}”的{area}合并成了一格，{cell}{stands}。", "请取消合并，每个单位每个月各占一格。",
    "合并后只看得见一个数，被盖住的格子里的数照样算进合计，新的数也填不进去。",
)  # fmt: skip
AS_OF_OTHER_YEAR = Rule(
    "M514", "截至日期不在本年度", WARNING,
    "“设置”{cell}的截至日期是{text}，不在{year}年内。", "请核对年份是否写错；确实要看跨年进度的，可以不处理。",
    "截至日期一般在本年度内，写错年份时所有项目都会判成正常或逾期。",
)  # fmt: skip
