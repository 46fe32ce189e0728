"""The columns of a 填报表, once for whoever prints, reads, merges, logs or shows them: name in code, label, who fills it in.

A new column of words is a line here, an attribute of Words, and a column of the templates 填报表 and 总表.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DONE_WORDS", "FORM_FIELDS", "NODE_FIELDS", "SOURCE", "TICKS", "VALUE", "WORDS", "Field"]


@dataclass(frozen=True, slots=True)
class Field:
    """``open``: the unit fills it in; the others are printed and locked."""

    name: str
    label: str
    open: bool = False


#: The number of a report: cumulative since January.
VALUE: Final = Field("value", "本月累计", open=True)
#: What a unit says beside it, as attributes of Words.
WORDS: Final = (
    Field("progress", "进展说明", open=True),
    Field("problem", "存在问题", open=True),
    Field("need", "需协调事项", open=True),
    Field("expected", "预计完成时间", open=True),
)
#: Where the words of a report came from: a column of 填报明细, not of the form.
SOURCE: Final = Field("file", "文件")
#: What may be recorded of a node, as attributes of Milestone.
TICKS: Final = (
    Field("done", "完成情况", open=True),
    Field("done_on", "完成日期", open=True),
    Field("note", "说明", open=True),
)
#: The words of the drop-down 完成情况.
DONE_WORDS: Final = {"已完成": True, "未完成": False}

FORM_FIELDS: Final = (
    Field("label", "序号"),
    Field("title", "项目名称"),
    Field("unit", "承担单位"),
    Field("measured_in", "单位"),
    Field("share", "全年任务"),
    Field("before", "上月累计"),
    VALUE,
    Field("increase", "本月新增"),
    Field("check", "核对"),
    *WORDS,
)
NODE_FIELDS: Final = (Field("label", "序号"), Field("phrase", "节点时间"), Field("text", "工作内容"), *TICKS)
