"""汇总 as a rule of the office: which files count, what they change, what is wrong with them. Pure."""

from .apply import merged
from .changes import NodeChange, NumberChange, WordChange
from .plan import FileEntry, MergePlan, as_json, plan
from .register import MergedFile, ReportKey, Written
from .sentences import ChangeLines, change_lines

__all__ = [
    "ChangeLines",
    "FileEntry",
    "MergePlan",
    "MergedFile",
    "NodeChange",
    "NumberChange",
    "ReportKey",
    "WordChange",
    "Written",
    "as_json",
    "change_lines",
    "merged",
    "plan",
]
