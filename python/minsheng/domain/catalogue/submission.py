"""Rules on 填报表 that units send in, S1xx the file, S2xx its place, S3xx a value; submission_rows has S4xx, what its rows say
beside the master."""

from __future__ import annotations

from ..finding import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

NOT_A_TABLE = Rule(
    "S101", "不是表格文件", WARNING,
    "“{file}”{reason}，没有汇总。",
    "如果它就是填报表，请退回改用发出的 .xlsx 原表；只是附件的不用处理。",
    "收件夹里的 PDF、照片、Word 文档等，不能当填报表读。",
    fixed=True,
)  # fmt: skip
ENCRYPTED = Rule(
    "S102", "加了密码", ERROR,
    "“{file}”加了打开密码，没有汇总。",
    "请填报单位取消密码（文件—信息—保护工作簿）后重新报送。",
    "加密的文件打不开，也不会去猜密码。",
    fixed=True,
)  # fmt: skip
DAMAGED = Rule(
    "S103", "文件损坏", ERROR,
    "“{file}”损坏或不完整（{reason}），没有汇总。",
    "请用 Excel 或 WPS 打开它另存为 .xlsx；打不开的请填报单位重新报送。",
    "传输中断、改扩展名、病毒查杀都可能弄坏文件。",
    fixed=True,
)  # fmt: skip
HOSTILE = Rule(
    "S104", "文件不安全", ERROR,
    "“{file}”不安全（{reason}），没有打开，没有汇总。",
    "请不要打开它；请填报单位用发出的原表重新填写报送。",
    "带外部引用、压缩炸弹等可疑内容的文件不打开。",
    fixed=True,
)  # fmt: skip
TOO_LARGE = Rule(
    "S105", "文件太大", ERROR,
    "“{file}”{what}，超过了{limit}的限度，没有汇总。",
    "请填报单位用发出的原表重新填写报送；原表不到1MB。",
    "填报表很小，过大的文件多半不是填报表。",
    fixed=True,
)  # fmt: skip
UNREADABLE = Rule(
    "S106", "文件读不了", ERROR,
    "“{file}”读不了（{reason}），没有汇总。",
    "请检查文件是否正被别的程序占用、有没有读取权限，然后再汇总一次。",
    "文件被占用或没有权限时读不了。",
    fixed=True,
)  # fmt: skip
EMPTY_FILE = Rule(
    "S107", "空文件", ERROR,
    "“{file}”是空的（0字节），没有汇总。",
    "可能没有传完，请填报单位重新报送。",
    "一个字节也没有的文件。",
    fixed=True,
)  # fmt: skip
OTHER_ARCHIVE = Rule(
    "S108", "解不开的压缩包", ERROR,
    "“{file}”{reason}，里面的文件没有汇总。",
    "请先解压，再把里面的填报表放进收件夹。",
    "收件夹里的 .zip 会打开看，其他格式或加密的解不开。",
    fixed=True,
)  # fmt: skip
MACROS = Rule(
    "S109", "带有宏", INFO,
    "“{file}”带有宏；宏没有运行，只读了格子里的内容。",
    "填报表用不着宏，请提醒填报单位用发出的 .xlsx 原表。",
    "宏从不运行。",
)  # fmt: skip

NO_CHECKSUM = Rule(
    "S110", "旧格式没有校验码", INFO,
    "“{file}”是旧的 .xls/.et 格式，这种格式没有校验码，传送中坏了个别字节看不出来。",
    "不用处理；数目有疑问时请与填报单位核对，下次请用发出的 .xlsx 原表。",
    ".xlsx、.xlsb、.ods 自带校验码，坏一个字节也看得出来；.xls、.et 没有。",
)  # fmt: skip
SUM_DIFFERS = Rule(
    "S309", "本月新增和本月累计对不上", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项{unit}本月累计是{text}，减去上月累计{before}，本月新增应是{right}，表里存的却是{stands}。",
    "文件可能损坏，或没有重新计算；请与填报单位核对这个数。",
    "“本月新增”是表里的公式，和“本月累计”“上月累计”互相印证。",
)  # fmt: skip

OTHER_MASTER = Rule(
    "S201", "不是本总表的填报表", ERROR,
    "“{file}”是另一本总表的填报表，没有汇总。",
    "请核对是否拿错了年度或县区的文件，退回{unit}改用本总表生成的填报表。",
    "每本总表有自己的编号，填报表上带着它，拿错年度或县区的一看便知。",
    fixed=True,
)  # fmt: skip
NAMELESS = Rule(
    "S202", "看不出是谁、哪个月的", ERROR,
    "“{file}”里找不到填报单位或月份，没有汇总。",
    "请用“生成填报表”发出的原表重新填写，表头不要改动。",
    "看不出单位和月份的表不知道该填到哪里。",
    fixed=True,
)  # fmt: skip
UNKNOWN_UNIT = Rule(
    "S203", "填报单位不在名单里", ERROR,
    "“{file}”的填报单位“{unit}”不在总表的填报单位名单里，没有汇总。",
    "请核对单位名称；如果是同一单位的另一种写法，请加到“设置”的别名里。",
    "填报单位要在“设置”的名单或别名里。",
    fixed=True,
)  # fmt: skip
UNIT_ENDED = Rule(
    "S220", "单位已经撤并", ERROR,
    "“{file}”是{unit}{period}的填报表，{unit}从{month}月起已归“{heirs}”填报，没有汇总。",
    "请“{heirs}”把它的数并进自己的填报表；{month}月仍然分开报的，请改“设置”里{unit}的“起始月份”。",
    "单位并入别的单位或拆分以后，从起始月份起由新单位填报；以前月份的表照收。",
    fixed=True,
)  # fmt: skip
OTHER_YEAR = Rule(
    "S204", "年度不对", ERROR,
    "“{file}”是{year}年的填报表，总表是{expected}年的，没有汇总。",
    "请{unit}用{expected}年的填报表重新填写。",
    "去年的表不能填到今年。",
    fixed=True,
)  # fmt: skip
OTHER_MONTH = Rule(
    "S205", "是别的月份的", WARNING,
    "“{file}”是{unit}{other}的填报表，本次汇总的是{asked}，已跳过。",
    "如果{other}还没有汇总过它，请另按{other}汇总一次。",
    "每次只汇总一个月，别的月份的表跳过。",
    fixed=True,
)  # fmt: skip
UNSEALED = Rule(
    "S206", "没有原表标记", WARNING,
    "“{file}”没有原表的标记，按表头文字认作{unit}{period}的填报表。",
    "请核对单位和月份；下次请直接在发出的原表里填写。",
    "不是从发出的原表改来的，靠表头文字辨认，请多看一眼。",
)  # fmt: skip
TWO_VERSIONS = Rule(
    "S207", "同一单位交了不同的几份", ERROR,
    "{unit}交了内容不同的几份填报表（{files}），不同之处：{differs}；分不清先后，都没有汇总。",
    "请向{unit}问清以哪份为准，把其余的移出收件夹（在压缩包里的先解压出来）再汇总；也可以请它在为准的那份填上报送日期重新报送，几份都填了的以日期晚的为准。",
    "同一单位交来几份不同的表又分不清先后时，一份也不取。",
    fixed=True,
)  # fmt: skip
SUPERSEDED = Rule(
    "S208", "被新的一份取代", WARNING,
    "“{file}”被{unit}较晚的“{newer}”取代，两份不同之处：{differs}。",
    "一般不用处理；如以旧的一份为准，请移走新的一份再汇总。",
    "同一单位补交的，取较晚的一份，旧的列出来。",
    fixed=True,
)  # fmt: skip
SEAL_BROKEN = Rule(
    "S209", "原表标记被改过", ERROR,
    "“{file}”的原表标记不完整或前后矛盾，没有汇总。",
    "请填报单位用发出的原表重新填写报送。",
    "原表里藏着单位、月份和编号，被改坏的不敢认。",
    fixed=True,
)  # fmt: skip
HEADER_DIFFERS = Rule(
    "S210", "表头和标记不一致", ERROR,
    "“{file}”原来是发给{sealed}的填报表，表头却写着{printed}，没有汇总。",
    "可能是拿旧表改了表头；请用发给本单位、本月的原表重新填写报送。",
    "拿别的单位、别的月份的表改了表头再报，容易报错。",
    fixed=True,
)  # fmt: skip
NO_FORM = Rule(
    "S211", "找不到填报的表格", ERROR,
    "“{file}”里（工作表：{sheets}）找不到带“序号、承担单位、本月累计”的表头，没有汇总。",
    "请用发出的原表填写，表头的文字不要改动。",
    "靠表头文字找列，找不到就不读。",
    fixed=True,
)  # fmt: skip
SEVERAL_FORMS = Rule(
    "S212", "有几张不同的填报表", ERROR,
    "“{file}”里有几张内容不同的“{sheets}”表，不知道以哪张为准，没有汇总。",
    "请填报单位只留一张后重新报送。",
    "一个文件里有几张内容不同的填报表，不知道取哪张。",
    fixed=True,
)  # fmt: skip
LABEL_MISSING = Rule(
    "S213", "缺少一列", ERROR,
    "“{file}”工作表“{sheet}”的表头没有“{label}”这一列，没有汇总。",
    "请用发出的原表填写，不要删列或改表头。",
    "缺列时后面的列可能错位，不读。",
    fixed=True,
)  # fmt: skip
LABEL_TWICE = Rule(
    "S214", "同名的列有两个", ERROR,
    "“{file}”工作表“{sheet}”的表头有两个“{label}”（{cell}），不知道以哪个为准，没有汇总。",
    "请填报单位去掉多余的一列后重新报送。",
    "同名的列不知道取哪一个。",
    fixed=True,
)  # fmt: skip
BLANK_FORM = Rule(
    "S215", "一个数都没有填", WARNING,
    "“{file}”是{unit}的填报表，但什么都没有填。",
    "请{unit}填好后重新报送；确实没有进展的应填0。",
    "空着不等于0：没有进展也要填0。",
)  # fmt: skip
SAME_CONTENT = Rule(
    "S216", "重复的文件", INFO,
    "“{file}”与“{newer}”内容相同，只取一份。",
    "不用处理。",
    "同一份文件放了两次，只算一次。",
)  # fmt: skip
RETURNED = Rule(
    "S217", "以前汇总过另一份", WARNING,
    "{unit}{period}先后汇总过几份填报表，最近的一份是“{newer}”；这次用的“{file}”是更早的一份。",
    "请核对这次的改动；如果拿错了，请撤销这次汇总。",
    "这个月已经汇总过更新的一份，这次又用了旧的。",
)  # fmt: skip

OLDER_THAN_MERGED = Rule(
    "S218", "比以前汇总过的早", WARNING,
    "“{file}”比{unit}以前汇总过的“{newer}”早，没有汇总，总表里保留较晚的一份。",
    "一般不用处理；要以早的一份为准的，请先撤销那次汇总，或请{unit}填上报送日期重新报送。",
    "不管放在哪个收件夹，同一单位同一个月总是较晚的一份算数。",
    fixed=True,
)  # fmt: skip
MADE_IN_FUTURE = Rule(
    "S219", "日期在将来", WARNING,
    "“{file}”写的{told}还没有到，这个日期不作数。",
    "请与{unit}核对日期；电脑时间不准的请校准后重新保存。",
    "几份不同的填报表以较晚的一份为准，将来的日期不能用来比先后。",
)  # fmt: skip

VALUE_REFUSED = Rule(
    "S301", "填的数读不准", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项{unit}填的是“{text}”，{reason}，没有汇总。",
    "请填报单位改成确切的数字（单位是{measured_in}）后重新报送，文字请写在“进展说明”里。",
    "读得准的照读（2000万、１２０、1,200、120台），读不准的一律退回，决不猜。",
    fixed=True,
)  # fmt: skip
ERROR_VALUE = Rule(
    "S302", "填的是错误值", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项{unit}的格子里是错误值{text}，没有汇总。",
    "请填报单位直接填数字，不要引用别的表格。",
    "#REF!、#DIV/0! 这样的格子里没有数。",
    fixed=True,
)  # fmt: skip
UNCOMPUTED = Rule(
    "S303", "公式没有结果", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项{unit}的格子里是公式，文件里没有它的结果，没有汇总。",
    "请填报单位用 Excel 或 WPS 打开、保存一次，最好直接填数字，再重新报送。",
    "公式没有存下结果，程序不替填报单位计算。",
    fixed=True,
)  # fmt: skip
FORMULA_READ = Rule(
    "S304", "填的是公式", INFO,
    "“{file}”{sheet}!{cell}：第{project}项{unit}填的是公式，按它存下的结果{text}读入。",
    "请留意结果对不对；下次请直接填数字。",
    "公式的结果照读，但以后可能会变。",
)  # fmt: skip
PERCENT_READ = Rule(
    "S305", "按百分数格式读入", INFO,
    "“{file}”{sheet}!{cell}：第{project}项{unit}的格子是百分数格式，显示为{text}，按{text}读入。",
    "不用处理；下次请按百分点填，55%填55。",
    "设成百分数格式的 55%，按 55 个百分点读。",
)  # fmt: skip
ROW_NAMELESS = Rule(
    "S306", "有数的行认不出是哪一项", ERROR,
    "“{file}”{sheet}!{cell}：这一行填了“{text}”，但序号是“{number}”，不知道是哪一项，没有汇总。",
    "请填报单位恢复序号，或删去多余的行后重新报送。",
    "填报表靠序号认项目，序号空了就不知道是哪一项。",
    fixed=True,
)  # fmt: skip
WORDS_LOST = Rule(
    "S307", "文字栏是错误值", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项的文字说明是“{text}”，没有读入。",
    "请填报单位直接写文字后重新报送。",
    "文字栏里是错误值，没有可读的文字。",
    fixed=True,
)  # fmt: skip
COVERED = Rule(
    "S310", "格子被合并", WARNING,
    "“{file}”{sheet}!{cell}：第{project}项{unit}要填数的格子和别的格子合并成了{area}，这一项按没有填处理。",
    "请填报单位取消合并，各项分别填数后重新报送。",
    "合并的格子只有一个数，分不出是几项的。",
)  # fmt: skip
HIDDEN = Rule(
    "S311", "隐藏的格子里有数", WARNING,
    "“{file}”{sheet}：隐藏的行或列里填了{count}个数（{cells}），照样汇总。",
    "请与填报单位核对；不是要报的数，请它取消隐藏、删去后重新报送。",
    "隐藏的行和列打印不出来，也看不见，里面的数容易是忘了删的。",
)  # fmt: skip
NODE_REFUSED = Rule(
    "S308", "节点填得读不准", ERROR,
    "“{file}”{sheet}!{cell}：第{project}项节点填的是“{text}”，{reason}，没有汇总。",
    "请填报单位改正后重新报送。",
    "完成情况要从下拉框里选，完成日期要写成日期。",
    fixed=True,
)  # fmt: skip
