"""Rules on reading the nodes of a 任务书's 进度安排, D15x.

Constants are Rule objects, named for what is wrong.
"""

from __future__ import annotations

from ..finding import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

MONTH_WRONG = Rule(
    "D151", "月份不对", ERROR,
    "第{project}项的节点“{original}”写的时间“{phrase}”不是这一年里的月份，这个节点没有读入。", "请核对任务书，在总表第{project}项的节点表里补上这一行。",
    "节点要落在1月到12月。",
)  # fmt: skip
MONTHS_REVERSED = Rule(
    "D152", "起止月份颠倒", ERROR,
    "第{project}项的节点“{original}”起止月份颠倒（“{phrase}”），这个节点没有读入。", "请核对任务书，在总表第{project}项的节点表里补上这一行。",
    "起止月份应前小后大。",
)  # fmt: skip
NODES_FALL = Rule(
    "D153", "计划累计忽高忽低", ERROR,
    "第{project}项“{phrase}”的计划累计读作{reading}，与前后节点的累计数矛盾，没有读入。", "请核对任务书，在总表第{project}项的节点表里填上正确的计划累计。",
    "累计数只会持平或增加；使它下降的读法一定不对。",
)  # fmt: skip
NODE_PERCENT = Rule(
    "D154", "按百分比折算", INFO,
    "第{project}项“{phrase}”写的是{original}，按目标折算为{reading}。", "请核对这个节点的计划累计。",
    "进度按百分比写的，乘以目标得出计划累计。",
)  # fmt: skip
NODE_PART = Rule(
    "D155", "只是其中一部分的进度", INFO,
    "第{project}项“{phrase}”的{original}只是其中一部分的进度，不作为计划累计。", "按完成情况打勾跟踪；确是整个项目的进度的，请填上计划累计。",
    "只说其中一个部分的百分比，不能当成整个项目的进度。",
)  # fmt: skip
NODE_START = Rule(
    "D156", "开工启动不算完成", INFO,
    "第{project}项“{phrase}”的{original}说的是开工或启动，不作为完成数。", "按完成情况打勾跟踪；确要按开工数考核的，请填上计划累计。",
    "开工、启动不等于完成；只有标题本身就是“新开工”的除外。",
)  # fmt: skip
NODE_PREPARATION = Rule(
    "D157", "前期工作不算完成", INFO,
    "第{project}项“{phrase}”的{original}说的是前期工作，不作为完成数。", "请核对；确是完成数的，请填上计划累计。",
    "选址、设计、招标这些前期工作的数不是完成数。",
)  # fmt: skip
NODE_AMBIGUOUS = Rule(
    "D158", "分不清哪个是累计数", WARNING,
    "第{project}项“{phrase}”里有不止一个数（{original}），分不清哪个是累计数，没有读入。", "请在总表第{project}项的节点表里填上计划累计。",
    "一个节点里有几个数又分不清时不猜。",
)  # fmt: skip
NODE_OTHER_NUMBER = Rule(
    "D159", "节点里还有别的数", INFO,
    "第{project}项“{phrase}”里的{original}不是主要指标，没有读入。", "一般不用处理。",
    "节点里不是主要指标的数不读入。",
)  # fmt: skip
NODE_REPEAT = Rule(
    "D15A", "数不增加的节点", INFO,
    "第{project}项“{phrase}”的数没有超过前面的节点，按完成情况打勾判断，不看数量。", "一般不用处理。",
    "例如第二针剂：人数不增加，但要做完第二次。",
)  # fmt: skip
NODES_BY_MONTH = Rule(
    "D15B", "节点写的是当期数", WARNING,
    "第{project}项各节点的数加起来正好是目标，按当期数逐期累加成计划累计（{reading}）。", "请核对各节点的计划累计。",
    "计划累计要从年初算起；写成当期数的逐期累加。",
)  # fmt: skip
NODE_ADDS = Rule(
    "D15C", "按增加数累加", WARNING,
    "第{project}项“{phrase}”写的是再增加{original}，累加为{reading}。", "请核对这个节点的计划累计。",
    "写“再增加”“新增”的，在前一节点的数上累加。",
)  # fmt: skip
NODE_UNIT_DIFFERS = Rule(
    "D15D", "节点的单位与目标不同", INFO,
    "第{project}项的目标以“{target}”计，进度安排以“{reading}”计，数量一致，按同一个指标读入。", "请核对计量单位。",
    "例如目标按“人”、进度按“名”，数量一致就当作同一个指标。",
)  # fmt: skip
NODE_ROUGH = Rule(
    "D15E", "节点的数是约数", WARNING,
    "第{project}项“{phrase}”写作“{original}”，按{reading}处理。", "请核对这个节点的计划累计。",
    "约数按写出的数处理。",
)  # fmt: skip
NODES_NOT_FOUND = Rule(
    "D15F", "进度安排里没有月份", ERROR,
    "第{project}项的进度安排里读不出月份：“{original}”。", "请把这一项的进度安排填进任务书模板.xlsx 后重新导入。",
    "没有月份就没有期限，判断不了逾期。",
)  # fmt: skip
NODE_WITHOUT_MONTH = Rule(
    "D15G", "有节点没有写时间", WARNING,
    "第{project}项的进度安排里“{original}”前面没有月份，没有读入。", "请核对任务书，在总表第{project}项的节点表里补上这一行。",
    "没有时间的话不知道算到哪个节点。",
)  # fmt: skip
NODE_BY_DAY = Rule(
    "D15H", "节点写到了日", INFO,
    "第{project}项的节点“{phrase}”写到了日，按当月月底判断是否逾期。", "需要更早的，请在节点表的“调整后时间”里填准确日期。",
    "逾期一律按月底判断，写到日的也按当月月底。",
)  # fmt: skip
NODES_OUT_OF_ORDER = Rule(
    "D15I", "节点次序颠倒", WARNING,
    "第{project}项的节点“{phrase}”排在了更晚的节点后面。", "请核对任务书里的月份。",
    "进度安排一般按月份先后写，颠倒的可能是月份写错。",
)  # fmt: skip
NODE_EMPTY = Rule(
    "D15K", "节点没有工作内容", WARNING,
    "第{project}项“{phrase}”后面没有工作内容。", "请核对任务书：可能几个月份合写了一句话，请在总表的节点表里补上。",
    "只有时间没有内容的节点，可能是几个月份合写了一句话。",
)  # fmt: skip
NODE_ALL = Rule(
    "D15L", "“全部完成”按目标读入", INFO,
    "第{project}项“{phrase}”写的是“{original}”，没有写数，计划累计按年度目标读作{reading}。", "请核对这个节点的计划累计。",
    "最后一个节点写“全部建成”“全面完成”而没有写数时，指的就是年度目标。",
)  # fmt: skip
NODE_ONE_DATE = Rule(
    "D15Q", "只写了完成时限", INFO,
    "第{project}项只写了完成时限“{phrase}”，计划累计按年度目标读作{reading}。", "请核对这个节点的计划累计。",
    "只写完成时限的项目，到时应当全部完成。",
)  # fmt: skip
NODES_ONE_DATE = Rule(
    "D15R", "各项目只写了完成时限", INFO,
    "第{listed}项只写了完成时限，计划累计按年度目标读入。", "一般不用处理。",
    "只写完成时限的项目，到时应当全部完成；这样的项目多时只说一次。",
)  # fmt: skip
NODE_UNSURE = Rule(
    "D15M", "看不出是不是完成数", WARNING,
    "第{project}项“{phrase}”里的{original}看不出是不是主要指标的完成数，没有作为计划累计。", "请核对；确是完成数的，请填上计划累计。",
    "只有“建成、完成、投用”这样的话说的是标题里要办的事，才算完成数；看不出来的不猜。",
)  # fmt: skip
NODE_TIME_INSIDE = Rule(
    "D15N", "时间写在句子中间", WARNING,
    "第{project}项“{original}”的时间写在句子中间，按“{phrase}”单列为一个节点。", "请核对这个节点的时间和内容。",
    "凡是写了月份的话都单列为节点；月份写在一句话中间的，可能说的是别的事。",
)  # fmt: skip
NODE_OTHER_TIME = Rule(
    "D15P", "节点里还有别的时间", WARNING,
    "第{project}项“{phrase}”的“{original}”里还写了别的时间，没有单列为节点。", "请核对；确是另一个节点的，请在总表第{project}项的节点表里补上这一行。",
    "写了月份又看不出是节点的话，列出来请您过目。",
)  # fmt: skip
STATED_DIFFERS = Rule(
    "D15J", "填的数与文字不一致", WARNING,
    "第{project}项“{original}”里写的数与单独填的{reading}不一致，按填的数读入。", "请核对任务书。",
    "模板里单独填了计划累计的，以填的数为准。",
)  # fmt: skip
