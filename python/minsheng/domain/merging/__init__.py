"""汇总 as a rule of the office: which files count, what they change, what is wrong with them. Pure."""

from ..history import History, MergedFile
from .plan import FileEntry, MergePlan, plan

__all__ = ["FileEntry", "History", "MergePlan", "MergedFile", "plan"]
