"""The labels of a project's lines, in the spellings that offices use."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from ...cells.labels import fold
from ...domain.month_phrase import read_month_phrase

__all__ = ["Label", "split_labels", "unwrapped", "whole_label"]


class Label(StrEnum):
    """What a labelled line says; the value is the clerk's word for it."""

    NUMBER = "序号"
    TITLE = "项目名称"
    TARGET = "年度目标"
    LEADER = "责任领导"
    LEAD_UNIT = "责任单位"
    OWNER = "责任人"
    COOPERATING = "配合单位"
    ALLOCATION = "任务分解"
    SCHEDULE = "进度安排"
    REMARK = "备注"
    OTHER = "其他"


_SPELLINGS: Final[dict[Label, str]] = {
    Label.NUMBER: "序号 编号 项目序号 项目编号",
    Label.TITLE: "项目名称 实事项目 民生实事项目 民生实事 项目 实事名称 任务名称 项目内容 实事项目名称 工作任务 重点任务",
    Label.TARGET: (
        "年度目标 目标任务 工作目标 年度目标任务 任务目标 年度任务 目标 全年目标 目标任务数 主要目标 建设内容 主要内容 工作内容 "
        "建设规模 实施内容 具体内容 年度建设内容 年度任务目标 主要建设内容 项目建设内容"
    ),
    Label.LEADER: (
        "责任领导 分管领导 牵头领导 县领导 市领导 区领导 责任县领导 责任市领导 责任区领导 分管县领导 分管市领导 分管区领导 "
        "挂钩领导 联系领导 挂联领导 牵头县领导 联系县领导 县分管领导 包抓领导"
    ),
    Label.LEAD_UNIT: (
        "责任单位 牵头单位 主办单位 牵头部门 责任部门 主管单位 主管部门 承办单位 牵头责任单位 主要责任单位 实施单位 主办部门 "
        "牵头主办单位 责任主体 牵头实施单位 承担单位"
    ),
    Label.OWNER: (
        "责任人 负责人 责任人员 具体责任人 单位责任人 主要负责人 直接责任人 项目负责人 主要责任人 单位负责人 责任单位责任人 "
        "责任单位负责人 牵头单位负责人 牵头单位责任人 牵头责任人"
    ),
    Label.COOPERATING: (
        "配合单位 协办单位 协同单位 参与单位 配合部门 协助单位 协办部门 责任配合单位 配合责任单位 相关单位 协作单位"
    ),
    Label.ALLOCATION: (
        "任务分解 任务分配 指标分解 目标分解 分解任务 任务分解表 年度任务分解 目标任务分解 任务分解情况 分解情况 "
        "各镇乡任务 各乡镇任务 镇乡任务 任务分配表 指标分配"
    ),
    Label.SCHEDULE: (
        "进度安排 进度计划 时间安排 工作进度 实施进度 序时进度 工作安排 推进计划 节点安排 时间节点 月度计划 工作计划 时序安排 "
        "工作进度安排 实施计划 进度要求 推进安排 时间进度 工作节点 节点计划 进度节点 计划进度 时间进度安排 阶段目标 季度目标 "
        "完成时限 时间要求"
    ),
    Label.REMARK: "备注 注 说明 附注",
    Label.OTHER: (
        "责任科室 责任处室 联系人 联系电话 电话 联系方式 手机 经办人 分管负责人 总投资 投资 资金来源 资金 建设地点 地点 项目类别 "
        "类别 领域 建设性质 建设期限 项目概况 工作措施 主要措施 工作举措 具体举措 保障措施 考核标准 "
        "完成标准 填报人 审核人 计量单位 监督单位 督查单位 所属领域"
    ),
}  # fmt: skip
_BY_SPELLING: Final = {word: label for label, words in _SPELLINGS.items() for word in words.split()}
_SPACED: Final = {word: r"\s*".join(map(re.escape, word)) for word in _BY_SPELLING}
_ANY: Final = "|".join(_SPACED[word] for word in sorted(_BY_SPELLING, key=len, reverse=True))
_BRACKETS: Final = r"[（(][^（）()：:]{0,12}[）)]"
_LABELLED: Final = re.compile(
    rf"(?:(?<=^)|(?<=[\s。；;，,|]))[【\[]?(?P<label>{_ANY})(?:{_BRACKETS})?\s*(?:[】\]]\s*[：:]?|[：:])"
)
_JOINED: Final = re.compile(r"及其?|和|与|、|/")
_INSIDE: Final = r"[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*"
_IN_BRACKETS: Final = re.compile(
    rf"[（(](?=(?:{_ANY})(?:{_BRACKETS})?\s*[：:])(?P<inside>{_INSIDE})[）)][。；;]?\s*$"
)
_ALONE: Final = re.compile(
    r"\s*(?P<label>[^（()）：:]{2,12}?)\s*(?P<more>[（(][^（()）]{1,12}[）)])?\s*[：:]?\s*"
)
_UNKNOWN: Final = re.compile(r"\s*[【\[]?(?P<label>[\u4e00-\u9fff]{2,8})\s*[】\]]?[：:]")
_NOT_A_LABEL: Final = re.compile(r"其中|包括|例如|即|如下|分别|完成|重点")
_LEADING_NUMBER: Final = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]\s*")


def whole_label(text: str) -> Label | None:
    """The label that a whole cell is ("责任\\n单位", "任务分解（个）", "项目名称及年度目标"), or None."""
    word = re.sub(rf"\s+|{_BRACKETS}$", "", fold(text)).strip("：:【】[]")
    word = re.sub(_BRACKETS, "", word)
    labels = {_BY_SPELLING.get(part) for part in _JOINED.split(word)}
    return Label.TITLE if labels == {Label.TITLE, Label.TARGET} else _BY_SPELLING.get(word)


def unwrapped(line: str) -> tuple[str, ...]:
    """A line whose labels stand in brackets at its end, "新建公厕20座（责任单位：县住建局）", as two lines."""
    match = _IN_BRACKETS.search(fold(line))
    if match is None:
        return (line,)
    return (line[: match.start()], line[match.start("inside") : match.end("inside")])


def _alone(folded: str) -> tuple[Label, str, str] | None:
    """A label that is a line of its own without a colon: "任务分解", "任务分解（单位：处）"."""
    match = _ALONE.fullmatch(folded)
    label = whole_label(match["label"]) if match else None
    if match is None or label not in (Label.ALLOCATION, Label.SCHEDULE):
        return None
    return label, "".join(match["label"].split()), match["more"] or ""


def split_labels(line: str) -> list[tuple[Label | None, str, str]]:
    """A line as (label, label as printed, text) pieces in order; label None for text before or without one.

    Several labels may share a line ("责任领导：甲  责任单位：乙"). A label that the product does not know is Label.OTHER.
    """
    folded = fold(line)
    start = _LEADING_NUMBER.match(folded)
    skipped = start.end() if start and _LABELLED.match(folded, start.end()) else 0
    if skipped:
        line, folded = line[skipped:], folded[skipped:]
    found = list(_LABELLED.finditer(folded.lstrip()))
    offset = len(folded) - len(folded.lstrip())
    pieces: list[tuple[Label | None, str, str]] = []
    if not found:
        if alone := _alone(folded):
            return [(alone[0], alone[1], alone[2])]
        unknown = _UNKNOWN.match(folded)
        if (
            unknown
            and not _NOT_A_LABEL.search(unknown["label"])
            and read_month_phrase(unknown["label"]) is None
        ):
            return [(Label.OTHER, unknown["label"], line[unknown.end() :].strip())]
        return [(None, "", line.strip())]
    if found[0].start() > 0:
        pieces.append((None, "", line[: offset + found[0].start()].strip()))
    for index, match in enumerate(found):
        end = offset + found[index + 1].start() if index + 1 < len(found) else len(line)
        printed = "".join(match["label"].split())
        pieces.append((_BY_SPELLING[printed], printed, line[offset + match.end() : end].strip()))
    return pieces
