"""The tab 民生实事 as data: its groups and buttons in the order that a clerk sees them.

The ribbon of the add-in (workbook/ribbon.xml) and the panel show this list; a test holds both to it.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BUTTONS", "GROUPS", "Button", "Group"]


@dataclass(frozen=True, slots=True)
class Button:
    """``does`` names its work in buttons; ``key`` the letter that presses it; ``tip`` one sentence on what it does.

    ``needs_book``: it works on a book that is open. ``moves``: another sheet is in front afterwards.
    """

    label: str
    does: str
    key: str
    tip: str
    large: bool = False
    needs_book: bool = True
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons under one label, in their order."""

    label: str
    buttons: tuple[Button, ...]


GROUPS = (
    Group(
        "数据",
        (
            Button("汇总", "merge", "H", "把收件夹里的填报表并入总表，写入前先给您看。", large=True),
            Button(
                "导入任务书",
                "import_document",
                "D",
                "从任务书生成新的总表，或按调整后的任务书修订打开的总表。",
                needs_book=False,
                moves=True,
            ),
            Button("生成填报表", "dispatch", "S", "给每个填报单位生成一份当月的填报表。"),
            Button("撤销汇总", "undo", "Z", "恢复到最近一次汇总、修订或修复之前。"),
        ),
    ),
    Group(
        "检查",
        (
            Button("校验", "check", "J", "核对合计、节点和填报数，结果列在“校验结果”。", large=True),
            Button("逾期着色", "colour", "Y", "按截至日期标出逾期、滞后、临期。"),
            Button("清除着色", "clear_colour", "Q", "去掉着色，数据不变。"),
        ),
    ),
    Group(
        "输出",
        (
            Button("刷新汇总表", "refresh_summary", "X", "刷新首页、汇总表和它的分组表、镇乡进度。"),
            Button("导出PDF", "export_pdf", "P", "把汇总表、首页等表或整本输出成 PDF，先问输出哪些。"),
            Button("通报", "bulletin", "T", "写一份通报初稿（Word）。"),
            Button("反馈", "reply", "F", "给每个单位写一份反馈单：采用了什么、退回什么、缺什么、进度怎样。"),
        ),
    ),
    Group(
        "设置",
        (
            Button("设置", "open_settings", "E", "期次、收件夹、截至日期、填报单位名单。", moves=True),
            Button(
                "修复",
                "repair",
                "R",
                "恢复丢失或改坏的工作表、名称、表头和公式，先逐条列出；旧版总表升到本版。",
            ),
            Button("帮助", "show_help", "B", "每个按钮做什么。", needs_book=False),
        ),
    ),
)

BUTTONS = tuple(button for group in GROUPS for button in group.buttons)
