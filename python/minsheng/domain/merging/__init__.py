"""汇总 as a rule of the office: which files count, what they change, what is wrong with them. Pure."""

from .apply import merged
from .changes import NodeChange, NumberChange, WordChange
from .plan import FileEntry, MergePlan, as_json, plan
from .register import MergedFile, ReportKey

__all__ = [
    "FileEntry",
    "MergePlan",
    "MergedFile",
    "NodeChange",
    "NumberChange",
    "ReportKey",
    "WordChange",
    "as_json",
    "merged",
    "plan",
]
