"""What an engine or Excel says, in sentences for a clerk: one table by the engines' codes, one by Excel's numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlengines.errors import EngineError

__all__ = ["SENTENCES", "engine_sentence", "excel_sentence"]

#: Code of xlengines → what happened, and what to do.
SENTENCES: Final = {
    "no-open-book": ("没有打开的工作簿。", "请先打开总表，再试一次。"),
    "no-such-file": ("找不到文件“{path}”。", "请核对文件名和路径。"),
    "unreadable-file": ("“{path}”读不出来。", "请检查权限，以及它是不是一个文件。"),
    "not-a-workbook": ("“{name}”不是电子表格，或者已经损坏，打不开。", "请换一份完好的文件。"),
    "damaged-or-encrypted": (
        "“{name}”不是 .xlsx 工作簿，或已损坏、加密。",
        "请在 Excel 里打开它，另存为“Excel 工作簿（.xlsx）”。",
    ),
    "damaged-content": ("“{name}”的内容已损坏，打不开。", "请换一份完好的文件。"),
    "damaged-part": ("“{name}”的部件 {part} 已损坏。", "请换一份完好的文件，或用最近的备份。"),
    "missing-part": ("“{name}”缺少部件 {part}，已损坏。", "请换一份完好的文件，或用最近的备份。"),
    "wrong-content": (
        "“{name}”单元格 {cell} 的内容“{text}”与它的类型不符，文件已损坏。",
        "请换一份完好的文件，或用最近的备份。",
    ),
    "doctype": ("“{name}”里含有不允许的 DOCTYPE 声明，没有打开。", "请向给您文件的人核实它的来历。"),
    "too-large": ("“{name}”展开后过大，没有打开。", "请确认它是不是总表。"),
    "part-too-large": ("“{name}”的部件 {part} 过大，没有打开。", "请确认它是不是总表。"),
    "strict-workbook": (
        "“{name}”是“Strict Open XML 电子表格”，直接处理文件时读不了。",
        "请在 Excel 里另存为普通的“Excel 工作簿（.xlsx）”。",
    ),
    "not-a-worksheet": ("“{part}”不是普通工作表。", ""),
    "no-sheets": ("“{name}”里没有工作表。", "请换一份完好的文件。"),
    "needs-password": ("“{name}”有密码保护，打不开。", "请先取消密码。"),
    "wrong-password": ("“{name}”的密码不对，打不开。", ""),
    "open-elsewhere": ("“{name}”正被别人打开，或者不能写入。", "请等对方关闭后再试。"),
    "open-in-program": (
        "“{path}”正在 {program} 里打开着（{who}），没有保存。",
        "请等对方关闭后再试；确认没有人打开的，请删除同一文件夹中的“{mark}”。",
    ),
    "job-running": (
        "“{name}”上正有另一项工作（{user}，电脑 {machine}，{since} 开始{job}），这次没有做。",
        "请等它做完再试。",
    ),
    "file-held": ("“{name}”正被别的程序打开着，没有保存。", "请关闭它后再试。"),
    "file-changed": ("“{name}”打开之后被别的程序改过，没有保存。", "请重新打开再做一次。"),
    "file-gone": ("“{name}”打开之后被移走、改名或删除了，没有保存。", "请找到它，重新打开再做一次。"),
    "read-only-file": ("“{name}”是只读的，没有保存。", "请取消只读属性，或另存到别处。"),
    "read-only-book": ("“{name}”是以只读方式打开的，不能保存。", "请另存为别的文件。"),
    "no-folder": ("文件夹“{folder}”不存在，没有保存。", "请先建好文件夹。"),
    "no-permission": ("“{path}”没有保存（{reason}），原文件没有改动。", "请检查权限，或另存到别处。"),
    "disk-full": ("“{name}”没有保存（{reason}），原文件没有改动。", "请腾出空间后再试。"),
    "save-failed": (
        "“{name}”没有保存（{reason}），原文件没有改动。",
        "请检查它是否正被别的程序打开，或另存到别处。",
    ),
    "other-ending": ("直接处理文件时不能把“{old}”存成“{new}”。", "请用同样的扩展名。"),
    "unknown-ending": ("LibreOffice 不能保存成“{new}”格式。", "请存成 .xlsx。"),
    "no-encryption": ("直接处理文件时不能加密保存。", "请在 Excel 里设密码。"),
    "protected-sheet": ("工作表“{sheet}”受保护{cell}，没有改动。", "请先撤销工作表保护，再试一次。"),
    "protected-structure": ("工作簿“{name}”的结构受保护，没有改动。", "请先撤销“保护工作簿”。"),
    "part-of-array": ("{cell} 是数组公式或模拟运算表的一部分，不能单独改动。", "请先清除整个数组公式。"),
    "table-header": (
        "{cell} 是表格（“插入—表格”）的标题行或汇总行，直接处理文件时不能改。",
        "请把它转换为区域，或在 Excel 里做。",
    ),
    "off-grid": ("{cell} 在工作表之外。", ""),
    "text-too-long": ("{cell} 的内容有 {length} 个字符，单元格里最多放 {longest} 个。", "请把它缩短。"),
    "not-finite": ("单元格里放不进无穷大或非数。", ""),
    "no-such-value": ("单元格里放不进 {kind}。", ""),
    "ragged-rows": ("要写入的各行长短不一，没有写入。", ""),
    "formula-too-long": ("公式太长，超过 8192 个字符。", ""),
    "bad-formula": ("公式“{formula}”写得不完整或不合规则，没有写入。", "请检查括号和逗号。"),
    "formula-elsewhere": ("公式“{formula}”引用了别的工作簿，没有写入。", ""),
    "bad-name": ("“{label}”不能用作名称。", ""),
    "name-is-no-area": ("名称“{label}”指的不是一块区域。", ""),
    "bad-sheet-name": ("“{sheet}”不能用作工作表的名称。", ""),
    "sheet-exists": ("已经有一张叫“{sheet}”的工作表。", ""),
    "last-visible-sheet": ("工作簿里至少要有一张看得见的工作表。", ""),
    "several-areas": ("这一步不能用在几块不相连的区域上。", ""),
    "too-many-cells": ("{area} 共 {count} 格，太大了。", "请给出要处理的区域。"),
    "no-new-book": ("直接处理文件时不能新建空白工作簿。", ""),
    "no-pdf-here": ("直接处理文件时不能输出 PDF。", "请用 LibreOffice 或 Excel。"),
    "sheet-not-copied": (
        "“{name}”的工作表“{sheet}”不能复制（{reason}），没有改动。",
        "请在 Excel 里复制这张表。",
    ),
    "sheet-not-deleted": (
        "“{name}”的工作表“{sheet}”不能删除（{reason}），没有改动。",
        "请先在 Excel 里删掉表上的切片器。",
    ),
    "no-renaming-names": ("直接处理文件时不能给名称改名。", ""),
    "no-window": ("这里没有窗口，做不了这一步。", ""),
    "no-clipboard": ("这里没有剪贴板。", "请给出要复制到的位置。"),
    "no-copy-elsewhere": ("不能复制到另一个工作簿。", ""),
    "unknown-setting": ("这里没有“{value}”这种设置。", ""),
    "no-dialog": ("在后台运行的 LibreOffice 不能弹出对话框。", ""),
    "no-callback": ("LibreOffice 的对话框没有回调。", ""),
    "not-ours-to-end": ("这个 LibreOffice 不是由本程序启动的，不能强行结束。", ""),
    "stays-hidden": ("在后台运行的 LibreOffice 不能再显示出来。", ""),
    "stays-visible": ("已经显示的 LibreOffice 不能转到后台。", ""),
    "no-libreoffice": (
        "这台电脑上找不到 LibreOffice。",
        "请先安装 LibreOffice（7.0 以上）；已经装在别处的，请把环境变量 {variable} 设为 soffice 程序的完整路径。",
    ),
    "no-such-program": ("环境变量 {variable} 所指的“{path}”不存在。", "请改正，或去掉这个变量。"),
    "no-bridge": (
        "LibreOffice 的 Python 接口（uno）在 Python {version} 中用不了（{refused}）。",
        "Debian、Ubuntu 请安装 python3-uno；Windows、macOS 请修复或重新安装 LibreOffice（7.0 以上，装的时候不要去掉 Python）。",
    ),
    "folder-not-ours": ("文件夹“{path}”不是您的，没有接上 LibreOffice。", "请让管理员把它删掉，再试一次。"),
    "no-screen": ("这里没有屏幕，打不开看得见的 LibreOffice。", "请在桌面上运行。"),
    "host-unreachable": ("连不上 LibreOffice{where}。", "请确认它正在运行，再试一次。"),
    "host-gone": ("LibreOffice 已经退出，或者没有响应；磁盘上的文件没有改动。", "请重新打开它，再试一次。"),
    "host-busy": ("LibreOffice 正忙，这一步没有做。", "请稍后再试。"),
    "host-refused": ("LibreOffice 拒绝了这一步操作。", "请看看它有没有开着对话框，关掉后再试。"),
    "print-timeout": ("LibreOffice 在 {seconds} 秒内没有完成打印，已经停止。", "请稍后再试。"),
    "print-failed": ("“{name}”打不开，没有生成 PDF。", "请确认文件完好。"),
    "convert-timeout": (
        "LibreOffice 在 {seconds} 秒内没有转换完，已经停止。",
        "请用 Word 或 WPS 另存为 .docx。",
    ),
    "convert-failed": (
        "LibreOffice 打不开“{name}”，没有转换。",
        "请用 Word 或 WPS 打开它，另存为 .docx 后再导入。",
    ),
    "folder-closed": ("PDF 写不进“{path}”。", "请换一个文件夹后再试。"),
    "target-closed": ("PDF 写不进“{path}”。", "请关闭正在看它的程序，或换一个文件夹后再试。"),
    "paper-refused": (
        "Excel 没能把工作表“{sheet}”的纸张设为{paper}，可能是没有打印机，或默认打印机不支持。",
        "请换一台默认打印机，或在“设置”里换一种纸。",
    ),
    "lacking": ("“{engine}”不支持 {feature}。", ""),
}

#: Reasons for which a save failed, and what else an engine names by a word.
_WORDS: Final = {
    "no-space": "磁盘已满", "no-quota": "磁盘配额已用完", "size-limit": "文件超过了系统允许的大小",
    "read-only-disk": "这个磁盘是只读的", "no-rights": "没有写入权限", "long-name": "文件名太长",
    "disk-error": "磁盘读写出错", "bad-file-name": "文件名不合规则", "Excel/WPS": "Excel 或 WPS",
    "pivotTable": "表上有数据透视表", "queryTable": "表上有外部数据", "slicer": "表上有切片器", "timeline": "表上有日程表",
    "date1904": "两个工作簿的日期起点不同",
}  # fmt: skip

#: scode of run-time error 1004, by what stands in Excel's own sentence (Chinese, English).
_EXCEL: Final = (
    (("受保护", "保护的", "protected"), "Excel 拒绝了写入：工作表或单元格受保护。", "请先撤销工作表保护，再试一次。"),
    (("数组", "array"), "Excel 拒绝了写入：那里有数组公式，不能只改其中一部分。", "请先清除整个数组公式，再试一次。"),
    (("两个同名", "same name"), "Excel 里已经打开了另一个同名的工作簿。", "请先把它关闭。"),
    (("PaperSize", "PageSetup"), "Excel 没能设置纸张，可能是没有打印机，或默认打印机不支持。", "请装一台打印机，再试一次。"),
    (("合并", "merged"), "Excel 拒绝了写入：那里有合并的单元格。", "请先取消合并，再试一次。"),
)  # fmt: skip


def engine_sentence(failure: EngineError) -> tuple[str, str]:
    """What happened and what to do, of an engine's error."""
    message, advice = SENTENCES[failure.code]
    facts: dict[str, Any] = {key: _word(value) for key, value in failure.facts.items()}
    facts |= {
        "path": failure.path,
        "name": Path(failure.path).name,
        "sheet": failure.sheet,
        "cell": failure.cell,
    }
    if failure.code == "protected-sheet" and failure.cell:
        facts["cell"] = f"，{failure.cell} 不能改"
    if failure.code == "job-running" and facts["job"]:
        facts["job"] = f"“{facts['job']}”"
    return _tidy(message.format(**facts)), advice.format(**facts)


def _word(value: object) -> str:
    text = str(value)
    return _WORDS.get(text, f"系统错误 {text.removeprefix('errno-')}" if text.startswith("errno-") else text)


def _tidy(text: str) -> str:
    """Without the brackets of a fact that is not known."""
    return re.sub(r"（(?:，|\s)*）", "", text).replace("（，", "（")


def excel_sentence(failure: BaseException) -> tuple[str, str] | None:
    """What happened and what to do, of pywin32's com_error; None for any other exception."""
    from xlengines.excel import is_busy, is_gone

    if type(failure).__name__ != "com_error":
        return None
    if is_busy(failure):
        return (
            "Excel 正忙，或者正在编辑单元格。",
            "请先结束单元格编辑（按回车或 Esc）、关掉 Excel 的对话框，再试一次。",
        )
    if is_gone(failure):
        return "Excel 已经退出，或者没有响应；磁盘上的文件没有改动。", "请重新打开总表，再试一次。"
    told = str((getattr(failure, "excepinfo", None) or (None,) * 6)[2] or "").strip()
    for signs, message, advice in _EXCEL:
        if any(sign.lower() in told.lower() for sign in signs):
            return message, advice
    return f"Excel 拒绝了这一步操作{f'：{told}' if told else ''}。".replace(
        "。。", "。"
    ), "请看看 Excel 有没有开着对话框，关掉后再试一次。"
