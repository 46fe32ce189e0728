"""Rules on what a new year's master takes over from last year's, D18x: units, pairs of projects, settings.

Constants are Rule objects, named for what is to be looked at.
"""

from __future__ import annotations

from ..finding import Rule, Severity

WARNING, INFO = Severity.WARNING, Severity.INFO

NAMES_FOLLOWED = Rule(
    "D181", "按去年的单位名称", INFO,
    "任务书里有单位的名称是“{last}”里的别名，按原来的单位认：{reading}。", "请核对；不是同一个单位的，请在“设置”和各项目的工作表里改。",
    "去年总表“设置”里的别名，今年照样认。",
)  # fmt: skip
UNIT_ALIKE = Rule(
    "D182", "可能是去年的单位", WARNING,
    "任务书里的“{unit}”和“{last}”里的“{other}”写法不同，可能是同一个单位，没有合在一起。",
    "是同一个单位的，请在“{last}”的“设置”里把“{unit}”填到“{other}”的别名里，再导入一次；不是的不用处理。",
    "镇改街道、多个空格少个顿号，程序不猜是不是同一个单位。",
)  # fmt: skip
UNITS_NEW = Rule(
    "D183", "去年没有的填报单位", INFO,
    "“{last}”里没有的填报单位有{count}个：{original}。", "请核对；其实是去年的单位换了名称的，请在“设置”里补上别名。",
    "新成立的单位、换了名称的单位，都列在这里。",
)  # fmt: skip
UNITS_GONE = Rule(
    "D184", "去年有、今年没有的填报单位", INFO,
    "“{last}”里的填报单位有{count}个今年的任务书没有提到，没有带过来：{original}。", "请核对；今年仍要填报的，请在“设置”的单位名单里补上。",
    "今年没有任务的单位不进今年的名单，免得向它要报表。",
)  # fmt: skip
SETTINGS_FOLLOWED = Rule(
    "D185", "沿用去年的设置", INFO,
    "沿用“{last}”的设置：{reading}。", "请在“设置”里过目。",
    "截至日期、本期、任务书标题和各单位报的数不沿用。",
)  # fmt: skip
INBOX_LEFT = Rule(
    "D186", "收件夹没有沿用", WARNING,
    "“{last}”的收件夹是“{original}”，看起来是去年专用的，没有沿用。", "请在“设置”里填写今年的收件夹。",
    "收件夹的名称里写着去年的年份，今年的填报表不会放在那里。",
)  # fmt: skip
PAIR_FOLLOWED = Rule(
    "D187", "沿用去年的包含关系", INFO,
    "“{last}”里有同名的两个项目，按它的包含关系，第{project}项包含于第{outer}项。", "请在“设置”里确认；不是的话请删去这一行。",
    "项目名称除了数字都与去年相同的，包含关系沿用下来，序号按今年的。",
)  # fmt: skip
