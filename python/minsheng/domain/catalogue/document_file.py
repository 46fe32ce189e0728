"""Rules on how the file of a 任务书 was found, D17x: its kind, what it hides, and cells of the template.

Constants are Rule objects, named for what is wrong.
"""

from __future__ import annotations

from ..finding import Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

WRONG_EXTENSION = Rule(
    "D171", "扩展名与内容不符", INFO,
    "“{file}”的扩展名与内容不符，按{reading}读入。", "请另存为正确的扩展名，以免别的程序打不开。",
    "按文件的实际内容读，不看扩展名。",
)  # fmt: skip
TRACKED_CHANGES = Rule(
    "D172", "文档里有修订痕迹", WARNING,
    "“{file}”里有没有接受的修订，按全部接受之后的文字读入。", "请在 Word 或 WPS 里接受或拒绝修订，另存后再导入一次。",
    "修订痕迹没有定稿，按接受之后的样子读。",
)  # fmt: skip
TEXT_BOX = Rule(
    "D173", "文本框里的文字没有读入", WARNING,
    "{where}有文本框，里面的文字没有读入：“{original}”。", "需要的内容请移到正文里再导入。",
    "文本框里与项目无关的文字不参与读取；表格、编了号的项目、责任单位这样的内容会读入。",
)  # fmt: skip
TEXT_BOX_READ = Rule(
    "D17C", "文本框里的内容已经读入", INFO,
    "{where}有文本框，里面的内容按它所在的段落读入：“{original}”。", "请看它是不是写给这个地方的。",
    "文本框印在哪里和它挂在哪个段落可能不一样。",
)  # fmt: skip
STRUCK_OUT = Rule(
    "D179", "有划掉的文字", INFO,
    "“{file}”里有加了删除线的文字，没有读入：“{original}”。", "需要的内容请去掉删除线后再导入。",
    "划掉的字不当作正文。",
)  # fmt: skip
NOTES_UNREAD = Rule(
    "D174", "脚注、尾注或批注没有读入", INFO,
    "{where}有{reading}，没有读入：“{original}”。", "请看其中有没有对任务数或时间的说明。",
    "脚注、尾注和批注不是正文。",
)  # fmt: skip
HIDDEN_TEXT = Rule(
    "D175", "有隐藏文字", WARNING,
    "“{file}”里有隐藏文字，没有读入：“{original}”。", "需要的内容请取消隐藏后再导入。",
    "隐藏文字打印不出来，不当作正文。",
)  # fmt: skip
HIDDEN_CELLS = Rule(
    "D17B", "有隐藏的行或列", WARNING,
    "“{file}”的工作表“{sheet}”有隐藏的{reading}，里面的内容也读入了。", "请取消隐藏看一看；不作数的请删去后重新导入。",
    "隐藏的行和列打印不出来，里面常是旧稿，读的时候分不出来。",
)  # fmt: skip
PICTURES = Rule(
    "D176", "文档里有图片", INFO,
    "“{file}”里有图片{reading}，图片里的文字没有读入。", "请看图片里有没有任务数；有的话请填进任务书模板.xlsx。",
    "程序不认图片里的字。",
)  # fmt: skip
PICTURE_FOR_TABLE = Rule(
    "D17A", "该有表格的地方是图片", ERROR,
    "第{project}项的“{label}”是一张图片，里面的内容没有读入。", "请把图片里的内容填进任务书模板.xlsx 后重新导入。",
    "程序不认图片里的字；任务分解、进度安排成了图片，等于没有。",
)  # fmt: skip
CELL_UNREADABLE = Rule(
    "D177", "模板里有读不出的格子", ERROR,
    "“{file}”的工作表“{sheet}”{cell}写的是“{original}”，读不出来，没有读入。", "请在模板里改成{reading}后重新导入。",
    "模板里的格子要填规范的数和月份。",
)  # fmt: skip
TEMPLATE_ROW_LOOSE = Rule(
    "D178", "模板里有对不上的行", ERROR,
    "“{file}”的工作表“{sheet}”{cell}写的序号“{original}”在“项目”工作表里没有，这些内容没有读入。", "请核对序号后重新导入。",
    "模板“分解”“节点”里的序号要能在“项目”里找到。",
)  # fmt: skip
