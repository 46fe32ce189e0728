"""汇总 as a rule of the office: which files count, what they change, what is wrong with them. Pure."""

from .apply import merged
from .plan import FileEntry, MergedFile, MergePlan, NodeChange, NumberChange, WordChange, as_json, plan

__all__ = [
    "FileEntry",
    "MergePlan",
    "MergedFile",
    "NodeChange",
    "NumberChange",
    "WordChange",
    "as_json",
    "merged",
    "plan",
]
