"""The places of a project that findings speak of, by the words that a clerk reads over them."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Part"]


class Part(StrEnum):
    """A finding's place on its project's sheet, within its unit's or node's row where it has one; sheets/layout takes its
    labels from here."""

    LEADER = "责任领导"
    LEAD_UNIT = "责任单位"
    OWNER = "责任人"
    TARGET = "年度目标"
    MEASURE = "计量单位"
    ADJUSTED_TARGET = "调整后目标"
    ADJUSTMENT_NOTE = "调整批准"
    UNIT = "填报单位"
    SHARE = "全年任务"
    TOTAL = "合计"
    NODE_TIME = "节点时间"
    NODE_PLAN = "计划累计"
    NODE_DONE = "完成情况"
    NODE_DONE_ON = "完成日期"
    NODE_ADJUSTED = "调整后时间"
    NODE_REMARK = "备注"
