"""One function a ribbon button: the calling book, the job, a message that a clerk understands.

Every button shows its progress in the status bar, puts screen updating, calculation and the selection back whatever
happens (and while it asks), and never saves: the book is its owner's.
"""

from __future__ import annotations

from ..dialogs import current
from . import files, judging, merging, settings
from .pressing import press

__all__ = [
    "bulletin",
    "check",
    "clear_colour",
    "colour",
    "dispatch",
    "export_pdf",
    "import_document",
    "merge",
    "open_settings",
    "refresh_summary",
    "show_help",
    "undo",
]


def import_document() -> None:
    """导入任务书: ask for the document and for the new master's place, build it and open it. No book need be open."""
    press("导入任务书", files.import_document, needs_book=False)


def dispatch() -> None:
    """生成填报表: one file for each reporting unit."""
    press("生成填报表", files.dispatch)


def merge() -> None:
    """汇总: say what will be done, and do it when the clerk agrees."""
    press("汇总", merging.merge)


def undo() -> None:
    """撤销汇总: take the last merge back."""
    press("撤销汇总", merging.undo)


def check() -> None:
    """校验: list what is wrong."""
    press("校验", judging.check)


def colour() -> None:
    """逾期着色: judge and mark every project sheet."""
    press("逾期着色", judging.colour)


def clear_colour() -> None:
    """清除着色: take the marks away."""
    press("清除着色", judging.clear_colour)


def refresh_summary() -> None:
    """刷新汇总表."""
    press("刷新汇总表", judging.summarise)


def export_pdf() -> None:
    """导出PDF: 汇总表, another sheet for leaders or the whole book, as the program that holds the book prints it."""
    press("导出PDF", files.export_pdf)


def bulletin() -> None:
    """通报: a draft in Word."""
    press("通报", files.bulletin)


def open_settings() -> None:
    """设置: bring the sheet to the front."""
    press("设置", settings.show, keeps_selection=False)


def show_help() -> None:
    """帮助: what each button does."""
    from ..tab import BUTTONS

    lines = [f"{button.label}：{button.tip}" for button in BUTTONS if button.does != "show_help"]
    current().tell("\n".join(lines) + "\n\n更多说明见安装文件夹里的《使用手册》。")
