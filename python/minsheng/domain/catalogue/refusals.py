"""What a unit is told to do about what was refused of its file, by the code of the rule.

``advice`` in the catalogue speaks to the county's clerk; here the unit itself is spoken to, on its 反馈单.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import submission as rules
from . import submission_rows as row_rules

if TYPE_CHECKING:
    from ..finding import Rule

__all__ = ["TO_SENDER"]

_RESEND: Final = "请用县里发出的本单位、本月原表重新填写报送，表头、序号和列都不要改动。"
_ONE_ROW: Final = "请只留一行，改好后重新报送。"
_WORDS: Final[dict[Rule, str]] = {
    rules.NOT_A_TABLE: "如果它就是填报表，请改用县里发出的 .xlsx 原表报送；只是附件的不用处理。",
    rules.ENCRYPTED: "请取消打开密码（文件—信息—保护工作簿）后重新报送。",
    rules.DAMAGED: "请用 Excel 或 WPS 打开、另存为 .xlsx 后重新报送；打不开的请用原表重新填写。",
    rules.HOSTILE: "请用县里发出的原表重新填写，不要从别的表格整张复制。",
    rules.TOO_LARGE: "请用县里发出的原表重新填写（原表不到1MB），不要插入图片和附件。",
    rules.UNREADABLE: "请重新报送一次。",
    rules.EMPTY_FILE: "文件可能没有传完，请重新报送。",
    rules.OTHER_ARCHIVE: "请不要压缩，直接报送 .xlsx 填报表。",
    rules.OTHER_MASTER: "请核对年度和县区，用县里今年发出的原表重新填写报送。",
    rules.NAMELESS: _RESEND,
    rules.UNKNOWN_UNIT: "请核对表头的填报单位；单位改了名的，请告诉县级经办人。",
    rules.UNIT_ENDED: "单位已经撤并，请由现在的单位把数并在一起填报。",
    rules.OTHER_YEAR: "请用今年的填报表重新填写报送。",
    rules.TWO_VERSIONS: "请说明以哪一份为准；也可以在为准的那份填上报送日期重新报送。",
    rules.SEAL_BROKEN: _RESEND,
    rules.HEADER_DIFFERS: _RESEND,
    rules.NO_FORM: _RESEND,
    rules.SEVERAL_FORMS: "请只留一张填报表后重新报送。",
    rules.LABEL_MISSING: _RESEND,
    rules.LABEL_TWICE: "请去掉多余的一列后重新报送。",
    rules.OLDER_THAN_MERGED: "现在采用的是较晚的一份；要以这一份为准的，请填上报送日期重新报送。",
    rules.VALUE_REFUSED: "请改成确切的数字后重新报送，文字写在“进展说明”里。",
    rules.ERROR_VALUE: "请直接填数字，不要引用别的表格，然后重新报送。",
    rules.UNCOMPUTED: "请直接填数字，然后重新报送。",
    rules.ROW_NAMELESS: "请恢复这一行的序号，或删去多余的行，然后重新报送。",
    rules.WORDS_LOST: "请直接写文字后重新报送。",
    rules.NODE_REFUSED: "完成情况请从下拉框里选，完成日期请写成 2024-06-30 的样子，然后重新报送。",
    rules.COVERED: "请取消合并单元格，各项分别填数后重新报送。",
    row_rules.BY_LEAD: "这一项由责任单位统一填报，请把数报给它。",
    row_rules.NO_PART: "请核对是否填错了行；确实承担这一项的，请告诉县级经办人。",
    row_rules.ROW_TWICE: _ONE_ROW,
    row_rules.FRACTION: "请改成整数后重新报送。",
    row_rules.SHARE_AS_FRACTION: "请按百分点填写，55%填55，然后重新报送；真的不到1%的，请打电话说明。",
    row_rules.UNKNOWN_NODE: "请用原表的“节点”工作表填写，节点时间和工作内容不要改，然后重新报送。",
    row_rules.TITLE_DIFFERS: "有的行可能移动过，请用原表重新填写报送。",
    row_rules.MEASURE_DIFFERS: "请按原表的计量单位重新填写，单位一栏不要改，然后重新报送。",
    row_rules.NODE_TWICE: _ONE_ROW,
}  # fmt: skip
#: Code → the words. Its keys are the rules by which something that a unit sent is not taken in.
TO_SENDER: Final = {rule.code: words for rule, words in _WORDS.items()}
