"""The catalogue as a clerk reads it: a page of the manual, and one rule's entry on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..finding import SEVERITY_WORDS, Rule
from .examples import example

__all__ = ["entry", "page"]

_ROOMS = {
    "D": ("导入任务书", "导入时列在“导入核对”里，旁边是任务书原文。"),
    "M": ("校验总表", "点“校验”后列在“校验结果”里，点“位置”跳到那一格。"),
    "S": ("汇总填报表", "汇总时列出来，说的是收到的文件。"),
}  # fmt: skip
_PARTS = {
    "D11": "任务书整体", "D12": "文字和人", "D13": "目标", "D14": "任务分解", "D15": "进度节点", "D16": "单位和项目关系",
    "D17": "文件本身", "D18": "沿用去年", "M1": "任务数和目标", "M2": "单位和人", "M3": "节点", "M4": "填报数", "M5": "工作表和设置",
    "S1": "文件", "S2": "认单位和月份", "S3": "填的内容", "S4": "与总表核对",
}  # fmt: skip


def entry(rule: Rule) -> tuple[tuple[str, str], ...]:
    """What there is to say of a rule, as (label, words)."""
    message, advice = example(rule)
    return (
        ("级别", SEVERITY_WORDS[rule.severity]),
        ("意思", rule.about),
        ("例子", message),
        ("怎么办", advice),
        ("能不能关", _switching(rule)),
    )


def _switching(rule: Rule) -> str:
    if rule.code.startswith("D"):
        return "不能。导入时还没有“设置”，读法逐条列出，由您过目。"
    if rule.fixed:
        return "不能。它说的是有内容没有采用，关掉就会不声不响地漏掉。"
    return "能。在“设置”的校验规则里把级别改成“不检查”；也可以改成错误、提醒或提示。"


def page(rules: Iterable[Rule]) -> str:
    """The manual's chapter 校验规则 in Markdown, by code."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    return "\n".join([*_head(ordered), *(line for rule in ordered for line in _section(rule, ordered))])


def _head(rules: list[Rule]) -> Iterator[str]:
    yield from (
        "# 校验规则",
        "",
        f"程序一共有{len(rules)}条规则，每条有固定的代码。命令行里 `minsheng rule 代码` 显示同样的说明。",
        "",
        "- **错误**：要改。**提醒**：请核对。**提示**：知道就行。错误的格子加框标“※”，提醒的标“※”，提示只列不标。",
        "- **改级别、关闭**：总表“设置”的右侧是校验规则，在“级别”里选错误、提醒、提示或不检查，再点一次“校验”就生效。",
        "  以前生成的总表里没有的规则，可以在最下面补一行代码和级别。",
        "- 有内容没有读入、没有采用的规则不能关，也不能调轻，下面逐条写明。",
        "",
    )


def _section(rule: Rule, ordered: list[Rule]) -> Iterator[str]:
    """A rule's entry, under the heading of its room and part where it is their first."""
    before = ordered[: ordered.index(rule)]
    room, part = rule.code[0], _part(rule)
    if not any(other.code[0] == room for other in before):
        yield from (f"## {_ROOMS[room][0]}（{room}）", "", _ROOMS[room][1], "")
    if not any(_part(other) == part for other in before):
        yield from (f"### {_PARTS[part]}", "")
    yield from (f"#### {rule.code} {rule.title}", "")
    yield from (f"- {label}：{words}" for label, words in entry(rule))
    yield ""


def _part(rule: Rule) -> str:
    return next(part for part in _PARTS if rule.code.startswith(part))
