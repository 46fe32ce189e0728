"""What to do about a doubt, said to somebody who has the 核对稿 open: its rules speak to one who has a master."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["advice_here"]

#: In the order in which they are tried: the longer ones first.
_HERE: Final = tuple(
    (re.compile(there), here)
    for there, here in (
        (r"，或更正任务书后重新导入|；或填进任务书模板\.xlsx 后重新导入", ""),
        (
            r"把这一项的任务分解填进任务书模板\.xlsx 后重新导入",
            "把这一项的任务分解填进“任务分解”表，一行一个单位",
        ),
        (
            r"把(?:这一项的)?进度安排填进任务书模板\.xlsx 后重新导入",
            "把进度安排填进“进度安排”表，一行一个时间",
        ),
        (r"填进任务书模板\.xlsx\s?(?:(?:后重新|再)导入)?", "填进这份核对稿"),
        (r"；更正后重新导入，或沿用暂编的序号", "，在“项目”表里改"),
        (r"总表第\d+项的工作表里|总表各项目的工作表里", "“项目”表里"),
        (r"总表(?:第\d+项)?的节点表里", "“进度安排”表里"),
        (r"总表第\d+项里填上(?=[^。]{1,30}的全年任务)|总表相应项目里填上(?=各单位)", "“任务分解”表里填上"),
        (r"填进总表第\d+项", "填进“任务分解”表"),
        (r"(?<!记)在总表(?:第\d+项)?里", "在这份核对稿里"),
    )
)


def advice_here(advice: str) -> str:
    """The advice of a finding on a reading, with the places of the 核对稿 for those of the master."""
    for there, here in _HERE:
        advice = there.sub(here, advice)
    return advice
